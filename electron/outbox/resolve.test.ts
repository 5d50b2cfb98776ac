import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { add, createWorld, seed, values } from "./test-world.ts";

// Many small files on a disk that others use too.
vi.setConfig({ testTimeout: 60_000 });
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
const world = async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-resolve-"));
  folders.push(folder);
  return createWorld(folder);
};
const nameOf = (result: object): string => ("batch" in result ? String(result.batch) : "");

describe("a sentence that was refused part way", () => {
  const refusedHalfWay = async () => {
    const w = await world();
    let creates = 0;
    w.fail((_, name) => (name === "create" && (creates += 1) === 2 ? "refused" : undefined));
    const outbox = w.open();
    const result = await outbox.commit({ sentence: "three", operations: [add("1"), add("2"), add("3")], before: [] });
    w.heal();
    return { w, outbox, result };
  };

  test("is finished by one call, each part once", async () => {
    const { w, outbox, result } = await refusedHalfWay();
    expect(result).toMatchObject({ kind: "refused", done: 1 });
    expect(await outbox.finish()).toMatchObject({ kind: "finished", sentence: "three" });
    expect(w.remote.all().map(({ notes }) => notes)).toEqual(["1", "2", "3"]);
    expect(await outbox.history(5)).toMatchObject([{ state: "saved" }]);
    expect(await outbox.finish()).toMatchObject({ kind: "nothing" });
  });

  test("is taken back by one call, and then cannot be finished any more", async () => {
    const { w, outbox, result } = await refusedHalfWay();
    expect(await outbox.undo(nameOf(result))).toMatchObject({ kind: "undone" });
    expect(w.remote.all()).toEqual([]);
    expect(await outbox.finish(nameOf(result))).toMatchObject({ kind: "nothing" });
    expect(await outbox.history(5)).toMatchObject([{ state: "undone" }]);
  });

  test("is finished by the next program when this one ended just after the decision was written down", async () => {
    const { w, outbox } = await refusedHalfWay();
    w.fail((_, name) => (name === "create" ? "crash-after" : undefined));
    await outbox.finish().catch(() => undefined);
    w.heal();
    const next = w.open();
    for (let round = 0; round < 3 && (await next.waiting()) > 0; round += 1) await next.flush();
    expect(w.remote.all().map(({ notes }) => notes)).toEqual(["1", "2", "3"]);
  });
});

describe("an entry that was changed in Harvest meanwhile", () => {
  test("is not overwritten, the difference is told, and a yes carries the change out", async () => {
    const w = await world();
    const entry = seed(w.remote);
    w.remote.edit(entry.id, { hours: 2.5 });
    const outbox = w.open();
    const asked = await outbox.commit({ sentence: "x", operations: [{ op: "change", entry: entry.id, set: { notes: "mine" } }], before: [entry] });
    expect(asked).toMatchObject({ kind: "needs-you", message: expect.stringContaining("2:30 h instead of 1:00 h") as string });
    expect(w.remote.all()).toMatchObject([{ hours: 2.5, notes: "seed" }]);
    expect(await outbox.finish()).toMatchObject({ kind: "finished" });
    expect(w.remote.all()).toMatchObject([{ hours: 2.5, notes: "mine" }]);
  });

  test("is asked about again when it changed once more before the yes was carried out", async () => {
    const w = await world();
    const entry = seed(w.remote);
    w.remote.edit(entry.id, { hours: 2.5 });
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [{ op: "delete", entry: entry.id }], before: [entry] });
    let reads = 0;
    w.fail((_, name) => {
      if (name === "read" && (reads += 1) === 2) w.remote.edit(entry.id, { hours: 7 });
      return undefined;
    });
    expect(await outbox.finish()).toMatchObject({ kind: "needs-you", message: expect.stringContaining("7:00 h instead of 2:30 h") as string });
    expect(w.remote.all()).toMatchObject([{ hours: 7 }]);
  });

  test("stops an undo, and a yes undoes all the same", async () => {
    const w = await world();
    const entry = seed(w.remote);
    const outbox = w.open();
    const done = await outbox.commit({ sentence: "x", operations: [{ op: "change", entry: entry.id, set: { date: "2026-04-03" } }], before: [entry] });
    w.remote.edit(entry.id, { notes: "theirs" });
    expect(await outbox.undo(nameOf(done))).toMatchObject({ kind: "changed", message: expect.stringContaining("another note") as string });
    expect(await outbox.finish(nameOf(done))).toMatchObject({ kind: "finished" });
    expect(w.remote.all()).toMatchObject([{ date: "2026-04-06", notes: "theirs" }]);
    expect(await outbox.history(5)).toMatchObject([{ state: "undone" }]);
  });
});

describe("undo", () => {
  test("of a start lets the timer run again that it had stopped", async () => {
    const w = await world();
    const running = seed(w.remote, { running: true, notes: "first" });
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [{ op: "start", project: 1, task: 11, notes: "second" }], before: [running] });
    expect(w.remote.all().filter((entry) => entry.running).map(({ notes }) => notes)).toEqual(["second"]);
    expect(await outbox.undo()).toMatchObject({ kind: "undone" });
    expect(values(w.remote)).toMatchObject([{ notes: "first", running: true }]);
  });

  test("of a start after a stop in the same sentence starts the stopped timer once", async () => {
    const w = await world();
    const running = seed(w.remote, { running: true, notes: "first" });
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [{ op: "stop", entry: running.id }, { op: "start", project: 1, task: 11, notes: "second" }], before: [running] });
    let restarts = 0;
    w.fail((_, name) => {
      if (name === "restart") restarts += 1;
      return undefined;
    });
    expect(await outbox.undo()).toMatchObject({ kind: "undone" });
    expect(values(w.remote)).toMatchObject([{ notes: "first", running: true }]);
    expect(restarts).toBe(1);
  });

  test("of a delete tells under which number the entry is back", async () => {
    const w = await world();
    const entry = seed(w.remote);
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [{ op: "delete", entry: entry.id }], before: [entry] });
    expect(await outbox.undo()).toMatchObject({ kind: "undone", renewed: [{ old: entry.id, now: w.remote.all()[0]?.id }] });
  });

  test("works in any order where the batches have nothing to do with each other", async () => {
    const w = await world();
    const [one, two] = [seed(w.remote, { notes: "one" }), seed(w.remote, { notes: "two" })];
    const untouched = values(w.remote);
    const outbox = w.open();
    const names = [
      nameOf(await outbox.commit({ sentence: "1", operations: [{ op: "change", entry: one.id, set: { date: "2026-04-03" } }], before: [one] })),
      nameOf(await outbox.commit({ sentence: "2", operations: [{ op: "delete", entry: two.id }], before: [two] })),
      nameOf(await outbox.commit({ sentence: "3", operations: [add("3")], before: [] })),
    ];
    for (const index of [1, 0, 2]) expect(await outbox.undo(names[index])).toMatchObject({ kind: "undone" });
    expect(values(w.remote)).toEqual(untouched);
  });
});

describe("the clock", () => {
  test("that was set back makes nobody wait longer than Harvest's lag, and doubles nothing", async () => {
    const w = await world();
    w.fail((_, name) => (name === "create" ? "crash-after" : undefined));
    await w.open().commit({ sentence: "x", operations: [add("x")], before: [] }).catch(() => undefined);
    w.heal();
    w.later(-26 * 3_600_000);
    const next = w.open();
    expect(await next.flush()).toMatchObject({ waiting: 0 });
    expect(w.remote.all()).toHaveLength(1);
    expect(Math.max(...w.slept)).toBeLessThanOrEqual(5_000);
    expect(await next.undo()).toMatchObject({ kind: "undone" });
    expect(w.remote.all()).toEqual([]);
  });

  test.each([-3_600_000, 3_600_000])("that is %d ms off loses no entry in an account that drops marks", async (off) => {
    const folder = await mkdtemp(join(tmpdir(), "stint-resolve-"));
    folders.push(folder);
    const w = createWorld(folder, false);
    // Harvest's own clock is the world's; ours is another one.
    const clock = { now: () => { w.later(10); return new Date(Date.parse("2026-04-06T09:00:00Z") + off); }, today: () => "2026-04-06" as const };
    w.fail((_, name) => (name === "create" ? "crash-after" : undefined));
    await w.open({ clock }).commit({ sentence: "x", operations: [add("x")], before: [] }).catch(() => undefined);
    w.heal();
    expect(await w.open({ clock }).flush()).toMatchObject({ waiting: 0 });
    expect(w.remote.all()).toHaveLength(1);
  });
});
