import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { add, createWorld, prepare, seed, values } from "./test-world.ts";

// Many small files on a disk that others use too.
vi.setConfig({ testTimeout: 60_000 });
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
const world = async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-outbox-"));
  folders.push(folder);
  return createWorld(folder);
};

describe("an undo that waits for a deleted entry to come back", () => {
  /** A change and a start, then a delete of the changed entry: both taken back while nothing gets through. */
  const takenBackOffline = async () => {
    const w = await world();
    const entry = seed(w.remote, { date: "2026-04-03" });
    const outbox = w.open();
    const moved = await outbox.commit({ sentence: "1", operations: [{ op: "change", entry: entry.id, set: { date: "2026-04-01" } }, { op: "start", project: 1, task: 11, notes: "timer" }], before: [entry] });
    const deleted = await outbox.commit({ sentence: "2", operations: [{ op: "delete", entry: entry.id }], before: [{ ...entry, date: "2026-04-01" }] });
    w.fail(() => "offline");
    for (const done of [deleted, moved]) expect(await outbox.undo("batch" in done ? done.batch : "")).toMatchObject({ kind: "queued" });
    w.heal();
    return { w, entry };
  };
  const asSeeded = [{ date: "2026-04-03", hours: 1, project: 1, task: 11, notes: "seed", running: false }];

  test("goes on with it under its new number", async () => {
    const { w, entry } = await takenBackOffline();
    const next = w.open();
    expect(await next.flush()).toEqual({ sent: 2, waiting: 0 });
    expect(values(w.remote)).toEqual(asSeeded);
    expect(w.remote.all()[0]?.id).not.toBe(entry.id);
    expect(await next.history(5)).toMatchObject([{ state: "undone" }, { state: "undone" }]);
  });

  test("waits for as long as Harvest does not make it", async () => {
    const { w } = await takenBackOffline();
    w.fail((_, name) => (name === "create" ? "server" : undefined));
    const next = w.open();
    expect(await next.flush()).toMatchObject({ sent: 0, waiting: 2 });
    w.heal();
    expect(await next.flush()).toEqual({ sent: 2, waiting: 0 });
    expect(values(w.remote)).toEqual(asSeeded);
  });

  test("goes on with it when the answer that told the new number was lost, and another program found it", async () => {
    const { w } = await takenBackOffline();
    w.fail((_, name) => (name === "create" ? "crash-after" : undefined));
    await w.open().flush().catch(() => undefined);
    w.heal();
    expect(await w.open().flush()).toEqual({ sent: 2, waiting: 0 });
    expect(values(w.remote)).toEqual(asSeeded);
  });

  test("is not the only one: a change that was confirmed of it meanwhile reaches it too", async () => {
    const w = await world();
    const entry = seed(w.remote);
    const outbox = w.open();
    await outbox.commit({ sentence: "1", operations: [{ op: "delete", entry: entry.id }], before: [entry] });
    w.fail(() => "offline");
    expect(await outbox.undo()).toMatchObject({ kind: "queued" });
    const changed = await outbox.commit({ sentence: "2", operations: [{ op: "change", entry: entry.id, set: { hours: 4 } }], before: [entry] });
    w.heal();
    expect(await outbox.flush()).toEqual({ sent: 2, waiting: 0 });
    expect(w.remote.all()).toMatchObject([{ hours: 4 }]);
    expect(await outbox.undo("batch" in changed ? changed.batch : "")).toMatchObject({ kind: "undone" });
    expect(w.remote.all()).toMatchObject([{ hours: 1, notes: "seed" }]);
  });

  test("goes back through a change and a delete of one sentence", async () => {
    const w = await world();
    const entry = seed(w.remote);
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [{ op: "change", entry: entry.id, set: { hours: 3 } }, { op: "delete", entry: entry.id }], before: [entry] });
    expect(w.remote.all()).toEqual([]);
    expect(await outbox.undo()).toMatchObject({ kind: "undone" });
    expect(w.remote.all()).toMatchObject([{ hours: 1, notes: "seed" }]);
  });

  test("finds a timer that was deleted at once and started again", async () => {
    const w = await world();
    const outbox = w.open();
    const started = await outbox.commit(prepare(w, "start"));
    const timer = w.remote.all()[0]!;
    await outbox.commit({ sentence: "2", operations: [{ op: "delete", entry: timer.id }], before: [timer] });
    expect(await outbox.undo()).toMatchObject({ kind: "undone", renewed: [{ old: timer.id, now: w.remote.all()[0]?.id }] });
    expect(await outbox.undo("batch" in started ? started.batch : "")).toMatchObject({ kind: "undone" });
    expect(w.remote.all()).toEqual([]);
  });
});

describe("an undo that was promised and cannot be done", () => {
  test("stays visible as what needs somebody, with the reason, and a yes carries it out", async () => {
    const w = await world();
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [add("x")], before: [] });
    w.fail(() => "offline");
    expect(await outbox.undo()).toMatchObject({ kind: "queued" });
    w.heal();
    w.remote.edit(w.remote.all()[0]!.id, { hours: 7 });
    const next = w.open();
    await next.flush();
    expect(w.remote.all()).toMatchObject([{ hours: 7 }]);
    expect(await next.history(1)).toMatchObject([{ state: "needs-you", message: expect.stringContaining("Nothing was undone.") as string }]);
    expect(await next.finish()).toMatchObject({ kind: "finished" });
    expect(w.remote.all()).toEqual([]);
    expect(await next.history(1)).toMatchObject([{ state: "undone" }]);
  });

  test("is told when its entry is gone for good", async () => {
    const w = await world();
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [add("x")], before: [] });
    w.fail(() => "offline");
    await outbox.undo();
    w.heal();
    w.remote.drop(w.remote.all()[0]!.id);
    await outbox.flush();
    expect(await outbox.history(1)).toMatchObject([{ state: "needs-you", message: "That entry is no longer in Harvest, so nothing was undone." }]);
  });

  test("is told when Harvest refuses it", async () => {
    const w = await world();
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [add("x")], before: [] });
    w.fail(() => "offline");
    await outbox.undo();
    w.fail((_, name) => (name === "remove" ? "refused" : undefined));
    await outbox.flush();
    expect(await outbox.history(1)).toMatchObject([{ state: "needs-you", message: "Harvest said refused." }]);
  });

  /** A start that was taken back, but for the timer that ran before it: Harvest refuses to let that one run again. */
  const halfBack = async () => {
    const w = await world();
    const running = seed(w.remote, { running: true, notes: "first" });
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [{ op: "start", project: 1, task: 11, notes: "second" }], before: [running] });
    w.fail(() => "offline");
    expect(await outbox.undo()).toMatchObject({ kind: "queued" });
    w.fail((_, name) => (name === "restart" ? "refused" : undefined));
    await outbox.flush();
    w.heal();
    expect(values(w.remote)).toMatchObject([{ notes: "first", running: false }]);
    expect(await outbox.history(1)).toMatchObject([{ state: "needs-you", message: "Harvest said refused." }]);
    return { w, outbox };
  };

  test("in its last part is told too, and a yes carries that part out", async () => {
    const { w, outbox } = await halfBack();
    expect(await outbox.finish()).toMatchObject({ kind: "finished" });
    expect(values(w.remote)).toMatchObject([{ notes: "first", running: true }]);
    expect(await outbox.history(1)).toMatchObject([{ state: "undone" }]);
  });

  test("in its last part is given up by another undo", async () => {
    const { w, outbox } = await halfBack();
    expect(await outbox.undo()).toMatchObject({ kind: "withdrawn" });
    expect(await outbox.flush()).toEqual({ sent: 0, waiting: 0 });
    expect(values(w.remote)).toMatchObject([{ notes: "first", running: false }]);
    expect(await outbox.history(1)).toMatchObject([{ state: "undone" }]);
    expect(await outbox.undo()).toMatchObject({ kind: "nothing" });
  });
});
