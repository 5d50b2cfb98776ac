import type { Hours } from "./entry.ts";

/**
 * The choices of date-convention.md that are the user's to make. `bare`, `this`, `last` and `next` say which day a weekday with such a
 * word (or none) is; `dayHours` is the length of "a day" (absent: asked every time); `clocks` measures a span between two times on the
 * clock in the zone or on the wall; `future` says whether a day ahead is shown first, taken, or refused.
 */
export interface ReadingRules {
  readonly bare: "past" | "this-week" | "nearest" | "future";
  readonly this: "week" | "coming";
  readonly last: "strict+ask" | "strict" | "previous-week";
  readonly next: "strict+ask" | "strict" | "next-week";
  readonly dayHours?: Hours | undefined;
  readonly clocks: "elapsed" | "wall";
  readonly future: "confirm" | "yes" | "no";
}

/** The convention itself: what holds until the user chooses otherwise. */
export const CONVENTION: ReadingRules = { bare: "past", this: "week", last: "strict+ask", next: "strict+ask", clocks: "elapsed", future: "confirm" };
