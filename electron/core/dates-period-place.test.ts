import { describe, expect, it } from "vitest";
import type { DateContext, DateMeaning } from "./date-meaning.ts";
import { edgeAt, nthWeekdayAt, periodAt } from "./dates-period.ts";
import { readAt, showDate } from "./fixture-place.ts";
import type { Found, Token } from "./tokens.ts";

/* Which words belong to a week, month, quarter or year and which do not, on Monday 6 April 2026; "|" is where it is looked for. */

type Recogniser = (tokens: readonly Token[], i: number, context: DateContext) => Found<DateMeaning> | undefined;
const on = (recognise: Recogniser, show = showDate) => (marked: string, setting: Partial<DateContext> = {}): string =>
  readAt((tokens, i) => recognise(tokens, i, { today: "2026-04-06", weekStart: "monday", dateOrder: "MDY", ...setting }), show, marked);
const [period, edge, nth] = [on(periodAt), on(edgeAt), on(nthWeekdayAt)];

describe("a period with a word in front", () => {
  it.each([
    ["last week x", "2026-03-30 to 2026-04-05, then x"], ["the last week", "2026-03-30 to 2026-04-05"], ["the week", "nothing"], ["x last week", "nothing"], ["the x week", "nothing"], ["my week x", "2026-04-06 to 2026-04-12, then x"], ["my month", "2026-04-01 to 2026-04-30"], ["my x", "nothing"], ["current month x", "2026-04-01 to 2026-04-30, then x"], ["current x", "nothing"], ["your week", "nothing"], ["past week", "2026-03-30 to 2026-04-05"], ["coming month", "2026-05-01 to 2026-05-31"],
    ["last weeks", "nothing"], ["last months", "nothing"], ["last days", "nothing"], ["this day", "nothing"], ["last day", "nothing"], ["last fortnight", "nothing"], ["this fortnight", "nothing"], ["last x", "nothing"], ["last", "nothing"], ["the last", "nothing"], ["last the week", "nothing"],
    ["last 3 days x", "2026-04-04 to 2026-04-06, then x"], ["last 2-4 days", "nothing"], ["this 3 days", "nothing"], ["next 3 days", "nothing"], ["coming 3 days", "nothing"], ["past 3 days", "2026-04-04 to 2026-04-06"], ["last 2 weeks", "2026-03-24 to 2026-04-06"], ["last two months x", "2026-02-07 to 2026-04-06, then x"], ["the last 1 day", "2026-04-06 to 2026-04-06"], ["last 3 things", "nothing"],
    ["this week so far x", "2026-04-06 to 2026-04-06, then x"], ["this month so far", "2026-04-01 to 2026-04-06"], ["last week so far x", "2026-03-30 to 2026-04-05, then x"], ["next week so far", "2026-04-13 to 2026-04-19, then so far"], ["this week so x", "2026-04-06 to 2026-04-12, then so x"], ["this week x far", "2026-04-06 to 2026-04-12, then x far"], ["this week far", "2026-04-06 to 2026-04-12, then far"], ["letzte woche", "2026-03-30 to 2026-04-05"], ["diesen monat x", "2026-04-01 to 2026-04-30, then x"],
  ])("%j: %s", (marked, reading) => {
    expect(period(marked)).toBe(reading);
  });
  it("so far reaches the day itself and no further", () => {
    expect(period("this week so far", { today: "2026-04-12" })).toBe("2026-04-06 to 2026-04-12");
    expect(period("this week so far", { today: "2026-04-06" })).toBe("2026-04-06 to 2026-04-06");
  });
  it("is told by the words that said it, days by their first and last", () => {
    const told = on(periodAt, (meaning) => (meaning.kind === "range" ? `${meaning.label}${meaning.named === true ? " by its days" : ""}` : ""));
    expect(["last week", "current month", "last 3 days", "last 1 days", "last 2 weeks", "last weekend", "this weekend", "next weekend", "in week 14", "in Q1", "in March", "from January to March"].map((text) => told(text))).toEqual([
      "last week", "current month", "last 3 days by its days", "last 1 days by its days", "last 2 weeks", "last weekend", "this weekend", "next weekend", "that week", "that quarter", "that month", "these months",
    ]);
  });
});

describe("a weekend", () => {
  it.each([
    ["last weekend x", "2026-04-04 to 2026-04-05, then x"], ["this weekend", "2026-04-11 to 2026-04-12"], ["next weekend x", "2026-04-18 to 2026-04-19, then x"], ["weekend", "2026-04-04 to 2026-04-05"], ["weekend x", "nothing"], ["weekend 2", "nothing"], ["weekend, x", "2026-04-04 to 2026-04-05, then , x"], ["the weekend x", "2026-04-04 to 2026-04-05, then x"], ["x weekend", "nothing"], ["the x weekend", "nothing"], ["weekends", "nothing"], ["letztes wochenende", "2026-04-04 to 2026-04-05"], ["das wochenende x", "2026-04-04 to 2026-04-05, then x"],
  ])("%j: %s", (marked, reading) => {
    expect(period(marked)).toBe(reading);
  });
  it.each<[DateContext["today"], string]>([["2026-04-10", "2026-04-04 to 2026-04-05"], ["2026-04-11", "2026-04-11 to 2026-04-12"], ["2026-04-12", "2026-04-11 to 2026-04-12"], ["2026-04-13", "2026-04-11 to 2026-04-12"]])("alone is the latest that has begun: on %s %s", (today, reading) => {
    expect(period("the weekend", { today })).toBe(reading);
  });
});

describe("a week by its number, a quarter, a month by its name", () => {
  it.each([
    ["in week 14 x", "2026-03-30 to 2026-04-05, then x"], ["during week 14", "2026-03-30 to 2026-04-05"], ["for week 14", "2026-03-30 to 2026-04-05"], ["of week 14", "2026-03-30 to 2026-04-05"], ["im kw 14", "2026-03-30 to 2026-04-05"], ["at week 14", "nothing"], ["week 14", "nothing"], ["KW14 x", "2026-03-30 to 2026-04-05, then x"], ["calendar week 14 x", "2026-03-30 to 2026-04-05, then x"], ["iso week 14", "2026-03-30 to 2026-04-05"], ["calendar 14", "nothing"], ["calendar day 14", "nothing"], ["x week 14", "nothing"], ["in day 14", "nothing"], ["in week 140", "nothing"], ["in week x", "nothing"], ["in week fourteen", "nothing"],
    ["in week 14 2025 x", "2025-03-31 to 2025-04-06, then x"], ["in week 14 1999", "2026-03-30 to 2026-04-05, then 1999"], ["in week 14 20250", "2026-03-30 to 2026-04-05, then 20250"], ["in week 14 12025", "2026-03-30 to 2026-04-05, then 12025"], ["in week 1", "2025-12-29 to 2026-01-04"], ["in week 0", "nothing"], ["in week 53", "2026-12-28 to 2027-01-03"], ["in week 53 2025", "nothing"], ["in week 54", "nothing"],
    ["in Q1 x", "2026-01-01 to 2026-03-31, then x"], ["during q1", "2026-01-01 to 2026-03-31"], ["for q4", "2025-10-01 to 2025-12-31"], ["q1", "nothing"], ["q1 x", "nothing"], ["q1 2025 x", "2025-01-01 to 2025-03-31, then x"], ["in q1 2025 x", "2025-01-01 to 2025-03-31, then x"], ["in q4 2027", "2027-10-01 to 2027-12-31"], ["in q12", "nothing"], ["in q21", "nothing"], ["in q5", "nothing"], ["in q0", "nothing"], ["in q 1", "nothing"], ["in qx", "nothing"], ["in q", "nothing"], ["in x1", "nothing"], ["in q1 20250", "2026-01-01 to 2026-03-31, then 20250"], ["in q1 12025", "2026-01-01 to 2026-03-31, then 12025"], ["q1 20250", "nothing"], ["q1 12025", "nothing"], ["q1 1999", "nothing"],
    ["in March x", "2026-03-01 to 2026-03-31, then x"], ["during March", "2026-03-01 to 2026-03-31"], ["for March", "2026-03-01 to 2026-03-31"], ["im März", "2026-03-01 to 2026-03-31"], ["of March", "nothing"], ["at March", "nothing"], ["March", "nothing"], ["in x", "nothing"], ["in March 5", "nothing"], ["in March 2025 x", "2025-03-01 to 2025-03-31, then x"], ["in March 1899", "nothing"], ["in March 1900", "1900-03-01 to 1900-03-31"], ["in March 2199", "2199-03-01 to 2199-03-31"], ["in March 2200", "nothing"], ["in March 20255", "nothing"],
    ["in March-x", "nothing"], ["in March - x", "2026-03-01 to 2026-03-31, then - x"], ["in March, x", "2026-03-01 to 2026-03-31, then , x"], ["in March.", "2026-03-01 to 2026-03-31, then ."], ["in March that", "2026-03-01 to 2026-03-31, then that"], ["in April", "2026-04-01 to 2026-04-30"], ["in May", "2025-05-01 to 2025-05-31"], ["in Feb 2028", "2028-02-01 to 2028-02-29"],
  ])("%j: %s", (marked, reading) => {
    expect(period(marked)).toBe(reading);
  });
  it("has begun on its first day", () => {
    expect(period("in Q2", { today: "2026-04-01" })).toBe("2026-04-01 to 2026-06-30");
    expect(period("in Q2", { today: "2026-03-31" })).toBe("2025-04-01 to 2025-06-30");
    expect(period("in April", { today: "2026-04-01" })).toBe("2026-04-01 to 2026-04-30");
  });
  it.each([
    ["from March to April x", "2026-03-01 to 2026-04-30, then x"], ["from January through March", "2026-01-01 to 2026-03-31"], ["from January until March", "2026-01-01 to 2026-03-31"], ["between January and March x", "2026-01-01 to 2026-03-31, then x"], ["between January to March", "2026-01-01 to 2026-03-31"], ["from January and March", "nothing"], ["between January or March", "nothing"], ["from January x March", "nothing"], ["from x to March", "nothing"], ["from January to x", "nothing"], ["from January", "nothing"], ["in January to March", "2026-01-01 to 2026-01-31, then to March"],
    ["from March to January", "nothing"], ["from March to March", "nothing"], ["from November to January", "2025-11-01 to 2026-01-31"], ["from January 2024 to March 2025", "2024-01-01 to 2025-03-31"], ["to January through March", "nothing"],
  ])("from one month to another: %j: %s", (marked, reading) => {
    expect(period(marked)).toBe(reading);
  });
});

describe("a weekday counted inside a month", () => {
  it.each([
    ["the last friday of march x", "2026-03-27, then x"], ["last friday of march", "2026-03-27"], ["first monday of march", "2026-03-02"], ["first sunday of march", "2026-03-01"], ["the second tuesday in march", "2026-03-10"], ["third wednesday of april 2026 x", "2026-04-15, then x"], ["fourth thursday of november 2025", "2025-11-27"], ["last tuesday of march", "2026-03-31"], ["the last friday of may", "2025-05-30"],
    ["the first monday of last month", "2026-03-02"], ["last friday of this month x", "2026-04-24, then x"], ["the first friday of the month x", "2026-04-03, then x"], ["first friday of current month", "2026-04-03"], ["first friday of next month", "2026-05-01"], ["first friday of month", "nothing"], ["first friday of a month", "nothing"], ["first friday of an month", "nothing"], ["first friday of one month", "nothing"], ["first friday of last week", "nothing"], ["first friday of the year", "nothing"], ["first friday of x", "nothing"],
    ["fifth friday of march", "nothing"], ["friday of march", "nothing"], ["the friday of march", "nothing"], ["first x of march", "nothing"], ["first friday at march", "nothing"], ["first friday march", "nothing"], ["first friday offer march", "nothing"], ["first friday begin march", "nothing"], ["x first friday of march", "nothing"], ["the x friday of march", "nothing"], ["first friday of march 5", "nothing"], ["first friday x of march", "nothing"],
  ])("%j: %s", (marked, reading) => {
    expect(nth(marked)).toBe(reading);
  });
  it("is explained", () => {
    expect(on(nthWeekdayAt, (meaning) => (meaning.kind === "date" ? (meaning.because ?? "") : ""))("first monday of march")).toBe("Counted inside that month.");
  });
});

describe("an edge of a period", () => {
  it.each([
    ["the first day of march x", "2026-03-01, then x"], ["last day of march x", "2026-03-31, then x"], ["first day of may", "2025-05-01"], ["last day of the quarter", "2026-06-30"], ["first day in march", "nothing"], ["first day march", "nothing"], ["second day of march", "nothing"], ["day of march", "nothing"], ["x day of march", "nothing"], ["first week of march", "nothing"], ["last week of march", "nothing"], ["first x of march", "nothing"], ["last of march", "nothing"],
    ["start of march x", "2026-03-01, then x"], ["start march", "nothing"], ["start-march", "nothing"], ["start in march", "nothing"], ["end of march", "2026-03-31"], ["end march", "nothing"], ["end-march", "nothing"], ["end-of-march", "nothing"], ["end of the march", "nothing"], ["mid march x", "ask 2026-03-13 2026-03-15, then x"], ["mid-march", "ask 2026-03-13 2026-03-15"], ["mid - march", "nothing"], ["middle-march", "ask 2026-03-13 2026-03-15"], ["middle march", "nothing"], ["middle - march", "nothing"], ["middle of march", "ask 2026-03-13 2026-03-15"], ["middle) march", "nothing"], ["midst march", "nothing"],
    ["end of the last month x", "2026-03-31, then x"], ["end of last month", "2026-03-31"], ["end of the month x", "2026-04-30, then x"], ["end of month x", "2026-04-30, then x"], ["end of current month", "2026-04-30"], ["end last month x", "2026-03-31, then x"], ["end month", "nothing"], ["end week", "nothing"], ["start week", "nothing"], ["start next week", "2026-04-13"], ["end of a month", "nothing"], ["end of one month", "nothing"], ["end of my x", "nothing"], ["end of last x", "nothing"], ["end of the", "nothing"], ["end of the x month", "nothing"], ["end of", "nothing"], ["the end", "nothing"], ["x end of month", "nothing"], ["the x end of month", "nothing"],
    ["end of day", "nothing"], ["end of the day", "nothing"], ["end of last day", "nothing"], ["end of fortnight", "nothing"], ["end of the fortnight", "nothing"], ["end of days", "nothing"], ["end of weeks", "nothing"], ["end of last months", "nothing"], ["end of last weeks", "nothing"],
    ["anfang der woche", "2026-04-06"], ["ende dieses monats x", "2026-04-30, then x"], ["ende dieses jahres", "2026-12-31"], ["ende letzten quartals", "2026-03-31"], ["anfang märz", "2026-03-01"], ["mitte april", "2026-04-15"], ["ende märz x", "2026-03-31, then x"], ["wende märz", "nothing"], ["endet märz", "nothing"], ["ende dieses tages", "nothing"],
    ["eom x", "2026-04-30, then x"], ["the eom", "2026-04-30"], ["eoy", "nothing"], ["middle of next week", "2026-04-15"], ["mid week", "2026-04-08"], ["middle of next month", "2026-05-15"], ["middle of this month", "2026-04-15"], ["middle of last month", "ask 2026-03-13 2026-03-15"], ["middle of the quarter", "ask 2026-05-01 2026-05-15"], ["middle of the year", "ask 2026-07-01 2026-06-15"],
  ])("%j: %s", (marked, reading) => {
    expect(edge(marked)).toBe(reading);
  });
  it.each<[string, DateContext["today"], string]>([
    ["end of month", "2026-05-10", "ask 2026-05-29 2026-05-31"], ["end of month", "2026-10-10", "ask 2026-10-30 2026-10-31"], ["end of month", "2026-07-10", "2026-07-31"], ["middle of this month", "2026-08-10", "ask 2026-08-14 2026-08-15"], ["middle of this month", "2026-05-01", "2026-05-15"],
  ])("a weekend is asked about, a Friday is not: %s on %s: %s", (text, today, reading) => {
    expect(edge(text, { today })).toBe(reading);
  });
});
