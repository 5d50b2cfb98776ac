import { open, type FileHandle } from "node:fs/promises";
import { codeOf } from "./lock.ts";
import { readLine, salvage, type Stored } from "./records.ts";

/** What a look at the file found out about it. */
export interface Found {
  /** The last line was cut off, or is being written just now. */
  readonly torn: boolean;
  /** A line is not what was once written. */
  readonly damaged: boolean;
  /** A record is missing: both of its copies are spoilt. */
  readonly lost: boolean;
  /** A later program wrote here. */
  readonly newer: boolean;
}

/** Follows the journal's file from the last byte it understood, and tells whole records from damage and from half a last line. */
export interface JournalReader {
  read(): Promise<Found>;
  /** From the first byte, whatever was read before. */
  readAgain(): Promise<Found>;
  /** Bytes from the start to the end of the last whole line. */
  end(): number;
  lacksNewline(): boolean;
  lastSeq(): number;
  /** Every record that could be read, in order. */
  records(): readonly Stored[];
}

interface Events {
  readonly onRecord: (stored: Stored) => void;
  readonly onReset: () => void;
}

/** What was read so far, line by line. */
function createMemory({ onRecord, onReset }: Events) {
  let records: Stored[] = [];
  let lastText = "";
  let flags = { damaged: false, lost: false, newer: false };
  const lastSeq = (): number => records.at(-1)?.seq ?? 0;
  const keep = (stored: Stored): boolean => {
    if (stored.seq <= lastSeq()) return false;
    // Records are numbered without a gap, so a gap is a record of which no copy is left.
    if (stored.seq !== lastSeq() + 1) flags.lost = true;
    records.push(stored);
    onRecord(stored);
    return true;
  };
  return {
    records: () => records,
    lastSeq,
    flags: () => flags,
    reset: (): void => {
      if (records.length > 0) onReset();
      records = [];
      lastText = "";
      flags = { damaged: false, lost: false, newer: false };
    },
    /** Takes a line; false when nothing in it can be read. */
    take: (text: string): boolean => {
      // The second copy needs no second reading.
      if (text === lastText) return true;
      const line = readLine(text);
      if (line.kind === "record") {
        // The other copy of the record before, when that one was damaged.
        if (line.stored.seq !== lastSeq() && !keep(line.stored)) return false;
        lastText = text;
      } else if (line.kind === "newer") flags.newer = true;
      return line.kind !== "damaged";
    },
    spoilt: (text: string): void => {
      flags.damaged = true;
      for (const stored of salvage(text)) keep(stored);
    },
  };
}

async function openToRead(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, "r");
  } catch (cause) {
    if (codeOf(cause) !== "ENOENT") throw cause;
    return undefined;
  }
}

/** A reader of one file; `onReset` says that the file was replaced, and that all records come again. Throws when it cannot be read. */
export function createReader(file: string, events: Events): JournalReader {
  const memory = createMemory(events);
  let end = 0;
  let inode: number | undefined;
  let lacksNewline = false;

  const reset = (): void => {
    memory.reset();
    end = 0;
    lacksNewline = false;
  };
  /** Reads all that is new. Forgets what was known only once the bytes are here: nobody must ever see half of the records. */
  const newBytes = async (handle: FileHandle, again: boolean): Promise<Buffer> => {
    const { size, ino } = await handle.stat();
    const anew = again || size < end || (inode !== undefined && ino !== inode);
    const from = anew ? 0 : end;
    const buffer = Buffer.alloc(Math.max(0, size - from));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
    if (anew) reset();
    inode = ino;
    return buffer.subarray(0, bytesRead);
  };
  const takeBytes = (bytes: Buffer): boolean => {
    let from = 0;
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
      const text = bytes.toString("utf8", from, at);
      if (text !== "" && !memory.take(text)) memory.spoilt(text);
      from = at + 1;
    }
    if (from > 0) lacksNewline = false;
    const tail = bytes.toString("utf8", from);
    // A last record may lack nothing but its newline: it is whole, and is kept.
    if (tail !== "" && memory.take(tail)) {
      lacksNewline = true;
      from = bytes.length;
    }
    end += from;
    return from < bytes.length;
  };
  const readNow = async (again: boolean): Promise<Found> => {
    const handle = await openToRead(file);
    if (!handle) {
      reset();
      inode = undefined;
      return { torn: false, ...memory.flags() };
    }
    try {
      const torn = takeBytes(await newBytes(handle, again));
      return { torn, ...memory.flags() };
    } finally {
      await handle.close();
    }
  };

  // Two reads at once would both take the same lines.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (again: boolean): Promise<Found> => {
    const mine = turn.then(() => readNow(again));
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    read: () => inTurn(false),
    readAgain: () => inTurn(true),
    end: () => end,
    lacksNewline: () => lacksNewline,
    lastSeq: memory.lastSeq,
    records: memory.records,
  };
}
