import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IsoDate } from "./entry.ts";
import { readPhrase } from "./phrase.ts";
import { addDays, parseIsoDate } from "./time.ts";

const clocks = new Map<string, Intl.DateTimeFormat>();
function clockOf(zone: string): Intl.DateTimeFormat {
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });
  clocks.set(zone, clock);
  return clock;
}

/** Wall clock minus UTC in milliseconds at an instant, by the platform's own time zone data. */
function offsetAt(instant: number, zone: string): number {
  const parts = clockOf(zone).formatToParts(instant);
  const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(value("year"), value("month") - 1, value("day"), value("hour"), value("minute"), value("second")) - instant;
}

/** All instants at which a clock in the zone shows that civil time: none in the hour that a change skips, two in the one it repeats. */
function instantsOf(date: IsoDate, minutes: number, zone: string): readonly number[] {
  const civil = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000;
  const offsets = new Set([-26, -2, 2, 26].map((hours) => offsetAt(civil + hours * 3_600_000, zone)));
  return [...offsets].map((offset) => civil - offset).filter((instant) => instant + offsetAt(instant, zone) === civil);
}

const CHANGES: readonly (readonly [string, string])[] = [
  ["America/New_York", "2026-03-08"], ["America/New_York", "2026-11-01"], ["Europe/Berlin", "2026-03-29"], ["Europe/Berlin", "2026-10-25"], ["Pacific/Auckland", "2026-04-05"], ["Pacific/Auckland", "2026-09-27"],
  ["Australia/Lord_Howe", "2026-04-05"], ["Australia/Lord_Howe", "2026-10-04"], ["Asia/Kolkata", "2026-03-29"], ["America/Sao_Paulo", "2018-11-04"], ["UTC", "2026-03-29"],
];
const quarter = fc.integer({ min: 0, max: 95 }).map((n) => n * 15);
/** Longer spans may be asked about: nobody works for most of a day and a night. */
const LONGEST = 14 * 60;
const written = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const half = (minutes: number): string => `${((Math.floor(minutes / 60) + 11) % 12) + 1}:${String(minutes % 60).padStart(2, "0")} ${minutes < 720 ? "am" : "pm"}`;

describe("a span between two times of day", () => {
  it("is as long as the clock of the zone really ran, on the nights of a change and around them", { timeout: 60_000 }, () => {
    fc.assert(fc.property(fc.constantFrom(...CHANGES), fc.integer({ min: -1, max: 1 }), quarter, quarter, fc.constantFrom(written, half), ([zone, change], near, start, finish, write) => {
      fc.pre(start !== finish && (finish - start + 1440) % 1440 <= LONGEST);
      // "10:00", "11:30" and "12:15" are on either clock; a zero in front or an hour past twelve says which.
      fc.pre(write === half || [start, finish].every((minutes) => minutes < 600 || minutes >= 780));
      const date = addDays(parseIsoDate(change) ?? "2026-01-01", near);
      const end = finish > start ? finish : finish + 1440;
      const [from, to] = [instantsOf(date, start, zone), instantsOf(date, end, zone)];
      const phrase = readPhrase(`from ${write(start)} to ${write(finish)}`, { today: date, time: "23:59", zone, weekStart: "monday", dateOrder: "MDY" });
      const lengths = from.flatMap((a) => to.map((b) => (b - a) / 3_600_000)).filter((hours) => hours > 0 && hours <= 24);
      const text = `${zone} ${date} ${write(start)}-${write(finish)}: ${JSON.stringify(phrase)} not ${JSON.stringify(lengths)}`;
      if (lengths.length === 0) expect(phrase, text).toMatchObject({ ask: "hours" });
      else expect(phrase !== undefined && "hours" in phrase && lengths.some((hours) => Math.abs(phrase.hours - hours) < 0.006), text).toBe(true);
    }), { numRuns: 800 });
  });

  it("without am and pm is the shortest one forward, under twelve hours, that starts in the daytime", { timeout: 60_000 }, () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (from, to) => {
      const phrase = readPhrase(`from ${from} to ${to}`, { today: "2026-04-06", time: "09:00", zone: "UTC", weekStart: "monday", dateOrder: "MDY" });
      const hours = (to - from + 12) % 12;
      if (hours === 0) expect(phrase).toMatchObject({ ask: "hours" });
      else expect(phrase).toEqual({ hours });
    }));
  });

  it("is shorter by a break that is taken off, whatever the unit", { timeout: 60_000 }, () => {
    fc.assert(fc.property(fc.integer({ min: 7, max: 11 }), fc.integer({ min: 13, max: 20 }), fc.constantFrom<readonly [string, number]>(["30 min", 0.5], ["an hour", 1], ["1.5h", 1.5], ["45m", 0.75]), (from, to, [words, less]) => {
      const phrase = readPhrase(`from ${from}:00 to ${to}:00 minus ${words} for lunch`, { today: "2026-04-06", time: "23:00", zone: "UTC", weekStart: "monday", dateOrder: "MDY" });
      expect(phrase).toEqual({ hours: to - from - less });
    }));
  });
});
