import { describe, expect, it } from "vitest";
import type { Rounding } from "./entry.ts";
import { formatHours, hoursOfMinutes, roundHours, storedHours } from "./hours.ts";

describe("hours as Harvest keeps them", () => {
  it.each([[20, 0.33], [40, 0.67], [10, 0.17], [90, 1.5], [1, 0.02], [0, 0]])("%i minutes are %f h", (minutes, hours) => {
    expect(hoursOfMinutes(minutes)).toBe(hours);
  });
  it.each([[1.005, 1.01], [0.333333, 0.33], [2.675, 2.68], [2, 2], [0.1 + 0.2, 0.3]])("%f is kept as %f", (hours, kept) => {
    expect(storedHours(hours)).toBe(kept);
  });
});

describe("a length in words", () => {
  it.each([
    [2, "2 h"], [2.5, "2 h 30 min"], [0.75, "45 min"], [0, "0 min"], [0.33, "20 min"], [1.33, "1 h 20 min"], [0.02, "1 min"], [24, "24 h"],
    [-0.5, "-30 min"], [-1, "-1 h"], [-1.5, "-1 h 30 min"],
  ])("%f is shown as %s", (hours, words) => {
    expect(formatHours(hours)).toBe(words);
  });
  it("has no sign when less than a minute is missing", () => {
    expect(formatHours(-0.001)).toBe("0 min");
    expect(formatHours(-0)).toBe("0 min");
  });
});

describe("rounding to a step", () => {
  const of = (minutes: number, mode: Rounding["mode"]): Rounding => ({ minutes, mode });
  it.each<[number, Rounding, number]>([
    [1.1, of(15, "nearest"), 1], [1.125, of(15, "nearest"), 1.25], [1.2, of(15, "nearest"), 1.25], [0.33, of(20, "nearest"), 0.33], [0.1, of(15, "nearest"), 0],
    [1.01, of(15, "up"), 1.25], [1.25, of(15, "up"), 1.25], [0.02, of(6, "up"), 0.1], [0.33, of(10, "up"), 0.33], [1.99, of(30, "up"), 2],
    [1.24, of(15, "down"), 1], [1.25, of(15, "down"), 1.25], [0.3, of(6, "down"), 0.3], [0.1 + 0.2, of(6, "down"), 0.3],
  ])("%f h by %j is %f h", (hours, rounding, rounded) => {
    expect(roundHours(hours, rounding)).toBe(rounded);
  });
  it("leaves a length alone without a step", () => {
    expect(roundHours(1.111, undefined)).toBe(1.11);
    expect(roundHours(1.111, of(0, "up"))).toBe(1.11);
    expect(roundHours(1.111, of(-15, "up"))).toBe(1.11);
  });
});
