import { describe, expect, it } from "vitest";
import type { DateContext } from "./date-meaning.ts";
import { calendarDateAt } from "./dates-calendar.ts";
import { readAt, showDate } from "./fixture-place.ts";

/* Which words belong to a calendar date and which do not, on Monday 6 April 2026; "|" is where it is looked for. Beside each form stand its near misses. */

const here = (marked: string, setting: Partial<DateContext> = {}): string => {
  const context: DateContext = { today: "2026-04-06", weekStart: "monday", dateOrder: "MDY", ...setting };
  return readAt((tokens, i) => calendarDateAt(tokens, i, context), showDate, marked);
};

describe("a month and its day", () => {
  it.each([
    ["March 5 acme", "2026-03-05, then acme"], ["March 5h", "nothing"], ["March 5 h", "nothing"], ["March 5 hours", "nothing"], ["March 5 min", "nothing"], ["March 5th hours", "2026-03-05, then hours"], ["March 5:30", "nothing"], ["March 5 :30", "2026-03-05, then :30"], ["March 5.5", "nothing"], ["March 5 .5", "2026-03-05, then .5"], ["March 5. x", "2026-03-05, then . x"], ["March 5.x", "2026-03-05, then .x"], ["March 5. 6", "2026-03-05, then . 6"],
    ["March 5x", "nothing"], ["March 5)", "2026-03-05, then )"], ["March 5-x", "2026-03-05, then -x"], ["March 105", "nothing"], ["March x", "nothing"], ["March", "nothing"], ["March-5", "2026-03-05"], ["March - 5", "2026-03-05"], ["March/5", "nothing"], ["March the 5", "2026-03-05"], ["March the x", "nothing"], ["March of 5", "nothing"], ["Mar. 5", "2026-03-05"], ["Mar, 5 x", "2026-03-05, then x"], ["Mar; 5", "nothing"], ["x 5", "nothing"],
    ["March fifth x", "2026-03-05, then x"], ["March twenty-first x", "2026-03-21, then x"], ["March five", "nothing"], ["March 5 hx", "2026-03-05, then hx"], ["March the 5 h", "nothing"], ["March - 5 h", "nothing"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
});

describe("a day and its month", () => {
  it.each([
    ["5 March acme", "2026-03-05, then acme"], ["5-March x", "2026-03-05, then x"], ["5 - March", "nothing"], ["5 -March", "nothing"], ["5.March x", "2026-03-05, then x"], ["5 . March", "nothing"], ["5/March", "nothing"], ["5 of March x", "2026-03-05, then x"], ["5 in March", "nothing"], ["5 x March", "nothing"], ["5h March", "nothing"], ["5 h March", "nothing"],
    ["the 5 March x", "2026-03-05, then x"], ["the 5 x", "nothing"], ["a 5 March", "nothing"], ["the fifth March", "2026-03-05"], ["the fifth of March x", "2026-03-05, then x"], ["x|5 March", "nothing"], ["#|5 March", "nothing"], ["1.|5 March", "nothing"], ["(|5 March)", "2026-03-05, then )"], ["x |5 March", "2026-03-05"], ["105 March", "nothing"], ["five March", "nothing"],
    ["5 Mar. x", "2026-03-05, then x"], ["5 Mar.", "2026-03-05, then ."], ["5 March, x", "2026-03-05, then , x"], ["5 March,x", "2026-03-05, then ,x"], ["5 March, 2025 x", "2025-03-05, then x"], ["5 Mar. 2025 x", "2025-03-05, then x"], ["5-Mar-2025 x", "2025-03-05, then x"], ["5-Mar-25", "2026-03-05, then -25"], ["5 March - 20", "2026-03-05, then - 20"], ["5 March x2025", "2026-03-05, then x2025"], ["5 March (2025)", "2026-03-05, then (2025)"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
  it.each([["2025 March 5 x", "2025-03-05, then x"], ["2025 March 5th", "2025-03-05"], ["2025 March", "nothing"], ["2025 March x", "nothing"], ["202 March 5", "nothing"], ["2025 x 5", "nothing"], ["2025 March 5h", "nothing"], ["x 2025 March 5", "nothing"], ["March 5 March", "2026-03-05, then March"]])("behind a year: %j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
});

describe("the year behind a day", () => {
  it.each([
    ["March 5 2025 x", "2025-03-05, then x"], ["March 5, 2025 x", "2025-03-05, then x"], ["March 5 of 2025 x", "2025-03-05, then x"], ["March 5, x", "2026-03-05, then , x"], ["March 5 of x", "2026-03-05, then of x"], ["March 5 in 2025", "2026-03-05, then in 2025"], ["March 5 1899", "2026-03-05, then 1899"], ["March 5 1900", "1900-03-05"], ["March 5 2199", "2199-03-05"], ["March 5 2200", "2026-03-05, then 2200"], ["March 5 925", "2026-03-05, then 925"], ["March 5 20250", "2026-03-05, then 20250"],
    ["March 5 '25 x", "2025-03-05, then x"], ["March 5, '25", "2025-03-05"], ["March 5 ' 25", "2026-03-05, then ' 25"], ["March 5 ''25", "2026-03-05, then ''25"], ["March 5 '70", "1970-03-05"], ["March 5 '69", "2069-03-05"], ["March 5 '00", "2000-03-05"], ["March 5 '125", "2026-03-05, then '125"], ["March 5 '25 h", "2026-03-05, then '25 h"], ["March 5 '25h", "2026-03-05, then '25h"], ["March 5 -25", "2026-03-05, then -25"], ["March 5 '2025 x", "2025-03-05, then x"], ["March 5 'x", "2026-03-05, then 'x"],
    ["March 5 25", "2026-03-05, then 25"], ["March 5 25 h", "2026-03-05, then 25 h"], ["March 5 2025h", "2026-03-05, then 2025h"], ["March 5 2025 h", "2025-03-05, then h"], ["March 5 20:30", "2026-03-05, then 20:30"], ["March 5 2025:30", "2026-03-05, then 2025:30"], ["March 5 2025/3", "2026-03-05, then 2025/3"], ["March 5 2025-3", "2026-03-05, then 2025-3"], ["March 5 2025 /3", "2025-03-05, then /3"], ["March 5 2025 -3", "2025-03-05, then -3"], ["March 5 2025 x", "2025-03-05, then x"], ["March 5 2025.x", "2025-03-05, then .x"], ["March 5 2025).", "2025-03-05, then )."], ["March 5 9-11", "2026-03-05, then 9-11"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
  it.each([["March 5 25", "2025-03-05"], ["March 5 25 x", "2026-03-05, then 25 x"], ["March 5 25 h", "2026-03-05, then 25 h"], ["March 5 925", "2026-03-05, then 925"], ["March 5 5", "2026-03-05, then 5"], ["5 March 25", "2025-03-05"], ["5 March, 25", "2025-03-05"], ["March 5 25h", "2026-03-05, then 25h"], ["March 5 25:30", "2026-03-05, then 25:30"]])("of two digits where nothing else is said: %j: %s", (marked, reading) => {
    expect(here(marked, { alone: true })).toBe(reading);
  });
  it("that is missing is the nearest one of those that have the day", () => {
    expect(here("Feb 29", { today: "2028-12-01" })).toBe("2028-02-29");
    expect(here("Feb 29", { today: "2027-12-01" })).toBe("ask 2028-02-29 2028-03-01");
    expect(here("Feb 28", { today: "2026-12-01" })).toBe("2027-02-28");
    expect(here("Apr 31", { today: "2026-12-01" })).toBe("ask 2027-04-30 2027-05-01");
  });
  it("is explained only when it is not this one", () => {
    const explained = (marked: string, today: DateContext["today"]): boolean => readAt((tokens, i) => calendarDateAt(tokens, i, { today, weekStart: "monday", dateOrder: "MDY" }), (meaning) => (meaning.kind === "date" && meaning.because !== undefined ? "why" : "no"), marked) === "why";
    expect(explained("October 20", "2026-04-06")).toBe(true);
    expect(explained("March 5", "2026-04-06")).toBe(false);
    expect(explained("January 2", "2026-12-30")).toBe(true);
  });
});

describe("numbers with a slash, a dash or dots", () => {
  it.each([
    ["3/5 x", "2026-03-05, then x"], ["3/5/25 x", "2025-03-05, then x"], ["3/5/2025 x", "2025-03-05, then x"], ["3-5-2025 x", "2025-03-05, then x"], ["3.5.2025 x", "2025-03-05, then x"], ["2025-3-5 x", "2025-03-05, then x"], ["2025-03-05T09:30", "2025-03-05, then T09:30"], ["2025-03-05x", "nothing"], ["2025-03-05 t", "2025-03-05, then t"], ["3/5t", "nothing"], ["3/5x", "nothing"], ["3/5 t", "2026-03-05, then t"],
    ["3-5", "nothing"], ["3.5", "nothing"], ["3:5", "nothing"], ["3 5", "nothing"], ["3/5h", "nothing"], ["3/5 h", "nothing"], ["3/5 hours", "nothing"], ["3/5/2025 h", "nothing"], ["3/5 of it", "nothing"], ["3/5 an hour", "nothing"], ["3/5 an orange", "2026-03-05, then an orange"], ["3/5 x hour", "2026-03-05, then x hour"], ["3/5/2025 of", "nothing"],
    ["3/5/2025/1", "nothing"], ["3/5:30", "nothing"], ["3/5-2", "nothing"], ["3/5.2", "nothing"], ["3/5-x", "2026-03-05, then -x"], ["3/5 -2", "2026-03-05, then -2"], ["3/5- 2", "2026-03-05, then - 2"], ["3/5.", "2026-03-05, then ."], ["3/5)", "2026-03-05, then )"], ["3/5)2", "2026-03-05, then )2"], ["3/5/2025-x", "2025-03-05, then -x"], ["3/5/2025:1", "nothing"], ["3/5 /2025", "2026-03-05, then /2025"], ["3/5/ 2025", "2026-03-05, then / 2025"], ["3-5/2025", "nothing"], ["3.5-2025", "nothing"], ["3/5-2025", "nothing"],
    ["3 /5", "nothing"], ["3/ 5", "nothing"], ["3//5", "nothing"], ["3/x", "nothing"], ["x/5", "nothing"], ["3", "nothing"], ["3/", "nothing"], ["x|3/5", "nothing"], ["#|3/5", "nothing"], ["3_5", "nothing"], ["(|3/5)", "2026-03-05, then )"], ["3/5/x", "2026-03-05, then /x"], ["3|/5", "nothing"],
    ["3/5/123", "nothing"], ["3/5/7", "nothing"], ["3/5/20255", "nothing"], ["003/5/2025", "nothing"], ["3/005/2025", "nothing"], ["003/5", "nothing"], ["3/005", "nothing"], ["100/5", "nothing"], ["5/100", "nothing"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
  it.each([
    ["24/7", "nothing"], ["24/6", "2026-06-24"], ["23/7", "2026-07-23"], ["7/24", "2026-07-24"], ["12/12", "2025-12-12"], ["13/12", "2025-12-13"], ["12/13", "2025-12-13"], ["12/5", "2025-12-05"], ["13/13", "nothing"], ["0/5", "nothing"], ["5/0", "nothing"], ["1/1", "2026-01-01"], ["5/31", "2026-05-31"], ["5/32", "nothing"], ["4/31", "ask 2026-04-30 2026-05-01"],
    ["13/3/2026", "2026-03-13"], ["14/12/2025", "2025-12-14"], ["12/5/2025", "2025-12-05"], ["5/12/2025", "2025-05-12"], ["14/13/2025", "ask"], ["13/13/2025", "ask"], ["2026-00-05", "ask"], ["2026-13-05", "ask"], ["2026-01-32", "ask 2026-01-31 2026-02-01"], ["2026-12-32", "ask 2026-12-31 2027-01-01"], ["2026-04-00", "ask"], ["2026-12-31", "2026-12-31"], ["2026-01-01", "2026-01-01"],
  ])("an impossible month is a day, and an impossible day is none: %j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
  it.each([["3/5", "2026-05-03"], ["24/7", "nothing"], ["7/24", "2026-07-24"], ["12/5", "2026-05-12"], ["5/12", "2025-12-05"], ["3/5/25", "2025-05-03"], ["5/12/2025", "2025-12-05"], ["12/13/2025", "2025-12-13"], ["03-05", "nothing"]])("days first: %j: %s", (marked, reading) => {
    expect(here(marked, { dateOrder: "DMY" })).toBe(reading);
  });
  it.each([["03-05", "2026-03-05"], ["03-05 x", "2026-03-05, then x"], ["3-5", "nothing"], ["03-5", "nothing"], ["3-05", "nothing"], ["13-05", "nothing"], ["12-31", "2025-12-31"], ["12-32", "nothing"], ["00-05", "nothing"], ["03.05", "nothing"], ["03/05", "2026-03-05"], ["26/03/05", "2026-03-05"], ["26/3/05", "2026-03-05"], ["26-3-5", "nothing"], ["03/05/2025", "2025-03-05"], ["99-12-31", "1999-12-31"]])("years first: %j: %s", (marked, reading) => {
    expect(here(marked, { dateOrder: "YMD" })).toBe(reading);
  });
  it.each([["03-05", "nothing"], ["26/03/05", "2005-03-26"]])("months first, where neither stands: %j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
  it.each([
    ["3.4.", "2026-04-03"], ["3.4. x", "2026-04-03, then x"], ["3.4", "nothing"], ["3.4 .", "nothing"], ["3.4.5", "nothing"], ["3.4.x", "2026-04-03, then x"], ["3.4. 5", "2026-04-03, then 5"], ["3.4.26", "2026-03-04"], ["3/4.", "2026-03-04, then ."], ["3.4,", "nothing"], ["13.3.", "2026-03-13"], ["3.13.", "nothing"], ["0.4.", "nothing"], ["3.0.", "nothing"], ["32.4.", "nothing"], ["31.1.", "2026-01-31"], ["31.12.", "2025-12-31"], ["1.1.", "2026-01-01"], ["24.7.", "2026-07-24"], ["100.4.", "nothing"], ["30.2.", "ask 2026-02-28 2026-03-01"], ["v|3.4.", "nothing"], ["3.4. h", "2026-04-03, then h"],
  ])("two dots are a day and a month in every account: %j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
    if (!marked.includes("26") && !marked.includes("/")) expect(here(marked, { dateOrder: "DMY" })).toBe(reading);
  });
  it.each([["phase |3/5", "nothing"], ["phase |3.4.", "nothing"], ["phase |3/5/2025", "2025-03-05"], ["acme |3/5", "2026-03-05"], ["|3/5 phase", "2026-03-05, then phase"], ["version |2025-03-05", "2025-03-05"]])("behind a word that takes a number for its name: %j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
});

describe("a weekday beside its date", () => {
  it.each([
    ["Thu Apr 2 x", "2026-04-02, then x"], ["Thu. Apr 2", "2026-04-02"], ["Thu., Apr. 2", "2026-04-02"], ["Thu on Apr 2", "2026-04-02"], ["Thu, the 2nd of April x", "2026-04-02, then x"], ["Thu (Apr 2) x", "2026-04-02, then x"], ["Thu (Apr 2 x", "2026-04-02, then x"], ["Thu Apr 2) x", "2026-04-02, then ) x"], ["Thu (Apr 2] x", "2026-04-02, then ] x"], ["Thu x Apr 2", "nothing"], ["Thu at Apr 2", "nothing"], ["Thu", "nothing"], ["Thu x", "nothing"], ["Thu 4/2 x", "2026-04-02, then x"], ["x Thu Apr 2", "nothing"],
    ["Apr 2 (Thu) x", "2026-04-02, then x"], ["Apr 2 (Thu x", "2026-04-02, then x"], ["Apr 2 Thu", "2026-04-02, then Thu"], ["Apr 2, Thu", "2026-04-02, then , Thu"], ["Apr 2 (x)", "2026-04-02, then (x)"], ["Apr 2 (Fri)", "ask 2026-04-02 2026-04-03 2026-03-27"], ["Apr 2 (", "2026-04-02, then ("], ["Apr 2 Fri", "2026-04-02, then Fri"], ["Apr 2) x", "2026-04-02, then ) x"],
    // Nearest is the marked default, then the nearest days of that weekday.
    ["Sunday April 6", "ask 2026-04-06 2026-04-05 2026-04-12"], ["Saturday April 5", "ask 2026-04-05 2026-04-04 2026-04-11"], ["Thursday April 6", "ask 2026-04-06 2026-04-09 2026-04-02"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
});

describe("a day of the month", () => {
  it.each(["and", "for", "on", "at", "to", "from", "was", "is", "i", "then", "with", "instead", "should", "entry", "entries", "friday", ".", ",", "2h", "'s"])("goes before %j", (word) => {
    expect(here(`the 3rd ${word}`)).toBe(`2026-04-03, then ${word}`);
  });
  it.each(["round", "party", "half", "android", "island", "week", "quarter", "day", "of it", "in line", "ford"])("is none before %j", (words) => {
    expect(here(`the 3rd ${words}`)).toBe("nothing");
  });
  it.each([
    ["the 3rd", "2026-04-03"], ["3rd", "nothing"], ["x |3rd", "nothing"], ["on |3rd", "2026-04-03"], ["on |3rd round", "nothing"], ["on |the 3rd round", "2026-04-03, then round"], ["in |the 3rd round", "nothing"], ["on |the 3rd week", "nothing"], ["the third", "nothing"], ["on |the third", "2026-04-03"], ["on |the third x", "2026-04-03, then x"], ["in |the third", "nothing"], ["on |third", "nothing"], ["a 3rd", "nothing"], ["the 3", "nothing"], ["the x", "nothing"], ["on |the 3", "nothing"],
    ["the 32nd", "ask"], ["the 0th", "ask"], ["the 1st", "2026-04-01"], ["the 31st", "2026-03-31"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
  it("may stand without its article where nothing else is said", () => {
    expect(here("3rd", { alone: true })).toBe("2026-04-03");
    expect(here("3rd round", { alone: true })).toBe("nothing");
    expect(here("third", { alone: true })).toBe("nothing");
  });
  it.each<[string, DateContext["today"], string]>([
    ["the 30th", "2026-01-31", "2026-01-30"], ["the 30th", "2026-03-01", "ask 2026-01-30 2026-03-30"], ["the 31st", "2026-03-31", "2026-03-31"], ["the 31st", "2026-04-02", "2026-03-31"], ["the 31st", "2026-04-30", "2026-03-31"], ["the 31st", "2026-05-27", "ask 2026-03-31 2026-05-31"], ["the 6th", "2026-04-06", "2026-04-06"], ["the 29th", "2026-02-27", "2026-01-29"], ["the 29th", "2028-02-27", "ask 2028-01-29 2028-02-29"], ["the 31st", "2026-12-31", "2026-12-31"], ["the 31st", "2027-01-01", "2026-12-31"],
  ])("%s on %s: %s", (text, today, reading) => {
    expect(here(text, { today })).toBe(reading);
  });
  it.each([
    ["the first of this month x", "2026-04-01, then x"], ["the 3rd of last month", "2026-03-03"], ["the 3rd of previous month", "2026-03-03"], ["the 3rd of past month", "2026-03-03"], ["the 3rd of next month", "2026-05-03"], ["the 3rd of coming month", "2026-05-03"], ["the 3rd of the month", "2026-04-03"], ["3rd of last month x", "2026-03-03, then x"], ["the 31st of last month", "2026-03-31"], ["the 31st of this month", "ask 2026-04-30 2026-05-01"], ["the third of last month", "2026-03-03"],
    ["the 3rd of month", "nothing"], ["the 3rd of last week", "nothing"], ["the 3rd of the week", "nothing"], ["the 3rd of a month", "nothing"], ["the 3rd in last month", "nothing"], ["the 3 of last month", "nothing"], ["the 3rd of last", "nothing"], ["last month", "nothing"], ["x the 3rd of last month", "nothing"],
  ])("of a month beside today's: %j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
});
