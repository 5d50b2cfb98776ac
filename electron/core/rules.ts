import { z } from "zod";
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
  /** The hour at which a new day begins: until 4 in the morning it may still be yesterday. */
  readonly dayStart?: 0 | 4 | undefined;
}

/** The convention itself: what holds until the user chooses otherwise. */
export const CONVENTION: ReadingRules = { bare: "past", this: "week", last: "strict+ask", next: "strict+ask", clocks: "elapsed", future: "confirm" };

/** The user's choices in date-convention.md; what is absent is as the convention has it. */
export const rulesSchema = z.object({
  bare: z.enum(["past", "this-week", "nearest", "future"]).default(CONVENTION.bare),
  this: z.enum(["week", "coming"]).default(CONVENTION.this),
  last: z.enum(["strict+ask", "strict", "previous-week"]).default(CONVENTION.last),
  next: z.enum(["strict+ask", "strict", "next-week"]).default(CONVENTION.next),
  dayHours: z.number().gt(0).max(24).optional(),
  clocks: z.enum(["elapsed", "wall"]).default(CONVENTION.clocks),
  future: z.enum(["confirm", "yes", "no"]).default(CONVENTION.future),
  dayStart: z.union([z.literal(0), z.literal(4)]).default(0),
});
