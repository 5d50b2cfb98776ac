import { words } from "../design/words.ts";

/** A day to pick: its ISO date for the pin and its words. */
export interface DayChoice {
  readonly iso: string;
  readonly label: string;
}

const pad = (value: number): string => String(value).padStart(2, "0");

/** The civil date on this computer's calendar, `YYYY-MM-DD`; never by way of UTC, which is another day in the evening. */
export function isoOf(day: Date): string {
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
}

/** Today and the six days before it, newest first. */
export function recentDays(now: Date): readonly DayChoice[] {
  const format = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric" });
  return Array.from({ length: 7 }, (_, back) => {
    const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - back);
    const label = back === 0 ? words.today : back === 1 ? words.yesterday : format.format(day);
    return { iso: isoOf(day), label };
  });
}
