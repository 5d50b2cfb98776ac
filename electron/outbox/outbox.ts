import type { IsoDate } from "../core/entry.ts";
import { historyItem, recordOf, stopOf, writtenBy, writtenOf, type Batch, type HistoryItem, type Written } from "./batch.ts";
import type { Disk } from "./disk.ts";
import { createJournal, type JournalFailure } from "./journal.ts";
import { COMPACT_AT, recentBatches, worthKeeping } from "./keep.ts";
import { createLedger, isWaiting, type Ledger } from "./ledger.ts";
import { countWaiting, pendingSteps, sendAll, type Round } from "./queue.ts";
import type { JournalRecord, Step } from "./records.ts";
import type { Remote } from "../core/remote.ts";
import { createResolver, type Finished, type Undone } from "./resolve.ts";
import type { SendContext } from "./send.ts";
import { afterReal, createSender, type After, type Sender } from "./sender.ts";

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

export interface OutboxOptions {
  /** Folder of one account's journal; made when missing. */
  readonly folder: string;
  readonly remote: Remote;
  /** `today` is the civil date in the account's zone: the day that a started timer is booked on. */
  readonly clock: { readonly now: () => Date; readonly today: () => IsoDate };
  /** Gives a new unique id, at most 40 characters of letters, digits and "-". */
  readonly newId: () => string;
  /** How long a commit or an undo that is safe on the disk waits for Harvest before it says "kept" (milliseconds). */
  readonly graceMs?: number | undefined;
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
  readonly after?: After | undefined;
  readonly random?: (() => number) | undefined;
  readonly disk?: Disk | undefined;
  readonly onChange?: (() => void) | undefined;
  /** Harvest has one more operation from here, whether it was sent at once or later. */
  readonly onWritten?: ((written: Written) => void) | undefined;
  /** Sentences that the user should see once. */
  readonly onNotice?: ((sentence: string) => void) | undefined;
  readonly lockWaitMs?: number | undefined;
  /** How many records the journal must have before what is old and finished is left out of it. */
  readonly compactAt?: number | undefined;
}

/** The way of every write to Harvest: on this disk first, then sent, exactly once whatever breaks in between. */
export interface Outbox {
  /** Returns once the batch is on the disk and Harvest has answered or the grace is over; sending goes on. */
  commit(batch: Batch): Promise<Committed>;
  /** What became of a batch by now; undefined for one that the journal does not know. */
  outcome(batch: string): Promise<Committed | undefined>;
  /** Sends what waits, oldest first, after asking Harvest what it has already. `message` says why something still waits. */
  flush(): Promise<{ readonly sent: number; readonly waiting: number; readonly message?: string | undefined }>;
  /** How many batches, undos included, still wait. */
  waiting(): Promise<number>;
  /** What waits, as far as this process knows without looking: it will be so, and is shown so. */
  pending(): readonly Step[];
  /** Newest first, 30 days back. */
  history(limit: number): Promise<readonly HistoryItem[]>;
  /** The entry that was written last from here and still exists: what "that" means. */
  lastWritten(): Promise<number | undefined>;
  /** Takes back that batch, or the newest one. */
  undo(batch?: string): Promise<Undone>;
  /** Goes on with a batch that was refused or that needs somebody, or the newest such one: against the entries as they are now. */
  finish(batch?: string): Promise<Finished>;
  /** Stops sending. What waits is on the disk. */
  close(): Promise<void>;
}

const GRACE_MS = 1_500;
const CLOSE_MS = 2_000;
const NO_ANSWER = "Harvest has not answered yet.";

const realSleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Opens the outbox of one account. Reads nothing before its first call. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { folder, clock, newId, sleep = realSleep, after = afterReal, random = Math.random, graceMs = GRACE_MS } = options;
  const { onChange = () => undefined, onNotice = () => undefined, onWritten = () => undefined, lockWaitMs, disk, compactAt = COMPACT_AT } = options;
  const ledger = createLedger();
  const fresh = new Set<string>();
  const held: { changed: boolean; message: string | undefined } = { changed: false, message: undefined };
  const journal = createJournal({
    folder, sleep, lockWaitMs, disk, onNotice,
    now: clock.now,
    onReset: () => ledger.reset(),
    onRecord: (stored) => {
      held.changed = true;
      ledger.apply(stored);
    },
  });
  const tell = (): void => {
    if (held.changed) onChange();
    held.changed = false;
  };
  const write = (records: readonly JournalRecord[]) => journal.append(records);
  const context: SendContext = {
    remote: options.remote, ledger, sleep,
    ended: new Map(),
    now: clock.now,
    today: clock.today,
    append: (record, isStill = () => true) => journal.exclusive(async () => (isStill() ? write([record]) : { kind: "overtaken" as const })),
    applyOnly: (record) => ledger.apply({ seq: 0, at: clock.now().toISOString(), record }),
    onDone: (step, image) => onWritten(writtenOf(step, image)),
    isClosing: () => sender.isClosing(),
  };
  const sender: Sender = createSender({
    folder, sleep, after, random, lockWaitMs,
    waiting: () => countWaiting(ledger),
    send: async () => {
      const round = await sendAll(context, () => journal.refresh(), (batch) => fresh.delete(batch));
      held.message = round.wait?.message;
      tell();
      return round;
    },
  });
  /** Starts a round and gives it the grace; afterwards the ledger says how far it came. */
  const sendWithin = async (): Promise<void> => {
    tell();
    const round = sender.round();
    await Promise.race([round, new Promise<void>((resolve) => void round.then(after(graceMs, resolve), () => undefined))]);
    await journal.refresh();
    tell();
  };
  const compact = async (): Promise<void> => {
    const keeps = worthKeeping(ledger, journal.records(), clock.now(), compactAt);
    if (keeps) await journal.compact(keeps);
  };
  const refreshed = <T>(look: () => T): Promise<T> => journal.refresh().then(look);
  const message = (): string => held.message ?? NO_ANSWER;
  const resolver = createResolver({ context, sender, journal, newId, sendWithin, graceMs, message });

  return {
    commit: async (batch) => {
      const record = recordOf(batch, newId(), () => `stint-${newId()}`, clock.today());
      fresh.add(record.batch);
      const kept = await journal.exclusive(async () => {
        await compact();
        return write([record]);
      });
      if (kept.kind === "failed") return kept;
      held.message = undefined;
      await sendWithin();
      return outcomeOf(ledger, record.batch, message()) ?? { kind: "queued", batch: record.batch, message: message() };
    },
    outcome: (batch) => refreshed(() => outcomeOf(ledger, batch, message())),
    flush: async () => {
      const round = await sender.round();
      return refreshed(() => flushed(round, countWaiting(ledger), message()));
    },
    waiting: () => refreshed(() => countWaiting(ledger)),
    pending: () => pendingSteps(ledger),
    history: (limit) => refreshed(() => recentBatches(ledger, clock.now()).slice(0, limit).map((batch) => historyItem(ledger, batch))),
    lastWritten: () => refreshed(() => ledger.lastWritten()),
    ...resolver,
    close: () => sender.close(CLOSE_MS),
  };
}

function flushed(round: Round | undefined, waiting: number, message: string): Awaited<ReturnType<Outbox["flush"]>> {
  const why = waiting === 0 ? {} : { message: round ? message : "Another Stint is sending it." };
  return { sent: round?.sent ?? 0, waiting, ...why };
}

function outcomeOf(ledger: Ledger, id: string, message: string): Committed | undefined {
  const batch = ledger.batch(id);
  if (!batch) return undefined;
  const entries = writtenBy(batch);
  const stop = stopOf(batch);
  if (stop) return { kind: stop.kind, batch: id, message: stop.message, done: entries.length, entries };
  return isWaiting(batch) ? { kind: "queued", batch: id, message } : { kind: "saved", batch: id, entries };
}
