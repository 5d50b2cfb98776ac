import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { IncomingHttpHeaders } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMemoryPace } from "../../electron/harvest/pace.ts";
import { wireAccounts, wireAssignments, wireCompany, wireEntries, wireEntry, wireMe } from "../../electron/harvest/wire.ts";
import type { WireBooking, WireEntry } from "../../electron/harvest/wire.ts";

/** A Harvest account that the rules are tried on: the emulated one, or a real one that a token opens. */
export interface Place {
  readonly apiUrl: string;
  readonly idUrl: string;
  readonly token: string;
  readonly accountId: number;
}
interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}
interface Asking {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: object;
  /** `undefined` leaves a header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** What every entry of this suite says, so that one left behind by a run that was killed is known and removed. */
const NOTE = "Stint contract test, safe to delete";
/** A week in which nobody's invoices, approvals or timesheets lie. */
const DAY = "2000-01-05";
const WEEK = "from=2000-01-03&to=2000-01-09";
const LIMIT_MS = 60_000;

/** Asks with nothing added by Node: no header is there that the rule is not about. */
function asking(place: Place) {
  const pace = createMemoryPace();
  return async (path: string, { method = "GET", body, headers = {} }: Asking = {}): Promise<Answer> => {
    await new Promise((resolve) => setTimeout(resolve, pace.take()));
    const url = new URL(path.startsWith("http") ? path : `${path.startsWith("/api/v2/accounts") ? place.idUrl : place.apiUrl}${path}`);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const all = {
      Authorization: `Bearer ${place.token}`, "Harvest-Account-Id": String(place.accountId), "User-Agent": "Stint contract tests (https://stint.example)",
      ...(text === undefined ? {} : { "Content-Type": "application/json", "Content-Length": String(Buffer.byteLength(text)) }), ...headers,
    };
    const given = Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    return new Promise((resolve, reject) => {
      const outgoing = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, { method, headers: given }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () => {
          const whole = Buffer.concat(parts).toString("utf8");
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: whole, json: (whole.startsWith("{") ? JSON.parse(whole) : {}) as Record<string, unknown> });
        });
      });
      outgoing.on("error", reject);
      outgoing.end(text);
    });
  };
}

interface World {
  readonly ask: ReturnType<typeof asking>;
  readonly me: number;
  readonly projectId: number;
  readonly taskId: number;
  readonly startEnd: boolean;
  /** Ids of what was made; all of it is removed at the end. */
  readonly made: Set<number>;
}

async function worldOf(place: Place): Promise<World> {
  const ask = asking(place);
  const me = wireMe.parse((await ask("/v2/users/me")).json).id;
  const { project_assignments } = wireAssignments.parse((await ask("/v2/users/me/project_assignments")).json);
  const usable = project_assignments.find((each) => each.task_assignments?.some((task) => task.is_active !== false && task.task));
  const taskId = usable?.task_assignments?.find((task) => task.is_active !== false)?.task?.id;
  if (!usable || taskId === undefined) throw new Error("The account has no project with a task to try the rules on.");
  const company = await ask("/v2/company");
  // A member may not read it: then the account is taken for the usual kind unless told.
  const startEnd = company.status === 200 ? wireCompany.parse(company.json).wants_timestamp_timers === true : process.env["STINT_CONTRACT_MODE"] === "start-end";
  return { ask, me, projectId: usable.project.id, taskId, startEnd, made: new Set() };
}

async function leftBehind(world: World): Promise<readonly number[]> {
  const { time_entries } = wireEntries.parse((await world.ask(`/v2/time_entries?user_id=${world.me}&${WEEK}`)).json);
  return time_entries.filter((entry) => entry.notes?.startsWith(NOTE)).map((entry) => entry.id);
}

/** The rules of Harvest that the product stands on, each on the wire. What no documentation or recording says is not in here. */
export function harvestRules(name: string, open: () => Promise<{ readonly place: Place; readonly close: () => Promise<void> }>): void {
  describe(`the rules of Harvest hold on ${name}`, { timeout: LIMIT_MS }, () => {
    const held: { world?: World; place?: Place; close?: () => Promise<void> } = {};
    const world = (): World => {
      if (!held.world) throw new Error("not open");
      return held.world;
    };
    const ask = (path: string, how?: Asking): Promise<Answer> => world().ask(path, how);
    const bookingOf = (more: WireBooking = {}): WireBooking => ({
      project_id: world().projectId, task_id: world().taskId, spent_date: DAY, notes: NOTE,
      ...(world().startEnd ? { started_time: "9:00am", ended_time: "10:30am" } : { hours: 1.5 }), ...more,
    });
    const post = async (body: object): Promise<Answer> => {
      const answer = await ask("/v2/time_entries", { method: "POST", body });
      if (typeof answer.json["id"] === "number") world().made.add(answer.json["id"]);
      return answer;
    };
    const book = async (more: WireBooking = {}): Promise<WireEntry> => {
      const answer = await post(bookingOf(more));
      expect(answer.status).toBe(201);
      return wireEntry.parse(answer.json);
    };
    const patch = (path: string | number, body?: object): Promise<Answer> => ask(`/v2/time_entries/${path}`, { method: "PATCH", ...(body ? { body } : {}) });
    const list = async (query: string): Promise<readonly WireEntry[]> => wireEntries.parse((await ask(`/v2/time_entries?user_id=${world().me}&${query}`)).json).time_entries;

    beforeAll(async () => {
      const { place, close } = await open();
      Object.assign(held, { place, close, world: await worldOf(place) });
      for (const id of await leftBehind(world())) await ask(`/v2/time_entries/${id}`, { method: "DELETE" });
    }, LIMIT_MS);

    afterAll(async () => {
      if (held.world) {
        for (const id of held.world.made) await ask(`/v2/time_entries/${id}`, { method: "DELETE" });
        expect(await leftBehind(held.world)).toEqual([]);
      }
      await held.close?.();
    }, LIMIT_MS);

    test("a request without a User-Agent is a 400", async () => {
      expect((await ask("/v2/users/me", { headers: { "User-Agent": undefined } })).status).toBe(400);
    });

    test("a wrong token and a missing account number get one and the same 401", async () => {
      for (const headers of [{ Authorization: "Bearer wrong" }, { "Harvest-Account-Id": undefined }]) {
        const answer = await ask("/v2/users/me", { headers });
        expect([answer.status, answer.json["error"], typeof answer.json["error_description"]]).toEqual([401, "invalid_token", "string"]);
      }
    });

    test("an unknown entry is a 404 of its own shape", async () => {
      const answer = await ask("/v2/time_entries/1");
      expect([answer.status, answer.json]).toEqual([404, { status: 404, error: "Not Found" }]);
    });

    test("the token alone finds the accounts it opens, this one among them as a Harvest one", async () => {
      const answer = await ask("/api/v2/accounts", { headers: { "Harvest-Account-Id": undefined } });
      const { accounts } = wireAccounts.parse(answer.json);
      expect(accounts.filter((account) => account.product === "harvest").map((account) => account.id)).toContain(held.place?.accountId);
    });

    test("the profile names a zone, and the settings are there or a 403 that says so", async () => {
      expect(wireMe.parse((await ask("/v2/users/me")).json).timezone).toEqual(expect.any(String));
      const company = await ask("/v2/company");
      if (company.status === 200) expect(wireCompany.parse(company.json).week_start_day).toEqual(expect.any(String));
      else expect([company.status, company.json["message"]]).toEqual([403, expect.any(String)]);
    });

    test("projects one a page, link by link, are the projects of one page", async () => {
      const whole = wireAssignments.parse((await ask("/v2/users/me/project_assignments")).json).project_assignments.map((each) => each.id);
      const walked: number[] = [];
      let next: string | null | undefined = "/v2/users/me/project_assignments?per_page=1";
      for (let pages = 0; next && pages < Math.min(4, whole.length); pages += 1) {
        const page = wireAssignments.parse((await ask(next)).json);
        walked.push(...page.project_assignments.map((each) => each.id));
        next = page.links?.next;
      }
      expect(walked).toEqual(whole.slice(0, 4));
    });

    test("a booking with its length is a 201 with its place, finished, as long as it was said", async () => {
      const answer = await post(bookingOf());
      expect([answer.status, answer.headers.location?.endsWith(`/time_entries/${String(answer.json["id"])}`)]).toEqual([201, true]);
      expect(wireEntry.parse(answer.json)).toMatchObject({ spent_date: DAY, hours: 1.5, notes: NOTE, is_running: false, is_locked: false, user: { id: world().me }, project: { id: world().projectId }, task: { id: world().taskId } });
    });

    test("a success is JSON with an ETag", async () => {
      const { headers } = await ask("/v2/users/me");
      expect([headers["content-type"], typeof headers.etag]).toEqual(["application/json; charset=utf-8", "string"]);
    });

    test("a change of the note leaves the rest, and an empty note clears it unless the account demands notes", async () => {
      const made = await book();
      const noted = wireEntry.parse((await patch(made.id, { notes: `${NOTE}: noted` })).json);
      expect(noted).toMatchObject({ notes: `${NOTE}: noted`, hours: 1.5, spent_date: DAY, started_time: made.started_time, ended_time: made.ended_time });
      const cleared = await patch(made.id, { notes: "" });
      const kept = wireEntry.parse((await ask(`/v2/time_entries/${made.id}`)).json);
      expect(kept.notes ?? "").toBe(cleared.status === 422 ? `${NOTE}: noted` : "");
    });

    test("a move to another day is one change of one entry", async () => {
      const made = await book();
      expect(wireEntry.parse((await patch(made.id, { spent_date: "2000-01-06" })).json)).toMatchObject({ id: made.id, spent_date: "2000-01-06", hours: 1.5 });
      expect((await list("from=2000-01-06&to=2000-01-06")).map((entry) => entry.id)).toContain(made.id);
      expect((await list(`from=${DAY}&to=${DAY}`)).map((entry) => entry.id)).not.toContain(made.id);
    });

    test("a reference is found exactly, and its id is text", async () => {
      const reference = `stint-contract-${Date.now()}`;
      const made = await book({ external_reference: { id: reference, group_id: "stint", permalink: "https://stint.example/entry/1" } });
      expect(made.external_reference?.id).toBe(reference);
      expect((await list(`external_reference_id=${reference}`)).map((entry) => entry.id)).toEqual([made.id]);
      expect(await list(`external_reference_id=${reference.slice(0, -1)}`)).toEqual([]);
    });

    test("a list runs from its first to its last day, both included, latest first", async () => {
      const [early, late] = [await book({ spent_date: "2000-01-04" }), await book({ spent_date: "2000-01-07" })];
      const ids = (await list("from=2000-01-04&to=2000-01-07")).map((entry) => entry.id);
      expect(ids.indexOf(late.id)).toBeGreaterThanOrEqual(0);
      expect(ids.indexOf(late.id)).toBeLessThan(ids.indexOf(early.id));
    });

    test("updated_since leaves out what was updated at that very second", async () => {
      const made = await book();
      const at = made.updated_at ?? "";
      const before = new Date(Date.parse(at) - 1000).toISOString();
      expect((await list(`${WEEK}&updated_since=${before}`)).map((entry) => entry.id)).toContain(made.id);
      expect((await list(`${WEEK}&updated_since=${at}`)).map((entry) => entry.id)).not.toContain(made.id);
    });

    test("blanks and a day that is none are refused in the recorded words", async () => {
      const blank = await post({ project_id: null, task_id: null, notes: NOTE });
      expect([blank.status, blank.json["message"]]).toEqual([422, "Project can't be blank, Task can't be blank, Spent date can't be blank, Spent date is not a valid date"]);
    });

    test("a page of more than 2000 is refused", async () => {
      expect((await ask("/v2/time_entries?per_page=2001")).status).toBe(422);
    });

    test("numbers as text are taken, and keys nobody knows are ignored", async () => {
      const { projectId, taskId } = world();
      const made = await post({ ...bookingOf(), project_id: String(projectId), task_id: String(taskId), is_locked: true, something_else: { deep: 1 } });
      expect(wireEntry.parse(made.json)).toMatchObject({ is_locked: false, hours: 1.5, project: { id: projectId } });
    });

    test("a removed entry is a 200, then a 404", async () => {
      const made = await book();
      expect((await ask(`/v2/time_entries/${made.id}`, { method: "DELETE" })).status).toBe(200);
      expect((await ask(`/v2/time_entries/${made.id}`, { method: "DELETE" })).status).toBe(404);
      expect((await ask(`/v2/time_entries/${made.id}`)).status).toBe(404);
    });

    test("a booking without a length runs, a second one stops it, and what restarts is the same entry only where lengths are booked", async (context) => {
      if ((await list("is_running=true")).length > 0) context.skip("not run: a timer of the account's user is running");
      const today = new Date().toISOString().slice(0, 10);
      const { hours: _h, started_time: _s, ended_time: _e, ...bare } = bookingOf({ spent_date: today });
      const [first, second] = [wireEntry.parse((await post(bare)).json), wireEntry.parse((await post(bare)).json)];
      expect([first.is_running, second.is_running]).toEqual([true, true]);
      expect((await list("is_running=true")).map((entry) => entry.id)).toEqual([second.id]);
      expect(wireEntry.parse((await patch(`${second.id}/stop`)).json)).toMatchObject({ id: second.id, is_running: false });
      const again = wireEntry.parse((await patch(`${second.id}/restart`)).json);
      world().made.add(again.id);
      expect([again.is_running, again.id === second.id]).toEqual([true, !world().startEnd]);
      await patch(`${again.id}/stop`);
    });
  });
}
