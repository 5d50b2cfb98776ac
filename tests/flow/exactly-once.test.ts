import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createHarvestClient } from "../../electron/harvest/client.ts";
import { startSandbox, type Sandbox } from "../../electron/harvest/sandbox/server.ts";
import { createOutbox, type Outbox } from "../../electron/outbox/outbox.ts";
import type { Entry, IsoDate } from "../../electron/core/entry.ts";
import type { Operation } from "../../electron/core/outcome.ts";

const TODAY: IsoDate = "2026-04-06";
const NOW = new Date("2026-04-06T09:00:00Z");
const faults = ["500", "502-html", "429", "drop-before-commit", "drop-after-commit"] as const;

describe("a confirmed sentence over real HTTP, whatever breaks", () => {
  let folder: string;
  let sandbox: Sandbox;
  let outbox: Outbox;
  let count = 0;

  const client = () => createHarvestClient({ baseUrl: sandbox.url, token: sandbox.token, accountId: sandbox.accountId, userAgent: "test (test@example.com)", zone: "UTC", sleep: () => Promise.resolve() });
  const open = (): Outbox =>
    createOutbox({ folder, remote: client(), clock: { now: () => NOW, today: () => TODAY }, newId: () => `id-${(count += 1)}`, sleep: () => Promise.resolve() });
  const all = async (): Promise<readonly Entry[]> => {
    const read = await client().entries("2026-03-01", "2026-04-30");
    if (read.kind === "failed") throw new Error(read.message);
    return read.value.map(({ id, date, hours, project, task, notes, running }) => ({ id, date, hours, project, task, notes, running })).toSorted((a, b) => a.id - b.id);
  };
  const breakNext = (fault: string, method: string, path: string) =>
    fetch(`${sandbox.url}/_sandbox/faults`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ fault, method, path, times: 1 }) });
  /** The fault has met its request: a test that broke nothing proves nothing. */
  const expectMet = async (): Promise<void> => expect(await (await fetch(`${sandbox.url}/_sandbox/faults`)).json()).toEqual({ faults: [] });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "stint-flow-"));
    const started = await startSandbox({ zone: "UTC", clock: () => NOW, requestsPer15s: 10_000 });
    if (started.kind === "failed") throw new Error(started.message);
    sandbox = started;
    outbox = open();
  });
  afterEach(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Sends what still waits from a fresh process's point of view: everything it knows comes from the disk. */
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 5 && (await open().waiting()) > 0; round += 1) await open().flush();
  };
  const isAcme = (entry: Entry): boolean => entry.date === "2026-04-05";

  it.each(faults)("adds exactly one entry and undoes it without a trace: %s", async (fault) => {
    const before = await all();
    const sample = before[0];
    if (!sample) throw new Error("The sample account is empty.");
    const add: Operation = { op: "add", date: TODAY, hours: 1.25, project: sample.project, task: sample.task, notes: "once" };
    await breakNext(fault, "POST", "/time_entries");
    await outbox.commit({ sentence: "1h15 once", operations: [add], before: [] });
    await settle();
    await expectMet();
    expect((await all()).filter((entry) => entry.notes === "once")).toHaveLength(1);
    await breakNext(fault, "DELETE", "/time_entries");
    await open().undo();
    await settle();
    expect(await all()).toEqual(before);
  });

  it.each(faults)("moves one entry, never two and never none: %s", async (fault) => {
    const before = await all();
    const entry = before.find(isAcme);
    if (!entry) throw new Error("Yesterday has no entry.");
    await breakNext(fault, "PATCH", "/time_entries");
    await outbox.commit({ sentence: "move it", operations: [{ op: "change", entry: entry.id, set: { date: "2026-04-03", hours: 3 } }], before: [entry] });
    await settle();
    await expectMet();
    expect(await all()).toEqual(before.map((each) => (each.id === entry.id ? { ...each, date: "2026-04-03", hours: 3 } : each)));
    await open().undo();
    await settle();
    expect(await all()).toEqual(before);
  });

  it.each(faults)("deletes one entry, and brings it back with the same content: %s", async (fault) => {
    const before = await all();
    const entry = before.find(isAcme);
    if (!entry) throw new Error("Yesterday has no entry.");
    await breakNext(fault, "DELETE", "/time_entries");
    await outbox.commit({ sentence: "delete it", operations: [{ op: "delete", entry: entry.id }], before: [entry] });
    await settle();
    await expectMet();
    expect(await all()).toEqual(before.filter((each) => each.id !== entry.id));
    await open().undo();
    await settle();
    const content = ({ id: _id, ...rest }: Entry): Omit<Entry, "id"> => rest;
    expect((await all()).map(content)).toEqual(expect.arrayContaining(before.map(content)));
    expect(await all()).toHaveLength(before.length);
  });
});
