import type { FileHandle } from "node:fs/promises";
import { fail, KEPT } from "./outcome.ts";
import type { Failure } from "./outcome.ts";
import { askFor, pour } from "./request.ts";
import type { Fetch } from "./request.ts";
import type { DownloadState } from "./state.ts";

/** What fetching needs to know and to tell. */
export interface Line {
  readonly fetch: Fetch;
  readonly url: string;
  readonly signal: AbortSignal;
  readonly stallMs: number;
  /** Milliseconds to wait after the first, second, … failure in a row; after the last of them it is given up. */
  readonly retryMs: readonly number[];
  readonly connections: number;
}

/** The unfinished file as the workers see it. */
export interface Target {
  readonly file: FileHandle;
  readonly state: DownloadState;
  /** Called when a piece is whole; resolves when that is on disk. */
  finished(piece: number): Promise<void>;
  /** Bytes that have just arrived; negative when they have to be fetched again. */
  arrived(bytes: number): void;
}

export type PiecesResult = "done" | "paused" | "changed" | Failure;

/** Fetches all missing pieces with several connections at once. The first piece that cannot be had ends them all. */
export async function fetchPieces(line: Line, target: Target): Promise<PiecesResult> {
  const { total, pieceBytes, done } = target.state;
  const had = new Set(done);
  const queue = Array.from({ length: Math.ceil(total / pieceBytes) }, (_, i) => i).filter((i) => !had.has(i));
  const stop = new AbortController();
  const own = { ...line, signal: AbortSignal.any([line.signal, stop.signal]) };
  const settled = await Promise.allSettled(
    Array.from({ length: Math.max(1, Math.min(line.connections, queue.length)) }, async (): Promise<PiecesResult> => {
      for (let piece = queue.shift(); piece !== undefined; piece = queue.shift()) {
        const result = await whole(own, target, piece).catch((error: unknown) => {
          stop.abort();
          throw error;
        });
        if (result === "done") continue;
        stop.abort();
        return result;
      }
      return "done";
    }),
  );
  // The others have all ended by now: nothing writes to the file any more.
  for (const each of settled) if (each.status === "rejected") throw each.reason;
  if (line.signal.aborted) return "paused";
  const results = settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  // Those that were only stopped say "paused"; the one that stopped them says why.
  return results.find((result) => result !== "done" && result !== "paused") ?? "done";
}

async function whole(line: Line, target: Target, piece: number): Promise<PiecesResult> {
  const result = await fetchPiece(line, target, piece);
  if (result === "done") await target.finished(piece);
  return result;
}

async function fetchPiece(line: Line, target: Target, piece: number): Promise<PiecesResult> {
  const { state } = target;
  const end = Math.min(state.total, (piece + 1) * state.pieceBytes);
  const memo = { at: piece * state.pieceBytes, failures: 0, last: fail("offline", "") };
  while (memo.at < end) {
    if (line.signal.aborted) return "paused";
    const before = memo.at;
    const wait = await oneRequest(line, target, memo, end);
    if (typeof wait === "string") return wait;
    if (memo.at >= end) break;
    memo.failures = memo.at > before ? 0 : memo.failures + 1;
    const pause = line.retryMs[memo.failures === 0 ? 0 : memo.failures - 1];
    if (pause === undefined) return memo.last;
    await sleep(Math.max(pause, wait), line.signal);
  }
  return "done";
}

/** One request for the rest of a piece. Gives the milliseconds that the server wants to be left alone, or an end of it all. */
async function oneRequest(line: Line, target: Target, memo: { at: number; last: Failure }, end: number): Promise<number | "changed"> {
  const { state, file } = target;
  const answer = await askFor(line.fetch, line.url, memo.at, end, line.signal);
  switch (answer.kind) {
    case "part": {
      const isOther = answer.total !== state.total || (state.etag !== null && answer.etag !== null && answer.etag !== state.etag);
      if (isOther || answer.start !== memo.at) {
        await answer.body.cancel().catch(() => undefined);
        memo.last = fail("cut-off", `The place the model comes from answers with other parts than it is asked for. ${KEPT}`);
        return isOther ? "changed" : 0;
      }
      const start = memo.at;
      const way = await pour(answer.body, line.stallMs, async (bytes) => {
        const wanted = bytes.subarray(0, Math.min(bytes.byteLength, end - memo.at));
        await writeAll(file, wanted, memo.at);
        memo.at += wanted.byteLength;
        target.arrived(wanted.byteLength);
        return memo.at < end;
      });
      if (memo.at === start || memo.at < end) memo.last = fail("cut-off", way === "stalled" ? `The connection stands still. ${KEPT}` : `The connection breaks off again and again. ${KEPT}`);
      return 0;
    }
    case "whole":
      await answer.body.cancel().catch(() => undefined);
      memo.last = fail("cut-off", `The place the model comes from stopped giving parts of it. ${KEPT}`);
      return state.etag !== null && answer.etag !== null && answer.etag !== state.etag ? "changed" : 0;
    case "wait":
      memo.last = fail("rate-limited", `The place the model comes from is asked too much at the moment. ${KEPT}`);
      return answer.ms;
    case "outside":
      return "changed";
    case "not-found":
      memo.last = fail("not-found", `The model is no longer where it used to be. ${KEPT}`);
      return 0;
    case "refused":
      memo.last = fail("refused", `The place the model comes from refused to give it (status ${answer.status}). ${KEPT}`);
      return 0;
    default:
      // A line that breaks is only the reason when nothing else was wrong before.
      if (memo.last.code === "offline") memo.last = fail("offline", `The model could not be fetched: there is no connection to the place it comes from. ${KEPT}`);
      return 0;
  }
}

/** Writes all of `bytes`; the system may take less at a time. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let from = 0; from < bytes.byteLength; ) {
    const { bytesWritten } = await file.write(bytes, from, bytes.byteLength - from, at + from);
    from += bytesWritten;
  }
}

/** Waits, but not longer than until it is all given up. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ms <= 0 || signal.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
