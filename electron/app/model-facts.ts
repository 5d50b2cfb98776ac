import { expectedShape } from "../../models/catalogue.ts";
import type { CatalogueEntry } from "../../models/catalogue.ts";
import { planFit } from "../../models/fit.ts";
import type { FitPlan } from "../../models/fit.ts";
import { readGguf } from "../../models/gguf.ts";
import type { Hardware } from "../../models/hardware.ts";
import type { ModelShape } from "../../models/shape.ts";
import type { StoredModel } from "../../models/store.ts";

export interface ModelFactsOptions {
  readonly hardware: () => Promise<Hardware>;
  /** Bytes of graphics memory and of memory that our own loaded model gives back before another one is loaded. */
  readonly held: () => { readonly gpu: number; readonly cpu: number };
  readonly contextSize: number;
  readonly onChange: () => void;
  readonly now: () => number;
}

/**
 * Whether models fit this computer. Headers and hardware take a moment to read, so that a list need not wait for them: what is not known
 * yet is left out, and `onChange` says when it is.
 */
export interface ModelFacts {
  planOf(model: StoredModel): FitPlan | undefined;
  planOfOffer(entry: CatalogueEntry): FitPlan | undefined;
  /** Reads whatever is not known yet about these models and this computer. */
  read(models: readonly StoredModel[]): Promise<void>;
}

/** Tokens that the engine reads at a time: what is said about fit is to be what will be done. */
const BATCH = { card: 511, processor: 256 };
/** Free memory changes all the time; a list is not asked about it more often than this. */
const FRESH_MS = 15_000;

export function createModelFacts(options: ModelFactsOptions): ModelFacts {
  const shapes = new Map<string, ModelShape | undefined>();
  const expected = new Map<string, ModelShape>();
  const memo: { hardware: Hardware | undefined; at: number; reading: Promise<void> | undefined } = { hardware: undefined, at: -Infinity, reading: undefined };
  const keyOf = (model: StoredModel): string => `${model.bytes} ${model.path}`;

  const plan = (shape: ModelShape | undefined): FitPlan | undefined => {
    const { hardware } = memo;
    if (shape === undefined || hardware === undefined) return undefined;
    const held = options.held();
    const vramFree = hardware.card === undefined ? 0 : Math.min(hardware.card.total, hardware.card.free + held.gpu);
    return planFit(shape, { vramFree, ramFree: Math.min(hardware.ramTotal, hardware.ramFree + held.cpu), contextSize: options.contextSize, batchSize: vramFree > 0 ? BATCH.card : BATCH.processor });
  };
  const isStale = (): boolean => options.now() - memo.at >= FRESH_MS;
  const readAll = async (models: readonly StoredModel[]): Promise<void> => {
    if (isStale()) {
      memo.hardware = await options.hardware();
      memo.at = options.now();
    }
    for (const model of models) {
      if (shapes.has(keyOf(model))) continue;
      const reading = await readGguf(model.path);
      shapes.set(keyOf(model), reading.kind === "ok" ? reading.facts : undefined);
    }
  };

  return {
    planOf: (model) => plan(shapes.get(keyOf(model))),
    planOfOffer: (entry) => {
      const shape = expected.get(entry.id) ?? expectedShape(entry);
      expected.set(entry.id, shape);
      return plan(shape);
    },
    read: async (models) => {
      if (!isStale() && models.every((model) => shapes.has(keyOf(model)))) return;
      // Whoever asks while it is being read waits for the same reading, and then for what that left out.
      await memo.reading;
      if (!isStale() && models.every((model) => shapes.has(keyOf(model)))) return;
      memo.reading = readAll(models);
      await memo.reading;
      memo.reading = undefined;
      options.onChange();
    },
  };
}
