import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../electron/harvest/sandbox/server.ts";
import { SABOTAGES } from "../torture/messages.ts";
import { createPool, type Pool } from "../torture/processes.ts";

const root = join(import.meta.dirname, "../..");
const LONG_MS = 900_000;

function torture(...words: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  const child = spawn(process.execPath, [join(root, "build/torture.mjs"), ...words], { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (chunk) => (out += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 99, out }));
  });
}

describe("the torture", () => {
  it("finds nothing lost, doubled, altered or half moved in 300 runs", async () => {
    const { code, out } = await torture("--runs", "300", "--seed", "300");
    expect(code, out).toBe(0);
    expect(out).toContain("torture: 300 of 300 runs");
    expect(out).toContain("0 lost, 0 doubled, 0 altered, 0 half moves");
    expect(Number(/SIGKILLs: (\d+) processes/.exec(out)?.[1])).toBeGreaterThan(50);
  }, LONG_MS);

  it.each(SABOTAGES)("finds an outbox that was broken on purpose: %s", async (sabotage) => {
    const { code, out } = await torture("--runs", "300", "--seed", "5", "--sabotage", sabotage);
    expect(code, out).toBe(1);
    expect(out).toContain("The smallest plan found that fails");
  }, LONG_MS);
});

describe("a computer that sleeps while a request is on its way", () => {
  let pool: Pool;
  let sandbox: Sandbox;
  let folder: string;
  beforeAll(async () => {
    const { bundleWhole } = (await import(join(root, "build/torture/whole.mjs"))) as { bundleWhole: (entry: string) => Promise<string> };
    pool = createPool(await bundleWhole("tests/torture/outbox-process.ts"), 1);
    const started = await startSandbox({ zone: "UTC", clock: () => "2026-04-06T09:00:00Z", requestsPer15s: 100_000 });
    if (started.kind === "failed") throw new Error(started.message);
    sandbox = started;
    folder = mkdtempSync(join(tmpdir(), "stint-asleep-"));
  });
  afterAll(async () => {
    await pool.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(["slow:400", "drop-after-commit", "timeout-after-commit"])("books once, whatever became of the request meanwhile: %s", async (fault) => {
    const headers = { authorization: `Bearer ${sandbox.token}`, "harvest-account-id": String(sandbox.accountId), "user-agent": "test (test@stint.example)" };
    const ask = async (path: string, init?: RequestInit) => (await (await fetch(`${sandbox.url}${path}`, { headers, ...init })).json()) as never;
    const me: { id: number } = await ask("/v2/users/me");
    const listed: { time_entries: readonly { notes: string | null; project: { id: number }; task: { id: number } }[] } = await ask(`/v2/time_entries?user_id=${me.id}`);
    const sample = listed.time_entries.find(({ notes }) => notes);
    if (!sample) throw new Error("The sample account is empty.");
    const seat = await pool.take();
    await seat.tell({ do: "open", folder: join(folder, fault.replace(":", "-")), url: sandbox.url, token: sandbox.token, accountId: sandbox.accountId, userId: me.id, startEnd: false, dropsMarks: false, began: Date.now(), ids: `asleep-${fault.slice(0, 4)}`, sabotage: undefined });
    await ask("/_sandbox/faults", { method: "POST", body: JSON.stringify({ fault, method: "POST", path: "/time_entries" }) });
    const committed = seat.tell({ do: "commit", batch: { sentence: fault, operations: [{ op: "add", date: "2026-04-03", hours: 1.5, project: sample.project.id, task: sample.task.id, notes: fault }], before: [] } });
    await expect.poll(async () => (await ask("/_sandbox/faults") as { faults: readonly unknown[] }).faults, { timeout: 20_000 }).toEqual([]);
    process.kill(seat.pid, "SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    process.kill(seat.pid, "SIGCONT");
    await committed;
    await expect.poll(async () => (await seat.tell({ do: "flush" })) as { waiting?: number }, { timeout: 30_000, interval: 200 }).toMatchObject({ waiting: 0 });
    const after: typeof listed = await ask(`/v2/time_entries?user_id=${me.id}`);
    expect(after.time_entries.filter(({ notes }) => notes === fault)).toHaveLength(1);
    seat.leave();
  }, 60_000);
});
