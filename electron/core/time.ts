import { DateTime, IANAZone } from "luxon";
import type { IsoDate, WeekStart } from "./entry.ts";

/** Year, month 1-12 and day 1-31 of a civil date. */
export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Monday is 1, Sunday is 7, as ISO 8601 counts. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const pad = (value: number, width: number): string => String(value).padStart(width, "0");

/** Days in a month of the proleptic Gregorian calendar. `month` is 1-12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether the calendar has that day. 30 February is not rolled over, it is simply not real. Years 1000-9999. */
export function isRealDate(year: number, month: number, day: number): boolean {
  return Number.isInteger(year) && year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Writes a civil date. The caller has made sure that it is real. */
export function isoDate(year: number, month: number, day: number): IsoDate {
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` as IsoDate;
}

/** A string as a real calendar date, or undefined for anything else ("2026-02-30", "today"). */
export function parseIsoDate(text: string): IsoDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return isRealDate(year, month, day) ? isoDate(year, month, day) : undefined;
}

/** The parts of a civil date. */
export function civil(date: IsoDate): Civil {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

// Howard Hinnant's civil-day arithmetic: days since 1970-01-01 without any clock or zone.
function dayNumber(date: IsoDate): number {
  const { year, month, day } = civil(date);
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function fromDayNumber(days: number): IsoDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return isoDate(year, month, dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1);
}

/** The civil date `days` later (earlier when negative). Never a 24-hour subtraction, so no DST change can shift it. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return fromDayNumber(dayNumber(date) + days);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function diffDays(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** ISO weekday of a civil date. */
export function weekdayOf(date: IsoDate): Weekday {
  return WEEKDAYS[(((dayNumber(date) + 3) % 7) + 7) % 7] ?? 1;
}

/** The same day of another month; a day that month lacks becomes its last day (31 Jan + 1 month = 28 Feb). */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const { year, month, day } = civil(date);
  const index = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  return isoDate(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

const FIRST: Record<WeekStart, Weekday> = { monday: 1, sunday: 7, saturday: 6 };

/** The first day of the week that holds `date`, for that week start. */
export function startOfWeek(date: IsoDate, weekStart: WeekStart): IsoDate {
  return addDays(date, -((weekdayOf(date) - FIRST[weekStart] + 7) % 7));
}

/** Whether the name is a time zone of the IANA database that this computer knows. */
export function isZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

/**
 * Today and the time ("HH:MM") in `zone`, from a civil string meaning that zone ("2026-04-06T09:00:00") or an instant with
 * an offset or Z. Undefined for a string or zone that is not valid.
 */
export function nowIn(zone: string, text: string): { readonly today: IsoDate; readonly time: string } | undefined {
  if (!isZone(zone)) return undefined;
  const moment = DateTime.fromISO(text, { zone });
  const today = moment.isValid ? parseIsoDate(moment.toFormat("yyyy-MM-dd")) : undefined;
  return today === undefined ? undefined : { today, time: moment.toFormat("HH:mm") };
}

/** Minutes after midnight as a civil time of `date` in `zone`; undefined when a DST change skips that time. */
function momentAt(date: IsoDate, minutes: number, zone: string): DateTime | undefined {
  const day = addDays(date, Math.floor(minutes / 1440));
  const [hour, minute] = [Math.floor((minutes % 1440) / 60), minutes % 60];
  const moment = DateTime.fromObject({ ...civil(day), hour, minute }, { zone });
  return moment.isValid && moment.hour === hour && moment.minute === minute ? moment : undefined;
}

/**
 * Hours that pass on the clock from `start` to `end` (minutes after midnight of `date`; `end` may exceed 1440: past midnight) in
 * `zone`: a DST night is an hour shorter or longer. Undefined when one of the two times does not exist that day, or the zone does not.
 */
export function elapsedHours(date: IsoDate, start: number, end: number, zone: string): number | undefined {
  const [from, to] = [momentAt(date, start, zone), momentAt(date, end, zone)];
  return from && to ? to.diff(from).as("hours") : undefined;
}
