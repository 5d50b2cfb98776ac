import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hoursOf, lengthWords, minutesOf, quarterStep } from "./hours-text.ts";

describe("a typed length", () => {
  it.each([
    ["1.5", 90],
    ["1,5 h", 90],
    [".5", 30],
    ["2", 120],
    ["2h", 120],
    ["1:30", 90],
    ["0:05", 5],
    ["1h30", 90],
    ["1h 30m", 90],
    ["2 h 30 min", 150],
    ["1 hour", 60],
    ["45 min", 45],
    ["90m", 90],
    ["24", 1440],
    ["0", 0],
  ])("%j is %i minutes", (text, minutes) => {
    expect(minutesOf(text)).toBe(minutes);
  });

  it.each(["", "h", ".", "1:75", "25", "24:01", "two", "1h acme", "-1", "1.5.5", "1441 min", "1e2"])("%j is asked again", (text) => {
    expect(minutesOf(text)).toBeUndefined();
  });

  it("comes back the same from its own words", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1440 }), (minutes) => {
        expect(minutesOf(lengthWords(minutes))).toBe(minutes);
      }),
    );
  });

  it("keeps the minute in the two decimals that are stored", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1440 }), (minutes) => {
        expect(Math.round(hoursOf(minutes) * 60)).toBe(minutes);
      }),
    );
  });

  it.each([
    [0, 1, 15],
    [50, 1, 60],
    [50, -1, 45],
    [60, 1, 75],
    [60, -1, 45],
    [5, -1, 0],
    [0, -1, 0],
    [1440, 1, 1440],
  ] as const)("steps from %i by %i to %i", (from, by, to) => {
    expect(quarterStep(from, by)).toBe(to);
  });
});
