import { describeDate } from "./calendar.ts";
import { dayLabel, type DateMeaning } from "./date-meaning.ts";
import type { Hours, IsoDate } from "./entry.ts";
import { partsIn, quotedText, type Ground } from "./ground.ts";
import { formatHours, roundHours, storedHours } from "./hours.ts";
import type { Quote } from "./intent.ts";
import { bareLength, type HoursMeaning } from "./lengths.ts";
import { measureHours } from "./measure.ts";
import type { Part } from "./parts.ts";
import { lowAt } from "./tokens.ts";

/** A value from words: known, or open with a sentence to ask and what may be meant. */
export type Resolved<T, O> = { readonly kind: "is"; readonly value: T } | { readonly kind: "ask"; readonly text: string; readonly options: readonly O[] };

/** A day, several days that were named one by one, a span of days, or the question that the words leave. */
export type When = Resolved<IsoDate, IsoDate> | { readonly kind: "days"; readonly days: readonly IsoDate[] } | { readonly kind: "range"; readonly start: IsoDate; readonly end: IsoDate; readonly named?: boolean | undefined };

/** The date that quoted words mean. Words beside the date that it does not explain make it a question, never a guess. */
export function resolveWhen(ground: Ground, quote: Quote): When {
  const { markup, because } = ground;
  const parts = partsIn(markup, quote);
  const dates = parts.flatMap((part) => (part.kind === "date" ? [part.meaning] : []));
  const strange = parts.some((part) => part.kind === "word" || part.kind === "turning" || part.kind === "number" || part.kind === "project" || (part.kind === "filler" && /^(?:by)$/.test(lowAt(markup.tokens, part.from))));
  const [first] = dates;
  const said = quotedText(markup, quote);
  const asked = `Which day is "${said}"?`;
  if (!first) return { kind: "ask", text: asked, options: [ground.facts.today] };
  const listed = dates.length > 1 && !strange ? listOf(ground, parts, dates) : undefined;
  if (listed) return listed;
  if (dates.length > 1 || strange) return { kind: "ask", text: asked, options: dates.flatMap(datesOf) };
  if (first.kind === "ask") return { kind: "ask", text: first.text, options: first.options.map((option) => option.date) };
  if (first.kind === "range") because.add(`"${said}" runs from ${describeDate(first.start, ground.facts.today)} to ${describeDate(first.end, ground.facts.today)}.`);
  if (first.kind === "range") return { kind: "range", start: first.start, end: first.end, named: first.named };
  because.add(first.because ?? `"${said}" is ${dayLabel(first.date, ground.facts.today)}.`);
  return { kind: "is", value: first.date };
}

/** Days named one by one, in order; the same day said twice ("yesterday, Sunday") is that day. Two that differ without an "and" may contradict each other. */
function listOf(ground: Ground, parts: readonly Part[], dates: readonly DateMeaning[]): When | undefined {
  const days = dates.flatMap((meaning) => (meaning.kind === "date" ? [meaning.date] : []));
  if (days.length !== dates.length) return undefined;
  const different = [...new Set(days)].toSorted();
  const [only] = different;
  if (only !== undefined && different.length === 1) return { kind: "is", value: only };
  const joined = parts.some((part) => part.kind === "break" && lowAt(ground.markup.tokens, part.from) !== ",") || parts.some((part) => lowAt(ground.markup.tokens, part.from) === "/");
  return joined || dates.length > 2 ? { kind: "days", days: different } : undefined;
}

function datesOf(meaning: DateMeaning): readonly IsoDate[] {
  if (meaning.kind === "date") return [meaning.date];
  return meaning.kind === "ask" ? meaning.options.map((option) => option.date) : [meaning.start, meaning.end];
}

/** Days that words on the target's side may mean: one, a span, or all that are in question. Used to find an entry, never to write one. */
export function possibleDays(ground: Ground, quote: Quote): { readonly start: IsoDate; readonly end: IsoDate; readonly days?: readonly IsoDate[] | undefined } | undefined {
  // Words without any day in them mean no day, not today.
  if (!partsIn(ground.markup, quote).some((part) => part.kind === "date")) return undefined;
  const when = resolveWhen(ground, quote);
  if (when.kind === "is") return { start: when.value, end: when.value };
  if (when.kind === "range") return { start: when.start, end: when.end };
  const days = when.kind === "days" ? when.days : when.options.toSorted();
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
  const rule = lengthRule(quotedText(markup, quote), first, parts.some((part) => part.kind === "number"));
  if (rule !== undefined) ground.because.add(rule);
  return measure(ground, first, date ?? ground.facts.today);
}

/** The rule that made a length of words which might have been something else. */
function lengthRule(said: string, meaning: HoursMeaning, bare: boolean): string | undefined {
  if (meaning.kind !== "length") return undefined;
  if (bare) return `"${said}" is ${formatHours(meaning.hours)}: a number up to 12 without a unit counts hours.`;
  return meaning.colon === true ? `"${said}" is a length, not a time of day, for no "at", "am" or "pm" stands beside it.` : undefined;
}

function measure(ground: Ground, meaning: HoursMeaning, date: IsoDate): Resolved<Hours, Hours> {
  const measured = measureHours(meaning, date, ground.facts);
  if (measured.kind === "ask") return measured;
  if (measured.because !== undefined) ground.because.add(measured.because);
  return { kind: "is", value: measured.value };
}

/** Rounds as the account says, and says so when that changes what was said. */
export function settleHours(ground: Ground, said: Hours): Hours {
  const { rounding } = ground.facts;
  const sent = roundHours(said, rounding);
  if (rounding && Math.round(sent * 60) !== Math.round(said * 60)) ground.because.add(`${formatHours(said)} is rounded to ${formatHours(sent)}, as the account rounds to ${rounding.minutes} minutes.`);
  return sent;
}
