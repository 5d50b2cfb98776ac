import type { IsoDate, WeekStart } from "./entry.ts";
import { addDays, civil, diffDays, startOfWeek, weekdayOf } from "./time.ts";

const SHORT_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const LONG_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const SHORT_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** "Sun 5 Apr"; with the year when it is not today's: "Wed 31 Dec 2025". */
export function describeDate(date: IsoDate, today: IsoDate): string {
  const { year, month, day } = civil(date);
  const short = `${SHORT_DAYS[weekdayOf(date) - 1]} ${day} ${SHORT_MONTHS[month - 1]}`;
  return year === civil(today).year ? short : `${short} ${year}`;
}

/** How far a date is from today, in words: "today", "yesterday", "tomorrow", "3 days ago", "in 2 days". */
export function distance(date: IsoDate, today: IsoDate): string {
  const days = diffDays(today, date);
  if (days === 0) return "today";
  if (days === -1) return "yesterday";
  if (days === 1) return "tomorrow";
  return days < 0 ? `${-days} days ago` : `in ${days} days`;
}

/** The weekday's full English name. */
export function weekdayName(date: IsoDate): string {
  return LONG_DAYS[weekdayOf(date) - 1] ?? "";
}

export interface CalendarRow {
  readonly date: IsoDate;
  readonly weekday: string;
  readonly distance: string;
}

/** Last, this and next week of `today`, 21 days in order, weeks beginning as the account says. */
export function calendarTable(today: IsoDate, weekStart: WeekStart): readonly CalendarRow[] {
  const first = addDays(startOfWeek(today, weekStart), -7);
  return Array.from({ length: 21 }, (_, i) => {
    const date = addDays(first, i);
    return { date, weekday: weekdayName(date), distance: distance(date, today) };
  });
}
