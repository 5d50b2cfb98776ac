import type { DateMeaning } from "./date-meaning.ts";
import type { Project, Shortcut } from "./entry.ts";
import type { HoursMeaning } from "./lengths.ts";
import type { Token } from "./tokens.ts";

/** What a part of a sentence is, before anybody has decided what the sentence wants. */
export type PartBody =
  | { readonly kind: "date"; readonly meaning: DateMeaning }
  | { readonly kind: "hours"; readonly meaning: HoursMeaning }
  /** A break that is taken off the length of the entry, in hours: "minus an hour for lunch". */
  | { readonly kind: "pause"; readonly hours: number }
  /** A number without a unit, standing alone. */
  | { readonly kind: "number"; readonly value: number }
  /** A lone time of day. */
  | { readonly kind: "clock" }
  /** Words that name these projects and no others. */
  | { readonly kind: "project"; readonly projects: readonly Project[]; readonly words: readonly string[] }
  | { readonly kind: "shortcut"; readonly shortcut: Shortcut }
  /** Words in quotation marks. */
  | { readonly kind: "quoted" }
  /** "and", ",", ";", "then", a line break: where one entry may end and another begin. */
  | { readonly kind: "break"; readonly hard: boolean }
  /** The 's of "yesterday's". */
  | { readonly kind: "whose" }
  /** A dash or colon with space around it, a bracket: where a note may begin. */
  | { readonly kind: "dash" }
  | { readonly kind: "mark" }
  | { readonly kind: "filler" }
  | { readonly kind: "turning" }
  | { readonly kind: "word" };

/** A run of tokens `[from, to)` that belongs together; `start` and `end` are its place in the sentence. */
export type Part = PartBody & { readonly from: number; readonly to: number; readonly start: number; readonly end: number };

/** A sentence taken apart: every token belongs to exactly one part, in order. */
export interface Markup {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly parts: readonly Part[];
}
