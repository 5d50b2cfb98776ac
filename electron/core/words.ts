import type { Weekday } from "./time.ts";

/*
 * The English words that the reader knows, as data: another language adds another set, not other code.
 */

const table = <T>(rows: readonly (readonly [string, T])[]): ReadonlyMap<string, T> => new Map(rows.flatMap(([names, value]) => names.split(" ").map((name) => [name, value] as const)));
const list = (words: string): ReadonlySet<string> => new Set(words.split(" "));

export const WEEKDAY_WORDS: ReadonlyMap<string, Weekday> = table<Weekday>([
  ["monday mon mondays", 1], ["tuesday tue tues tuesdays", 2], ["wednesday wed weds wednesdays", 3], ["thursday thu thur thurs thursdays", 4],
  ["friday fri fridays", 5], ["saturday sat saturdays", 6], ["sunday sun sundays", 7],
]);

export const MONTH_WORDS: ReadonlyMap<string, number> = table([
  ["january jan", 1], ["february feb", 2], ["march mar", 3], ["april apr", 4], ["may", 5], ["june jun", 6],
  ["july jul", 7], ["august aug", 8], ["september sep sept", 9], ["october oct", 10], ["november nov", 11], ["december dec", 12],
]);

/** Days from today that one word says. */
export const DAY_WORDS: ReadonlyMap<string, number> = table([
  ["today tonight now", 0], ["yesterday yday ystd", -1], ["tomorrow tmrw tmr", 1],
]);

export type PeriodUnit = "day" | "week" | "month" | "year";
export const PERIOD_WORDS: ReadonlyMap<string, PeriodUnit> = table<PeriodUnit>([
  ["day days", "day"], ["week weeks wk wks", "week"], ["month months", "month"], ["year years", "year"],
]);
export const DAYTIME_WORDS = list("morning afternoon evening night lunchtime");

export type LengthUnit = "hour" | "minute" | "second";
export const LENGTH_WORDS: ReadonlyMap<string, LengthUnit> = table<LengthUnit>([
  ["h hr hrs hour hours", "hour"], ["m min mins minute minutes", "minute"],
]);

/** Nouns that take a number as their name: "phase 2", "ticket 123" is no length. */
export const LABEL_WORDS = list(
  "phase ticket tickets bug bugs issue issues pr prs version v sprint room chapter step part level item task story epic milestone release build page row line no number nr iteration round lot " +
    "batch module unit lesson session case order invoice id floor gate channel option plan section article slide exercise q",
);

/** Words that carry no value of their own around an entry. They may be left over without a trace. */
export const FILLER_WORDS = list(
  "a an the on in at for of to by with into onto under i i'd i'll i've i'm me my please pls plz can could you will would just also so hi hey ok okay oh well there was were is am be been " +
    "did do done does doing worked working work spent spend put down log logged logging add added book booked bill billed enter entered record recorded track tracked register had have has got " +
    "took take takes total hour hours time times entry entries quick quickly about roughly around approximately approx ca some more another new during over from this that it as stint harvest " +
    "timesheet project client task up need want like us let exactly total's each",
);

/** Words that turn, hedge or correct a sentence. One of them left over means that the rules have not understood it. */
export const TURNING_WORDS = list(
  "not don't dont didn't didnt doesn't never no nope without except excluding but instead actually should shouldn't meant mean wrong wrongly mistake mistaken oops sorry correction rather if unless " +
    "might maybe perhaps probably possibly may until minus less only isn't wasn't weren't aren't won't can't cannot wouldn't couldn't hadn't haven't hasn't either or neither nor almost nearly " +
    "half double twice every everyday daily ago since between because when while tomorrow's",
);

/** Hedges and conditions: what was maybe done is not booked. */
export const HEDGES = list("if unless might maybe perhaps probably possibly");
export const DENIALS = list("don't dont never not didn't didnt won't");

/** Words of a sentence that speak of somebody else's work. */
export const OTHER_PEOPLE = list("he she they we who someone somebody everyone everybody");
export const WORKED_WORDS = list("did worked spent logged has had works booked tracked took needs wants does");

/** What a sentence that begins with the word asks for. */
export type Verb = "move" | "change" | "delete" | "start" | "stop" | "ask" | "other";
export const VERBS: ReadonlyMap<string, Verb> = table<Verb>([
  ["move shift reschedule transfer", "move"],
  ["change update edit correct adjust switch make set rename amend reassign", "change"],
  ["delete remove erase scrap cancel trash drop discard", "delete"],
  ["start begin starting resume", "start"],
  ["stop pause finish end finished done", "stop"],
  ["how what what's whats show list which when", "ask"],
  ["submit approve create invite email send remind export print tell open", "other"],
]);

/** Nouns for what is changed: "the entry", "the timer", "everything". */
export const ENTRY_NOUNS = list("entry entries one ones timer clock booking record line hours time item");
export const EVERYTHING = list("everything all both every");
/** Words that only greet or thank. */
export const CHATTER = list("hello hi hey thanks thank morning evening good great bye ok okay cheers");
