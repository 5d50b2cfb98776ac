import { describe, expect, test } from "vitest";
import { createAccount } from "../../electron/harvest/sandbox/accounts.ts";
import type { Sandbox } from "../../electron/harvest/sandbox/server.ts";
import { day, plan, raw, sandbox, stateOf } from "./harvest-account.ts";
import { acme, post } from "./sandbox-booking.ts";

const happen = (box: Sandbox, body: object) => raw(box, "/_sandbox/happen", { method: "POST", body });
const struck = async (box: Sandbox) => (await raw(box, "/_sandbox/struck")).json["struck"];
const withFault = (box: Sandbox, fault: string, path = "/v2/users/me") => raw(box, path, { headers: { "X-Sandbox-Fault": fault } });

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

describe("each fault is what it says", { timeout: 30_000 }, () => {
  test.each([
    ["429:7", 429, "7", '"retry_after":7'],
    ["429-body:7", 429, null, '"retry_after":7'],
    ["429-date:7", 429, "Mon, 06 Apr 2026 13:00:07 GMT", "{}"],
    ["429-html", 429, null, ""],
    ["500", 500, null, "message"],
    ["503", 503, null, "message"],
    ["502-html", 502, null, "<html>"],
    ["520-html", 520, null, "<!DOCTYPE html>"],
    ["401-revoked", 401, null, "invalid_token"],
  ])("%s answers %i", async (fault, status, retryAfter, text) => {
    const answer = await withFault(await sandbox(), fault);
    expect([answer.status, answer.headers.get("retry-after"), answer.text.includes(text)]).toEqual([status, retryAfter, true]);
    expect(answer.headers.get("content-type")).toContain(fault.includes("html") ? "text/html" : "application/json");
  });

  test("a line that drops during the change shows nothing at once and everything a moment later", async () => {
    const box = await sandbox();
    const body = { ...(await acme(box)), hours: 1, notes: "late" };
    await expect(raw(box, "/v2/time_entries", { method: "POST", body, headers: { "X-Sandbox-Fault": "drop-during-commit:1500" } })).rejects.toThrow("fetch failed");
    const notes = async () => (await stateOf(box)).entries.filter((entry) => entry.notes === "late").length;
    expect(await notes()).toBe(0);
    await expect.poll(notes, { timeout: 15_000 }).toBe(1);
  });

  test("half of a response breaks off after the change was kept", async () => {
    const box = await sandbox();
    await expect(raw(box, "/v2/time_entries", { method: "POST", body: { ...(await acme(box)), hours: 1, notes: "half" }, headers: { "X-Sandbox-Fault": "half-response" } })).rejects.toThrow("terminated");
    expect((await stateOf(box)).entries.filter((entry) => entry.notes === "half")).toHaveLength(1);
  });

  test("an answer in drops is whole in the end, and a slow one is the same as a quick one", async () => {
    const box = await sandbox();
    const plain = (await raw(box, "/v2/company")).text;
    expect((await withFault(box, "drip:2", "/v2/company")).text).toBe(plain);
    expect((await withFault(box, "slow:5", "/v2/company")).text).toBe(plain);
  });

  test("a skewed clock stamps what it makes and says so in Date", async () => {
    const box = await sandbox();
    const made = await raw(box, "/v2/time_entries", { method: "POST", body: { ...(await acme(box)), hours: 1 }, headers: { "X-Sandbox-Fault": "skew:-3600000" } });
    expect([made.json["created_at"], made.headers.get("date")]).toEqual(["2026-04-06T12:00:00Z", "Mon, 06 Apr 2026 12:00:00 GMT"]);
  });

  test("reads lag behind by as long as they are told to", async () => {
    const box = await sandbox();
    const made = await post(box, { ...(await acme(box)), hours: 1 });
    const ids = async (fault: string) => (await withFault(box, fault, `/v2/time_entries?from=${day}`)).json.time_entries?.map((row) => row.id) ?? [];
    expect(await ids("stale-reads:60000")).not.toContain(made.json.id);
    expect(await ids("stale-reads:0")).toContain(made.json.id);
  });
});

describe("faults by seed", { timeout: 60_000 }, () => {
  const meet = async (plans: object) => {
    const box = await sandbox();
    await raw(box, "/_sandbox/faults", { method: "POST", body: plans });
    const statuses: number[] = [];
    for (let nth = 0; nth < 40; nth += 1) statuses.push((await raw(box, "/v2/users/me")).status);
    return { statuses, struck: await struck(box) };
  };

  test("are the same for the same requests, others for another seed, and about as many as was asked for", async () => {
    const faults = ["500", "429:1", "401-revoked"];
    const [one, again, other] = [await meet({ seed: 7, rate: 0.4, faults }), await meet({ seed: 7, rate: 0.4, faults }), await meet({ seed: 8, rate: 0.4, faults })];
    expect(again).toEqual(one);
    expect(other.statuses).not.toEqual(one.statuses);
    expect(new Set(one.statuses)).toEqual(new Set([200, 401, 429, 500]));
    const hit = one.statuses.filter((status) => status !== 200).length;
    expect([hit > 8, hit < 25]).toEqual([true, true]);
  });

  test("strike never at rate 0, always at rate 1, and as often as they were told", async () => {
    expect(new Set((await meet({ seed: 1, rate: 0 })).statuses)).toEqual(new Set([200]));
    expect(await meet({ seed: 1, rate: 1, faults: ["500"] })).toMatchObject({ struck: { 500: 40 } });
    expect(await meet({ seed: 1, rate: 1, faults: ["500"], times: 3 })).toMatchObject({ struck: { 500: 3 } });
  });

  test("can be there from the start", async () => {
    const box = await sandbox({ faults: [{ seed: 3, rate: 1, faults: ["503"] }] });
    expect((await raw(box, "/v2/users/me")).status).toBe(503);
  });
});

describe("what somebody else does meanwhile", () => {
  test("an archived project leaves the list and takes no booking until it is back", async () => {
    const box = await sandbox();
    const body = { ...(await acme(box)), hours: 1 };
    const total = async () => (await raw(box, "/v2/users/me/project_assignments")).json.total_entries;
    await happen(box, { project: body.project_id, active: false });
    expect([await total(), (await post(box, body)).status]).toEqual([37, 422]);
    await happen(box, { project: body.project_id, active: true });
    expect([await total(), (await post(box, body)).status]).toEqual([38, 201]);
    await happen(box, { project: body.project_id, assigned: false });
    expect([await total(), (await post(box, body)).status]).toEqual([37, 422]);
  });

  test("a week that is handed in says so, one that is approved is locked with its empty days, one that is opened again is free", async () => {
    const box = await sandbox();
    const span = { from: "2026-03-30", to: "2026-04-05" };
    const rows = async () => (await raw(box, `/v2/time_entries?user_id=4410021&from=${span.from}&to=${span.to}`)).json.time_entries ?? [];
    const body = { ...(await acme(box)), spent_date: "2026-04-04", hours: 1 };
    await happen(box, { approval: "submitted", ...span });
    expect(new Set((await rows()).map((row) => [row["approval_status"], row.is_locked].join()))).toEqual(new Set(["submitted,false"]));
    await happen(box, { approval: "approved", ...span });
    expect(new Set((await rows()).map((row) => [row["approval_status"], row.is_closed, row.locked_reason].join()))).toEqual(new Set(["approved,true,Item Approved and Locked for this Time Period"]));
    expect((await post(box, body)).json.message).toBe("The project is locked for this time period.");
    await happen(box, { approval: "unsubmitted", ...span });
    expect(new Set((await rows()).map((row) => [row["approval_status"], row.is_locked].join()))).toEqual(new Set(["unsubmitted,false"]));
    expect((await post(box, body)).status).toBe(201);
  });

  test("an invoiced entry that is approved says both", async () => {
    const box = await sandbox();
    const billed = (await stateOf(box)).entries.find((entry) => entry.is_billed);
    await happen(box, { approval: "approved", from: billed?.spent_date, to: billed?.spent_date });
    expect((await raw(box, `/v2/time_entries/${billed?.id}`)).json).toMatchObject({ locked_reason: "Item Invoiced and Approved and Locked for this Time Period", is_billed: true, is_closed: true });
  });

  test("a revoked token opens nothing, and a happening that cannot be is refused", async () => {
    const box = await sandbox();
    for (const odd of [{ earthquake: true }, { project: "x", active: false }]) expect((await happen(box, odd)).status).toBe(400);
    for (const unknown of [{ project: 1, active: false }, { entry: 1, locked: null }, { token: "x", revoked: true }]) expect((await happen(box, unknown)).status).toBe(404);
    expect((await happen(box, { token: box.token, revoked: true })).status).toBe(200);
    expect((await raw(box, "/v2/users/me")).status).toBe(401);
  });

  test("an account with nothing in it answers everything with nothing", async () => {
    const box = await sandbox({ account: createAccount("empty", { now: new Date("2026-04-06T13:00:00Z"), zone: "America/New_York" }) });
    for (const path of ["/v2/time_entries", "/v2/users/me/project_assignments"]) expect((await raw(box, path)).json).toMatchObject({ total_entries: 0, page: 1, links: { next: null } });
    expect((await post(box, { project_id: 1, task_id: 1, spent_date: day, hours: 1 })).status).toBe(422);
  });
});
