import type { IsoDate } from "../core/entry.ts";
import type { ChangeSet } from "../core/outcome.ts";
import type { RemoteDraft, RemoteEntry, RemoteResult } from "../core/remote.ts";

/** What the outbox needs of Harvest. The Harvest client satisfies it; neither folder imports the other. */
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
