import type { Remote, RemoteFailure, RemoteResult } from "../core/remote.ts";
import type { JournalFailure, Kept } from "./journal.ts";
import { expectedBefore, type LedgerBatch } from "./ledger.ts";
import { look, mayPassLater, twinsOf, waitFor, type Freshness, type LookContext, type Wait } from "./look.ts";
import type { Image, JournalRecord, Step } from "./records.ts";

/** How one step, or the whole batch, ended for now. `withdrawn`: somebody took it out of the queue meanwhile. */
export type Sent = { readonly kind: "done" } | { readonly kind: "withdrawn" } | Wait | { readonly kind: "refused" | "needs-you"; readonly message: string };

export interface SendContext extends LookContext {
  /** Puts a record on the disk, unless `isStill` says no once all other writers were heard; the message of a failure is for the user. */
  readonly append: (record: JournalRecord, isStill?: () => boolean) => Promise<Kept | JournalFailure | { readonly kind: "overtaken" }>;
  /** Takes a record into the ledger alone, when Harvest has it and the disk would not. */
  readonly applyOnly: (record: JournalRecord) => void;
  /** Harvest has a step now; `image` is its entry afterwards, or what was deleted. */
  readonly onDone: (step: Step, image: Image) => void;
  /** True: start nothing new. */
  readonly isClosing: () => boolean;
}

const STOPPING: Wait = { kind: "wait", message: "Stint is closing; it is sent at the next start.", line: true };

/** Sends what is left of a batch, step by step; stops at the first step that does not get through. */
export async function sendBatch(context: SendContext, id: string, freshness: Freshness): Promise<Sent> {
  const count = context.ledger.batch(id)?.states.length ?? 0;
  for (let step = 0; step < count; step += 1) {
    const sent = await sendStep(context, id, step, freshness);
    if (sent.kind !== "done") return sent;
  }
  return { kind: "done" };
}

/** Finds out whether a step that went out arrived, without sending it again: `done`, `absent`, or `unknown` with why. */
export async function settleStep(context: SendContext, id: string, index: number): Promise<{ readonly kind: "done" | "absent" } | { readonly kind: "unknown"; readonly message: string }> {
  const batch = context.ledger.batch(id);
  const state = batch?.states[index];
  if (!batch || state?.kind !== "sending") return { kind: state?.kind === "done" ? "done" : "absent" };
  const found = await look(context, batch, index, state, "waiting");
  if (found.kind === "wait") return { kind: "unknown", message: found.message };
  if (found.kind !== "found") {
    const kept = await context.append({ kind: "returned", batch: id, step: index });
    return kept.kind === "failed" ? { kind: "unknown", message: kept.message } : { kind: "absent" };
  }
  await keepDone(context, batch, index, found.image);
  return { kind: "done" };
}

async function sendStep(context: SendContext, id: string, index: number, freshness: Freshness): Promise<Sent> {
  let lost: RemoteFailure | undefined;
  // A second try follows an answer that was lost, after a look that did not find the first one.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const batch = context.ledger.batch(id);
    const state = batch?.states[index];
    const step = batch?.record.steps[index];
    if (!batch || !state || !step || state.kind === "done") return { kind: "done" };
    if (batch.withdrawn) return { kind: "withdrawn" };
    if (context.isClosing()) return STOPPING;
    const found = await look(context, batch, index, state, freshness);
    if (found.kind === "wait") return found;
    if (found.kind === "refused" || found.kind === "needs-you") return closed(context, { kind: found.kind, batch: id, step: index, message: found.message });
    if (found.kind === "found") {
      await keepDone(context, batch, index, found.image);
      return { kind: "done" };
    }
    const twins = step.do === "create" || step.do === "start" ? await twinsOf(context, step, state) : undefined;
    if (twins?.kind === "failed") return mayPassLater(twins.code) ? waitFor(twins) : closed(context, { kind: "refused", batch: id, step: index, message: twins.message });
    const isStill = (): boolean => context.ledger.batch(id)?.withdrawn === false;
    const kept = await context.append({ kind: "sending", batch: id, step: index, ...(twins?.value ? { twins: twins.value } : {}) }, isStill);
    if (kept.kind === "failed") return { kind: "wait", message: kept.message, line: true };
    if (kept.kind === "overtaken") return { kind: "withdrawn" };
    const result = await request(context.remote, step, found.seen ?? expectedBefore(batch, index));
    if (result.kind === "ok") {
      await keepDone(context, batch, index, result.value);
      return { kind: "done" };
    }
    if (!result.unknown) return afterRefusal(context, id, index, result);
    context.ended.set(step.mark, context.now().getTime());
    lost = result;
  }
  return lost ? waitFor(lost) : { kind: "done" };
}

/** Harvest did not take it, and that is certain. */
async function afterRefusal(context: SendContext, batch: string, step: number, failure: RemoteFailure): Promise<Sent> {
  if (mayPassLater(failure.code)) {
    await keep(context, { kind: "returned", batch, step });
    return waitFor(failure);
  }
  return closed(context, { kind: "refused", batch, step, message: failure.message });
}

/** A step's end must be on the disk before it is told, or the next start would send it again. */
async function closed(context: SendContext, record: Extract<JournalRecord, { kind: "refused" | "needs-you" }>): Promise<Sent> {
  const kept = await context.append(record);
  return kept.kind === "failed" ? { kind: "wait", message: kept.message, line: true } : { kind: record.kind, message: record.message };
}

/** What Harvest has is true whether or not the disk takes it; without the line, the next start looks again and finds it. */
async function keep(context: SendContext, record: JournalRecord): Promise<void> {
  const kept = await context.append(record);
  if (kept.kind === "failed") context.applyOnly(record);
}

async function keepDone(context: SendContext, batch: LedgerBatch, index: number, image: Image): Promise<void> {
  await keep(context, { kind: "done", batch: batch.id, step: index, entry: image.id, image });
  const step = batch.record.steps[index];
  if (step) context.onDone(step, image);
}

async function request(remote: Remote, step: Step, before: Image | undefined): Promise<RemoteResult<Image>> {
  switch (step.do) {
    case "create":
      return remote.create(step.draft, step.mark);
    case "start":
      return remote.start(step.draft, step.mark);
    case "change":
      return remote.change(step.entry, step.set);
    case "stop":
      return remote.stop(step.entry);
    case "restart":
      return remote.restart(step.entry);
    case "remove": {
      const result = await remote.remove(step.entry);
      const gone = result.kind === "ok" || (result.code === "not-found" && !result.unknown);
      return gone ? { kind: "ok", value: { ...(before ?? step.expect), id: step.entry } } : result;
    }
  }
}
