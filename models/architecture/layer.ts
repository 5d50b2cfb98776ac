import type { Architecture } from "./schema.ts";
import { formatFor, keepsMoreBits } from "../quantisation.ts";
import type { Format } from "../quantisation.ts";

/** One tensor by name, number format and dimensions, the length of a row first. */
export interface Described {
  readonly name: string;
  readonly format: Format;
  readonly dimensions: readonly number[];
}

type Keys = Readonly<Record<string, number | string | readonly number[]>>;

/** What a file holds beside the common keys: its own keys (without the architecture before them) and its tensors. */
export interface Parts {
  readonly keys: Keys;
  readonly tensors: readonly Described[];
}

/** Takes down one layer's tensors by name. */
interface LayerWriter {
  readonly list: Described[];
  readonly norm: (name: string, length: number) => void;
  /** By the length of its rows and their number. */
  readonly matrix: (name: string, format: Format, row: number, ...rest: number[]) => void;
}

/** Writes down the tensors of layer `i`, each matrix in the format that the quantizer gives it. */
export function layerWriter(i: number): LayerWriter {
  const list: Described[] = [];
  return {
    list,
    norm: (name, length) => list.push({ name: `blk.${i}.${name}.weight`, format: "F32", dimensions: [length] }),
    matrix: (name, format, row, ...rest) => list.push({ name: `blk.${i}.${name}.weight`, format: formatFor(format, row), dimensions: [row, ...rest] }),
  };
}

/** What the matrices of a file are unless its mixture says otherwise. */
export function baseFormat(quantisation: Architecture["quantisation"]): Format {
  return quantisation === "Q4_K_M" ? "Q4_K" : quantisation === "Q4_0" ? "Q4_0" : "Q8_0";
}

/** What "down" matrices are in layer `i`: Q4_K_M keeps some of them in more bits. */
export function downFormat(facts: Architecture, i: number): Format {
  return facts.quantisation === "Q4_K_M" && keepsMoreBits(i, facts.layers) ? "Q6_K" : baseFormat(facts.quantisation);
}

/** The keys that say a model has experts; none without them. */
export function expertKeys(of: { readonly count: number; readonly used: number; readonly width: number } | undefined): Keys {
  return of === undefined ? {} : { expert_count: of.count, expert_used_count: of.used, expert_feed_forward_length: of.width };
}
