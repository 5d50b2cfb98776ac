import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createHarvestClient } from "../harvest/client.ts";
import type { Fetch } from "../harvest/fetch-line.ts";
import type { AccountData } from "../harvest/sandbox/account.ts";
import { startSandbox } from "../harvest/sandbox/server.ts";
import { createAccount } from "../harvest/sandbox/accounts.ts";
import { readCache, writeCache } from "./cache.ts";
import { createKnowledge } from "./knowledge.ts";

// A real server and real files: a busy computer may take its time.
vi.setConfig({ testTimeout: 30_000 });

const NOW = "2026-04-06T13:00:00Z";
const ZONE = "America/New_York";
const MINUTE = 60_000;

/** An emulated account, what is known of it in a file, and a record of what was asked for. */
async function world(name = "sample", adjust: (account: AccountData) => void = () => undefined) {
  const account = createAccount(name, { now: new Date(NOW), zone: ZONE });
  if (account) adjust(account);
  const box = await startSandbox({ clock: () => NOW, zone: ZONE, requestsPer15s: 10_000, ...(account ? { account } : {}) });
  if (box.kind === "failed") throw new Error(box.message);
  onTestFinished(() => box.close());
  const folder = mkdtempSync(join(tmpdir(), "stint-knowledge-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const asked: string[] = [];
  const state = { now: 1_775_480_400_000, online: true, outdated: 0 };
  const through: Fetch = (url, init) => {
    if (!state.online) return Promise.reject(Object.assign(new Error("no line"), { code: "ENOTFOUND" }));
    asked.push(`${init.method} ${new URL(url).pathname.replace(/^.*\//, "")}`);
    return fetch(url, init);
  };
  const files = { knowledge: join(folder, "account.json"), cache: join(folder, "cache.json") };
  const open = () => createKnowledge({
    client: createHarvestClient({ baseUrl: box.url, token: box.token, accountId: box.accountId, userId: 4_410_021, mode: "duration", userAgent: "Stint tests (https://stint.example)", zone: ZONE, fetch: through, sleep: () => Promise.resolve() }),
    files, now: () => state.now, onOutdated: () => { state.outdated += 1; },
  });
  const happen = async (what: object): Promise<void> => {
    const answer = await fetch(`${box.url}/_sandbox/happen`, { method: "POST", body: JSON.stringify(what) });
    if (answer.status !== 200) throw new Error(await answer.text());
  };
  const entries = async (): Promise<number> => ((await (await fetch(`${box.url}/_sandbox/state`)).json()) as { entries: unknown[] }).entries.length;
  return { open, happen, entries, asked, state, files, folder };
}

type Opened = ReturnType<Awaited<ReturnType<typeof world>>["open"]>;

async function placeOf({ client }: Opened, name = "Website Redesign") {
  const read = await client.projects();
  const found = read.kind === "ok" ? read.value.find((each) => each.name === name) : undefined;
  return { project: found?.id ?? 0, task: found?.tasks[0]?.id ?? 0, date: "2026-04-06" as const, hours: 1, notes: "n" };
}

test("projects are read once a minute, over restarts too, and again when they are forgotten", async () => {
  const place = await world();
  const first = place.open();
  await first.client.projects();
  await first.client.projects();
  const second = place.open();
  await second.client.projects();
  expect(place.asked).toEqual(["GET project_assignments"]);
  place.state.now += MINUTE + 1;
  await second.client.projects();
  expect(place.asked).toHaveLength(2);
  second.forget();
  await second.client.projects();
  expect(place.asked).toHaveLength(3);
});

test("three thousand projects are good for ten minutes", async () => {
  const place = await world("big");
  const known = place.open();
  await known.client.projects();
  expect(place.asked).toEqual(["GET project_assignments", "GET project_assignments"]);
  place.state.now += 9 * MINUTE;
  await known.client.projects();
  expect(place.asked).toHaveLength(2);
  place.state.now += 2 * MINUTE;
  await known.client.projects();
  expect(place.asked).toHaveLength(4);
});

test("a clock that was set back makes nothing young", async () => {
  const place = await world();
  const known = place.open();
  await known.client.projects();
  place.state.now -= 90 * MINUTE;
  await known.client.projects();
  expect(place.asked).toHaveLength(2);
});

test("a project that was archived since is refused by name before anything is sent, and the list is read again", async () => {
  const place = await world();
  const known = place.open();
  const draft = await placeOf(known);
  await place.happen({ project: draft.project, active: false });
  place.state.now += 6 * MINUTE;
  const before = await place.entries();
  expect(await known.client.create(draft, "m")).toEqual({ kind: "failed", code: "refused", unknown: false, message: "Acme Corp › Website Redesign is archived or no longer yours in Harvest, so nothing was booked on it." });
  expect(place.asked.filter((line) => line.startsWith("POST"))).toEqual([]);
  expect([await place.entries() - before, place.state.outdated]).toEqual([0, 1]);
  const read = await known.client.projects();
  expect(read.kind === "ok" && read.value.filter((each) => !each.active).map((each) => each.id)).toEqual([draft.project]);
});

test("a project that was archived a moment ago is refused by name too, after Harvest has refused it", async () => {
  const place = await world();
  const known = place.open();
  const draft = await placeOf(known);
  await place.happen({ project: draft.project, assigned: false });
  expect(await known.client.create(draft, "m")).toMatchObject({ code: "refused", message: expect.stringContaining("Acme Corp › Website Redesign is archived or no longer yours") });
  expect(place.state.outdated).toBe(1);
});

test("a task that is gone is refused by its name, for a timer and for a move as well", async () => {
  const place = await world();
  const known = place.open();
  const draft = await placeOf(known);
  const made = await known.client.create(await placeOf(known, "Support Retainer"), "m");
  if (made.kind !== "ok") throw new Error(made.message);
  await place.happen({ task: draft.task, active: false });
  const refused = { code: "refused", unknown: false };
  expect(await known.client.start(draft, "m2")).toMatchObject(refused);
  expect(await known.client.change(made.value.id, { project: draft.project, task: draft.task })).toMatchObject(refused);
  const kept = await known.client.read(made.value.id);
  expect(kept).toMatchObject({ kind: "ok", value: { project: made.value.project } });
});

test("a project that came since is found before it is booked on, without waiting for the next minute", async () => {
  const place = await world();
  const known = place.open();
  const draft = await placeOf(known);
  await place.happen({ project: draft.project, active: false });
  known.forget();
  await known.client.projects();
  await place.happen({ project: draft.project, active: true });
  expect(await known.client.create(draft, "m")).toMatchObject({ kind: "ok" });
  const read = await known.client.projects();
  expect(read.kind === "ok" && read.value.filter((each) => each.id === draft.project).map((each) => each.active)).toEqual([true]);
});

test("a project that is gone is remembered by its name, over restarts, as one that takes no bookings", async () => {
  const place = await world();
  const draft = await placeOf(place.open());
  await place.happen({ project: draft.project, active: false });
  place.state.now += 2 * MINUTE;
  await place.open().client.projects();
  const read = await place.open().client.projects();
  const gone = read.kind === "ok" ? read.value.filter((each) => !each.active) : [];
  expect(gone.map(({ client, name }) => [client, name])).toEqual([["Acme Corp", "Website Redesign"]]);
});

test("a refusal for another reason keeps Harvest's own sentence", async () => {
  const place = await world();
  const known = place.open();
  const draft = await placeOf(known);
  await place.happen({ approval: "approved", from: "2026-04-06", to: "2026-04-12" });
  expect(await known.client.create(draft, "m")).toMatchObject({ code: "refused", message: expect.stringContaining("Harvest refused it: ") });
  expect(place.state.outdated).toBe(0);
});

test("without a line, an old list stops nothing for long: the booking is known not to have been sent", async () => {
  const place = await world();
  const known = place.open();
  const draft = await placeOf(known);
  place.state.now += 60 * MINUTE;
  place.state.online = false;
  expect(await known.client.create(draft, "m")).toMatchObject({ code: "offline", unknown: false });
});

test("the account's settings outlive the line and the program", async () => {
  const place = await world("sunday");
  await place.open().client.company();
  place.state.online = false;
  const again = place.open();
  expect(again.company()).toMatchObject({ weekStart: "sunday", dateOrder: "MDY", clock: "12h" });
  expect(await again.client.company()).toMatchObject({ kind: "ok", value: { weekStart: "sunday" } });
});

test("a note is demanded before anything is sent where the account demands one, and no longer than it does", async () => {
  const place = await world("member", (account) => { account.options.companyForbidden = false; });
  const known = place.open();
  await known.client.company();
  const draft = { ...(await placeOf(known)), notes: " " };
  expect(await known.client.create(draft, "m")).toMatchObject({ code: "refused", unknown: false, message: expect.stringContaining("a note with every entry") });
  expect(await known.client.start(draft, "m")).toMatchObject({ code: "refused" });
  expect(place.asked.filter((line) => line.startsWith("POST"))).toEqual([]);
  await place.happen({ notesRequired: false });
  expect(await known.client.create(draft, "m")).toMatchObject({ kind: "ok" });
});

test("a member who may not read the settings learns from Harvest that a note is demanded", async () => {
  const known = (await world("member")).open();
  expect(await known.client.company()).toEqual({ kind: "forbidden" });
  expect(await known.client.create({ ...(await placeOf(known)), notes: "" }, "m")).toMatchObject({ code: "refused", message: expect.stringContaining("Notes can't be blank") });
});

test("files that cannot be understood are as good as none, and only their owner can read them", async () => {
  const place = await world();
  for (const [nth, text] of ["", "{", "[]", '{"version":2}', '{"version":1,"company":7,"projects":[{"id":"x"}]}'].entries()) {
    writeFileSync(place.files.knowledge, text);
    writeFileSync(join(place.folder, "projects.json"), text);
    const known = place.open();
    expect(known.company()).toBeUndefined();
    expect(await known.client.projects()).toMatchObject({ kind: "ok" });
    expect(place.asked).toHaveLength(nth + 1);
  }
  await place.open().client.company();
  if (process.platform !== "win32") for (const name of ["account.json", "projects.json"]) expect([name, statSync(join(place.folder, name)).mode & 0o777]).toEqual([name, 0o600]);
});

test("projects that were kept without their age are read again", async () => {
  const place = await world();
  writeCache(place.files.cache, { at: "2026-04-06T12:00:00Z", projects: [], entries: [] });
  await place.open().client.projects();
  expect(place.asked).toEqual(["GET project_assignments"]);
});

test("saving entries leaves the projects' file and its age alone", async () => {
  const place = await world();
  const known = place.open();
  const read = await known.client.projects();
  if (read.kind !== "ok") throw new Error(read.message);
  writeCache(place.files.cache, { at: "2026-04-06T12:00:00Z", projects: read.value, entries: [] });
  await place.open().client.projects();
  expect(place.asked).toHaveLength(1);
  expect(readCache(place.files.cache)).toMatchObject({ entries: [], projects: read.value });
});
