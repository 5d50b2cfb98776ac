import { EXAMPLES } from "./examples.ts";
import type { Example, ExampleStep } from "./examples.ts";
import { FIELDS, LABELS } from "./fields.ts";
import type { CompletionRequest } from "./model.ts";
import { FIELD_SEPARATOR, LABEL_SEPARATOR, STEP_SEPARATOR } from "./span-grammar.ts";
import { escapeRun } from "./words.ts";

const RULES = [
  "Turn the sentence about time tracking into one command line.",
  "Copy words from the sentence. Write nothing that the sentence does not say.",
  "Commands: add (new time), change (correct an existing entry), move (put an existing entry on another day), copy (the same entry once more), delete, start (a timer), stop (the timer), ask (a question about logged time), none (anything else).",
  "Words about the entry that exists already are old when, old hours, old project. Words about how it should be are when, hours, project, task, note.",
  "Several new entries in one sentence are several commands, separated by ;",
].join("\n");

/** `system` and `examples` are the same for every sentence, so that a model has to read them only once. */
export type Prompt = Required<Pick<CompletionRequest, "system" | "examples" | "user">>;

const TURNS = EXAMPLES.map((example: Example) => ({ user: ask(example.text), reply: example.steps.map(renderStep).join(STEP_SEPARATOR) }));

/** The prompt for one sentence. It holds fixed text and the user's own words only; nothing of the account ever enters it. */
export function promptFor(text: string): Prompt {
  return { system: RULES, examples: TURNS, user: ask(text) };
}

function ask(text: string): string {
  return `Sentence: ${escapeRun(text)}\nCommand:`;
}

/** One step as a reply line writes it: the opposite of `parseReply`. */
export function renderStep(step: ExampleStep): string {
  const fields = FIELDS[step.kind].flatMap((field) => {
    const words = step.fields[field];
    return words === undefined ? [] : [FIELD_SEPARATOR + LABELS[field] + LABEL_SEPARATOR + escapeRun(words)];
  });
  return step.kind + fields.join("");
}
