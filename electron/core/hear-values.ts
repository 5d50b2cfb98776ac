import { isIdle, type Pick } from "./hear-names.ts";
import { isSpreadWord } from "./hear-several.ts";
import { quoteOf } from "./heard.ts";
import { wordsAt } from "./kind-words.ts";
import type { Markup, Part } from "./parts.ts";
import { lowAt } from "./tokens.ts";
import { DAY_WORDS, FROM_WORDS, THROUGH_WORDS, DAYTIME_WORDS, LABEL_WORDS, LENGTH_WORDS } from "./words.ts";

/** Parts that say when or how long. */
export const isValue = (part: Part): boolean => part.kind === "date" || part.kind === "hours" || part.kind === "clock" || part.kind === "number" || part.kind === "pause";

/** The length of a booking and the break that is taken off it. Two lengths that nothing joins are rivals: it is asked which one holds. */
export function takeHours(markup: Markup, parts: readonly Part[], pick: Pick): void {
  const free = parts.filter((part) => !pick.used.has(part));
  const [first, second, third] = free.filter((part) => part.kind === "hours");
  if (first) {
    const bounds = boundsOf(markup, parts, first);
    // "at least 2h" is not 2 h: the length itself is asked for.
    pick.draft.hours = quoteOf(bounds[0] ?? first, first);
    if (bounds.length > 0) pick.draft.bound = true;
    for (const part of [...bounds, first, ...loose(markup, parts, first)]) pick.used.add(part);
    // "a meeting in 2h" lies ahead, "done in 2h" does not: nobody can tell from here.
    if (lowAt(markup.tokens, first.from - 1) === "in") pick.sure = false;
  }
  if (second) {
    pick.draft.rival = quoteOf(second);
    pick.used.add(second);
  }
  if (third) pick.sure = false;
  const pause = free.find((part) => part.kind === "pause");
  if (pause && first) {
    pick.draft.less = quoteOf(pause);
    pick.used.add(pause);
  }
  if (!first) takeBareNumber(markup, free, pick, (before) => before?.kind !== "word");
}

const BOUNDS = ["at least", "at most", "more than", "less than", "fewer than", "up to", "over", "under", "max", "maximum", "min", "minimum", "nearly", "almost", "not quite"];

/** Words right in front of a length that make it a bound: "at least", "more than", "almost". */
function boundsOf(markup: Markup, parts: readonly Part[], hours: Part): readonly Part[] {
  const words = BOUNDS.find((each) => wordsAt(markup.tokens, hours.from - each.split(" ").length, each));
  return words === undefined ? [] : parts.filter((part) => part.from >= hours.from - words.split(" ").length && part.from < hours.from);
}

/** "2h or so", "the past 90 minutes": words around a length that say no more than it does. */
function loose(markup: Markup, parts: readonly Part[], hours: Part): readonly Part[] {
  const or = wordsAt(markup.tokens, hours.to, "or so") ? parts.filter((part) => part.from === hours.to || part.from === hours.to + 1) : [];
  return [...or, ...parts.filter((part) => part.kind !== "date" && part.to === hours.from && /^(?:last|past)$/.test(lowAt(markup.tokens, part.from)))];
}

/** "9 -", "from 9 to", "10:": a span whose end is still to come, or a time of day, is no length. */
function isUnfinished({ tokens }: Markup, number: Part): boolean {
  if (FROM_WORDS.has(lowAt(tokens, number.from - 1))) return true;
  const behind = lowAt(tokens, number.to);
  return (THROUGH_WORDS.has(behind) || /^[-–—:]$/.test(behind)) && tokens[number.to + 1] === undefined;
}

function takeBareNumber(markup: Markup, parts: readonly Part[], pick: Pick, fits: (before: Part | undefined) => boolean): void {
  const bare = parts.filter((part, n) => part.kind === "number" && !pick.used.has(part) && fits(parts[n - 1]));
  const [number] = bare;
  if (!number || bare.length > 1) return;
  const behind = lowAt(markup.tokens, number.to);
  if (behind === "of" || behind === "%" || LABEL_WORDS.has(behind) || isUnfinished(markup, number)) return;
  pick.draft.hours = quoteOf(number);
  pick.used.add(number);
}

/** "acme website design 3": a number behind the task that was named. "at 3pm" alone: a time of day that says no length, so it is asked for. */
export function takeLateHours(markup: Markup, parts: readonly Part[], pick: Pick): void {
  if (pick.draft.hours) return;
  takeBareNumber(markup, parts, pick, (before) => before !== undefined && pick.used.has(before));
  const clock = parts.find((part) => part.kind === "clock" && !pick.used.has(part));
  if (pick.draft.hours || !clock) return;
  pick.draft.hours = quoteOf(clock);
  pick.used.add(clock);
}

const SIDES = /^(?:before|after|by|since|till|due)$/;

/** "prep for monday", "tomorrow's slides", "from monday's backlog": the day may be that of the words beside it, not of the entry. */
function belongsToWords(markup: Markup, parts: readonly Part[], date: Part): boolean {
  const at = parts.indexOf(date);
  const [before, lead] = [parts[at - 1], parts[at - 2]];
  if (lead?.kind === "word" && lowAt(markup.tokens, before?.from ?? -1) === "for") return true;
  const ahead = (DAY_WORDS.get(lowAt(markup.tokens, date.from)) ?? 0) > 0 || /^(?:next|coming)$/.test(lowAt(markup.tokens, date.from));
  return parts[at + 1]?.kind === "whose" && parts[at + 2]?.kind === "word" && (ahead || /^(?:from|for)$/.test(lowAt(markup.tokens, date.from - 1)));
}

/** The day or days: dates that stand side by side ("Monday and Tuesday") are one list; one behind "not" is denied ("not today, yesterday"). */
export function takeDate(markup: Markup, parts: readonly Part[], pick: Pick): void {
  const all = parts.filter((part) => part.kind === "date" && !pick.used.has(part));
  const denied = all.length > 1 ? all.filter((part) => lowAt(markup.tokens, part.from - 1) === "not") : [];
  for (const part of denied) {
    pick.used.add(part);
    pick.draft.denied = { start: markup.tokens[part.from - 1]?.start ?? part.start, end: part.end };
    for (const each of parts) if (each.from === part.from - 1) pick.used.add(each);
  }
  const dates = all.filter((part) => !denied.includes(part));
  const [first] = dates;
  if (!first) return;
  let last = first;
  for (const date of dates.slice(1)) {
    if (!parts.slice(parts.indexOf(last) + 1, parts.indexOf(date)).every((part) => isIdle(part) || part.kind === "mark" || lowAt(markup.tokens, part.from) === "or")) break;
    last = date;
  }
  const side = parts.find((part) => part.to === first.from && SIDES.test(lowAt(markup.tokens, part.from)));
  const list = parts.slice(parts.indexOf(side ?? first), parts.indexOf(last) + 1);
  if (dates.some((date) => !list.includes(date)) || belongsToWords(markup, parts, first)) pick.sure = false;
  // "before Friday" is not Friday: with its word in front it is asked which day.
  pick.draft.when = quoteOf(side ?? first, last);
  for (const part of list) pick.used.add(part);
}

const REST = ["rest of the day", "rest of my day", "rest of the", "rest of", "remainder of the day", "remainder of", "the remaining time", "remaining time", "remaining hours"];
const FILL = ["fill up the day", "fill up my day", "fill the day", "fill my day", "fill up", "top up", "round out the day"];

/** "the rest of the day to 8h", "fill up to 8h": the length is what the day still lacks. */
export function takeRemainder(markup: Markup, parts: readonly Part[], pick: Pick): void {
  const start = parts.find((part) => [...REST, ...FILL].some((words) => wordsAt(markup.tokens, part.from, words)));
  const said = start && [...REST, ...FILL].find((words) => wordsAt(markup.tokens, start.from, words));
  if (!start || !said) return;
  const end = start.from + said.split(" ").length;
  pick.draft.length = "upTo";
  for (const part of parts) if ((part.from >= start.from && part.from < end && part.kind !== "date") || (part.kind === "turning" && /^(?:until|till)$/.test(lowAt(markup.tokens, part.from)))) pick.used.add(part);
  if (!pick.draft.hours) pick.draft.hours = { start: start.start, end: start.end };
}

const WORKDAYS = /^(?:weekdays|workdays)$/;

/** Words that spread a length ("each day", "both"), and a part of the day that says no more than the day does ("in the morning"). */
export function takeSpreadWords(markup: Markup, parts: readonly Part[], pick: Pick): void {
  for (const [n, part] of parts.entries()) {
    const low = lowAt(markup.tokens, part.from);
    const perUnit = low === "a" && LENGTH_WORDS.has(lowAt(markup.tokens, part.from - 1));
    const eachDay = (low === "each" || low === "every" || low === "per" || perUnit) && /^(?:day|weekday)$/.test(lowAt(markup.tokens, part.from + 1));
    const spread = pick.draft.spread !== undefined && part.kind !== "project" && isSpreadWord(low);
    const daytime = part.kind === "word" && DAYTIME_WORDS.has(low) && wordsAt(markup.tokens, part.from - 2, "in the");
    if (part.kind === "shortcut" || eachDay || spread || daytime || WORKDAYS.test(low)) pick.used.add(part);
    const day = parts[n + 1];
    if (eachDay && day) pick.used.add(day);
  }
}
