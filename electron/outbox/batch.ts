import type { Entry, IsoDate } from "../core/entry.ts";
import type { Operation } from "../core/outcome.ts";
import type { BatchState, Ledger, LedgerBatch } from "./ledger.ts";
import type { BatchRecord, Step } from "./records.ts";

/** What a person confirmed. `before` holds every entry that a change, delete or stop touches, as it was shown. */
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

/** What of a batch Harvest has, in the order of its operations. */
export function writtenBy(batch: LedgerBatch): readonly Written[] {
  return batch.record.operations.flatMap(({ op }, index) => {
    const state = batch.states[index];
    return state?.kind === "done" ? [{ op, entry: state.entry, image: state.image }] : [];
  });
}

/** A batch as the history shows it. */
export function historyItem(ledger: Ledger, batch: LedgerBatch): HistoryItem {
  const { sentence, operations, before, labels = [] } = batch.record;
  const ended = [...ledger.undosOf(batch.id), batch].flatMap(({ states }) => states).find((state) => state.kind === "refused" || state.kind === "needs-you");
  const message = ended && "message" in ended ? ended.message : undefined;
  return { batch: batch.id, at: batch.at, sentence, state: ledger.stateOf(batch), operations, entries: writtenBy(batch), before, labels, message };
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
