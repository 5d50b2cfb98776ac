import { expect, test } from "vitest";
import { companyOf, meOf, projectOf, zoneOf } from "./account-facts.ts";
import zones from "./timezones.json" with { type: "json" };
import { wireAssignment, wireCompany, wireMe } from "./wire.ts";

test("every zone name of Harvest is one that this computer knows", () => {
  for (const iana of Object.values(zones)) expect(() => new Intl.DateTimeFormat("en", { timeZone: iana })).not.toThrow();
});

test.each([
  ["Eastern Time (US & Canada)", "America/New_York"],
  ["Berlin", "Europe/Berlin"],
  ["Europe/Vienna", "Europe/Vienna"],
  ["Middle Earth", undefined],
  [null, undefined],
])("the zone %s is %s", (name, zone) => {
  expect(zoneOf(name)).toBe(zone);
});

test("a person whose zone nobody knows is in the zone that the caller names", () => {
  expect(meOf(wireMe.parse({ id: 1, timezone: "Middle Earth" }), "Europe/Rome")).toEqual({ id: 1, name: "", email: "", zone: "Europe/Rome" });
  expect(meOf(wireMe.parse({ id: 1, first_name: "A", last_name: null }), undefined)).toEqual({ id: 1, name: "A", email: "" });
});

test.each([
  ["%m/%d/%Y", "MDY"],
  ["%d.%m.%Y", "DMY"],
  ["%Y-%m-%d", "YMD"],
  ["%y", undefined],
])("the date format %s is %s", (date_format, order) => {
  expect(companyOf(wireCompany.parse({ date_format })).dateOrder).toBe(order);
});

test("a week that starts on a day without a rule is left open", () => {
  expect(companyOf(wireCompany.parse({ week_start_day: "Sunday" })).weekStart).toBe("sunday");
  expect(companyOf(wireCompany.parse({ week_start_day: "Wednesday" })).weekStart).toBeUndefined();
});

const assignment = { id: 1, is_active: true, project: { id: 7, name: "Deep Learning", code: null }, client: { id: 3, name: "Northwind Labs" } };

test("null and empty codes are no code, and a project may have no task", () => {
  expect(projectOf(wireAssignment.parse({ ...assignment, task_assignments: [] }))).toEqual({ id: 7, client: "Northwind Labs", name: "Deep Learning", active: true, tasks: [] });
  expect(projectOf(wireAssignment.parse({ ...assignment, project: { ...assignment.project, code: "" } }))).not.toHaveProperty("code");
});

test("inactive tasks and inactive assignments are left out", () => {
  const tasks = [{ id: 1, is_active: false, task: { id: 5, name: "Old" } }, { id: 2, is_active: true, task: { id: 6, name: "New" } }, { id: 3, task: null }];
  expect(projectOf(wireAssignment.parse({ ...assignment, task_assignments: tasks }))?.tasks).toEqual([{ id: 6, name: "New" }]);
  expect(projectOf(wireAssignment.parse({ ...assignment, is_active: false }))).toBeUndefined();
});
