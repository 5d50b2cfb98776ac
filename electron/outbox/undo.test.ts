import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Operation } from "../core/outcome.ts";
import { add, createWorld, kinds, prepare, seed, TODAY, values } from "./test-world.ts";

// Many small files on a disk that others use too.
vi.setConfig({ testTimeout: 60_000 });
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
const world = async (restartsAnew = false) => {
  const folder = await mkdtemp(join(tmpdir(), "stint-outbox-"));
  folders.push(folder);
  return createWorld(folder, true, restartsAnew);
};

test.each(Object.keys(kinds).filter((kind) => kind !== "delete"))("undo of %s writes nothing when the entry is no longer as it was left", async (kind) => {
  const w = await world();
  const outbox = w.open();
  await outbox.commit(prepare(w, kind));
  w.remote.edit(w.remote.all()[0]!.id, { notes: "somebody else" });
  const now = values(w.remote);
  expect(await outbox.undo()).toMatchObject({ kind: "changed" });
  expect(values(w.remote)).toEqual(now);
  expect(await outbox.history(5)).toMatchObject([{ state: "needs-you" }]);
});

describe("undo", () => {
  test("of a batch that still waits takes it out of the queue and sends nothing", async () => {
    const w = await world();
    w.fail(() => "offline");
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [add("x")], before: [] });
    expect(await outbox.undo()).toMatchObject({ kind: "withdrawn", sentence: "x" });
    w.heal();
    expect(await w.open().flush()).toEqual({ sent: 0, waiting: 0 });
    expect(w.remote.all()).toEqual([]);
    expect(await outbox.history(1)).toMatchObject([{ state: "undone" }]);
  });

  test("of a half-sent batch keeps the rest back and takes back what was saved", async () => {
    const w = await world();
    let creates = 0;
    w.fail((_, name) => (name === "create" && (creates += 1) >= 2 ? "offline" : undefined));
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [add("1"), add("2")], before: [] });
    w.heal();
    expect(await outbox.undo()).toMatchObject({ kind: "undone" });
    await w.open().flush();
    expect(w.remote.all()).toEqual([]);
    expect(await outbox.history(1)).toMatchObject([{ state: "undone" }]);
  });

  test("refuses while it is unknown whether Harvest has it", async () => {
    const w = await world();
    let cut = false;
    w.fail((_, name) => {
      if (cut) return "offline";
      cut = name === "create";
      return cut ? "cut-after" : undefined;
    });
    const outbox = w.open();
    expect(await outbox.commit({ sentence: "x", operations: [add("x")], before: [] })).toMatchObject({ kind: "queued" });
    expect(await outbox.undo()).toMatchObject({ kind: "failed" });
    w.heal();
    expect(await outbox.undo()).toMatchObject({ kind: "undone" });
    expect(w.remote.all()).toEqual([]);
  });

  test("of two changes of one entry goes back through both", async () => {
    const w = await world();
    const entry = seed(w.remote);
    const outbox = w.open();
    const operations: Operation[] = [{ op: "change", entry: entry.id, set: { hours: 3 } }, { op: "change", entry: entry.id, set: { hours: 4, notes: "b" } }];
    expect(await outbox.commit({ sentence: "x", operations, before: [entry] })).toMatchObject({ kind: "saved" });
    expect(await outbox.undo()).toMatchObject({ kind: "undone" });
    expect(w.remote.all()).toMatchObject([{ hours: 1, notes: "seed" }]);
  });

  test("sets back only the fields that were changed", async () => {
    const w = await world();
    const entry = seed(w.remote);
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [{ op: "change", entry: entry.id, set: { date: "2026-04-03" } }], before: [{ ...entry, locked: undefined }] });
    const lines = (await readFile(w.file, "utf8")).length;
    await outbox.undo();
    const undoLine = (await readFile(w.file, "utf8")).slice(lines).split("\n")[0] ?? "";
    expect(JSON.parse(undoLine)).toMatchObject({ data: { kind: "batch", steps: [{ do: "change", set: { date: TODAY } }] } });
    expect((JSON.parse(undoLine) as { data: { steps: { set: object }[] } }).data.steps[0]?.set).toEqual({ date: TODAY });
  });

  test("offline is written down and done later", async () => {
    const w = await world();
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [add("x")], before: [] });
    w.fail(() => "offline");
    expect(await outbox.undo()).toMatchObject({ kind: "queued" });
    expect(await outbox.history(1)).toMatchObject([{ state: "waiting" }]);
    expect(await outbox.undo()).toMatchObject({ kind: "queued" });
    w.heal();
    expect(await w.open().flush()).toEqual({ sent: 1, waiting: 0 });
    expect(w.remote.all()).toEqual([]);
    expect(await outbox.history(1)).toMatchObject([{ state: "undone" }]);
  });

  test("that waited does not touch what was changed meanwhile, not even the other entries of its batch", async () => {
    const w = await world();
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [add("1"), add("2")], before: [] });
    w.fail(() => "offline");
    await outbox.undo();
    w.heal();
    w.remote.edit(w.remote.all()[0]!.id, { notes: "theirs" });
    await outbox.flush();
    expect(w.remote.all().map(({ notes }) => notes)).toEqual(["theirs", "2"]);
    expect(await outbox.history(1)).toMatchObject([{ state: "needs-you" }]);
  });

  test("of a started timer ignores that it ticked, and takes it back", async () => {
    const w = await world();
    const outbox = w.open();
    await outbox.commit(prepare(w, "start"));
    w.remote.edit(w.remote.all()[0]!.id, { hours: 0.5 });
    expect(await outbox.undo()).toMatchObject({ kind: "undone" });
    expect(w.remote.all()).toEqual([]);
  });

  test("does not take back an entry that an older waiting batch changes first", async () => {
    const w = await world();
    const outbox = w.open();
    const made = await outbox.commit({ sentence: "1", operations: [add("1")], before: [] });
    const entry = w.remote.all()[0]!;
    w.fail(() => "offline");
    await outbox.commit({ sentence: "2", operations: [{ op: "change", entry: entry.id, set: { hours: 5 } }], before: [entry] });
    w.heal();
    expect(await outbox.undo("batch" in made ? made.batch : "")).toMatchObject({ kind: "changed" });
    expect(w.remote.all()).toMatchObject([{ hours: 5 }]);
  });

  test.each(["cut-after", "crash-after"] as const)("of a stop starts one timer where a restart makes a new entry, even when its answer is lost: %s", async (fault) => {
    const w = await world(true);
    await w.open().commit(prepare(w, "stop"));
    w.fail((_, name) => (name === "restart" ? fault : undefined));
    await w.open().undo().catch(() => undefined);
    w.heal();
    const reopened = w.open();
    await reopened.flush();
    expect(w.remote.all().map(({ running }) => running)).toEqual([false, true]);
    expect(await reopened.history(1)).toMatchObject([{ state: "undone" }]);
  });

  test("of a change of project sends the old task along", async () => {
    const w = await world();
    const entry = seed(w.remote);
    const outbox = w.open();
    await outbox.commit({ sentence: "x", operations: [{ op: "change", entry: entry.id, set: { project: 2 } }], before: [entry] });
    await outbox.undo();
    expect(await readFile(w.file, "utf8")).toContain('"set":{"project":1,"task":11}');
  });

  test("of an older batch works by name, and an unknown name is told", async () => {
    const w = await world();
    const outbox = w.open();
    const first = await outbox.commit({ sentence: "1", operations: [add("1")], before: [] });
    await outbox.commit({ sentence: "2", operations: [add("2")], before: [] });
    expect(await outbox.undo("batch" in first ? first.batch : "")).toMatchObject({ kind: "undone", sentence: "1" });
    expect(w.remote.all().map(({ notes }) => notes)).toEqual(["2"]);
    expect(await outbox.undo("no such batch")).toEqual({ kind: "nothing", message: "There is nothing to undo." });
  });

  test("of an add follows the entry through a delete that was undone", async () => {
    const w = await world();
    const outbox = w.open();
    const made = await outbox.commit({ sentence: "1", operations: [add("1")], before: [] });
    await outbox.commit({ sentence: "2", operations: [{ op: "delete", entry: w.remote.all()[0]!.id }], before: [...w.remote.all()] });
    await outbox.undo();
    expect(w.remote.all()).toHaveLength(1);
    expect(await outbox.lastWritten()).toBe(w.remote.all()[0]?.id);
    expect(await outbox.undo("batch" in made ? made.batch : "")).toMatchObject({ kind: "undone" });
    expect(w.remote.all()).toEqual([]);
  });

  test("with nothing saved yet says so", async () => {
    const w = await world();
    expect(await w.open().undo()).toEqual({ kind: "nothing", message: "There is nothing to undo." });
    expect(await w.open().lastWritten()).toBeUndefined();
  });
});
