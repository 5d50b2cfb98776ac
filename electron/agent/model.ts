import type { StrategyName } from "./manner.ts";

/** The part of an AbortSignal that a model port needs; the platform's own AbortSignal satisfies it. */
export interface Cancel {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** One request: fixed rules and examples first, then the words of this sentence, so that the prefix can be kept. */
export interface CompletionRequest {
  readonly system: string;
  /** Requests and the replies they should have had, shown before `user` as turns of a talk; the same for every sentence. */
  readonly examples?: readonly { readonly user: string; readonly reply: string }[] | undefined;
  readonly user: string;
  /** GBNF; the reply can only be a string of this grammar. */
  readonly grammar: string;
  /** The replies that the grammar allows, one word each: the likeliest is the reply, and `scores` tells how likely each was. */
  readonly labels?: readonly string[] | undefined;
  /** As a text to be continued, without the model's own chat template. */
  readonly plain?: boolean | undefined;
  readonly maxTokens: number;
  /** Milliseconds after which the request is given up with code "timeout". */
  readonly timeoutMs: number;
}

export type ModelFailureCode = "no-model" | "stopped" | "cancelled" | "timeout" | "busy" | "bad-grammar" | "failed";

/** A reply, or why there is none: `message` is one sentence that may be shown. Never thrown for an expected failure. */
export type Completion =
  | {
      readonly kind: "text";
      readonly text: string;
      /** Logarithms of how likely each of the request's labels was among them, in their order. Absent where that cannot be told. */
      readonly scores?: readonly number[] | undefined;
      readonly promptTokens: number;
      readonly evaluatedTokens: number;
      readonly generatedTokens: number;
      readonly ms: number;
    }
  | { readonly kind: "failed"; readonly code: ModelFailureCode; readonly message: string };

/** What is known about a model beforehand: its own name for itself, and how many parameters it has. */
export interface ModelFacts {
  readonly name: string | undefined;
  readonly parameters: number | undefined;
  /** Asked so, whatever is known about it; for evals. */
  readonly strategy?: StrategyName | undefined;
}

/** All that the agent knows of a language model. */
export interface LanguageModel {
  /** Undefined when nothing is known: a model behind a server. */
  facts?(): Promise<ModelFacts | undefined>;
  complete(request: CompletionRequest, cancel: Cancel): Promise<Completion>;
}
