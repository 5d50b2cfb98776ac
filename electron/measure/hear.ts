import type { Cancel, LanguageModel, ModelFailureCode } from "../agent/model.ts";
import { understand } from "../agent/understand.ts";
import type { Facts } from "../core/facts.ts";
import type { Intent } from "../core/intent.ts";

/** What a model makes of one sentence. `unusable`: it answered, and nothing can be done with it, or it took too long. `trouble`: it could not be asked. `interrupted`: somebody's own sentence went first. */
export type HeardBy =
  | { readonly kind: "heard"; readonly intent: Intent }
  | { readonly kind: "unusable" }
  | { readonly kind: "trouble"; readonly message: string }
  | { readonly kind: "interrupted" };

/** A model as the short form knows it. Sentences are read with the facts that they are said to; nothing is written anywhere. */
export type Hears = (text: string, facts: Facts, cancel: Cancel) => Promise<HeardBy>;

/** As in the product itself: what a sentence may take, in tokens and milliseconds. */
const MAX_TOKENS = 160;
const THINK_MS = 60_000;

/** Failures that say something about the model; all others are trouble with the engine. */
const MODELS_OWN: ReadonlySet<ModelFailureCode | "too-long" | "not-understood"> = new Set(["timeout", "bad-grammar", "too-long", "not-understood"]);

/** The one place where the short form meets the agent: the same call that a typed sentence makes. */
export function hearsWith(model: LanguageModel): Hears {
  return async (text, facts, cancel) => {
    const understood = await understand({ text, facts, model, cancel, maxTokens: MAX_TOKENS, timeoutMs: THINK_MS });
    if (understood.kind === "heard") return { kind: "heard", intent: understood.intent };
    return MODELS_OWN.has(understood.code) ? { kind: "unusable" } : { kind: "trouble", message: understood.message };
  };
}
