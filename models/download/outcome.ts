import { fileErrorCode } from "../atomic.ts";

export type DownloadFailureCode =
  | "busy"
  | "no-space"
  | "no-permission"
  | "not-found"
  | "refused"
  | "rate-limited"
  | "offline"
  | "cut-off"
  | "changed"
  | "wrong-file"
  | "not-written";

/** Why a download ended without its file. `message` is one sentence that may be shown. */
export interface Failure {
  readonly kind: "failed";
  readonly code: DownloadFailureCode;
  readonly message: string;
}

/**
 * How a download ended. `checked: "size"`: no checksum was known to compare with, and `sha256` is the one computed here. `paused`: what
 * has arrived stays on disk, and the next download of the same model goes on from there.
 */
export type DownloadResult =
  | { readonly kind: "downloaded"; readonly path: string; readonly sha256: string; readonly checked: "checksum" | "size" }
  | { readonly kind: "already"; readonly path: string }
  | { readonly kind: "paused"; readonly done: number; readonly total: number }
  | Failure;

export function fail(code: DownloadFailureCode, message: string): Failure {
  return { kind: "failed", code, message };
}

export const KEPT = "What has arrived is kept; the next try goes on from there.";

/** What the file system's refusal means for a download. */
export function writeFailure(error: unknown): Failure {
  const code = fileErrorCode(error);
  if (code === "ENOSPC" || code === "EDQUOT") return fail("no-space", `The disk is full. ${KEPT}`);
  if (code === "EFBIG") return fail("no-space", "The disk's file system cannot hold a file of this size.");
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return fail("no-permission", "The models folder may not be written to.");
  return fail("not-written", "The file could not be written to the models folder.");
}

/** "14.4 GB", as download pages count. */
export function gigabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`;
}
