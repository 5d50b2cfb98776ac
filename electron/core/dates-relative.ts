import { weekdayName } from "./calendar.ts";
import { askDate, onDate, type DateContext, type DateMeaning } from "./date-meaning.ts";
import type { IsoDate } from "./entry.ts";
import { countAt } from "./numbers.ts";
import { addDays, addMonths, civil, daysInMonth, isoDate, startOfWeek, weekdayOf } from "./time.ts";
import { lowAt, type Found, type Token } from "./tokens.ts";
import { DAY_WORDS, DAYTIME_WORDS, MONTH_WORDS, PERIOD_WORDS, type PeriodUnit } from "./words.ts";

/** `count` days, weeks, months or years after `from`; negative counts look back. */
function shiftBy(from: IsoDate, count: number, unit: PeriodUnit): IsoDate {
  if (unit === "day" || unit === "week") return addDays(from, unit === "week" ? count * 7 : count);
  return addMonths(from, unit === "year" ? count * 12 : count);
}

/** A span far from anything that is ever booked would leave the calendar: such counts are no dates here. */
const sensible = (count: number, unit: PeriodUnit): boolean => count <= (unit === "day" ? 3660 : unit === "week" ? 520 : unit === "month" ? 120 : 10);

/** "today", "just now", "the day before yesterday", "this morning", "last night". */
function dayWordAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const low = lowAt(tokens, i);
  const { today } = context;
  if (low === "now") {
    const closes = tokens[i + 1]?.kind !== "word" || lowAt(tokens, i - 1) === "just" || lowAt(tokens, i - 1) === "right";
    return closes ? { next: i + 1, value: onDate(today) } : undefined;
  }
  const shift = DAY_WORDS.get(low);
  if (shift !== undefined) return { next: i + 1, value: onDate(addDays(today, shift)) };
  const at = low === "the" ? i + 1 : i;
  if (lowAt(tokens, at) === "day") {
    const [side, base] = [lowAt(tokens, at + 1), lowAt(tokens, at + 2)];
    if (side === "before" && base === "yesterday") return { next: at + 3, value: onDate(addDays(today, -2)) };
    if (side === "after" && base === "tomorrow") return { next: at + 3, value: onDate(addDays(today, 2)) };
  }
  const second = lowAt(tokens, i + 1);
  if (low === "this" && DAYTIME_WORDS.has(second)) return { next: i + 2, value: onDate(today) };
  if (low === "last" && (second === "night" || second === "evening")) return { next: i + 2, value: onDate(addDays(today, -1), "Last night counts on yesterday.") };
  if (context.alone && second === "day" && (low === "last" || low === "next")) return { next: i + 2, value: onDate(addDays(today, low === "last" ? -1 : 1)) };
  return undefined;
}

/** A count with its unit: "3 days", "a week", "two months", "2-4 days" (`to` is the second number). */
function spanAt(tokens: readonly Token[], i: number): Found<{ readonly count: number; readonly to?: number | undefined; readonly unit: PeriodUnit }> | undefined {
  if (lowAt(tokens, i - 1) === "half" || lowAt(tokens, i - 1) === "-") return undefined;
  const count = countAt(tokens, i);
  if (!count) return undefined;
  const joint = lowAt(tokens, count.next);
  const second = joint === "-" || joint === "to" || joint === "or" ? tokens[count.next + 1] : undefined;
  const to = second?.kind === "number" && second.text.length <= 3 ? Number(second.text) : undefined;
  const at = to === undefined ? count.next : count.next + 2;
  const unit = PERIOD_WORDS.get(lowAt(tokens, at));
  return unit && sensible(Math.max(count.value, to ?? 0), unit) ? { next: at + 1, value: { count: count.value, to, unit } } : undefined;
}

type DateAt = (tokens: readonly Token[], i: number, context: DateContext) => Found<DateMeaning> | undefined;

/** "3 days ago", "in 2 weeks", "a week from now", "2-4 days ago", "two days before Monday". `base` reads the date that is counted from. */
function countedAt(tokens: readonly Token[], i: number, context: DateContext, base: DateAt): Found<DateMeaning> | undefined {
  const { today } = context;
  const ahead = lowAt(tokens, i) === "in" ? spanAt(tokens, i + 1) : undefined;
  if (ahead && ahead.value.to === undefined) return { next: ahead.next, value: onDate(shiftBy(today, ahead.value.count, ahead.value.unit)) };
  const span = spanAt(tokens, i) ?? dayBeside(tokens, i);
  if (!span) return undefined;
  const { count, to, unit } = span.value;
  const word = lowAt(tokens, span.next);
  if (word === "ago" || word === "back" || word === "earlier") {
    const near = shiftBy(today, -count, unit);
    if (to === undefined) return { next: span.next + 1, value: onDate(near) };
    const far = shiftBy(today, -to, unit);
    return { next: span.next + 1, value: { kind: "range", start: far < near ? far : near, end: far < near ? near : far, label: `${count} to ${to} ${unit}s ago` } };
  }
  if (to !== undefined) return undefined;
  if (word === "later" || word === "hence") return { next: span.next + 1, value: onDate(shiftBy(today, count, unit)) };
  if (word === "from" && (lowAt(tokens, span.next + 1) === "now" || lowAt(tokens, span.next + 1) === "today")) return { next: span.next + 2, value: onDate(shiftBy(today, count, unit)) };
  if (word !== "before" && word !== "after" && word !== "from") return undefined;
  const from = base(tokens, span.next + 1, context);
  if (from?.value.kind !== "date") return undefined;
  const date = shiftBy(from.value.date, word === "before" ? -count : count, unit);
  // "from Monday" may count from the Monday gone or the one to come: shown, not guessed.
  return { next: from.next, value: word === "from" ? askDate("Which day is meant?", [date, addDays(date, 7)]) : onDate(date, from.value.because) };
}

/** "the day before Friday": a day counted without a number. */
function dayBeside(tokens: readonly Token[], i: number): ReturnType<typeof spanAt> {
  const at = lowAt(tokens, i) === "the" ? i + 1 : i;
  const side = lowAt(tokens, at + 1);
  return lowAt(tokens, at) === "day" && (side === "before" || side === "after") ? { next: at + 1, value: { count: 1, unit: "day" } } : undefined;
}

interface Period {
  readonly start: IsoDate;
  readonly end: IsoDate;
}

/** The calendar week, month or year that lies `shift` of them from today's. */
function periodOf(unit: PeriodUnit, shift: number, context: DateContext): Period {
  if (unit === "day") return { start: addDays(context.today, shift), end: addDays(context.today, shift) };
  if (unit === "week") {
    const start = addDays(startOfWeek(context.today, context.weekStart), shift * 7);
    return { start, end: addDays(start, 6) };
  }
  const { year, month } = civil(context.today);
  if (unit === "year") return { start: isoDate(year + shift, 1, 1), end: isoDate(year + shift, 12, 31) };
  const first = civil(addMonths(isoDate(year, month, 1), shift));
  return { start: isoDate(first.year, first.month, 1), end: isoDate(first.year, first.month, daysInMonth(first.year, first.month)) };
}

const SHIFTS: ReadonlyMap<string, number> = new Map([["this", 0], ["the", 0], ["current", 0], ["last", -1], ["previous", -1], ["past", -1], ["next", 1], ["coming", 1]]);

/** "last week", "this month", "the last 7 days", "last weekend", "in March". */
function periodAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const low = lowAt(tokens, i);
  const at = low === "the" && SHIFTS.has(lowAt(tokens, i + 1)) ? i + 1 : i;
  const lead = lowAt(tokens, at);
  const shift = SHIFTS.get(lead);
  if (shift !== undefined && lead !== "the") {
    const noun = lowAt(tokens, at + 1);
    const unit = PERIOD_WORDS.get(noun);
    if (unit && unit !== "day" && !noun.endsWith("s")) return { next: at + 2, value: { kind: "range", ...periodOf(unit, shift, context), label: `${lead} ${unit}` } };
    if (noun === "weekend") return { next: at + 2, value: weekend(shift, context) };
    const span = lead === "last" || lead === "past" || lead === "previous" ? spanAt(tokens, at + 1) : undefined;
    if (span && span.value.to === undefined) {
      const start = addDays(shiftBy(context.today, -span.value.count, span.value.unit), 1);
      return { next: span.next, value: { kind: "range", start, end: context.today, label: `last ${span.value.count} ${span.value.unit}s` } };
    }
  }
  return monthSpanAt(tokens, i, context);
}

function weekend(shift: number, context: DateContext): DateMeaning {
  const saturday = addDays(startOfWeek(context.today, "monday"), 5 + shift * 7);
  return { kind: "range", start: saturday, end: addDays(saturday, 1), label: shift < 0 ? "last weekend" : shift > 0 ? "next weekend" : "this weekend" };
}

/** "in March", "during April 2025": the latest such month that has begun, or that of the year named. */
function monthSpanAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const lead = lowAt(tokens, i);
  if (lead !== "in" && lead !== "during" && lead !== "for") return undefined;
  const month = MONTH_WORDS.get(lowAt(tokens, i + 1));
  const beside = tokens[i + 2];
  if (month === undefined) return undefined;
  const { year, month: here } = civil(context.today);
  const typed = beside?.kind === "number" && beside.text.length === 4 ? Number(beside.text) : undefined;
  if (typed === undefined && beside && (beside.kind === "number" || beside.text === "-")) return undefined;
  const inYear = typed ?? (month <= here ? year : year - 1);
  return { next: typed === undefined ? i + 2 : i + 3, value: { kind: "range", start: isoDate(inYear, month, 1), end: isoDate(inYear, month, daysInMonth(inYear, month)), label: "that month" } };
}

/** The first or last day of a period: an end that falls on a weekend is asked about, the last working day first (date-convention.md). */
function edgeAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  let at = lowAt(tokens, i) === "the" ? i + 1 : i;
  if (lowAt(tokens, at) === "eom") return { next: at + 1, value: periodEnd(periodOf("month", 0, context)) };
  const exact = lowAt(tokens, at + 1) === "day" && lowAt(tokens, at + 2) === "of";
  const edge = lowAt(tokens, at);
  const first = edge === "start" || edge === "beginning" || (exact && edge === "first");
  if (!first && edge !== "end" && !(exact && edge === "last")) return undefined;
  at += exact ? 3 : lowAt(tokens, at + 1) === "of" ? 2 : 1;
  if (lowAt(tokens, at) === "the" && SHIFTS.has(lowAt(tokens, at + 1))) at += 1;
  const shift = SHIFTS.get(lowAt(tokens, at));
  if (shift !== undefined) at += 1;
  const noun = lowAt(tokens, at);
  const unit = PERIOD_WORDS.get(noun);
  // "the end of Monday" and "start week planning" are not edges; without "of" the period must be the very next word and a month.
  if (!unit || unit === "day" || noun.endsWith("s") || (shift === undefined && lowAt(tokens, at - 1) !== "of")) return undefined;
  const period = periodOf(unit, shift ?? 0, context);
  return { next: at + 1, value: first || exact ? onDate(first ? period.start : period.end) : periodEnd(period) };
}

function periodEnd({ end }: Period): DateMeaning {
  const weekday = weekdayOf(end);
  if (weekday <= 5) return onDate(end);
  return askDate(`The end falls on a ${weekdayName(end)}. Which day is meant?`, [addDays(end, 5 - weekday), end]);
}

/** A date said by its distance or by a period around today. */
export function relativeDateAt(tokens: readonly Token[], i: number, context: DateContext, base: DateAt): Found<DateMeaning> | undefined {
  return dayWordAt(tokens, i, context) ?? countedAt(tokens, i, context, base) ?? edgeAt(tokens, i, context) ?? periodAt(tokens, i, context);
}
