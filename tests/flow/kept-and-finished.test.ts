import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSample, type Connection } from "../../electron/account/connection.ts";
import { createDesk, type Desk } from "../../electron/account/desk.ts";
import { createTimesheet, type Timesheet } from "../../electron/account/timesheet.ts";
import { createSettingsStore } from "../../electron/settings/store.ts";

describe("a sentence that Harvest does not take at once", () => {
  let home: string;
  let connection: Connection;
  let timesheet: Timesheet;
  let desk: Desk;
  let changes = 0;

  const fault = (name: string, method: string, times: number | "always" = "always") =>
    fetch(`${connection.url}/_sandbox/faults`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ fault: name, method, path: "/time_entries", times }) });
  const heal = () => fetch(`${connection.url}/_sandbox/faults`, { method: "DELETE" });
  const say = (text: string) => desk.commit({ text, pins: [], digest: desk.view(text, []).digest, skip: [] });

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), "stint-kept-"));
    const environment = { home, fixedNow: "2026-04-06T09:00:00", zone: "UTC", harvestUrl: undefined };
    const opened = await openSample(environment as Parameters<typeof openSample>[0], join(home, "sample.json"), () => undefined);
    if (opened.kind === "failed") throw new Error(opened.message);
    connection = opened.connection;
    const settings = createSettingsStore({ file: join(home, "settings.json"), onNotice: () => undefined });
    timesheet = createTimesheet({ connection, folder: join(home, "journal"), cacheFile: join(home, "cache.json"), settings: () => settings.get(), onChange: () => (changes += 1) });
    desk = createDesk({ timesheet: () => timesheet, model: { complete: () => Promise.resolve({ kind: "failed", code: "no-model", message: "No model is chosen." }) } });
    await timesheet.refresh();
  });
  afterEach(async () => {
    await timesheet.close();
    rmSync(home, { recursive: true, force: true });
  });

  it("is told as kept, counted as waiting, and its receipt becomes a plain one", async () => {
    await fault("401-revoked", "POST");
    const kept = await say("2h acme website today");
    expect(kept).toMatchObject({ kind: "saved", receipt: { queued: true, text: expect.stringContaining("Kept on this computer") as string } });
    expect(await timesheet.waiting()).toBe(1);
    await heal();
    const seen = changes;
    await timesheet.flush();
    expect(changes).toBeGreaterThan(seen);
    expect(await timesheet.waiting()).toBe(0);
    const batch = kept.kind === "saved" ? kept.receipt.batch : "";
    expect(await desk.receipt(batch)).toMatchObject({ queued: false, text: expect.stringMatching(/^Saved 2 h/) as string });
    expect(timesheet.day("2026-04-06").entries).toHaveLength(1);
  });

  it("is shown as it will be, so that the next change of the same entry starts from there", async () => {
    const [entry] = timesheet.day("2026-04-03").entries.filter(({ running, locked }) => !running && locked === undefined);
    if (!entry) throw new Error("That day is empty.");
    await fault("401-revoked", "PATCH");
    const change = (hours: number) => {
      const before = timesheet.facts().entries.filter(({ id }) => id === entry.id);
      return timesheet.commit({ sentence: `make it ${hours}`, operations: [{ op: "change", entry: entry.id, set: { hours } }], before });
    };
    expect(await change(3)).toMatchObject({ kind: "queued" });
    expect(timesheet.day("2026-04-03").entries.find(({ id }) => id === entry.id)).toMatchObject({ hours: 3 });
    expect(await change(4)).toMatchObject({ kind: "queued" });
    await heal();
    expect(await timesheet.flush()).toMatchObject({ waiting: 0 });
    const read = await connection.client.read(entry.id);
    expect(read).toMatchObject({ kind: "ok", value: { hours: 4 } });
    expect((await timesheet.history(5)).map(({ state }) => state)).toEqual(["saved", "saved"]);
  });

  it("is found again in the history by any of its words, and by nothing else", async () => {
    await say("2h acme website today");
    expect(await timesheet.history(5, "website acme")).toHaveLength(1);
    expect(await timesheet.history(5, "2026-04-06 saved")).toHaveLength(1);
    expect(await timesheet.history(5, "globex")).toEqual([]);
  });

  it("is finished from the desk after a refusal in its middle, or taken back", async () => {
    const { index } = timesheet.facts();
    const project = index.projects.find(({ active, tasks }) => active && tasks.length > 0);
    const add = (notes: string) => ({ op: "add" as const, date: "2026-04-06" as const, hours: 1, project: project?.id ?? 0, task: project?.tasks[0]?.id ?? 0, notes });
    const happen = (active: boolean) => fetch(`${connection.url}/_sandbox/happen`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ project: project?.id, active }) });
    await happen(false);
    expect(await timesheet.commit({ sentence: "two", operations: [add("1"), add("2")], before: [] })).toMatchObject({ kind: "refused", done: 0 });
    expect(await desk.finish()).toMatchObject({ ok: false });
    await happen(true);
    expect(await desk.finish()).toEqual({ ok: true, message: "Saved: two" });
    await timesheet.refresh();
    expect(timesheet.day("2026-04-06").entries.map(({ notes }) => notes)).toEqual(["1", "2"]);
    expect(await desk.undo()).toMatchObject({ ok: true });
    expect(timesheet.day("2026-04-06").entries).toEqual([]);
  });
});
