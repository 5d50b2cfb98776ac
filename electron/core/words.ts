import { english } from "./language/english.ts";
import { german } from "./language/german.ts";
import type { Language, Lead, LengthUnit, PeriodUnit, Verb, WordList, Words } from "./language/language.ts";
import type { Weekday } from "./time.ts";

export type { Lead, LengthUnit, PeriodUnit, Verb } from "./language/language.ts";

/*
 * The words of all languages, looked up together. English comes first: what it claims, no other language takes.
 */
const LANGUAGES: readonly Language[] = [english, german];

function table<T>(rows: (language: Language) => Words<T>): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const language of LANGUAGES) for (const [words, value] of rows(language)) for (const word of words.split(" ")) if (!map.has(word)) map.set(word, value);
  return map;
}
const list = (name: WordList): ReadonlySet<string> => new Set(LANGUAGES.flatMap((language) => language.lists[name].split(" ").filter((word) => word !== "")));

export const WEEKDAY_WORDS = table<Weekday>((language) => language.weekdays);
export const MONTH_WORDS = table<number>((language) => language.months);
/** Days from today that one word says. */
export const DAY_WORDS = table<number>((language) => language.days);
export const PERIOD_WORDS = table<PeriodUnit>((language) => language.periods);
export const LENGTH_WORDS = table<LengthUnit>((language) => language.lengths);
export const LEAD_WORDS = table<Lead>((language) => language.leads);
export const NUMBER_WORDS = table<number>((language) => language.numbers);
export const TENS_WORDS = table<number>((language) => language.tens);
export const ORDINAL_WORDS = table<number>((language) => language.ordinals);
/** A number of hours that one word says: "anderthalb" (Stunden). */
export const AMOUNT_WORDS = table<number>((language) => language.amounts);
/** A length that one noun says, in hours. */
export const SPAN_WORDS = table<number>((language) => language.spans);
export const VERBS = table<Verb>((language) => language.verbs);

export const DAYTIME_WORDS = list("daytimes");
export const ARTICLES = list("articles");
export const AND_WORDS = list("and");
/** Joins a day and its week: "Friday of last week". */
export const OF_WORDS = list("of");
export const THROUGH_WORDS = list("through");
export const FROM_WORDS = list("from");
export const BETWEEN_WORDS = list("between");
export const AT_WORDS = list("at");
/** Behind a count: "3 days ago". */
export const AGO_WORDS = list("ago");
/** In front of a count: "vor 3 Tagen". */
export const AGO_BEFORE_WORDS = list("agoBefore");
/** In front of a count that looks ahead: "in 3 days". */
export const AHEAD_WORDS = list("ahead");
export const EDGE_START_WORDS = list("edgeStart");
export const EDGE_MIDDLE_WORDS = list("edgeMiddle");
export const EDGE_END_WORDS = list("edgeEnd");
export const OCLOCK_WORDS = list("oclock");
export const NOON_WORDS = list("noon");
export const MIDNIGHT_WORDS = list("midnight");
/** Nouns that take a number as their name: "phase 2", "ticket 123" is no length. */
export const LABEL_WORDS = list("labels");
/** Words that carry no value of their own around an entry. They may be left over without a trace. */
export const FILLER_WORDS = list("filler");
/** Words that turn, hedge or correct a sentence. One of them left over means that the rules have not understood it. */
export const TURNING_WORDS = list("turning");
/** Hedges and conditions: what was maybe done is not booked. */
export const HEDGES = list("hedges");
export const DENIALS = list("denials");
/** Words of a sentence that speak of somebody else's work. */
export const OTHER_PEOPLE = list("otherPeople");
export const WORKED_WORDS = list("worked");
/** Nouns for what is changed: "the entry", "the timer". */
export const ENTRY_NOUNS = list("entryNouns");
export const EVERYTHING = list("everything");
/** Words that only greet or thank. */
export const CHATTER = list("chatter");
/** Words that spread a length over days or projects. */
export const EACH_WORDS = list("each");
/** Words that take one length off another. */
export const MINUS_WORDS = list("minus");
/** Names of days of the year: never a date. */
export const HOLIDAYS = list("holidays");
/** In front of a weekday they name one day of the year, which is not read as a date. */
export const FEAST_WORDS = list("feasts");
/** Words that alone are no note. */
export const VAGUE_WORDS = list("vague");
/** Words that tell of work done. */
export const WORK_WORDS = list("work");
/** What a length that is taken off was for: "minus an hour for lunch". */
export const BREAK_WORDS = list("breaks");
