import type { Chip, CommitResult, PinView, ReadingView, Receipt, Said } from "../../electron/ipc/contract.ts";
import type { Ask, Happening, Step } from "./happening.ts";
import { answered } from "./offer.ts";

/** What came of the last thing the user did; shown until the text changes. */
export type Outcome =
  /** `remembered`: what came of the receipt's offer to remember words, once that is settled. */
  | { readonly kind: "saved"; readonly receipt: Receipt; readonly stay: boolean; readonly remembered?: Said | undefined }
  | { readonly kind: "undone" | "said"; readonly message: string }
  /** `batch`: part of it was saved, so Enter goes on with that instead of beginning again. */
  | { readonly kind: "failed"; readonly message: string; readonly batch?: string | undefined }
  | { readonly kind: "changed" };

type Work =
  | { readonly kind: "none" }
  /** `impatient`: Enter was pressed meanwhile, so the result must not be one press away from saving. */
  | { readonly kind: "thinking"; readonly seconds: number; readonly impatient: boolean }
  | { readonly kind: "saving"; readonly stay: boolean };

export type EditorField = Chip["field"];

/** Everything the popup knows about the sentence being written. */
export interface Conversation {
  readonly text: string;
  readonly pins: readonly PinView[];
  /** The last reading that was accepted; it may belong to an older text while `pending`. */
  readonly view: ReadingView | undefined;
  /** Number of the newest request; an answer with another number is late and dropped. */
  readonly asked: number;
  readonly pending: boolean;
  /** Enter came before the reading of this very text did. */
  readonly waiting: { readonly stay: boolean; readonly model: boolean } | undefined;
  readonly choice: number;
  readonly dismissed: boolean;
  readonly armed: boolean;
  readonly skip: readonly number[];
  readonly work: Work;
  readonly outcome: Outcome | undefined;
  readonly editor: { readonly op: number; readonly field: EditorField } | undefined;
  /** Position in the earlier sentences, -1 when none was called back. */
  readonly recalled: number;
  /** The user emptied the field by hand: Ctrl+Z then belongs to the text. */
  readonly cleared: boolean;
}

export const start: Conversation = {
  text: "",
  pins: [],
  view: undefined,
  asked: 0,
  pending: false,
  waiting: undefined,
  choice: 0,
  dismissed: false,
  armed: false,
  skip: [],
  work: { kind: "none" },
  outcome: undefined,
  editor: undefined,
  recalled: -1,
  cleared: false,
};

const stay = (state: Conversation): Step => ({ state, asks: [] });
const idle: Work = { kind: "none" };

/** The reading on show is one of exactly this text: only then may Enter act on it. */
export function isCurrent(state: Conversation): state is Conversation & { readonly view: ReadingView } {
  return !state.pending && state.view?.text === state.text;
}

/** The question that is on show, if one is. */
export function openQuestion(state: Conversation): ReadingView["question"] {
  return isCurrent(state) && state.view.kind === "question" && !state.dismissed ? state.view.question : undefined;
}

function reread(state: Conversation, before: readonly Ask[] = []): Step {
  const sequence = state.asked + 1;
  return {
    state: { ...state, asked: sequence, pending: true, waiting: undefined, choice: 0, dismissed: false, armed: false, skip: [], work: idle },
    asks: [...before, { ask: "read", sequence, text: state.text, pins: state.pins }],
  };
}

function thinkingStops(state: Conversation): readonly Ask[] {
  return state.work.kind === "thinking" ? [{ ask: "stop-thinking" }] : [];
}

function typed(state: Conversation, text: string): Step {
  if (state.work.kind === "saving" || text === state.text) return stay(state);
  const stop = thinkingStops(state);
  const next: Conversation = { ...state, text, outcome: undefined, editor: undefined, recalled: -1, cleared: false };
  if (text !== "") return reread(next, stop);
  return { state: { ...start, asked: state.asked + 1, cleared: true }, asks: stop };
}

function withPins(old: readonly PinView[], added: readonly PinView[]): readonly PinView[] {
  // A task belongs to its project: another project leaves no task of the old one behind.
  const goes = (pin: PinView): boolean => added.some((other) => other.op === pin.op && (other.field === pin.field || (other.field === "project" && pin.field === "task")));
  const kept = old.filter((pin) => !goes(pin));
  return [...kept, ...added];
}

function repin(state: Conversation, pins: readonly PinView[]): Step {
  if (state.work.kind === "saving") return stay(state);
  return reread({ ...state, pins, editor: undefined, outcome: undefined }, thinkingStops(state));
}

function take(state: Conversation, index: number): Step {
  const question = openQuestion(state);
  const option = question?.options[index];
  if (!question || !option) return stay(state);
  if (option.pins.length > 0) return reread({ ...state, pins: withPins(state.pins, option.pins), outcome: undefined });
  // "None of these": nothing is decided, so the part is edited by hand instead of asking the same again.
  const { about, op } = question;
  const editable = about === "date" || about === "hours" || about === "project" || about === "task";
  return stay({ ...state, dismissed: true, editor: editable ? { op, field: about } : undefined });
}

function think(state: Conversation): Step {
  const sequence = state.asked + 1;
  return {
    state: { ...state, asked: sequence, outcome: undefined, work: { kind: "thinking", seconds: 0, impatient: false } },
    asks: [{ ask: "think", sequence, text: state.text, pins: state.pins }],
  };
}

function act(state: Conversation & { readonly view: ReadingView }, how: { stay: boolean; model: boolean }, seen: boolean): Step {
  const { view } = state;
  switch (view.kind) {
    case "question":
      if (state.dismissed) return stay({ ...state, dismissed: false });
      return seen ? take(state, state.choice) : stay(state);
    case "needs-model":
      return how.model ? think(state) : stay(state);
    case "proposal": {
      if (view.enter === undefined) return stay(state);
      if (view.preview && !state.armed) return stay({ ...state, armed: true, editor: undefined });
      if (state.skip.length >= view.operations.length) return stay(state);
      const { text, pins, skip } = state;
      return {
        state: { ...state, outcome: undefined, editor: undefined, work: { kind: "saving", stay: how.stay } },
        asks: [{ ask: "commit", text, pins, digest: view.digest, skip }],
      };
    }
    case "answer":
    case "refusal":
    case "nothing":
      return stay(state);
  }
}

function enter(state: Conversation, how: { stay: boolean; model: boolean }): Step {
  if (state.work.kind === "saving") return stay(state);
  if (state.work.kind === "thinking") return stay({ ...state, work: { ...state.work, impatient: true } });
  if (state.outcome?.kind === "failed" && state.outcome.batch !== undefined) return finish(state, state.outcome.batch);
  if (state.text.trim() === "") return state.outcome?.kind === "saved" && !state.outcome.stay ? hide(state) : stay(state);
  return isCurrent(state) ? act(state, how, true) : stay({ ...state, waiting: how });
}

const finish = (state: Conversation, batch: string): Step => (state.work.kind === "none" ? { state, asks: [{ ask: "finish", batch }] } : stay(state));

function hide(state: Conversation): Step {
  const passing = state.outcome?.kind !== "failed" && state.outcome?.kind !== "changed";
  return { state: { ...state, outcome: passing ? undefined : state.outcome }, asks: [{ ask: "hide" }] };
}

function escape(state: Conversation): Step {
  if (state.editor) return stay({ ...state, editor: undefined });
  if (openQuestion(state)) return stay({ ...state, dismissed: true });
  if (state.armed && state.work.kind === "none") return stay({ ...state, armed: false });
  if (state.work.kind === "thinking") return { state: { ...state, asked: state.asked + 1, work: idle }, asks: [{ ask: "stop-thinking" }] };
  return hide(state);
}

function read(state: Conversation, sequence: number, view: ReadingView): Step {
  if (sequence !== state.asked || view.text !== state.text || !state.pending) return stay(state);
  const next = { ...state, view, pending: false, waiting: undefined, choice: view.question?.default ?? 0 };
  return state.waiting ? act(next, state.waiting, false) : stay(next);
}

function thought(state: Conversation, sequence: number, view: ReadingView): Step {
  if (state.work.kind !== "thinking" || sequence !== state.asked || view.text !== state.text) return stay(state);
  // Enter was already given once for this: the change is on show now, and the next Enter saves it.
  const armed = view.kind === "proposal" && !state.work.impatient;
  return stay({ ...state, view, pending: false, work: idle, armed, skip: [], dismissed: false, choice: view.question?.default ?? 0 });
}

function committed(state: Conversation, result: CommitResult): Step {
  if (state.work.kind !== "saving") return stay(state);
  const asked = state.asked + 1;
  switch (result.kind) {
    case "saved":
      return stay({ ...start, asked, outcome: { kind: "saved", receipt: result.receipt, stay: state.work.stay } });
    case "changed":
      return stay({ ...state, asked, view: result.view, pending: false, work: idle, armed: false, skip: [], dismissed: false, choice: result.view.question?.default ?? 0, outcome: { kind: "changed" } });
    case "failed":
      return stay({ ...state, work: idle, outcome: { kind: "failed", message: result.message, batch: result.batch } });
  }
}

function recall(state: Conversation, by: 1 | -1, recent: readonly string[]): Step {
  const free = state.text === "" || state.recalled >= 0;
  const index = Math.min(state.recalled + by, recent.length - 1);
  if (!free || state.work.kind !== "none" || index < -1 || index === state.recalled) return stay(state);
  const text = recent[index];
  if (text === undefined) return stay({ ...start, asked: state.asked + 1 });
  return reread({ ...state, text, pins: [], view: undefined, outcome: undefined, editor: undefined, recalled: index });
}

function moved(state: Conversation, by: number): Step {
  const count = openQuestion(state)?.options.length ?? 0;
  return stay(count === 0 ? state : { ...state, choice: (state.choice + by + count) % count });
}

function shown(state: Conversation): Step {
  const passing = state.outcome?.kind === "saved" || state.outcome?.kind === "undone" || state.outcome?.kind === "said";
  const next = { ...state, cleared: false, outcome: passing ? undefined : state.outcome };
  // "yesterday" may mean another day than when the popup was put away.
  return state.text !== "" && state.work.kind === "none" ? reread(next) : stay(next);
}

function broke(state: Conversation, sequence: number, message: string): Step {
  if (sequence !== state.asked) return stay(state);
  return stay({ ...state, pending: false, waiting: undefined, work: idle, outcome: { kind: "failed", message } });
}

function skipped(state: Conversation, op: number): Step {
  const skip = state.skip.includes(op) ? state.skip.filter((other) => other !== op) : [...state.skip, op];
  return stay({ ...state, skip });
}

/** The next state and what to ask for. Pure: nothing is sent, timed or shown here. */
export function step(state: Conversation, event: Happening): Step {
  switch (event.type) {
    case "typed":
      return typed(state, event.text);
    case "pinned":
      return repin(state, withPins(state.pins, event.pins));
    case "unpinned":
      return repin(state, state.pins.filter((pin) => pin.op !== event.op || pin.field !== event.field));
    case "read":
      return read(state, event.sequence, event.view);
    case "broke":
      return broke(state, event.sequence, event.message);
    case "enter":
      return enter(state, event);
    case "took":
      return take(state, event.option);
    case "moved":
      return moved(state, event.by);
    case "escaped":
      return escape(state);
    case "thought":
      return thought(state, event.sequence, event.view);
    case "thinking":
      return stay(state.work.kind === "thinking" ? { ...state, work: { ...state.work, seconds: event.seconds } } : state);
    case "committed":
      return committed(state, event.result);
    case "undo":
      return state.work.kind === "none" ? { state, asks: [{ ask: "undo", batch: event.batch }] } : stay(state);
    case "finish":
      return finish(state, event.batch);
    case "finished":
      if (event.said.ok) return stay({ ...start, asked: state.asked + 1, outcome: { kind: "said", message: event.said.message } });
      return stay({ ...state, outcome: { kind: "failed", message: event.said.message, batch: event.batch } });
    case "undone":
      return stay({ ...state, outcome: { kind: event.said.ok ? "undone" : "failed", message: event.said.message } });
    case "said":
      return stay({ ...state, outcome: { kind: event.said.ok ? "said" : "failed", message: event.said.message } });
    case "skipped":
      return skipped(state, event.op);
    case "edited":
      return stay(state.work.kind === "saving" ? state : { ...state, editor: { op: event.op, field: event.field } });
    case "closed-editor":
      return stay({ ...state, editor: undefined });
    case "recalled":
      return recall(state, event.by, event.recent);
    case "remember":
      return answered(state, event.yes);
    case "remembered":
      return stay(state.outcome?.kind === "saved" ? { ...state, outcome: { ...state.outcome, remembered: event.said } } : state);
    case "another":
      return stay({ ...state, outcome: undefined });
    case "shown":
      return shown(state);
  }
}
