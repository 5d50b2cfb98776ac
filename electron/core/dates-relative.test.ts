import { describe, expect, it } from "vitest";
import { said } from "./fixture-phrase.ts";

/* Days by their distance from today, Monday 6 April 2026: calendar arithmetic, never 24-hour steps. */

describe("a day in one word or two", () => {
  it.each([
    ["today", "2026-04-06"], ["tonight", "2026-04-06"], ["now", "2026-04-06"], ["just now", "2026-04-06"], ["right now", "2026-04-06"], ["yesterday", "2026-04-05"], ["yday", "2026-04-05"], ["tomorrow", "2026-04-07"], ["tmrw", "2026-04-07"],
    ["the day before yesterday", "2026-04-04"], ["day before yesterday", "2026-04-04"], ["the day after tomorrow", "2026-04-08"], ["day after tomorrow", "2026-04-08"],
    ["this morning", "2026-04-06"], ["this afternoon", "2026-04-06"], ["this evening", "2026-04-06"], ["last night", "2026-04-05"], ["last evening", "2026-04-05"], ["last day", "2026-04-05"], ["next day", "2026-04-07"],
    ["yesterday morning", "2026-04-05"], ["yesterday in the afternoon", "2026-04-05"], ["tomorrow at night", "2026-04-07"], ["friday evening", "2026-04-03"], ["late yesterday evening", "2026-04-05"], ["yesterday late afternoon", "2026-04-05"], ["yesterday early morning", "2026-04-05"],
    ["gestern", "2026-04-05"], ["vorgestern", "2026-04-04"], ["heute", "2026-04-06"], ["morgen", "2026-04-07"], ["vor 3 Tagen", "2026-04-03"], ["vor einer Woche", "2026-03-30"], ["in 2 Tagen", "2026-04-08"],
  ])("%s is %s", (text, date) => {
    expect(said(text)).toBe(date);
  });
  it.each(["now what", "the day", "day before", "the day after", "this", "last"])("%j is no such day", (text) => {
    expect(said(text)).not.toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});

describe("a count of days, weeks, months, quarters or years", () => {
  it.each([
    ["1 day ago", "2026-04-05"], ["a day ago", "2026-04-05"], ["3 days ago", "2026-04-03"], ["three days ago", "2026-04-03"], ["a couple of days ago", "2026-04-04"], ["a couple days ago", "2026-04-04"], ["twenty-one days ago", "2026-03-16"], ["3 days back", "2026-04-03"], ["3 days earlier", "2026-04-03"],
    ["a week ago", "2026-03-30"], ["one week ago", "2026-03-30"], ["2 wks ago", "2026-03-23"], ["a month ago", "2026-03-06"], ["2 months ago", "2026-02-06"], ["a quarter ago", "2026-01-06"], ["2 quarters ago", "2025-10-06"], ["a year ago", "2025-04-06"], ["10 years ago", "2016-04-06"], ["120 months ago", "2016-04-06"],
    ["in 1 day", "2026-04-07"], ["in 2 weeks", "2026-04-20"], ["in a month", "2026-05-06"], ["in a quarter", "2026-07-06"], ["in a year", "2027-04-06"], ["a week from now", "2026-04-13"], ["3 days from today", "2026-04-09"], ["3 days from now", "2026-04-09"], ["3 days later", "2026-04-09"], ["two weeks hence", "2026-04-20"],
  ])("%s is %s", (text, date) => {
    expect(said(text)).toBe(date);
  });
  it("keeps the day of the month, or takes the last one that the month has", () => {
    expect(said("a month ago", { today: "2026-03-31" })).toBe("2026-02-28");
    expect(said("a month ago", { today: "2028-03-31" })).toBe("2028-02-29");
    expect(said("in 1 month", { today: "2026-01-31" })).toBe("2026-02-28");
    expect(said("a year ago", { today: "2028-02-29" })).toBe("2027-02-28");
    expect(said("2 months ago", { today: "2026-01-15" })).toBe("2025-11-15");
  });
  it("crosses months, years and leap days by the calendar", () => {
    expect(said("yesterday", { today: "2026-01-01" })).toBe("2025-12-31");
    expect(said("yesterday", { today: "2028-03-01" })).toBe("2028-02-29");
    expect(said("yesterday", { today: "2026-03-01" })).toBe("2026-02-28");
    expect(said("100 days ago")).toBe("2025-12-27");
  });
  it.each([["2-4 days ago", "2026-04-02 to 2026-04-04"], ["2 to 4 days ago", "2026-04-02 to 2026-04-04"], ["4-2 days ago", "2026-04-02 to 2026-04-04"], ["2 or 3 days ago", "2026-04-03 to 2026-04-04"], ["1-2 weeks ago", "2026-03-23 to 2026-03-30"], ["3-3 days ago", "2026-04-03 to 2026-04-03"]])("%s is the span %s", (text, span) => {
    expect(said(text)).toBe(span);
  });
  it.each(["4000 days ago", "600 weeks ago", "200 months ago", "50 quarters ago", "20 years ago", "in 99999 days", "2-4000 days ago"])("%s is too far away for an entry", (text) => {
    expect(said(text)).not.toMatch(/^\d{4}/);
  });
  it.each(["3 days from", "days ago", "3 ago", "v3 days ago", "ago", "2-4 days later", "2-4 days from now"])("%s is no such day", (text) => {
    expect(said(text)).not.toMatch(/^\d{4}-\d\d-\d\d/);
  });
});

describe("a count from another day", () => {
  it.each([
    ["two days before yesterday", "2026-04-03"], ["3 days before march 5", "2026-03-02"], ["a week before 2026-03-10", "2026-03-03"], ["2 days after march 5", "2026-03-07"], ["a day after yesterday", "2026-04-06"], ["a month before march 31 2026", "2026-02-28"], ["2 weeks before last friday", "2026-03-20"],
    ["the day before friday", "2026-04-02"], ["day before friday", "2026-04-02"], ["the day after friday", "2026-04-04"], ["the day before march 1", "2026-02-28"], ["3 days after the 1st", "2026-04-04"],
  ])("%s is %s", (text, date) => {
    expect(said(text)).toBe(date);
  });
  it("\"from\" a weekday may count from either one", () => {
    expect(said("2 days from friday")).toBe("ask 2026-04-05 2026-04-12");
    expect(said("a week from monday")).toBe("ask 2026-04-13 2026-04-20");
  });
  it.each(["3 days before", "3 days before lunch", "2-3 days before friday", "3 days after last week"])("%s counts from no single day", (text) => {
    expect(said(text)).not.toMatch(/^2026-\d\d-\d\d$/);
  });
});
