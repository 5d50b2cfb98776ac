import { describe, expect, it } from "vitest";
import { calendarTable, describeDate, distance } from "./calendar.ts";
import { formatHours, hoursOfMinutes, roundHours } from "./hours.ts";

describe("showing dates", () => {
  it("leaves this year out and names another", () => {
    expect(describeDate("2026-04-05", "2026-04-06")).toBe("Sun 5 Apr");
    expect(describeDate("2025-12-31", "2026-04-06")).toBe("Wed 31 Dec 2025");
  });
  it.each([["2026-04-06", "today"], ["2026-04-05", "yesterday"], ["2026-04-07", "tomorrow"], ["2026-04-03", "3 days ago"], ["2026-04-08", "in 2 days"]] as const)("says that %s is %s", (date, words) => {
    expect(distance(date, "2026-04-06")).toBe(words);
  });
  it("tables last, this and next week in order", () => {
    const rows = calendarTable("2026-04-06", "sunday");
    expect(rows).toHaveLength(21);
    expect(rows[0]).toEqual({ date: "2026-03-29", weekday: "Sunday", distance: "8 days ago" });
    expect(rows.at(-1)?.date).toBe("2026-04-18");
  });
});

describe("showing and rounding hours", () => {
  it.each([[2, "2 h"], [2.5, "2 h 30 min"], [0.75, "45 min"], [0, "0 min"], [0.33, "20 min"], [1.67, "1 h 40 min"]])("writes %s h as %s", (hours, words) => {
    expect(formatHours(hours)).toBe(words);
  });
  it("brings every length of whole minutes back from Harvest's two decimals", () => {
    for (let minutes = 1; minutes <= 1440; minutes += 1) expect(Math.round(hoursOfMinutes(minutes) * 60)).toBe(minutes);
  });
  it.each([
    [1.12, "nearest", 1], [1.13, "nearest", 1.25], [1.125, "nearest", 1.25], [1.01, "up", 1.25], [1.24, "down", 1], [0.33, "nearest", 0.25], [0.05, "nearest", 0],
  ] as const)("rounds %s h %s to %s by quarters", (hours, mode, sent) => {
    expect(roundHours(hours, { minutes: 15, mode })).toBe(sent);
  });
  it("keeps two decimals without a rounding", () => {
    expect(roundHours(1 / 3, undefined)).toBe(0.33);
  });
});
