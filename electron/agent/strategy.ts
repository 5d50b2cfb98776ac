import type { Facts } from "../core/facts.ts";
import type { Intent } from "../core/intent.ts";
import type { Manner } from "./manner.ts";
import type { Cancel, CompletionRequest, LanguageModel, ModelFailureCode } from "./model.ts";

/** One sentence for one model. `maxTokens` and `timeoutMs` are for the whole answer, however often the model is asked for it. */
export interface StrategyRequest {
  readonly text: string;
  readonly facts: Facts;
  readonly model: LanguageModel;
  readonly manner: Manner;
  readonly cancel: Cancel;
  readonly maxTokens: number;
  readonly timeoutMs: number;
}

/** `too-long`: more words than a grammar is built for. `not-understood`: the reply is cut off or quotes what was not said. */
export type UnderstandFailureCode = ModelFailureCode | "too-long" | "not-understood";

/** What asking cost: tokens of the prompt, those of it that had to be read, those written, and milliseconds. */
export interface Spent {
  readonly promptTokens: number;
  readonly evaluatedTokens: number;
  readonly generatedTokens: number;
  readonly ms: number;
}

/**
 * What a model heard in one sentence: an intent that points at the user's own words, never a value. `dropped` names fields whose
 * words were already used ("0.note"). `message` is one sentence that may be shown.
 */
export type Understood =
  | ({ readonly kind: "heard"; readonly intent: Intent; readonly dropped: readonly string[] } & Spent)
  | { readonly kind: "failed"; readonly code: UnderstandFailureCode; readonly message: string };

/** The part of a strategy's prompts that is the same for every sentence. */
export type FixedPrompt = Required<Pick<CompletionRequest, "system" | "examples">> & Pick<CompletionRequest, "plain">;

/** One way to ask a model. `fixed` comes first in every prompt, so that it is read only once. */
export interface Strategy {
  readonly fixed: FixedPrompt;
  hear(request: StrategyRequest): Promise<Understood>;
}

export const notUnderstood = (message: string): Understood => ({ kind: "failed", code: "not-understood", message });
