import { readSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createHarvestClient } from "../../electron/harvest/client.ts";
import type { RemoteEntry, RemoteResult } from "../../electron/core/remote.ts";
import { realDisk, type Disk } from "../../electron/outbox/disk.ts";
import { createOutbox, type Outbox } from "../../electron/outbox/outbox.ts";
import type { Remote } from "../../electron/core/remote.ts";
import type { Order, Reply, Sabotage } from "./messages.ts";
import { SCALE } from "./plan.ts";

/*
 * The process that is killed: the product's own outbox and client, on a disk and a line that announce every step. At the step that the
 * driver chose it writes one line on the pipe and then waits for ever, so that a real SIGKILL finds it exactly there. It has seats for
 * several runs at once: a kill takes all of them, each wherever it is.
 */

const STEPS = 3;
const STOP = 4;
const scaled = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms / SCALE));
/** The steps of one run: how many are left to the chosen one, and how much of its journal is safe from a power cut. */
function createSteps(seat: number, journal: string) {
  const armed: { left: number | undefined } = { left: undefined };
  const size = statSync(journal, { throwIfNoEntry: false })?.size ?? 0;
  const sizes = new Map([[journal, size]]);
  const synced = new Map([[journal, size]]);
  return {
    sizes,
    arm: (left: number | undefined): void => void (armed.left = left),
    tellSynced: (path: string): void => void synced.set(path, sizes.get(path) ?? 0),
    /** Announces a step; the chosen one never returns. */
    step: (name: string): void => {
      if (armed.left === undefined) return;
      armed.left -= 1;
      if (armed.left > 0) return;
      writeSync(STEPS, `${seat}|${name}|${synced.get(journal) ?? 0}\n`);
      readSync(STOP, Buffer.alloc(1));
    },
  };
}
type Steps = ReturnType<typeof createSteps>;

/** A disk that announces each of its steps, half a write among them, and remembers what is safe on the platter. */
function watchedDisk({ step, sizes, tellSynced }: Steps, sabotage: Sabotage | undefined): Disk {
  const late: Promise<void>[] = [];
  const append = async (path: string, bytes: Buffer): Promise<void> => {
    step("append: before");
    const half = Math.floor(bytes.length / 2);
    await realDisk.append(path, bytes.subarray(0, half));
    step("append: half written");
    await realDisk.append(path, bytes.subarray(half));
    sizes.set(path, (sizes.get(path) ?? 0) + bytes.length);
    step("append: written");
  };
  return {
    makeFolder: (path) => realDisk.makeFolder(path),
    append: async (path, bytes) => {
      if (sabotage === "no-sending-record" && bytes.includes('"kind":"sending"')) return;
      if (sabotage === "early-receipt" && bytes.includes('"kind":"batch"')) return void late.push(scaled(2_000).then(() => append(path, bytes)));
      return append(path, bytes);
    },
    sync: async (path) => {
      step("sync: before");
      if (sabotage === "no-fsync") return;
      if (sabotage !== "early-receipt") await realDisk.sync(path);
      tellSynced(path);
      step("sync: done");
    },
    syncFolder: async (path) => {
      step("sync folder: before");
      await realDisk.syncFolder(path);
      step("sync folder: done");
    },
    cut: async (path, length) => {
      step("cut: before");
      await realDisk.cut(path, length);
      sizes.set(path, length);
      step("cut: done");
    },
    replace: async (from, to) => {
      step("replace: before");
      await realDisk.replace(from, to);
      sizes.set(to, sizes.get(from) ?? 0);
      tellSynced(to);
      step("replace: done");
    },
    copyNew: (from, to) => realDisk.copyNew(from, to),
    remove: async (path) => {
      await realDisk.remove(path);
      sizes.delete(path);
    },
  };
}

/** A line that announces each request before it goes out, while it is out, and when its answer is here. */
function watchedRemote({ step }: Steps, remote: Remote, { dropsMarks, sabotage }: Extract<Order, { do: "open" }>): Remote {
  const watch = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    step(`${name}: before`);
    let out = true;
    const answer = act().finally(() => { out = false; });
    setTimeout(() => { if (out) step(`${name}: on its way`); }, 2);
    const result = await answer;
    step(`${name}: answered`);
    return result;
  };
  const unmarked = (entry: RemoteEntry): RemoteEntry => (dropsMarks ? { ...entry, mark: undefined } : entry);
  const one = (result: RemoteResult<RemoteEntry>): RemoteResult<RemoteEntry> => (result.kind === "ok" ? { kind: "ok", value: unmarked(result.value) } : result);
  return {
    create: async (draft, mark) => one(await watch("create", () => remote.create(draft, mark))),
    start: async (draft, mark) => one(await watch("start", () => remote.start(draft, mark))),
    change: async (id, set) => one(await watch("change", () => remote.change(id, set))),
    stop: async (id) => one(await watch("stop", () => remote.stop(id))),
    restart: async (id) => one(await watch("restart", () => remote.restart(id))),
    remove: (id) => watch("remove", () => remote.remove(id)),
    read: async (id) => one(await watch("read", () => remote.read(id))),
    entries: async (from, to) => {
      const listed = await watch("list", () => remote.entries(from, to));
      if (listed.kind === "failed") return listed;
      return { kind: "ok", value: sabotage === "no-look" ? [] : listed.value.map(unmarked) };
    },
  };
}

function open(order: Extract<Order, { do: "open" }>, steps: Steps): Outbox {
  const { folder, url, token, accountId, userId, startEnd, began, ids, sabotage } = order;
  const now = (): Date => new Date(Date.parse("2026-04-06T09:00:00Z") + (Date.now() - began) * SCALE);
  const client = createHarvestClient({
    baseUrl: url, token, accountId, userId, now,
    mode: startEnd ? "start-end" : "duration",
    userAgent: "Stint torture (torture@stint.example)",
    zone: "UTC", sleep: scaled, connectMs: 2_000, firstByteMs: 1_000, timeoutMs: 2_000,
  });
  let count = 0;
  return createOutbox({
    folder,
    remote: watchedRemote(steps, client, order),
    clock: { now, today: () => "2026-04-06" },
    newId: () => `${ids}-${(count += 1)}`,
    sleep: (ms) => (sabotage === "no-lag" ? Promise.resolve() : scaled(ms)),
    after: (ms, act, idle) => {
      const timer = setTimeout(act, ms / SCALE);
      if (idle) timer.unref();
      return () => clearTimeout(timer);
    },
    disk: watchedDisk(steps, sabotage),
    compactAt: 20,
  });
}

interface Seat {
  readonly steps: Steps;
  readonly outbox: Outbox;
}
const seats = new Map<number, Seat>();

async function answer(number: number, order: Order): Promise<Reply> {
  if (order.do === "open") {
    const steps = createSteps(number, join(order.folder, "journal.jsonl"));
    seats.set(number, { steps, outbox: open(order, steps) });
    return { kind: "ready" };
  }
  const seat = seats.get(number);
  if (!seat) throw new Error("No outbox is open.");
  const { outbox, steps } = seat;
  switch (order.do) {
    case "arm":
      steps.arm(order.killAt);
      return { kind: "ready" };
    case "commit":
      return { kind: "committed", result: await outbox.commit(order.batch) };
    case "outcome":
      return { kind: "committed", result: await outbox.outcome(order.batch) };
    case "undo":
      return { kind: "undone", result: await outbox.undo(order.batch) };
    case "flush": {
      const { waiting, message = "" } = await outbox.flush();
      return { kind: "flushed", waiting, message };
    }
    case "history":
      return { kind: "history", items: (await outbox.history(1_000)).map(({ batch, sentence, state, message }) => ({ batch, sentence, state, message })) };
    case "close":
      await outbox.close();
      seats.delete(number);
      return { kind: "ready" };
  }
}

process.on("message", ({ seat, order }: { seat: number; order: Order }) => {
  void answer(seat, order).then(
    (reply) => process.send?.({ seat, reply }),
    (error: unknown) => process.send?.({ seat, reply: { kind: "broken", message: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Reply }),
  );
});
process.on("disconnect", () => process.exit(0));
process.send?.({ seat: 0, reply: { kind: "ready" } satisfies Reply });
