import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import type { CompletionRequest, LanguageModel } from "../../electron/agent/model.ts";

const line = z.object({
  model: z.string(), prompt: z.string(), grammar: z.string(),
  /** What is known about the model, from which it follows how it is asked. */
  facts: z.object({ name: z.string().optional(), parameters: z.number().optional(), strategy: z.enum(["quote", "label", "words", "choose"]).optional() }).optional(),
  text: z.string(), scores: z.array(z.number()).optional(), promptTokens: z.number(), evaluatedTokens: z.number(), generatedTokens: z.number(), ms: z.number(),
});
type Line = z.infer<typeof line>;

const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 24);

/** Names a reply by all that it depends on: the model's file, every word of the prompt, the grammar and the token limit. */
function keysOf(request: CompletionRequest): Pick<Line, "prompt" | "grammar"> {
  const { system, examples = [], user, grammar, maxTokens, labels = [], plain = false } = request;
  return { prompt: hash(JSON.stringify([system, examples, user, maxTokens, labels, plain])), grammar: hash(grammar) };
}

/** Writes every reply of `model` to `file`, a line each; failed ones are not kept. `sha256` names the model's file. */
export function recorded(model: LanguageModel, file: string, sha256: string): LanguageModel {
  mkdirSync(dirname(file), { recursive: true });
  return {
    ...model,
    complete: async (request, cancel) => {
      const completion = await model.complete(request, cancel);
      if (completion.kind === "text") {
        const facts = await model.facts?.();
        const { text, scores, promptTokens, evaluatedTokens, generatedTokens, ms } = completion;
        const kept: Line = { model: sha256, ...keysOf(request), ...(facts ? { facts } : {}), text, ...(scores ? { scores: scores.map((score) => Math.round(score * 1000) / 1000) } : {}), promptTokens, evaluatedTokens, generatedTokens, ms: Math.round(ms) };
        appendFileSync(file, `${JSON.stringify(kept)}\n`);
      }
      return completion;
    },
  };
}

/** Replies from a file instead of a model. `models` are the files that they came from; `stale` counts requests that no reply was recorded for. */
export interface Replay {
  readonly model: LanguageModel;
  readonly models: readonly string[];
  readonly replies: number;
  stale(): number;
}

/**
 * Plays recorded replies back. A request whose prompt or grammar is not the recorded one throws, so that its case is counted as an error: an old
 * reply is never used for a new question. A sentence when the file cannot be used.
 */
export function openReplay(file: string): Replay | string {
  if (!existsSync(file)) return `There are no recorded replies in ${file}.`;
  const known = new Map<string, Line>();
  for (const [at, text] of readFileSync(file, "utf8").split("\n").entries()) {
    if (text.trim() === "") continue;
    try {
      const kept = line.parse(JSON.parse(text));
      known.set(`${kept.prompt} ${kept.grammar}`, kept);
    } catch {
      return `${file}:${at + 1} is not a recorded reply.`;
    }
  }
  const missed = new Set<string>();
  const facts = [...known.values()].find((each) => each.facts !== undefined)?.facts;
  return {
    models: [...new Set([...known.values()].map(({ model }) => model))],
    replies: known.size,
    stale: () => missed.size,
    model: {
      ...(facts ? { facts: () => Promise.resolve({ name: facts.name, parameters: facts.parameters, strategy: facts.strategy }) } : {}),
      complete: (request) => {
        const { prompt, grammar } = keysOf(request);
        const kept = known.get(`${prompt} ${grammar}`);
        if (!kept) {
          missed.add(`${prompt} ${grammar}`);
          return Promise.reject(new Error("No reply is recorded for this prompt and grammar; the recording is stale."));
        }
        const { text, scores, promptTokens, evaluatedTokens, generatedTokens, ms } = kept;
        return Promise.resolve({ kind: "text", text, ...(scores ? { scores } : {}), promptTokens, evaluatedTokens, generatedTokens, ms });
      },
    },
  };
}
