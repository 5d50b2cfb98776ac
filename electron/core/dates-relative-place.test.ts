import { describe, expect, it } from "vitest";
import { dateAt } from "./dates.ts";
import { dateHere, readAt } from "./fixture-place.ts";

/* Which words belong to a date said by its distance and which do not, on Monday 6 April 2026; "|" is where it is looked for. */

describe("a word for a day", () => {
  it.each([
    ["now", "2026-04-06"], ["now x", "nothing"], ["now 5", "2026-04-06, then 5"], ["now, x", "2026-04-06, then , x"], ["just |now x", "2026-04-06, then x"], ["right |now x", "2026-04-06, then x"], ["here |now x", "nothing"], ["now just", "nothing"], ["now right", "nothing"], ["today x", "2026-04-06, then x"], ["yesterday x", "2026-04-05, then x"], ["tomorrow", "2026-04-07"], ["vorgestern x", "2026-04-04, then x"], ["übermorgen", "2026-04-08"],
    ["this morning x", "2026-04-06, then x"], ["this evening", "2026-04-06"], ["this x", "nothing"], ["that morning", "nothing"], ["morning", "nothing"], ["last night x", "2026-04-05, then x"], ["last evening", "2026-04-05"], ["last morning", "nothing"], ["last afternoon", "nothing"], ["next night", "nothing"], ["one night", "nothing"], ["last day", "nothing"], ["next day", "nothing"],
    ["the day before yesterday x", "2026-04-04, then x"], ["day before yesterday", "2026-04-04"], ["the day after tomorrow x", "2026-04-08, then x"], ["day after tomorrow", "2026-04-08"], ["the day before tomorrow", "2026-04-06"], ["the day after yesterday", "2026-04-06"], ["the day since yesterday", "nothing"], ["the week before yesterday", "nothing"], ["a week before yesterday", "2026-03-29"], ["the day before x", "nothing"], ["the day before", "nothing"], ["x day before yesterday", "nothing"], ["the x before yesterday", "nothing"], ["day x yesterday", "nothing"],
    ["the day before friday x", "2026-04-02, then x"], ["the day after march 5", "2026-03-06"], ["day before the 3rd", "2026-04-02"], ["the day before the 8th", "nothing"],
  ])("%j: %s", (marked, reading) => {
    expect(dateHere(marked)).toBe(reading);
  });
  it.each([["last day x", "2026-04-05, then x"], ["next day", "2026-04-07"], ["first day", "nothing"], ["this day", "nothing"], ["last x", "nothing"], ["past day", "nothing"]])("that belongs to other things in a sentence is one where nothing else is said: %j: %s", (marked, reading) => {
    expect(dateHere(marked, { alone: true })).toBe(reading);
  });
});

describe("a count looking back", () => {
  it.each([
    ["3 days ago x", "2026-04-03, then x"], ["3 days back", "2026-04-03"], ["3 days earlier x", "2026-04-03, then x"], ["3 days", "nothing"], ["3 days x", "nothing"], ["3 x ago", "nothing"], ["days ago", "nothing"], ["a day ago", "2026-04-05"], ["two weeks ago", "2026-03-23"], ["a couple of days ago x", "2026-04-04, then x"], ["half |a week ago", "nothing"], ["x |a week ago", "2026-03-30"], ["-|3 days ago", "nothing"], ["- |3 days ago", "nothing"], ["v|3 days ago", "nothing"],
    ["a month ago", "2026-03-06"], ["a quarter ago", "2026-01-06"], ["a year ago", "2025-04-06"], ["a fortnight ago", "2026-03-23"], ["2 fortnights ago", "2026-03-09"], ["2 quarters ago", "2025-10-06"], ["2 years ago", "2024-04-06"],
    ["3660 days ago", "2016-03-29"], ["3661 days ago", "nothing"], ["520 weeks ago", "2016-04-18"], ["521 weeks ago", "nothing"], ["260 fortnights ago", "2016-04-18"], ["261 fortnights ago", "nothing"], ["120 months ago", "2016-04-06"], ["121 months ago", "nothing"], ["40 quarters ago", "2016-04-06"], ["41 quarters ago", "nothing"], ["10 years ago", "2016-04-06"], ["11 years ago", "nothing"],
    ["3d ago x", "2026-04-03, then x"], ["3d earlier", "2026-04-03"], ["2w ago x", "2026-03-23, then x"], ["3 d ago", "nothing"], ["3d x", "nothing"], ["3d", "nothing"], ["3h ago", "nothing"], ["3m ago", "nothing"], ["3x ago", "nothing"], ["3d back x", "2026-04-03, then x"],
    ["2-4 days ago x", "2026-04-02 to 2026-04-04, then x"], ["2 to 4 days ago", "2026-04-02 to 2026-04-04"], ["2 or 4 days ago", "2026-04-02 to 2026-04-04"], ["4-2 days ago", "2026-04-02 to 2026-04-04"], ["2 and 4 days ago", "nothing"], ["2-100 days ago", "2025-12-27 to 2026-04-04"], ["2-1000 days ago", "nothing"], ["2-x days ago", "nothing"], ["2-4 x ago", "nothing"], ["2-11 years ago", "nothing"], ["11-2 years ago", "nothing"],
    ["vor 3 Tagen x", "2026-04-03, then x"], ["vor einer Woche", "2026-03-30"], ["vor 2-4 Tagen", "nothing"], ["vor x Tagen", "nothing"], ["nach 3 Tagen", "nothing"],
  ])("%j: %s", (marked, reading) => {
    expect(dateHere(marked)).toBe(reading);
  });
  it("with two ends is told by its words", () => {
    expect(readAt((tokens, i) => dateAt(tokens, i, { today: "2026-04-06", weekStart: "monday", dateOrder: "MDY" }), (meaning) => (meaning.kind === "range" ? meaning.label : ""), "2-4 weeks ago")).toBe("2 to 4 weeks ago");
  });
});

describe("a count looking ahead or away from a day", () => {
  it.each([
    ["in 2 days x", "2026-04-08, then x"], ["in a week", "2026-04-13"], ["in two months", "2026-06-06"], ["in 2-4 days", "nothing"], ["in x days", "nothing"], ["in days", "nothing"], ["within 2 days", "nothing"], ["in an hour", "nothing"],
    ["3 days later x", "2026-04-09, then x"], ["3 days hence x", "2026-04-09, then x"], ["3 days from now x", "2026-04-09, then x"], ["3 days from today", "2026-04-09"], ["3 days from then", "nothing"], ["3 days from", "nothing"], ["3 days to now", "nothing"], ["3 days since now", "nothing"], ["3 days until friday", "nothing"], ["a week from now", "2026-04-13"],
    ["two days before friday x", "2026-04-01, then x"], ["two days after friday x", "2026-04-05, then x"], ["two days before x", "nothing"], ["2 days before the 8th", "nothing"], ["a week after march 5", "2026-03-12"], ["two days before yesterday", "2026-04-03"], ["3 days from monday x", "ask 2026-04-09 2026-04-16, then x"], ["3 days from x", "nothing"], ["2 days before 2 days ago", "2026-04-02"],
    ["2-4 days from now x", "ask 2026-04-08 2026-04-10, then x"], ["2-4 days from today", "ask 2026-04-08 2026-04-10"], ["2-4 days later x", "ask 2026-04-08 2026-04-10, then x"], ["2-4 days hence", "ask 2026-04-08 2026-04-10"], ["2 or 3 weeks from now", "ask 2026-04-20 2026-04-27"], ["2-4 days from nowhere", "nothing"], ["2-4 days", "nothing"], ["2-4 days x", "nothing"], ["2-4 days to now", "nothing"],
    // Both days lie on the side that was said.
    ["2-4 days before friday x", "ask 2026-04-01 2026-03-30, then x"], ["2-4 days after friday", "ask 2026-04-05 2026-04-07"], ["2-4 days before x", "nothing"], ["2-4 days from friday", "ask 2026-04-05 2026-04-07"],
  ])("%j: %s", (marked, reading) => {
    expect(dateHere(marked)).toBe(reading);
  });
  it("keeps the reason of the day it counts from", () => {
    const why = (text: string): string => readAt((tokens, i) => dateAt(tokens, i, { today: "2026-04-06", weekStart: "monday", dateOrder: "MDY" }), (meaning) => (meaning.kind === "date" ? (meaning.because ?? "none") : ""), text);
    expect(why("2 days before friday")).toBe(why("friday"));
    expect(why("2 days ago")).toBe("none");
  });
});
