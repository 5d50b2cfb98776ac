import { storedHours } from "./hours.ts";
import { decimalAt, slashAt, standsAlone, wordNumberAt } from "./numbers.ts";
import { lowAt, type Found, type Token } from "./tokens.ts";
import { AMOUNT_WORDS, AND_WORDS, DAYTIME_WORDS, LENGTH_WORDS, MONTH_WORDS, SPAN_WORDS, type LengthUnit } from "./words.ts";

/** Minutes after midnight of the entry's day; an `end` beyond 1440 is past midnight, "now" is the time of the reading. */
export interface ClockSpan {
  readonly start: number;
  readonly end: number | "now";
}

/**
 * What words say about how long. `colon`: typed as h:mm without a unit, which a date alone turns into a time of day. `clock` holds spans
 * between times of day, in order, less `less` hours of break, and becomes a length only with a date and a zone. `ask`: words that name a
 * length without saying it, or one that cannot be; `days` is how many working days they name, for users who set the length of a day.
 */
export type HoursMeaning =
  | { readonly kind: "length"; readonly hours: number; readonly colon?: boolean | undefined }
  | { readonly kind: "clock"; readonly spans: readonly ClockSpan[]; readonly less: number }
  | { readonly kind: "ask"; readonly text: string; readonly options: readonly number[]; readonly days?: number | undefined };

/** A length as a meaning: zero, negative and more than a day are asked about, never taken (date-convention.md, Hours). */
export function lengthMeaning(hours: number): HoursMeaning {
  if (hours > 24) return { kind: "ask", text: "A day has 24 hours. How long was it?", options: [] };
  if (hours <= 0) return { kind: "ask", text: "An entry needs more than no time. How long was it?", options: [] };
  return { kind: "length", hours };
}

const found = (next: number, hours: number): Found<HoursMeaning> => ({ next, value: lengthMeaning(hours) });

/** A minus sign: it touches the number after it and nothing before it. */
function isMinus(tokens: readonly Token[], i: number): boolean {
  return lowAt(tokens, i) === "-" && tokens[i]?.glued === false && tokens[i + 1]?.glued === true;
}

function unitAt(tokens: readonly Token[], i: number): LengthUnit | undefined {
  return LENGTH_WORDS.get(lowAt(tokens, i));
}

function amountAt(tokens: readonly Token[], i: number): Found<number> | undefined {
  if (tokens[i]?.kind === "word") return wordNumberAt(tokens, i);
  if (!standsAlone(tokens, i) && !isMinus(tokens, i - 1)) return undefined;
  return slashAt(tokens, i) ?? decimalAt(tokens, i);
}

/** Skips "an", "a" and "of an": "half an hour", "quarter of an hour". */
function skipArticle(tokens: readonly Token[], i: number): number {
  let at = i;
  if (lowAt(tokens, at) === "of" || (lowAt(tokens, at) === "-" && tokens[at]?.glued)) at += 1;
  return lowAt(tokens, at) === "an" || lowAt(tokens, at) === "a" ? at + 1 : at;
}

const isHour = (tokens: readonly Token[], i: number): boolean => unitAt(tokens, i) === "hour";

/** "half an hour", "a quarter of an hour", "three quarters of an hour". */
function fractionOfHour(tokens: readonly Token[], i: number): Found<HoursMeaning> | undefined {
  const at = /^(?:a|eine|einer)$/.test(lowAt(tokens, i)) ? i + 1 : i;
  const low = lowAt(tokens, at);
  const span = SPAN_WORDS.get(low);
  if (span !== undefined) return found(at + 1, span);
  const amount = AMOUNT_WORDS.get(low);
  if (amount !== undefined && isHour(tokens, at + 1)) return found(at + 2, amount);
  if (low === "half" || low === "quarter") {
    const hour = skipArticle(tokens, at + 1);
    return isHour(tokens, hour) ? found(hour + 1, low === "half" ? 0.5 : 0.25) : undefined;
  }
  const slash = standsAlone(tokens, at) ? slashAt(tokens, at) : undefined;
  if (slash) {
    const hour = skipArticle(tokens, slash.next);
    return hour > slash.next && isHour(tokens, hour) ? found(hour + 1, slash.value) : undefined;
  }
  if ((low !== "three" && low !== "3") || !/^quarters?$/.test(lowAt(tokens, at + 1))) return undefined;
  const hour = skipArticle(tokens, at + 2);
  return isHour(tokens, hour) ? found(hour + 1, 0.75) : undefined;
}

/** "and a half", "and a quarter", "and 1/2" after a number or an hour. */
function andPart(tokens: readonly Token[], i: number): Found<number> | undefined {
  if (lowAt(tokens, i) !== "and") return undefined;
  const at = lowAt(tokens, i + 1) === "a" ? i + 2 : i + 1;
  const slash = slashAt(tokens, at);
  if (slash && slash.value < 1) return unitAt(tokens, skipArticle(tokens, slash.next)) === undefined ? slash : undefined;
  const low = lowAt(tokens, at);
  if (low !== "half" && low !== "quarter") return undefined;
  // "1h and half an hour of Globex" are two lengths, not one.
  return isHour(tokens, skipArticle(tokens, at + 1)) && skipArticle(tokens, at + 1) > at + 1 ? undefined : { next: at + 1, value: low === "half" ? 0.5 : 0.25 };
}

/** Minutes that follow whole hours: "1h30", "1h:30", "1h 30m", "2 hours and 20 minutes", "1 hour thirty". Undefined when none do. */
function minutesAfter(tokens: readonly Token[], i: number): Found<number> | undefined {
  const [colon, typed] = [tokens[i], tokens[i + 1]];
  if (colon?.text === ":" && colon.glued && typed?.kind === "number" && typed.glued && typed.text.length === 2 && Number(typed.text) < 60 && !tokens[i + 2]?.glued) return { next: i + 2, value: Number(typed.text) };
  let at = i;
  if (lowAt(tokens, at) === ",") at += 1;
  const joined = AND_WORDS.has(lowAt(tokens, at)) || lowAt(tokens, at) === "&";
  if (joined) at += 1;
  const glued = at === i && tokens[at]?.glued === true;
  const first = tokens[at];
  const digits = first?.kind === "number" ? first.text.length : 0;
  const amount = digits > 0 ? decimalAt(tokens, at) : wordNumberAt(tokens, at);
  if (!amount || amount.value >= 60) return undefined;
  if (unitAt(tokens, amount.next) === "minute") return { next: amount.next + 1, value: amount.value };
  // "the 3h one" is not three hours and a minute, and "1h 30.5" not thirty minutes.
  if (at !== i || (digits > 0 ? amount.next > at + 1 : amount.value < 10)) return undefined;
  const after = lowAt(tokens, amount.next);
  const closed = !/^[:/.,%-]$/.test(after) || !tokens[amount.next]?.glued;
  const other = LENGTH_WORDS.has(after) || MONTH_WORDS.has(after) || (tokens[amount.next]?.glued === true && tokens[amount.next]?.kind === "word");
  return (glued || digits !== 1) && closed && !other ? { next: amount.next, value: amount.value } : undefined;
}

/** "2h", "1.5 hours", "two and a half hours", "1h30", "90 min", "an hour and a half". */
function numberWithUnit(tokens: readonly Token[], i: number): Found<HoursMeaning> | undefined {
  const article = lowAt(tokens, i) === "an" || lowAt(tokens, i) === "a" || lowAt(tokens, i) === "another";
  const bare = isHour(tokens, i) && andPart(tokens, i + 1);
  const amount = bare ? { next: i, value: 1 } : article && isHour(tokens, i + 1) ? { next: i + 1, value: 1 } : amountAt(tokens, i);
  if (!amount) return undefined;
  const part = andPart(tokens, amount.next);
  const value = amount.value + (part?.value ?? 0);
  const at = part?.next ?? amount.next;
  // "a half-hour", "2-hour call": a dash may join number and unit.
  const unitIndex = lowAt(tokens, at) === "-" && tokens[at]?.glued && tokens[at + 1]?.glued ? at + 1 : at;
  const unit = unitAt(tokens, unitIndex);
  if (unit === undefined) return undefined;
  if (unit === "minute") return tokens[unitIndex + 1]?.glued && tokens[unitIndex + 1]?.kind === "number" ? undefined : found(unitIndex + 1, value / 60);
  const half = part ? undefined : andPart(tokens, unitIndex + 1);
  if (half) return found(half.next, value + half.value);
  const minutes = minutesAfter(tokens, unitIndex + 1);
  return minutes ? found(minutes.next, value + minutes.value / 60) : found(unitIndex + 1, value);
}

/** "1:30", "0:45", "1:30h". The caller keeps it away from clock times. */
function colonLength(tokens: readonly Token[], i: number): Found<HoursMeaning> | undefined {
  const [hour, colon, minute, after] = [tokens[i], tokens[i + 1], tokens[i + 2], tokens[i + 3]];
  if (hour?.kind !== "number" || hour.text.length > 2 || colon?.text !== ":" || !colon.glued || !standsAlone(tokens, i)) return undefined;
  if (minute?.kind !== "number" || minute.text.length !== 2 || !minute.glued || Number(minute.text) > 59) return undefined;
  if (after?.glued && (after.text === ":" || after.text === ".") && tokens[i + 4]?.kind === "number") return undefined;
  const unit = isHour(tokens, i + 3);
  if (after?.glued && after.kind === "word" && !unit) return undefined;
  const hours = Number(hour.text) + Number(minute.text) / 60;
  if (hours > 12 && !unit) return undefined;
  const meaning = lengthMeaning(hours);
  return { next: unit ? i + 4 : i + 3, value: meaning.kind === "length" && !unit ? { ...meaning, colon: true } : meaning };
}

const DAY_LENGTHS: ReadonlySet<string> = new Set(["day", "days", "workday"]);
const VAGUE: ReadonlySet<string> = new Set(["half", "all", "full", "whole", "entire"]);

/** "half day", "all day", "1 day", "a few hours": a length that only the user knows. */
function vagueLength(tokens: readonly Token[], i: number): Found<HoursMeaning> | undefined {
  const ask = (next: number, options: readonly number[], days?: number): Found<HoursMeaning> => {
    const said = tokens.slice(i, next).map((token) => (token.glued ? "" : " ") + token.text).join("").trim();
    return { next, value: { kind: "ask", text: `How many hours is "${said}"?`, options, days } };
  };
  let at = lowAt(tokens, i) === "a" || lowAt(tokens, i) === "the" ? i + 1 : i;
  const few = lowAt(tokens, at);
  // "A couple" is two; "a few" is nobody knows how many.
  if (few === "couple") {
    const unit = lowAt(tokens, at + 1) === "of" ? at + 2 : at + 1;
    return isHour(tokens, unit) ? found(unit + 1, 2) : undefined;
  }
  if (few === "few" || few === "several" || few === "some") {
    const unit = lowAt(tokens, at + 1) === "of" ? at + 2 : at + 1;
    return isHour(tokens, unit) || unitAt(tokens, unit) === "minute" ? ask(unit + 1, []) : undefined;
  }
  if (VAGUE.has(few) && few !== "half") {
    const day = few === "all" && lowAt(tokens, at + 1) === "the" ? at + 2 : at + 1;
    if (DAYTIME_WORDS.has(lowAt(tokens, day))) return ask(day + 1, []);
  }
  if (VAGUE.has(few)) {
    at = few === "all" && lowAt(tokens, at + 1) === "the" ? at + 2 : skipArticle(tokens, at + 1);
    return DAY_LENGTHS.has(lowAt(tokens, at)) ? ask(at + 1, few === "half" ? [4] : [8], few === "half" ? 0.5 : 1) : undefined;
  }
  // "2h a day" spreads the length, it names no second one.
  if (lowAt(tokens, i) === "a" && unitAt(tokens, i - 1)) return undefined;
  const amount = lowAt(tokens, i) === "a" ? { next: i + 1, value: 1 } : amountAt(tokens, i);
  if (!amount || isMinus(tokens, i - 1) || !DAY_LENGTHS.has(lowAt(tokens, amount.next))) return undefined;
  const hours = amount.value * 8;
  return ask(amount.next + 1, hours > 0 && hours <= 24 ? [hours] : [], amount.value);
}

/** "2-3 hours", "between 2 and 3 hours", "an hour or two": the user has not decided, so both are offered. */
function eitherLength(tokens: readonly Token[], from: number): Found<HoursMeaning> | undefined {
  const between = lowAt(tokens, from) === "between";
  const i = between ? from + 1 : from;
  const first = lowAt(tokens, i) === "an" || lowAt(tokens, i) === "a" ? { next: isHour(tokens, i + 1) ? i + 2 : i, value: 1 } : amountAt(tokens, i);
  const joint = lowAt(tokens, first?.next ?? i);
  if (!first || !(/^(?:-|to|or)$/.test(joint) || (between && joint === "and"))) return undefined;
  const at = first.next + 1;
  const second = tokens[at]?.kind === "word" ? wordNumberAt(tokens, at) : decimalAt(tokens, at);
  if (!second || second.value <= first.value) return undefined;
  const unit = unitAt(tokens, second.next);
  if (unit === undefined && !isHour(tokens, first.next - 1)) return undefined;
  const hours = [first.value, second.value].map((value) => (unit === "minute" ? value / 60 : value)).filter((value) => value > 0 && value <= 24);
  return { next: unit === undefined ? second.next : second.next + 1, value: { kind: "ask", text: "Which of the two was it?", options: hours.map(storedHours) } };
}

function negativeLength(tokens: readonly Token[], i: number): Found<HoursMeaning> | undefined {
  const inner = isMinus(tokens, i) ? numberWithUnit(tokens, i + 1) : undefined;
  return inner ? { next: inner.next, value: lengthMeaning(-1) } : undefined;
}

/** A length with its unit at token `i`, or one that has to be asked about. The longest reading wins. */
export function lengthAt(tokens: readonly Token[], i: number): Found<HoursMeaning> | undefined {
  const start = lowAt(tokens, i) === "+" && tokens[i + 1]?.glued ? i + 1 : i;
  const single = eitherLength(tokens, start) ?? fractionOfHour(tokens, start) ?? numberWithUnit(tokens, start) ?? colonLength(tokens, start) ?? vagueLength(tokens, start) ?? negativeLength(tokens, i);
  if (single?.value.kind !== "length" || lowAt(tokens, single.next) !== "+") return single;
  const more = numberWithUnit(tokens, single.next + 1) ?? colonLength(tokens, single.next + 1);
  return more?.value.kind === "length" ? found(more.next, single.value.hours + more.value.hours) : single;
}

/** A number without a unit as a length: up to 12 it is hours, above it is asked about ("90"). */
export function bareLength(value: number): HoursMeaning {
  if (value <= 12) return lengthMeaning(value);
  const options = value <= 600 && Number.isInteger(value) ? [storedHours(value / 60)] : [];
  return { kind: "ask", text: `Is ${value} minutes? Type a length with its unit.`, options };
}
