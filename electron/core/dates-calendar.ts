import { weekdayName } from "./calendar.ts";
import { askDate, dayLabel, onDate, type DateContext, type DateMeaning } from "./date-meaning.ts";
import { skipDot } from "./dates-weekday.ts";
import type { IsoDate } from "./entry.ts";
import { ordinalAt, standsAlone } from "./numbers.ts";
import { addDays, addMonths, civil, daysInMonth, diffDays, isoDate, isRealDate, weekdayOf, type Weekday } from "./time.ts";
import { lowAt, type Found, type Token } from "./tokens.ts";
import { ARTICLES, LABEL_WORDS, LEAD_WORDS, LENGTH_WORDS, MONTH_WORDS, PERIOD_WORDS, WEEKDAY_WORDS } from "./words.ts";

/** A calendar day as typed; the year may be missing. */
interface TypedDay {
  readonly year?: number | undefined;
  readonly month: number;
  readonly day: number;
}

const fullYear = (year: number): number => (year >= 100 ? year : year >= 70 ? 1900 + year : 2000 + year);

/** The same day in the years around today, only real ones, nearest first; a tie goes back, for they are in order. */
function yearsAround({ month, day }: TypedDay, today: IsoDate): readonly IsoDate[] {
  const { year } = civil(today);
  return [-1, 0, 1]
    .map((shift) => year + shift)
    .filter((each) => isRealDate(each, month, day))
    .map((each) => isoDate(each, month, day))
    .toSorted((a, b) => Math.abs(diffDays(today, a)) - Math.abs(diffDays(today, b)));
}

/** 30 February, 31 June: shown with the real days around it, never rolled over. */
function unreal({ year, month, day }: TypedDay, context: DateContext): DateMeaning {
  const text = "The calendar has no such day. Which one was it?";
  if (month < 1 || month > 12 || day < 1) return askDate(text, []);
  const near = year ?? civil(yearsAround({ month, day: 1 }, context.today)[0] ?? context.today).year;
  const last = isoDate(near, month, daysInMonth(near, month));
  return askDate(text, [last, addDays(last, 1)]);
}

/** A typed day as a date: with its year as said, without one the nearest to today. */
function meant(typed: TypedDay, context: DateContext): DateMeaning {
  const { year, month, day } = typed;
  if (year !== undefined) return isRealDate(year, month, day) ? onDate(isoDate(year, month, day)) : unreal(typed, context);
  const here = civil(context.today).year;
  const nearest = isRealDate(here, month, day) ? yearsAround(typed, context.today)[0] : undefined;
  if (nearest === undefined) return unreal(typed, context);
  return onDate(nearest, civil(nearest).year === here ? undefined : `${dayLabel(nearest, context.today)} is nearer than the same day of this year.`);
}

/** Weekday and date must agree; without a year, a year in which they do is looked for: the nearest one, else the last one. Otherwise it asks. */
function agreeing(weekday: Weekday, typed: TypedDay, context: DateContext): DateMeaning {
  const plain = meant(typed, context);
  if (plain.kind !== "date") return plain;
  if (weekdayOf(plain.date) === weekday) return plain;
  const past = typed.year === undefined ? yearsAround(typed, context.today).filter((date) => date <= context.today).toSorted().at(-1) : undefined;
  if (past !== undefined && weekdayOf(past) === weekday) return onDate(past, `${dayLabel(past, context.today)} is the last year in which that day is a ${weekdayName(past)}.`);
  return askDate(`${dayLabel(plain.date, context.today)} is a ${weekdayName(plain.date)}. Which day was it?`, [plain.date, ...nearWeekday(plain.date, weekday)]);
}

function nearWeekday(date: IsoDate, weekday: Weekday): readonly IsoDate[] {
  const back = addDays(date, -((weekdayOf(date) - weekday + 7) % 7));
  return [back, addDays(back, 7)].toSorted((a, b) => Math.abs(diffDays(date, a)) - Math.abs(diffDays(date, b)));
}

/** A year after a day: four digits, or two when the words stand alone. Not "march 5 2h" and not "march 5 12:30". */
function yearAt(tokens: readonly Token[], i: number, context: DateContext): Found<number> | undefined {
  let at = lowAt(tokens, i) === "," || lowAt(tokens, i) === "of" ? i + 1 : i;
  const apostrophe = lowAt(tokens, at) === "'" && tokens[at + 1]?.glued === true;
  if (apostrophe) at += 1;
  const token = tokens[at];
  if (token?.kind !== "number" || (tokens[at + 1]?.glued && (tokens[at + 1]?.kind === "word" || /^[:/-]$/.test(lowAt(tokens, at + 1))))) return undefined;
  const value = Number(token.text);
  if (token.text.length === 4 && value >= 1900 && value <= 2199) return { next: at + 1, value };
  if (token.text.length !== 2 || LENGTH_WORDS.has(lowAt(tokens, at + 1))) return undefined;
  return apostrophe || (context.alone && at + 1 === tokens.length) ? { next: at + 1, value: fullYear(value) } : undefined;
}

function monthWordAt(tokens: readonly Token[], i: number): Found<number> | undefined {
  const month = MONTH_WORDS.get(lowAt(tokens, i));
  if (month === undefined) return undefined;
  const next = skipDot(tokens, i + 1);
  return { next: lowAt(tokens, next) === "," ? next + 1 : next, value: month };
}

/** A day number beside a month's name: "5", "5th", "fifth", not "5h" and not "5:30". */
function dayNumberAt(tokens: readonly Token[], i: number): Found<number> | undefined {
  const ordinal = ordinalAt(tokens, i);
  if (ordinal) return ordinal;
  const token = tokens[i];
  const after = tokens[i + 1];
  if (token?.kind !== "number" || token.text.length > 2) return undefined;
  if (after?.glued && (after.kind === "word" || after.text === ":" || (after.text === "." && tokens[i + 2]?.kind === "number" && tokens[i + 2]?.glued))) return undefined;
  return { next: i + 1, value: Number(token.text) };
}

/** "March 5", "Mar-5", "March the 5th, 2026". */
function monthFirst(tokens: readonly Token[], i: number, context: DateContext): Found<TypedDay> | undefined {
  const month = monthWordAt(tokens, i);
  if (!month) return undefined;
  const dash = lowAt(tokens, month.next) === "-" || lowAt(tokens, month.next) === "the" ? month.next + 1 : month.next;
  const day = dayNumberAt(tokens, dash);
  if (!day) return undefined;
  const unit = lowAt(tokens, day.next);
  // "march 5 hours": the number belongs to the hours.
  if (day.next === dash + 1 && LENGTH_WORDS.has(unit)) return undefined;
  const year = yearAt(tokens, day.next, context);
  return { next: year?.next ?? day.next, value: { year: year?.value, month: month.value, day: day.value } };
}

/** "5 March", "the 5th of March 2026", "5-Mar". */
function dayFirst(tokens: readonly Token[], i: number, context: DateContext): Found<TypedDay> | undefined {
  const at = lowAt(tokens, i) === "the" ? i + 1 : i;
  const day = tokens[at]?.kind === "number" && !standsAlone(tokens, at) ? undefined : dayNumberAt(tokens, at);
  if (!day) return undefined;
  const joint = lowAt(tokens, day.next) === "of" || (lowAt(tokens, day.next) === "-" && tokens[day.next]?.glued) || (lowAt(tokens, day.next) === "." && tokens[day.next]?.glued) ? day.next + 1 : day.next;
  const month = monthWordAt(tokens, joint);
  if (!month) return undefined;
  const dash = lowAt(tokens, month.next) === "-" && tokens[month.next + 1]?.text.length === 4 ? month.next + 1 : month.next;
  const year = yearAt(tokens, dash, context);
  // A comma after the month belongs to the sentence unless a year follows it.
  const next = year?.next ?? (lowAt(tokens, month.next - 1) === "," ? month.next - 1 : month.next);
  return { next, value: { year: year?.value, month: month.value, day: day.value } };
}

/** "2009 May 22nd", "2026 March 5". */
function yearFirst(tokens: readonly Token[], i: number): Found<TypedDay> | undefined {
  const token = tokens[i];
  const month = token?.kind === "number" && token.text.length === 4 ? monthWordAt(tokens, i + 1) : undefined;
  const day = month ? dayNumberAt(tokens, month.next) : undefined;
  return token && month && day ? { next: day.next, value: { year: Number(token.text), month: month.value, day: day.value } } : undefined;
}

/** Two or three numbers with one mark between them: "2026-04-05", "3/5", "3/5/26", "5.4.2026". */
function numbersAt(tokens: readonly Token[], i: number): Found<readonly Token[]> | undefined {
  const first = tokens[i];
  const mark = tokens[i + 1];
  const second = tokens[i + 2];
  if (first?.kind !== "number" || !standsAlone(tokens, i) || !mark?.glued || !/^[/.-]$/.test(mark.text) || second?.kind !== "number" || !second.glued) return undefined;
  const third = tokens[i + 4];
  const three = lowAt(tokens, i + 3) === mark.low && tokens[i + 3]?.glued && third?.kind === "number" && third.glued;
  const next = three ? i + 5 : i + 3;
  const after = tokens[next];
  // "2.5h" and "1/2h" are lengths; "2026-04-05T09:00" is a moment of that day.
  if (after?.glued && after.kind === "word" && !(three && after.low === "t")) return undefined;
  if (after?.glued && /^[/:.-]$/.test(after.text) && tokens[next + 1]?.kind === "number" && tokens[next + 1]?.glued) return undefined;
  return { next, value: three ? [first, second, third] : [first, second] };
}

function numericDay(parts: readonly Token[], mark: string, context: DateContext): TypedDay | undefined {
  const [a = 0, b = 0, c] = parts.map((part) => Number(part.text));
  if (c === undefined) {
    // "3.4." with its last dot is a German day and month; "3.4" is a number.
    if (mark === "-" && context.dateOrder === "YMD" && parts.every((part) => part.text.length === 2)) return { month: a, day: b };
    if (mark !== "/" && mark !== "..") return undefined;
    if (parts.some((part) => part.text.length > 2)) return undefined;
    // "24/7" is a way of saying always.
    if (a === 24 && b === 7 && mark === "/") return undefined;
    const [month, day] = context.dateOrder === "DMY" || mark === ".." ? [b, a] : [a, b];
    return month > 12 && day <= 12 && mark === "/" ? { month: day, day: month } : { month, day };
  }
  if (parts[0]?.text.length === 4) return { year: a, month: b, day: c };
  const length = parts[2]?.text.length ?? 0;
  if ((length !== 2 && length !== 4) || parts.slice(0, 2).some((part) => part.text.length > 2)) return undefined;
  if (context.dateOrder === "YMD" && length === 2) return { year: fullYear(a), month: b, day: c };
  const [month, day] = context.dateOrder === "DMY" ? [b, a] : [a, b];
  return month > 12 && day <= 12 ? { year: fullYear(c), month: day, day: month } : { year: fullYear(c), month, day };
}

/** A numeric date. "1/2 hour" and "24/7" are none; an impossible one with a year is asked about. */
function numericAt(tokens: readonly Token[], i: number, context: DateContext): Found<TypedDay> | undefined {
  const numbers = numbersAt(tokens, i);
  const dotted = numbers?.value.length === 2 && lowAt(tokens, i + 1) === "." && lowAt(tokens, numbers.next) === "." && tokens[numbers.next]?.glued === true && !(tokens[numbers.next + 1]?.glued && tokens[numbers.next + 1]?.kind === "number");
  const mark = dotted ? ".." : lowAt(tokens, i + 1);
  const typed = numbers && numericDay(numbers.value, mark, context);
  if (!numbers || !typed || (typed.year === undefined && LABEL_WORDS.has(lowAt(tokens, i - 1)))) return undefined;
  if (typed.year === undefined && (typed.month > 12 || typed.month < 1 || typed.day < 1 || typed.day > 31)) return undefined;
  if (dotted) return { next: numbers.next + 1, value: typed };
  const unit = lowAt(tokens, numbers.next);
  return LENGTH_WORDS.has(unit) || unit === "of" || (unit === "an" && LENGTH_WORDS.has(lowAt(tokens, numbers.next + 1))) ? undefined : { next: numbers.next, value: typed };
}

function typedDayAt(tokens: readonly Token[], i: number, context: DateContext): Found<TypedDay> | undefined {
  return numericAt(tokens, i, context) ?? yearFirst(tokens, i) ?? monthFirst(tokens, i, context) ?? dayFirst(tokens, i, context);
}

/** "the 3rd": the latest one on or before today; asks when the coming one is within 3 days or a month was skipped (29-31). */
export function dayOfMonth(day: number, context: DateContext): DateMeaning {
  const { today } = context;
  const { year, month } = civil(today);
  if (day < 1 || day > 31) return askDate("No month has such a day. Which one was it?", []);
  const at = (shift: number): IsoDate | undefined => {
    const index = year * 12 + month - 1 + shift;
    const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
    return isRealDate(y, m, day) ? isoDate(y, m, day) : undefined;
  };
  const here = at(0);
  const first = here !== undefined && here <= today ? 0 : -1;
  // Of two months in a row one has the day.
  const skipped = at(first) === undefined;
  const latest = at(first) ?? at(first - 1) ?? today;
  const coming = (first === 0 ? undefined : here) ?? at(1);
  const soon = coming !== undefined && diffDays(today, coming) <= 3;
  if (soon || skipped) return askDate(`Which month's ${day}. is meant?`, [latest, ...(coming ? [coming] : [])]);
  return onDate(latest, `The ${day}. is the latest one on or before today.`);
}

/** Words after "the 3rd" that make it something else ("the 3rd round"): only an end, a mark, or a plain joining word leaves it a day. */
function closesDay(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i];
  if (!token || token.kind !== "word") return true;
  return /^(?:and|for|on|at|to|from|was|is|i|then|with|instead|should|entry|entries)$/.test(token.low) || WEEKDAY_WORDS.has(token.low) || LENGTH_WORDS.has(token.low);
}

function ordinalDayAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const at = lowAt(tokens, i) === "the" ? i + 1 : i;
  const on = lowAt(tokens, i - 1) === "on";
  const firm = on && at > i;
  // "on the third" is a day; "the third" alone may be a third of anything.
  if (tokens[at]?.kind === "word" && !firm) return undefined;
  const day = ordinalAt(tokens, at);
  // "the 3rd and 5th": the second goes on from the first.
  const goesOn = /^(?:and|,|&)$/.test(lowAt(tokens, i - 1)) && /^(?:st|nd|rd|th)$/.test(lowAt(tokens, i - 2)) && tokens[i - 3]?.kind === "number";
  const led = at > i || on || goesOn || context.alone === true;
  return day && led && (firm || closesDay(tokens, day.next)) && !PERIOD_WORDS.has(lowAt(tokens, day.next)) ? { next: day.next, value: dayOfMonth(day.value, context) } : undefined;
}

/** "the first of this month", "the 3rd of last month": a day of a month that lies beside today's. */
function dayOfPeriod(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const at = ARTICLES.has(lowAt(tokens, i)) ? i + 1 : i;
  const day = ordinalAt(tokens, at);
  if (!day || lowAt(tokens, day.next) !== "of") return undefined;
  const the = lowAt(tokens, day.next + 1) === "the";
  const lead = LEAD_WORDS.get(lowAt(tokens, day.next + 1));
  const month = lead || the ? PERIOD_WORDS.get(lowAt(tokens, day.next + 2)) : undefined;
  if (month !== "month") return undefined;
  const { year, month: here } = civil(context.today);
  const target = civil(addMonths(isoDate(year, here, 1), lead === "last" || lead === "past" ? -1 : lead === "next" || lead === "coming" ? 1 : 0));
  return { next: day.next + 3, value: meant({ year: target.year, month: target.month, day: day.value }, context) };
}

/** A calendar date at token `i`, with the weekday in front of or behind it that must agree: "Thu Aug 10", "Mon., Jan. 16th, 2012", "the 3rd". */
export function calendarDateAt(tokens: readonly Token[], i: number, context: DateContext): Found<DateMeaning> | undefined {
  const weekday = WEEKDAY_WORDS.get(lowAt(tokens, i));
  if (weekday !== undefined) {
    let at = skipDot(tokens, i + 1);
    while (lowAt(tokens, at) === "," || lowAt(tokens, at) === "the" || lowAt(tokens, at) === "on" || lowAt(tokens, at) === "(") at += 1;
    const typed = typedDayAt(tokens, at, context);
    return typed ? { next: closeBracket(tokens, i, typed.next), value: agreeing(weekday, typed.value, context) } : undefined;
  }
  const typed = typedDayAt(tokens, i, context);
  if (!typed) return dayOfPeriod(tokens, i, context) ?? ordinalDayAt(tokens, i, context);
  const behind = lowAt(tokens, typed.next) === "(" ? WEEKDAY_WORDS.get(lowAt(tokens, typed.next + 1)) : undefined;
  if (behind !== undefined) return { next: closeBracket(tokens, i, typed.next + 2), value: agreeing(behind, typed.value, context) };
  return { next: typed.next, value: meant(typed.value, context) };
}

function closeBracket(tokens: readonly Token[], from: number, next: number): number {
  const opened = tokens.slice(from, next).some((token) => token.text === "(");
  return opened && lowAt(tokens, next) === ")" ? next + 1 : next;
}
