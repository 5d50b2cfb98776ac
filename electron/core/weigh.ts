import type { Facts } from "./facts.ts";
import { hear } from "./hear.ts";
import type { Heard } from "./heard.ts";
import type { Intent, IntentKind } from "./intent.ts";
import { markUp } from "./markup.ts";
import type { Outcome, Pin, Reading } from "./outcome.ts";
import { propose } from "./propose.ts";
import { askWhether } from "./questions.ts";
import { read, withoutModel } from "./read.ts";
import { isAboutTime, opensQuestion, saysKind } from "./says-kind.ts";
import { lowAt } from "./tokens.ts";
import { DENIALS, VERBS } from "./words.ts";

/** Whose reading of a sentence stands: the rules' own, the rules' with what they leave open asked, the model's, or nothing. */
type Side = "rules" | "open" | "model" | "nothing";

/** A move is a change of the day. */
const sameKind = (kind: IntentKind): IntentKind => (kind === "move" ? "change" : kind);

/** The rules know what is wanted by a word of the sentence, and the model hears something else. */
function contradicts(rules: Heard, intent: Intent): boolean {
  if (rules.kindSaid !== true) return false;
  const kinds = (given: Intent): string => [...new Set(given.steps.filter((step) => step.kind !== "none").map((step) => sameKind(step.kind)))].toSorted().join();
  return kinds(rules.intent) !== kinds(intent);
}

/** "could you not log 2h": the rules see a word that denies the whole. How far it reaches only a later clause with a verb of its own tells ("I don't need it, delete it"). */
function denies({ intent, lead = -1, markup }: Heard, heard: Intent): boolean {
  const low = lowAt(markup.tokens, lead);
  if (!intent.steps.every((step) => step.kind === "none") || !(DENIALS.has(low) || low === "not" || low === "do")) return false;
  const clause = markup.parts.find((part) => part.from > lead && (part.kind === "break" || part.kind === "mark"));
  return !clause || !markup.tokens.some((token, at) => at >= clause.to && heard.steps.some((step) => VERBS.get(token.low) === step.kind));
}

/** What the model's reading may not do: close what the rules hold open without doing anything, or answer a question that nobody asked. */
function takesAway(outcome: Outcome, rules: Heard, holds: boolean): boolean {
  // Where something is held that could be booked, a question must look like one.
  if (outcome.kind === "answer") return !saysKind(rules.markup, "ask") || (holds && !opensQuestion(rules.markup));
  // A question that shows nothing asks less than the one that the rules have.
  const empty = outcome.kind === "question" && outcome.operations.length === 0 && outcome.question.about === "intent";
  return holds && (outcome.kind === "nothing" || outcome.kind === "refusal" || empty);
}

function sideOf(text: string, intent: Intent, facts: Facts): Side {
  const rules = read(text, facts);
  if (rules.outcome.kind !== "needs-model") return "rules";
  const { outcome } = propose(text, intent, facts);
  const heard = hear(text, facts);
  const holds = rules.outcome.operations.length > 0;
  const useless = outcome.kind === "question" && !isAboutTime(markUp(text, facts), intent.steps);
  if (useless && !holds) return "nothing";
  if (useless || takesAway(outcome, heard, holds) || (holds && contradicts(heard, intent))) return "open";
  return "model";
}

/**
 * The reading of a sentence that the rules left to a model, with what the model heard beside what the rules know. What the rules claim stands.
 * Where the rules are certain of a part and the model hears another, or hears nothing, the sentence stays the open question that it is without
 * a model; what the model was not sure of itself (`unsure`) is asked as well. Everything else is the model's reading, grounded and previewed.
 */
export function weigh(text: string, intent: Intent, facts: Facts, pins: readonly Pin[] = []): Reading {
  // Answers must not change whose reading they belong to.
  const side = sideOf(text, intent, facts);
  if (side === "rules") return read(text, facts, pins);
  if (side === "open") return withoutModel(read(text, facts, pins));
  const reading = propose(text, intent, facts, pins);
  if (side === "nothing") return { ...reading, outcome: { kind: "nothing" }, spans: [] };
  const decided = pins.some((pin) => pin.field === "intent");
  const doubtful = intent.unsure === true || denies(hear(text, facts), intent);
  if (!doubtful || decided || reading.outcome.kind !== "proposal") return reading;
  const [first] = intent.steps;
  return { ...reading, outcome: { kind: "question", operations: reading.outcome.operations, question: askWhether(first?.kind !== "add" && first?.kind !== "start") } };
}
