import { describe, expect, it } from "vitest";
import { said } from "./fixture-phrase.ts";

/* The Hours paragraph of the convention, wording by wording. */

describe("a length as it is typed", () => {
  it.each<[string, number]>([
    ["2h", 2], ["2 h", 2], ["2hr", 2], ["2 hrs", 2], ["2 hour", 2], ["2 hours", 2], ["2H", 2], ["1.5h", 1.5], ["1,5h", 1.5], ["1.5 hours", 1.5], ["0.25h", 0.25], [".5h", 0.5], [".75 hours", 0.75], ["2.25 hrs", 2.25],
    ["90m", 1.5], ["90 min", 1.5], ["90 mins", 1.5], ["90 minutes", 1.5], ["1 minute", 0.02], ["45min", 0.75], ["15 m", 0.25], ["24h", 24], ["24 hours", 24], ["1440 min", 24],
  ])("reads %s as %f h", (text, hours) => {
    expect(said(text)).toBe(`${hours} h`);
  });
  it.each<[string, number]>([
    ["1h30", 1.5], ["1h30m", 1.5], ["1h 30m", 1.5], ["1 h 30 min", 1.5], ["1h 30", 1.5], ["1h05", 1.08], ["1h5m", 1.08], ["2 hours and 20 minutes", 2.33], ["2 hours, 20 minutes", 2.33], ["2 hours 20 minutes", 2.33], ["2h & 15m", 2.25],
    ["2h and 15 min", 2.25], ["1 hour thirty", 1.5], ["one hour thirty", 1.5], ["2 hours forty five", 2.75], ["two hours and twenty minutes", 2.33], ["2hrs59min", 2.98], ["1h 1m", 1.02],
  ])("puts hours and minutes together: %s is %f h", (text, hours) => {
    expect(said(text)).toBe(`${hours} h`);
  });
  it.each<[string, number]>([["1:30", 1.5], ["0:45", 0.75], ["12:00", 12], ["0:05", 0.08], ["10:15", 10.25], ["1:30h", 1.5], ["1:30 hours", 1.5], ["13:30h", 13.5], ["01:30", 1.5], ["1:59", 1.98]])("takes h:mm for a length: %s is %f h", (text, hours) => {
    expect(said(text)).toBe(`${hours} h`);
  });
  it.each<[string, number]>([
    ["half an hour", 0.5], ["half hour", 0.5], ["a half hour", 0.5], ["half-hour", 0.5], ["a half-hour", 0.5], ["half of an hour", 0.5], ["quarter of an hour", 0.25], ["a quarter of an hour", 0.25], ["quarter hour", 0.25], ["a quarter hour", 0.25],
    ["three quarters of an hour", 0.75], ["3 quarters of an hour", 0.75], ["three quarter hour", 0.75],
    ["an hour and a half", 1.5], ["an hour and a quarter", 1.25], ["one hour and a half", 1.5], ["1 hour and a half", 1.5], ["hour and a half", 1.5], ["two and a half hours", 2.5], ["2 and a half hours", 2.5], ["three and a quarter hours", 3.25], ["two hours and a half", 2.5],
    ["2½h", 2.5], ["2 ½ h", 2.5], ["½ h", 0.5], ["¾ hour", 0.75], ["1¼ hours", 1.25], ["1/2 hour", 0.5], ["1/2 h", 0.5], ["3/4 hour", 0.75], ["1/4 hour", 0.25], ["2 1/2 hours", 2.5], ["1 3/4 hours", 1.75], ["1/2 an hour", 0.5],
  ])("reads the parts of an hour: %s is %f h", (text, hours) => {
    expect(said(text)).toBe(`${hours} h`);
  });
  it.each<[string, number]>([["an hour", 1], ["one hour", 1], ["a hour", 1], ["two hours", 2], ["twelve minutes", 0.2], ["twenty minutes", 0.33], ["forty five minutes", 0.75], ["forty-five minutes", 0.75], ["ninety minutes", 1.5], ["eleven hours", 11], ["a couple of hours", 2], ["a couple hours", 2], ["nineteen min", 0.32]])("reads number words: %s is %f h", (text, hours) => {
    expect(said(text)).toBe(`${hours} h`);
  });
  it.each<[string, number]>([["2h + 30m", 2.5], ["1h+1h", 2], ["1:30 + 0:45", 2.25], ["+2h", 2], ["2-hour", 2], ["a 2-hour call", 2], ["90-minute", 1.5], ["(2h)", 2], ["about 2h", 2], ["2h.", 2]])("%s is %f h", (text, hours) => {
    expect(said(text)).toBe(`${hours} h`);
  });
});

describe("a bare number", () => {
  it.each<[string, number]>([["2", 2], ["12", 12], ["1.5", 1.5], ["1,5", 1.5], [".5", 0.5], ["0.25", 0.25], ["2½", 2.5], ["½", 0.5]])("up to 12 is hours: %s is %f h", (text, hours) => {
    expect(said(text)).toBe(`${hours} h`);
  });
  it.each([["90", "ask hours 1.5"], ["45", "ask hours 0.75"], ["600", "ask hours 10"], ["0", "ask hours"]])("over 12 or nothing at all is a question: %s", (text, asked) => {
    expect(said(text)).toBe(asked);
  });
  it.each(["13", "12.5", "601", "747"])("%s is never taken for hours", (text) => {
    expect(said(text)).not.toContain(" h");
  });
});

describe("lengths that are asked about", () => {
  it.each([
    ["half day", "ask hours 4"], ["half a day", "ask hours 4"], ["a half day", "ask hours 4"], ["half-day", "ask hours 4"], ["all day", "ask hours 8"], ["the whole day", "ask hours 8"], ["full day", "ask hours 8"], ["a full day", "ask hours 8"], ["the entire day", "ask hours 8"],
    ["1 day", "ask hours 8"], ["a day", "ask hours 8"], ["one day", "ask hours 8"], ["2 days", "ask hours 16"], ["3 days", "ask hours 24"], ["4 days", "ask hours"], ["1.5 days", "ask hours 12"], ["0 days", "ask hours"], ["1 workday", "ask hours 8"],
  ])("only the user knows how long %s is", (text, asked) => {
    expect(said(text)).toBe(asked);
  });
  it.each(["a few hours", "few hours", "several hours", "some hours", "a few minutes"])("%s is a question", (text) => {
    expect(said(text)).toBe("ask hours");
  });
  it.each(["0h", "0 min", "0 minutes", "0:00", "0.0h", "-1h", "-2 hours", "-30 min", "25h", "24.5 hours", "24h 1m", "1441 min", "100 hours"])("%s is no possible length", (text) => {
    expect(said(text)).toBe("ask hours");
  });
  it("takes the length of a day that the user has set", () => {
    const rules = { bare: "past", this: "week", last: "strict+ask", next: "strict+ask", clocks: "elapsed", future: "confirm", dayHours: 7.5 } as const;
    expect(said("all day", { rules })).toBe("7.5 h");
    expect(said("half a day", { rules })).toBe("3.75 h");
    expect(said("2 days", { rules })).toBe("15 h");
    expect(said("4 days", { rules })).toBe("ask hours");
  });
});

describe("numbers that are no length", () => {
  it.each(["v2", "es6", "2x", "h1n1", "1.2.3", "1.234h", "1:60", "1:5", "1:300", "1:30:15", "2hx", "phase 2", "ticket 123", "sprint 12", "#12", "$2", "version 2.0", "room 101", "10%", "2nd round", "h", "m", "hours", "min"])("finds none in %s", (text) => {
    expect(said(text)).toBe("nothing");
  });
  it("takes two lengths for no single one", () => {
    expect(said("2h or 3h")).toBe("nothing");
    expect(said("1h and half an hour of rest")).toBe("nothing");
  });
});

describe("a length beside a day", () => {
  it.each([["2h yesterday", "2 h on 2026-04-05"], ["yesterday 2h", "2 h on 2026-04-05"], ["on friday for 90 min", "1.5 h on 2026-04-03"], ["march 5 2h", "2 h on 2026-03-05"], ["march 5, 2 hours", "2 h on 2026-03-05"], ["3 hours 2 days ago", "3 h on 2026-04-04"]])("keeps both: %s", (text, both) => {
    expect(said(text)).toBe(both);
  });
  it("takes h:mm beside a day for the time of day", () => {
    expect(said("yesterday 4:00")).toBe("2026-04-05");
    expect(said("friday 1:30")).toBe("2026-04-03");
  });
});
