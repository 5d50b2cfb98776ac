import { weekdayName } from "./calendar.ts";
import { askDate, dayLabel, onDate, type DateContext, type DateMeaning } from "./date-meaning.ts";
import type { IsoDate } from "./entry.ts";
import { countAt, ordinalAt } from "./numbers.ts";
import { addDays, addMonths, civil, diffDays, isoDate, isRealDate, startOfWeek, weekdayOf, type Weekday } from "./time.ts";
import { lowAt, type Found, type Token } from "./tokens.ts";
import { CONVENTION } from "./rules.ts";
import { FEAST_WORDS, AGO_WORDS, ARTICLES, LEAD_WORDS, OF_WORDS, PERIOD_WORDS, WEEKDAY_WORDS, type Lead } from "./words.ts";

/** The latest such weekday on or before `from`. */
export function onOrBefore(from: IsoDate, weekday: Weekday): IsoDate {
  return addDays(from, -((weekdayOf(from) - weekday + 7) % 7));
}

/** The first such weekday strictly after `from`. */
export function after(from: IsoDate, weekday: Weekday): IsoDate {
  return addDays(from, ((weekday - weekdayOf(from) + 6) % 7) + 1);
}

function inWeekOf(day: IsoDate, weekday: Weekday, weekStart: DateContext["weekStart"]): IsoDate {
  const first = startOfWeek(day, weekStart);
  return addDays(first, (weekday - weekdayOf(first) + 7) % 7);
}

/** Bare weekday: the latest one on or before today (date-convention.md), unless the user chose otherwise. */
function bareWeekday(weekday: Weekday, context: DateContext): DateMeaning {
  const { today } = context;
  const [back, ahead] = [onOrBefore(today, weekday), after(addDays(today, -1), weekday)];
  const name = weekdayName(back);
  if (back === today) return onDate(today, `${name} is today, because today counts for a bare weekday.`);
  switch ((context.rules ?? CONVENTION).bare) {
    case "past":
      return onDate(back, `${name} is the ${name} just gone, because a bare weekday looks back.`);
    case "this-week":
      return onDate(inWeekOf(today, weekday, context.weekStart), `${name} is the one of this week, as your settings say.`);
    case "nearest":
      return onDate(diffDays(back, today) <= diffDays(today, ahead) ? back : ahead, `${name} is the nearest one, as your settings say.`);
    case "future":
      return onDate(ahead, `${name} is the one to come, as your settings say.`);
  }
}

function thisWeekday(weekday: Weekday, context: DateContext): DateMeaning {
  if ((context.rules ?? CONVENTION).this === "coming") return onDate(after(addDays(context.today, -1), weekday), "This means the coming one, as your settings say.");
  const date = inWeekOf(context.today, weekday, context.weekStart);
  const others = (["monday", "sunday"] as const).map((start) => inWeekOf(context.today, weekday, start));
  if (others.every((each) => each === date)) return onDate(date, `This ${weekdayName(date)} is the one in the calendar week that holds today.`);
  return askDate(`Which ${weekdayName(date)} is "this ${weekdayName(date)}"? It depends on the day a week starts.`, [date, ...others]);
}

function lastWeekday(weekday: Weekday, context: DateContext): DateMeaning {
  const { last } = context.rules ?? CONVENTION;
  const date = onOrBefore(addDays(context.today, -1), weekday);
  const name = weekdayName(date);
  if (last === "previous-week") return onDate(inWeekOf(addDays(context.today, -7), weekday, context.weekStart), `Last ${name} is the one of the previous week, as your settings say.`);
  // The second reading always uses ISO weeks, whatever the account's week start is (date-convention.md).
  const other = inWeekOf(addDays(context.today, -7), weekday, "monday");
  return other === date || last === "strict" ? onDate(date, `Last ${name} is the latest ${name} before today.`) : askDate(`Which ${name} is "last ${name}"?`, [date, other]);
}

function nextWeekday(weekday: Weekday, context: DateContext): DateMeaning {
  const { next } = context.rules ?? CONVENTION;
  const date = after(context.today, weekday);
  const name = weekdayName(date);
  if (next === "next-week") return onDate(inWeekOf(addDays(context.today, 7), weekday, context.weekStart), `Next ${name} is the one of the next week, as your settings say.`);
  const other = inWeekOf(addDays(context.today, 7), weekday, "monday");
  return other === date || next === "strict" ? onDate(date, `Next ${name} is the first ${name} after today.`) : askDate(`Which ${name} is "next ${name}"?`, [date, other]);
}

function pastWeekday(weekday: Weekday, context: DateContext): DateMeaning {
  const date = onOrBefore(addDays(context.today, -1), weekday);
  return onDate(date, `Past ${weekdayName(date)} is the latest one before today.`);
}

function comingWeekday(weekday: Weekday, context: DateContext): DateMeaning {
  const date = after(context.today, weekday);
  return onDate(date, `Coming ${weekdayName(date)} is the first one after today.`);
}

type Rule = (weekday: Weekday, context: DateContext) => DateMeaning;
const RULES: Readonly<Record<Lead, Rule>> = { this: thisWeekday, last: lastWeekday, next: nextWeekday, past: pastWeekday, coming: comingWeekday };

/** "this past", "this coming", "the last", "last", nothing: the rule in front of a weekday, and where the weekday stands. */
function leadAt(tokens: readonly Token[], i: number): Found<Rule | undefined> {
  const first = LEAD_WORDS.get(lowAt(tokens, i));
  const second = LEAD_WORDS.get(lowAt(tokens, i + 1));
  if (first === "this" && (second === "past" || second === "coming")) return { next: i + 2, value: RULES[second] };
  if (ARTICLES.has(lowAt(tokens, i)) && second !== undefined && second !== "this") return { next: i + 2, value: RULES[second] };
  return first ? { next: i + 1, value: RULES[first] } : { next: i, value: undefined };
}

const WEEK_SHIFT: Readonly<Partial<Record<Lead, number>>> = { this: 0, last: -7, next: 7, past: -7, coming: 7 };

/** "(of) last week": the shift in days and where it ends. */
function weekShiftAt(tokens: readonly Token[], i: number): Found<number> | undefined {
  const at = OF_WORDS.has(lowAt(tokens, i)) || (ARTICLES.has(lowAt(tokens, i)) && LEAD_WORDS.has(lowAt(tokens, i + 1))) ? i + 1 : i;
  const lead = LEAD_WORDS.get(lowAt(tokens, at));
  const shift = lead && WEEK_SHIFT[lead];
  return shift !== undefined && PERIOD_WORDS.get(lowAt(tokens, at + 1)) === "week" ? { next: at + 2, value: shift } : undefined;
}

function ofWeek(weekday: Weekday, shift: number, context: DateContext): DateMeaning {
  const date = inWeekOf(addDays(context.today, shift), weekday, context.weekStart);
  return onDate(date, `${weekdayName(date)} is taken from the calendar week that starts on a ${weekdayName(startOfWeek(date, context.weekStart))}.`);
}

/** "Friday the 6th", "Thu 17th": the nearest month in which that day is that weekday; a tie goes back. */
function weekdayWithDay(weekday: Weekday, day: number, context: DateContext): DateMeaning {
  const { year, month } = civil(context.today);
  const here = isoDate(year, month, 1);
  const fits: IsoDate[] = [];
  for (let shift = -14; shift <= 14; shift += 1) {
    const { year: y, month: m } = civil(addMonths(here, shift));
    if (isRealDate(y, m, day) && weekdayOf(isoDate(y, m, day)) === weekday) fits.push(isoDate(y, m, day));
  }
  const best = fits.toSorted((a, b) => Math.abs(diffDays(context.today, a)) - Math.abs(diffDays(context.today, b)))[0];
  // Far from today neither the weekday nor the day can be trusted more than the other.
  const latest = fits.findLast((date) => date <= context.today);
  if (best && Math.abs(diffDays(context.today, best)) > 100) return askDate(`${weekdayName(best)} and the day agree only far from today. Which day was it?`, [onOrBefore(context.today, weekday), ...(latest === undefined ? [] : [latest]), best]);
  if (best) return onDate(best, `${dayLabel(best, context.today)} is the nearest month in which that day is a ${weekdayName(best)}.`);
  return askDate("No month has such a day. Which day was it?", []);
}

/** The Monday of ISO week `number` of `year`: week 1 is the one that holds 4 January. Undefined when that year has no such week. */
function isoWeek(year: number, number: number): IsoDate | undefined {
  const first = startOfWeek(isoDate(year, 1, 4), "monday");
  const monday = addDays(first, (number - 1) * 7);
  return number >= 1 && monday < startOfWeek(isoDate(year + 1, 1, 4), "monday") ? monday : undefined;
}

/**
 * "week 14", "calendar week 14", "KW14", with a year when one follows: the Monday it starts on, of the year nearest to today. `loose`: the
 * word "week" alone is enough (behind a weekday or "in"); otherwise "week 14" may be a sprint or a lesson.
 */
export function isoWeekAt(tokens: readonly Token[], i: number, today: IsoDate, loose: boolean): Found<IsoDate> | undefined {
  const low = lowAt(tokens, i);
  const full = (low === "calendar" || low === "iso") && PERIOD_WORDS.get(lowAt(tokens, i + 1)) === "week";
  if (!full && low !== "kw" && low !== "cw" && !(loose && PERIOD_WORDS.get(low) === "week")) return undefined;
  const at = full ? i + 2 : i + 1;
  const number = tokens[at];
  if (number?.kind !== "number" || number.text.length > 2) return undefined;
  const typed = tokens[at + 1]?.kind === "number" && /^20\d\d$/.test(lowAt(tokens, at + 1)) ? Number(lowAt(tokens, at + 1)) : undefined;
  const { year } = civil(today);
  const years = typed === undefined ? [year - 1, year, year + 1] : [typed];
  const mondays = years.flatMap((each) => isoWeek(each, Number(number.text)) ?? []);
  const monday = mondays.toSorted((a, b) => Math.abs(diffDays(today, a)) - Math.abs(diffDays(today, b)))[0];
  return monday === undefined ? undefined : { next: typed === undefined ? at + 1 : at + 2, value: monday };
}

/** "two Fridays ago": counted back from the latest one before today. */
function weekdaysAgo(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const count = countAt(tokens, i);
  const weekday = count && WEEKDAY_WORDS.get(lowAt(tokens, count.next));
  if (!count || weekday === undefined || count.value < 1 || count.value > 52 || !AGO_WORDS.has(lowAt(tokens, count.next + 1))) return undefined;
  return { next: count.next + 2, value: onDate(addDays(onOrBefore(addDays(context.today, -1), weekday), -7 * (count.value - 1)), "Counted back from the latest one before today.") };
}

/** A weekday with the words that belong to it: "on last Friday", "Friday of last week", "last week Friday", "Fri the 6th". */
export function weekdayAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  if (FEAST_WORDS.has(lowAt(tokens, i - 1))) return undefined;
  const week = weekShiftAt(tokens, i);
  if (week) {
    const at = lowAt(tokens, week.next) === "'s" || lowAt(tokens, week.next) === "on" ? week.next + 1 : week.next;
    const weekday = WEEKDAY_WORDS.get(lowAt(tokens, at));
    return weekday === undefined ? undefined : { next: skipDot(tokens, at + 1), value: ofWeek(weekday, week.value, context) };
  }
  const counted = weekdaysAgo(tokens, i, context);
  if (counted) return counted;
  const lead = leadAt(tokens, i);
  const weekday = WEEKDAY_WORDS.get(lowAt(tokens, lead.next));
  if (weekday === undefined || sat(tokens, lead.next) || isAddress(tokens, lead.next)) return undefined;
  const next = skipDot(tokens, lead.next + 1);
  if (lead.value) return { next, value: lead.value(weekday, context) };
  if (lowAt(tokens, next) === "before" && lowAt(tokens, next + 1) === "last") return { next: next + 2, value: onDate(addDays(onOrBefore(addDays(context.today, -1), weekday), -7), `That is the ${weekdayName(onOrBefore(context.today, weekday))} before the last one.`) };
  const numbered = isoWeekAt(tokens, OF_WORDS.has(lowAt(tokens, next)) ? next + 1 : next, context.today, true);
  if (numbered) return { next: numbered.next, value: onDate(addDays(numbered.value, weekday - 1), "Weeks are numbered as ISO 8601 does, starting on Monday.") };
  const shift = weekShiftAt(tokens, next);
  if (shift) return { next: shift.next, value: ofWeek(weekday, shift.value, context) };
  if (PERIOD_WORDS.get(lowAt(tokens, next)) === "week") return { next: next + 1, value: askDate("Which week is meant?", [onOrBefore(context.today, weekday), addDays(after(context.today, weekday), 7)]) };
  // "on fridays" is every one of them, and nobody has said since when.
  if (lowAt(tokens, lead.next).endsWith("days")) return { next, value: askDate("Which of these days?", [onOrBefore(context.today, weekday), addDays(onOrBefore(context.today, weekday), -7)]) };
  const comma = lowAt(tokens, next) === "," && lowAt(tokens, next + 1) === "the";
  const at = comma || (lowAt(tokens, next) === "on" && lowAt(tokens, next + 1) === "the") ? next + 2 : lowAt(tokens, next) === "the" || lowAt(tokens, next) === "," ? next + 1 : next;
  const ordinal = tokens[at]?.kind === "number" ? ordinalAt(tokens, at) : undefined;
  if (ordinal) return { next: ordinal.next, value: weekdayWithDay(weekday, ordinal.value, context) };
  return { next, value: bareWeekday(weekday, context) };
}

/** The dot of "Mon." when it is glued and more words follow; a full stop at the end is left alone. */
export function skipDot(tokens: readonly Token[], i: number): number {
  return lowAt(tokens, i) === "." && tokens[i]?.glued && (tokens[i + 1]?.kind === "word" || tokens[i + 1]?.kind === "number" || lowAt(tokens, i + 1) === ",") ? i + 1 : i;
}

/** "monday.com": part of an address or a file's name. */
const isAddress = (tokens: readonly Token[], i: number): boolean => /^[.@/_]$/.test(lowAt(tokens, i + 1)) && tokens[i + 1]?.glued === true && tokens[i + 2]?.glued === true && tokens[i + 2]?.kind === "word";

/** "I sat with the client": a verb behind a pronoun, no Saturday. */
const sat = (tokens: readonly Token[], i: number): boolean => lowAt(tokens, i) === "sat" && /^(?:i|we|you|they|he|she|and)$/.test(lowAt(tokens, i - 1)) && tokens[i + 1]?.kind === "word";
