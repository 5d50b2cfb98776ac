import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import type { IsoDate } from "./entry.ts";
import { addDays, addMonths, daysInMonth, diffDays, elapsedHours, isRealDate, nowIn, parseIsoDate, startOfWeek, weekdayOf } from "./time.ts";

describe("civil dates", () => {
  it("agrees with a calendar library on any day and distance", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: -2000, max: 2000 }), (from, days) => {
        const start = DateTime.utc(1700, 1, 1).plus({ days: from });
        const date = start.toISODate() as IsoDate;
        const later = addDays(date, days);
        expect(later).toBe(start.plus({ days }).toISODate());
        expect(diffDays(date, later)).toBe(days);
        expect(weekdayOf(date)).toBe(start.weekday);
      }),
      { numRuns: 300 },
    );
  });

  it("never rolls an impossible day over", () => {
    expect(isRealDate(2026, 2, 30)).toBe(false);
    expect(isRealDate(2026, 2, 29)).toBe(false);
    expect(isRealDate(2028, 2, 29)).toBe(true);
    expect(isRealDate(2026, 6, 31)).toBe(false);
    expect(isRealDate(2100, 2, 29)).toBe(false);
    expect(parseIsoDate("2026-02-30")).toBeUndefined();
    expect(daysInMonth(2000, 2)).toBe(29);
  });

  it("keeps to the last day when a month is shorter", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2026-03-31", -1)).toBe("2026-02-28");
    expect(addMonths("2026-01-15", -13)).toBe("2024-12-15");
  });

  it.each([["monday", "2026-03-30"], ["sunday", "2026-04-05"], ["saturday", "2026-04-04"]] as const)("begins the week of Sunday 5 April 2026 on its %s", (start, first) => {
    expect(startOfWeek("2026-04-05", start)).toBe(first);
  });
});

describe("now in a zone", () => {
  it("takes a local string as civil time in the zone", () => {
    expect(nowIn("America/New_York", "2026-04-06T09:00:00")).toEqual({ today: "2026-04-06", time: "09:00" });
  });
  it("converts an instant into the zone, over midnight too", () => {
    expect(nowIn("America/New_York", "2026-04-06T02:00:00Z")).toEqual({ today: "2026-04-05", time: "22:00" });
    expect(nowIn("Asia/Tokyo", "2026-04-06T20:00:00-04:00")).toEqual({ today: "2026-04-07", time: "09:00" });
  });
  it.each([["Mars/Olympus", "2026-04-06T09:00:00"], ["UTC", "soon"], ["UTC", "2026-02-30T09:00:00"]])("refuses %s %s", (zone, text) => {
    expect(nowIn(zone, text)).toBeUndefined();
  });
});

describe("elapsed time", () => {
  const hours = (date: IsoDate, start: number, end: number): number | undefined => elapsedHours(date, start * 60, end * 60, "America/New_York");
  it("is the clock's difference on an ordinary day, past midnight too", () => {
    expect(hours("2026-04-06", 9, 17)).toBe(8);
    expect(hours("2026-04-06", 22, 26)).toBe(4);
  });
  it("is an hour less in the night that loses one, and an hour more in the night that gains one", () => {
    expect(hours("2026-03-08", 0, 4)).toBe(3);
    expect(hours("2026-11-01", 0, 4)).toBe(5);
  });
  it("is unknown when a time does not exist that day", () => {
    expect(hours("2026-03-08", 2.5, 4)).toBeUndefined();
    expect(elapsedHours("2026-04-06", 0, 60, "Mars/Olympus")).toBeUndefined();
  });
});
