import { constants } from "node:fs";
import { copyFile, mkdir, open, rename, rm, truncate, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { codeOf, takeLock } from "./lock.ts";
import { readLine, writeLine, type JournalRecord, type Stored } from "./records.ts";

/** Nothing was written; `message` is one sentence for the user. */
export interface JournalFailure {
  readonly kind: "failed";
  readonly message: string;
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
  /** Puts bytes at the end of the file and on the disk; a test's way to a failing disk. */
  readonly write?: ((handle: FileHandle, bytes: Buffer) => Promise<void>) | undefined;
}

/** The append-only file in which every write stands before it is sent. One process writes at a time; any may read. */
export interface Journal {
  /** Runs `body` as the only writer on this folder, after reading what others wrote. Refuses when the folder is busy or cannot be written. */
  exclusive<T>(body: () => Promise<T>): Promise<T | JournalFailure>;
  /** Puts the records on the disk in one write and one fsync; all of them or none. Only inside `exclusive`. */
  append(records: readonly JournalRecord[]): Promise<{ readonly kind: "kept" } | JournalFailure>;
  /** Reads what other processes wrote since the last look. Changes nothing on the disk. */
  refresh(): Promise<void>;
}

const LOCK_WAIT_MS = 5_000;
const BUSY = "Another Stint is just saving, so nothing was sent; try again in a moment.";
const NEWER = "The journal was written by a newer version of Stint, so this one leaves it alone; nothing was sent.";

const writeAndSync = async (handle: FileHandle, bytes: Buffer): Promise<void> => {
  await handle.writeFile(bytes);
  await handle.sync();
};

/** Opens the journal `journal.jsonl` in `folder` (made when missing, private to the user). Nothing is read before the first call. */
export function createJournal(options: JournalOptions): Journal {
  const { folder, now, sleep, onNotice, lockWaitMs = LOCK_WAIT_MS, write = writeAndSync } = options;
  const file = join(folder, "journal.jsonl");
  const reader = createReader(file, options);

  /** Leaves the file as a list of whole lines: half a last line is cut off, a damaged middle is set aside. */
  const repair = async (): Promise<JournalFailure | undefined> => {
    const first = await reader.read();
    // A line that another program took back after we read it looks like damage from where we stood.
    const found = first.damaged ? await reader.readAgain() : first;
    if (found.newer) return { kind: "failed", message: NEWER };
    if (found.damaged) {
      const name = await setAside(folder, file);
      await replace(folder, file, reader.whole());
      await reader.read();
      onNotice(`Part of the journal was damaged; the readable part was kept and the damaged file is now "${name}".`);
    } else if (found.torn) {
      await truncate(file, reader.end());
    }
    return undefined;
  };

  return {
    exclusive: async (body) => {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
      } catch (cause) {
        return failure(cause);
      }
      const lock = await takeLock(join(folder, "lock"), lockWaitMs, sleep);
      if (lock.kind === "busy") return { kind: "failed", message: BUSY };
      if (lock.kind === "broken") return failure(lock.cause);
      try {
        const refused = await repair().catch(failure);
        return refused ?? (await body());
      } finally {
        await lock.release();
      }
    },

    append: async (records) => {
      const stored = records.map((record, index) => ({ seq: reader.lastSeq() + 1 + index, at: now().toISOString(), record }));
      const bytes = Buffer.from((reader.lacksNewline() ? "\n" : "") + stored.map(writeLine).join(""));
      const end = reader.end();
      try {
        const handle = await open(file, "a", 0o600);
        try {
          await write(handle, bytes);
        } finally {
          await handle.close();
        }
        if (end === 0) await syncFolder(folder);
      } catch (cause) {
        // What was told as failed must not come back as a record at the next start.
        await truncate(file, end).catch(() => undefined);
        return failure(cause);
      }
      await reader.read();
      return { kind: "kept" };
    },

    refresh: async () => {
      await reader.read().catch(() => undefined);
    },
  };
}

interface Found {
  readonly torn: boolean;
  readonly damaged: boolean;
  readonly newer: boolean;
}

/** Follows the file from the last byte it understood, and tells whole records from damage and from half a last line. */
function createReader(file: string, { onRecord, onReset }: Pick<JournalOptions, "onRecord" | "onReset">) {
  let lines: string[] = [];
  let lastSeq = 0;
  let end = 0;
  let inode: number | undefined;
  let damaged = false;
  let newer = false;
  let lacksNewline = false;

  const reset = (): void => {
    if (lines.length > 0) onReset();
    lines = [];
    end = lastSeq = 0;
    damaged = newer = lacksNewline = false;
  };
  const take = (text: string): boolean => {
    const line = readLine(text);
    if (line.kind === "newer") newer = true;
    if (line.kind !== "record") return line.kind === "newer";
    if (line.stored.seq <= lastSeq) return false;
    lastSeq = line.stored.seq;
    lines.push(text);
    onRecord(line.stored);
    return true;
  };
  const readFrom = async (handle: FileHandle): Promise<Buffer> => {
    const { size, ino } = await handle.stat();
    if (size < end || (inode !== undefined && ino !== inode)) reset();
    inode = ino;
    const buffer = Buffer.alloc(Math.max(0, size - end));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, end);
    return buffer.subarray(0, bytesRead);
  };

  const readNow = async (): Promise<Found> => {
    let handle: FileHandle;
    try {
      handle = await open(file, "r");
    } catch (cause) {
      if (codeOf(cause) !== "ENOENT") throw cause;
      reset();
      inode = undefined;
      return { torn: false, damaged: false, newer: false };
    }
    let bytes: Buffer;
    try {
      bytes = await readFrom(handle);
    } finally {
      await handle.close();
    }
    let from = 0;
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
      const text = bytes.toString("utf8", from, at);
      if (text !== "" && !take(text)) damaged = true;
      from = at + 1;
    }
    if (from > 0) lacksNewline = false;
    const tail = bytes.toString("utf8", from);
    // A last record may lack nothing but its newline: it is whole, and is kept.
    if (tail !== "" && take(tail)) {
      lacksNewline = true;
      from = bytes.length;
    }
    end += from;
    return { torn: from < bytes.length, damaged, newer };
  };

  // Two reads at once would both take the same lines.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (act: () => Promise<Found>): Promise<Found> => {
    const mine = turn.then(act);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const read = (): Promise<Found> => inTurn(readNow);
  const readAgain = (): Promise<Found> =>
    inTurn(() => {
      reset();
      return readNow();
    });

  return { read, readAgain, end: () => end, lacksNewline: () => lacksNewline, lastSeq: () => lastSeq, whole: (): readonly string[] => lines };
}

async function setAside(folder: string, file: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const name = `journal.damaged-${n}.jsonl`;
    try {
      await copyFile(file, join(folder, name), constants.COPYFILE_EXCL);
      return name;
    } catch (cause) {
      if (codeOf(cause) === "EEXIST") continue;
      // Half a copy on a full disk is of no use to anybody.
      await rm(join(folder, name), { force: true }).catch(() => undefined);
      throw cause;
    }
  }
}

async function replace(folder: string, file: string, lines: readonly string[]): Promise<void> {
  const fresh = `${file}.new`;
  await rm(fresh, { force: true });
  const handle = await open(fresh, "wx", 0o600);
  try {
    await writeAndSync(handle, Buffer.from(lines.map((line) => `${line}\n`).join("")));
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
  await syncFolder(folder);
}

/** A new file's name is only on the disk once its folder is; Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
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
