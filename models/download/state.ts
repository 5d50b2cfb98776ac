import { readFile, rm, stat } from "node:fs/promises";
import { z } from "zod";
import { writeAtomic } from "../atomic.ts";

const state = z.strictObject({
  version: z.literal(1),
  /** What is being fetched: place, revision and name; a state of something else is not gone on with. */
  source: z.string(),
  /** The address it comes from: names of versions mean something there only. */
  place: z.string(),
  total: z.int().positive(),
  pieceBytes: z.int().positive(),
  /** The server's name for this version of the file; null when it gave none. */
  etag: z.string().nullable(),
  /** Numbers of the pieces that are whole on disk. */
  done: z.array(z.int().nonnegative()),
});
/** How far a download has come, as it is kept beside the unfinished file. */
export type DownloadState = z.infer<typeof state>;

/** The unfinished file and the note beside it. */
export function partFiles(path: string): { readonly part: string; readonly note: string } {
  return { part: `${path}.part`, note: `${path}.part.json` };
}

/** The note of an earlier try, when it is of this very file and what it speaks of is there. Anything else counts as none. */
export async function readState(path: string, source: string): Promise<DownloadState | undefined> {
  const { part, note } = partFiles(path);
  try {
    const parsed = state.safeParse(JSON.parse(await readFile(note, "utf8")));
    if (!parsed.success || parsed.data.source !== source) return undefined;
    const { total, pieceBytes, done } = parsed.data;
    const { size } = await stat(part);
    const pieces = Math.ceil(total / pieceBytes);
    const isThere = done.every((piece) => piece < pieces && Math.min(total, (piece + 1) * pieceBytes) <= size);
    return isThere ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export async function writeState(path: string, value: DownloadState): Promise<void> {
  await writeAtomic(partFiles(path).note, JSON.stringify(value));
}

/** Forgets what has arrived so far. Throws what the file system throws. */
export async function removeParts(path: string): Promise<void> {
  const { part, note } = partFiles(path);
  await rm(note, { force: true });
  await rm(part, { force: true });
}

/** How much of an unfinished download is on disk; undefined when there is none that could be gone on with. */
export async function unfinished(path: string): Promise<{ readonly done: number; readonly total: number } | undefined> {
  const { note } = partFiles(path);
  const parsed = await readFile(note, "utf8").then((text) => state.safeParse(JSON.parse(text)), () => undefined).catch(() => undefined);
  if (parsed?.success !== true) return undefined;
  const known = await readState(path, parsed.data.source);
  if (known === undefined) return undefined;
  const { total, pieceBytes, done } = known;
  return { total, done: done.reduce((sum, piece) => sum + Math.min(total, (piece + 1) * pieceBytes) - piece * pieceBytes, 0) };
}
