import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createJournal, type JournalOptions } from "./journal.ts";
import type { JournalRecord } from "./records.ts";
import { fastDisk } from "./test-world.ts";

const folders: string[] = [];
/** Takes away every folder that a test made. */
export const removeFolders = async (): Promise<void> => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
};
/** An empty folder of its own. */
export const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "stint-journal-"));
  folders.push(folder);
  return folder;
};
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const withdrawn = (batch: string): JournalRecord => ({ kind: "withdrawn", batch });

/** A journal as one program has it open: the names of the records that it knows, in order. */
export function openJournal(folder: string, more: Partial<JournalOptions> = {}) {
  let records: JournalRecord[] = [];
  let resets = 0;
  const notices: string[] = [];
  const journal = createJournal({
    folder,
    now: () => new Date("2026-04-06T09:00:00Z"),
    sleep,
    onRecord: ({ record }) => records.push(record),
    onReset: () => {
      records = [];
      resets += 1;
    },
    onNotice: (sentence) => notices.push(sentence),
    disk: fastDisk,
    ...more,
  });
  return {
    journal,
    notices,
    resets: () => resets,
    names: () => records.map((record) => record.batch),
    write: (...names: string[]) => journal.exclusive(() => journal.append(names.map(withdrawn))),
    open: () => journal.exclusive(async () => ({ kind: "kept" as const })),
  };
}
