import { describeDate } from "./calendar.ts";
import type { DateMeaning } from "./date-meaning.ts";
import type { Hours, IsoDate } from "./entry.ts";
import { partsIn, quotedText, type Ground } from "./ground.ts";
import { formatHours, roundHours, storedHours } from "./hours.ts";
import type { Quote } from "./intent.ts";
import { bareLength, type HoursMeaning } from "./lengths.ts";
import { elapsedHours } from "./time.ts";

/** A value from words: known, or open with a sentence to ask and what may be meant. */
export type Resolved<T, O> = { readonly kind: "is"; readonly value: T } | { readonly kind: "ask"; readonly text: string; readonly options: readonly O[] };

/** A day, a span of days, or the question that the words leave. */
export type When = Resolved<IsoDate, IsoDate> | { readonly kind: "range"; readonly start: IsoDate; readonly end: IsoDate };

/** The date that quoted words mean. Words beside the date that it does not explain make it a question, never a guess. */
export function resolveWhen(ground: Ground, quote: Quote): When {
  const { markup, because } = ground;
  const parts = partsIn(markup, quote);
  const dates = parts.flatMap((part) => (part.kind === "date" ? [part.meaning] : []));
  const strange = parts.some((part) => part.kind === "word" || part.kind === "turning" || part.kind === "number" || part.kind === "project");
  const [first] = dates;
  const asked = `Which day is "${quotedText(markup, quote)}"?`;
  if (!first) return { kind: "ask", text: asked, options: [ground.facts.today] };
  if (dates.length > 1 || strange) return { kind: "ask", text: asked, options: dates.flatMap(datesOf) };
  if (first.kind === "ask") return { kind: "ask", text: first.text, options: first.options.map((option) => option.date) };
  if (first.kind === "range") return { kind: "range", start: first.start, end: first.end };
  if (first.because !== undefined) because.add(first.because);
  return { kind: "is", value: first.date };
}

function datesOf(meaning: DateMeaning): readonly IsoDate[] {
  if (meaning.kind === "date") return [meaning.date];
  return meaning.kind === "ask" ? meaning.options.map((option) => option.date) : [meaning.start, meaning.end];
}

/** Days that words on the target's side may mean: one, a span, or all that are in question. Used to find an entry, never to write one. */
export function possibleDays(ground: Ground, quote: Quote): { readonly start: IsoDate; readonly end: IsoDate; readonly days?: readonly IsoDate[] | undefined } | undefined {
  const when = resolveWhen(ground, quote);
  if (when.kind === "is") return { start: when.value, end: when.value };
  if (when.kind === "range") return { start: when.start, end: when.end };
  const days = when.options.toSorted();
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined ? undefined : { start: first, end: last, days };
}

/** The length that quoted words mean, before rounding, on that day (a clock span is measured in the account's zone). */
export function resolveHours(ground: Ground, quote: Quote, date: IsoDate | undefined): Resolved<Hours, Hours> {
  const { markup } = ground;
  const parts = partsIn(markup, quote);
  const found = parts.flatMap((part): readonly HoursMeaning[] => (part.kind === "hours" ? [part.meaning] : part.kind === "number" ? [bareLength(part.value)] : []));
  const [first] = found;
  const strange = parts.some((part) => part.kind === "turning" || part.kind === "word" || part.kind === "date");
  if (!first || found.length > 1 || strange) return { kind: "ask", text: `How long is "${quotedText(markup, quote)}"?`, options: found.flatMap((each) => (each.kind === "length" ? [storedHours(each.hours)] : [])) };
  return measure(ground, first, date ?? ground.facts.today);
}

function measure(ground: Ground, meaning: HoursMeaning, date: IsoDate): Resolved<Hours, Hours> {
  if (meaning.kind === "ask") return { kind: "ask", text: meaning.text, options: meaning.options };
  if (meaning.kind === "length") return { kind: "is", value: meaning.hours };
  const { facts, because } = ground;
  const hours = elapsedHours(date, meaning.start, meaning.end, facts.zone);
  if (hours === undefined) return { kind: "ask", text: `The clocks change on ${describeDate(date, facts.today)} and one of these times does not exist. How long was it?`, options: [] };
  const clock = (minutes: number): string => `${Math.floor((minutes % 1440) / 60)}:${String(minutes % 60).padStart(2, "0")}`;
  because.add(`${clock(meaning.start)} to ${clock(meaning.end)} is ${formatHours(hours)}${meaning.end > 1440 ? ", past midnight, and counts on the day it began" : ""}.`);
  return { kind: "is", value: hours };
}

/** Rounds as the account says, and says so when that changes what was said. */
export function settleHours(ground: Ground, said: Hours): Hours {
  const { rounding } = ground.facts;
  const sent = roundHours(said, rounding);
  if (rounding && Math.round(sent * 60) !== Math.round(said * 60)) ground.because.add(`${formatHours(said)} is rounded to ${formatHours(sent)}, as the account rounds to ${rounding.minutes} minutes.`);
  return sent;
}
