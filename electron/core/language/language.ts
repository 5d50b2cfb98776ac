import type { Weekday } from "../time.ts";

export type PeriodUnit = "day" | "week" | "fortnight" | "month" | "quarter" | "year";
export type LengthUnit = "hour" | "minute";
/** What a sentence that begins with the word asks for. */
export type Verb = "move" | "change" | "delete" | "start" | "stop" | "ask" | "copy" | "split" | "lengthen" | "shorten" | "double" | "halve" | "switch" | "other";
/** The word in front of a weekday or period that says which one is meant (date-convention.md). */
export type Lead = "this" | "last" | "next" | "past" | "coming";

/** Words with a meaning: each row is a list of words, lower case without accents, and what every one of them says. */
export type Words<T> = readonly (readonly [words: string, means: T])[];

/**
 * The words of one language, as data: another language is another value of this type, not other code. All languages are read at once,
 * so that "gestern 2h acme" and "2h acme yesterday" may stand in one sentence; a word that would mean two things is left out of one.
 */
export interface Language {
  readonly weekdays: Words<Weekday>;
  /** Months of the year, 1-12. */
  readonly months: Words<number>;
  /** Days from today that one word says. */
  readonly days: Words<number>;
  readonly periods: Words<PeriodUnit>;
  readonly lengths: Words<LengthUnit>;
  readonly leads: Words<Lead>;
  /** Whole numbers below 20, and those above that are one word. */
  readonly numbers: Words<number>;
  /** Tens, to which a number below 10 may be added by the next word. */
  readonly tens: Words<number>;
  readonly ordinals: Words<number>;
  /** Single words for a part or a number of hours: "half" (of an hour), "anderthalb" (hours). */
  readonly amounts: Words<number>;
  /** A noun that is a length by itself, in hours: "Viertelstunde". */
  readonly spans: Words<number>;
  readonly verbs: Words<Verb>;
  /** Lists of words, separated by spaces. */
  readonly lists: Readonly<Record<WordList, string>>;
}

export type WordList =
  | "daytimes" | "articles" | "and" | "of" | "through" | "from" | "between" | "at" | "ago" | "agoBefore" | "ahead" | "oclock" | "noon" | "midnight" | "edgeStart" | "edgeMiddle" | "edgeEnd"
  | "labels" | "filler" | "turning" | "hedges" | "denials" | "otherPeople" | "worked" | "entryNouns" | "everything" | "chatter" | "each" | "minus" | "breaks" | "work" | "vague" | "feasts" | "holidays";
