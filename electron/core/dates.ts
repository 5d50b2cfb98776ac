import { askDate, type DateContext, type DateMeaning } from "./date-meaning.ts";
import { calendarDateAt, dayOfMonth } from "./dates-calendar.ts";
import { edgeAt, nthWeekdayAt, periodAt } from "./dates-period.ts";
import { relativeDateAt } from "./dates-relative.ts";
import { onOrBefore, weekdayAt } from "./dates-weekday.ts";
import type { IsoDate } from "./entry.ts";
import { editDistance } from "./projects-index.ts";
import { addDays, civil, isoDate, isRealDate } from "./time.ts";
import { lowAt, tokenize, type Found, type Token } from "./tokens.ts";
import { DAY_WORDS, DAYTIME_WORDS, LENGTH_WORDS, MONTH_WORDS, PERIOD_WORDS, THROUGH_WORDS, WEEKDAY_WORDS } from "./words.ts";

const further = <T>(a: Found<T> | undefined, b: Found<T> | undefined): Found<T> | undefined => (!a || (b && b.next > a.next) ? b : a);

function singleDateAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const simple = further(weekdayAt(tokens, i, context), calendarDateAt(tokens, i, context));
  const relative = further(relativeDateAt(tokens, i, context, singleDateAt), edgeAt(tokens, i, context) ?? nthWeekdayAt(tokens, i, context) ?? periodAt(tokens, i, context));
  return further(simple, relative);
}

/** "yesterday morning", "Friday in the afternoon", "tomorrow at night": the part of the day belongs to the date. */
function daytimeAfter(tokens: readonly Token[], i: number): number {
  let at = i;
  const low = lowAt(tokens, at);
  if (low === "in" && lowAt(tokens, at + 1) === "the") at += 2;
  else if (low === "late" || low === "early") at += 1;
  else if (low === "at" && lowAt(tokens, at + 1) === "night") at += 1;
  return DAYTIME_WORDS.has(lowAt(tokens, at)) ? at + 1 : i;
}

const THROUGH: ReadonlySet<string> = new Set([...THROUGH_WORDS, "-"]);

/** The end of "Mon-Fri": the second weekday by the bare rule, the first one the latest on or before it (date-convention.md). */
function weekdaySpan(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const first = WEEKDAY_WORDS.get(lowAt(tokens, i));
  const last = WEEKDAY_WORDS.get(lowAt(tokens, i + 2));
  if (first === undefined || last === undefined || !THROUGH.has(lowAt(tokens, i + 1))) return undefined;
  const behind = weekdayAt(tokens, i + 2, context);
  if (!behind) return undefined;
  const end = behind.value.kind === "date" ? behind.value.date : onOrBefore(context.today, last);
  const start = onOrBefore(end, first);
  return { next: behind.next, value: { kind: "range", start, end, label: "these days", named: true } };
}

/** "March 3-5", "March 3 to 5th": a second day of the month just read. Not "March 3 - 5pm". */
function daySpan(tokens: readonly Token[], from: number, found: Found<DateMeaning>): Found<DateMeaning> | undefined {
  const { value, next } = found;
  const second = tokens[next + 1];
  if (value.kind !== "date" || !THROUGH.has(lowAt(tokens, next)) || second?.kind !== "number" || second.text.length > 2) return undefined;
  if (!tokens.slice(from, next).some((token) => MONTH_WORDS.has(token.low))) return undefined;
  const suffix = tokens[next + 2];
  const ordinal = suffix?.glued === true && /^(?:st|nd|rd|th)$/.test(suffix.low);
  if (!ordinal && ((suffix?.glued && suffix.text !== ",") || LENGTH_WORDS.has(suffix?.low ?? "") || /^[ap]m$/.test(suffix?.low ?? ""))) return undefined;
  const { year: near, month, day: first } = civil(value.date);
  const day = Number(second.text);
  const behind = ordinal ? next + 3 : next + 2;
  const at = lowAt(tokens, behind) === "," ? behind + 1 : behind;
  const named = /^(?:19|20|21)\d\d$/.test(lowAt(tokens, at));
  const year = named ? Number(lowAt(tokens, at)) : near;
  if (day <= first || !isRealDate(year, month, day) || !isRealDate(year, month, first)) return undefined;
  return { next: named ? at + 1 : behind, value: { kind: "range", start: isoDate(year, month, first), end: isoDate(year, month, day), label: "these days", named: true } };
}

/** Two whole dates with a word between them: "March 30 to April 2". */
function dateSpan(tokens: readonly Token[], from: number, found: Found<DateMeaning>, context: DateContext): Found<DateMeaning> | undefined {
  if (found.value.kind !== "date" || !THROUGH.has(lowAt(tokens, found.next))) return undefined;
  const second = singleDateAt(tokens, found.next + 1, context);
  if (second?.value.kind !== "date") return undefined;
  const order: readonly [IsoDate, IsoDate] = [found.value.date, second.value.date];
  // A bare weekday behind a later one looks back past it; the days between are then not what was said, so it is not a span.
  return order[0] < order[1] ? { next: second.next, value: { kind: "range", start: order[0], end: order[1], label: "these days", named: true } } : undefined;
}

interface DayNumber {
  readonly next: number;
  readonly day: number;
  readonly ordinal: boolean;
}

/** "3", "3rd", "the 3rd": a day of a month, by its number. */
function dayNumberAt(tokens: readonly Token[], i: number): DayNumber | undefined {
  const at = lowAt(tokens, i) === "the" ? i + 1 : i;
  const [token, suffix] = [tokens[at], tokens[at + 1]];
  if (token?.kind !== "number" || token.text.length > 2) return undefined;
  const ordinal = suffix?.glued === true && /^(?:st|nd|rd|th)$/.test(suffix.low);
  return { next: ordinal ? at + 2 : at + 1, day: Number(token.text), ordinal };
}

/** "3-5 March", "3rd to 5th of March": two days in front of their month. "the 3rd-5th": of the latest month that has had the second. */
function dayRangeFirst(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const first = tokens[i]?.kind === "number" && tokens[i]?.glued ? undefined : dayNumberAt(tokens, i);
  if (!first || first.day < 1 || !THROUGH.has(lowAt(tokens, first.next))) return undefined;
  const second = dayNumberAt(tokens, first.next + 1);
  if (!second || second.day <= first.day) return undefined;
  const month = lowAt(tokens, second.next) === "of" ? second.next + 1 : second.next;
  const named = MONTH_WORDS.has(lowAt(tokens, month));
  if (!named && !(first.ordinal && second.ordinal)) return undefined;
  const from = lowAt(tokens, first.next + 1) === "the" ? first.next + 2 : first.next + 1;
  const behind = tokens.slice(from, from + 8).map((token, n) => (n === 0 ? { ...token, glued: false } : token));
  const end = named ? calendarDateAt(behind, 0, context) : { next: second.next - from, value: dayOfMonth(second.day, context) };
  if (end?.value.kind !== "date") return undefined;
  const start = addDays(end.value.date, first.day - second.day);
  return { next: from + end.next, value: { kind: "range", start, end: end.value.date, label: "these days", named: true } };
}

/**
 * What the words at token `i` say about when, the longest reading first: a day, a span of days, or a question with the days
 * that may be meant. Undefined when no date starts there.
 */
export function dateAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const single = singleDateAt(tokens, i, context);
  const wide = context.apart ? undefined : (weekdaySpan(tokens, i, context) ?? dayRangeFirst(tokens, i, context) ?? (single && further(daySpan(tokens, i, single), dateSpan(tokens, i, single, context))));
  const best = further(wide ?? undefined, single);
  return best && { ...best, next: daytimeAfter(tokens, best.next) };
}

/** Words of days that are long enough to be told when one letter is wrong, two from eight letters on. */
const DAY_NAMES: readonly string[] = [...DAY_WORDS.keys(), ...WEEKDAY_WORDS.keys()].filter((word) => word.length >= 6);

const GLUED = /^(last|next|this)(\p{L}{3,})$/u;

/** The day that a misspelt word may mean, as a question: it, or today after all. Undefined for words that are no slip of one. */
export function slippedDay(low: string, context: DateContext): DateMeaning | undefined {
  if (low.length < 5 || DAY_WORDS.has(low) || WEEKDAY_WORDS.has(low)) return undefined;
  const glued = GLUED.exec(low);
  if (glued && (WEEKDAY_WORDS.has(glued[2] ?? "") || PERIOD_WORDS.has(glued[2] ?? ""))) {
    return insteadOf(low, `${glued[1]} ${glued[2]}`, context);
  }
  const name = DAY_NAMES.find((word) => {
    const limit = word.length >= 8 ? 2 : 1;
    return editDistance(low, word, limit) <= limit;
  });
  return name === undefined ? undefined : insteadOf(low, name, context);
}

function insteadOf(low: string, words: string, context: DateContext): DateMeaning {
  const meant = singleDateAt(tokenize(words), 0, context)?.value;
  const days = meant?.kind === "date" ? [meant.date] : meant?.kind === "ask" ? meant.options.map((option) => option.date) : [];
  return askDate(`Does "${low}" mean ${words}?`, [...days, context.today]);
}
