import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat, statfs } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { fileErrorCode } from "./atomic.ts";
import type { CatalogueEntry } from "./catalogue.ts";

export interface DownloadOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly signal?: AbortSignal | undefined;
  /** Bytes so far and in all; called at most once per chunk. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Where models come from. */
  readonly endpoint?: string | undefined;
  /** Milliseconds without a byte after which the line counts as cut. */
  readonly stallMs?: number | undefined;
}

export type DownloadFailureCode = "cancelled" | "no-space" | "not-found" | "refused" | "offline" | "cut-off" | "wrong-file" | "not-written";

/** `already`: the right file was there before. `message` is one sentence that may be shown. Nothing partial is ever left behind. */
export type DownloadResult =
  | { readonly kind: "downloaded" | "already"; readonly path: string }
  | { readonly kind: "failed"; readonly code: DownloadFailureCode; readonly message: string };

type Source = Pick<CatalogueEntry, "repository" | "file" | "name"> & { readonly bytes: number; readonly sha256: string };

const ENDPOINT = "https://huggingface.co";
/** Space that must stay free beside the file. */
const SPARE = 512 * 1024 * 1024;

/** Fetches a model into `folder`: into a temporary file, hashed on the way, and renamed only when size and hash are right. */
export async function download(entry: Source, folder: string, options: DownloadOptions): Promise<DownloadResult> {
  const path = join(folder, entry.file);
  const part = `${path}.part`;
  try {
    await mkdir(folder, { recursive: true });
    if (await isRight(path, entry)) return { kind: "already", path };
    const space = await statfs(folder);
    if (space.bavail * space.bsize < entry.bytes + SPARE) return fail("no-space", `There is not enough room on the disk: ${entry.name} needs ${gigabytes(entry.bytes + SPARE)}.`);
    const failure = await receive(entry, part, options);
    if (failure === undefined) {
      await rename(part, path);
      return { kind: "downloaded", path };
    }
    await rm(part, { force: true });
    return failure;
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    if (fileErrorCode(error) === "ENOSPC") return fail("no-space", "The disk is full.");
    return fail("not-written", "The file could not be written to the models folder.");
  }
}

async function receive(entry: Source, part: string, options: DownloadOptions): Promise<DownloadResult | undefined> {
  const stalled = new AbortController();
  const signal = options.signal === undefined ? stalled.signal : AbortSignal.any([options.signal, stalled.signal]);
  const url = `${options.endpoint ?? ENDPOINT}/${entry.repository}/resolve/main/${entry.file}`;
  let timer = setTimeout(() => stalled.abort(), options.stallMs ?? 60_000);
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => stalled.abort(), options.stallMs ?? 60_000);
  };
  const file = await open(part, "w");
  try {
    const response = await options.fetch(url, { signal }).catch(() => undefined);
    alive();
    if (options.signal?.aborted) return cancelled();
    if (response === undefined) return fail("offline", "The model could not be fetched: there is no connection to the place it comes from.");
    if (response.status === 404) return fail("not-found", "The model is no longer where it used to be.");
    if (!response.ok || response.body === null) return fail("refused", `The place the model comes from refused to give it (status ${response.status}).`);
    const hash = createHash("sha256");
    const got = await pour(response.body, file, hash, entry.bytes, (done) => {
      alive();
      options.onProgress?.(done, entry.bytes);
    });
    if (options.signal?.aborted) return cancelled();
    if (got === "broken" || got < entry.bytes) return fail("cut-off", "The download was cut off before its end.");
    if (got > entry.bytes || hash.digest("hex") !== entry.sha256) return fail("wrong-file", "What arrived is not the model that was asked for; it has been thrown away.");
    await file.sync();
    return undefined;
  } finally {
    clearTimeout(timer);
    await file.close();
  }
}

/** Writes what arrives and gives how much it was: "broken" when the line failed. Stops at the first byte too many. */
async function pour(body: ReadableStream<Uint8Array>, file: FileHandle, hash: Hash, limit: number, onBytes: (done: number) => void): Promise<number | "broken"> {
  const reader = body.getReader();
  let done = 0;
  for (;;) {
    const next = await reader.read().catch(() => undefined);
    if (next === undefined) return "broken";
    if (next.done) return done;
    done += next.value.byteLength;
    if (done > limit) {
      await reader.cancel().catch(() => undefined);
      return done;
    }
    hash.update(next.value);
    await file.writeFile(next.value);
    onBytes(done);
  }
}

async function isRight(path: string, entry: Source): Promise<boolean> {
  const size = await stat(path).then((found) => (found.isFile() ? found.size : -1), () => -1);
  if (size !== entry.bytes) return false;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex") === entry.sha256;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

function cancelled(): DownloadResult {
  return fail("cancelled", "The download was cancelled.");
}

function fail(code: DownloadFailureCode, message: string): DownloadResult {
  return { kind: "failed", code, message };
}
