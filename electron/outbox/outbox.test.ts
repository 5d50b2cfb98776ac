import { appendFile, mkdtemp, readFile, readdir, rm, symlink, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { Entry, IsoDate } from "../core/entry.ts";
import type { Operation } from "../core/outcome.ts";
import { CRASH, createMemoryRemote, type Fault, type MemoryRemote } from "./memory-remote.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import type { Remote } from "./remote.ts";

const TODAY: IsoDate = "2026-04-06";
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A folder, an account and a clock that outlive any one outbox, as they outlive a process. */
async function world({ keepsMarks = true }: { keepsMarks?: boolean } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "stint-outbox-"));
  folders.push(folder);
  let time = Date.parse("2026-04-06T09:00:00Z");
  let ids = 0;
  let today = TODAY;
  let fault: (request: number, name: keyof Remote) => Fault | undefined = () => undefined;
  let crashAtTick = Infinity;
  const slept: number[] = [];
  const notices: string[] = [];
  let changes = 0;
  const remote = createMemoryRemote({ now: () => new Date(time), fault: (request, name) => fault(request, name), keepsMarks });
  const open = (): Outbox =>
    createOutbox({
      folder,
      remote,
      clock: {
        // The journal asks for the time just before it writes: a crash here is a crash before the record.
        now: () => {
          time += 10;
          crashAtTick -= 1;
          if (crashAtTick === 0) throw CRASH;
          return new Date(time);
        },
        today: () => today,
      },
      newId: () => `id${ids++}`,
      sleep: async (ms) => {
        slept.push(ms);
        time += ms;
        await new Promise((resolve) => setTimeout(resolve, 1));
      },
      onChange: () => (changes += 1),
      onNotice: (sentence) => notices.push(sentence),
    });
  return {
    folder, remote, open, slept, notices,
    changes: () => changes,
    file: join(folder, "journal.jsonl"),
    fail: (next: typeof fault) => void (fault = next),
    heal: () => { fault = () => undefined; crashAtTick = Infinity; },
    crashAtTick: (ticks: number) => void (crashAtTick = ticks),
    setToday: (date: IsoDate) => void (today = date),
    later: (ms: number) => void (time += ms),
  };
}

const add = (notes: string, hours = 2): Operation => ({ op: "add", date: TODAY, hours, project: 1, task: 11, notes });
const seed = (remote: MemoryRemote, values: Partial<Entry> = {}): Entry => remote.put({ date: TODAY, hours: 1, project: 1, task: 11, notes: "seed", running: false, ...values });
const values = (remote: MemoryRemote): unknown[] =>
  remote.all().map(({ date, hours, project, task, notes, running }) => ({ date, hours, project, task, notes, running })).sort((a, b) => a.notes.localeCompare(b.notes));
const isFile = (name: string) => name.startsWith("journal");

/** Each kind of operation: what stands in the account before, and the batch that acts on it. */
const kinds: Record<string, { entry?: Partial<Entry>; operation: (id: number) => Operation }> = {
  add: { operation: () => add("new") },
  change: { entry: {}, operation: (id) => ({ op: "change", entry: id, set: { date: "2026-04-03", hours: 4, notes: "changed" } }) },
  delete: { entry: {}, operation: (id) => ({ op: "delete", entry: id }) },
  start: { operation: () => ({ op: "start", project: 1, task: 11, notes: "timer" }) },
  stop: { entry: { running: true }, operation: (id) => ({ op: "stop", entry: id }) },
};
type World = Awaited<ReturnType<typeof world>>;
function prepare({ remote }: World, kind: string) {
  const { entry, operation } = kinds[kind]!;
  const before = entry ? [seed(remote, entry)] : [];
  return { sentence: kind, operations: [operation(before[0]?.id ?? 0)], before };
}
const afterOf: Record<string, unknown[]> = {
  add: [{ date: TODAY, hours: 2, project: 1, task: 11, notes: "new", running: false }],
  change: [{ date: "2026-04-03", hours: 4, project: 1, task: 11, notes: "changed", running: false }],
  delete: [],
  start: [{ date: TODAY, hours: 0, project: 1, task: 11, notes: "timer", running: true }],
  stop: [{ date: TODAY, hours: 1, project: 1, task: 11, notes: "seed", running: false }],
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
    expect(w.changes()).toBe(1);
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
      if (first !== "crash") expect(journalled).toBe(true);
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

test.each(Object.keys(kinds).filter((kind) => kind !== "delete"))("undo of %s writes nothing when the entry is no longer as it was left", async (kind) => {
  const w = await world();
  const outbox = w.open();
  await outbox.commit(prepare(w, kind));
  w.remote.edit(w.remote.all()[0]!.id, { notes: "somebody else" });
  const now = values(w.remote);
  expect(await outbox.undo()).toMatchObject({ kind: "changed" });
  expect(values(w.remote)).toEqual(now);
  expect(await outbox.history(5)).toMatchObject([{ state: "saved" }]);
});

describe("exactly once", () => {
  test("any mix of operations, cut and crashed anywhere, ends as if nothing had happened on the way", async () => {
    const fault = fc.constantFrom<Fault | undefined>(undefined, undefined, "cut-before", "cut-after", "crash-before", "crash-after", "offline");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...Object.keys(kinds).filter((kind) => kind !== "start")), { minLength: 1, maxLength: 4 }), fc.array(fault, { maxLength: 14 }), fc.boolean(), async (ops, faults, keepsMarks) => {
        const w = await world({ keepsMarks });
        const before: Entry[] = [];
        const operations = ops.map((kind, index) => {
          const { entry, operation } = kinds[kind]!;
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
    const w = await world({ keepsMarks: false });
    w.fail((_, name) => (name === "create" ? "crash-after" : undefined));
    await expect(w.open().commit({ sentence: "x", operations: [add("x")], before: [] })).rejects.toBe(CRASH);
    w.heal();
    await w.open().flush();
    expect(w.remote.all()).toHaveLength(1);
  });

  test("a twin that was there before is not taken to be ours", async () => {
    const w = await world({ keepsMarks: false });
    seed(w.remote, { hours: 2, notes: "x" });
    w.later(3_600_000);
    w.fail((_, name) => (name === "create" ? "crash-before" : undefined));
    await expect(w.open().commit({ sentence: "x", operations: [add("x")], before: [] })).rejects.toBe(CRASH);
    w.heal();
    await w.open().flush();
    expect(w.remote.all()).toHaveLength(2);
  });

  test("of two equal entries in one sentence, the first is not taken for the second", async () => {
    const w = await world({ keepsMarks: false });
    let creates = 0;
    w.fail((_, name) => (name === "create" && (creates += 1) === 2 ? "crash-before" : undefined));
    await expect(w.open().commit({ sentence: "x", operations: [add("x"), add("x")], before: [] })).rejects.toBe(CRASH);
    w.heal();
    await w.open().flush();
    expect(w.remote.all()).toHaveLength(2);
  });

  test("an entry typed by hand while ours waited offline is not taken to be ours", async () => {
    const w = await world({ keepsMarks: false });
    w.fail(() => "offline");
    expect(await w.open().commit({ sentence: "x", operations: [add("x")], before: [] })).toMatchObject({ kind: "queued" });
    w.heal();
    seed(w.remote, { hours: 2, notes: "x" });
    await w.open().flush();
    expect(w.remote.all()).toHaveLength(2);
  });

  test("a lost answer is waited out and looked up before the same call gives its result", async () => {
    const w = await world();
    w.fail((request) => (request === 0 ? "cut-after" : undefined));
    expect(await w.open().commit({ sentence: "x", operations: [add("x")], before: [] })).toMatchObject({ kind: "saved" });
    expect(w.remote.all()).toHaveLength(1);
    expect(w.slept.some((ms) => ms > 2_900 && ms <= 3_000)).toBe(true);
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

  test("a refused operation ends its batch, tells what was saved, and sends nothing after it", async () => {
    const w = await world();
    w.fail((request) => (request === 1 ? "refused" : undefined));
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

  test("a batch without the entries that it touches is a bug and is told as one", async () => {
    const w = await world();
    await expect(w.open().commit({ sentence: "x", operations: [{ op: "delete", entry: 5 }], before: [] })).rejects.toThrow("must carry every entry");
  });
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
    w.fail((request) => (request >= 1 ? "offline" : undefined));
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
    w.fail((_, name) => (name === "create" ? "cut-after" : "offline"));
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
    expect(await outbox.history(1)).toMatchObject([{ state: "saved" }]);
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
    expect(await outbox.undo("batch" in made ? made.batch : "")).toMatchObject({ kind: "needs-you" });
    expect(w.remote.all()).toMatchObject([{ hours: 5 }]);
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
    expect(w.notices).toHaveLength(lines.length - 1);
    expect((await readdir(w.folder)).filter(isFile)).toHaveLength(lines.length);
  });

  test("the journal is readable by its owner alone", async () => {
    const w = await world();
    await w.open().commit({ sentence: "x", operations: [add("x")], before: [] });
    const { stat } = await import("node:fs/promises");
    expect(process.platform === "win32" ? 0 : (await stat(w.file)).mode & 0o077).toBe(0);
  });
});
