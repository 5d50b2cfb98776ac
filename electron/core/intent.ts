import type { Span } from "./outcome.ts";

/** What kind of step the words ask for. `copy`: existing entries once more, on another day. `ask`: a question about what is logged. `none`: nothing for Stint to do. */
export type IntentKind = "add" | "change" | "move" | "copy" | "delete" | "start" | "stop" | "ask" | "none";

/** A run of the sentence, `[start, end)`; the only thing that anybody, rules or model, may say about a value. */
export type Quote = Pick<Span, "start" | "end">;

/**
 * One step as heard, by rules or by a model: a kind and the user's own words for each part. Never a date, number, id or
 * name from a list: `propose` turns quotes into values. `target…` words say which existing entry is meant.
 */
export interface IntentStep {
  readonly kind: IntentKind;
  readonly when?: Quote | undefined;
  readonly hours?: Quote | undefined;
  readonly project?: Quote | undefined;
  readonly task?: Quote | undefined;
  readonly note?: Quote | undefined;
  readonly targetWhen?: Quote | undefined;
  readonly targetHours?: Quote | undefined;
  readonly targetProject?: Quote | undefined;
  /** Another length that may be meant instead of `hours`: it is asked which. */
  readonly rival?: Quote | undefined;
  /** Words that say what is not meant ("not today"): used, and never a value. */
  readonly denied?: Quote | undefined;
  /** The user's own shortcut that stands among the step's words. */
  readonly shortcut?: Quote | undefined;
  /** Words in front of what was booked that may or may not be its note: it is asked. */
  readonly doubt?: Quote | undefined;
  /** `hours` is a bound ("at least", "up to"): the length itself is asked for. */
  readonly bound?: boolean | undefined;
  /** A word of the calendar that was not read as a day and stands in the note: it is asked which day it was, unless one was said. */
  readonly unread?: Quote | undefined;
  /** A break that is taken off `hours`. */
  readonly less?: Quote | undefined;
  /** How `hours` counts: taken as it is (absent), added to or taken off the entry that is meant, doubled or halved, or what the whole day shall come to. */
  readonly length?: "plus" | "minus" | "upTo" | "double" | "half" | undefined;
  /** One length was said for `over` steps together, of which `at` is the first, or for several days: each gets it whole, each an equal part, or nobody has said which. */
  readonly spread?: { readonly over: number; readonly at: number; readonly how: "each" | "share" | "ask" } | undefined;
  /** `when` is counted from the entry that is meant, not from today: "one day back". */
  readonly relative?: boolean | undefined;
  /** Every entry that the words fit is meant, not one of them. */
  readonly all?: boolean | undefined;
  /** The note is taken off the entry. */
  readonly noNote?: boolean | undefined;
  /** What a question is about beside a sum: days that lack entries, how far it is to the length in `hours`, the projects themselves, or everything since `when`. */
  readonly about?: "missing" | "goal" | "projects" | "since" | undefined;
}

/** A whole sentence as heard. `by` decides whether the result must be previewed: what a model heard always is. */
export interface Intent {
  readonly by: "rules" | "model";
  readonly steps: readonly IntentStep[];
  /** How likely the model took the operation to be, 0 to 1, where that can be told. */
  readonly confidence?: number | undefined;
  /** The model was not sure enough of it: it is asked. */
  readonly unsure?: boolean | undefined;
}

/** The parts of a step that are quotes of the sentence. */
export type QuoteField = "when" | "hours" | "project" | "task" | "note" | "targetWhen" | "targetHours" | "targetProject";
