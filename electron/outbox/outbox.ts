import type { IsoDate } from "../core/entry.ts";
import { historyItem, recordOf, writtenBy, type Batch, type HistoryItem, type Written } from "./batch.ts";
import { createJournal, type JournalFailure } from "./journal.ts";
import { createLedger, doneCount, isWaiting, type Ledger, type LedgerBatch } from "./ledger.ts";
import type { JournalRecord } from "./records.ts";
import type { Remote } from "./remote.ts";
import { sendBatch, settleStep, type Freshness, type SendContext, type Sent } from "./send.ts";
import { checkUntouched, planUndo } from "./undo.ts";

interface Stopped {
  readonly batch: string;
  readonly message: string;
  readonly done: number;
  readonly entries: readonly Written[];
}

/**
 * `queued`: on this disk, sent as soon as it can be. `refused`, `needs-you`: it ended there; `done` operations before it were saved.
 * `failed`: nothing was written anywhere.
 */
export type Committed =
  | { readonly kind: "saved"; readonly batch: string; readonly entries: readonly Written[] }
  | { readonly kind: "queued"; readonly batch: string; readonly message: string }
  | ({ readonly kind: "refused" } & Stopped)
  | ({ readonly kind: "needs-you" } & Stopped)
  | JournalFailure;

/**
 * `withdrawn`: it was never sent, and now never will be. `queued`: the undo itself waits. `changed`: an entry is not as it was left, so
 * nothing was undone. `nothing`: there is no such batch, or it is undone already. `refused`, `needs-you`: Harvest stopped it part way.
 */
export type Undone =
  | { readonly kind: "undone"; readonly batch: string; readonly sentence: string }
  | { readonly kind: "withdrawn"; readonly batch: string; readonly sentence: string }
  | { readonly kind: "queued" | "changed" | "refused" | "needs-you"; readonly batch: string; readonly message: string }
  | { readonly kind: "nothing"; readonly message: string }
  | JournalFailure;

export interface OutboxOptions {
  /** Folder of one account's journal; made when missing. */
  readonly folder: string;
  readonly remote: Remote;
  /** `today` is the civil date in the account's zone: the day that a started timer is booked on. */
  readonly clock: { readonly now: () => Date; readonly today: () => IsoDate };
  /** Gives a new unique id, at most 40 characters of letters, digits and "-". */
  readonly newId: () => string;
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
  readonly onChange?: (() => void) | undefined;
  /** Sentences that the user should see once. */
  readonly onNotice?: ((sentence: string) => void) | undefined;
  readonly lockWaitMs?: number | undefined;
}

/** The way of every write to Harvest: on this disk first, then sent, exactly once whatever breaks in between. */
export interface Outbox {
  commit(batch: Batch): Promise<Committed>;
  /** Sends what waits, oldest first, after asking Harvest what it has already. `message` says why something still waits. */
  flush(): Promise<{ readonly sent: number; readonly waiting: number; readonly message?: string | undefined }>;
  /** How many batches, undos included, still wait. */
  waiting(): Promise<number>;
  /** Newest first. */
  history(limit: number): Promise<readonly HistoryItem[]>;
  /** The entry that was written last from here and still exists: what "that" means. */
  lastWritten(): Promise<number | undefined>;
  /** Takes back that batch, or the newest one. */
  undo(batch?: string): Promise<Undone>;
}

const realSleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Opens the outbox of one account. Reads nothing before its first call. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { folder, remote, clock, newId, sleep = realSleep, onChange = () => undefined, onNotice = () => undefined, lockWaitMs } = options;
  const ledger = createLedger();
  let changed = false;
  const journal = createJournal({
    folder,
    now: clock.now,
    sleep,
    lockWaitMs,
    onNotice,
    onReset: () => ledger.reset(),
    onRecord: (stored) => {
      changed = true;
      ledger.apply(stored);
    },
  });
  const context: SendContext = {
    remote,
    ledger,
    now: clock.now,
    today: clock.today,
    sleep,
    append: (record) => journal.append([record]),
    applyOnly: (record) => ledger.apply({ seq: 0, at: clock.now().toISOString(), record }),
  };

  let turn: Promise<unknown> = Promise.resolve();
  /** One call at a time in this process, and one process at a time on this folder. */
  const exclusive = <T>(body: () => Promise<T>): Promise<T | JournalFailure> => {
    const mine = turn.then(() => journal.exclusive(body));
    turn = mine.catch(() => undefined);
    return mine.finally(() => {
      if (changed) onChange();
      changed = false;
    });
  };
  const write = (record: JournalRecord) => journal.append([record]);
  const newMark = (): string => `stint-${newId()}`;

  return {
    commit: (batch) =>
      exclusive(async () => {
        const record = recordOf(batch, newId(), newMark, clock.today());
        const kept = await write(record);
        if (kept.kind === "failed") return kept;
        const sent = await drain(context, record.batch, "new");
        return committed(ledger, record.batch, sent);
      }),

    flush: async () => {
      let sent = 0;
      for (;;) {
        const one = await exclusive(() => sendNext(context));
        if (one.kind === "failed") return { sent, waiting: countWaiting(ledger), message: one.message };
        if (one.kind === "none") return { sent, waiting: 0 };
        if (one.kind === "wait") return { sent, waiting: countWaiting(ledger), message: one.message };
        if (one.kind === "done") sent += 1;
      }
    },

    waiting: async () => {
      await journal.refresh();
      return countWaiting(ledger);
    },

    history: async (limit) => {
      await journal.refresh();
      const own = ledger.batches().filter((batch) => batch.record.of === undefined);
      return own.reverse().slice(0, limit).map((batch) => historyItem(ledger, batch));
    },

    lastWritten: async () => {
      await journal.refresh();
      return ledger.lastWritten();
    },

    undo: (id) =>
      exclusive(async () => {
        const batch = id === undefined ? newest(ledger) : ledger.batch(id);
        if (!batch || batch.record.of !== undefined) return { kind: "nothing", message: "There is nothing to undo." };
        return undoBatch(context, batch, { id: newId(), newMark, write });
      }),
  };
}

/** Sends everything older first: a later write must not be overtaken by an earlier one that still waits. */
async function drain(context: SendContext, last: string, freshness: Freshness): Promise<Sent> {
  for (const batch of context.ledger.batches().filter(isWaiting)) {
    const sent = batch.id === last ? await sendBatch(context, batch.id, freshness) : await sendWaiting(context, batch);
    if (batch.id === last || sent.kind === "wait") return sent;
  }
  return { kind: "done" };
}

async function sendNext(context: SendContext): Promise<Sent | { readonly kind: "none" }> {
  const batch = context.ledger.batches().find(isWaiting);
  return batch ? sendWaiting(context, batch) : { kind: "none" };
}

async function sendWaiting(context: SendContext, batch: LedgerBatch): Promise<Sent> {
  // An undo is all or nothing while none of it went out; after that its steps stand on their own checks.
  if (batch.record.of !== undefined && batch.states.every((state) => state.kind === "pending")) {
    const check = await checkUntouched(context.remote, batch.record.steps);
    if (check.kind === "unknown") return { kind: "wait", message: check.message };
    if (check.kind === "changed") {
      const kept = await context.append({ kind: "needs-you", batch: batch.id, step: 0, message: check.message });
      return kept.kind === "failed" ? { kind: "wait", message: kept.message } : { kind: "needs-you", message: check.message };
    }
  }
  return sendBatch(context, batch.id, "waiting");
}

interface UndoTools {
  readonly id: string;
  readonly newMark: () => string;
  readonly write: (record: JournalRecord) => Promise<{ readonly kind: "kept" } | JournalFailure>;
}

async function undoBatch(context: SendContext, batch: LedgerBatch, { id, newMark, write }: UndoTools): Promise<Undone> {
  const { ledger } = context;
  if (ledger.undosOf(batch.id).some(isWaiting)) return { kind: "queued", batch: batch.id, message: "The undo already waits until Harvest can be reached." };
  const state = ledger.stateOf(batch);
  if (state === "undone") return { kind: "nothing", message: "That was already undone." };
  if (isWaiting(batch)) {
    for (let step = 0; step < batch.states.length; step += 1) {
      const settled = await settleStep(context, batch.id, step);
      if (settled.kind === "unknown") return { kind: "failed", message: `It is not known yet whether Harvest has it, so nothing was undone: ${settled.message}` };
    }
    const kept = await write({ kind: "withdrawn", batch: batch.id });
    if (kept.kind === "failed") return kept;
  }
  const { sentence } = batch.record;
  const steps = planUndo(ledger, ledger.batch(batch.id) ?? batch, newMark);
  if (steps.length === 0) {
    return isWaiting(batch) ? { kind: "withdrawn", batch: batch.id, sentence } : { kind: "nothing", message: "Nothing of that was saved, so there is nothing to undo." };
  }
  const check = await checkUntouched(context.remote, steps);
  if (check.kind === "changed") return { ...check, kind: "changed", batch: batch.id };
  const kept = await write({ kind: "batch", batch: id, of: batch.id, sentence, operations: [], steps, before: [] });
  if (kept.kind === "failed") return kept;
  if (check.kind === "unknown") return { kind: "queued", batch: batch.id, message: check.message };
  // What still waits is sent first and may touch the same entries: then the look a moment ago proves nothing.
  const alone = ledger.batches().every((other) => other.id === id || !isWaiting(other));
  const sent = await drain(context, id, alone ? "checked" : "new");
  if (sent.kind === "done") return { kind: "undone", batch: batch.id, sentence };
  return { kind: sent.kind === "wait" ? "queued" : sent.kind, batch: batch.id, message: sent.message };
}

function newest(ledger: Ledger): LedgerBatch | undefined {
  return ledger
    .batches()
    .filter((batch) => batch.record.of === undefined && (isWaiting(batch) || batch.withdrawn || doneCount(batch) > 0))
    .at(-1);
}

const countWaiting = (ledger: Ledger): number => ledger.batches().filter(isWaiting).length;

function committed(ledger: Ledger, id: string, sent: Sent): Committed {
  const batch = ledger.batch(id);
  const entries = batch ? writtenBy(batch) : [];
  switch (sent.kind) {
    case "done":
      return { kind: "saved", batch: id, entries };
    case "wait":
      return { kind: "queued", batch: id, message: sent.message };
    case "refused":
    case "needs-you":
      return { kind: sent.kind, batch: id, message: sent.message, done: entries.length, entries };
  }
}
