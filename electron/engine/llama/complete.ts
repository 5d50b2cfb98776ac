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
  const labels = request.labels && labelTokens(held, request.labels, request.plain === true);
  const prompt = [...held.render(request), ...(labels && labels !== "alike" ? labels.lead : [])];
  if (prompt.length + request.maxTokens > context.contextSize) return { kind: "failed", code: "failed", message: "The sentence is too long for this model." };
  const grammarState = labels ? undefined : await grammarFor(opened, held, request.grammar);
  if (labels === "alike" || (!labels && grammarState === undefined)) return { kind: "failed", code: "bad-grammar", message: "The model could not be told how to answer." };
  const kept = Math.min(commonLength(fixed.tokens, prompt), prompt.length - 1);
  // What fits into one batch is read together with the first word of the answer: a pass of its own would cost as much as a word.
  const shared = sequence.needsCheckpoints ? 0 : Math.min(commonLength(prompt, sequence.contextTokens), prompt.length - 1);
  const ahead = Math.max(kept, shared, prompt.length - context.batchSize);
  const evaluated = await readTokens(sequence, prompt.slice(0, ahead), kept, signal);
  if (evaluated === undefined) return CANCELLED;
  const rest = prompt.slice(ahead);
  if (labels) {
    const scores = await scored(opened, held, rest, labels.tokens);
    const best = request.labels?.[scores.indexOf(Math.max(...scores))] ?? "";
    return { kind: "text", text: best, scores, promptTokens: prompt.length, evaluatedTokens: evaluated + rest.length, generatedTokens: 1, ms: performance.now() - started };
  }
  const reply: Token[] = [];
  for await (const token of sequence.evaluate(rest, { temperature: 0, ...(grammarState ? { grammarEvaluationState: grammarState } : {}) })) {
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

/**
 * The token by which each label is told from the others, and what all of them begin with (`lead`: where a text goes on, often the space before a
 * word). "alike": two of them go on alike, and could not be told apart.
 */
function labelTokens({ model }: Held, labels: readonly string[], plain: boolean): { readonly lead: readonly Token[]; readonly tokens: readonly Token[] } | "alike" {
  const before = model.tokenize(":", false).length;
  const all = labels.map((label) => (plain ? model.tokenize(`: ${label}`, false).slice(before) : model.tokenize(label, false)));
  const [first = []] = all;
  const lead = first.slice(0, Math.min(...all.map((tokens) => commonLength(first, tokens))));
  const tokens = all.flatMap((each) => each.slice(lead.length, lead.length + 1));
  return new Set(tokens).size === labels.length ? { lead, tokens } : "alike";
}

/** How much a label is lifted above all other tokens, so that only labels are looked at; among them nothing changes. */
const LIFT = 60;

/** Reads the rest of the prompt and gives the logarithm of how likely each of `labels` comes next, as if nothing else could. */
async function scored({ library }: Opened, { model, sequence }: Held, rest: readonly Token[], labels: readonly Token[]): Promise<readonly number[]> {
  const tokenBias = library.TokenBias.for(model);
  for (const token of labels) tokenBias.set(token, { logit: LIFT });
  const last = rest.length - 1;
  const options = { temperature: 1, topK: labels.length, topP: 1, minP: 0, tokenBias };
  const evaluated = await sequence.controlledEvaluate(rest.map((token, i) => (i === last ? [token, { generateNext: { probabilities: true, options } }] : token)));
  const likely = evaluated[last]?.next.probabilities;
  const chances = labels.map((token) => likely?.get(token) ?? 0);
  const sum = chances.reduce((all, each) => all + each, 0);
  return chances.map((chance) => Math.log(Math.max(chance / (sum || 1), 1e-9)));
}
