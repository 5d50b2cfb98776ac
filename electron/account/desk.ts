import type { Cancel, LanguageModel } from "../agent/model.ts";
import { understand } from "../agent/understand.ts";
import { digest } from "../core/digest.ts";
import type { Entry } from "../core/entry.ts";
import type { Intent } from "../core/intent.ts";
import type { Operation, Pin, Reading } from "../core/outcome.ts";
import { read, withoutModel } from "../core/read.ts";
import { weigh } from "../core/weigh.ts";
import type { CommitResult, ReadingView, Receipt, Said } from "../ipc/contract.ts";
import { keptText, operationLine, receiptFor, stoppedText, undoneText } from "./receipt.ts";
import { isUndoable, type Timesheet } from "./timesheet.ts";
import { viewOf } from "./view.ts";

const MAX_TOKENS = 160;
const THINK_MS = 60_000;
const REMEMBERED = 20;
const UNDO_DEPTH = 100;

export interface HeardReading {
  readonly reading: Reading;
  readonly by: "rules" | "model";
  /** How likely the model took its operation to be, 0 to 1, where it can tell. */
  readonly confidence?: number | undefined;
}
export interface CommitRequest {
  readonly text: string;
  readonly pins: readonly Pin[];
  readonly digest: string;
  readonly skip: readonly number[];
}
/** What was saved, for programs: the operations as they were sent, and the entries they left. */
export interface SavedBatch {
  readonly receipt: Receipt;
  readonly operations: readonly Operation[];
  readonly entries: readonly number[];
}

/** One sentence from words to a saved entry: rules on every keystroke, the model when it is asked, the outbox at the end. */
export interface Desk {
  read(text: string, pins: readonly Pin[]): HeardReading;
  view(text: string, pins: readonly Pin[]): ReadingView;
  /** Asks the model. When it cannot help, the rules' reading comes back with a sentence that says why. */
  think(text: string, pins: readonly Pin[], cancel: Cancel): Promise<ReadingView>;
  /** Saves exactly what `digest` stands for, less what `skip` leaves out; `changed` when the reading is not that any more. */
  commit(request: CommitRequest): Promise<CommitResult & { readonly saved?: SavedBatch }>;
  /** `asks`: an entry was changed in Harvest meanwhile, so nothing was undone; `finish` undoes it all the same. */
  undo(batch?: string): Promise<Said & { readonly asks?: boolean }>;
  /** Goes on with what was refused or needs somebody: the rest of a sentence, against the entries as they are now. */
  finish(batch?: string): Promise<Said>;
  /** The receipt of something kept on this computer, as it stands now: it becomes a plain one once Harvest has it. */
  receipt(batch: string): Promise<Receipt | undefined>;
}

/**
 * A desk over whichever timesheet is open now; `model` answers for whichever model is chosen, `hasModel` says whether one is. `weighed` makes a reading of what a
 * model heard: the product's own way, unless something measures what that way is worth.
 */
export function createDesk(options: { readonly timesheet: () => Timesheet; readonly model: LanguageModel; readonly hasModel?: () => boolean; readonly thinkMs?: number; readonly weighed?: typeof weigh }): Desk {
  const { timesheet, model, hasModel = () => true, thinkMs = THINK_MS, weighed = weigh } = options;
  // What the model heard, by sentence: the same words may be re-read with pins and committed without asking it again.
  const heard = new Map<string, Intent>();
  const keep = (text: string, intent: Intent): void => {
    heard.set(text, intent);
    for (const key of heard.keys()) if (heard.size > REMEMBERED) heard.delete(key);
  };

  const hear = (text: string, pins: readonly Pin[]): HeardReading => {
    const facts = timesheet().facts();
    const intent = heard.get(text);
    if (intent) return { reading: weighed(text, intent, facts, pins), by: "model", confidence: intent.confidence };
    const reading = read(text, facts, pins);
    return { reading: hasModel() ? reading : withoutModel(reading), by: "rules" };
  };
  const view = (text: string, pins: readonly Pin[]): ReadingView => {
    const { reading, by } = hear(text, pins);
    return viewOf(reading, timesheet().facts(), by, pins);
  };

  const commit = async (request: CommitRequest): Promise<CommitResult & { saved?: SavedBatch }> => {
    const { reading, by } = hear(request.text, request.pins);
    const facts = timesheet().facts();
    const { outcome } = reading;
    if (outcome.kind !== "proposal" || digest(outcome.operations) !== request.digest) {
      return { kind: "changed", view: viewOf(reading, facts, by, request.pins) };
    }
    const operations = outcome.operations.filter((_, index) => !request.skip.includes(index));
    if (operations.length === 0) return { kind: "failed", message: "Nothing is left to save." };
    // A start stops the timer that runs; taking it back must know which one that was.
    const isTouched = (entry: Entry): boolean => operations.some((operation) => ("entry" in operation ? operation.entry === entry.id : operation.op === "start" && entry.running));
    const before = facts.entries.filter(isTouched);
    const lines = operations.map((operation) => operationLine(operation, before.find((entry) => "entry" in operation && operation.entry === entry.id), facts));
    const committed = await timesheet().commit({ sentence: request.text, operations, before, labels: lines });
    if (committed.kind === "failed") return { kind: "failed", message: committed.message };
    if (committed.kind === "refused" || committed.kind === "needs-you") return { kind: "failed", message: stoppedText(committed.message, lines, committed.done), ...(committed.done > 0 ? { batch: committed.batch } : {}) };
    heard.delete(request.text);
    const receipt = receiptFor(committed, { operations, before, lines }, timesheet());
    const entries = committed.kind === "saved" ? committed.entries.map(({ entry }) => entry) : [];
    return { kind: "saved", receipt, saved: { receipt, operations, entries } };
  };

  return {
    read: hear,
    view,
    think: async (text, pins, cancel) => {
      const heardNow = await understand({ text, facts: timesheet().facts(), model, cancel, maxTokens: MAX_TOKENS, timeoutMs: thinkMs });
      if (heardNow.kind === "heard") {
        keep(text, heardNow.intent);
        return view(text, pins);
      }
      const fallback = viewOf(read(text, timesheet().facts(), pins), timesheet().facts(), "rules", pins);
      const why = heardNow.code === "stopped" ? "The model stopped; here is what the rules read." : `${heardNow.message} Here is what the rules read.`;
      return { ...fallback, modelNote: why };
    },
    commit,
    undo: async (batch) => {
      // "Undo" again means the change before: what was undone already is stepped over.
      const newest = batch ?? (await timesheet().history(UNDO_DEPTH)).find(isUndoable)?.batch;
      const undone = await timesheet().undo(newest);
      if (undone.kind === "undone") return { ok: true, message: undoneText(undone) };
      if (undone.kind === "withdrawn") return { ok: true, message: `Withdrawn before it was sent: ${undone.sentence}` };
      if (undone.kind === "queued") return { ok: true, message: keptText("The undo", undone.message) };
      return { ok: false, message: undone.message, ...(undone.kind === "changed" ? { asks: true } : {}) };
    },
    finish: async (batch) => {
      const finished = await timesheet().finish(batch);
      if (finished.kind === "finished") return { ok: true, message: `Saved: ${finished.sentence}` };
      return finished.kind === "queued" ? { ok: true, message: keptText("The rest", finished.message) } : { ok: false, message: finished.message };
    },
    receipt: async (batch) => {
      const [committed, history] = await Promise.all([timesheet().outcome(batch), timesheet().history(UNDO_DEPTH)]);
      const item = history.find((each) => each.batch === batch);
      if (!item || (committed?.kind !== "saved" && committed?.kind !== "queued")) return undefined;
      return receiptFor(committed, { operations: item.operations, before: item.before, lines: item.labels }, timesheet());
    },
  };
}
