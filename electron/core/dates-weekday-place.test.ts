import { describe, expect, it } from "vitest";
import type { DateContext } from "./date-meaning.ts";
import { weekdayAt } from "./dates-weekday.ts";
import { readAt, showDate } from "./fixture-place.ts";

/* Which words belong to a weekday and which do not, on Monday 6 April 2026; "|" is where it is looked for. What each lead means is in weekday-grid.test.ts. */

const here = (marked: string, setting: Partial<DateContext> = {}): string => {
  const context: DateContext = { today: "2026-04-06", weekStart: "monday", dateOrder: "MDY", ...setting };
  return readAt((tokens, i) => weekdayAt(tokens, i, context), showDate, marked);
};

describe("the words in front of a weekday", () => {
  it.each([
    ["friday x", "2026-04-03, then x"], ["last friday x", "2026-04-03, then x"], ["the last friday x", "2026-04-03, then x"], ["the past friday", "2026-04-03"], ["the next monday x", "2026-04-13, then x"], ["the coming friday", "2026-04-10"], ["the friday", "nothing"], ["the this friday", "nothing"], ["this friday x", "2026-04-10, then x"], ["this past friday x", "2026-04-03, then x"], ["this coming friday x", "2026-04-10, then x"], ["this last friday", "nothing"], ["this next friday", "nothing"], ["last past friday", "nothing"], ["next coming friday", "nothing"], ["last x friday", "nothing"], ["x friday", "nothing"], ["the x friday", "nothing"], ["last", "nothing"], ["5", "nothing"], ["", "nothing"],
    ["den letzten freitag", "2026-04-03"], ["letzten freitag x", "2026-04-03, then x"], ["am freitag", "nothing"], ["kommenden freitag", "2026-04-10"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
  it("are explained, today by itself", () => {
    const why = (marked: string): string => readAt((tokens, i) => weekdayAt(tokens, i, { today: "2026-04-06", weekStart: "monday", dateOrder: "MDY" }), (meaning) => (meaning.kind === "date" ? (meaning.because ?? "") : ""), marked);
    expect(why("monday")).toMatch(/^Monday is today/);
    expect(why("friday")).toMatch(/^Friday is the Friday just gone/);
    expect(why("friday last week")).toMatch(/calendar week that starts on a Monday/);
  });
  it("look for the coming one and the nearest one where the user wants that", () => {
    const rules = { this: "week", last: "strict+ask", next: "strict+ask", clocks: "elapsed", future: "confirm" } as const;
    expect([here("tuesday", { rules: { ...rules, bare: "future" } }), here("monday", { rules: { ...rules, bare: "future" } }), here("sunday", { rules: { ...rules, bare: "future" } })]).toEqual(["2026-04-07", "2026-04-06", "2026-04-12"]);
    expect([here("tuesday", { rules: { ...rules, bare: "nearest" } }), here("thursday", { rules: { ...rules, bare: "nearest" } }), here("friday", { rules: { ...rules, bare: "nearest" } })]).toEqual(["2026-04-07", "2026-04-09", "2026-04-03"]);
    expect([here("monday", { rules: { ...rules, bare: "this-week" } }), here("friday", { rules: { ...rules, bare: "this-week" } })]).toEqual(["2026-04-06", "2026-04-10"]);
  });
});

describe("a weekday of a week", () => {
  it.each([
    ["last week friday x", "2026-04-03, then x"], ["the last week friday", "2026-04-03"], ["last week's friday x", "2026-04-03, then x"], ["last week on friday", "2026-04-03"], ["last week x friday", "nothing"], ["last week x", "nothing"], ["last week", "nothing"], ["last month friday", "nothing"], ["in last week friday", "2026-04-03"], ["next week monday", "2026-04-13"], ["this week friday", "2026-04-10"], ["past week friday", "2026-04-03"], ["coming week friday", "2026-04-17"], ["last week fri. x", "2026-04-03, then x"],
    ["friday last week x", "2026-04-03, then x"], ["friday of last week x", "2026-04-03, then x"], ["friday in next week", "2026-04-17"], ["friday the last week x", "2026-04-03, then x"], ["friday past week", "2026-04-03"], ["friday coming week", "2026-04-17"], ["friday this week", "2026-04-10"], ["friday of last month", "2026-04-03, then of last month"], ["friday last x", "2026-04-03, then last x"], ["friday the week", "2026-04-03, then the week"], ["friday of week", "2026-04-03, then of week"],
    ["friday week 14 x", "2026-04-03, then x"], ["friday of week 15 x", "2026-04-10, then x"], ["friday in kw15", "2026-04-10"], ["monday calendar week 15 2025", "2025-04-07"], ["friday week x", "ask 2026-04-03 2026-04-17, then x"], ["friday week", "ask 2026-04-03 2026-04-17"], ["friday month", "2026-04-03, then month"], ["friday week 140", "ask 2026-04-03 2026-04-17, then 140"], ["friday day 14", "2026-04-03, then day 14"],
    ["fridays x", "ask 2026-04-03 2026-03-27, then x"], ["mondays", "ask 2026-04-06 2026-03-30"], ["montags x", "2026-04-06, then x"], ["friday before last x", "2026-03-27, then x"], ["friday before x", "2026-04-03, then before x"], ["friday after last", "2026-04-03, then after last"], ["friday before", "2026-04-03, then before"], ["monday before last", "2026-03-23"],
    ["two fridays ago x", "2026-03-27, then x"], ["a friday ago", "2026-04-03"], ["1 friday ago", "2026-04-03"], ["0 fridays ago", "nothing"], ["52 fridays ago", "2025-04-11"], ["53 fridays ago", "nothing"], ["two fridays x", "nothing"], ["two x ago", "nothing"], ["two mondays ago", "2026-03-23"], ["two fridays back", "2026-03-27"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
});

describe("a weekday with the day of its month", () => {
  it.each([
    ["friday the 6th x", "2026-03-06, then x"], ["friday, the 6th x", "2026-03-06, then x"], ["friday on the 6th x", "2026-03-06, then x"], ["friday 6th", "2026-03-06"], ["friday, 6th x", "2026-03-06, then x"], ["fri. 6th", "2026-03-06"], ["friday, x", "2026-04-03, then , x"], ["friday, the x", "2026-04-03, then , the x"], ["friday the x", "2026-04-03, then the x"], ["friday on x", "2026-04-03, then on x"], ["friday on the x", "2026-04-03, then on the x"], ["friday on 6th", "2026-04-03, then on 6th"], ["friday at the 6th", "2026-04-03, then at the 6th"], ["friday the sixth", "2026-04-03, then the sixth"], ["friday the 6", "2026-04-03, then the 6"], ["friday 6", "2026-04-03, then 6"], ["friday x the 6th", "2026-04-03, then x the 6th"], ["friday, on 6th", "2026-04-03, then , on 6th"],
    ["monday the 6th", "2026-04-06"], ["friday the 32nd", "ask"], ["friday the 0th", "ask"], ["friday the 99th", "ask"], ["monday the 31st", "ask 2026-04-06 2025-03-31 2026-08-31"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
  it("is asked about when it lies more than a hundred days away", () => {
    expect(here("monday the 31st", { today: "2026-05-23" })).toBe("2026-08-31");
    expect(here("monday the 31st", { today: "2026-05-22" })).toBe("ask 2026-05-18 2025-03-31 2026-08-31");
    expect(here("thursday the 31st", { today: "2000-03-01" })).toBe("ask 2000-02-24 2000-08-31");
  });
  it("goes back when it is as near on both sides", () => {
    // 1 February and 1 March 2027 are both Mondays, a fortnight away on either side.
    expect(here("monday the 1st", { today: "2027-02-15" })).toBe("2027-02-01");
    expect(here("monday the 1st", { today: "2027-02-16" })).toBe("2027-03-01");
  });
});

describe("what only looks like a weekday", () => {
  it.each(["i", "we", "you", "they", "he", "she", "and"])("%s sat is a verb", (who) => {
    expect(here(`${who} |sat with x`)).toBe("nothing");
    expect(here(`${who} |sat.`)).toBe("2026-04-04, then .");
    expect(here(`${who} |sat 5`)).toBe("2026-04-04, then 5");
    expect(here(`${who} |saturday with x`)).toBe("2026-04-04, then with x");
  });
  it.each([
    ["sat with x", "2026-04-04, then with x"], ["taxi |sat with x", "2026-04-04, then with x"], ["island |sat with x", "2026-04-04, then with x"], ["on |sat with x", "2026-04-04, then with x"], ["sat i x", "2026-04-04, then i x"],
    ["monday.com", "nothing"], ["monday.com x", "nothing"], ["monday@x", "nothing"], ["monday/x", "nothing"], ["monday_x", "nothing"], ["monday-x", "2026-04-06, then -x"], ["monday. com", "2026-04-06, then com"], ["monday .com", "2026-04-06, then .com"], ["monday.5", "2026-04-06, then 5"], ["monday/", "2026-04-06, then /"], ["monday/ x", "2026-04-06, then / x"], ["monday..x", "2026-04-06, then ..x"], ["monday x.y", "2026-04-06, then x.y"], ["last monday.com", "nothing"],
    ["mon. x", "2026-04-06, then x"], ["mon. 5", "2026-04-06, then 5"], ["mon.", "2026-04-06, then ."], ["mon .", "2026-04-06, then ."], ["mon . x", "2026-04-06, then . x"], ["mon., x", "2026-04-06, then , x"], ["mon.)", "2026-04-06, then .)"], ["mon) x", "2026-04-06, then ) x"], ["mon.; x", "2026-04-06, then .; x"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
});
