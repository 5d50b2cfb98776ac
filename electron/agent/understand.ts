import type { Intent } from "../core/intent.ts";
import type { Cancel, LanguageModel, ModelFailureCode } from "./model.ts";
import { promptFor } from "./prompt.ts";
import { parseReply } from "./reply.ts";
import { spanGrammar } from "./span-grammar.ts";

export interface UnderstandRequest {
  readonly text: string;
  readonly model: LanguageModel;
  readonly cancel: Cancel;
  readonly maxTokens: number;
  readonly timeoutMs: number;
}

/** `too-long`: more words than a grammar is built for. `not-understood`: the reply is cut off or quotes what was not said. */
export type UnderstandFailureCode = ModelFailureCode | "too-long" | "not-understood";

/**
 * What a model heard in one sentence: an intent that points at the user's own words, never a value. `dropped` names fields whose
 * words were already used ("0.note"). `message` is one sentence that may be shown.
 */
export type Understood =
  | {
      readonly kind: "heard";
      readonly intent: Intent;
      readonly dropped: readonly string[];
      readonly promptTokens: number;
      readonly evaluatedTokens: number;
      readonly generatedTokens: number;
      readonly ms: number;
    }
  | { readonly kind: "failed"; readonly code: UnderstandFailureCode; readonly message: string };

/** Asks the model once, under a grammar made for this sentence. Never throws for an expected failure; writes nothing anywhere. */
export async function understand(request: UnderstandRequest): Promise<Understood> {
  const { text, model, cancel, maxTokens, timeoutMs } = request;
  const grammar = spanGrammar(text);
  if (grammar.kind === "too-long") return { kind: "failed", code: "too-long", message: `That is ${grammar.words} words; the model reads up to 400 at a time.` };
  const completion = await model.complete({ ...promptFor(text), grammar: grammar.gbnf, maxTokens, timeoutMs }, cancel);
  if (completion.kind === "failed") return completion;
  // A reply that used up its tokens may end in the middle of a quote, and half a quote is still a run of the sentence.
  if (completion.generatedTokens >= maxTokens) return { kind: "failed", code: "not-understood", message: "The model's answer was too long to use." };
  const parsed = parseReply(text, completion.text);
  if (parsed.kind === "not-understood") return { kind: "failed", code: "not-understood", message: "The model's answer could not be used." };
  const { promptTokens, evaluatedTokens, generatedTokens, ms } = completion;
  return { kind: "heard", intent: parsed.intent, dropped: parsed.dropped, promptTokens, evaluatedTokens, generatedTokens, ms };
}
