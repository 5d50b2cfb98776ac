import type { IsoDate } from "../core/entry.ts";
import type { Remote, RemoteEntry, RemoteFailure, RemoteResult } from "../core/remote.ts";
import { differenceOf, hasValues, isSameEntry, isSameWork } from "./compare.ts";
import { expectedBefore, type Ledger, type LedgerBatch, type StepState } from "./ledger.ts";
import type { Image, Step } from "./records.ts";

/** What a look at Harvest needs. */
export interface LookContext {
  readonly remote: Remote;
  readonly ledger: Ledger;
  readonly now: () => Date;
  readonly today: () => IsoDate;
  readonly sleep: (ms: number) => Promise<void>;
  /** When (ms) this process saw a step's request end, or first heard of one that another process had sent. By the step's mark. */
  readonly ended: Map<string, number>;
}

/**
 * `new`: made a moment ago by this process and never sent, so no twin can exist. `checked`: also, the entries were read a moment ago.
 * `waiting`: it comes from the journal, so Harvest is asked before anything is sent.
 */
export type Freshness = "new" | "checked" | "waiting";

/** It stays in the queue. `line`: nothing else gets through either. */
export interface Wait {
  readonly kind: "wait";
  readonly message: string;
  readonly line: boolean;
  readonly retryAfterSec?: number | undefined;
}

type NewStep = Extract<Step, { do: "create" | "start" }>;
type EntryStep = Exclude<Step, NewStep>;

export type Look =
  | { readonly kind: "go"; readonly seen?: Image | undefined }
  | { readonly kind: "found"; readonly image: Image }
  | Wait
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "needs-you"; readonly message: string };

/** Harvest shows a write up to two seconds late (harvest-api §13: wait at least three): a look sooner than this proves nothing. */
const READ_LAG_MS = 5_000;
/** A request, with all its waits for a busy Harvest, is over by then: what is older needs no waiting. */
const LONGEST_REQUEST_MS = 180_000;
/** How much earlier than our own clock Harvest's may stamp an entry that we made. */
const CLOCK_SKEW_MS = 120_000;

const GONE = "That entry is no longer in Harvest.";
const TIMER_INSTEAD = "Harvest started a timer instead of booking the hours.";
const TIMER_TOO_LATE = "The timer could not be started on its day, so it was not started.";

/** Whether the same request may well succeed at another time. */
export function mayPassLater(code: RemoteFailure["code"]): boolean {
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

/** A failure that leaves the batch in the queue. */
export function waitFor({ code, message, retryAfterSec }: RemoteFailure): Wait {
  const line = code === "offline" || code === "timeout" || code === "rate-limited" || code === "unauthorised";
  return { kind: "wait", message, line, retryAfterSec };
}

const blocked = (failure: RemoteFailure): Look => (mayPassLater(failure.code) ? waitFor(failure) : { kind: "refused", message: failure.message });

/** Waits until Harvest shows what happened at `at` (ms). A clock that was set back must not make anybody wait longer than the lag. */
async function waitOutLag({ now, sleep }: LookContext, at: number | undefined): Promise<boolean> {
  if (at === undefined) return false;
  const since = now().getTime() - at;
  if (since >= READ_LAG_MS) return false;
  await sleep(Math.min(READ_LAG_MS, READ_LAG_MS - since));
  return true;
}

/** Reads an entry. When it is not as expected and we wrote to it a moment ago, the answer may be an old one: then it is read again. */
export async function readEntry(context: LookContext, id: number, isExpected: (entry: RemoteEntry) => boolean): Promise<RemoteResult<RemoteEntry>> {
  const first = await context.remote.read(id);
  const isOdd = first.kind === "ok" ? !isExpected(first.value) : first.code === "not-found";
  const touched = context.ledger.touchedAt(id);
  if (!isOdd || !(await waitOutLag(context, touched === undefined ? undefined : Date.parse(touched)))) return first;
  return context.remote.read(id);
}

/** Whether an entry that a step is about looks as the step expects it; the hours of a timer that is to run again do not matter. */
export function isAsExpected(step: EntryStep, expected: Image, now: RemoteEntry): boolean {
  return step.do === "restart" ? isSameWork(now, expected) : isSameEntry(now, expected);
}

/** Reads Harvest before sending: is it there already, and is the entry still what the user saw? */
export async function look(context: LookContext, batch: LedgerBatch, index: number, state: StepState, freshness: Freshness): Promise<Look> {
  const step = batch.record.steps[index];
  if (!step) throw new Error("A batch has a state for a step that it does not have.");
  const wasSent = state.kind === "sending";
  if (state.kind === "sending") await waitOutLag(context, endOf(context, step, state.at));
  if (step.do === "create" || step.do === "start") {
    if (!wasSent && freshness !== "waiting" && !isTooLate(context, step)) return { kind: "go" };
    return lookForNew(context, step, state);
  }
  if (!wasSent && freshness === "checked") return { kind: "go" };
  const expected = expectedBefore(batch, index) ?? step.expect;
  const read = await readEntry(context, step.entry, (entry) => isAsExpected(step, expected, entry));
  if (read.kind === "failed" && read.code !== "not-found") return blocked(read);
  if (step.do === "restart" && wasSent && read.kind === "ok" && !read.value.running) return lookForRestarted(context, step, read.value);
  return judge(step, read.kind === "ok" ? read.value : undefined, expected, wasSent);
}

/**
 * When the request of a step that went out at `at` (ISO) came to its end. It may have been sent long after it was written down, for the
 * client waits when Harvest is busy; of another process's request nothing is known but that it is over now.
 */
function endOf({ ended, now }: LookContext, { mark }: Step, at: string): number | undefined {
  const known = ended.get(mark);
  if (known !== undefined) return known;
  const time = now().getTime();
  if (time - Date.parse(at) > LONGEST_REQUEST_MS) return undefined;
  ended.set(mark, time);
  return time;
}

/** A timer counts from when it starts: starting yesterday's today would book a night's sleep. */
const isTooLate = ({ today }: LookContext, step: NewStep): boolean => step.do === "start" && step.draft.date !== today();

async function lookForNew(context: LookContext, step: NewStep, state: StepState): Promise<Look> {
  const listed = await context.remote.entries(step.draft.date, step.draft.date);
  if (listed.kind === "failed") return blocked(listed);
  const marked = listed.value.find((entry) => entry.mark === step.mark);
  if (step.do === "create" && marked?.running) return { kind: "needs-you", message: TIMER_INSTEAD };
  const found = marked ?? (state.kind === "sending" ? findUnmarked(context, step, state, listed.value) : undefined);
  if (found) return { kind: "found", image: found };
  return isTooLate(context, step) ? { kind: "needs-you", message: TIMER_TOO_LATE } : { kind: "go" };
}

/** Entries that cannot be told from what the step makes, once Harvest drops its mark. */
function lookAlikes({ ledger }: LookContext, step: NewStep, entries: readonly RemoteEntry[]): readonly RemoteEntry[] {
  return entries.filter((entry) => entry.mark === undefined && !ledger.knows(entry.id) && entry.running === (step.do === "start") && hasValues(entry, step.draft));
}

/**
 * The entries that already look like what a step is about to make; undefined where marks are known to be kept and nobody has to ask.
 * In an account that drops marks this is what tells ours from theirs later, whatever the clocks say.
 */
export async function twinsOf(context: LookContext, step: NewStep, state: StepState): Promise<RemoteResult<readonly number[] | undefined>> {
  // What was there before the first try counts: a first try that arrived late is ours.
  if (state.kind === "sending") return { kind: "ok", value: state.twins };
  if (context.ledger.marksAreKept() === true) return { kind: "ok", value: undefined };
  const listed = await context.remote.entries(step.draft.date, step.draft.date);
  return listed.kind === "failed" ? listed : { kind: "ok", value: lookAlikes(context, step, listed.value).map(({ id }) => id) };
}

/** An account may drop our marks. Then the same values, unknown to the journal and not there before we sent, are taken to be ours. */
function findUnmarked(context: LookContext, step: NewStep, { at, twins }: Extract<StepState, { kind: "sending" }>, entries: readonly RemoteEntry[]): RemoteEntry | undefined {
  if (context.ledger.marksAreKept() === true) return undefined;
  const earliest = Date.parse(at) - CLOCK_SKEW_MS;
  return lookAlikes(context, step, entries).find((entry) => (twins ? !twins.includes(entry.id) : Date.parse(entry.updatedAt) >= earliest));
}

/** In accounts that book a start and an end, a restart makes a new entry: then the old one stays stopped, and the new one is looked for. */
async function lookForRestarted(context: LookContext, step: Extract<Step, { do: "restart" }>, old: RemoteEntry): Promise<Look> {
  const listed = await context.remote.entries(old.date, context.today());
  if (listed.kind === "failed") return blocked(listed);
  const { project, task, notes } = step.expect;
  const found = listed.value.find((entry) => entry.running && !context.ledger.knows(entry.id) && hasValues(entry, { project, task, notes }));
  return found ? { kind: "found", image: found } : judge(step, old, step.expect, true);
}

function judge(step: EntryStep, now: RemoteEntry | undefined, expected: Image, wasSent: boolean): Look {
  if (!now) {
    if (step.do === "remove" && wasSent) return { kind: "found", image: { ...expected, id: step.entry } };
    return { kind: "needs-you", message: GONE };
  }
  const go: Look = isAsExpected(step, expected, now) ? { kind: "go", seen: now } : { kind: "needs-you", message: alteredSentence(expected, now) };
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

/** Says what is different, so that the person who is asked can decide. */
export function alteredSentence(seen: Image, now: RemoteEntry): string {
  return `That entry was changed in Harvest in the meantime (${differenceOf(seen, now)}), so nothing was overwritten.`;
}
