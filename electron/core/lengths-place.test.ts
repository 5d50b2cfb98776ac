import { describe, expect, it } from "vitest";
import { readAt, showHours } from "./fixture-place.ts";
import { bareLength, lengthAt } from "./lengths.ts";

/* The words that belong to a length and those behind it that do not: "|" is where it is looked for. A length of the convention's Hours paragraph, and beside each form what it is not. */

const here = (marked: string): string => readAt(lengthAt, showHours, marked);

describe("a number with its unit", () => {
  it.each([
    ["2h", "2 h"], ["2h acme", "2 h, then acme"], ["2 hours yesterday", "2 h, then yesterday"], ["2-hour call", "2 h, then call"], ["2 - hour call", "nothing"], ["2 -hour", "nothing"], ["2- hour", "nothing"], ["2h.", "2 h, then ."], ["2h, 3 items", "2 h, then , 3 items"],
    ["90m", "1.5 h"], ["90m 5", "1.5 h, then 5"], ["30m5", "nothing"], ["30mx", "nothing"], ["90 min call", "1.5 h, then call"], ["45 min.", "0.75 h, then ."], ["30 m 5", "0.5 h, then 5"],
    ["an hour call", "1 h, then call"], ["a hour", "1 h"], ["one hour", "1 h"], ["another hour", "1 h"], ["another hour of x", "1 h, then of x"], ["another h", "1 h"], ["an minute", "nothing"], ["the hour", "nothing"], ["hour", "nothing"], ["h", "nothing"], ["hours", "nothing"],
    ["two h", "2 h"], ["twelve hours x", "12 h, then x"], ["thirty five min", "0.58 h"], ["x2h", "nothing"], ["x|2h", "nothing"], ["$|2h", "nothing"], ["(|2h)", "2 h, then )"], ["2 acme h", "nothing"], ["2", "nothing"], ["two", "nothing"], ["2 days h", "ask 16 (2 day), then h"], [".5h x", "0.5 h, then x"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
  it.each([
    ["2 and a half hours", "2.5 h"], ["2 and a half h x", "2.5 h, then x"], ["two and half hours", "2.5 h"], ["two and a quarter hours", "2.25 h"], ["2 and a third hours", "nothing"], ["2 or a half hours", "nothing"], ["2 and hours", "nothing"], ["2 and a half", "nothing"],
    ["2h and a half", "2.5 h"], ["2h and half", "2.5 h"], ["2h and a quarter", "2.25 h"], ["2h and a half x", "2.5 h, then x"], ["2h a half", "2 h, then a half"], ["2h or a half", "2 h, then or a half"], ["2h and a bit", "2 h, then and a bit"], ["2h and the half", "2 h, then and the half"],
    ["1h and half an hour", "1 h, then and half an hour"], ["1h and a quarter of an hour", "1 h, then and a quarter of an hour"], ["1h and a half hour", "1.5 h, then hour"], ["1h and a half an orange", "1.5 h, then an orange"],
    ["hour and a half", "1.5 h"], ["hours and a half", "1.5 h"], ["h and a half", "1.5 h"], ["hour and a quarter x", "1.25 h, then x"], ["hour and half", "1.5 h"], ["hour and", "nothing"], ["hour a half", "nothing"], ["minute and a half", "nothing"], ["an hour and a half x", "1.5 h, then x"],
    ["2 and a half hours and a half", "2.5 h, then and a half"], ["2 and a half hours 20 min", "2.83 h"],
  ])("and a part: %j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
});

describe("minutes behind hours", () => {
  it.each([
    ["1h30", "1.5 h"], ["1h30 acme", "1.5 h, then acme"], ["1h 30 acme", "1.5 h, then acme"], ["1h5", "1.08 h"], ["1h 5 acme", "1 h, then 5 acme"], ["1h 5 min", "1.08 h"], ["1h5m x", "1.08 h, then x"], ["1h00", "1 h"], ["2h00 acme", "2 h, then acme"], ["1h05", "1.08 h"], ["1h1", "1.02 h"],
    ["1h59", "1.98 h"], ["1h60", "1 h, then 60"], ["1h 60 min", "1 h, then 60 min"], ["1h 59 min", "1.98 h"], ["1h 90 min", "1 h, then 90 min"], ["1h 100", "1 h, then 100"], ["1h 305", "1 h, then 305"], ["1h 7.5 min", "1.13 h"], ["1h 30.5", "1 h, then 30.5"], ["1h 30½", "1 h, then 30½"],
    ["1h, 30 min", "1.5 h"], ["1h, 30", "1 h, then , 30"], ["1h and 30 min", "1.5 h"], ["1h and 30", "1 h, then and 30"], ["1h & 30 min", "1.5 h"], ["1h & 30", "1 h, then & 30"], ["1h, and 30 min x", "1.5 h, then x"], ["1h and, 30 min", "1 h, then and, 30 min"], ["1h; 30 min", "1 h, then ; 30 min"], ["1h und 30 minuten", "1.5 h"],
    ["1 hour thirty", "1.5 h"], ["1 hour ten", "1.17 h"], ["1 hour nine", "1 h, then nine"], ["the |3h one", "3 h, then one"], ["1 hour five minutes", "1.08 h"], ["1 hour and five minutes", "1.08 h"], ["1 hour and thirty", "1 h, then and thirty"], ["1 hour forty five x", "1.75 h, then x"], ["1 hour sixty", "1 h, then sixty"], ["1 hour twenty hours", "1 h, then twenty hours"], ["1 hour x", "1 h, then x"],
    ["1h 30h", "1 h, then 30h"], ["1h 30 hours", "1 h, then 30 hours"], ["1h 30 march", "1 h, then 30 march"], ["1h 30 april", "1 h, then 30 april"], ["1h 30:15", "1 h, then 30:15"], ["1h 30/4", "1 h, then 30/4"], ["1h 30.", "1 h, then 30."], ["1h 30 .", "1.5 h, then ."], ["1h 30,", "1 h, then 30,"], ["1h 30%", "1 h, then 30%"], ["1h 30-40", "1 h, then 30-40"], ["1h 30 - 40", "1.5 h, then - 40"],
    ["1h 30x", "1 h, then 30x"], ["1h30x", "1 h, then 30x"], ["1h 30)", "1.5 h, then )"], ["1h 30;", "1.5 h, then ;"], ["1h 30 --", "1.5 h, then --"], ["1h30m5", "1.5 h, then 5"], ["1.5h 30", "2 h"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
});

describe("a part of an hour", () => {
  it.each([
    ["half an hour", "0.5 h"], ["half an hour x", "0.5 h, then x"], ["half a hour", "0.5 h"], ["half of an hour x", "0.5 h, then x"], ["half-hour", "0.5 h"], ["half - hour", "nothing"], ["half x hour", "nothing"], ["half an orange", "nothing"], ["a half hour", "0.5 h"], ["a half an hour x", "0.5 h, then x"], ["the half hour", "nothing"],
    ["quarter hour x", "0.25 h, then x"], ["a quarter of an hour x", "0.25 h, then x"], ["quarter of the hour", "nothing"], ["a third of an hour", "nothing"], ["half", "nothing"], ["a half", "nothing"], ["quarter", "nothing"],
    ["1/2 an hour", "0.5 h"], ["3/4 of an hour x", "0.75 h, then x"], ["1/2 hour", "0.5 h"], ["1/2h x", "0.5 h, then x"], ["1/2 an orange", "nothing"], ["v|1/2 an hour", "nothing"], ["1/3 of an hour", "nothing"], ["1/2 of", "nothing"], ["2 1/2 hours x", "2.5 h, then x"],
    ["three quarters of an hour x", "0.75 h, then x"], ["3 quarters of an hour", "0.75 h"], ["3 quarter hour", "0.75 h"], ["three quarter hour", "0.75 h"], ["two quarters of an hour", "nothing"], ["three halves of an hour", "nothing"], ["three quarters", "nothing"], ["three quarters of the day", "nothing"], ["33 quarters of an hour", "nothing"],
    ["eine halbe stunde", "0.5 h"], ["halbe stunde x", "0.5 h, then x"], ["einer halben stunde", "0.5 h"], ["eine viertelstunde", "0.25 h"], ["viertelstunde x", "0.25 h, then x"], ["einer dreiviertelstunde", "0.75 h"], ["eine dreiviertelstunde x", "0.75 h, then x"], ["anderthalb stunden x", "1.5 h, then x"], ["anderthalb tage", "nothing"], ["zweieinhalb h", "2.5 h"], ["halbe tage", "nothing"], ["x halbe stunde", "nothing"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
});

describe("hours and minutes with a colon", () => {
  it.each([
    ["1:30", "1.5 h:mm"], ["1:30 acme", "1.5 h:mm, then acme"], ["1:30h", "1.5 h"], ["1:30 hours x", "1.5 h, then x"], ["1:30h x", "1.5 h, then x"], ["12:00", "12 h:mm"], ["12:01", "nothing"], ["12:01h", "12.02 h"], ["13:00", "nothing"], ["13:00 h", "13 h"], ["24:00h", "24 h"], ["24:30h", "ask"], ["0:00", "ask"], ["0:00 h", "ask"], ["0:01", "0.02 h:mm"],
    ["1:30.", "1.5 h:mm, then ."], ["1:30 .5", "1.5 h:mm, then .5"], ["1:30:15", "nothing"], ["1:30.15", "nothing"], ["1:30.x", "1.5 h:mm, then .x"], ["1:30:x", "1.5 h:mm, then :x"], ["1:30-15", "1.5 h:mm, then -15"], ["1:30am", "nothing"], ["1:30 am", "1.5 h:mm, then am"], ["1:30x", "nothing"], ["1:30)", "1.5 h:mm, then )"], ["1:30min", "nothing"],
    ["1:59", "1.98 h:mm"], ["1:60", "nothing"], ["1:5", "nothing"], ["1:050", "nothing"], ["1 :30", "nothing"], ["1: 30", "nothing"], ["1-30", "nothing"], ["001:30", "nothing"], ["01:30", "1.5 h:mm"], ["a:30", "nothing"], ["1:ab", "nothing"], ["v|1:30", "nothing"], ["|:30", "nothing"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
});

describe("a length that only the user knows", () => {
  it.each([
    ["half day", "ask 4 (0.5 day)"], ["half a day x", "ask 4 (0.5 day), then x"], ["half-day x", "ask 4 (0.5 day), then x"], ["half the day", "nothing"], ["a half day", "ask 4 (0.5 day)"], ["the half day", "ask 4 (0.5 day)"], ["half days", "ask 4 (0.5 day)"], ["half workday", "ask 4 (0.5 day)"], ["half week", "nothing"], ["half morning", "nothing"],
    ["all day x", "ask 8 (1 day), then x"], ["all the day x", "ask 8 (1 day), then x"], ["all a day", "ask 8 (1 day)"], ["whole day", "ask 8 (1 day)"], ["the whole day", "ask 8 (1 day)"], ["whole the day", "nothing"], ["full workday", "ask 8 (1 day)"], ["an entire day", "nothing"], ["an |entire day", "ask 8 (1 day)"], ["all weeks", "nothing"], ["all", "nothing"], ["the day", "nothing"], ["this day", "nothing"],
    ["all morning x", "ask, then x"], ["all the morning x", "ask, then x"], ["the whole morning", "ask"], ["a full afternoon", "ask"], ["whole the morning", "nothing"], ["entire evening x", "ask, then x"], ["all monday", "nothing"], ["all the monday", "nothing"],
    ["a few hours x", "ask, then x"], ["few hours", "ask"], ["the few hours", "ask"], ["a few of hours", "ask"], ["several hours", "ask"], ["some hours x", "ask, then x"], ["some of hours", "ask"], ["some minutes", "ask"], ["few days", "nothing"], ["some of it", "nothing"], ["many hours", "nothing"],
    ["a couple of hours x", "2 h, then x"], ["a couple hours", "2 h"], ["couple of hours", "2 h"], ["couple of minutes", "nothing"], ["the couple of hours", "2 h"], ["a couple of x hours", "nothing"], ["couple", "nothing"],
    ["1 day", "ask 8 (1 day)"], ["a day x", "ask 8 (1 day), then x"], ["a days", "ask 8 (1 day)"], ["2 days x", "ask 16 (2 day), then x"], ["3 days", "ask 24 (3 day)"], ["4 days", "ask (4 day)"], ["0 days", "ask (0 day)"], ["1.5 days", "ask 12 (1.5 day)"], ["two days", "ask 16 (2 day)"], ["1 workday", "ask 8 (1 day)"], ["2 weeks", "nothing"], ["a week", "nothing"], ["-1 day", "nothing"], ["-|1 day", "nothing"], ["+1 day", "ask 8 (1 day)"], ["v|1 day", "nothing"],
    ["2h |a day", "nothing"], ["2 hours |a day", "nothing"], ["acme |a day", "ask 8 (1 day)"], ["2h |1 day", "ask 8 (1 day)"], ["2h |half a day", "ask 4 (0.5 day)"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
  it("is asked about in the words that were said", () => {
    const asked = (text: string): string => readAt(lengthAt, (meaning) => (meaning.kind === "ask" ? meaning.text : ""), text);
    expect(asked("half-day of acme")).toBe("How many hours is \"half-day\"?, then of acme");
    expect(asked("a few hours")).toBe("How many hours is \"a few hours\"?");
  });
});

describe("a length between two", () => {
  it.each([
    ["2-3 hours", "ask 2 3"], ["2-3h x", "ask 2 3, then x"], ["2 to 3 hours", "ask 2 3"], ["2 or 3 hours", "ask 2 3"], ["2h or 3", "2 h, then or 3"], ["2h or 3h", "2 h, then or 3h"], ["2h to 3", "2 h, then to 3"], ["2 and 3 hours", "nothing"], ["2 then 3 hours", "nothing"], ["2 to 3", "nothing"], ["2 to 3 x", "nothing"], ["2 to x", "nothing"], ["to 3 hours", "nothing"],
    ["between 2 and 3 hours x", "ask 2 3, then x"], ["between 2 to 3 hours", "ask 2 3"], ["between 2 plus 3 hours", "nothing"], ["between x and 3 hours", "nothing"], ["among |2 and 3 hours", "nothing"], ["30-45 min", "ask 0.5 0.75"], ["30 to 45 minutes x", "ask 0.5 0.75, then x"], ["an hour or two", "ask 1 2"], ["a hour or two x", "ask 1 2, then x"], ["an hour or one", "1 h, then or one"], ["one or two hours", "ask 1 2"], ["a or two hours", "nothing"],
    ["3-2 hours", "nothing"], ["2-2 hours", "nothing"], ["3h or 2", "3 h, then or 2"], ["2h or 2", "2 h, then or 2"], ["0-2 hours", "ask 2"], ["23-24 hours", "ask 23 24"], ["23-25 hours", "ask 23"], ["20 to 24 h", "ask 20 24"], ["2 days or 3", "ask 16 (2 day), then or 3"], ["30 min or 45", "0.5 h, then or 45"], ["2 tons 3 hours", "nothing"], ["2 orange 3 hours", "nothing"], ["1.5-2 hours", "ask 1.5 2"], ["two or three hours", "ask 2 3"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
});

describe("lengths with a sign", () => {
  it.each([
    ["+2h", "2 h"], ["+2h x", "2 h, then x"], ["+ 2h", "nothing"], ["-2h", "ask"], ["-2h x", "ask, then x"], ["- 2h", "nothing"], ["x-|2h", "nothing"], ["x|-2h", "nothing"], ["x |-2h", "ask"], ["+1:30", "1.5 h:mm"], ["+half an hour", "0.5 h"], ["-30 min", "ask"], ["-x", "nothing"], ["*2h", "nothing"],
    ["2h + 30m", "2.5 h"], ["2h + 30m x", "2.5 h, then x"], ["2h+1:30 x", "3.5 h, then x"], ["2h + x", "2 h, then + x"], ["2h + 2 days", "2 h, then + 2 days"], ["2h - 30m", "2 h, then - 30m"], ["1:30 + 0:45", "2.25 h"], ["20h + 5h", "ask"], ["2h + 25h", "2 h, then + 25h"], ["half day + 2h", "ask 4 (0.5 day), then + 2h"], ["0h + 2h", "ask, then + 2h"],
  ])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
});

describe("how long may be", () => {
  it.each([["0h", "ask"], ["0 min x", "ask, then x"], ["24h", "24 h"], ["24.01h", "ask"], ["25h", "ask"], ["1440 min", "24 h"], ["1441 min", "ask"], ["0.01h", "0.01 h"]])("%j: %s", (marked, reading) => {
    expect(here(marked)).toBe(reading);
  });
  it.each<[number, string]>([[0, "ask"], [-1, "ask"], [0.25, "0.25 h"], [12, "12 h"], [12.5, "ask"], [13, "ask 0.22"], [90, "ask 1.5"], [600, "ask 10"], [601, "ask"], [700, "ask"], [700.5, "ask"]])("a bare %f: %s", (value, reading) => {
    expect(showHours(bareLength(value))).toBe(reading);
  });
});
