import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";

/** Why a header cannot be read on: the file ends too early, or it says something that no honest file says. */
export class HeaderTrouble extends Error {
  readonly trouble: "cut-off" | "unsupported";
  constructor(trouble: "cut-off" | "unsupported", message: string) {
    super(message);
    this.trouble = trouble;
  }
}

const CHUNK = 256 * 1024;
/** A header holds the vocabulary and is some 20 MB at most; ten times that is refused before a hostile file can keep us busy. */
const MAX_HEADER = 256 * 1024 * 1024;

/** At once when it lies in the buffer, which nearly everything does. */
type Soon<T> = T | Promise<T>;

/** Reads numbers and strings in order, through one buffer of fixed size: no length that the file states is ever allocated. */
export interface HeaderReader {
  readonly fileBytes: number;
  /** Bytes read so far, from the start of the file. */
  position(): number;
  u32(): Soon<number>;
  i32(): Soon<number>;
  u8(): Soon<number>;
  /** Refuses what does not fit into a safe integer. */
  u64(): Soon<number>;
  /** The string when it has at most `limit` bytes; skips longer ones and gives undefined. */
  string(limit: number): Soon<string | undefined>;
  skip(bytes: number): Promise<void>;
  close(): Promise<void>;
}

/** Where a header's bytes come from: a file, or bytes in memory. `read` fills `into` from `at` on and gives how many bytes came. */
export interface HeaderSource {
  readonly bytes: number;
  read(into: Buffer, offset: number, length: number, at: number): Promise<number>;
  close(): Promise<void>;
}

/** A file as a source. Throws what the file system throws. */
export async function openFile(path: string): Promise<HeaderSource> {
  const handle = await open(path, "r");
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw Object.assign(new Error("Not a file."), { code: "EISDIR" });
    return sourceOf(handle, stat.size);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function sourceOf(handle: FileHandle, bytes: number): HeaderSource {
  return { bytes, close: () => handle.close(), read: async (into, offset, length, at) => (await handle.read(into, offset, length, at)).bytesRead };
}

/** Bytes in memory as a source, for headers that are tried out without a file. */
export function bytesSource(data: Uint8Array): HeaderSource {
  return {
    bytes: data.byteLength,
    close: async () => undefined,
    read: async (into, offset, length, at) => {
      const part = data.subarray(at, at + length);
      into.set(part, offset);
      return part.byteLength;
    },
  };
}

/** Reads a source's header from its start. The buffer is never longer than the source. */
export function headerReader(source: HeaderSource): HeaderReader {
  const fileBytes = source.bytes;
  const size = Math.max(8, Math.min(CHUNK, fileBytes));
  const buffer = Buffer.alloc(size);
  const memo = { base: 0, at: 0, end: 0 };
  const position = (): number => memo.base + memo.at;

  /** Makes the next `bytes` (at most one chunk) available in the buffer. */
  const need = async (bytes: number): Promise<void> => {
    if (memo.end - memo.at >= bytes) return;
    const from = position();
    if (from + bytes > fileBytes) throw new HeaderTrouble("cut-off", "The header ends too early.");
    if (from + bytes > MAX_HEADER) throw new HeaderTrouble("unsupported", "The header is too long.");
    memo.base = from;
    memo.at = 0;
    memo.end = 0;
    while (memo.end < bytes) {
      const got = await source.read(buffer, memo.end, size - memo.end, from + memo.end);
      if (got === 0) throw new HeaderTrouble("cut-off", "The header ends too early.");
      memo.end += got;
    }
  };
  const take = (bytes: number, read: (at: number) => number): number => {
    const value = read(memo.at);
    memo.at += bytes;
    return value;
  };
  const number = (bytes: number, read: (at: number) => number): Soon<number> => (memo.end - memo.at >= bytes ? take(bytes, read) : need(bytes).then(() => take(bytes, read)));
  const text = (length: number): string => {
    const value = buffer.toString("utf8", memo.at, memo.at + length);
    memo.at += length;
    return value;
  };
  const u64 = (): Soon<number> =>
    number(8, (at) => {
      const value = buffer.readBigUInt64LE(at);
      if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new HeaderTrouble("unsupported", "A number in the header is absurd.");
      return Number(value);
    });
  const skip = async (bytes: number): Promise<void> => {
    const to = position() + bytes;
    if (to > fileBytes) throw new HeaderTrouble("cut-off", "The header ends too early.");
    if (to > MAX_HEADER) throw new HeaderTrouble("unsupported", "The header is too long.");
    if (memo.at + bytes <= memo.end) memo.at += bytes;
    else Object.assign(memo, { base: to, at: 0, end: 0 });
  };
  return {
    fileBytes,
    position,
    u8: () => number(1, (at) => buffer.readUInt8(at)),
    u32: () => number(4, (at) => buffer.readUInt32LE(at)),
    i32: () => number(4, (at) => buffer.readInt32LE(at)),
    u64,
    skip,
    string: (limit) => {
      const ofLength = (length: number): Soon<string | undefined> => {
        if (length > limit || length > size) return skip(length).then(() => undefined);
        return memo.end - memo.at >= length ? text(length) : need(length).then(() => text(length));
      };
      const length = u64();
      return typeof length === "number" ? ofLength(length) : length.then(ofLength);
    },
    close: () => source.close(),
  };
}
