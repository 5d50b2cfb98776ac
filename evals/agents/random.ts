import { FIELDS, KINDS, LABELS, offeredFields } from "../../electron/agent/fields.ts";
import type { CompletionRequest, LanguageModel } from "../../electron/agent/model.ts";
import { FIELD_SEPARATOR, LABEL_SEPARATOR, STEP_SEPARATOR } from "../../electron/agent/span-grammar.ts";
import { escapeRun, unescapeRun, wordsOf } from "../../electron/agent/words.ts";
import { seeded, seedOf } from "../variants/seeded.ts";
import type { Agent } from "./agent.ts";
import { talkWithProduct } from "./product.ts";

/** The sentence of a request, as the prompt wrote it. */
function sentenceOf({ user }: CompletionRequest): string {
  const line = /^Sentence: (.*)\nCommand:$/s.exec(user)?.[1] ?? "";
  return unescapeRun(line) ?? line;
}

/** A reply that the grammar of this sentence allows, drawn blindly: one to three steps, some fields, any run of its words. */
function noise(text: string, random: () => number): string {
  const words = wordsOf(text);
  const offered = offeredFields(text);
  const upTo = (count: number): number => Math.floor(random() * count);
  const run = (): string => {
    const from = upTo(words.length);
    const to = Math.min(words.length - 1, from + upTo(3));
    return escapeRun(text.slice(words[from]?.start, words[to]?.end));
  };
  const step = (): string => {
    const kind = KINDS[upTo(KINDS.length)] ?? "none";
    const fields = words.length === 0 ? [] : FIELDS[kind].filter((field) => offered.has(field) && random() < 0.5);
    return kind + fields.map((field) => FIELD_SEPARATOR + LABELS[field] + LABEL_SEPARATOR + run()).join("");
  };
  return Array.from({ length: 1 + upTo(3) }, step).join(STEP_SEPARATOR);
}

function randomModel(seed: string): LanguageModel {
  const random = seeded(seedOf(seed));
  return {
    complete: (request) => {
      const text = noise(sentenceOf(request), random);
      return Promise.resolve({ kind: "text", text, promptTokens: 0, evaluatedTokens: 0, generatedTokens: text.split(/\s+/).length, ms: 0 });
    },
  };
}

/** The product with a model that knows nothing: every reply is of the right form and means nothing. What it does to an account is the grammar's and the code's doing alone. */
export function randomAgent(): Agent {
  return { name: "random", slots: 8, about: {}, open: (world, evalCase, trial) => Promise.resolve(talkWithProduct(world, randomModel(`${evalCase.id} ${trial}`), true)), close: () => Promise.resolve() };
}
