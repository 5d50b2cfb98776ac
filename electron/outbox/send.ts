import type { IsoDate } from "../core/entry.ts";
import { hasValues, isSameEntry } from "./compare.ts";
import { expectedBefore, type Ledger, type LedgerBatch, type StepState } from "./ledger.ts";
import type { Image, JournalRecord, Step } from "./records.ts";
import type { RemoteEntry, RemoteFailure, RemoteResult } from "../core/remote.ts";
import type { Remote } from "./remote.ts";

/** How one step, or the whole batch, ended for now. `wait`: it stays in the queue. */
export type Sent =
  | { readonly kind: "done" }
  | { readonly kind: "wait" | "refused" | "needs-you"; readonly message: string };

export interface SendContext {
  readonly remote: Remote;
  readonly ledger: Ledger;
  readonly now: () => Date;
  readonly today: () => IsoDate;
  readonly sleep: (ms: number) => Promise<void>;
  /** Puts a record on the disk; the message of a failure is for the user. */
  readonly append: (record: JournalRecord) => Promise<{ readonly kind: "kept" } | { readonly kind: "failed"; readonly message: string }>;
  /** Takes a record into the ledger alone, when Harvest has it and the disk would not. */
  readonly applyOnly: (record: JournalRecord) => void;
}

/**
 * `new`: made a moment ago in this very call and never sent, so no twin can exist. `checked`: also, the entries were read a moment ago.
 * `waiting`: it comes from the journal, so Harvest is asked before anything is sent.
 */
export type Freshness = "new" | "checked" | "waiting";

/** Harvest may not show a write at once (harvest-api §13): a look sooner than this after sending proves nothing. */
const READ_LAG_MS = 3_000;
/** How much earlier than our own clock Harvest's may stamp an entry that we made. */
const CLOCK_SKEW_MS = 120_000;

const ALTERED = "That entry was changed in Harvest in the meantime, so nothing was overwritten.";
const GONE = "That entry is no longer in Harvest.";
const TIMER_INSTEAD = "Harvest started a timer instead of booking the hours.";
const TIMER_TOO_LATE = "The timer could not be started on its day, so it was not started.";

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
  if (found.kind !== "found") return { kind: "absent" };
  await keep(context, { kind: "done", batch: id, step: index, entry: found.image.id, image: found.image });
  return { kind: "done" };
}

async function sendStep(context: SendContext, id: string, index: number, freshness: Freshness): Promise<Sent> {
  let message = "";
  // A second try follows an answer that was lost, after a look that did not find the first one.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const batch = context.ledger.batch(id);
    const state = batch?.states[index];
    const step = batch?.record.steps[index];
    if (!batch || !state || !step || state.kind === "done") return { kind: "done" };
    const found = await look(context, batch, index, state, freshness);
    if (found.kind === "wait") return found;
    if (found.kind === "refused" || found.kind === "needs-you") {
      return (await closed(context, { kind: found.kind, batch: id, step: index, message: found.message })) ?? found;
    }
    if (found.kind === "found") {
      await keep(context, { kind: "done", batch: id, step: index, entry: found.image.id, image: found.image });
      return { kind: "done" };
    }
    const kept = await context.append({ kind: "sending", batch: id, step: index });
    if (kept.kind === "failed") return { kind: "wait", message: kept.message };
    const result = await request(context.remote, step, found.seen ?? expectedBefore(batch, index));
    if (result.kind === "ok") {
      await keep(context, { kind: "done", batch: id, step: index, entry: result.value.id, image: result.value });
      return { kind: "done" };
    }
    message = result.message;
    if (!result.unknown) return afterRefusal(context, id, index, result);
  }
  return { kind: "wait", message };
}

/** Harvest did not take it, and that is certain. */
async function afterRefusal(context: SendContext, batch: string, step: number, { code, message }: RemoteFailure): Promise<Sent> {
  if (mayPassLater(code)) {
    await keep(context, { kind: "returned", batch, step });
    return { kind: "wait", message };
  }
  return (await closed(context, { kind: "refused", batch, step, message })) ?? { kind: "refused", message };
}

/** A step's end must be on the disk before it is told, or the next start would send it again. */
async function closed(context: SendContext, record: JournalRecord): Promise<Sent | undefined> {
  const kept = await context.append(record);
  return kept.kind === "failed" ? { kind: "wait", message: kept.message } : undefined;
}

/** What Harvest has is true whether or not the disk takes it; without the line, the next start looks again and finds it. */
async function keep(context: SendContext, record: JournalRecord): Promise<void> {
  const kept = await context.append(record);
  if (kept.kind === "failed") context.applyOnly(record);
}

function mayPassLater(code: RemoteFailure["code"]): boolean {
  switch (code) {
    case "offline":
    case "timeout":
    case "rate-limited":
    case "server":
    // A new token, or a new version of Stint, lets these through; the user's words are not thrown away for them.
    case "unauthorised":
    case "changed-shape":
      return true;
    case "forbidden":
    case "not-found":
    case "refused":
      return false;
  }
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
      return gone ? { kind: "ok", value: before ?? step.expect } : result;
    }
  }
}

type Look =
  | { readonly kind: "go"; readonly seen?: Image | undefined }
  | { readonly kind: "found"; readonly image: Image }
  | { readonly kind: "wait"; readonly message: string }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "needs-you"; readonly message: string };

/** Reads Harvest before sending: is it there already, and is the entry still what the user saw? */
async function look(context: SendContext, batch: LedgerBatch, index: number, state: StepState, freshness: Freshness): Promise<Look> {
  const step = batch.record.steps[index];
  if (!step) return { kind: "found", image: neverImage() };
  const wasSent = state.kind === "sending";
  if (state.kind === "sending") {
    const since = context.now().getTime() - Date.parse(state.at);
    if (since < READ_LAG_MS) await context.sleep(Math.min(READ_LAG_MS, READ_LAG_MS - since));
  }
  if (step.do === "create" || step.do === "start") {
    if (!wasSent && freshness !== "waiting") return { kind: "go" };
    return lookForNew(context, step, state);
  }
  if (!wasSent && freshness === "checked") return { kind: "go" };
  const read = await context.remote.read(step.entry);
  if (read.kind === "failed" && read.code !== "not-found") return blocked(read);
  if (step.do === "restart" && wasSent && read.kind === "ok" && !read.value.running) return lookForRestarted(context, step, read.value);
  return judge(step, read.kind === "ok" ? read.value : undefined, expectedBefore(batch, index), wasSent);
}

function neverImage(): never {
  throw new Error("A batch has a state for a step that it does not have.");
}

function blocked({ code, message }: RemoteFailure): Look {
  return mayPassLater(code) ? { kind: "wait", message } : { kind: "refused", message };
}

async function lookForNew(context: SendContext, step: Extract<Step, { do: "create" | "start" }>, state: StepState): Promise<Look> {
  const listed = await context.remote.entries(step.draft.date, step.draft.date);
  if (listed.kind === "failed") return blocked(listed);
  const marked = listed.value.find((entry) => entry.mark === step.mark);
  if (step.do === "create" && marked?.running) return { kind: "needs-you", message: TIMER_INSTEAD };
  const found = marked ?? (state.kind === "sending" ? findUnmarked(context, step, state.at, listed.value) : undefined);
  if (found) return { kind: "found", image: found };
  // A timer counts from when it starts: starting yesterday's today would book a night's sleep.
  if (step.do === "start" && step.draft.date !== context.today()) return { kind: "needs-you", message: TIMER_TOO_LATE };
  return { kind: "go" };
}

/** In accounts that book a start and an end, a restart makes a new entry: then the old one stays stopped, and the new one is looked for. */
async function lookForRestarted(context: SendContext, step: Extract<Step, { do: "restart" }>, old: RemoteEntry): Promise<Look> {
  const listed = await context.remote.entries(old.date, context.today());
  if (listed.kind === "failed") return blocked(listed);
  const { project, task, notes } = step.expect;
  const found = listed.value.find((entry) => entry.running && !context.ledger.knows(entry.id) && hasValues(entry, { project, task, notes }));
  return found ? { kind: "found", image: found } : judge(step, old, step.expect, true);
}

/** An account may drop our marks. Then the same values, unknown to the journal and stamped since we sent, are taken to be ours. */
function findUnmarked({ ledger }: SendContext, step: Extract<Step, { do: "create" | "start" }>, sentAt: string, entries: readonly RemoteEntry[]): RemoteEntry | undefined {
  if (ledger.marksAreKept() === true) return undefined;
  const earliest = Date.parse(sentAt) - CLOCK_SKEW_MS;
  return entries.find(
    (entry) =>
      entry.mark === undefined &&
      !ledger.knows(entry.id) &&
      Date.parse(entry.updatedAt) >= earliest &&
      (step.do === "create" ? hasValues(entry, step.draft) && !entry.running : entry.running && hasValues(entry, step.draft)),
  );
}

function judge(step: Exclude<Step, { do: "create" | "start" }>, now: RemoteEntry | undefined, expected: Image | undefined, wasSent: boolean): Look {
  if (!now) {
    if (step.do === "remove" && wasSent) return { kind: "found", image: { ...(expected ?? step.expect), id: step.entry } };
    return { kind: "needs-you", message: GONE };
  }
  const untouched = isSameEntry(now, expected ?? step.expect);
  const go: Look = untouched ? { kind: "go", seen: now } : { kind: "needs-you", message: ALTERED };
  switch (step.do) {
    case "change":
      return hasValues(now, step.set) ? { kind: "found", image: now } : go;
    case "stop":
      return now.running ? { kind: "go", seen: now } : { kind: "found", image: now };
    case "restart":
      return now.running ? { kind: "found", image: now } : go;
    case "remove":
      return go;
  }
}
