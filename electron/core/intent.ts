import type { Span } from "./outcome.ts";

/** What kind of step the words ask for. `ask`: a question about what is logged. `none`: nothing for Stint to do. */
export type IntentKind = "add" | "change" | "move" | "delete" | "start" | "stop" | "ask" | "none";

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
}

/** A whole sentence as heard. `by` decides whether the result must be previewed: what a model heard always is. */
export interface Intent {
  readonly by: "rules" | "model";
  readonly steps: readonly IntentStep[];
}
