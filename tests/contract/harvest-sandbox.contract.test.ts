import { describe, expect, test } from "vitest";
import { createGivenAccount } from "../../electron/harvest/sandbox/given.ts";
import { startSandbox } from "../../electron/harvest/sandbox/server.ts";
import type { Sandbox } from "../../electron/harvest/sandbox/server.ts";
import { day, NOW, sample, raw, sandbox, stateOf, ZONE } from "./harvest-account.ts";
import { acme, asRole, post } from "./sandbox-booking.ts";

const patch = (box: Sandbox, path: string, body?: unknown) => raw(box, `/v2/time_entries/${path}`, { method: "PATCH", body });

describe("bookings", () => {
  test("without hours are a running timer", async () => {
    const box = await sandbox();
    expect((await post(box, await acme(box))).json).toMatchObject({ hours: 0, is_running: true, started_time: "09:00" });
  });

  test("with blanks are refused in the recorded words", async () => {
    const box = await sandbox();
    const answer = await post(box, { project_id: null, task_id: null });
    expect([answer.status, answer.json.message]).toEqual([422, "Project can't be blank, Task can't be blank, Spent date can't be blank, Spent date is not a valid date"]);
    expect(answer.headers.get("x-sandbox-assumed")).toBeNull();
    expect((await post(box, { ...(await acme(box)), spent_date: "2026-02-30", hours: 1 })).json.message).toBe("Spent date is not a valid date");
  });

  test("take numbers as text, a form, and parameters from the query, and ignore unknown keys", async () => {
    const box = await sandbox();
    const { project_id, task_id } = await acme(box);
    expect((await post(box, { project_id: String(project_id), task_id: String(task_id), spent_date: day, hours: "1.25", is_locked: true, odd: {} })).json).toMatchObject({ hours: 1.25, is_locked: false });
    const form = `project_id=${project_id}&task_id=${task_id}&spent_date=${day}&hours=1%3A30&external_reference%5Bid%5D=f1`;
    expect((await raw(box, "/v2/time_entries", { method: "POST", body: form, headers: { "Content-Type": "application/x-www-form-urlencoded" } })).json).toMatchObject({ hours: 1.5, external_reference: { id: "f1" } });
    const made = await raw(box, `/v2/time_entries?project_id=${project_id}&task_id=${task_id}&spent_date=${day}&hours=2`, { method: "POST" });
    expect((await raw(box, `/v2/time_entries/${made.json.id}?hours=3`, { method: "PATCH" })).json).toMatchObject({ hours: 3 });
    expect((await post(box, "{not json")).status).toBe(400);
  });

  test.each([
    ["an unknown project", { project_id: 1 }],
    ["an unknown task", { task_id: 1 }],
  ])("on %s are refused, with wording marked as assumed", async (_, change) => {
    const box = await sandbox();
    const answer = await post(box, { ...(await acme(box)), hours: 1, ...change });
    expect([answer.status, answer.headers.get("x-sandbox-assumed")]).toEqual([422, "1"]);
  });

  test("in an approved week, an invoiced range, or without a note that is demanded, are refused", async () => {
    const week = await sandbox({ account: sample((data) => data.approvedWeeks.push({ user: 4_410_021, from: "2026-03-30", to: "2026-04-05" })) });
    expect((await post(week, { ...(await acme(week)), spent_date: "2026-04-01", hours: 1 })).json.message).toBe("The project is locked for this time period.");
    expect((await post(week, { ...(await acme(week)), hours: 1 })).status).toBe(201);
    const noted = await sandbox({ account: sample((data) => { data.company.notesRequired = true; }) });
    expect((await post(noted, { ...(await acme(noted)), hours: 1 })).json.message).toBe("Notes can't be blank");
    const strict = await sandbox({ account: sample((data) => { data.options.strictHours = true; }) });
    expect((await post(strict, { ...(await acme(strict)), hours: 25 })).json.message).toBe("Hours is invalid");
    const { entries } = await stateOf(strict);
    const billed = entries.find((entry) => entry.is_billed);
    expect((await post(strict, { project_id: billed?.project.id, task_id: billed?.task.id, spent_date: billed?.spent_date, hours: 1 })).status).toBe(422);
  });

  test("for somebody else are refused to a member", async () => {
    const box = await sandbox();
    expect((await post(box, { ...(await acme(box)), hours: 1, user_id: 4_410_022 })).status).toBe(403);
  });

  test("of the future and of long ago are taken, and notes of many lines and scripts kept", async () => {
    const box = await sandbox();
    const notes = "Zürich & Øresund\n日本 \"quoted\"";
    for (const spent_date of ["2000-01-05", "2026-07-01"]) expect((await post(box, { ...(await acme(box)), spent_date, hours: 1, notes })).json).toMatchObject({ spent_date, notes });
  });

  test("cannot be given to somebody else by a change", async () => {
    const box = await sandbox({ account: asRole("manager") });
    const made = await post(box, { ...(await acme(box)), hours: 1 });
    expect((await patch(box, String(made.json.id), { user_id: 4_410_022, hours: 2 })).json).toMatchObject({ hours: 2, user: { id: 4_410_021 } });
  });

  test.each([
    ["up", 15, 2.11, 2.25], ["up", 15, 1.35, 1.5], ["up", 15, 0.02, 0.25], ["up", 15, 1.5, 1.5],
    ["nearest", 15, 1.1, 1], ["nearest", 6, 1.04, 1], ["nearest", 6, 1.06, 1.1], ["up", 30, 1.01, 1.5], ["off", 15, 1.01, 1.01],
  ] as const)("are rounded %s to %i minutes in rounded_hours alone: %d shows %d", async (mode, minutes, hours, rounded) => {
    const box = await sandbox({ account: sample((data) => { data.rounding = { mode, minutes }; }) });
    expect((await post(box, { ...(await acme(box)), hours })).json).toMatchObject({ hours, rounded_hours: rounded });
  });

  test("are rounded to two places, and up to the quarter in rounded_hours", async () => {
    const box = await sandbox();
    expect((await post(box, { ...(await acme(box)), hours: 1.3333 })).json).toMatchObject({ hours: 1.33, rounded_hours: 1.5 });
    expect((await post(box, { ...(await acme(box)), hours: 1.25 })).json).toMatchObject({ rounded_hours: 1.25 });
  });
});

describe("locks", () => {
  test("hold members and managers off and let administrators through", async () => {
    for (const [role, status] of [["member", 422], ["manager", 422], ["administrator", 200]] as const) {
      const box = await sandbox({ account: asRole(role) });
      const locked = (await raw(box, "/v2/time_entries?user_id=4410021")).json.time_entries?.filter((row) => row.is_locked) ?? [];
      expect(locked.length).toBeGreaterThan(3);
      for (const row of locked) expect([role, row.locked_reason, (await patch(box, String(row.id), { notes: "x" })).status]).toEqual([role, row.locked_reason, status]);
      expect((await raw(box, `/v2/time_entries/${locked[0]?.id}`, { method: "DELETE" })).status).toBe(status);
    }
  });
});

describe("timers", () => {
  test("show where they started on the wall of the user's zone, and keep their day past midnight", async () => {
    const times = { now: "2026-04-07T03:50:00Z" };
    const box = await sandbox({ clock: () => times.now });
    const made = await post(box, await acme(box));
    expect(made.json).toMatchObject({ started_time: "23:50", spent_date: day });
    times.now = "2026-04-07T04:20:00Z";
    expect((await patch(box, `${made.json.id}/stop`)).json).toMatchObject({ spent_date: day, hours: 0.5 });
  });

  test("are one per person: the second stops the first, a colleague's runs on", async () => {
    const times = { now: "2026-04-06T13:00:00Z" };
    const box = await sandbox({ clock: () => times.now });
    const first = await post(box, await acme(box));
    times.now = "2026-04-06T14:15:00Z";
    const second = await post(box, await acme(box));
    const { entries } = await stateOf(box);
    expect(entries.find((entry) => entry.id === first.json.id)).toMatchObject({ hours: 1.25, is_running: false });
    expect(entries.filter((entry) => entry.is_running).map((entry) => entry.user.id).toSorted((a, b) => a - b)).toEqual([4_410_021, 4_410_022]);
    expect(second.json.is_running).toBe(true);
  });

  test("count from hours_without_timer, stop once and restart once", async () => {
    const times = { now: "2026-04-06T13:00:00Z" };
    const box = await sandbox({ clock: () => times.now });
    const made = await post(box, { ...(await acme(box)), hours: 1, spent_date: "2026-04-02" });
    const id = String(made.json.id);
    expect((await patch(box, `${id}/stop`)).json.message).toBe("Timer is not running");
    expect((await patch(box, `${id}/restart`)).json).toMatchObject({ id: made.json.id, is_running: true, spent_date: "2026-04-02" });
    times.now = "2026-04-06T13:20:00Z";
    expect((await raw(box, `/v2/time_entries/${id}`)).json).toMatchObject({ hours: 1.33, hours_without_timer: 1 });
    expect((await patch(box, `${id}/restart`)).json.message).toBe("Timer is already running");
    expect((await patch(box, `${id}/stop`)).json).toMatchObject({ hours: 1.33, hours_without_timer: 1.33, is_running: false });
  });

  test("of a start-and-end account start when no end is given, and write the clock as the company does", async () => {
    const account = sample((data) => { data.company.startEnd = true; data.company.clock = "12h"; });
    const box = await sandbox({ account });
    expect((await post(box, { ...(await acme(box)), started_time: "8:30am" })).json).toMatchObject({ is_running: true, started_time: "8:30am", hours: 0.5 });
    expect((await post(box, { ...(await acme(box)), started_time: "13:00", ended_time: "2:45pm" })).json).toMatchObject({ is_running: false, started_time: "1:00pm", ended_time: "2:45pm", hours: 1.75 });
    expect((await post(box, { ...(await acme(box)), started_time: "25:00", ended_time: "9pm?" })).status).toBe(422);
  });

  test("start from hours alone in a start-and-end account that ignores them, and do not in one that ends now", async () => {
    for (const hoursInStartEnd of ["ignored", "ends-now"] as const) {
      const box = await sandbox({ account: sample((data) => { data.company.startEnd = true; data.options.hoursInStartEnd = hoursInStartEnd; }) });
      expect((await post(box, { ...(await acme(box)), hours: 1 })).json).toMatchObject(hoursInStartEnd === "ignored" ? { is_running: true, hours: 0 } : { is_running: false, hours: 1 });
    }
  });
});

test("an external reference can be taken off an entry", async () => {
  const box = await sandbox();
  const made = await post(box, { ...(await acme(box)), hours: 1, external_reference: { id: 7 } });
  expect(made.json["external_reference"]).toMatchObject({ id: "7" });
  expect((await raw(box, `/v2/time_entries/${made.json.id}/external_reference`, { method: "DELETE" })).json["external_reference"]).toBeNull();
});

test("an account given from outside keeps its ids, names and entries", async () => {
  const account = createGivenAccount({
    projects: [
      { id: 1, client: "Acme Corp", name: "Website Redesign", code: "ACME", active: true, tasks: [{ id: 11, name: "Design" }] },
      { id: 2, client: "Globex", name: "Old", active: false, tasks: [{ id: 11, name: "Support" }] },
    ],
    entries: [{ id: 7, date: "2026-03-31", hours: 2, project: 1, task: 11, notes: "n" }, { id: 8, date: day, hours: 0.5, project: 2, task: 11, running: true, locked: "Item Archived" }],
    weekStart: "sunday", dateOrder: "DMY",
  }, { now: new Date(NOW), zone: ZONE });
  const box = await sandbox({ account });
  const rows = (await raw(box, "/v2/time_entries")).json.time_entries ?? [];
  expect(rows.map((row) => [row.id, row.spent_date, row.hours, row.project.name, row.task.name, row.is_running, row.is_locked])).toEqual([
    [8, day, 0.5, "Old", "Support", true, true],
    [7, "2026-03-31", 2, "Website Redesign", "Design", false, false],
  ]);
  expect((await raw(box, "/v2/company")).json).toMatchObject({ week_start_day: "Sunday", date_format: "%d/%m/%Y" });
  expect((await raw(box, "/v2/users/me/project_assignments")).json.total_entries).toBe(1);
  expect((await post(box, { project_id: 1, task_id: 11, spent_date: day, hours: 1 })).status).toBe(201);
});

test("a port that is taken is said in a sentence", async () => {
  const box = await sandbox();
  expect(await startSandbox({ port: box.port, clock: () => NOW, zone: ZONE })).toEqual({ kind: "failed", message: `Port ${box.port} is already in use on this computer.` });
  expect(await startSandbox({ port: 70_000 })).toMatchObject({ kind: "failed" });
});
