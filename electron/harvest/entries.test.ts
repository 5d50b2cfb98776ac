import { expect, test } from "vitest";
import { changeBody, clockMinutes, clockRange, createBody, entryOf, startBody } from "./entries.ts";
import { wireEntry } from "./wire.ts";

const draft = { date: "2026-04-06", hours: 1.5, project: 1, task: 11, notes: "" } as const;

test.each(["duration", "start-end"] as const)("a new booking in %s mode always has hours", (mode) => {
  expect(createBody(draft, "m", mode)).toMatchObject({ hours: 1.5, spent_date: "2026-04-06", project_id: 1, task_id: 11, external_reference: { id: "m", group_id: "stint" } });
});

test("a start-and-end account gets both times, a duration account none", () => {
  expect(createBody(draft, "m", "start-end")).toMatchObject({ started_time: "09:00", ended_time: "10:30" });
  expect(createBody(draft, "m", "duration")).not.toHaveProperty("started_time");
});

test("a timer is started without hours and without an end", () => {
  const body = startBody(draft, "m");
  expect(body).not.toHaveProperty("hours");
  expect(body).not.toHaveProperty("ended_time");
});

test.each([
  [0.33, "09:00", "09:20"],
  [8, "09:00", "17:00"],
  [14.5, "09:00", "23:30"],
  [20, "03:59", "23:59"],
])("%d h runs from %s to %s", (hours, started_time, ended_time) => {
  expect(clockRange(hours)).toEqual({ started_time, ended_time });
});

test("a whole day has no start and end on one day", () => {
  expect(clockRange(24)).toBeUndefined();
  expect(createBody({ ...draft, hours: 24 }, "m", "start-end")).toBeUndefined();
});

test.each([
  ["16:04", 964],
  ["4:04pm", 964],
  ["12:00am", 0],
  ["12:30 PM", 750],
  ["9", undefined],
  ["25:00", undefined],
  ["13:00pm", undefined],
  [null, undefined],
])("the clock text %s is minute %s", (text, minutes) => {
  expect(clockMinutes(text)).toBe(minutes);
});

test("a change carries only what is set, and an empty note clears it", () => {
  expect(changeBody({ date: "2026-04-03" })).toEqual({ spent_date: "2026-04-03" });
  expect(changeBody({ notes: "" })).toEqual({ notes: "" });
  expect(changeBody({ project: 2, task: 22 })).toEqual({ project_id: 2, task_id: 22 });
});

const least = { id: 5, spent_date: "2026-04-06", project: { id: 1 }, task: { id: 11 } };

test("an entry with nulls, missing keys and new ones is read", () => {
  const wire = wireEntry.parse({ ...least, notes: null, hours: null, external_reference: null, user_assignment: null, brand_new: { a: 1 } });
  expect(entryOf(wire)).toEqual({ id: 5, date: "2026-04-06", hours: 0, project: 1, task: 11, notes: "", running: false, updatedAt: "" });
});

test("an entry without a day, project or task is not guessed at", () => {
  expect(entryOf(wireEntry.parse({ id: 5 }))).toBeUndefined();
});

test.each([
  [{ is_locked: true, locked_reason: "Item Invoiced" }, "Item Invoiced"],
  [{ is_closed: true }, "Item Approved"],
  [{ is_billed: true, locked_reason: null }, "Item Invoiced"],
  [{ is_locked: true }, "Item Locked"],
  [{ is_locked: false }, undefined],
])("%j is locked because of %s", (flags, reason) => {
  expect(entryOf(wireEntry.parse({ ...least, ...flags }))?.locked).toBe(reason);
});
