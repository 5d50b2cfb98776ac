import { appendFile, mkdtemp, readFile, readdir, rm, stat, symlink, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Entry } from "../core/entry.ts";
import { CRASH, type Fault } from "./memory-remote.ts";
import { add, afterOf, createWorld, kindOf, kinds, prepare, seed, values } from "./test-world.ts";

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

describe.each(Object.keys(kinds))("%s", (kind) => {
  test("is saved, named in the result, in the history and as what was written last", async () => {
    const w = await world();
    const batch = prepare(w, kind);
    const outbox = w.open();
    const result = await outbox.commit({ ...batch, labels: ["a label"] });
    expect(result).toMatchObject({ kind: "saved", entries: [{ op: kind }] });
    expect(values(w.remote)).toEqual(afterOf[kind]);
    const [item] = await outbox.history(5);
    expect(item).toMatchObject({ sentence: kind, state: "saved", operations: batch.operations, labels: ["a label"], before: batch.before });
    expect(await outbox.lastWritten()).toBe(kind === "delete" ? undefined : w.remote.all()[0]?.id);
    expect(w.changes()).toBeGreaterThan(0);
    expect(w.slept).toEqual([]);
  });

  test("leaves exactly its effect, once, whatever breaks at whichever request", async () => {
    for (const fault of ["cut-before", "cut-after", "crash-before", "crash-after", "offline", "server", "rate-limited", "unauthorised"] as const) {
      for (let at = 0; at < 3; at += 1) {
        const w = await world();
        const batch = prepare(w, kind);
        w.fail((request) => (request === at ? fault : undefined));
        await w.open().commit(batch).catch((cause: unknown) => { if (cause !== CRASH) throw cause; });
        w.heal();
        const reopened = w.open();
        expect(await reopened.flush()).toMatchObject({ waiting: 0 });
        expect(values(w.remote), `${fault} at request ${at}`).toEqual(afterOf[kind]);
        expect(await reopened.history(5)).toMatchObject([{ state: "saved", entries: [{ op: kind }] }]);
      }
    }
  });

  test("leaves exactly its effect, once, when the process ends before any of its journal lines", async () => {
    for (let tick = 1; tick <= 4; tick += 1) {
      const w = await world();
      const batch = prepare(w, kind);
      const untouched = values(w.remote);
      w.crashAtTick(tick);
      const first = await w.open().commit(batch).catch((cause: unknown) => { if (cause !== CRASH) throw cause; return "crash" as const; });
      w.heal();
      const reopened = w.open();
      await reopened.flush();
      const journalled = (await reopened.history(5)).length === 1;
      expect(values(w.remote), `tick ${tick}`).toEqual(journalled ? afterOf[kind] : untouched);
      // Only the very first line may be missing: after it the batch is never forgotten.
      expect({ tick, journalled }).toEqual({ tick, journalled: tick > 2 || first !== "crash" });
    }
  });

  test("can be undone, and undone only once", async () => {
    const w = await world();
    const batch = prepare(w, kind);
    const untouched = values(w.remote);
    const outbox = w.open();
    await outbox.commit(batch);
    expect(await outbox.undo()).toMatchObject({ kind: "undone", sentence: kind });
    expect(values(w.remote)).toEqual(untouched);
    expect(await outbox.history(5)).toMatchObject([{ state: "undone" }]);
    expect(await outbox.undo()).toEqual({ kind: "nothing", message: "That was already undone." });
    expect(values(w.remote)).toEqual(untouched);
  });

  test("an undo that breaks at any request is finished by the next program, once", async () => {
    for (const fault of ["cut-before", "cut-after", "crash-before", "crash-after", "offline"] as const) {
      for (let at = 0; at < 3; at += 1) {
        const w = await world();
        const batch = prepare(w, kind);
        const untouched = values(w.remote);
        await w.open().commit(batch);
        const from = w.remote.requests();
        w.fail((request) => (request === from + at ? fault : undefined));
        await w.open().undo().catch((cause: unknown) => { if (cause !== CRASH) throw cause; });
        w.heal();
        const reopened = w.open();
        await reopened.flush();
        // A crash before the undo was written down means that it was never asked for.
        if ((await reopened.history(1))[0]?.state === "saved") await reopened.undo();
        expect(values(w.remote), `${fault} at request ${at}`).toEqual(untouched);
        expect(await reopened.history(5)).toMatchObject([{ state: "undone" }]);
      }
    }
  });

});

describe("exactly once", () => {
  test("any mix of operations, cut and crashed anywhere, ends as if nothing had happened on the way", async () => {
    const fault = fc.constantFrom<Fault | undefined>(undefined, undefined, "cut-before", "cut-after", "crash-before", "crash-after", "offline");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...Object.keys(kinds).filter((kind) => kind !== "start")), { minLength: 1, maxLength: 4 }), fc.array(fault, { maxLength: 14 }), fc.boolean(), async (ops, faults, keepsMarks) => {
        const w = await world(keepsMarks);
        const before: Entry[] = [];
        const operations = ops.map((kind, index) => {
          const { entry, operation } = kindOf(kind);
          if (entry) before.push(seed(w.remote, { ...entry, notes: `seed ${index}` }));
          const made = operation(before.at(-1)?.id ?? 0);
          return made.op === "add" ? { ...made, notes: `new ${index}` } : made;
        });
        w.fail((request) => faults[request]);
        await w.open().commit({ sentence: "mix", operations, before }).catch((cause: unknown) => { if (cause !== CRASH) throw cause; });
        for (let round = 0; round < 30; round += 1) {
          const flushed = await w.open().flush().catch((cause: unknown) => { if (cause !== CRASH) throw cause; return undefined; });
          if (flushed?.waiting === 0) break;
        }
        expect(await w.open().history(5)).toMatchObject([{ state: "saved" }]);
        const notes = w.remote.all().map((entry) => entry.notes).sort();
        const expected = ops.flatMap((kind, index) => (kind === "add" ? [`new ${index}`] : kind === "change" ? ["changed"] : kind === "stop" ? [`seed ${index}`] : [])).sort();
        expect(notes).toEqual(expected);
        expect(w.remote.all().filter(({ running }) => running)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("any prefix of the journal after a save still ends with exactly one entry", async () => {
    const w = await world();
    await w.open().commit({ sentence: "one", operations: [add("one")], before: [] });
    const bytes = await readFile(w.file);
    const firstLine = bytes.indexOf(10);
    for (let length = firstLine; length <= bytes.length; length += 7) {
      await truncate(w.file, 0);
      await appendFile(w.file, bytes.subarray(0, length));
      const reopened = w.open();
      await reopened.flush();
      expect(w.remote.all(), `${length} bytes`).toHaveLength(1);
      expect(await reopened.history(5)).toMatchObject([{ state: "saved", entries: [{ entry: w.remote.all()[0]?.id }] }]);
    }
  });

  test("an account that drops marks still gets one entry, because the same values stamped since are taken to be it", async () => {
    const w = await world(false);
    w.fail((_, name) => (name === "create" ? "crash-after" : undefined));
    await expect(w.open().commit({ sentence: "x", operations: [add("x")], before: [] })).rejects.toBe(CRASH);
    w.heal();
    await w.open().flush();
    expect(w.remote.all()).toHaveLength(1);
  });

  test("a twin that was there before is not taken to be ours", async () => {
    const w = await world(false);
    seed(w.remote, { hours: 2, notes: "x" });
    w.later(3_600_000);
    w.fail((_, name) => (name === "create" ? "crash-before" : undefined));
    await expect(w.open().commit({ sentence: "x", operations: [add("x")], before: [] })).rejects.toBe(CRASH);
    w.heal();
    await w.open().flush();
    expect(w.remote.all()).toHaveLength(2);
  });

  test("of two equal entries in one sentence, the first is not taken for the second", async () => {
    const w = await world(false);
    let creates = 0;
    w.fail((_, name) => (name === "create" && (creates += 1) === 2 ? "crash-before" : undefined));
    await expect(w.open().commit({ sentence: "x", operations: [add("x"), add("x")], before: [] })).rejects.toBe(CRASH);
    w.heal();
    await w.open().flush();
    expect(w.remote.all()).toHaveLength(2);
  });

  test("an entry typed by hand while ours waited offline is not taken to be ours", async () => {
    const w = await world(false);
    w.fail(() => "offline");
    expect(await w.open().commit({ sentence: "x", operations: [add("x")], before: [] })).toMatchObject({ kind: "queued" });
    w.heal();
    seed(w.remote, { hours: 2, notes: "x" });
    await w.open().flush();
    expect(w.remote.all()).toHaveLength(2);
  });

  test("a lost answer is waited out and looked up before the same call gives its result", async () => {
    const w = await world();
    let creates = 0;
    w.fail((_, name) => (name === "create" && (creates += 1) === 1 ? "cut-after" : undefined));
    expect(await w.open().commit({ sentence: "x", operations: [add("x")], before: [] })).toMatchObject({ kind: "saved" });
    expect(w.remote.all()).toHaveLength(1);
    expect(w.slept.some((ms) => ms > 4_900 && ms <= 5_000)).toBe(true);
  });

  test("two programs on one folder send a waiting batch once", async () => {
    const w = await world();
    w.fail(() => "offline");
    const [app, cli] = [w.open(), w.open()];
    await app.commit({ sentence: "x", operations: [add("x")], before: [] });
    expect(await cli.waiting()).toBe(1);
    w.heal();
    await Promise.all([app.flush(), cli.flush()]);
    expect(w.remote.all()).toHaveLength(1);
    expect(await app.waiting()).toBe(0);
    expect(await app.history(5)).toMatchObject([{ state: "saved" }]);
  });
});

describe("the disk", () => {
  test.runIf(process.platform === "linux")("full: nothing is sent, and one sentence says so", async () => {
    const w = await world();
    await symlink("/dev/full", w.file);
    expect(await w.open().commit({ sentence: "x", operations: [add("x")], before: [] })).toEqual({ kind: "failed", message: expect.stringContaining("disk is full") as string });
    expect(w.remote.requests()).toBe(0);
  });

  test("damaged in the middle: good batches stay, nothing is sent twice", async () => {
    const w = await world();
    const outbox = w.open();
    await outbox.commit({ sentence: "1", operations: [add("1")], before: [] });
    await outbox.commit({ sentence: "2", operations: [add("2")], before: [] });
    const lines = (await readFile(w.file, "utf8")).split("\n");
    for (const lost of lines.slice(0, -1).keys()) {
      await truncate(w.file, 0);
      await appendFile(w.file, lines.map((line, index) => (index === lost ? line.slice(1) : line)).join("\n"));
      const reopened = w.open();
      expect(await reopened.flush()).toMatchObject({ waiting: 0 });
      expect(w.remote.all(), `line ${lost}`).toHaveLength(2);
    }
    expect(w.notices).toEqual([]);
    expect((await readdir(w.folder)).filter((name) => name.startsWith("journal"))).toEqual(["journal.jsonl"]);
  });

  test("the journal is readable by its owner alone", async () => {
    const w = await world();
    await w.open().commit({ sentence: "x", operations: [add("x")], before: [] });
    expect(process.platform === "win32" ? 0 : (await stat(w.file)).mode & 0o077).toBe(0);
  });
});
