import type { IntentKind } from "../../core/intent.ts";
import { KINDS } from "../fields.ts";
import { promptFor } from "../prompt.ts";
import { parseReply } from "../reply.ts";
import { choose, together, withConfidence } from "../scoring.ts";
import { spanGrammar } from "../span-grammar.ts";
import { notUnderstood, type FixedPrompt, type Strategy, type StrategyRequest } from "../strategy.ts";

const { system, examples } = promptFor("");
const FIXED: FixedPrompt = { system, examples };

/** How likely the operation that was written was among all, told at the same place of the same prompt: nothing is read for it again. */
async function secondLook(request: StrategyRequest, kind: IntentKind | undefined) {
  const chosen = await choose(request, { ...FIXED, user: promptFor(request.text).user }, KINDS);
  if (chosen.kind === "failed" || !chosen.scores || !kind) return undefined;
  return { confidence: Math.exp(chosen.scores[KINDS.indexOf(kind)] ?? 0), spent: chosen.spent };
}

/** The model writes whole steps, each part a run of the user's own words, under a grammar made for this sentence; how sure it was of the operation is looked up after. */
export const quoteStrategy: Strategy = {
  fixed: FIXED,
  hear: async (request) => {
    const { text, model, manner, cancel, maxTokens, timeoutMs } = request;
    const grammar = spanGrammar(text);
    if (grammar.kind === "too-long") return { kind: "failed", code: "too-long", message: `That is ${grammar.words} words; the model reads up to 400 at a time.` };
    const completion = await model.complete({ ...promptFor(text), grammar: grammar.gbnf, maxTokens, timeoutMs }, cancel);
    if (completion.kind === "failed") return completion;
    // A reply that used up its tokens may end in the middle of a quote, and half a quote is still a run of the sentence.
    if (completion.generatedTokens >= maxTokens) return notUnderstood("The model's answer was too long to use.");
    const parsed = parseReply(text, completion.text);
    if (parsed.kind === "not-understood") return notUnderstood("The model's answer could not be used.");
    const look = manner.twice ? await secondLook(request, parsed.intent.steps[0]?.kind) : undefined;
    const { promptTokens, evaluatedTokens, generatedTokens, ms } = completion;
    const spent = together([{ promptTokens, evaluatedTokens, generatedTokens, ms }, ...(look ? [look.spent] : [])]);
    return { kind: "heard", intent: look ? withConfidence(parsed.intent, look.confidence, manner) : parsed.intent, dropped: parsed.dropped, ...spent };
  },
};
