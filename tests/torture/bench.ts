import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHarvestClient } from "../../electron/harvest/client.ts";
import { startSandbox } from "../../electron/harvest/sandbox/server.ts";
import { realDisk } from "../../electron/outbox/disk.ts";
import { createOutbox, type Outbox } from "../../electron/outbox/outbox.ts";
import { writeLines, type JournalRecord } from "../../electron/outbox/records.ts";
import type { Remote } from "../../electron/core/remote.ts";

/** One figure's readings, in milliseconds. */
export interface Readings {
  readonly name: string;
  readonly values: readonly number[];
}

const NOW = "2026-04-06T09:00:00Z";
const clock = { now: () => new Date(NOW), today: () => "2026-04-06" as const };
const draft = { date: "2026-04-06" as const, hours: 1, notes: "bench" };

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

function opener(remote: Remote) {
  let count = 0;
  return (folder: string, graceMs = 60_000): Outbox => createOutbox({ folder, remote, clock, graceMs, newId: () => `bench-${(count += 1)}` });
}

/** A journal of `records` records: finished sentences of today, two lines each as the journal writes them. */
export function journalOf(records: number, place: { readonly project: number; readonly task: number }): string {
  const whole = { ...draft, ...place };
  const lines: string[] = [];
  for (let seq = 1; seq <= records; ) {
    const batch = `bench-${seq}`;
    const story: readonly JournalRecord[] = [
      { kind: "batch", batch, sentence: "1h bench today", operations: [{ op: "add", ...whole }], steps: [{ do: "create", mark: `stint-${seq}`, draft: whole }], before: [], labels: ["1 h · Bench"] },
      { kind: "sending", batch, step: 0 },
      { kind: "done", batch, step: 0, entry: seq, image: { ...whole, id: seq, running: false, updatedAt: NOW, mark: `stint-${seq}` } },
    ];
    for (const record of story) lines.push(writeLines({ seq: seq++, at: NOW, record }));
  }
  return lines.slice(0, records).join("");
}

/** Readings of the outbox on the real disk, against the emulated Harvest on loopback. */
export async function outboxBench(runs: number): Promise<readonly Readings[]> {
  const sandbox = await startSandbox({ zone: "UTC", clock: () => NOW, requestsPer15s: 1_000_000 });
  if (sandbox.kind === "failed") throw new Error(sandbox.message);
  const { url, token, accountId } = sandbox;
  const client = createHarvestClient({ baseUrl: url, token, accountId, userAgent: "Stint bench (bench@stint.example)", zone: "UTC" });
  const projects = await client.projects();
  const project = projects.kind === "ok" ? projects.value.find(({ tasks }) => tasks.length > 0) : undefined;
  if (!project) throw new Error("The emulated account has no project to book on.");
  const place = { project: project.id, task: project.tasks[0]?.id ?? 0 };
  const home = mkdtempSync(join(tmpdir(), "stint-bench-"));
  const folder = (name: string): string => join(home, name);
  const batch = { sentence: "1h bench today", operations: [{ op: "add" as const, ...draft, ...place }], before: [] };
  const open = opener(client);
  const hung: Remote = { ...client, create: () => new Promise(() => undefined) };

  const saved: number[] = [];
  const online = open(folder("online"));
  for (let run = 0; run < runs; run += 1) saved.push(await timed(() => online.commit(batch)));

  // With no grace the answer comes as soon as the batch is on the platter, whatever the line does.
  const kept: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const outbox = opener(hung)(folder(`hung-${run}`), 0);
    await outbox.waiting();
    kept.push(await timed(() => outbox.commit(batch)));
  }
  const synced: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const file = folder("plain");
    synced.push(await timed(async () => { await realDisk.append(file, Buffer.alloc(1_200)); await realDisk.sync(file); }));
  }
  const recovered: number[] = [];
  const old = folder("old");
  mkdirSync(old);
  writeFileSync(join(old, "journal.jsonl"), journalOf(10_000, place));
  for (let run = 0; run < runs; run += 1) recovered.push(await timed(() => open(old).waiting()));
  const work: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const before = process.cpuUsage();
    await open(old).waiting();
    const { user, system } = process.cpuUsage(before);
    work.push((user + system) / 1_000);
  }
  const bytes = statSync(join(old, "journal.jsonl")).size;
  await sandbox.close();
  rmSync(home, { recursive: true, force: true });
  return [
    { name: "Enter → receipt, Harvest on loopback answers", values: saved },
    { name: "Enter → fsynced and kept, Harvest does not answer", values: kept },
    { name: "one append and fsync of this disk, to compare", values: synced },
    { name: `10,000 records read back (${(bytes / 1e6).toFixed(1)} MB)`, values: recovered },
    { name: "the same, processor time alone", values: work },
  ];
}
