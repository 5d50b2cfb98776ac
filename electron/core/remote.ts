import type { Entry, Hours, IsoDate } from "./entry.ts";
import type { ChangeSet } from "./outcome.ts";

/** An entry as Harvest holds it. `mark` is the external reference that Stint gave it when it made it. */
export interface RemoteEntry extends Entry {
  readonly updatedAt: string;
  readonly mark?: string | undefined;
}

/**
 * Why a request did not succeed. `unknown: true` means it may have taken effect all the same (the line broke after sending):
 * read before sending again. `message` is one sentence that may be shown; it never carries a token, body or entry text.
 */
export interface RemoteFailure {
  readonly kind: "failed";
  readonly code: "offline" | "timeout" | "rate-limited" | "server" | "unauthorised" | "forbidden" | "not-found" | "refused" | "changed-shape";
  readonly message: string;
  readonly unknown: boolean;
  readonly retryAfterSec?: number | undefined;
}
export type RemoteResult<T> = { readonly kind: "ok"; readonly value: T } | RemoteFailure;

/** A finished booking, ready to send. `notes: ""` is no note. */
export interface RemoteDraft {
  readonly date: IsoDate;
  readonly hours: Hours;
  readonly project: number;
  readonly task: number;
  readonly notes: string;
}

/** Own time entries somewhere else: what the outbox needs of Harvest and the Harvest client offers; neither folder imports the other. */
export interface Remote {
  create(draft: RemoteDraft, mark: string): Promise<RemoteResult<RemoteEntry>>;
  /** A running timer: the only call that may send no hours. */
  start(draft: Omit<RemoteDraft, "hours">, mark: string): Promise<RemoteResult<RemoteEntry>>;
  /** Sends only the fields in `set`. */
  change(id: number, set: ChangeSet): Promise<RemoteResult<RemoteEntry>>;
  stop(id: number): Promise<RemoteResult<RemoteEntry>>;
  restart(id: number): Promise<RemoteResult<RemoteEntry>>;
  remove(id: number): Promise<RemoteResult<undefined>>;
  /** One own entry; `not-found` when it is gone or somebody else's. */
  read(id: number): Promise<RemoteResult<RemoteEntry>>;
  /** All own entries from `from` to `to`, both included. */
  entries(from: IsoDate, to: IsoDate): Promise<RemoteResult<readonly RemoteEntry[]>>;
}
