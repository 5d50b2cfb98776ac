import { describe, expect, it } from "vitest";
import { said } from "./fixture-phrase.ts";

/* Spans and their edges, on Monday 6 April 2026. Weeks are the account's. */

describe("a span with a word in front", () => {
  it.each([
    ["last week", "2026-03-30 to 2026-04-05"], ["this week", "2026-04-06 to 2026-04-12"], ["next week", "2026-04-13 to 2026-04-19"], ["the current week", "2026-04-06 to 2026-04-12"], ["current week", "2026-04-06 to 2026-04-12"], ["the last week", "2026-03-30 to 2026-04-05"], ["previous week", "2026-03-30 to 2026-04-05"], ["the coming week", "2026-04-13 to 2026-04-19"],
    ["last month", "2026-03-01 to 2026-03-31"], ["this month", "2026-04-01 to 2026-04-30"], ["next month", "2026-05-01 to 2026-05-31"], ["last quarter", "2026-01-01 to 2026-03-31"], ["this quarter", "2026-04-01 to 2026-06-30"], ["next quarter", "2026-07-01 to 2026-09-30"],
    ["last year", "2025-01-01 to 2025-12-31"], ["this year", "2026-01-01 to 2026-12-31"], ["next year", "2027-01-01 to 2027-12-31"], ["last weekend", "2026-04-04 to 2026-04-05"], ["this weekend", "2026-04-11 to 2026-04-12"], ["next weekend", "2026-04-18 to 2026-04-19"],
    ["the last 7 days", "2026-03-31 to 2026-04-06"], ["last 3 days", "2026-04-04 to 2026-04-06"], ["the last three days", "2026-04-04 to 2026-04-06"], ["the past 2 weeks", "2026-03-24 to 2026-04-06"], ["past 3 months", "2026-01-07 to 2026-04-06"], ["the last 1 day", "2026-04-06 to 2026-04-06"], ["the last year", "2025-01-01 to 2025-12-31"],
  ])("%s is %s", (text, span) => {
    expect(said(text)).toBe(span);
  });
  it("is a week from the account's first day", () => {
    expect(said("this week", { weekStart: "sunday" })).toBe("2026-04-05 to 2026-04-11");
    expect(said("last week", { weekStart: "sunday" })).toBe("2026-03-29 to 2026-04-04");
    expect(said("this week", { weekStart: "saturday" })).toBe("2026-04-04 to 2026-04-10");
    expect(said("next week", { weekStart: "saturday" })).toBe("2026-04-11 to 2026-04-17");
    expect(said("this week", { today: "2026-04-12" })).toBe("2026-04-06 to 2026-04-12");
    expect(said("this week", { today: "2026-04-12", weekStart: "sunday" })).toBe("2026-04-12 to 2026-04-18");
  });
  it("ends where its month ends", () => {
    expect(said("last month", { today: "2026-03-31" })).toBe("2026-02-01 to 2026-02-28");
    expect(said("last month", { today: "2028-03-05" })).toBe("2028-02-01 to 2028-02-29");
    expect(said("last month", { today: "2026-01-05" })).toBe("2025-12-01 to 2025-12-31");
    expect(said("last quarter", { today: "2026-02-05" })).toBe("2025-10-01 to 2025-12-31");
    expect(said("this quarter", { today: "2026-12-31" })).toBe("2026-10-01 to 2026-12-31");
    expect(said("this quarter", { today: "2026-03-31" })).toBe("2026-01-01 to 2026-03-31");
  });
  it.each(["last", "the week", "week", "month", "next 3 days of work left", "last orders", "quarter"])("%j is none", (text) => {
    expect(said(text)).not.toContain(" to ");
  });
});

describe("a month or quarter by its name, a week by its number", () => {
  it.each([
    ["in March", "2026-03-01 to 2026-03-31"], ["during March", "2026-03-01 to 2026-03-31"], ["in April", "2026-04-01 to 2026-04-30"], ["in May", "2025-05-01 to 2025-05-31"], ["in feb", "2026-02-01 to 2026-02-28"], ["in February 2028", "2028-02-01 to 2028-02-29"], ["in march 2024", "2024-03-01 to 2024-03-31"], ["in december", "2025-12-01 to 2025-12-31"],
    ["from March to April", "2026-03-01 to 2026-04-30"], ["between january and march", "2026-01-01 to 2026-03-31"], ["from january 2025 to march 2025", "2025-01-01 to 2025-03-31"], ["from february until march", "2026-02-01 to 2026-03-31"], ["from november to january", "2025-11-01 to 2026-01-31"],
    ["in Q1", "2026-01-01 to 2026-03-31"], ["in Q2", "2026-04-01 to 2026-06-30"], ["in Q3", "2025-07-01 to 2025-09-30"], ["Q4 2025", "2025-10-01 to 2025-12-31"], ["in q1 2024", "2024-01-01 to 2024-03-31"],
    ["in week 14", "2026-03-30 to 2026-04-05"], ["calendar week 15", "2026-04-06 to 2026-04-12"], ["iso week 15", "2026-04-06 to 2026-04-12"], ["KW14", "2026-03-30 to 2026-04-05"], ["KW 14", "2026-03-30 to 2026-04-05"], ["cw 14", "2026-03-30 to 2026-04-05"], ["in week 1 2026", "2025-12-29 to 2026-01-04"], ["in week 53", "2026-12-28 to 2027-01-03"], ["KW 53 2020", "2020-12-28 to 2021-01-03"], ["in week 40", "2026-09-28 to 2026-10-04"], ["in week 41", "2025-10-06 to 2025-10-12"],
  ])("%s is %s", (text, span) => {
    expect(said(text)).toBe(span);
  });
  it.each([["friday of week 14", "2026-04-03"], ["friday in week 14", "2026-04-03"], ["monday week 15", "2026-04-06"], ["sunday of KW14", "2026-04-05"], ["tuesday of calendar week 14 2025", "2025-04-01"]])("%s is %s", (text, date) => {
    expect(said(text)).toBe(date);
  });
  it.each(["q1", "q5 2025", "in q5", "in q0", "in week 54", "in week 0", "KW 53 2025", "week 14", "sprint week 3", "march", "march madness", "from march to", "from march to march", "between march and", "in march 1500", "in the week", "q 1 2025"])("%j is none", (text) => {
    expect(said(text)).not.toMatch(/^\d{4}/);
  });
});

describe("the edge of a span", () => {
  it.each([
    ["end of last month", "2026-03-31"], ["the end of last month", "2026-03-31"], ["end of march", "2026-03-31"], ["the end of this month", "2026-04-30"], ["end of month", "2026-04-30"], ["eom", "2026-04-30"], ["end of the year", "2026-12-31"], ["end of last year", "2025-12-31"], ["end of the quarter", "2026-06-30"], ["end of last quarter", "2026-03-31"],
    ["beginning of the month", "2026-04-01"], ["start of the month", "2026-04-01"], ["the beginning of next month", "2026-05-01"], ["start of march", "2026-03-01"], ["beginning of the year", "2026-01-01"], ["start of this quarter", "2026-04-01"], ["beginning of the week", "2026-04-06"], ["start of last week", "2026-03-30"],
    ["mid january", "2026-01-15"], ["mid-april", "2026-04-15"], ["middle of april", "2026-04-15"], ["middle of this month", "2026-04-15"], ["mid month", "2026-04-15"], ["middle of the week", "2026-04-08"], ["mid-week", "2026-04-08"], ["middle of last week", "2026-04-01"],
    ["the first day of march", "2026-03-01"], ["the last day of february", "2026-02-28"], ["last day of last month", "2026-03-31"], ["first day of the month", "2026-04-01"], ["the last day of may", "2025-05-31"], ["the last day of the week", "2026-04-12"], ["first day of the week", "2026-04-06"], ["end of march 2025", "2025-03-31"],
  ])("%s is %s", (text, date) => {
    expect(said(text)).toBe(date);
  });
  it.each([
    ["end of may", "ask 2025-05-30 2025-05-31"], ["end of next month", "ask 2026-05-29 2026-05-31"], ["end of the week", "ask 2026-04-10 2026-04-12"], ["end of last week", "ask 2026-04-03 2026-04-05"], ["end of february", "ask 2026-02-27 2026-02-28"],
    ["middle of last month", "ask 2026-03-13 2026-03-15"], ["mid march", "ask 2026-03-13 2026-03-15"], ["middle of the year", "ask 2026-07-01 2026-06-15"], ["middle of the quarter", "ask 2026-05-01 2026-05-15"],
  ])("%s is a question, the last working day first: %s", (text, asked) => {
    expect(said(text)).toBe(asked);
  });
  it("follows the account's week", () => {
    expect(said("end of the week", { weekStart: "sunday" })).toBe("ask 2026-04-10 2026-04-11");
    expect(said("end of the week", { weekStart: "saturday" })).toBe("2026-04-10");
    expect(said("beginning of the week", { weekStart: "sunday" })).toBe("2026-04-05");
    expect(said("middle of the week", { weekStart: "sunday" })).toBe("2026-04-08");
    expect(said("middle of the week", { weekStart: "saturday" })).toBe("2026-04-08");
  });
  it.each(["start week planning", "beginning", "the end", "end of", "mid", "first day", "start of day", "end of days"])("%j is none", (text) => {
    expect(said(text)).not.toMatch(/^(?:\d{4}|ask \d)/);
  });
});
