import { askDate, onDate, type DateContext, type DateMeaning } from "./date-meaning.ts";
import type { IsoDate } from "./entry.ts";
import { countAt } from "./numbers.ts";
import { addDays, addMonths } from "./time.ts";
import { lowAt, type Found, type Token } from "./tokens.ts";
import { AGO_BEFORE_WORDS, AGO_WORDS, AHEAD_WORDS, DAY_WORDS, DAYTIME_WORDS, PERIOD_WORDS, type PeriodUnit } from "./words.ts";

const DAYS = { day: 1, week: 7, fortnight: 14 } as const;
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** `count` days, weeks, months or years after `from`; negative counts look back. */
export function shiftBy(from: IsoDate, count: number, unit: PeriodUnit): IsoDate {
  if (unit === "day" || unit === "week" || unit === "fortnight") return addDays(from, count * DAYS[unit]);
  return addMonths(from, count * MONTHS[unit]);
}

/** A span far from anything that is ever booked would leave the calendar: such counts are no dates here. */
const sensible = (count: number, unit: PeriodUnit): boolean => count <= (unit === "day" ? 3660 : unit === "week" ? 520 : unit === "fortnight" ? 260 : unit === "month" ? 120 : unit === "quarter" ? 40 : 10);

/** "today", "just now", "this morning", "last night". */
function dayWordAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const low = lowAt(tokens, i);
  const { today } = context;
  if (low === "now") {
    const closes = tokens[i + 1]?.kind !== "word" || lowAt(tokens, i - 1) === "just" || lowAt(tokens, i - 1) === "right";
    return closes ? { next: i + 1, value: onDate(today) } : undefined;
  }
  const shift = DAY_WORDS.get(low);
  if (shift !== undefined) return { next: i + 1, value: onDate(addDays(today, shift)) };
  const second = lowAt(tokens, i + 1);
  if (low === "this" && DAYTIME_WORDS.has(second)) return { next: i + 2, value: onDate(today) };
  if (low === "last" && (second === "night" || second === "evening")) return { next: i + 2, value: onDate(addDays(today, -1), "Last night counts on yesterday.") };
  if (context.alone && second === "day" && (low === "last" || low === "next")) return { next: i + 2, value: onDate(addDays(today, low === "last" ? -1 : 1)) };
  return undefined;
}

/** A count with its unit: "3 days", "a week", "two months", "2-4 days" (`to` is the second number). */
export function spanAt(tokens: readonly Token[], i: number): Found<{ readonly count: number; readonly to?: number | undefined; readonly unit: PeriodUnit }> | undefined {
  if (lowAt(tokens, i - 1) === "half" || lowAt(tokens, i - 1) === "-") return undefined;
  const count = countAt(tokens, i);
  if (!count) return undefined;
  const joint = lowAt(tokens, count.next);
  const second = joint === "-" || joint === "to" || joint === "or" ? tokens[count.next + 1] : undefined;
  const to = second?.kind === "number" && second.text.length <= 3 ? Number(second.text) : undefined;
  const at = to === undefined ? count.next : count.next + 2;
  const unit = PERIOD_WORDS.get(lowAt(tokens, at)) ?? shortUnit(tokens, at);
  return unit && sensible(Math.max(count.value, to ?? 0), unit) ? { next: at + 1, value: { count: count.value, to, unit } } : undefined;
}

/** "3d ago", "2w ago": the letter is a unit only there. */
const shortUnit = (tokens: readonly Token[], i: number): PeriodUnit | undefined => (tokens[i]?.glued && AGO_WORDS.has(lowAt(tokens, i + 1)) ? (lowAt(tokens, i) === "d" ? "day" : lowAt(tokens, i) === "w" ? "week" : undefined) : undefined);

type DateAt = (tokens: readonly Token[], i: number, context: DateContext) => Found<DateMeaning> | undefined;

/** "3 days ago", "in 2 weeks", "a week from now", "2-4 days ago", "two days before Monday". `base` reads the date that is counted from. */
function countedAt(tokens: readonly Token[], i: number, context: DateContext, base: DateAt): Found<DateMeaning> | undefined {
  const { today } = context;
  const ahead = AHEAD_WORDS.has(lowAt(tokens, i)) ? spanAt(tokens, i + 1) : undefined;
  if (ahead && ahead.value.to === undefined) return { next: ahead.next, value: onDate(shiftBy(today, ahead.value.count, ahead.value.unit)) };
  const back = AGO_BEFORE_WORDS.has(lowAt(tokens, i)) ? spanAt(tokens, i + 1) : undefined;
  if (back && back.value.to === undefined) return { next: back.next, value: onDate(shiftBy(today, -back.value.count, back.value.unit)) };
  const span = spanAt(tokens, i) ?? dayBeside(tokens, i);
  if (!span) return undefined;
  const { count, to, unit } = span.value;
  const word = lowAt(tokens, span.next);
  if (AGO_WORDS.has(word)) {
    const near = shiftBy(today, -count, unit);
    if (to === undefined) return { next: span.next + 1, value: onDate(near) };
    const far = shiftBy(today, -to, unit);
    return { next: span.next + 1, value: { kind: "range", start: far < near ? far : near, end: far < near ? near : far, label: `${count} to ${to} ${unit}s ago` } };
  }
  const from = startAt(tokens, span.next, context, base);
  if (!from) return undefined;
  const { date, because, back: before, open } = from.value;
  const [first, second] = [shiftBy(date, before ? -count : count, unit), to === undefined ? undefined : shiftBy(date, before ? -to : to, unit)];
  if (second !== undefined) return { next: from.next, value: askDate("Which day is meant?", [first, second]) };
  // "from Monday" may count from the Monday gone or the one to come: shown, not guessed.
  return { next: from.next, value: open ? askDate("Which day is meant?", [first, addDays(first, 7)]) : onDate(first, because) };
}

interface Start {
  readonly date: IsoDate;
  readonly because?: string | undefined;
  readonly back: boolean;
  readonly open: boolean;
}

/** The words behind a count that say from when it is counted: "later", "from now", "before Monday". `open`: it may be the next such day as well. */
function startAt(tokens: readonly Token[], i: number, context: DateContext, base: DateAt): Found<Start> | undefined {
  const word = lowAt(tokens, i);
  const now: Start = { date: context.today, back: false, open: false };
  if (word === "later" || word === "hence") return { next: i + 1, value: now };
  const second = lowAt(tokens, i + 1);
  if (word === "from" && (second === "now" || second === "today")) return { next: i + 2, value: now };
  if (word !== "before" && word !== "after" && word !== "from") return undefined;
  const from = base(tokens, i + 1, context);
  return from?.value.kind === "date" ? { next: from.next, value: { date: from.value.date, because: from.value.because, back: word === "before", open: word === "from" } } : undefined;
}

/** "the day before Friday": a day counted without a number. */
function dayBeside(tokens: readonly Token[], i: number): ReturnType<typeof spanAt> {
  const at = lowAt(tokens, i) === "the" ? i + 1 : i;
  const side = lowAt(tokens, at + 1);
  return lowAt(tokens, at) === "day" && (side === "before" || side === "after") ? { next: at + 1, value: { count: 1, unit: "day" } } : undefined;
}

/** A date said by its distance from today or from another date. */
export function relativeDateAt(tokens: readonly Token[], i: number, context: DateContext, base: DateAt): Found<DateMeaning> | undefined {
  return dayWordAt(tokens, i, context) ?? countedAt(tokens, i, context, base);
}
