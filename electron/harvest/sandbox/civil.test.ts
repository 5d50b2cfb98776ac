import { expect, test } from "vitest";
import { addDays, civilAt, clockText, ianaOf, instantAt, isRealDate, minutesOf, railsNameOf } from "./civil.ts";

test.each([
  ["2026-04-06T03:30:00Z", "America/New_York", "2026-04-05", "23:30"],
  ["2026-04-06T03:30:00Z", "Pacific/Auckland", "2026-04-06", "15:30"],
  ["2026-04-06T00:00:00Z", "UTC", "2026-04-06", "00:00"],
])("%s in %s is %s %s", (instant, zone, date, time) => {
  expect(civilAt(new Date(instant), zone)).toEqual({ date, time });
});

test.each([
  ["2026-03-08", "01:30", "2026-03-08T06:30:00.000Z"],
  ["2026-03-08", "03:30", "2026-03-08T07:30:00.000Z"],
  ["2026-07-01", "17:00", "2026-07-01T21:00:00.000Z"],
])("%s %s in New York is %s", (date, time, instant) => {
  expect(instantAt({ date, time }, "America/New_York").toISOString()).toBe(instant);
});

test("days are counted on the calendar, across months and leap days", () => {
  expect([addDays("2026-03-01", -1), addDays("2028-02-28", 1), addDays("2026-12-31", 1)]).toEqual(["2026-02-28", "2028-02-29", "2027-01-01"]);
});

test.each([["2026-02-30", false], ["2028-02-29", true], ["2026-2-3", false], ["tomorrow", false]])("%s is a real day: %s", (text, real) => {
  expect(isRealDate(text)).toBe(real);
});

test.each([["00:00", "12:00am"], ["12:05", "12:05pm"], ["16:04", "4:04pm"], ["09:30", "9:30am"]])("%s is %s on a 12-hour clock, and back", (time, text) => {
  expect(clockText(time, "12h")).toBe(text);
  expect(minutesOf(text)).toBe(minutesOf(time));
  expect(clockText(time, "24h")).toBe(time);
});

test.each(["America/New_York", "Europe/Berlin", "Europe/Vienna", "Etc/UTC", "America/Argentina/Ushuaia"])("%s survives the way to Harvest's name and back", (zone) => {
  expect(ianaOf(railsNameOf(zone))).toBe(zone);
});
