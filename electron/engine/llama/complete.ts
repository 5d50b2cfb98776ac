import type { Token } from "node-llama-cpp";
import type { Completion, CompletionRequest } from "../../agent/model.ts";
import type { Opened } from "./backend.ts";
import type { Held } from "./load.ts";
import { commonLength, readTokens } from "./prefix.ts";
import type { FixedPart } from "./prefix.ts";

const CANCELLED: Completion = { kind: "failed", code: "cancelled", message: "Cancelled." };

/** Answers one request under its grammar. Reads of the prompt only what was not read before. Throws when the library does. */
export async function complete(opened: Opened, held: Held, request: CompletionRequest, fixed: FixedPart, signal: AbortSignal): Promise<Completion> {
  const started = performance.now();
  const { model, context, sequence } = held;
  const prompt = held.render(request);
  if (prompt.length + request.maxTokens > context.contextSize) return { kind: "failed", code: "failed", message: "The sentence is too long for this model." };
  const grammarState = await grammarFor(opened, held, request.grammar);
  if (grammarState === undefined) return { kind: "failed", code: "bad-grammar", message: "The model could not be told how to answer." };
  const kept = Math.min(commonLength(fixed.tokens, prompt), prompt.length - 1);
  // What fits into one batch is read together with the first word of the answer: a pass of its own would cost as much as a word.
  const shared = sequence.needsCheckpoints ? 0 : Math.min(commonLength(prompt, sequence.contextTokens), prompt.length - 1);
  const ahead = Math.max(kept, shared, prompt.length - context.batchSize);
  const evaluated = await readTokens(sequence, prompt.slice(0, ahead), kept, signal);
  if (evaluated === undefined) return CANCELLED;
  const reply: Token[] = [];
  const rest = prompt.slice(ahead);
  for await (const token of sequence.evaluate(rest, { temperature: 0, grammarEvaluationState: grammarState })) {
    if (signal.aborted) return CANCELLED;
    if (model.isEogToken(token)) break;
    reply.push(token);
    if (reply.length >= request.maxTokens) break;
  }
  return {
    kind: "text",
    text: model.detokenize(reply),
    promptTokens: prompt.length,
    evaluatedTokens: evaluated + rest.length,
    generatedTokens: reply.length,
    ms: performance.now() - started,
  };
}

async function grammarFor({ native, library }: Opened, { model }: Held, gbnf: string): Promise<InstanceType<Opened["library"]["LlamaGrammarEvaluationState"]> | undefined> {
  try {
    const grammar = await native.createGrammar({ grammar: gbnf });
    return new library.LlamaGrammarEvaluationState({ model, grammar });
  } catch {
    return undefined;
  }
}
