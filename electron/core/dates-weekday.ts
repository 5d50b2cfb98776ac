import { weekdayName } from "./calendar.ts";
import { askDate, dayLabel, onDate, type DateContext, type DateMeaning } from "./date-meaning.ts";
import type { IsoDate } from "./entry.ts";
import { ordinalAt } from "./numbers.ts";
import { addDays, addMonths, civil, daysInMonth, diffDays, isoDate, isRealDate, startOfWeek, weekdayOf, type Weekday } from "./time.ts";
import { lowAt, type Found, type Token } from "./tokens.ts";
import { PERIOD_WORDS, WEEKDAY_WORDS } from "./words.ts";

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

/** Bare weekday: the latest one on or before today (date-convention.md). */
function bareWeekday(weekday: Weekday, context: DateContext): DateMeaning {
  const date = onOrBefore(context.today, weekday);
  const name = weekdayName(date);
  return onDate(date, date === context.today ? `${name} is today, because a bare weekday looks back and today counts.` : `${name} is the ${name} just gone, because a bare weekday looks back.`);
}

function thisWeekday(weekday: Weekday, context: DateContext): DateMeaning {
  const date = inWeekOf(context.today, weekday, context.weekStart);
  const others = (["monday", "sunday"] as const).map((start) => inWeekOf(context.today, weekday, start));
  if (others.every((each) => each === date)) return onDate(date, `This ${weekdayName(date)} is the one in the calendar week that holds today.`);
  return askDate(`Which ${weekdayName(date)} is "this ${weekdayName(date)}"? It depends on the day a week starts.`, [date, ...others]);
}

function lastWeekday(weekday: Weekday, context: DateContext): DateMeaning {
  const date = onOrBefore(addDays(context.today, -1), weekday);
  // The second reading always uses ISO weeks, whatever the account's week start is (date-convention.md).
  const other = inWeekOf(addDays(context.today, -7), weekday, "monday");
  const name = weekdayName(date);
  return other === date ? onDate(date, `Last ${name} is the latest ${name} before today.`) : askDate(`Which ${name} is "last ${name}"?`, [date, other]);
}

function nextWeekday(weekday: Weekday, context: DateContext): DateMeaning {
  const date = after(context.today, weekday);
  const other = inWeekOf(addDays(context.today, 7), weekday, "monday");
  const name = weekdayName(date);
  return other === date ? onDate(date, `Next ${name} is the first ${name} after today.`) : askDate(`Which ${name} is "next ${name}"?`, [date, other]);
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
const LEADS: ReadonlyMap<string, Rule> = new Map([
  ["this", thisWeekday], ["last", lastWeekday], ["previous", lastWeekday], ["next", nextWeekday], ["past", pastWeekday], ["coming", comingWeekday], ["upcoming", comingWeekday],
]);

/** "this past", "this coming", "last", nothing: the rule in front of a weekday, and where the weekday stands. */
function leadAt(tokens: readonly Token[], i: number): Found<Rule | undefined> {
  const low = lowAt(tokens, i);
  const at = low === "the" || low === "this" ? i + 1 : i;
  const strong = at > i ? lowAt(tokens, at) : "";
  if (strong === "past" || strong === "coming" || strong === "upcoming" || (low === "the" && LEADS.has(strong))) return { next: at + 1, value: LEADS.get(strong) };
  const rule = LEADS.get(low);
  return { next: rule ? i + 1 : i, value: rule };
}

const WEEK_SHIFT: ReadonlyMap<string, number> = new Map([["this", 0], ["last", -7], ["previous", -7], ["next", 7]]);

/** "(of) last week": the shift in days and where it ends. */
function weekShiftAt(tokens: readonly Token[], i: number): Found<number> | undefined {
  const at = lowAt(tokens, i) === "of" || lowAt(tokens, i) === "in" ? i + 1 : i;
  const shift = WEEK_SHIFT.get(lowAt(tokens, at));
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
  const best = fits.toSorted((a, b) => Math.abs(diffDays(context.today, a)) - Math.abs(diffDays(context.today, b)) || (a < b ? -1 : 1))[0];
  if (best) return onDate(best, `${dayLabel(best, context.today)} is the nearest month in which that day is a ${weekdayName(best)}.`);
  return askDate("No month has that day on that weekday. Which day was it?", day <= daysInMonth(year, month) && day > 0 ? [isoDate(year, month, day)] : []);
}

/** A weekday with the words that belong to it: "on last Friday", "Friday of last week", "last week Friday", "Fri the 6th". */
export function weekdayAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const week = weekShiftAt(tokens, i);
  if (week) {
    const at = lowAt(tokens, week.next) === "'s" || lowAt(tokens, week.next) === "on" ? week.next + 1 : week.next;
    const weekday = WEEKDAY_WORDS.get(lowAt(tokens, at));
    return weekday === undefined ? undefined : { next: skipDot(tokens, at + 1), value: ofWeek(weekday, week.value, context) };
  }
  const lead = leadAt(tokens, i);
  const weekday = WEEKDAY_WORDS.get(lowAt(tokens, lead.next));
  if (weekday === undefined || tokens[lead.next]?.kind !== "word") return undefined;
  const next = skipDot(tokens, lead.next + 1);
  if (lead.value) return { next, value: lead.value(weekday, context) };
  const shift = weekShiftAt(tokens, next);
  if (shift) return { next: shift.next, value: ofWeek(weekday, shift.value, context) };
  if (PERIOD_WORDS.get(lowAt(tokens, next)) === "week") return { next: next + 1, value: askDate("Which week is meant?", [onOrBefore(context.today, weekday), addDays(after(context.today, weekday), 7)]) };
  const at = lowAt(tokens, next) === "on" && lowAt(tokens, next + 1) === "the" ? next + 2 : lowAt(tokens, next) === "the" || lowAt(tokens, next) === "," ? next + 1 : next;
  const ordinal = tokens[at]?.kind === "number" ? ordinalAt(tokens, at) : undefined;
  if (ordinal) return { next: ordinal.next, value: weekdayWithDay(weekday, ordinal.value, context) };
  return { next, value: bareWeekday(weekday, context) };
}

/** The dot of "Mon." when it is glued and more words follow; a full stop at the end is left alone. */
export function skipDot(tokens: readonly Token[], i: number): number {
  return lowAt(tokens, i) === "." && tokens[i]?.glued && (tokens[i + 1]?.kind === "word" || tokens[i + 1]?.kind === "number" || lowAt(tokens, i + 1) === ",") ? i + 1 : i;
}
