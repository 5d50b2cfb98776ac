import type { MetaValue } from "../gguf-values.ts";
import { BLOCKS, FORMATS } from "../quantisation.ts";
import type { Header } from "../shape.ts";
import { gemma4Parts } from "./gemma4.ts";
import type { Described, Parts } from "./layer.ts";
import { gptOssParts, llamaParts } from "./plain.ts";
import { qwenParts } from "./qwen.ts";
import type { Architecture } from "./schema.ts";

/** A tensor of a header that was computed: as in a file, with its format and dimensions. */
export interface ExpectedTensor extends Described {
  readonly elements: number;
  readonly bytes: number;
}

/** The header that a file of these facts has: the tensors with their sizes, and the keys that shapes are read from. */
export function headerOf(facts: Architecture): Header & { readonly tensors: readonly ExpectedTensor[] } {
  const { keys, tensors } = partsOf(facts);
  const a = facts.kind;
  const meta: [string, MetaValue][] = [
    ["general.architecture", a],
    [`${a}.block_count`, facts.layers],
    [`${a}.context_length`, facts.contextTokens],
    [`${a}.embedding_length`, facts.width],
    [`${a}.attention.head_count`, facts.heads],
    ["tokenizer.ggml.tokens", { kind: "skipped", count: facts.vocabulary }],
    ...Object.entries(keys).map(([key, value]): [string, MetaValue] => [`${a}.${key}`, value]),
  ];
  return { meta: new Map(meta), tensors: tensors.map(sized) };
}

function sized(tensor: Described): ExpectedTensor {
  const elements = tensor.dimensions.reduce((product, size) => product * size, 1);
  const [per, bytes] = BLOCKS.get(FORMATS[tensor.format]) ?? [1, 4];
  return { ...tensor, elements, bytes: (elements / per) * bytes };
}

function partsOf(facts: Architecture): Parts {
  switch (facts.kind) {
    case "gemma4":
      return gemma4Parts(facts);
    case "gpt-oss":
      return gptOssParts(facts);
    case "llama":
      return llamaParts(facts);
    default:
      return qwenParts(facts);
  }
}
