import type { Entry, IsoDate } from "../core/entry.ts";
import type { Operation } from "../core/outcome.ts";
import { doneCount, isWaiting, type BatchState, type Ledger, type LedgerBatch } from "./ledger.ts";
import type { BatchRecord, Image, Step } from "./records.ts";

/**
 * What a person confirmed. `before` holds every entry that a change, delete or stop touches, as it was shown, and the running one that a
 * start will stop.
 */
export interface Batch {
  readonly sentence: string;
  readonly operations: readonly Operation[];
  readonly before: readonly Entry[];
  /** One line for each operation, kept for the history. */
  readonly labels?: readonly string[] | undefined;
}

/** One operation that Harvest has. `image` is the entry afterwards; for a delete, the entry as it was. */
export interface Written {
  readonly op: Operation["op"];
  readonly entry: number;
  readonly image: Entry;
}

/** One committed batch as the history shows it. `at` is ISO 8601 in UTC. `message` says why it was refused or needs somebody. */
export interface HistoryItem {
  readonly batch: string;
  readonly at: string;
  readonly sentence: string;
  readonly state: BatchState;
  readonly operations: readonly Operation[];
  readonly entries: readonly Written[];
  readonly before: readonly Entry[];
  readonly labels: readonly string[];
  readonly message?: string | undefined;
}

const opOf: Record<Step["do"], Operation["op"]> = { create: "add", start: "start", change: "change", stop: "stop", restart: "start", remove: "delete" };

/** A step that Harvest has, as an operation: an undo's steps too. */
export const writtenOf = (step: Step, image: Image): Written => ({ op: opOf[step.do], entry: image.id, image });

/** What of a batch Harvest has, in the order of its operations. */
export function writtenBy(batch: LedgerBatch): readonly Written[] {
  return batch.record.operations.flatMap(({ op }, index) => {
    const state = batch.states[index];
    return state?.kind === "done" ? [{ op, entry: state.entry, image: state.image }] : [];
  });
}

/** Why a batch stopped part way; undefined when it did not. */
export function stopOf(batch: LedgerBatch): { readonly kind: "refused" | "needs-you"; readonly message: string; readonly step: number } | undefined {
  const step = batch.states.findIndex((state) => state.kind === "refused" || state.kind === "needs-you");
  const state = batch.states[step];
  return state?.kind === "refused" || state?.kind === "needs-you" ? { ...state, step } : undefined;
}

/** A batch as the history shows it. */
export function historyItem(ledger: Ledger, batch: LedgerBatch): HistoryItem {
  const { sentence, operations, before, labels = [] } = batch.record;
  const message = [...ledger.undosOf(batch.id).filter((undo) => !undo.withdrawn), batch].map(stopOf).find((stop) => stop !== undefined)?.message;
  return { batch: batch.id, at: batch.at, sentence, state: ledger.stateOf(batch), operations, entries: writtenBy(batch), before, labels, message };
}

/** The batch that "undo" without a name means. */
export function newestOwn(ledger: Ledger): LedgerBatch | undefined {
  return ledger.batches().filter((batch) => batch.record.of === undefined && (isWaiting(batch) || batch.withdrawn || doneCount(batch) > 0)).at(-1);
}

/** The newest batch, or undo, that stopped part way and that nobody has decided about yet. */
export function newestStopped(ledger: Ledger): LedgerBatch | undefined {
  return ledger.batches().filter((batch) => !batch.withdrawn && stopOf(batch)).at(-1);
}

/** The journal's record of a confirmed batch. Throws when an entry that it touches is not in `before`. */
export function recordOf(batch: Batch, id: string, newMark: () => string, today: IsoDate): BatchRecord {
  const shown = new Map(batch.before.map((entry) => [entry.id, entry]));
  const steps = batch.operations.map((operation) => stepOf(operation, newMark(), shown, today));
  const { sentence, operations, before, labels } = batch;
  return {
    kind: "batch",
    batch: id,
    sentence,
    operations,
    steps,
    before,
    ...(labels === undefined ? {} : { labels }),
  };
}

function stepOf(operation: Operation, mark: string, shown: ReadonlyMap<number, Entry>, today: IsoDate): Step {
  if (operation.op === "add") {
    const { date, hours, project, task, notes } = operation;
    return { do: "create", mark, draft: { date, hours, project, task, notes } };
  }
  if (operation.op === "start") {
    const { project, task, notes } = operation;
    return { do: "start", mark, draft: { date: today, project, task, notes } };
  }
  const expect = shown.get(operation.entry);
  if (!expect) throw new Error("A batch must carry every entry that it touches, as it was shown.");
  const onEntry = { mark, entry: operation.entry, expect };
  switch (operation.op) {
    case "change":
      return { do: "change", ...onEntry, set: operation.set };
    case "delete":
      return { do: "remove", ...onEntry };
    case "stop":
      return { do: "stop", ...onEntry };
  }
}
