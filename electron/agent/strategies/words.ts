import { hearAs } from "../../core/hear-as.ts";
import type { IntentKind, IntentStep, Quote } from "../../core/intent.ts";
import { KINDS, offeredFields } from "../fields.ts";
import { OPERATION_RULES } from "../operations.ts";
import { choose, together, withConfidence } from "../scoring.ts";
import { notUnderstood, type FixedPrompt, type Strategy, type StrategyRequest } from "../strategy.ts";
import { escapeRun, wordsOf } from "../words.ts";
import { chooseOperation, operationLine } from "./label.ts";

/** What a word may be. Which entry is meant and what it becomes is left to the rules: small models tell the two apart no better than chance. */
const LABELS = ["day", "hours", "project", "task", "note", "other"] as const;
type Label = (typeof LABELS)[number];
const FIELD_OF: Readonly<Partial<Record<Label, "when" | "hours" | "project" | "task" | "note">>> = { day: "when", hours: "hours", project: "project", task: "task", note: "note" };

/** Sentences whose words are told, one letter for the label of each: d(ay) h(ours) p(roject) t(ask) n(ote) o(ther). The names are invented. */
const EXAMPLES: readonly (readonly [text: string, kind: IntentKind, labels: string])[] = [
  ["2h vandelay imports yesterday", "add", "hppd"],
  ["spent an hour and a half on tyrell bots testing on Wednesday", "add", "ohhhhhopptod"],
  ["stop the clock", "stop", "ooo"],
  ["this morning two hours went into the oscorp report", "add", "ddhhooopp"],
  ["call with the vandelay people, 20 minutes", "add", "nnopohh"],
  ["delete monday's cyberdyne qa", "delete", "odpp"],
  ["45m standup", "add", "hp"],
  ["fixed the login on tyrell bots, 3 hours on friday", "add", "nnnopphhod"],
  ["I am now working on cyberdyne qa", "start", "oooooopp"],
  ["send an invoice to vandelay", "none", "ooooo"],
  ["oscorp lab development from 9 to 11: wrote the parser", "add", "ppthhhhnnn"],
  ["how long was I on vandelay imports last month?", "ask", "oooooppdd"],
  ["yesterday afternoon tyrell bots, about 3 hours, mostly mails", "add", "ddppohhnn"],
  ["make it 45 minutes", "change", "oohh"],
];
const LETTERS: Readonly<Record<string, Label>> = { d: "day", h: "hours", p: "project", t: "task", n: "note", o: "other" };

const FIXED: FixedPrompt = {
  plain: true,
  system: `${OPERATION_RULES} Then what is each word: day, hours, project, task, note or other?`,
  examples: EXAMPLES.map(([text, kind, letters]) => ({
    user: operationLine(text),
    reply: [kind, ...wordsOf(text).map((word, n) => `${escapeRun(text.slice(word.start, word.end))} = ${LETTERS[letters.charAt(n)] ?? "other"}`)].join("\n"),
  })),
};

/** Runs of words under one label; the longest run of a label is its field. */
function fieldsOf(words: readonly Quote[], labels: readonly Label[]): Partial<Record<"when" | "hours" | "project" | "task" | "note", Quote>> {
  const runs: { label: Label; from: number; to: number }[] = [];
  for (const [n, label] of labels.entries()) {
    const last = runs.at(-1);
    if (last?.label === label) last.to = n;
    else runs.push({ label, from: n, to: n });
  }
  const fields: Partial<Record<"when" | "hours" | "project" | "task" | "note", Quote>> = {};
  for (const { label, from, to } of runs.toSorted((a, b) => b.to - b.from - (a.to - a.from))) {
    const [field, first, last] = [FIELD_OF[label], words[from], words[to]];
    if (field && first && last && !fields[field]) fields[field] = { start: first.start, end: last.end };
  }
  return fields;
}

/** More words than this are not told one by one. */
const MOST_WORDS = 40;

/** Scores what is wanted, then what each word is, in turn, each seeing those before it. For new time; what else is wanted gets its words from the rules. */
export const wordsStrategy: Strategy = { fixed: FIXED, hear };

async function hear(request: StrategyRequest) {
  const { text, facts, manner } = request;
  const words = wordsOf(text);
  const chosen = await chooseOperation(request, FIXED);
  if (chosen.kind === "failed") return chosen;
  const kind = KINDS[chosen.at] ?? "none";
  if (kind !== "add" && kind !== "start") return { kind: "heard", intent: withConfidence(hearAs(text, facts, kind), chosen.confidence, manner), dropped: [], ...chosen.spent } as const;
  if (words.length > MOST_WORDS) return notUnderstood(`That is ${words.length} words; the model tells up to ${MOST_WORDS} apart.`);
  const offered = offeredFields(text);
  const labels = LABELS.filter((label) => FIELD_OF[label] === undefined || offered.has(FIELD_OF[label]));
  const told: Label[] = [];
  const spent = [chosen.spent];
  let user = `${operationLine(text)} ${kind}`;
  for (const word of words) {
    user += `\n${escapeRun(text.slice(word.start, word.end))} =`;
    const one = await choose(request, { ...FIXED, user }, labels);
    if (one.kind === "failed") return one;
    const label = labels[one.at] ?? "other";
    told.push(label);
    spent.push(one.spent);
    user += ` ${label}`;
  }
  const step: IntentStep = { kind, ...fieldsOf(words, told) };
  return { kind: "heard", intent: withConfidence({ by: "model", steps: [step] }, chosen.confidence, manner), dropped: [], ...together(spent) } as const;
}
