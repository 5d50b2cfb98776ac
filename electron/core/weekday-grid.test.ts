import { describe, expect, it } from "vitest";
import type { IsoDate, WeekStart } from "./entry.ts";
import { readPhrase, type Phrase } from "./phrase.ts";

/*
 * The weekday rules of the convention as tables: typed on each day from Monday 6 to Sunday 12 April 2026 (down), for Monday to Sunday (across). "04-06" is that day,
 * "ask 04-06 03-30" a question with the marked default first. Written from the convention and a calendar, not from the code; when a cell and the code differ, the code is wrong.
 */
type Grid = readonly (readonly string[])[];

const TODAYS: readonly IsoDate[] = ["2026-04-06", "2026-04-07", "2026-04-08", "2026-04-09", "2026-04-10", "2026-04-11", "2026-04-12"];
const NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const STARTS: readonly WeekStart[] = ["monday", "sunday", "saturday"];

/** Bare: the latest one on or before today; today counts. */
const BARE: Grid = [
  ["04-06", "03-31", "04-01", "04-02", "04-03", "04-04", "04-05"],
  ["04-06", "04-07", "04-01", "04-02", "04-03", "04-04", "04-05"],
  ["04-06", "04-07", "04-08", "04-02", "04-03", "04-04", "04-05"],
  ["04-06", "04-07", "04-08", "04-09", "04-03", "04-04", "04-05"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-04", "04-05"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "04-05"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "04-12"],
];

/** "past", "this past": the latest one before today. */
const PAST: Grid = [
  ["03-30", "03-31", "04-01", "04-02", "04-03", "04-04", "04-05"],
  ["04-06", "03-31", "04-01", "04-02", "04-03", "04-04", "04-05"],
  ["04-06", "04-07", "04-01", "04-02", "04-03", "04-04", "04-05"],
  ["04-06", "04-07", "04-08", "04-02", "04-03", "04-04", "04-05"],
  ["04-06", "04-07", "04-08", "04-09", "04-03", "04-04", "04-05"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-04", "04-05"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "04-05"],
];

/** "coming", "upcoming": the first one after today. */
const COMING: Grid = [
  ["04-13", "04-07", "04-08", "04-09", "04-10", "04-11", "04-12"],
  ["04-13", "04-14", "04-08", "04-09", "04-10", "04-11", "04-12"],
  ["04-13", "04-14", "04-15", "04-09", "04-10", "04-11", "04-12"],
  ["04-13", "04-14", "04-15", "04-16", "04-10", "04-11", "04-12"],
  ["04-13", "04-14", "04-15", "04-16", "04-17", "04-11", "04-12"],
  ["04-13", "04-14", "04-15", "04-16", "04-17", "04-18", "04-12"],
  ["04-13", "04-14", "04-15", "04-16", "04-17", "04-18", "04-19"],
];

/** "last": the latest one before today; a question where the previous week from Monday to Sunday gives another day, 21 of 49 times. */
const LAST: Grid = [
  ["03-30", "03-31", "04-01", "04-02", "04-03", "04-04", "04-05"],
  ["ask 04-06 03-30", "03-31", "04-01", "04-02", "04-03", "04-04", "04-05"],
  ["ask 04-06 03-30", "ask 04-07 03-31", "04-01", "04-02", "04-03", "04-04", "04-05"],
  ["ask 04-06 03-30", "ask 04-07 03-31", "ask 04-08 04-01", "04-02", "04-03", "04-04", "04-05"],
  ["ask 04-06 03-30", "ask 04-07 03-31", "ask 04-08 04-01", "ask 04-09 04-02", "04-03", "04-04", "04-05"],
  ["ask 04-06 03-30", "ask 04-07 03-31", "ask 04-08 04-01", "ask 04-09 04-02", "ask 04-10 04-03", "04-04", "04-05"],
  ["ask 04-06 03-30", "ask 04-07 03-31", "ask 04-08 04-01", "ask 04-09 04-02", "ask 04-10 04-03", "ask 04-11 04-04", "04-05"],
];

/** "next": the first one after today; a question where the next week from Monday to Sunday gives another day. Never one for Monday. */
const NEXT: Grid = [
  ["04-13", "ask 04-07 04-14", "ask 04-08 04-15", "ask 04-09 04-16", "ask 04-10 04-17", "ask 04-11 04-18", "ask 04-12 04-19"],
  ["04-13", "04-14", "ask 04-08 04-15", "ask 04-09 04-16", "ask 04-10 04-17", "ask 04-11 04-18", "ask 04-12 04-19"],
  ["04-13", "04-14", "04-15", "ask 04-09 04-16", "ask 04-10 04-17", "ask 04-11 04-18", "ask 04-12 04-19"],
  ["04-13", "04-14", "04-15", "04-16", "ask 04-10 04-17", "ask 04-11 04-18", "ask 04-12 04-19"],
  ["04-13", "04-14", "04-15", "04-16", "04-17", "ask 04-11 04-18", "ask 04-12 04-19"],
  ["04-13", "04-14", "04-15", "04-16", "04-17", "04-18", "ask 04-12 04-19"],
  ["04-13", "04-14", "04-15", "04-16", "04-17", "04-18", "04-19"],
];

/** "this", weeks from Monday: the day of the week that holds today; a question where weeks from Sunday give another day. */
const THIS_FROM_MONDAY: Grid = [
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "ask 04-12 04-05"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "ask 04-12 04-05"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "ask 04-12 04-05"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "ask 04-12 04-05"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "ask 04-12 04-05"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "ask 04-12 04-05"],
  ["ask 04-06 04-13", "ask 04-07 04-14", "ask 04-08 04-15", "ask 04-09 04-16", "ask 04-10 04-17", "ask 04-11 04-18", "04-12"],
];

/** The same for weeks that start on Sunday. */
const THIS_FROM_SUNDAY: Grid = [
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "ask 04-05 04-12"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "ask 04-05 04-12"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "ask 04-05 04-12"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "ask 04-05 04-12"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "ask 04-05 04-12"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "04-11", "ask 04-05 04-12"],
  ["ask 04-13 04-06", "ask 04-14 04-07", "ask 04-15 04-08", "ask 04-16 04-09", "ask 04-17 04-10", "ask 04-18 04-11", "04-12"],
];

/** The same for weeks that start on Saturday. */
const THIS_FROM_SATURDAY: Grid = [
  ["04-06", "04-07", "04-08", "04-09", "04-10", "ask 04-04 04-11", "ask 04-05 04-12"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "ask 04-04 04-11", "ask 04-05 04-12"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "ask 04-04 04-11", "ask 04-05 04-12"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "ask 04-04 04-11", "ask 04-05 04-12"],
  ["04-06", "04-07", "04-08", "04-09", "04-10", "ask 04-04 04-11", "ask 04-05 04-12"],
  ["ask 04-13 04-06", "ask 04-14 04-07", "ask 04-15 04-08", "ask 04-16 04-09", "ask 04-17 04-10", "04-11", "ask 04-12 04-05"],
  ["ask 04-13 04-06", "ask 04-14 04-07", "ask 04-15 04-08", "ask 04-16 04-09", "ask 04-17 04-10", "ask 04-11 04-18", "04-12"],
];

function show(phrase: Phrase | undefined): string {
  if (phrase && "date" in phrase && phrase.date !== undefined) return phrase.date.slice(5);
  if (phrase && "ask" in phrase && phrase.ask === "date") return `ask ${phrase.options.map((option) => option.slice(5)).join(" ")}`;
  return JSON.stringify(phrase) ?? "nothing";
}

const rowOf = (lead: string, today: IsoDate, weekStart: WeekStart): readonly string[] => NAMES.map((name) => show(readPhrase(`${lead}${name}`, { today, time: "09:00", zone: "UTC", weekStart, dateOrder: "MDY" })));

describe.each<[string, Grid]>([["", BARE], ["on ", BARE], ["past ", PAST], ["this past ", PAST], ["coming ", COMING], ["upcoming ", COMING], ["this coming ", COMING], ["last ", LAST], ["next ", NEXT]])("%j and a weekday", (lead, grid) => {
  it.each(TODAYS.map((today, n) => [NAMES[n], today] as const))("typed on %s %s is the same day whatever day a week starts on", (_, today) => {
    for (const weekStart of STARTS) expect(rowOf(lead, today, weekStart), weekStart).toEqual(grid[TODAYS.indexOf(today)]);
  });
});

describe.each<[WeekStart, Grid]>([["monday", THIS_FROM_MONDAY], ["sunday", THIS_FROM_SUNDAY], ["saturday", THIS_FROM_SATURDAY]])("\"this\" and a weekday in weeks that start on %s", (weekStart, grid) => {
  it.each(TODAYS.map((today, n) => [NAMES[n], today] as const))("typed on %s %s is the day of that week", (_, today) => {
    expect(rowOf("this ", today, weekStart)).toEqual(grid[TODAYS.indexOf(today)]);
  });
});

describe("the tables themselves", () => {
  const asked = (grid: Grid): number => grid.flat().filter((cell) => cell.startsWith("ask")).length;
  it("ask as often as the convention says: 21 of 49 cells for last, never for a next Monday, never for past and coming", () => {
    expect(asked(LAST)).toBe(21);
    expect(NEXT.every((row) => row[0]?.startsWith("ask") === false)).toBe(true);
    expect([asked(BARE), asked(PAST), asked(COMING)]).toEqual([0, 0, 0]);
  });
});
