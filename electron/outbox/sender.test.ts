import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { backoffMs } from "./sender.ts";
import { add, createWorld, seed } from "./test-world.ts";
import type { Written } from "./batch.ts";

// Many small files on a disk that others use too.
vi.setConfig({ testTimeout: 60_000 });
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
const world = async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-sender-"));
  folders.push(folder);
  return createWorld(folder);
};
/** Lets a grace end, or a retry come, when the test says so. */
const handTimer = () => {
  const planned = new Set<{ readonly ms: number; readonly act: () => void }>();
  return {
    after: (ms: number, act: () => void) => {
      const timer = { ms, act };
      planned.add(timer);
      return () => void planned.delete(timer);
    },
    fire: () => {
      for (const timer of Array.from(planned)) {
        planned.delete(timer);
        timer.act();
      }
    },
    waits: () => [...planned].map(({ ms }) => ms),
  };
};

test("each try waits longer than the one before at the same luck, at most five minutes, and never less than Harvest asked for", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.integer({ min: 0, max: 600 }), (tries, luck, asked) => {
      const wait = backoffMs(tries, luck, asked);
      expect(wait).toBeGreaterThanOrEqual(asked * 1000);
      expect(wait).toBeLessThanOrEqual(Math.max(asked * 1000, 300_000));
      expect(backoffMs(tries + 1, luck)).toBeGreaterThanOrEqual(backoffMs(tries, luck));
      expect(backoffMs(tries, luck)).toBeGreaterThanOrEqual(1_000);
    }),
  );
});

describe("while the line hangs", () => {
  /** An outbox whose first request does not come back before `answer` is called. */
  const hanging = async () => {
    const w = await world();
    const timer = handTimer();
    const written: Written[] = [];
    let answer = (): void => undefined;
    const silence = new Promise<void>((resolve) => { answer = resolve; });
    const remote = { ...w.remote, create: async (...args: Parameters<typeof w.remote.create>) => { await silence; return w.remote.create(...args); } };
    const outbox = w.open({ remote, after: timer.after, onWritten: (each) => written.push(each) });
    return { w, timer, outbox, written, answer };
  };

  test("a commit is kept once its grace is over, goes on beside it, and is a plain receipt when Harvest has it", async () => {
    const { w, timer, outbox, written, answer } = await hanging();
    const committing = outbox.commit({ sentence: "x", operations: [add("x")], before: [] });
    await expect.poll(() => timer.waits()).toContain(1_500);
    timer.fire();
    const kept = await committing;
    expect(kept).toMatchObject({ kind: "queued" });
    expect(w.remote.all()).toEqual([]);
    expect(await w.open().waiting()).toBe(1);
    answer();
    await expect.poll(() => outbox.waiting()).toBe(0);
    expect(await outbox.outcome("batch" in kept ? kept.batch : "")).toMatchObject({ kind: "saved", entries: [{ op: "add" }] });
    expect(written).toMatchObject([{ op: "add", image: { notes: "x" } }]);
  });

  test("the next Enter is on the disk at once, and both are sent in their order", async () => {
    const { w, timer, outbox, answer } = await hanging();
    const first = outbox.commit({ sentence: "1", operations: [add("1")], before: [] });
    const second = outbox.commit({ sentence: "2", operations: [add("2")], before: [] });
    await expect.poll(() => w.open().waiting()).toBe(2);
    timer.fire();
    expect([await first, await second]).toMatchObject([{ kind: "queued" }, { kind: "queued" }]);
    answer();
    await expect.poll(() => outbox.waiting()).toBe(0);
    expect(w.remote.all().map(({ notes }) => notes)).toEqual(["1", "2"]);
  });

  test("what was not sent yet can be taken back at once, and never is sent", async () => {
    const { w, timer, outbox, answer } = await hanging();
    const first = outbox.commit({ sentence: "1", operations: [add("1")], before: [] });
    const second = outbox.commit({ sentence: "2", operations: [add("2")], before: [] });
    await expect.poll(() => w.open().waiting()).toBe(2);
    timer.fire();
    await first;
    const kept = await second;
    expect(await outbox.undo("batch" in kept ? kept.batch : "")).toMatchObject({ kind: "withdrawn" });
    answer();
    await expect.poll(() => outbox.waiting()).toBe(0);
    expect(w.remote.all().map(({ notes }) => notes)).toEqual(["1"]);
  });

  test("closing sends nothing more, and the next program does", async () => {
    const { w, timer, outbox, answer } = await hanging();
    void outbox.commit({ sentence: "1", operations: [add("1")], before: [] });
    void outbox.commit({ sentence: "2", operations: [add("2")], before: [] });
    await expect.poll(() => w.open().waiting()).toBe(2);
    timer.fire();
    const closed = outbox.close();
    answer();
    await closed;
    expect(w.remote.all().map(({ notes }) => notes)).toEqual(["1"]);
    expect(await w.open().flush()).toMatchObject({ waiting: 0 });
    expect(w.remote.all().map(({ notes }) => notes)).toEqual(["1", "2"]);
  });
});

describe("the queue", () => {
  test("tries again by itself, later each time, until nothing waits", async () => {
    const w = await world();
    const timer = handTimer();
    const outbox = w.open({ after: timer.after, random: () => 0.5 });
    w.fail(() => "offline");
    await outbox.commit({ sentence: "x", operations: [add("x")], before: [] });
    const waits: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      waits.push(...timer.waits());
      timer.fire();
      await expect.poll(() => timer.waits()).toHaveLength(1);
    }
    expect(waits).toEqual([1_500, 3_000, 6_000]);
    w.heal();
    timer.fire();
    await expect.poll(() => outbox.waiting()).toBe(0);
    expect(timer.waits()).toEqual([]);
    expect(w.remote.all()).toHaveLength(1);
  });

  test("an entry that Harvest cannot change now holds back its own later changes alone", async () => {
    const w = await world();
    const [one, two] = [seed(w.remote, { notes: "one" }), seed(w.remote, { notes: "two" })];
    w.fail((_, name) => (name === "read" ? "server" : undefined));
    const outbox = w.open();
    await outbox.commit({ sentence: "1", operations: [{ op: "change", entry: one.id, set: { hours: 3 } }], before: [one] });
    w.heal();
    let reads = 0;
    w.fail((_, name) => (name === "read" && (reads += 1) === 1 ? "server" : undefined));
    await outbox.commit({ sentence: "2", operations: [{ op: "change", entry: one.id, set: { hours: 4 } }], before: [{ ...one, hours: 3 }] });
    await outbox.commit({ sentence: "3", operations: [{ op: "change", entry: two.id, set: { hours: 5 } }], before: [two] });
    await outbox.flush();
    expect(w.remote.all().map(({ hours }) => hours)).toEqual([4, 5]);
    expect((await outbox.history(5)).map(({ state }) => state)).toEqual(["saved", "saved", "saved"]);
  });

  test("what waits is known without looking, so that it can be shown as it will be", async () => {
    const w = await world();
    const entry = seed(w.remote);
    w.fail(() => "offline");
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [{ op: "change", entry: entry.id, set: { hours: 3 } }], before: [entry] });
    expect(outbox.pending()).toMatchObject([{ do: "change", entry: entry.id, set: { hours: 3 } }]);
    w.heal();
    await outbox.flush();
    expect(outbox.pending()).toEqual([]);
  });
});
