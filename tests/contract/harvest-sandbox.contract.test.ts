import { describe, expect, test } from "vitest";
import { createGivenAccount } from "../../electron/harvest/sandbox/given.ts";
import { startSandbox } from "../../electron/harvest/sandbox/server.ts";
import type { Sandbox } from "../../electron/harvest/sandbox/server.ts";
import { day, NOW, plan, sample, raw, sandbox, stateOf, ZONE } from "./harvest-account.ts";

const asRole = (role: "member" | "manager" | "administrator") => sample((data) => { for (const user of data.users) user.role = role; });

/** Project and task of the sample's Website Redesign, Design. */
async function acme(box: Sandbox): Promise<{ project_id: number; task_id: number; spent_date: string }> {
  const entry = (await stateOf(box)).entries.find((each) => each.project.name === "Website Redesign" && each.task.name === "Design");
  return { project_id: entry?.project.id ?? 0, task_id: entry?.task.id ?? 0, spent_date: day };
}
const post = (box: Sandbox, body: unknown) => raw(box, "/v2/time_entries", { method: "POST", body });
const patch = (box: Sandbox, path: string, body?: unknown) => raw(box, `/v2/time_entries/${path}`, { method: "PATCH", body });

describe("the door", () => {
  test("asks for a User-Agent first, then for a token and an account, with one 401 for every fault of theirs", async () => {
    const box = await sandbox();
    expect((await raw(box, "/v2/users/me", { headers: { "User-Agent": "", Authorization: "" } })).status).toBe(400);
    const faults = [{ Authorization: "Bearer wrong" }, { Authorization: "" }, { "Harvest-Account-Id": "" }, { "Harvest-Account-Id": "1" }, { "Harvest-Account-Id": "1700334" }];
    for (const headers of faults) {
      const answer = await raw(box, "/v2/nowhere", { headers: headers as unknown as Record<string, string> });
      expect([answer.status, answer.json.error, answer.headers.get("www-authenticate")?.startsWith("Bearer realm=")]).toEqual([401, "invalid_token", true]);
    }
  });

  test("takes the token and account from the query too", async () => {
    const box = await sandbox();
    expect((await raw(box, `/v2/users/me?access_token=${box.token}&account_id=${box.accountId}`, { headers: { Authorization: "", "Harvest-Account-Id": "" } })).status).toBe(200);
  });

  test("answers unknown routes and ids alike, and serves /api/v2 as well", async () => {
    const box = await sandbox();
    for (const path of ["/v2/nowhere", "/v2/time_entries/1", "/v2/time_entries/x", "/v2/users/99", "/elsewhere", "/v2/time_entries/1/2/3"]) {
      expect([path, (await raw(box, path)).json]).toEqual([path, { status: 404, error: "Not Found" }]);
    }
    expect((await raw(box, "/api/v2/users/me")).json.id).toBe(4_410_021);
  });

  test("keeps members out of the lists that only others may read", async () => {
    const member = await sandbox();
    for (const path of ["/v2/users", "/v2/clients", "/v2/projects", "/v2/tasks", "/v2/users/4410022"]) expect((await raw(member, path)).json).toEqual({ message: "Not authorized!" });
    const manager = await sandbox({ account: asRole("manager") });
    expect((await raw(manager, "/v2/clients")).json.total_entries).toBe(12);
  });

  test("throttles with Retry-After when requests come too fast", async () => {
    const box = await sandbox({ requestsPer15s: 3 });
    for (let nth = 0; nth < 3; nth += 1) expect((await raw(box, "/v2/users/me")).status).toBe(200);
    const answer = await raw(box, "/v2/users/me");
    expect([answer.status, Number(answer.headers.get("retry-after")) > 0, typeof answer.json["retry_after"]]).toEqual([429, true, "number"]);
  });

  test("turns away what a web page sends", async () => {
    const box = await sandbox();
    expect((await raw(box, "/v2/users/me", { headers: { Origin: "https://evil.example" } })).status).toBe(404);
    expect((await raw(box, "/_sandbox/state", { headers: { Origin: "https://evil.example" } })).status).toBe(404);
  });

  test("gives successes an ETag and a request id, and a creation its place", async () => {
    const box = await sandbox();
    const made = await post(box, { ...(await acme(box)), hours: 1 });
    expect(made.status).toBe(201);
    expect(made.headers.get("location")).toBe(`${box.url}/api/v2/time_entries/${made.json.id}`);
    expect([made.headers.get("etag")?.startsWith('W/"'), (made.headers.get("x-request-id") ?? "").length > 0]).toEqual([true, true]);
  });
});

describe("lists", () => {
  test("come latest day first, newest first within a day", async () => {
    const rows = (await raw(await sandbox(), "/v2/time_entries")).json.time_entries ?? [];
    const keys = rows.map((row) => `${row.spent_date} ${row.id}`);
    expect(keys).toEqual(keys.toSorted().toReversed());
    expect(rows.length).toBeGreaterThan(50);
  });

  test("hold a member's own entries, and everybody's for a manager who names nobody", async () => {
    const own = await raw(await sandbox(), "/v2/time_entries");
    const all = await raw(await sandbox({ account: asRole("manager") }), "/v2/time_entries");
    expect(new Set(own.json.time_entries?.map((row) => row.user.id))).toEqual(new Set([4_410_021]));
    expect(new Set(all.json.time_entries?.map((row) => row.user.id))).toEqual(new Set([4_410_021, 4_410_022]));
  });

  test.each([
    ["from=2026-04-02&to=2026-04-03", (row: { spent_date: string }) => row.spent_date >= "2026-04-02" && row.spent_date <= "2026-04-03"],
    ["from=2026-04-02T00:00:00%2B02:00&to=2026-04-02", (row: { spent_date: string }) => row.spent_date === "2026-04-02"],
    ["is_billed=true", (row: { is_billed: boolean }) => row.is_billed],
    ["approval_status=approved", (row: { is_closed: boolean }) => row.is_closed],
  ])("are narrowed by %s", async (query, fits) => {
    const box = await sandbox();
    const all = (await raw(box, "/v2/time_entries")).json.time_entries ?? [];
    const some = (await raw(box, `/v2/time_entries?${query}`)).json.time_entries ?? [];
    expect(some).toEqual(all.filter(fits));
    expect(some.length).toBeGreaterThan(0);
    expect(some.length).toBeLessThan(all.length);
  });

  test("find an external reference exactly, and nothing else by it", async () => {
    const box = await sandbox();
    const made = await post(box, { ...(await acme(box)), hours: 1, external_reference: { id: "ref-1", group_id: "g", permalink: "https://stint.example/1" } });
    expect((await raw(box, "/v2/time_entries?external_reference_id=ref-1")).json.time_entries?.map((row) => row.id)).toEqual([made.json.id]);
    expect((await raw(box, "/v2/time_entries?external_reference_id=ref")).json.total_entries).toBe(0);
  });

  test("leave out what was updated at updated_since itself", async () => {
    const times = { now: "2026-04-06T13:00:00Z" };
    const box = await sandbox({ clock: () => times.now });
    const made = await post(box, { ...(await acme(box)), hours: 1 });
    const since = async (at: string) => (await raw(box, `/v2/time_entries?updated_since=${at}`)).json.time_entries?.some((row) => row.id === made.json.id);
    expect([await since("2026-04-06T12:59:59Z"), await since("2026-04-06T13:00:00Z")]).toEqual([true, false]);
  });

  test("are walked by cursor: page numbers on the edges only, filters in every link", async () => {
    const box = await sandbox();
    const first = await raw(box, "/v2/time_entries?user_id=4410021&per_page=30");
    expect(first.json).toMatchObject({ page: 1, next_page: 2, previous_page: null });
    const next = first.json.links?.next ?? "";
    expect([next.includes("user_id=4410021"), next.includes("ref=next_cursor"), next.includes("page=2")]).toEqual([true, true, false]);
    const second = await raw(box, next.slice(box.url.length));
    expect(second.json).toMatchObject({ page: null, next_page: null, previous_page: null });
    const ids = [...(first.json.time_entries ?? []), ...(second.json.time_entries ?? [])].map((row) => row.id);
    expect(new Set(ids).size).toBe(60);
  });

  test("say one page of nothing when empty, and refuse pages of more than 2000", async () => {
    const box = await sandbox();
    expect((await raw(box, "/v2/time_entries?from=2031-01-01")).json).toMatchObject({ total_pages: 1, total_entries: 0, page: 1, time_entries: [] });
    for (const size of ["2001", "0", "x"]) expect((await raw(box, `/v2/time_entries?per_page=${size}`)).status).toBe(422);
  });

  test("of project assignments name the user's number in their links, newest first, active ones only", async () => {
    const answer = await raw(await sandbox(), "/v2/users/me/project_assignments");
    expect(answer.json.links?.first).toContain("/v2/users/4410021/project_assignments?");
    const rows = answer.json["project_assignments"] as { id: number; is_active: boolean }[];
    expect(rows.map((row) => row.id)).toEqual(rows.map((row) => row.id).toSorted((a, b) => b - a));
    expect(rows.every((row) => row.is_active)).toBe(true);
  });
});

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

  test("are rounded to two places, and up to the quarter in rounded_hours", async () => {
    const box = await sandbox();
    expect((await post(box, { ...(await acme(box)), hours: 1.3333 })).json).toMatchObject({ hours: 1.33, rounded_hours: 1.5 });
    expect((await post(box, { ...(await acme(box)), hours: 1.25 })).json).toMatchObject({ rounded_hours: 1.25 });
  });
});

describe("timers", () => {
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

describe("faults", () => {
  test("strike the next matching request once, or the request whose header asks", async () => {
    const box = await sandbox();
    await plan(box, "500", { method: "POST", path: "/time_entries" });
    expect((await raw(box, "/v2/users/me")).status).toBe(200);
    expect((await post(box, { ...(await acme(box)), hours: 1 })).status).toBe(500);
    expect((await post(box, { ...(await acme(box)), hours: 1 })).status).toBe(201);
    expect((await raw(box, "/v2/users/me", { headers: { "X-Sandbox-Fault": "429" } })).headers.get("retry-after")).toBe("1");
    expect((await raw(box, "/v2/company", { headers: { "X-Sandbox-Fault": "drop-company-403" } })).json).toEqual({ message: "Not authorized!" });
    const html = await raw(box, "/v2/users/me", { headers: { "X-Sandbox-Fault": "429-html" } });
    expect([html.status, html.text, html.headers.get("retry-after")]).toEqual([429, "", null]);
  });

  test("that stand are cleared, and unknown ones refused", async () => {
    const box = await sandbox();
    await plan(box, "401-revoked", { times: "always" });
    expect((await raw(box, "/v2/users/me")).status).toBe(401);
    await raw(box, "/_sandbox/faults", { method: "DELETE" });
    expect((await raw(box, "/v2/users/me")).status).toBe(200);
    await expect(plan(box, "earthquake")).rejects.toThrow("no such fault");
  });

  test("break the line before or after the change is kept", async () => {
    const box = await sandbox();
    const body = { ...(await acme(box)), hours: 1, notes: "dropped" };
    for (const [fault, kept] of [["drop-before-commit", 0], ["drop-after-commit", 1]] as const) {
      await expect(raw(box, "/v2/time_entries", { method: "POST", body, headers: { "X-Sandbox-Fault": fault } })).rejects.toThrow("fetch failed");
      expect((await stateOf(box)).entries.filter((entry) => entry.notes === "dropped")).toHaveLength(kept);
    }
  });
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
