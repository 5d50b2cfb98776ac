import { join } from "node:path";
import { realDisk, type Disk } from "./disk.ts";
import { createReader, type JournalReader } from "./journal-reader.ts";
import { codeOf, takeLock } from "./lock.ts";
import { writeLines, type JournalRecord, type Stored } from "./records.ts";

/** Nothing was written; `message` is one sentence for the user. */
export interface JournalFailure {
  readonly kind: "failed";
  readonly message: string;
}
export interface Kept {
  readonly kind: "kept";
}

export interface JournalOptions {
  readonly folder: string;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  /** Called for every record, in order, whichever process wrote it. */
  readonly onRecord: (stored: Stored) => void;
  /** The file was replaced: forget all records, they come again. */
  readonly onReset: () => void;
  readonly onNotice: (sentence: string) => void;
  /** Milliseconds to wait for another process. */
  readonly lockWaitMs?: number | undefined;
  readonly disk?: Disk | undefined;
}

/** The append-only file in which every write stands before it is sent. One process writes at a time; any may read. */
export interface Journal {
  /** Runs `body` as the only writer on this folder, after reading what others wrote. Refuses when the folder is busy or cannot be written. */
  exclusive<T>(body: () => Promise<T>): Promise<T | JournalFailure>;
  /** Puts the records on the disk in one write and one fsync; all of them or none. Only inside `exclusive`. */
  append(records: readonly JournalRecord[]): Promise<Kept | JournalFailure>;
  /** Writes the file anew with what `keeps` wants, at once or not at all. Only inside `exclusive`. */
  compact(keeps: (stored: Stored) => boolean): Promise<Kept | JournalFailure>;
  /** Reads what other processes wrote since the last look. Changes nothing on the disk. */
  refresh(): Promise<void>;
  /** Every record, oldest first. */
  records(): readonly Stored[];
}

const LOCK_WAIT_MS = 5_000;
const BUSY = "Another Stint is just saving, so nothing was sent; try again in a moment.";
const NEWER = "The journal was written by a newer version of Stint, so this one leaves it alone; nothing was sent.";

interface Files {
  readonly folder: string;
  readonly file: string;
  readonly disk: Disk;
}

/** Opens the journal `journal.jsonl` in `folder` (made when missing, private to the user). Nothing is read before the first call. */
export function createJournal(options: JournalOptions): Journal {
  const { folder, now, sleep, onNotice, lockWaitMs = LOCK_WAIT_MS, disk = realDisk } = options;
  const files: Files = { folder, file: join(folder, "journal.jsonl"), disk };
  const reader = createReader(files.file, options);

  const locked = async <T>(body: () => Promise<T>): Promise<T | JournalFailure> => {
    try {
      await disk.makeFolder(folder);
    } catch (cause) {
      return failure(cause);
    }
    const lock = await takeLock(join(folder, "lock"), lockWaitMs, sleep);
    if (lock.kind === "busy") return { kind: "failed", message: BUSY };
    if (lock.kind === "broken") return failure(lock.cause);
    try {
      const refused = await repair(files, reader, onNotice).catch(failure);
      return refused ?? (await body());
    } finally {
      await lock.release();
    }
  };
  let turn: Promise<unknown> = Promise.resolve();

  return {
    exclusive: (body) => {
      const mine = turn.then(() => locked(body));
      turn = mine.catch(() => undefined);
      return mine;
    },
    append: async (records) => {
      const at = now().toISOString();
      const lines = records.map((record, index) => writeLines({ seq: reader.lastSeq() + 1 + index, at, record }));
      const written = await add(files, reader, lines.join(""));
      if (written.kind === "kept") await reader.read();
      return written;
    },
    compact: async (keeps) => {
      try {
        await rewrite(files, reader.records().filter(keeps));
        await reader.read();
        return { kind: "kept" };
      } catch (cause) {
        return failure(cause);
      }
    },
    refresh: async () => {
      const found = await reader.read().catch(() => undefined);
      // A file that was replaced and got the old one's number again looks like damage from where we stood.
      if (found?.damaged) await reader.readAgain().catch(() => undefined);
    },
    records: () => reader.records(),
  };
}

/** Leaves the file as a list of whole lines: half a last line is cut off, a damaged line is healed, a lost record is told. */
async function repair(files: Files, reader: JournalReader, onNotice: (sentence: string) => void): Promise<JournalFailure | undefined> {
  const { file, disk } = files;
  const first = await reader.read();
  // A line that another program took back after we read it looks like damage from where we stood.
  const found = first.damaged ? await reader.readAgain() : first;
  if (found.newer) return { kind: "failed", message: NEWER };
  if (found.damaged || found.lost) {
    const name = found.lost ? await setAside(files) : undefined;
    await rewrite(files, reader.records());
    await reader.read();
    if (name) onNotice(`Part of the journal was damaged; the readable part was kept and the damaged file is now "${name}".`);
  } else if (found.torn) {
    await disk.cut(file, reader.end());
  }
  return undefined;
}

async function add({ folder, file, disk }: Files, reader: JournalReader, lines: string): Promise<Kept | JournalFailure> {
  const end = reader.end();
  try {
    await disk.append(file, Buffer.from((reader.lacksNewline() ? "\n" : "") + lines));
    await disk.sync(file);
    if (end === 0) await disk.syncFolder(folder);
    return { kind: "kept" };
  } catch (cause) {
    // What was told as failed must not come back as a record at the next start.
    await disk.cut(file, end).catch(() => undefined);
    return failure(cause);
  }
}

async function setAside({ folder, file, disk }: Files): Promise<string> {
  for (let n = 1; ; n += 1) {
    const name = `journal.damaged-${n}.jsonl`;
    try {
      await disk.copyNew(file, join(folder, name));
      return name;
    } catch (cause) {
      if (codeOf(cause) === "EEXIST") continue;
      // Half a copy on a full disk is of no use to anybody.
      await disk.remove(join(folder, name)).catch(() => undefined);
      throw cause;
    }
  }
}

/** A new file beside the old one, safe on the disk before it takes its name. The records are numbered anew, without a gap. */
async function rewrite({ folder, file, disk }: Files, records: readonly Stored[]): Promise<void> {
  const fresh = `${file}.new`;
  await disk.remove(fresh);
  try {
    await disk.append(fresh, Buffer.from(records.map((stored, index) => writeLines({ ...stored, seq: index + 1 })).join("")));
    await disk.sync(fresh);
    await disk.replace(fresh, file);
  } catch (cause) {
    // Half a new file on a full disk takes the room that the old one needs.
    await disk.remove(fresh).catch(() => undefined);
    throw cause;
  }
  await disk.syncFolder(folder);
}

function failure(cause: unknown): JournalFailure {
  switch (codeOf(cause)) {
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return { kind: "failed", message: "This disk is full, so Stint could not write it down; nothing was sent." };
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return { kind: "failed", message: "Stint may not write in its own folder, so nothing was sent." };
    default:
      return { kind: "failed", message: "Stint could not write its journal, so nothing was sent." };
  }
}
