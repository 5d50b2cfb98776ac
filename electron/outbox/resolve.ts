import { newestOwn, newestStopped, stopOf } from "./batch.ts";
import type { Journal, JournalFailure } from "./journal.ts";
import { doneCount, isWaiting, replacedBy, type LedgerBatch } from "./ledger.ts";
import type { BatchRecord, JournalRecord } from "./records.ts";
import { settleStep, type SendContext } from "./send.ts";
import type { Sender } from "./sender.ts";
import { planUndo } from "./undo.ts";

/** A deleted entry that is back: Harvest gave it another id. */
export interface Renewed {
  readonly old: number;
  readonly now: number;
}

/**
 * `withdrawn`: it, or what was left of an earlier undo of it, was never sent, and now never will be. `queued`: the undo itself waits.
 * `changed`: an entry is not as it was left, so nothing was undone. `nothing`: there is no such batch, or it is undone already.
 * `refused`, `needs-you`: Harvest stopped it part way.
 */
export type Undone =
  | { readonly kind: "undone"; readonly batch: string; readonly sentence: string; readonly renewed: readonly Renewed[] }
  | { readonly kind: "withdrawn"; readonly batch: string; readonly sentence: string }
  | { readonly kind: "queued" | "changed" | "refused" | "needs-you"; readonly batch: string; readonly message: string }
  | { readonly kind: "nothing"; readonly message: string }
  | JournalFailure;

/** `finished`: all of the batch is in Harvest now. The rest as for an undo. */
export type Finished =
  | { readonly kind: "finished"; readonly batch: string; readonly sentence: string }
  | { readonly kind: "queued" | "refused" | "needs-you"; readonly batch: string; readonly message: string }
  | { readonly kind: "nothing"; readonly message: string }
  | JournalFailure;

export interface ResolverOptions {
  readonly context: SendContext;
  readonly sender: Sender;
  readonly journal: Journal;
  readonly newId: () => string;
  readonly sendWithin: () => Promise<void>;
  readonly graceMs: number;
  readonly message: () => string;
}

type Decided =
  | { readonly kind: "sending"; readonly undo: string }
  | { readonly kind: "unsettled"; readonly batch: LedgerBatch }
  | Undone;

/** Undo, and going on with what stopped. */
export function createResolver(options: ResolverOptions): { undo(batch?: string): Promise<Undone>; finish(batch?: string): Promise<Finished> } {
  return { undo: (batch) => undo(options, batch), finish: (batch) => finish(options, batch) };
}

async function undo(options: ResolverOptions, id: string | undefined): Promise<Undone> {
  const { context, sender, journal, graceMs } = options;
  for (let round = 0; ; round += 1) {
    const decided = await journal.exclusive(() => decide(options, id));
    if (decided.kind !== "unsettled") return decided.kind === "sending" ? undoneBy(options, decided.undo) : decided;
    const settled = round > 2 ? ({ kind: "busy" } as const) : await sender.alone(graceMs, () => settleAll(context, decided.batch));
    if (settled.kind === "busy") return { kind: "failed", message: "It is being sent just now, so nothing was undone; try again in a moment." };
    if (settled.kind === "unknown") return { kind: "failed", message: `It is not known yet whether Harvest has it, so nothing was undone: ${settled.message}` };
  }
}

async function settleAll(context: SendContext, batch: LedgerBatch): Promise<Awaited<ReturnType<typeof settleStep>>> {
  for (let step = 0; step < batch.states.length; step += 1) {
    const settled = await settleStep(context, batch.id, step);
    if (settled.kind === "unknown") return settled;
  }
  return { kind: "done" };
}

/** With all other writers shut out: what an undo of this batch comes to. Whatever is decided is on the disk before anything is sent. */
async function decide({ context, journal, newId }: ResolverOptions, id: string | undefined): Promise<Decided> {
  const { ledger } = context;
  const batch = id === undefined ? newestOwn(ledger) : ledger.batch(id);
  if (!batch || batch.record.of !== undefined) return { kind: "nothing", message: "There is nothing to undo." };
  if (ledger.undosOf(batch.id).some(isWaiting)) return { kind: "queued", batch: batch.id, message: "The undo already waits until Harvest can be reached." };
  if (ledger.stateOf(batch) === "undone") return { kind: "nothing", message: "That was already undone." };
  if (batch.states.some((state) => state.kind === "sending")) return { kind: "unsettled", batch };
  const isOpen = !batch.withdrawn && (isWaiting(batch) || stopOf(batch) !== undefined);
  const steps = planUndo(ledger, batch, () => `stint-${newId()}`, context.today());
  // An earlier undo that stopped is given up for this one: both together would take back twice.
  const stopped = ledger.undosOf(batch.id).filter((each) => !each.withdrawn && stopOf(each));
  if (steps.length === 0 && !isWaiting(batch) && stopped.length === 0) return { kind: "nothing", message: "Nothing of that was saved, so there is nothing to undo." };
  const { sentence } = batch.record;
  const back: BatchRecord = { kind: "batch", batch: newId(), of: batch.id, sentence, operations: [], steps, before: [] };
  const rest = [...(isOpen ? [batch] : []), ...stopped].map((each): JournalRecord => ({ kind: "withdrawn", batch: each.id }));
  const kept = await journal.append(steps.length === 0 ? rest : [...rest, back]);
  if (kept.kind === "failed") return kept;
  return steps.length === 0 ? { kind: "withdrawn", batch: batch.id, sentence } : { kind: "sending", undo: back.batch };
}

async function undoneBy({ context, sendWithin, message }: ResolverOptions, undoId: string): Promise<Undone> {
  await sendWithin();
  const undoBatch = context.ledger.batch(undoId);
  const of = undoBatch?.record.of;
  if (!undoBatch || of === undefined) return { kind: "failed", message: message() };
  const stop = stopOf(undoBatch);
  if (stop) return { kind: stop.kind === "needs-you" && doneCount(undoBatch) === 0 ? "changed" : stop.kind, batch: of, message: stop.message };
  if (isWaiting(undoBatch)) return { kind: "queued", batch: of, message: message() };
  const renewed = undoBatch.record.steps.flatMap((step, index) => {
    const state = undoBatch.states[index];
    const old = replacedBy(step);
    return old !== undefined && state?.kind === "done" ? [{ old, now: state.entry }] : [];
  });
  return { kind: "undone", batch: of, sentence: undoBatch.record.sentence, renewed };
}

async function finish({ context, journal, sendWithin, message }: ResolverOptions, id: string | undefined): Promise<Finished> {
  const { ledger, remote } = context;
  await journal.refresh();
  // An undo that stopped goes by the name of what it takes back.
  const named = id === undefined ? newestStopped(ledger) : [...ledger.undosOf(id)].reverse().find(stopOf) ?? ledger.batch(id);
  const stop = named && stopOf(named);
  if (!named || !stop || named.withdrawn) return { kind: "nothing", message: "Nothing waits for a decision." };
  const step = named.record.steps[stop.step];
  const read = step && "entry" in step ? await remote.read(step.entry) : undefined;
  if (read?.kind === "failed") return { kind: read.code === "not-found" ? "needs-you" : "failed", batch: named.id, message: read.message };
  const kept = await journal.exclusive(() => journal.append([{ kind: "again", batch: named.id, step: stop.step, ...(read ? { expect: read.value } : {}) }]));
  if (kept.kind === "failed") return kept;
  await sendWithin();
  const batch = ledger.batch(named.id) ?? named;
  const again = stopOf(batch);
  if (again) return { kind: again.kind, batch: batch.id, message: again.message };
  if (isWaiting(batch)) return { kind: "queued", batch: batch.id, message: message() };
  return { kind: "finished", batch: batch.id, sentence: batch.record.sentence };
}
