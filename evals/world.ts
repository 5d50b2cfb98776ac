import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountClock, USER_AGENT, type Connection } from "../electron/account/connection.ts";
import { createTimesheet, type Timesheet } from "../electron/account/timesheet.ts";
import { parseIsoDate } from "../electron/core/time.ts";
import { createHarvestClient } from "../electron/harvest/client.ts";
import type { Fetch } from "../electron/harvest/types.ts";
import { createApi } from "../electron/harvest/sandbox/api.ts";
import { createMemoryStore, type AccountStore } from "../electron/harvest/sandbox/store.ts";
import { settingsV1 } from "../electron/settings/v1.ts";
import { buildAccount, type OwnSettings } from "./accounts/accounts.ts";
import type { EvalCase, ExpectedChange } from "./case.ts";
import type { Snapshot } from "./diff.ts";

const ORIGIN = "http://127.0.0.1:1";

/** A write that reached the emulated Harvest: method, path, and the status it was answered with (0: the line broke). */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** One freshly made account with the product's own client, outbox and journal in front of it. Nothing is shared with another trial. */
export interface World {
  readonly timesheet: Timesheet;
  readonly connection: Connection;
  readonly own: OwnSettings;
  /** The token; it must never be seen in anything that is said. */
  readonly secret: string;
  readonly calls: readonly Call[];
  /** What the user's entries are now, read behind the product's back. */
  snapshot(): Promise<Snapshot>;
  /** Somebody else changes or deletes entries. */
  meanwhile(changed: readonly ExpectedChange[], deleted: readonly number[]): Promise<void>;
  close(): Promise<void>;
}
export type Opened = { readonly kind: "open"; readonly world: World } | { readonly kind: "failed"; readonly message: string };

/** The product's `fetch`, answered by the emulated Harvest in this process: every header, status and fault, without a socket. */
function fetchOf(api: ReturnType<typeof createApi>, calls: Call[]): Fetch {
  return async (url, init) => {
    const at = new URL(url);
    const method = init.method ?? "GET";
    const write = method !== "GET" && !at.pathname.startsWith("/_sandbox/");
    const headers = Object.fromEntries([...new Headers(init.headers)].map(([name, value]) => [name.toLowerCase(), value]));
    const reply = await api({ method, url: at, headers, body: typeof init.body === "string" ? init.body : "" }, ORIGIN);
    if (write) calls.push({ method, path: at.pathname, status: reply.kind === "answer" ? reply.answer.status : 0 });
    if (reply.kind !== "answer") throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
    const { status, body, headers: more } = reply.answer;
    const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
    return new Response(text === "" ? null : text, { status, headers: { "Content-Type": "application/json", ...more } });
  };
}

async function snapshotOf(store: AccountStore): Promise<Snapshot> {
  const data = await store.read();
  const me = data.users[0]?.id;
  return data.entries.filter((entry) => entry.user === me).map(({ id, date, hours, project, task, notes, timerStartedAt }) => ({ id, date, hours, project, task, notes: notes ?? "", running: timerStartedAt !== null }));
}

async function changeBehind(store: AccountStore, now: Date, changed: readonly ExpectedChange[], deleted: readonly number[]): Promise<void> {
  await store.change((data) => {
    data.entries = data.entries.filter((entry) => !deleted.includes(entry.id));
    for (const { id, running: _running, ...fields } of changed) {
      const entry = data.entries.find((each) => each.id === id);
      const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
      if (entry) Object.assign(entry, set, { updatedAt: new Date(now.getTime() + 1_000).toISOString() });
    }
    return { result: undefined, keep: true };
  });
}

/** A clock that starts at the case's moment and goes on as ours does: code that waits for time to pass must not wait for ever. */
function runningClock(zone: string, now: string): Connection["clock"] | undefined {
  const start = accountClock(zone, now);
  if (!start) return undefined;
  const [from, begun] = [start.now().getTime(), performance.now()];
  return { now: () => new Date(from + (performance.now() - begun)), civil: start.civil };
}

/** Where journals of trials lie: in memory where there is such a folder. They are gone after the trial, and a slow disk is not what is measured. */
const scratch = (): string => (existsSync("/dev/shm") ? "/dev/shm" : tmpdir());

/** Opens a fresh world for one case. `failed` when the case cannot be played at all (its moment or its account is unknown). */
export async function openWorld(evalCase: EvalCase): Promise<Opened> {
  const clock = runningClock(evalCase.zone, evalCase.now);
  if (!clock || parseIsoDate(clock.civil().today) === undefined) return { kind: "failed", message: "\"now\" is not a time that can be read." };
  const built = buildAccount(evalCase, clock.now());
  if (built.kind === "unknown") return { kind: "failed", message: built.message };
  const { data, own } = built;
  const store = createMemoryStore(data);
  const calls: Call[] = [];
  const fetch = fetchOf(createApi({ store, clock: clock.now, requestsPer15s: 10_000, faults: [] }), calls);
  const secret = `secret-${randomUUID()}`;
  await store.change((copy) => {
    for (const token of copy.tokens) token.token = secret;
    return { result: undefined, keep: true };
  });
  const client = createHarvestClient({ baseUrl: ORIGIN, token: secret, accountId: data.accountId, userAgent: USER_AGENT, zone: evalCase.zone, fetch, sleep: () => Promise.resolve(), now: clock.now });
  const connection: Connection = { kind: "sample", key: "eval", label: "Eval account", client, zone: evalCase.zone, clock, close: () => Promise.resolve() };
  const folder = mkdtempSync(join(scratch(), "stint-eval-"));
  const settings = settingsV1.parse({ version: 1, shortcuts: own.shortcuts, ...(own.rounding ? { rounding: own.rounding } : {}) });
  const timesheet = createTimesheet({ connection, folder, cacheFile: join(folder, "cache.json"), settings: () => settings });
  const fresh = await timesheet.refresh();
  if (fresh.kind === "stale") return { kind: "failed", message: fresh.message };
  if (evalCase.faults.length > 0) await fetch(`${ORIGIN}/_sandbox/faults`, { method: "POST", body: JSON.stringify(evalCase.faults) });
  // "That" is what was written last from here; a case says so of an account whose journal is empty.
  const facts: Timesheet["facts"] = () => {
    const known = timesheet.facts();
    return known.last === undefined && own.last !== undefined ? { ...known, last: own.last } : known;
  };
  return {
    kind: "open",
    world: {
      timesheet: { ...timesheet, facts },
      connection, own, secret, calls,
      snapshot: () => snapshotOf(store),
      meanwhile: (changed, deleted) => changeBehind(store, clock.now(), changed, deleted),
      close: async () => {
        await timesheet.close();
        rmSync(folder, { recursive: true, force: true });
      },
    },
  };
}
