import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";

/** What a file is compared with; null where it is not known. */
export interface Expected {
  readonly bytes: number | null;
  readonly sha256: string | null;
}

/** Whether a whole and right file lies at `path`, as far as it is known what is right. */
export async function isRight(path: string, expected: Expected, onBytes: (done: number) => void = () => undefined): Promise<boolean> {
  const size = await stat(path).then((found) => (found.isFile() ? found.size : -1), () => -1);
  if (size <= 0 || (expected.bytes !== null && size !== expected.bytes)) return false;
  return expected.sha256 === null || (await sha256Of(path, onBytes)) === expected.sha256;
}

/** The SHA-256 of a whole file; `onBytes` hears how much has been read. Undefined once `signal` is aborted. */
export async function sha256Of(path: string, onBytes: (done: number) => void, signal?: AbortSignal): Promise<string | undefined> {
  const hash = createHash("sha256");
  const memo = { done: 0 };
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    if (signal?.aborted === true) return undefined;
    hash.update(chunk);
    memo.done += chunk.length;
    onBytes(memo.done);
  }
  return hash.digest("hex");
}

/** Whether a file begins with these letters. */
export async function startsWith(path: string, letters: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(letters.length), 0, letters.length, 0);
    return buffer.toString("latin1", 0, bytesRead) === letters;
  } finally {
    await file.close();
  }
}
