import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import type { Disk } from "./disk.ts";
import { newFolder, openJournal, removeFolders } from "./test-journal.ts";
import { fastDisk } from "./test-world.ts";

afterEach(removeFolders);
// Hundreds of journals on a disk that others use too.
const LONG_MS = 120_000;

test("any one byte spoilt, anywhere, loses no record and is healed", async () => {
  const source = await newFolder();
  await openJournal(source).write("ä", "b\n{\"v\":", "😀c", "d");
  const bytes = await readFile(join(source, "journal.jsonl"));
  const folder = await newFolder();
  const file = join(folder, "journal.jsonl");
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const spoilt = Buffer.from(bytes);
      spoilt[at] = (spoilt[at] ?? 0) ^ flip;
      await writeFile(file, spoilt);
      const reopened = openJournal(folder);
      await reopened.write("next");
      expect(reopened.names()).toEqual(["ä", "b\n{\"v\":", "😀c", "d", "next"]);
      expect(reopened.notices).toEqual([]);
      const again = openJournal(folder);
      await again.open();
      expect(again.names()).toEqual(reopened.names());
    }),
    { numRuns: 400, examples: [...bytes.keys()].filter((at) => bytes[at] === 10).map((at): [number, number] => [at, 0x20]) },
  );
}, LONG_MS);

test("any two programs that write, look and compact in any order lose nothing and end with the same records", async () => {
  const act = fc.record({ who: fc.integer({ min: 0, max: 1 }), what: fc.constantFrom("write", "write", "write", "look", "compact") });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 14 }), fc.boolean(), async (acts, atOnce) => {
      const folder = await newFolder();
      const programs = [openJournal(folder), openJournal(folder)];
      const written: string[] = [];
      const run = async ({ who, what }: { who: number; what: string }, index: number): Promise<void> => {
        const program = programs[who];
        if (!program) throw new Error("There are two.");
        if (what === "look") return program.journal.refresh();
        if (what === "compact") return void (await program.journal.exclusive(() => program.journal.compact(() => true)));
        const kept = await program.write(`${who}-${index}`);
        if (kept.kind === "kept") written.push(`${who}-${index}`);
      };
      if (atOnce) await Promise.all(acts.map(run));
      else for (const [index, each] of acts.entries()) await run(each, index);
      for (const program of programs) await program.journal.refresh();
      const last = openJournal(folder);
      await last.open();
      expect([...last.names()].sort()).toEqual([...written].sort());
      for (const program of programs) expect({ names: program.names(), notices: program.notices }).toEqual({ names: last.names(), notices: [] });
    }),
    { numRuns: 60 },
  );
}, LONG_MS);

test("a compaction that stops at any of its steps leaves either all of the old file or all of the new one", async () => {
  const steps = ["remove", "append", "sync", "replace", "syncFolder"] as const;
  for (const stop of steps) {
    for (const half of [false, true]) {
      const folder = await newFolder();
      await openJournal(folder).write("old", "kept", "kept too");
      const END = new Error("The process ended here.");
      const ending: Disk = {
        ...fastDisk,
        [stop]: async (path: string, bytes: Buffer) => {
          if (half && stop === "append") await fastDisk.append(path, bytes.subarray(0, bytes.length / 2));
          else if (half) await (fastDisk[stop] as (...args: unknown[]) => Promise<void>)(path, bytes);
          throw END;
        },
      };
      const ended = openJournal(folder, { disk: ending });
      await ended.journal.exclusive(() => ended.journal.compact(({ record }) => record.batch !== "old"));
      const next = openJournal(folder);
      expect(await next.write("next"), stop).toEqual({ kind: "kept" });
      expect(next.names().filter((name) => name !== "old"), `${stop} ${half}`).toEqual(["kept", "kept too", "next"]);
      expect(next.notices).toEqual([]);
    }
  }
}, LONG_MS);
