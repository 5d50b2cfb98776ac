import { FIELDS, KINDS, LABELS, offeredFields } from "../../electron/agent/fields.ts";
import type { StrategyName } from "../../electron/agent/manner.ts";
import type { CompletionRequest, LanguageModel } from "../../electron/agent/model.ts";
import { FIELD_SEPARATOR, LABEL_SEPARATOR, STEP_SEPARATOR } from "../../electron/agent/span-grammar.ts";
import { escapeRun, wordsOf } from "../../electron/agent/words.ts";
import { seeded, seedOf } from "../variants/seeded.ts";
import { ANY_LINE, sentenceOf } from "./ablation/request.ts";
import { CALL_GRAMMAR } from "./direct/call.ts";
import { randomCalls } from "./direct/random-calls.ts";
import type { LoadedModel } from "./loaded.ts";

/** What a model may say that is not held to the words of the sentence. */
const OTHER_VALUES: readonly string[] = ["yesterday", "tomorrow", "last monday", "friday", "2026-04-01", "1h", "2h", "3.5 hours", "45 min", "meeting", "development", "acme", "initech", "globex", "done"];

/** A reply in the form of the prompt, drawn blindly: one to three steps, some fields. `free`: values need not be words of the sentence. */
function noise(text: string, random: () => number, free: boolean): string {
  const words = wordsOf(text);
  const offered = offeredFields(text);
  const upTo = (count: number): number => Math.floor(random() * count);
  const run = (): string => {
    const other = free && random() < 0.5 ? OTHER_VALUES[upTo(OTHER_VALUES.length)] : undefined;
    if (other !== undefined) return other;
    const from = upTo(words.length);
    const to = Math.min(words.length - 1, from + upTo(3));
    return escapeRun(text.slice(words[from]?.start, words[to]?.end));
  };
  const step = (): string => {
    const kind = KINDS[upTo(KINDS.length)] ?? "none";
    const fields = words.length === 0 ? [] : FIELDS[kind].filter((field) => (free || offered.has(field)) && random() < 0.5);
    return kind + fields.map((field) => FIELD_SEPARATOR + LABELS[field] + LABEL_SEPARATOR + run()).join("");
  };
  return Array.from({ length: 1 + upTo(3) }, step).join(STEP_SEPARATOR);
}

/** How likely each label is, drawn blindly: any one of them leads, by any lead, so that wrong and sure of it comes as often as wrong and unsure. They sum to 1. */
function drawnScores(labels: readonly string[], random: () => number): readonly number[] {
  const first = Math.floor(random() * labels.length);
  const share = 1 / labels.length + random() * (1 - 1 / labels.length) * 0.999;
  return labels.map((_, at) => Math.log(at === first ? share : (1 - share) / Math.max(1, labels.length - 1)));
}

/** Says something that the request's grammar allows, and that means nothing. The same seed says the same. */
function drawingModel(seed: string, strategy: StrategyName | undefined): LanguageModel {
  const random = seeded(seedOf(seed));
  const say = (request: CompletionRequest): string => (request.grammar === CALL_GRAMMAR ? randomCalls(request, random) : noise(sentenceOf(request) ?? "", random, request.grammar === ANY_LINE));
  const spent = { promptTokens: 0, evaluatedTokens: 0, ms: 0 };
  return {
    ...(strategy === undefined ? {} : { facts: () => Promise.resolve({ name: undefined, parameters: undefined, strategy }) }),
    complete: ({ labels, ...request }) => {
      if (labels) {
        const scores = drawnScores(labels, random);
        return Promise.resolve({ kind: "text", text: labels[scores.indexOf(Math.max(...scores))] ?? "", scores, generatedTokens: 1, ...spent });
      }
      const text = say(request);
      return Promise.resolve({ kind: "text", text, generatedTokens: text.split(/\s+/).length, ...spent });
    },
  };
}

/**
 * A model that knows nothing, without weights: every reply is of the right form and drawn blindly. What an agent on it does to an account is the agent's
 * doing alone. `strategy`: how it is asked; it quotes unless told.
 */
export const randomModel = (strategy?: StrategyName): LoadedModel => ({
  kind: "loaded", file: strategy === undefined ? "random" : `random@${strategy}`, about: {}, slots: 8, open: (seed) => drawingModel(seed, strategy), close: () => Promise.resolve(),
});
