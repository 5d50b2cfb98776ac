import { describe, expect, it } from "vitest";
import type { DateOrder, IsoDate, WeekStart } from "./entry.ts";
import { readPhrase, type Phrase } from "./phrase.ts";

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const said = (text: string, today: IsoDate = "2026-04-06", weekStart: WeekStart = "monday", dateOrder: DateOrder = "MDY"): string => show(readPhrase(text, { today, zone: "UTC", weekStart, dateOrder }));

function show(phrase: Phrase | undefined): string {
  if (!phrase) return "nothing";
  if ("ask" in phrase) return `ask ${phrase.options.join(" ")}`.trim();
  if ("range" in phrase) return `${phrase.range.start} to ${phrase.range.end}`;
  if ("hours" in phrase) return `${phrase.hours} h${phrase.date ? ` ${phrase.date}` : ""}`;
  return phrase.date;
}

// Written by hand from a calendar of April 2026, not computed.
const GRIDS: Record<string, readonly string[]> = {
  "": ["2026-04-06", "2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03", "2026-04-04", "2026-04-05"],
  "this ": ["2026-04-06", "2026-04-07", "2026-04-08", "2026-04-09", "2026-04-10", "2026-04-11", "ask 2026-04-12 2026-04-05"],
  "last ": ["2026-03-30", "2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03", "2026-04-04", "2026-04-05"],
  "next ": ["2026-04-13", "ask 2026-04-07 2026-04-14", "ask 2026-04-08 2026-04-15", "ask 2026-04-09 2026-04-16", "ask 2026-04-10 2026-04-17", "ask 2026-04-11 2026-04-18", "ask 2026-04-12 2026-04-19"],
  "this past ": ["2026-03-30", "2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03", "2026-04-04", "2026-04-05"],
  "coming ": ["2026-04-13", "2026-04-07", "2026-04-08", "2026-04-09", "2026-04-10", "2026-04-11", "2026-04-12"],
};
// The same on Wednesday 8 April: days already gone this week make "last" ambiguous.
const MIDWEEK: Record<string, readonly string[]> = {
  "": ["2026-04-06", "2026-04-07", "2026-04-08", "2026-04-02", "2026-04-03", "2026-04-04", "2026-04-05"],
  "last ": ["ask 2026-04-06 2026-03-30", "ask 2026-04-07 2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03", "2026-04-04", "2026-04-05"],
  "next ": ["2026-04-13", "2026-04-14", "2026-04-15", "ask 2026-04-09 2026-04-16", "ask 2026-04-10 2026-04-17", "ask 2026-04-11 2026-04-18", "ask 2026-04-12 2026-04-19"],
};

describe.each([["Monday 6 April", "2026-04-06", GRIDS], ["Wednesday 8 April", "2026-04-08", MIDWEEK]] as const)("a weekday typed on %s", (_, today, grids) => {
  const rows = Object.entries(grids).flatMap(([lead, row]) => row.map((expected, n) => [`${lead}${DAYS[n]}`, expected] as const));
  it.each(rows)("reads %s as %s", (text, expected) => {
    expect(said(text, today)).toBe(expected);
  });
});

describe("weeks and weekdays", () => {
  it("keeps next Monday on a Sunday tomorrow, whatever the week start", () => {
    for (const start of ["monday", "sunday", "saturday"] as const) expect(said("next Monday", "2026-04-05", start)).toBe("2026-04-06");
  });
  it("asks which Friday is this Friday on a Sunday", () => {
    expect(said("this Friday", "2026-04-05")).toBe("ask 2026-04-03 2026-04-10");
  });
  it.each([
    ["Friday last week", "2026-04-03"], ["Monday of next week", "2026-04-13"], ["last week Friday", "2026-04-03"], ["last week", "2026-03-30 to 2026-04-05"], ["this week", "2026-04-06 to 2026-04-12"],
    ["Mon-Fri", "2026-03-30 to 2026-04-03"], ["Monday to Wednesday", "2026-03-30 to 2026-04-01"], ["last month", "2026-03-01 to 2026-03-31"], ["the last 7 days", "2026-03-31 to 2026-04-06"],
  ])("reads %s as %s", (text, expected) => {
    expect(said(text)).toBe(expected);
  });
  it("takes the week from the account's week start", () => {
    expect(said("last week", "2026-04-06", "sunday")).toBe("2026-03-29 to 2026-04-04");
    expect(said("Sunday last week", "2026-04-06", "sunday")).toBe("2026-03-29");
  });
});

describe("calendar dates", () => {
  it.each([
    ["today", "2026-04-06"], ["yesterday", "2026-04-05"], ["the day before yesterday", "2026-04-04"], ["3 days ago", "2026-04-03"], ["two weeks ago", "2026-03-23"], ["a fortnight ago", "2026-03-23"], ["in 2 days", "2026-04-08"], ["a week from now", "2026-04-13"],
    ["two days before yesterday", "2026-04-03"], ["the day before Friday", "2026-04-02"], ["2-4 days ago", "2026-04-02 to 2026-04-04"], ["this morning", "2026-04-06"], ["last night", "2026-04-05"], ["yesterday afternoon", "2026-04-05"],
    ["March 5", "2026-03-05"], ["5 March", "2026-03-05"], ["the 5th of March", "2026-03-05"], ["March the 5th, 2025", "2025-03-05"], ["Dec 25", "2025-12-25"], ["may thirty first", "2026-05-31"], ["3/5", "2026-03-05"], ["2026-04-03", "2026-04-03"],
    ["4/3/26", "2026-04-03"], ["3.4.2026", "2026-03-04"], ["the 3rd", "2026-04-03"], ["the 20th", "2026-03-20"], ["friday the 6th", "2026-03-06"], ["Thu Apr 2", "2026-04-02"], ["March 3-5", "2026-03-03 to 2026-03-05"], ["June 1st-11th 1999", "1999-06-01 to 1999-06-11"],
    ["end of last month", "2026-03-31"], ["beginning of the month", "2026-04-01"], ["in March", "2026-03-01 to 2026-03-31"],
  ])("reads %s as %s", (text, expected) => {
    expect(said(text)).toBe(expected);
  });
  it("takes day and month in the account's order, and swaps them only when one order is impossible", () => {
    expect(said("3/4", "2026-04-06", "monday", "DMY")).toBe("2026-04-03");
    expect(said("13/3", "2026-04-06", "monday", "MDY")).toBe("2026-03-13");
  });
  it.each([
    ["feb 30", "ask 2026-02-28 2026-03-01"], ["31 June", "ask 2026-06-30 2026-07-01"], ["29 Feb 2026", "ask 2026-02-28 2026-03-01"], ["32 July", "ask 2026-07-31 2026-08-01"], ["Monday 2026-04-07", "ask 2026-04-07 2026-04-06 2026-04-13"],
    ["the 8th", "ask 2026-03-08 2026-04-08"], ["end of next month", "ask 2026-05-29 2026-05-31"],
  ])("asks about %s", (text, expected) => {
    expect(said(text)).toBe(expected);
  });
  it("asks about the 31st when a month without one was skipped", () => {
    expect(said("the 31st", "2026-05-05")).toBe("ask 2026-03-31 2026-05-31");
  });
  it.each(["phase 2", "24/7", "at 10", "may I", "march on", "version 2.0", "half a week ago", "second class", "last time", "in -3 days", "2 of 3", "foo of next week"])("finds no date or length in %s", (text) => {
    expect(said(text)).toBe("nothing");
  });
});

describe("lengths", () => {
  it.each([
    ["2h", 2], ["1.5h", 1.5], ["1,5h", 1.5], ["90m", 1.5], ["90 min", 1.5], ["1:30", 1.5], ["1h30", 1.5], ["1h 30m", 1.5], ["1 hour thirty", 1.5], ["half an hour", 0.5], ["quarter of an hour", 0.25], ["three quarters of an hour", 0.75],
    ["an hour and a half", 1.5], ["two and a half hours", 2.5], ["2½h", 2.5], ["1/2 hour", 0.5], [".5h", 0.5], ["0.25h", 0.25], ["2 hours and 20 minutes", 2.33], [".5h+15m", 0.75], ["2", 2], ["two hours", 2], ["an hour", 1], ["1:30h", 1.5],
    ["9-5", 8], ["11-1", 2], ["9-11:30", 2.5], ["from 2pm to 4", 2], ["9am-5pm", 8], ["noon to 2pm", 2], ["between 10 and 2", 4], ["13:00-14:30", 1.5], ["22:00-2:00", 4], ["10-12pm", 2], ["9:15 to 10", 0.75],
  ])("reads %s as %s h", (text, hours) => {
    expect(said(text)).toBe(`${hours} h`);
  });
  it.each([["90", "ask 1.5"], ["0h", "ask"], ["-2h", "ask"], ["25h", "ask"], ["half day", "ask 4"], ["all day", "ask 8"], ["2 days", "ask 16"], ["a few hours", "ask"], ["9-9", "ask"]])("asks about %s", (text, expected) => {
    expect(said(text)).toBe(expected);
  });
  it.each([["2h yesterday", "2 h 2026-04-05"], ["9 to 5 monday", "8 h 2026-04-06"], ["june 4 at 2pm - 9pm", "7 h 2026-06-04"], ["monday 4:00", "2026-04-06"]])("reads %s as %s", (text, expected) => {
    expect(said(text)).toBe(expected);
  });
  it("measures a night in which the clocks change", () => {
    const facts = { today: "2026-04-06", zone: "America/New_York", weekStart: "monday", dateOrder: "MDY" } as const;
    expect(show(readPhrase("2026-03-08 from 1am to 4am", facts))).toBe("2 h 2026-03-08");
    expect(show(readPhrase("2026-03-08 from 2:30am to 4am", facts))).toBe("ask");
  });
});
