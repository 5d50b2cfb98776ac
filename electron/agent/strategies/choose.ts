import { digest } from "../../core/digest.ts";
import { hearAs } from "../../core/hear-as.ts";
import type { Intent } from "../../core/intent.ts";
import { propose } from "../../core/propose.ts";
import { FIELDS, KINDS } from "../fields.ts";
import { renderStep } from "../prompt.ts";
import { chances, choose, together, withConfidence } from "../scoring.ts";
import { STEP_SEPARATOR } from "../span-grammar.ts";
import { notUnderstood, type FixedPrompt, type Strategy, type StrategyRequest } from "../strategy.ts";
import { escapeRun } from "../words.ts";

const LABELS = ["yes", "no"] as const;
const ask = (text: string, means: string): string => `Sentence: ${escapeRun(text)}\nMeans: ${means}\nRight:`;

const FIXED: FixedPrompt = {
  plain: true,
  system: "Is this what the sentence about time tracking means?",
  examples: [
    ["2h vandelay imports yesterday", "add | when: yesterday | hours: 2h | project: vandelay imports", "yes"],
    ["put Friday's tyrell bots on Thursday", "add | when: Thursday | project: tyrell bots", "no"],
    ["put Friday's tyrell bots on Thursday", "move | old when: Friday's | old project: tyrell bots | when: Thursday", "yes"],
    ["forget what I said about oscorp", "ask | project: oscorp", "no"],
    ["forget what I said about oscorp", "delete | old project: oscorp", "yes"],
    ["what did I do on Tuesday", "start", "no"],
    ["this morning two hours went into the oscorp report", "change | when: this morning | hours: two hours", "no"],
    ["this morning two hours went into the oscorp report", "add | when: this morning | hours: two hours | project: oscorp report", "yes"],
    ["send an invoice to vandelay", "none", "yes"],
    ["how much is missing this week", "ask | when: this week", "yes"],
  ].map(([text = "", means = "", reply = ""]) => ({ user: ask(text, means), reply })),
};

/** An intent in the sentence's own words. */
function inWords(text: string, intent: Intent): string {
  const steps = intent.steps.map((step) => {
    const fields = Object.fromEntries(FIELDS[step.kind].flatMap((field) => (step[field] ? [[field, text.slice(step[field].start, step[field].end)]] : [])));
    return renderStep({ kind: step.kind, fields });
  });
  return steps.join(STEP_SEPARATOR);
}

/** The readings that the rules can make of a sentence, one for each kind that comes to something; two that do the same are one. */
function candidatesOf({ text, facts }: StrategyRequest): readonly Intent[] {
  const found = new Map<string, Intent>();
  for (const kind of KINDS) {
    const intent = hearAs(text, facts, kind);
    const { outcome } = propose(text, intent, facts);
    const key = outcome.kind === "proposal" ? digest(outcome.operations) : outcome.kind;
    if ((outcome.kind === "proposal" || outcome.kind === "answer" || kind === "none") && !found.has(key)) found.set(key, intent);
  }
  return [...found.values()];
}

/** Lets the rules make the readings, and the model say yes or no to each: the one with the best balance is taken. */
export const chooseStrategy: Strategy = {
  fixed: FIXED,
  hear: async (request) => {
    const { text, manner } = request;
    const candidates = candidatesOf(request);
    const balances: number[] = [];
    const spent = [];
    for (const candidate of candidates) {
      const said = await choose(request, { ...FIXED, user: ask(text, inWords(text, candidate)) }, LABELS);
      if (said.kind === "failed") return said;
      const [yes = 0, no = 0] = said.scores ?? (said.at === 0 ? [0, -1] : [-1, 0]);
      balances.push(yes - no);
      spent.push(said.spent);
    }
    const likely = chances(balances);
    const at = likely.indexOf(Math.max(...likely));
    const intent = candidates[at];
    if (!intent) return notUnderstood("Nothing that the rules can make of it fits.");
    return { kind: "heard", intent: withConfidence(intent, likely[at], manner), dropped: [], ...together(spent) };
  },
};
