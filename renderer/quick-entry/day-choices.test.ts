import { describe, expect, it } from "vitest";
import { isoOf, recentDays } from "./day-choices.ts";

describe("days to pick", () => {
  it("are today and the six days before, across a month's end", () => {
    expect(recentDays(new Date(2026, 3, 2, 23, 30))).toEqual([
      { iso: "2026-04-02", label: "Today" },
      { iso: "2026-04-01", label: "Yesterday" },
      { iso: "2026-03-31", label: "Tue 31" },
      { iso: "2026-03-30", label: "Mon 30" },
      { iso: "2026-03-29", label: "Sun 29" },
      { iso: "2026-03-28", label: "Sat 28" },
      { iso: "2026-03-27", label: "Fri 27" },
    ]);
  });

  it("do not skip or repeat the day on which clocks change", () => {
    const days = recentDays(new Date(2026, 10, 3, 0, 10)).map(({ iso }) => iso);
    expect(new Set(days).size).toBe(7);
  });

  it("are the civil date late in the evening too", () => {
    expect(isoOf(new Date(2026, 3, 5, 23, 59))).toBe("2026-04-05");
  });
});
