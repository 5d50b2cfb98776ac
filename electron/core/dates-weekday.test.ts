import { describe, expect, it } from "vitest";
import { said, type Setting } from "./fixture-phrase.ts";
import { CONVENTION } from "./rules.ts";

/* Weekdays with the words that belong to them, on Monday 6 April 2026. The bare rules stand in weekday-grid.test.ts. */

describe("a weekday by any of its names", () => {
  it.each([
    ["mon", "2026-04-06"], ["Mon.", "2026-04-06"], ["mondays", "ask 2026-04-06 2026-03-30"], ["tue", "2026-03-31"], ["tues", "2026-03-31"], ["wed", "2026-04-01"], ["weds", "2026-04-01"], ["thu", "2026-04-02"], ["thur", "2026-04-02"], ["thurs", "2026-04-02"], ["fri", "2026-04-03"], ["FRI", "2026-04-03"], ["sat", "2026-04-04"], ["sun", "2026-04-05"],
    ["Montag", "2026-04-06"], ["letzten Freitag", "2026-04-03"], ["am Dienstag", "2026-03-31"], ["previous friday", "2026-04-03"], ["the last friday", "2026-04-03"], ["on last friday", "2026-04-03"], ["this past friday", "2026-04-03"], ["the past friday", "2026-04-03"], ["this coming friday", "2026-04-10"], ["the coming friday", "2026-04-10"], ["upcoming friday", "2026-04-10"], ["the next monday", "2026-04-13"],
  ])("%s is %s", (text, date) => {
    expect(said(text)).toBe(date);
  });
});

describe("a weekday of a week", () => {
  it.each([
    ["Friday last week", "2026-04-03"], ["Friday of last week", "2026-04-03"], ["last week Friday", "2026-04-03"], ["last week on Friday", "2026-04-03"], ["last week's Friday", "2026-04-03"], ["Friday in last week", "2026-04-03"], ["Fri. last week", "2026-04-03"], ["Sunday last week", "2026-04-05"], ["Monday last week", "2026-03-30"],
    ["Monday this week", "2026-04-06"], ["Friday of this week", "2026-04-10"], ["this week Friday", "2026-04-10"], ["Monday next week", "2026-04-13"], ["Monday of next week", "2026-04-13"], ["next week Monday", "2026-04-13"], ["Sunday next week", "2026-04-19"],
  ])("%s is %s", (text, date) => {
    expect(said(text)).toBe(date);
  });
  it("counts weeks from the account's first day", () => {
    const sunday: Setting = { weekStart: "sunday" };
    const saturday: Setting = { weekStart: "saturday" };
    expect([said("Sunday last week", sunday), said("Sunday this week", sunday), said("Saturday last week", sunday)]).toEqual(["2026-03-29", "2026-04-05", "2026-04-04"]);
    expect([said("Saturday last week", saturday), said("Friday last week", saturday), said("Friday this week", saturday)]).toEqual(["2026-03-28", "2026-04-03", "2026-04-10"]);
    expect(said("Monday last week", { ...sunday, today: "2026-04-05" })).toBe("2026-03-30");
    expect(said("Monday last week", { today: "2026-04-05" })).toBe("2026-03-23");
  });
});

describe("weekdays that are counted or numbered", () => {
  it.each([
    ["two Fridays ago", "2026-03-27"], ["2 fridays ago", "2026-03-27"], ["1 friday ago", "2026-04-03"], ["a friday ago", "2026-04-03"], ["three mondays ago", "2026-03-16"], ["52 fridays ago", "2025-04-11"], ["friday before last", "2026-03-27"], ["monday before last", "2026-03-23"],
    ["friday the 6th", "2026-03-06"], ["Fri 6th", "2026-03-06"], ["friday on the 6th", "2026-03-06"], ["monday the 6th", "2026-04-06"], ["monday the 30th", "2026-03-30"], ["thu 17th", "ask 2026-04-02 2025-07-17 2026-09-17"], ["sunday the 31st", "2026-05-31"],
  ])("%s is %s", (text, date) => {
    expect(said(text)).toBe(date);
  });
  it.each(["0 fridays ago", "53 fridays ago", "fridays ago", "two fridays", "friday the 32nd", "friday the 0th"])("%s is no such day", (text) => {
    expect(said(text)).not.toBe("2026-03-27");
    expect(said(text)).not.toMatch(/^2025/);
  });
  it("asks which week \"friday week\" is", () => {
    expect(said("friday week")).toBe("ask 2026-04-03 2026-04-17");
  });
  it("asks when no month has that day on that weekday", () => {
    expect(said("friday the 32nd")).toBe("ask");
  });
});

describe("a span of weekdays", () => {
  it.each([
    ["Mon-Fri", "2026-03-30 to 2026-04-03"], ["Monday to Wednesday", "2026-03-30 to 2026-04-01"], ["Monday through Wednesday", "2026-03-30 to 2026-04-01"], ["from Monday to Wednesday", "2026-03-30 to 2026-04-01"], ["Friday to Monday", "2026-04-03 to 2026-04-06"], ["Wed-Tue", "2026-03-25 to 2026-03-31"], ["Mon until Thu", "2026-03-30 to 2026-04-02"],
    ["Monday to Friday last week", "2026-03-30 to 2026-04-03"], ["Mon-Wed of last week", "2026-03-30 to 2026-04-01"], ["Mon-Wed next week", "2026-04-13 to 2026-04-15"], ["Mon-Wed this week", "2026-04-06 to 2026-04-08"],
  ])("%s is %s", (text, span) => {
    expect(said(text)).toBe(span);
  });
  it("ends on today where today is its last day", () => {
    expect(said("Mon-Wed", { today: "2026-04-08" })).toBe("2026-04-06 to 2026-04-08");
    expect(said("Mon-Fri", { today: "2026-04-10" })).toBe("2026-04-06 to 2026-04-10");
  });
  it.each(["Mon-", "Monday to", "Monday to work", "-Fri", "Mon and Fri"])("%s is none", (text) => {
    expect(said(text)).not.toContain(" to ");
  });
});

describe("spans of dates", () => {
  it.each([
    ["March 3-5", "2026-03-03 to 2026-03-05"], ["March 3 to 5", "2026-03-03 to 2026-03-05"], ["March 3rd-5th", "2026-03-03 to 2026-03-05"], ["March 3 - 5, 2025", "2025-03-03 to 2025-03-05"], ["March 3-5 2025", "2025-03-03 to 2025-03-05"], ["3-5 March", "2026-03-03 to 2026-03-05"], ["3 to 5 March 2025", "2025-03-03 to 2025-03-05"], ["June 1st-11th 1999", "1999-06-01 to 1999-06-11"],
    ["March 30 to April 2", "2026-03-30 to 2026-04-02"], ["from March 30 to April 2", "2026-03-30 to 2026-04-02"], ["March 30 until yesterday", "2026-03-30 to 2026-04-05"], ["3/2 - 3/4", "2026-03-02 to 2026-03-04"], ["2026-03-02 to 2026-03-04", "2026-03-02 to 2026-03-04"], ["December 30 to January 2", "2025-12-30 to 2026-01-02"], ["Dec 30 2025 through Jan 2 2026", "2025-12-30 to 2026-01-02"],
  ])("%s is %s", (text, span) => {
    expect(said(text)).toBe(span);
  });
  it.each(["March 5-3", "March 3-3", "March 3-32", "March 3-5pm", "March 3 - 5h", "March 3-5 hours", "April 2 to March 30", "5-3 March", "0-3 March", "30-31 February", "March 3 to lunch", "3-5"])("%s is no span of days", (text) => {
    expect(said(text)).not.toContain(" to ");
  });
});

describe("the user's own rules", () => {
  const ruled = (text: string, rules: Partial<typeof CONVENTION>, setting: Setting = {}): string => said(text, { today: "2026-04-08", rules: { ...CONVENTION, ...rules }, ...setting });

  it("say which day a bare weekday is", () => {
    expect(["past", "this-week", "nearest", "future"].map((bare) => ruled("Friday", { bare } as Partial<typeof CONVENTION>))).toEqual(["2026-04-03", "2026-04-10", "2026-04-10", "2026-04-10"]);
    expect(["past", "this-week", "nearest", "future"].map((bare) => ruled("Monday", { bare } as Partial<typeof CONVENTION>))).toEqual(["2026-04-06", "2026-04-06", "2026-04-06", "2026-04-13"]);
    expect(["past", "this-week", "nearest", "future"].map((bare) => ruled("Wednesday", { bare } as Partial<typeof CONVENTION>))).toEqual(["2026-04-08", "2026-04-08", "2026-04-08", "2026-04-08"]);
    expect(["past", "this-week", "nearest", "future"].map((bare) => ruled("Saturday", { bare } as Partial<typeof CONVENTION>))).toEqual(["2026-04-04", "2026-04-11", "2026-04-11", "2026-04-11"]);
    expect(["past", "this-week", "nearest", "future"].map((bare) => ruled("Sunday", { bare } as Partial<typeof CONVENTION>))).toEqual(["2026-04-05", "2026-04-12", "2026-04-05", "2026-04-12"]);
  });
  it("take the weekday of this week from the account's week", () => {
    expect(ruled("Sunday", { bare: "this-week" }, { weekStart: "sunday" })).toBe("2026-04-05");
    expect(ruled("this Monday", { this: "coming" })).toBe("2026-04-13");
    expect(ruled("this Friday", { this: "coming" })).toBe("2026-04-10");
    expect(ruled("this Wednesday", { this: "coming" })).toBe("2026-04-08");
    expect(ruled("this Sunday", { this: "coming" })).toBe("2026-04-12");
  });
  it("settle what last and next would ask", () => {
    expect(ruled("last Monday", {})).toBe("ask 2026-04-06 2026-03-30");
    expect(ruled("last Monday", { last: "strict" })).toBe("2026-04-06");
    expect(ruled("last Monday", { last: "previous-week" })).toBe("2026-03-30");
    expect(ruled("last Friday", { last: "previous-week" })).toBe("2026-04-03");
    expect(ruled("last Sunday", { last: "previous-week" }, { weekStart: "sunday" })).toBe("2026-03-29");
    expect(ruled("next Friday", {})).toBe("ask 2026-04-10 2026-04-17");
    expect(ruled("next Friday", { next: "strict" })).toBe("2026-04-10");
    expect(ruled("next Friday", { next: "next-week" })).toBe("2026-04-17");
    expect(ruled("next Monday", { next: "next-week" })).toBe("2026-04-13");
    expect(ruled("next Sunday", { next: "next-week" }, { weekStart: "sunday" })).toBe("2026-04-12");
  });
});
