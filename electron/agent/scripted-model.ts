import type { Completion, CompletionRequest, LanguageModel } from "./model.ts";

/** What a scripted model says next: a reply line, a whole completion, or a function of the request. */
export type Scripted = string | Completion | ((request: CompletionRequest) => string | Completion);

export interface ScriptedModel extends LanguageModel {
  /** The requests so far, in order. */
  readonly asked: readonly CompletionRequest[];
  /** Replies that nobody has asked for yet. */
  left(): number;
}

/**
 * A language model that says what it was given, in order; for tests and for evals of everything around a model. A call beyond the
 * script throws, so that a test cannot pass by asking more often than it says.
 */
export function createScriptedModel(script: readonly Scripted[]): ScriptedModel {
  const waiting = [...script];
  const asked: CompletionRequest[] = [];
  return {
    asked,
    left: () => waiting.length,
    complete: async (request, cancel) => {
      const next = waiting.shift();
      if (next === undefined) throw new Error("The scripted model was asked more often than its script says.");
      asked.push(request);
      if (cancel.aborted) return { kind: "failed", code: "cancelled", message: "Cancelled." };
      const said = typeof next === "function" ? next(request) : next;
      if (typeof said !== "string") return said;
      return { kind: "text", text: said, promptTokens: 0, evaluatedTokens: 0, generatedTokens: 0, ms: 0 };
    },
  };
}
