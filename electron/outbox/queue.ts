import { isWaiting, replacedBy, type Ledger, type LedgerBatch } from "./ledger.ts";
import { alteredSentence, isAsExpected, readEntry, waitFor, type Freshness, type LookContext, type Wait } from "./look.ts";
import type { Step } from "./records.ts";
import { sendBatch, type SendContext, type Sent } from "./send.ts";

/** How many batches, undos included, still wait. */
export const countWaiting = (ledger: Ledger): number => ledger.batches().filter(isWaiting).length;

/** Every step that may still be sent, in order. */
export const pendingSteps = (ledger: Ledger): readonly Step[] =>
  ledger.batches().filter(isWaiting).flatMap(({ record, states }) => record.steps.filter((_, index) => states[index]?.kind !== "done"));

/** What a batch must not be overtaken on: its entries, those that it brings back, the one running timer, and the batch that it takes back. */
function keysOf(ledger: Ledger, { id, record }: LedgerBatch): readonly string[] {
  const keys = record.steps.flatMap((step) => {
    // Whatever is done to a running entry depends on its timer, which the next start would stop.
    const running = "expect" in step && step.expect.running;
    const timer = running || step.do === "start" || step.do === "stop" || step.do === "restart" ? ["timer"] : [];
    const entry = "entry" in step ? step.entry : replacedBy(step);
    return entry === undefined ? timer : [...timer, `entry ${ledger.currentId(entry)}`];
  });
  return [...keys, `batch ${id}`, ...(record.of === undefined ? [] : [`batch ${record.of}`])];
}

/** The oldest batch that was not tried yet and that no earlier one holds back. */
export function nextToSend(ledger: Ledger, tried: ReadonlySet<string>): LedgerBatch | undefined {
  const held = new Set<string>();
  for (const batch of ledger.batches().filter(isWaiting)) {
    const keys = keysOf(ledger, batch);
    if (!tried.has(batch.id) && !keys.some((key) => held.has(key))) return batch;
    for (const key of keys) held.add(key);
  }
  return undefined;
}

/** Whether every entry that `steps` touch is still as this computer left it. */
async function checkUntouched(context: LookContext, steps: readonly Step[]): Promise<{ readonly kind: "untouched" } | { readonly kind: "needs-you"; readonly message: string } | Wait> {
  const seen = new Set<number>();
  for (const step of steps) {
    // Steps run last first, so the first one on an entry carries the picture that the whole batch left.
    if (step.do === "create" || step.do === "start") {
      // What these steps bring back themselves cannot be there yet.
      if (step.replaces !== undefined) seen.add(context.ledger.currentId(step.replaces));
      continue;
    }
    if (seen.has(step.entry)) continue;
    seen.add(step.entry);
    const read = await readEntry(context, step.entry, (entry) => isAsExpected(step, step.expect, entry));
    if (read.kind === "ok") {
      if (!isAsExpected(step, step.expect, read.value)) return { kind: "needs-you", message: `${alteredSentence(step.expect, read.value)} Nothing was undone.` };
    } else if (read.code === "not-found") {
      return { kind: "needs-you", message: "That entry is no longer in Harvest, so nothing was undone." };
    } else {
      return waitFor(read);
    }
  }
  return { kind: "untouched" };
}

/** Sends one batch. An undo is all or nothing while none of it went out; after that its steps stand on their own checks. */
async function sendOne(context: SendContext, batch: LedgerBatch, freshness: Freshness): Promise<Sent> {
  // Where a person saw the difference and said "again", the check is made step by step against what they saw.
  if (batch.record.of === undefined || batch.expects.size > 0 || !batch.states.every((state) => state.kind === "pending")) return sendBatch(context, batch.id, freshness);
  const check = await checkUntouched(context, batch.record.steps);
  if (check.kind === "wait") return check;
  if (check.kind === "untouched") return sendBatch(context, batch.id, freshness === "new" ? "checked" : "waiting");
  const kept = await context.append({ kind: "needs-you", batch: batch.id, step: 0, message: check.message });
  return kept.kind === "failed" ? { kind: "wait", message: kept.message, line: true } : check;
}

/** What one round came to: batches sent, and why something still waits. */
export interface Round {
  readonly sent: number;
  readonly wait?: Wait | undefined;
}

/**
 * Sends everything that waits, oldest first, each entry's changes in their order. A batch that does not get through holds back only what
 * comes after it on the same entries, unless the line itself is down. `isNew`: made by this process and never tried.
 */
export async function sendAll(context: SendContext, refresh: () => Promise<void>, isNew: (batch: string) => boolean): Promise<Round> {
  const tried = new Set<string>();
  let sent = 0;
  let wait: Wait | undefined;
  for (;;) {
    // Another process may have written down more meanwhile, and leaves the sending to us.
    await refresh();
    const batch = nextToSend(context.ledger, tried);
    if (!batch) return { sent, wait };
    tried.add(batch.id);
    const result = await sendOne(context, batch, isNew(batch.id) ? "new" : "waiting");
    if (result.kind === "done") sent += 1;
    if (result.kind === "wait") wait = result;
    if (result.kind === "wait" && result.line) return { sent, wait };
  }
}
