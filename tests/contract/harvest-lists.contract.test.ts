import { describe, expect, test } from "vitest";
import { raw, sample, sandbox } from "./harvest-account.ts";
import { acme, asRole, post } from "./sandbox-booking.ts";

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

  test("says nothing of its limits while they hold", async () => {
    const { headers } = await raw(await sandbox(), "/v2/users/me");
    expect([...headers.keys()].filter((name) => name.includes("ratelimit") || name === "retry-after")).toEqual([]);
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

  test("take a cursor before a page number, and keep the numeric user in their links", async () => {
    const box = await sandbox();
    const next = (await raw(box, "/v2/time_entries?per_page=10")).json.links?.next ?? "";
    const [second, both] = [await raw(box, next.slice(box.url.length)), await raw(box, `${next.slice(box.url.length)}&page=1`)];
    expect(both.json.time_entries).toEqual(second.json.time_entries);
    expect((await raw(box, "/v2/users/me/project_assignments")).json.links?.first).toContain("/v2/users/4410021/project_assignments?");
  });

  test("of projects hold active ones of active projects, newest first, with inactive tasks among theirs", async () => {
    const account = sample((data) => { for (const each of data.taskAssignments) if (each.id % 5 === 0) each.active = false; });
    const rows = (await raw(await sandbox({ account }), "/v2/users/me/project_assignments")).json["project_assignments"] as { id: number; is_active: boolean; project: { code: string | null }; task_assignments: { is_active: boolean }[] }[];
    expect(rows.map((row) => row.id)).toEqual(rows.map((row) => row.id).toSorted((a, b) => b - a));
    expect(rows.every((row) => row.is_active)).toBe(true);
    expect(new Set(rows.flatMap((row) => row.task_assignments.map((task) => task.is_active)))).toEqual(new Set([true, false]));
    expect([rows.some((row) => row.project.code === null), rows.some((row) => row.project.code === ""), rows.some((row) => row.task_assignments.length === 0)]).toEqual([true, true, true]);
  });

  test.each(["user_id", "project_id", "task_id", "client_id"] as const)("keep to %s", async (name) => {
    const box = await sandbox({ account: asRole("manager") });
    const all = (await raw(box, "/v2/time_entries")).json.time_entries ?? [];
    const of = (row: (typeof all)[number]): unknown => (row[name.slice(0, -3)] as { id: number }).id;
    const wanted = of(all[3] ?? all[0] as (typeof all)[number]);
    expect((await raw(box, `/v2/time_entries?${name}=${String(wanted)}`)).json.time_entries).toEqual(all.filter((row) => of(row) === wanted));
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
