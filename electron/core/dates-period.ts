import { weekdayName } from "./calendar.ts";
import { askDate, onDate, type DateContext, type DateMeaning } from "./date-meaning.ts";
import { shiftBy, spanAt } from "./dates-relative.ts";
import { isoWeekAt } from "./dates-weekday.ts";
import type { IsoDate } from "./entry.ts";
import { addDays, addMonths, civil, daysInMonth, isoDate, startOfWeek, weekdayOf } from "./time.ts";
import { lowAt, type Found, type Token } from "./tokens.ts";
import { ARTICLES, EDGE_END_WORDS, EDGE_MIDDLE_WORDS, EDGE_START_WORDS, LEAD_WORDS, MONTH_WORDS, PERIOD_WORDS, WEEKDAY_WORDS, type Lead, type PeriodUnit } from "./words.ts";

interface Period {
  readonly start: IsoDate;
  readonly end: IsoDate;
}

const monthsFrom = (first: IsoDate, count: number): Period => ({ start: first, end: addDays(addMonths(first, count), -1) });

type CalendarUnit = Exclude<PeriodUnit, "day" | "fortnight">;

/** The calendar week (by the account's week start), month, quarter or year that lies `shift` of them from today's. */
function periodOf(unit: CalendarUnit, shift: number, context: DateContext): Period {
  const { year, month } = civil(context.today);
  switch (unit) {
    case "week": {
      const start = addDays(startOfWeek(context.today, context.weekStart), shift * 7);
      return { start, end: addDays(start, 6) };
    }
    case "month":
      return monthsFrom(addMonths(isoDate(year, month, 1), shift), 1);
    case "quarter":
      return monthsFrom(addMonths(isoDate(year, month - ((month - 1) % 3), 1), shift * 3), 3);
    case "year":
      return monthsFrom(isoDate(year + shift, 1, 1), 12);
  }
}

const SHIFTS: Readonly<Record<Lead, number>> = { this: 0, last: -1, past: -1, next: 1, coming: 1 };

/** How many periods from today's a word in front of one means: "last" is -1, "this" and "the" are 0. Undefined for any other word. */
function shiftAt(tokens: readonly Token[], i: number): number | undefined {
  const low = lowAt(tokens, i);
  const lead = LEAD_WORDS.get(low);
  return lead ? SHIFTS[lead] : low === "current" || (ARTICLES.has(low) && !/^(?:a|an|one)$/.test(low)) ? 0 : undefined;
}

/** "last week", "this month", "the last 7 days", "last weekend", "the weekend" (the latest that has begun), "in March", "in Q1", "in week 14". */
export function periodAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const at = ARTICLES.has(lowAt(tokens, i)) && LEAD_WORDS.has(lowAt(tokens, i + 1)) ? i + 1 : i;
  const lead = LEAD_WORDS.get(lowAt(tokens, at)) ?? (lowAt(tokens, at) === "current" || lowAt(tokens, at) === "my" ? "this" : undefined);
  if (lead) {
    const shift = SHIFTS[lead];
    const noun = lowAt(tokens, at + 1);
    const unit = PERIOD_WORDS.get(noun);
    const label = `${lowAt(tokens, at)} ${noun}`;
    if (unit && unit !== "day" && unit !== "fortnight" && !noun.endsWith("s")) return soFar(tokens, at + 2, { kind: "range", ...periodOf(unit, shift, context), label }, context);
    if (isWeekend(noun)) return { next: at + 2, value: weekend(shift, context) };
    const span = shift < 0 ? spanAt(tokens, at + 1) : undefined;
    if (span && span.value.to === undefined) {
      const start = addDays(shiftBy(context.today, -span.value.count, span.value.unit), 1);
      return { next: span.next, value: { kind: "range", start, end: context.today, label: `last ${span.value.count} ${span.value.unit}s`, named: span.value.unit === "day" } };
    }
  }
  const bare = ARTICLES.has(lowAt(tokens, i)) ? i + 1 : i;
  const before = beforeLastAt(tokens, bare, context);
  if (before) return before;
  if (isWeekend(lowAt(tokens, bare)) && (bare > i || !tokens[i + 1] || tokens[i + 1]?.kind === "mark")) return { next: bare + 1, value: weekend(weekdayOf(context.today) >= 6 ? 0 : -1, context) };
  return weekNumberAt(tokens, i, context) ?? quarterAt(tokens, i, context) ?? monthSpanAt(tokens, i, context);
}

/** "the week before last", "the weekend before last": one further back than the last. */
function beforeLastAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const noun = lowAt(tokens, i);
  if (lowAt(tokens, i + 1) !== "before" || lowAt(tokens, i + 2) !== "last") return undefined;
  if (isWeekend(noun)) return { next: i + 3, value: weekend(-2, context) };
  const unit = noun.endsWith("s") ? undefined : PERIOD_WORDS.get(noun);
  return unit && unit !== "day" && unit !== "fortnight" ? { next: i + 3, value: { kind: "range", ...periodOf(unit, -2, context), label: `the ${noun} before last` } } : undefined;
}

/** "this week so far": no further than today. */
function soFar(tokens: readonly Token[], next: number, span: Extract<DateMeaning, { kind: "range" }>, { today }: DateContext): Found<DateMeaning> {
  const said = lowAt(tokens, next) === "so" && lowAt(tokens, next + 1) === "far" && span.start <= today;
  return said ? { next: next + 2, value: { ...span, end: span.end < today ? span.end : today } } : { next, value: span };
}

const isWeekend = (low: string): boolean => low === "weekend" || low === "wochenende";

function weekend(shift: number, context: DateContext): DateMeaning {
  const saturday = addDays(startOfWeek(context.today, "monday"), 5 + shift * 7);
  return { kind: "range", start: saturday, end: addDays(saturday, 1), label: shift < 0 ? "last weekend" : shift > 0 ? "next weekend" : "this weekend" };
}

const within = (low: string): boolean => low === "in" || low === "during" || low === "for" || low === "of" || low === "im";

/** "in week 14", "calendar week 14", "KW14": seven days from an ISO Monday. */
function weekNumberAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const led = within(lowAt(tokens, i));
  const week = isoWeekAt(tokens, led ? i + 1 : i, context.today, led);
  return week && { next: week.next, value: { kind: "range", start: week.value, end: addDays(week.value, 6), label: "that week" } };
}

/** "in Q1", "Q4 2025": the latest such quarter that has begun, or that of the year named. */
function quarterAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const led = within(lowAt(tokens, i));
  const at = led ? i + 1 : i;
  const number = tokens[at + 1];
  if (lowAt(tokens, at) !== "q" || number?.kind !== "number" || !number.glued || !/^[1-4]$/.test(number.text)) return undefined;
  const typed = /^20\d\d$/.test(lowAt(tokens, at + 2)) ? Number(lowAt(tokens, at + 2)) : undefined;
  if (!led && typed === undefined) return undefined;
  const { year } = civil(context.today);
  const first = isoDate(typed ?? year, Number(number.text) * 3 - 2, 1);
  const start = typed === undefined && first > context.today ? addMonths(first, -12) : first;
  return { next: typed === undefined ? at + 2 : at + 3, value: { kind: "range", ...monthsFrom(start, 3), label: "that quarter" } };
}

const NTH: ReadonlyMap<string, number> = new Map([["first", 1], ["second", 2], ["third", 3], ["fourth", 4], ["last", -1]]);

/** "the last friday of march", "the first monday of last month": counted inside that month. */
export function nthWeekdayAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const at = ARTICLES.has(lowAt(tokens, i)) ? i + 1 : i;
  const nth = NTH.get(lowAt(tokens, at));
  const weekday = nth === undefined ? undefined : WEEKDAY_WORDS.get(lowAt(tokens, at + 1));
  if (nth === undefined || weekday === undefined || !/^(?:of|in)$/.test(lowAt(tokens, at + 2))) return undefined;
  const named = namedMonthAt(tokens, at + 3, context);
  const shift = shiftAt(tokens, at + 3);
  const beside = !named && shift !== undefined && PERIOD_WORDS.get(lowAt(tokens, at + 4)) === "month" ? { next: at + 5, value: periodOf("month", shift, context) } : undefined;
  const month = named ?? beside;
  if (!month) return undefined;
  const { start, end } = month.value;
  const date = nth < 0 ? addDays(end, -((weekdayOf(end) - weekday + 7) % 7)) : addDays(start, ((weekday - weekdayOf(start) + 7) % 7) + (nth - 1) * 7);
  return { next: month.next, value: onDate(date, "Counted inside that month.") };
}

/** A month's name as a span: the latest such month that has begun, or that of the year named behind it. */
function namedMonthAt(tokens: readonly Token[], i: number, context: DateContext): Found<Period> | undefined {
  const month = MONTH_WORDS.get(lowAt(tokens, i));
  const beside = tokens[i + 1];
  if (month === undefined) return undefined;
  const { year, month: here } = civil(context.today);
  const typed = beside?.kind === "number" && beside.text.length === 4 ? Number(beside.text) : undefined;
  if (typed === undefined && beside && (beside.kind === "number" || (beside.text === "-" && beside.glued))) return undefined;
  if (typed !== undefined && (typed < 1900 || typed > 2199)) return undefined;
  const inYear = typed ?? (month <= here ? year : year - 1);
  return { next: typed === undefined ? i + 1 : i + 2, value: { start: isoDate(inYear, month, 1), end: isoDate(inYear, month, daysInMonth(inYear, month)) } };
}

/** "in March", "during April 2025", "from March to April". */
function monthSpanAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const lead = lowAt(tokens, i);
  if (lead === "from" || lead === "between") {
    const first = namedMonthAt(tokens, i + 1, context);
    const joint = first ? lowAt(tokens, first.next) : "";
    const last = first && (joint === "to" || joint === "through" || joint === "until" || (joint === "and" && lead === "between")) ? namedMonthAt(tokens, first.next + 1, context) : undefined;
    return first && last && first.value.start < last.value.start ? { next: last.next, value: { kind: "range", start: first.value.start, end: last.value.end, label: "these months" } } : undefined;
  }
  if (!within(lead) || lead === "of") return undefined;
  const month = namedMonthAt(tokens, i + 1, context);
  return month && { next: month.next, value: { kind: "range", ...month.value, label: "that month" } };
}

type Edge = "start" | "middle" | "end" | "last day";

/** "end of", "the first day of", "mid": which edge, and where its period begins. `joined`: an "of" or a dash says that a period follows. */
function edgeWordAt(tokens: readonly Token[], i: number): Found<{ readonly edge: Edge; readonly joined: boolean }> | undefined {
  const low = lowAt(tokens, i);
  if ((low === "first" || low === "last") && PERIOD_WORDS.get(lowAt(tokens, i + 1)) === "day" && lowAt(tokens, i + 2) === "of") return { next: i + 3, value: { edge: low === "first" ? "start" : "last day", joined: true } };
  const edge: Edge | undefined = EDGE_START_WORDS.has(low) ? "start" : EDGE_MIDDLE_WORDS.has(low) ? "middle" : EDGE_END_WORDS.has(low) ? "end" : undefined;
  if (!edge) return undefined;
  const of = lowAt(tokens, i + 1) === "of";
  const dash = lowAt(tokens, i + 1) === "-" && tokens[i + 1]?.glued === true;
  return { next: of || dash ? i + 2 : i + 1, value: { edge, joined: of || (dash && edge === "middle") || /^(?:mid|anfang|mitte|ende)$/.test(low) } };
}

/**
 * The first, middle or last day of a period. An end that falls on a weekend is asked about, the last working day first
 * (date-convention.md); the middle of a week is its Wednesday, of a month its 15th (on a weekend it is asked), of anything longer a question.
 */
export function edgeAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const from = lowAt(tokens, i) === "the" ? i + 1 : i;
  if (lowAt(tokens, from) === "eom") return { next: from + 1, value: periodEnd(periodOf("month", 0, context)) };
  const edge = edgeWordAt(tokens, from);
  if (!edge) return undefined;
  let at = edge.next;
  if (lowAt(tokens, at) === "the" && shiftAt(tokens, at + 1) !== undefined) at += 1;
  const named = edge.value.joined ? namedMonthAt(tokens, at, context) : undefined;
  if (named) return { next: named.next, value: onEdge(edge.value.edge, "month", named.value) };
  const shift = shiftAt(tokens, at);
  if (shift !== undefined) at += 1;
  const noun = lowAt(tokens, at);
  const unit = PERIOD_WORDS.get(noun);
  // "the end of Monday" and "start week planning" are not edges: without "of" a word such as "last" must lead the period.
  if (!unit || unit === "day" || unit === "fortnight" || (noun.endsWith("s") && noun !== "monats" && noun !== "jahres" && noun !== "quartals") || (shift === undefined && !edge.value.joined)) return undefined;
  return { next: at + 1, value: onEdge(edge.value.edge, unit, periodOf(unit, shift ?? 0, context)) };
}

function onEdge(edge: Edge, unit: CalendarUnit, period: Period): DateMeaning {
  if (edge === "start") return onDate(period.start);
  if (edge === "last day") return onDate(period.end);
  if (edge === "end") return periodEnd(period);
  if (unit === "week") return onDate(addDays(startOfWeek(addDays(period.start, 3), "monday"), 2), "The middle of a week is its Wednesday.");
  const middle = addDays(period.start, 14);
  if (unit === "month" && weekdayOf(middle) <= 5) return onDate(middle, "The middle of a month is its 15th.");
  if (unit === "month") return askDate(`The middle falls on a ${weekdayName(middle)}. Which day is meant?`, [addDays(middle, 5 - weekdayOf(middle)), middle]);
  return askDate(`Which day in the middle of that ${unit}?`, [addMonths(period.start, unit === "quarter" ? 1 : 6), addDays(addMonths(period.start, unit === "quarter" ? 1 : 5), 14)]);
}

function periodEnd({ end }: Period): DateMeaning {
  const weekday = weekdayOf(end);
  if (weekday <= 5) return onDate(end);
  return askDate(`The end falls on a ${weekdayName(end)}. Which day is meant?`, [addDays(end, 5 - weekday), end]);
}
