import type { IntentKind, QuoteField } from "../core/intent.ts";
import { wordsOf } from "./words.ts";

/** The parts of a step that a model may quote words for. */
export type FieldName = QuoteField;

/** How a field is called in a reply line. The two-word names say "of the entry that is meant". */
export const LABELS: Readonly<Record<FieldName, string>> = {
  targetWhen: "old when",
  targetHours: "old hours",
  targetProject: "old project",
  when: "when",
  hours: "hours",
  project: "project",
  task: "task",
  note: "note",
};

/** Which fields a kind of step can have, in the order in which a reply line gives them. */
export const FIELDS: Readonly<Record<IntentKind, readonly FieldName[]>> = {
  add: ["when", "hours", "project", "task", "note"],
  change: ["targetWhen", "targetHours", "targetProject", "when", "hours", "project", "task", "note"],
  move: ["targetWhen", "targetHours", "targetProject", "when"],
  copy: ["targetWhen", "targetHours", "targetProject", "when", "hours", "project"],
  delete: ["targetWhen", "targetHours", "targetProject"],
  start: ["project", "task", "note"],
  stop: ["targetProject"],
  ask: ["when", "project", "task"],
  none: [],
};

export const KINDS: readonly IntentKind[] = ["add", "change", "move", "copy", "delete", "start", "stop", "ask", "none"];

/** More steps than this in one sentence are not offered. */
export const MAX_STEPS = 6;

const DURATION_WORDS =
  /\p{N}|^(an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|ninety|half|quarter|couple|few|hours?|hrs?|h|minutes?|mins?|m|all|whole|full|morning|afternoon|noon|midnight|double|twice)$/iu;
const DATE_WORDS =
  /\p{N}|^(day|days|week|weeks|month|months|year|weekend|fortnight|ago|since|last|this|next|past|previous|coming|now|tonight|morning|afternoon|evening|noon|earlier|before|after|first|second|third|end|beginning|start|yday|tdy|tmrw)$/iu;
const DATE_STEMS = ["yesterday", "today", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "weekend"];

/**
 * The fields for which the sentence holds any word that could be meant. A field with no candidate is not offered, because a small
 * model fills whatever it is offered. Generous on purpose: misspelt days count; the resolvers of the core still decide every value.
 */
export function offeredFields(text: string): ReadonlySet<FieldName> {
  const words = wordsOf(text).map((word) => text.slice(word.start, word.end));
  const offered = new Set<FieldName>();
  if (words.length === 0) return offered;
  for (const field of ["project", "task", "note", "targetProject"] as const) offered.add(field);
  if (words.some((word) => word.split(/[-–—/'’]/u).some((part) => DURATION_WORDS.test(part)))) {
    offered.add("hours");
    offered.add("targetHours");
  }
  if (words.some((word, i) => !isLength(word, words[i + 1]) && word.split(/[-–—/'’]/u).some(maybeDate))) {
    offered.add("when");
    offered.add("targetWhen");
  }
  return offered;
}

/** "2h", "1.5 hours": small models like to call them a day. */
function isLength(word: string, next: string | undefined): boolean {
  const isNumber = /^\d+([.,:]\d+)?$/.test(word);
  return /^\d+([.,:]\d+)?(h|hrs?|hours?|m|mins?|minutes?)(\d+m?)?$/i.test(word) || (isNumber && next !== undefined && /^(h|hrs?|hours?|m|mins?|minutes?)$/i.test(next));
}

function maybeDate(word: string): boolean {
  if (DATE_WORDS.test(word)) return true;
  const low = word.toLowerCase();
  if (low.length < 3) return false;
  return DATE_STEMS.some((stem) => stem.startsWith(low.slice(0, 3)) || (low.length >= 5 && distance(low, stem) <= 2));
}

/** Edit distance, only for telling a misspelt weekday from other words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
