import { mkdir, open, rename, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { CatalogueEntry } from "../catalogue.ts";
import { takeLock } from "../lock.ts";
import { noModel, openPlace } from "./opening.ts";
import type { Opening } from "./opening.ts";
import { fail, gigabytes, writeFailure } from "./outcome.ts";
import type { DownloadResult, Failure } from "./outcome.ts";
import { createPace } from "./pace.ts";
import type { Progress } from "./pace.ts";
import { fetchPieces, writeAll } from "./pieces.ts";
import type { Line, PiecesResult } from "./pieces.ts";
import { pour } from "./request.ts";
import type { Fetch } from "./request.ts";
import { partFiles, readState, removeParts, writeState } from "./state.ts";
import type { DownloadState } from "./state.ts";
import { isRight, sha256Of, startsWith } from "./verify.ts";

export interface DownloadOptions {
  readonly fetch: Fetch;
  /** Aborted: the download is paused. What has arrived stays, and the next call goes on from there. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Addresses to try one after the other, the models' own place last. */
  readonly mirrors?: readonly string[] | undefined;
  readonly connections?: number | undefined;
  readonly pieceBytes?: number | undefined;
  /** Milliseconds without a byte after which a connection counts as cut. */
  readonly stallMs?: number | undefined;
  /** Milliseconds to wait after each failure in a row; after the last it is given up. */
  readonly retryMs?: readonly number[] | undefined;
  readonly now?: (() => number) | undefined;
  /** Free bytes of the disk that a folder is on. */
  readonly freeBytes?: ((folder: string) => Promise<number>) | undefined;
}

export type DownloadSource = Pick<CatalogueEntry, "repository" | "revision" | "file" | "bytes" | "sha256" | "name">;

/** Where models come from unless a mirror is set. */
export const MODELS_PLACE = "https://huggingface.co";
/** Space that must stay free beside the file. */
const SPARE = 512 * 1024 * 1024;
const PIECE = 16 * 1024 * 1024;
const RETRIES = [500, 1_000, 2_000, 5_000, 10_000, 20_000];

/**
 * Fetches a model into `folder` with several connections at once, and goes on where an earlier try stopped, whatever stopped it. The
 * file gets its name only when its size and checksum are right. Never throws for what a network, a server or a disk can do.
 */
export async function download(source: DownloadSource, folder: string, options: DownloadOptions): Promise<DownloadResult> {
  const path = join(folder, source.file);
  try {
    await mkdir(folder, { recursive: true });
    const release = await takeLock(path);
    if (release === undefined) return fail("busy", `${source.name} is being downloaded already, by this or another Stint.`);
    try {
      return await fromAnywhere(source, path, folder, options);
    } finally {
      await release();
    }
  } catch (error) {
    return writeFailure(error);
  }
}

/** Throws away what an unfinished download has left; "busy" while one is running. */
export async function discardDownload(file: string, folder: string): Promise<"discarded" | "busy"> {
  const path = join(folder, file);
  const release = await takeLock(path);
  if (release === undefined) return "busy";
  await removeParts(path).finally(release);
  return "discarded";
}

async function fromAnywhere(source: DownloadSource, path: string, folder: string, options: DownloadOptions): Promise<DownloadResult> {
  const checking = (done: number): void => options.onProgress?.({ phase: "checking", done, total: source.bytes ?? done, bytesPerSecond: undefined, secondsLeft: undefined });
  if (await isRight(path, source, checking)) return { kind: "already", path };
  const failures: Failure[] = [];
  for (const place of [...(options.mirrors ?? []), MODELS_PLACE]) {
    const bad = badAddress(place, source);
    const result = bad ?? (await fromPlace({ source, path, folder, place: place.replace(/\/+$/, ""), options }));
    if (result.kind !== "failed") return result;
    failures.push(result);
    // Another place helps against all that a place can do wrong, and against nothing that this computer does.
    if (["no-space", "no-permission", "not-written"].includes(result.code)) return result;
  }
  // The first place is the one the user chose; what the others say is beside the point.
  return failures[0] ?? fail("offline", "There is no place to fetch models from.");
}

/** Without a checksum only an encrypted line, or this computer itself, can be trusted with a file. */
function badAddress(place: string, source: DownloadSource): Failure | undefined {
  const url = URL.canParse(place) ? new URL(place) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) return fail("refused", `${place} is not an address that models can be fetched from.`);
  const isNear = ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (url.protocol === "http:" && !isNear && source.sha256 === null) return fail("refused", `${source.name} has no checksum that Stint knows, so it is not fetched over an unencrypted connection.`);
  return undefined;
}

interface Task {
  readonly source: DownloadSource;
  readonly path: string;
  readonly folder: string;
  readonly place: string;
  readonly options: DownloadOptions;
}

async function fromPlace(task: Task): Promise<DownloadResult> {
  const line = lineOf(task);
  for (let tries = 0; tries < 2; tries += 1) {
    const opening = await openPlace(line);
    if (opening.kind === "failed") return opening;
    if (opening.kind === "paused") return { kind: "paused", done: 0, total: task.source.bytes ?? 0 };
    const result = opening.kind === "whole" ? await receiveWhole(task, line, opening) : await receiveParts(task, line, opening);
    if (result !== "changed") return result;
    // Half of one version and half of another is no model: from the start, but only once.
    await removeParts(task.path);
  }
  return fail("changed", "The model's file is being changed at the place it comes from; try again later.");
}

function lineOf({ source, place, options }: Task): Line {
  return {
    fetch: options.fetch,
    url: `${place}/${source.repository}/resolve/${source.revision ?? "main"}/${source.file}`,
    signal: options.signal ?? new AbortController().signal,
    stallMs: options.stallMs ?? 30_000,
    retryMs: options.retryMs ?? RETRIES,
    connections: options.connections ?? 4,
  };
}

async function receiveParts(task: Task, line: Line, opening: Extract<Opening, { kind: "parts" }>): Promise<DownloadResult | "changed"> {
  const { source, path, options } = task;
  if (source.bytes !== null && opening.total !== source.bytes) return noModel();
  const state = await stateFor(task, opening);
  const kept = state.done.reduce((sum, piece) => sum + pieceLength(state, piece), 0);
  const noRoom = await roomFor(task, opening.total - kept);
  if (noRoom !== undefined) return noRoom;
  const pace = createPace(opening.total, options.now ?? Date.now);
  const memo = { state, arrived: kept, saving: Promise.resolve() };
  const file = await open(partFiles(path).part, kept > 0 ? "r+" : "w");
  let result: PiecesResult;
  try {
    result = await fetchPieces(line, {
      file,
      state,
      arrived: (bytes) => {
        memo.arrived += bytes;
        options.onProgress?.(pace(memo.arrived));
      },
      finished: (piece) => {
        // Data before the note that speaks of it, and one note at a time.
        memo.saving = memo.saving.then(async () => {
          await file.datasync();
          memo.state = { ...memo.state, done: [...memo.state.done, piece] };
          await writeState(path, memo.state);
        });
        return memo.saving;
      },
    });
    if (result === "done") await file.sync();
  } finally {
    await file.close();
  }
  if (result === "paused") return { kind: "paused", done: memo.arrived, total: opening.total };
  return result === "done" ? concluded(task, opening.total) : result;
}

/** Goes on from an earlier try when it was of the same file; from another place only where a checksum will tell whether both were right. */
async function stateFor({ source, path, place, options }: Task, opening: Extract<Opening, { kind: "parts" }>): Promise<DownloadState> {
  const name = `${source.repository}@${source.revision ?? "main"}/${source.file}`;
  const earlier = await readState(path, name);
  const isSame = earlier !== undefined && earlier.total === opening.total && (earlier.place === place ? earlier.etag === opening.etag : source.sha256 !== null);
  if (isSame) return { ...earlier, place, etag: opening.etag };
  await removeParts(path);
  return { version: 1, source: name, place, total: opening.total, pieceBytes: options.pieceBytes ?? PIECE, etag: opening.etag, done: [] };
}

function pieceLength(state: DownloadState, piece: number): number {
  return Math.min(state.total, (piece + 1) * state.pieceBytes) - piece * state.pieceBytes;
}

async function roomFor({ source, folder, options }: Task, needed: number): Promise<Failure | undefined> {
  const free = await (options.freeBytes ?? freeBytes)(folder);
  if (free >= needed + SPARE) return undefined;
  return fail("no-space", `There is not enough room on the disk: ${source.name} needs ${gigabytes(needed + SPARE)}, and ${gigabytes(free)} is free.`);
}

async function freeBytes(folder: string): Promise<number> {
  const space = await statfs(folder);
  return space.bavail * space.bsize;
}

/** A place that gives no parts: one connection, from the start, with nothing to go on from later. */
async function receiveWhole(task: Task, line: Line, opening: Extract<Opening, { kind: "whole" }>): Promise<DownloadResult> {
  const { source, path, options } = task;
  const total = source.bytes ?? opening.total;
  const isOther = total === undefined || (opening.total !== undefined && opening.total !== total);
  const noRoom = isOther ? noModel() : await roomFor(task, total);
  if (isOther || noRoom !== undefined) {
    await opening.body.cancel().catch(() => undefined);
    return noRoom ?? noModel();
  }
  await removeParts(path);
  const { part } = partFiles(path);
  const pace = createPace(total, options.now ?? Date.now);
  const memo = { done: 0, head: "" };
  const file = await open(part, "w");
  try {
    await pour(opening.body, line.stallMs, async (bytes) => {
      memo.head = `${memo.head}${Buffer.from(bytes.subarray(0, 4)).toString("latin1")}`.slice(0, 4);
      if (line.signal.aborted || !isHead(memo.head)) return false;
      await writeAll(file, bytes, memo.done);
      memo.done += bytes.byteLength;
      options.onProgress?.(pace(Math.min(memo.done, total)));
      return memo.done <= total;
    });
    await file.sync();
  } finally {
    await file.close();
  }
  if (memo.done === total && !line.signal.aborted) return concluded(task, total);
  await rm(part, { force: true });
  if (line.signal.aborted) return { kind: "paused", done: 0, total };
  return memo.done > total || !isHead(memo.head) ? noModel() : fail("cut-off", "The download was cut off before its end, and this place cannot go on from the middle.");
}

/** Whether what has come so far can be the start of a model: a page that says "sign in" is not. */
function isHead(text: string): boolean {
  return "GGUF".startsWith(text);
}

/** Gives the file its name when it is right, and throws it away when it is not. */
async function concluded({ source, path, options }: Task, total: number): Promise<DownloadResult> {
  const { part } = partFiles(path);
  const { size } = await stat(part);
  const tell = (done: number): void => options.onProgress?.({ phase: "checking", done, total, bytesPerSecond: undefined, secondsLeft: undefined });
  const isModel = size === total && (await startsWith(part, "GGUF"));
  const sha256 = isModel ? await sha256Of(part, tell, options.signal) : "";
  if (sha256 === undefined) return { kind: "paused", done: total, total };
  if (!isModel || (source.sha256 !== null && sha256 !== source.sha256)) {
    await removeParts(path);
    return noModel();
  }
  await rename(part, path);
  await removeParts(path);
  return { kind: "downloaded", path, sha256, checked: source.sha256 === null ? "size" : "checksum" };
}
