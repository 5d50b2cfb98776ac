import { execFileSync } from "node:child_process";
import { appendFile, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { takeLock } from "./lock.ts";
import { newFolder, openJournal, removeFolders, sleep } from "./test-journal.ts";
import { fastDisk } from "./test-world.ts";

// Many small files on a disk that others use too.
vi.setConfig({ testTimeout: 60_000 });
afterEach(removeFolders);

test("a record that was written is there after opening the folder again", async () => {
  const folder = await newFolder();
  const first = openJournal(folder);
  expect(await first.write("a", "b")).toEqual({ kind: "kept" });
  expect(await first.write("c")).toEqual({ kind: "kept" });
  const second = openJournal(folder);
  await second.open();
  expect(second.names()).toEqual(["a", "b", "c"]);
  expect(second.notices).toEqual([]);
});

test("any prefix of the file reopens with every whole record, and goes on from there", async () => {
  const source = await newFolder();
  await openJournal(source).write("ä", "b\n", "😀c", "d");
  const bytes = await readFile(join(source, "journal.jsonl"));
  const ends = [...bytes.keys()].filter((at) => bytes[at] === 10);
  const folder = await newFolder();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length }), async (length) => {
      await writeFile(join(folder, "journal.jsonl"), bytes.subarray(0, length));
      const reopened = openJournal(folder);
      await reopened.write("next");
      // Each record stands there twice, and one of its lines is enough; only its newline may be missing.
      const whole = ends.filter((end, line) => line % 2 === 0 && end <= length).length;
      const expected = ["ä", "b\n", "😀c", "d"].slice(0, whole).concat("next");
      expect(reopened.names()).toEqual(expected);
      expect(reopened.notices).toEqual([]);
      const again = openJournal(folder);
      await again.open();
      expect(again.names()).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

test("half a last line is cut off the file without a word", async () => {
  const folder = await newFolder();
  await openJournal(folder).write("a");
  const whole = await readFile(join(folder, "journal.jsonl"), "utf8");
  await appendFile(join(folder, "journal.jsonl"), whole.slice(0, 40));
  const reopened = openJournal(folder);
  await reopened.open();
  expect(await readFile(join(folder, "journal.jsonl"), "utf8")).toBe(whole);
  expect(reopened.notices).toEqual([]);
});

test("looking without writing leaves half a last line alone, because another process may be writing it", async () => {
  const folder = await newFolder();
  await openJournal(folder).write("a");
  const whole = await readFile(join(folder, "journal.jsonl"), "utf8");
  await appendFile(join(folder, "journal.jsonl"), '{"v":1,');
  const reader = openJournal(folder);
  await reader.journal.refresh();
  expect(reader.names()).toEqual(["a"]);
  expect(await readFile(join(folder, "journal.jsonl"), "utf8")).toBe(`${whole}{"v":1,`);
});

test("a line spoilt in the middle costs nothing, because each record stands there twice, and is healed without a word", async () => {
  const folder = await newFolder();
  await openJournal(folder).write("a", "b", "c");
  const file = join(folder, "journal.jsonl");
  const whole = await readFile(file, "utf8");
  await writeFile(file, whole.replace('"batch":"b"', '"batch":"x"'));
  const reopened = openJournal(folder);
  await reopened.open();
  expect(reopened.names()).toEqual(["a", "b", "c"]);
  expect(reopened.notices).toEqual([]);
  expect(await readFile(file, "utf8")).toBe(whole);
});

test("a record of which both lines are spoilt costs that record only, sets the file aside and says so once", async () => {
  const folder = await newFolder();
  await openJournal(folder).write("a", "b", "c");
  const file = join(folder, "journal.jsonl");
  const damaged = (await readFile(file, "utf8")).replaceAll('"batch":"b"', '"batch":"x"');
  await writeFile(file, damaged);
  const reopened = openJournal(folder);
  await reopened.write("d");
  expect(reopened.names()).toEqual(["a", "c", "d"]);
  expect(reopened.notices).toHaveLength(1);
  expect(reopened.notices[0]).toContain("journal.damaged-1.jsonl");
  expect(await readFile(join(folder, "journal.damaged-1.jsonl"), "utf8")).toBe(damaged);
  const again = openJournal(folder);
  await again.open();
  expect(again.names()).toEqual(["a", "c", "d"]);
  expect(again.notices).toEqual([]);
});

test("a program that has the file open follows it when another one repairs it", async () => {
  const folder = await newFolder();
  const app = openJournal(folder);
  await app.write("a", "b");
  const file = join(folder, "journal.jsonl");
  await writeFile(file, (await readFile(file, "utf8")).replaceAll('"batch":"a"', '"batch":"x"'));
  await openJournal(folder).write("a long name that makes the new file longer than the old one was, so that its size alone tells nothing");
  await app.write("d");
  expect(app.names()).toEqual(["b", expect.stringContaining("a long name") as string, "d"]);
});

test("a journal of a newer version is neither used nor touched", async () => {
  const folder = await newFolder();
  await openJournal(folder).write("a");
  const file = join(folder, "journal.jsonl");
  const { createHash } = await import("node:crypto");
  const at = "2027-01-01T00:00:00.000Z";
  const data = { kind: "from-the-future" };
  const sum = createHash("sha256").update(JSON.stringify([2, 2, at, data])).digest("hex").slice(0, 12);
  await appendFile(file, `${JSON.stringify({ v: 2, seq: 2, at, sum, data })}\n`);
  const before = await readFile(file, "utf8");
  expect(await openJournal(folder).write("b")).toMatchObject({ kind: "failed", message: expect.stringContaining("newer version") as string });
  expect(await readFile(file, "utf8")).toBe(before);
});

test("a write that fails half way is a failure, and none of it is there afterwards", async () => {
  const folder = await newFolder();
  let full = false;
  const opened = openJournal(folder, {
    disk: {
      ...fastDisk,
      append: async (path, bytes) => {
        await fastDisk.append(path, full ? bytes.subarray(0, bytes.length - 20) : bytes);
        if (full) throw Object.assign(new Error("no room"), { code: "ENOSPC" });
      },
    },
  });
  await opened.write("a");
  full = true;
  expect(await opened.write("b", "c")).toEqual({ kind: "failed", message: "This disk is full, so Stint could not write it down; nothing was sent." });
  full = false;
  await opened.write("d");
  expect(opened.names()).toEqual(["a", "d"]);
  const again = openJournal(folder);
  await again.open();
  expect(again.names()).toEqual(["a", "d"]);
  expect(again.notices).toEqual([]);
});

test("a program that saw a line before it was taken back loses nothing when it writes", async () => {
  const folder = await newFolder();
  const app = openJournal(folder);
  await app.write("a");
  let seen = false;
  const cli = openJournal(folder, {
    disk: {
      ...fastDisk,
      append: async (path, bytes) => {
        await fastDisk.append(path, bytes);
        if (seen) return;
        await app.journal.refresh();
        seen = true;
        throw Object.assign(new Error("no room"), { code: "ENOSPC" });
      },
    },
  });
  expect(await cli.write("b")).toMatchObject({ kind: "failed" });
  expect(app.names()).toEqual(["a", "b"]);
  await cli.write("c, which is longer than what was taken back");
  await app.write("d");
  expect(app.names()).toEqual(["a", "c, which is longer than what was taken back", "d"]);
  expect(app.notices).toEqual([]);
});

test.runIf(process.platform === "linux")("a device that is full refuses the record in one sentence", async () => {
  const folder = await newFolder();
  await symlink("/dev/full", join(folder, "journal.jsonl"));
  expect(await openJournal(folder).write("a")).toEqual({ kind: "failed", message: "This disk is full, so Stint could not write it down; nothing was sent." });
});

test("a folder that cannot be made refuses in one sentence", async () => {
  const folder = await newFolder();
  await writeFile(join(folder, "file"), "");
  expect(await openJournal(join(folder, "file", "below")).write("a")).toMatchObject({ kind: "failed" });
});

test("looking while writing takes each line once", async () => {
  const folder = await newFolder();
  const app = openJournal(folder);
  const names = Array.from({ length: 20 }, (_, index) => `${index}`);
  for (const name of names) {
    await Promise.all([app.journal.refresh(), app.write(name), app.journal.refresh(), app.journal.refresh()]);
    await openJournal(folder).write(`other ${name}`);
    await Promise.all([app.journal.refresh(), app.journal.refresh()]);
  }
  expect(app.names()).toEqual(names.flatMap((name) => [name, `other ${name}`]));
  expect(app.resets()).toBe(0);
  expect(app.notices).toEqual([]);
});

test("two programs on one folder see each other's records and lose none", async () => {
  const folder = await newFolder();
  const [one, two] = [openJournal(folder), openJournal(folder)];
  const names = Array.from({ length: 10 }, (_, index) => [`one-${index}`, `two-${index}`] as const);
  await Promise.all([
    (async () => { for (const [name] of names) expect(await one.write(name)).toEqual({ kind: "kept" }); })(),
    (async () => { for (const [, name] of names) expect(await two.write(name)).toEqual({ kind: "kept" }); })(),
  ]);
  await one.journal.refresh();
  await two.journal.refresh();
  expect([...one.names()].sort()).toEqual(names.flat().sort());
  expect(two.names()).toEqual(one.names());
});

test("while another program writes, a short wait ends in a clear sentence and nothing is written", async () => {
  const folder = await newFolder();
  const [one, two] = [openJournal(folder), openJournal(folder, { lockWaitMs: 100 })];
  let finish = (): void => undefined;
  const busy = one.journal.exclusive(() => new Promise<{ kind: "kept" }>((resolve) => { finish = () => resolve({ kind: "kept" }); }));
  await expect.poll(() => readdir(folder)).toContain("lock");
  expect(await two.write("b")).toMatchObject({ kind: "failed", message: expect.stringContaining("Another Stint") as string });
  finish();
  await busy;
  expect(await two.write("c")).toEqual({ kind: "kept" });
  expect(two.names()).toEqual(["c"]);
});

test("the lock of a process that is gone is broken", async () => {
  const folder = await newFolder();
  const pid = Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));
  await writeFile(join(folder, "lock"), JSON.stringify({ pid, token: "left behind" }));
  expect(await openJournal(folder).write("a")).toEqual({ kind: "kept" });
});

test("a lock with this process's own number that it never took is broken: the number was used before", async () => {
  const folder = await newFolder();
  await writeFile(join(folder, "lock"), JSON.stringify({ pid: process.pid, token: "an earlier life" }));
  expect(await openJournal(folder).write("a")).toEqual({ kind: "kept" });
});

test("the lock of a living process is not broken", async () => {
  const folder = await newFolder();
  await writeFile(join(folder, "lock"), JSON.stringify({ pid: process.ppid, token: "alive" }));
  expect(await openJournal(folder, { lockWaitMs: 100 }).write("a")).toMatchObject({ kind: "failed" });
});

test("of many who find the same stale lock, one at a time gets in", async () => {
  const folder = await newFolder();
  const path = join(folder, "lock");
  await writeFile(path, JSON.stringify({ pid: process.pid, token: "stale" }));
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 12 }, async () => {
      const lock = await takeLock(path, 20_000, sleep);
      if (lock.kind !== "held") throw new Error(lock.kind);
      inside += 1;
      most = Math.max(most, inside);
      await sleep(3);
      inside -= 1;
      await lock.release();
    }),
  );
  expect(most).toBe(1);
});

