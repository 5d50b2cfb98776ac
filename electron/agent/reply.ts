import type { Intent, IntentKind, IntentStep, Quote } from "../core/intent.ts";
import { FIELDS, KINDS, LABELS, MAX_STEPS } from "./fields.ts";
import type { FieldName } from "./fields.ts";
import { unescapeRun, wordsOf } from "./words.ts";

/**
 * A reply as an intent. `dropped` names the fields whose words were all taken by other fields, as "step.field" ("0.note").
 * `not-understood`: the reply is not of the form, or quotes words that the sentence does not hold; nothing of it may be used.
 */
export type ParsedReply =
  | { readonly kind: "intent"; readonly intent: Intent; readonly dropped: readonly string[] }
  | { readonly kind: "not-understood"; readonly why: string };

interface Claim {
  readonly step: number;
  readonly field: FieldName;
  readonly places: readonly Quote[];
  readonly words: number;
}

/**
 * Reads a model's reply to `text`. A value must be a run of whole words of the sentence, letter for letter. Words that occur more
 * than once are given to the fields that ask for them one by one; a word serves one field of a step only, and two steps may share
 * words only in the same field ("1h a and 2h b on friday").
 */
export function parseReply(text: string, reply: string): ParsedReply {
  const lines = split(reply.trim(), ";");
  if (lines.length > MAX_STEPS) return { kind: "not-understood", why: "too many steps" };
  const steps: { kind: IntentKind; values: ReadonlyMap<FieldName, string> }[] = [];
  for (const line of lines) {
    const step = readStep(line);
    if (typeof step === "string") return { kind: "not-understood", why: step };
    steps.push(step);
  }
  const words = wordsOf(text);
  const claims: Claim[] = [];
  for (const [index, step] of steps.entries()) {
    for (const [field, value] of step.values) {
      const places = placesOf(text, words, value);
      const first = places[0];
      if (first === undefined) return { kind: "not-understood", why: `${field} is not a run of the sentence's words` };
      claims.push({ step: index, field, places, words: first.end - first.start });
    }
  }
  const { taken, dropped } = assign(claims);
  return { kind: "intent", intent: { by: "model", steps: steps.map((step, index) => ({ kind: step.kind, ...taken[index] }) satisfies IntentStep) }, dropped };
}

function readStep(line: string): { kind: IntentKind; values: ReadonlyMap<FieldName, string> } | string {
  const [head = "", ...parts] = split(line, "|").map((part) => part.trim());
  const kind = KINDS.find((name) => name === head);
  if (kind === undefined) return "unknown command";
  const values = new Map<FieldName, string>();
  for (const part of parts) {
    const colon = part.indexOf(":");
    const field = FIELDS[kind].find((name) => LABELS[name] === part.slice(0, colon));
    if (colon < 0 || field === undefined || values.has(field)) return "unknown or repeated field";
    const value = unescapeRun(part.slice(colon + 1).trim());
    if (value === undefined || value === "") return `${field} is empty or badly escaped`;
    values.set(field, value);
  }
  return { kind, values };
}

/** Splits at a separator that no backslash stands before. */
function split(line: string, separator: ";" | "|"): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i < line.length; i += 1) {
    if (line.charAt(i) === "\\") i += 1;
    else if (line.charAt(i) === separator) {
      parts.push(line.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, line.slice(start)];
}

/** Every place where `value` begins and ends with a word. */
function placesOf(text: string, words: readonly Quote[], value: string): readonly Quote[] {
  const starts = new Set(words.map((word) => word.start));
  const ends = new Set(words.map((word) => word.end));
  const places: Quote[] = [];
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    if (starts.has(at) && ends.has(at + value.length)) places.push({ start: at, end: at + value.length });
  }
  return places;
}

type Taken = Partial<Record<FieldName, Quote>>[];

/** Rare and long quotes choose first, so that a common short one does not sit on the only place another can have. */
function assign(claims: readonly Claim[]): { taken: Taken; dropped: readonly string[] } {
  const order = [...claims].sort((a, b) => a.places.length - b.places.length || b.words - a.words || a.step - b.step);
  const taken: Taken = [];
  for (const claim of claims) taken[claim.step] ??= {};
  const dropped: string[] = [];
  for (const claim of order) {
    const free = claim.places.find((place) => fits(taken, claim, place, false)) ?? claim.places.find((place) => fits(taken, claim, place, true));
    if (free === undefined) dropped.push(`${claim.step}.${claim.field}`);
    else taken[claim.step] = { ...taken[claim.step], [claim.field]: free };
  }
  return { taken, dropped };
}

/** Whether `place` is unused; with `shared`, the same field of another step may stand on the same words. */
function fits(taken: Taken, claim: Claim, place: Quote, shared: boolean): boolean {
  return taken.every((fields, step) =>
    Object.entries(fields ?? {}).every(([field, other]) => {
      if (other.end <= place.start || place.end <= other.start) return true;
      return shared && step !== claim.step && field === claim.field;
    }),
  );
}
