import { describe, expect, it } from "vitest";
import { exampleFacts } from "./fixture-account.ts";
import { workingDay } from "./facts-schema.ts";
import { readPhrase } from "./phrase.ts";
import { read } from "./read.ts";
import { CONVENTION, type ReadingRules } from "./rules.ts";

/** Monday 6 April 2026; what a phrase comes to when the user has chosen so. */
function said(text: string, chosen: Partial<ReadingRules>): unknown {
  const phrase = readPhrase(text, { ...exampleFacts, rules: { ...CONVENTION, ...chosen } });
  return phrase && "date" in phrase && phrase.date !== undefined && !("hours" in phrase) ? phrase.date : phrase;
}

describe("what the user may choose", () => {
  it.each([["past", "2026-04-03"], ["this-week", "2026-04-10"], ["nearest", "2026-04-03"], ["future", "2026-04-10"]] as const)("a bare Friday under %s is %s", (bare, date) => {
    expect(said("friday", { bare })).toBe(date);
  });
  it.each(["past", "this-week", "nearest", "future"] as const)("today counts for a bare weekday under %s", (bare) => {
    expect(said("monday", { bare })).toBe("2026-04-06");
  });
  it("nearest goes to the coming one when that is closer", () => {
    expect(said("wednesday", { bare: "nearest" })).toBe("2026-04-08");
  });
  it("this Sunday need not be asked when the coming one is meant", () => {
    expect(said("this sunday", { this: "coming" })).toBe("2026-04-12");
    expect(said("this sunday", {})).toMatchObject({ ask: "date" });
  });
  it.each([["strict", "2026-04-04"], ["previous-week", "2026-04-04"]] as const)("last Saturday under %s is %s", (last, date) => {
    expect(said("last saturday", { last })).toBe(date);
  });
  it("last Wednesday is asked, or settled as chosen", () => {
    const friday = { ...exampleFacts, today: "2026-04-10" } as const;
    expect(readPhrase("last wednesday", friday)).toMatchObject({ ask: "date" });
    expect(readPhrase("last wednesday", { ...friday, rules: { ...CONVENTION, last: "strict" } })).toEqual({ date: "2026-04-08" });
    expect(readPhrase("last wednesday", { ...friday, rules: { ...CONVENTION, last: "previous-week" } })).toEqual({ date: "2026-04-01" });
  });
  it("next Friday is asked, or settled as chosen", () => {
    expect(said("next friday", {})).toMatchObject({ ask: "date" });
    expect(said("next friday", { next: "strict" })).toBe("2026-04-10");
    expect(said("next friday", { next: "next-week" })).toBe("2026-04-17");
  });
  it("a day has the length that was set", () => {
    expect(said("half a day", { dayHours: 7.5 })).toEqual({ hours: 3.75 });
    expect(said("all day", { dayHours: 7.5 })).toEqual({ hours: 7.5 });
    expect(said("all day", {})).toMatchObject({ ask: "hours" });
  });
  it("the clock on the wall counts 3 hours where 2 have passed", () => {
    expect(said("2026-03-08 from 1am to 4am", { clocks: "wall" })).toMatchObject({ hours: 3 });
    expect(said("2026-03-08 from 1am to 4am", {})).toMatchObject({ hours: 2 });
  });
  it("until four in the morning it is still yesterday, if the user says so", () => {
    const small = { today: "2026-04-06", time: "03:59" } as const;
    expect(workingDay(small, { ...CONVENTION, dayStart: 4 }).today).toBe("2026-04-05");
    expect(workingDay(small, CONVENTION).today).toBe("2026-04-06");
    expect(workingDay({ ...small, time: "04:00" }, { ...CONVENTION, dayStart: 4 }).today).toBe("2026-04-06");
  });
  it.each([["confirm", { kind: "proposal", preview: true }], ["yes", { kind: "proposal", preview: false }], ["no", { kind: "refusal" }]] as const)("a day ahead under %s", (future, expected) => {
    expect(read("2h initech tomorrow", { ...exampleFacts, rules: { ...CONVENTION, future } }).outcome).toMatchObject(expected);
  });
});
