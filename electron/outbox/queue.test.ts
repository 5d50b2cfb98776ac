import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { add, createWorld, seed, TODAY } from "./test-world.ts";

// Many small files on a disk that others use too.
vi.setConfig({ testTimeout: 60_000 });
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
const world = async (keepsMarks = true) => {
  const folder = await mkdtemp(join(tmpdir(), "stint-outbox-"));
  folders.push(folder);
  return createWorld(folder, keepsMarks);
};

describe("the queue", () => {
  test("keeps the order: a new batch is sent after the ones that wait", async () => {
    const w = await world();
    const outbox = w.open();
    const entry = seed(w.remote);
    w.fail(() => "offline");
    expect(await outbox.commit({ sentence: "first", operations: [{ op: "change", entry: entry.id, set: { hours: 3 } }], before: [entry] })).toEqual({ kind: "queued", batch: expect.any(String) as string, message: "Harvest said offline." });
    w.heal();
    expect(await outbox.commit({ sentence: "second", operations: [{ op: "change", entry: entry.id, set: { hours: 4 } }], before: [{ ...entry, hours: 3 }] })).toMatchObject({ kind: "saved" });
    expect(w.remote.all()).toMatchObject([{ hours: 4 }]);
  });

  test("a timer that starts waits for one that is to be taken back, which it would stop before", async () => {
    const w = await world();
    const outbox = w.open();
    expect(await outbox.commit({ sentence: "one", operations: [{ op: "start", project: 1, task: 11, notes: "one" }], before: [] })).toMatchObject({ kind: "saved" });
    w.fail((_, name) => (name === "remove" ? "server" : undefined));
    expect(await outbox.undo()).toMatchObject({ kind: "queued" });
    expect(await outbox.commit({ sentence: "two", operations: [{ op: "start", project: 1, task: 11, notes: "two" }], before: [] })).toMatchObject({ kind: "queued" });
    expect(w.remote.all()).toMatchObject([{ notes: "one", running: true }]);
    w.heal();
    expect(await outbox.flush()).toEqual({ sent: 2, waiting: 0 });
    expect(w.remote.all()).toMatchObject([{ notes: "two", running: true }]);
    expect(await outbox.history(5)).toMatchObject([{ state: "saved" }, { state: "undone" }]);
  });

  test("a refused operation ends its batch, tells what was saved, and sends nothing after it", async () => {
    const w = await world();
    let creates = 0;
    w.fail((_, name) => (name === "create" && (creates += 1) === 2 ? "refused" : undefined));
    const outbox = w.open();
    expect(await outbox.commit({ sentence: "three", operations: [add("1"), add("2"), add("3")], before: [] })).toMatchObject({ kind: "refused", message: "Harvest said refused.", done: 1 });
    expect(await outbox.flush()).toEqual({ sent: 0, waiting: 0 });
    expect(w.remote.all().map(({ notes }) => notes)).toEqual(["1"]);
    expect(await outbox.history(5)).toMatchObject([{ state: "refused", message: "Harvest said refused.", entries: [{ op: "add" }] }]);
    expect(await outbox.undo()).toMatchObject({ kind: "undone" });
    expect(w.remote.all()).toEqual([]);
  });

  test.each(["forbidden", "not-found", "refused"] as const)("%s is final", async (code) => {
    const w = await world();
    w.fail(() => code);
    const outbox = w.open();
    expect(await outbox.commit({ sentence: "x", operations: [add("x")], before: [] })).toMatchObject({ kind: "refused", done: 0 });
    expect(await outbox.waiting()).toBe(0);
  });

  test.each([{ notes: "theirs" }, { hours: 7 }, { running: true }])("a change does not write over what somebody else changed: %o", async (edit) => {
    const w = await world();
    const entry = seed(w.remote);
    w.remote.edit(entry.id, edit);
    const outbox = w.open();
    expect(await outbox.commit({ sentence: "x", operations: [{ op: "change", entry: entry.id, set: { date: "2026-04-03" } }], before: [entry] })).toMatchObject({ kind: "needs-you", done: 0 });
    expect(w.remote.all()).toMatchObject([{ ...edit, date: TODAY }]);
    expect(await outbox.history(1)).toMatchObject([{ state: "needs-you" }]);
  });

  test("a delete that waited does not delete what was changed meanwhile", async () => {
    const w = await world();
    const entry = seed(w.remote);
    w.fail(() => "offline");
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [{ op: "delete", entry: entry.id }], before: [entry] });
    w.remote.edit(entry.id, { hours: 5 });
    w.heal();
    await outbox.flush();
    expect(w.remote.all()).toHaveLength(1);
    expect(await outbox.history(1)).toMatchObject([{ state: "needs-you" }]);
  });

  test("a change of an entry that is gone needs a person", async () => {
    const w = await world();
    const entry = seed(w.remote);
    w.remote.drop(entry.id);
    expect(await w.open().commit({ sentence: "x", operations: [{ op: "change", entry: entry.id, set: { hours: 2 } }], before: [entry] })).toMatchObject({ kind: "needs-you" });
  });

  test("a timer that waited past midnight is not started", async () => {
    const w = await world();
    w.fail(() => "offline");
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [{ op: "start", project: 1, task: 11, notes: "" }], before: [] });
    w.heal();
    w.setToday("2026-04-07");
    expect(await outbox.flush()).toEqual({ sent: 0, waiting: 0 });
    expect(w.remote.all()).toEqual([]);
    expect(await outbox.history(1)).toMatchObject([{ state: "needs-you" }]);
  });

  test("a timer that Harvest started in place of a booking is not told as saved", async () => {
    const w = await world();
    w.fail((_, name) => (name === "create" ? "cut-after" : undefined));
    const outbox = w.open();
    w.onSleep(() => w.remote.edit(w.remote.all()[0]!.id, { running: true, hours: 0 }));
    expect(await outbox.commit({ sentence: "x", operations: [add("x")], before: [] })).toMatchObject({ kind: "needs-you", message: expect.stringContaining("timer") as string });
    expect(w.remote.all()).toHaveLength(1);
  });

  test("a batch without the entries that it touches is a bug and is told as one", async () => {
    const w = await world();
    await expect(w.open().commit({ sentence: "x", operations: [{ op: "delete", entry: 5 }], before: [] })).rejects.toThrow("must carry every entry");
  });
});

