import type { Batch } from "../../electron/outbox/batch.ts";
import type { Committed } from "../../electron/outbox/outbox.ts";
import type { Undone } from "../../electron/outbox/resolve.ts";
import type { BatchState } from "../../electron/outbox/ledger.ts";

/** Ways to break the outbox on purpose: a torture that does not find them is worth nothing. */
export const SABOTAGES = ["no-sending-record", "no-fsync", "no-look", "no-lag", "early-receipt"] as const;
export type Sabotage = (typeof SABOTAGES)[number];

/** What the outbox's process is told. `killAt`: announce that step on the pipe, counted from now, and wait there. */
export type Order =
  | { readonly do: "open"; readonly folder: string; readonly url: string; readonly token: string; readonly accountId: number; readonly userId: number; readonly startEnd: boolean; readonly dropsMarks: boolean; readonly began: number; readonly ids: string; readonly sabotage: Sabotage | undefined }
  | { readonly do: "arm"; readonly killAt: number | undefined }
  | { readonly do: "commit"; readonly batch: Batch }
  | { readonly do: "undo"; readonly batch: string }
  | { readonly do: "flush" }
  | { readonly do: "history" }
  | { readonly do: "outcome"; readonly batch: string }
  | { readonly do: "close" };

export interface Told {
  readonly batch: string;
  readonly sentence: string;
  readonly state: BatchState;
  readonly message: string | undefined;
}
export type Reply =
  | { readonly kind: "committed"; readonly result: Committed | undefined }
  | { readonly kind: "undone"; readonly result: Undone }
  | { readonly kind: "flushed"; readonly waiting: number; readonly message: string }
  | { readonly kind: "history"; readonly items: readonly Told[] }
  | { readonly kind: "ready" }
  | { readonly kind: "broken"; readonly message: string };

/** What Harvest's process is told. */
export type HarvestOrder =
  | { readonly do: "open"; readonly key: string; readonly startEnd: boolean; readonly began: number; readonly file: string | undefined }
  | { readonly do: "restart"; readonly key: string }
  | { readonly do: "close"; readonly key: string };
export interface HarvestReply {
  readonly url: string;
  readonly token: string;
  readonly accountId: number;
  readonly userId: number;
}
