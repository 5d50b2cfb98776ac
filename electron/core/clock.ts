import type { HoursMeaning } from "./lengths.ts";
import { standsAlone } from "./numbers.ts";
import { lowAt, type Found, type Token } from "./tokens.ts";
import { LABEL_WORDS, LENGTH_WORDS, MONTH_WORDS, PERIOD_WORDS } from "./words.ts";

/** A time of day as typed: `half` is am/pm when said, `strong` when it can be nothing but a clock time, `full` when it is on a 24-hour clock. */
interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  readonly half?: "am" | "pm" | undefined;
  readonly strong: boolean;
  readonly full: boolean;
}

const NAMED: ReadonlyMap<string, number> = new Map([["noon", 12], ["midday", 12], ["midnight", 0]]);

/** "am", "p.m.", "a" glued to its number: where it ends, and which half. */
function halfAt(tokens: readonly Token[], i: number): Found<"am" | "pm"> | undefined {
  const low = lowAt(tokens, i);
  if (low === "am" || low === "pm") return { next: i + 1, value: low };
  if ((low === "a" || low === "p") && tokens[i]?.glued) {
    const dotted = lowAt(tokens, i + 1) === "." && lowAt(tokens, i + 2) === "m" && tokens[i + 2]?.glued;
    const next = dotted ? (lowAt(tokens, i + 3) === "." && tokens[i + 3]?.glued ? i + 4 : i + 3) : i + 1;
    return { next, value: low === "a" ? "am" : "pm" };
  }
  return undefined;
}

/** Minutes of a clock time at token `i`, with seconds skipped: ":30", ":30:15". */
function minutesAt(tokens: readonly Token[], i: number): Found<number> | undefined {
  const [colon, digits] = [tokens[i], tokens[i + 1]];
  if (colon?.text !== ":" || !colon.glued || digits?.kind !== "number" || digits.text.length !== 2 || !digits.glued || Number(digits.text) > 59) return undefined;
  const seconds = tokens[i + 2]?.glued && /^[:.]$/.test(lowAt(tokens, i + 2)) && tokens[i + 3]?.kind === "number" && tokens[i + 3]?.glued && tokens[i + 3]?.text.length === 2;
  return { next: seconds ? i + 4 : i + 2, value: Number(digits.text) };
}

/** A time of day at token `i`: "9", "9:30", "9am", "9:30 p.m.", "1045pm", "noon", "9 o'clock". */
function clockTimeAt(tokens: readonly Token[], i: number): Found<ClockTime> | undefined {
  const token = tokens[i];
  const named = NAMED.get(lowAt(tokens, i));
  if (named !== undefined) return { next: i + 1, value: { hour: named, minute: 0, half: named === 12 ? "pm" : "am", strong: true, full: false } };
  if (token?.kind !== "number" || (!standsAlone(tokens, i) && tokens[i - 1]?.text !== "-")) return undefined;
  const compact = token.text.length === 3 || token.text.length === 4;
  const minutes = compact ? undefined : minutesAt(tokens, i + 1);
  const hour = compact ? Math.floor(Number(token.text) / 100) : Number(token.text);
  const minute = compact ? Number(token.text) % 100 : (minutes?.value ?? 0);
  const at = minutes?.next ?? i + 1;
  const half = halfAt(tokens, at);
  if (hour > 24 || minute > 59 || token.text.length > 4 || (compact && !half) || (half && (hour > 12 || hour === 0))) return undefined;
  const oclock = half === undefined && /^o'?clock$/.test(lowAt(tokens, at));
  const full = half === undefined && (hour > 12 || hour === 0 || (token.text.length === 2 && token.text.startsWith("0")));
  return { next: half?.next ?? (oclock ? at + 1 : at), value: { hour, minute, half: half?.value, strong: half !== undefined || oclock, full } };
}

const TO_WORDS: ReadonlySet<string> = new Set(["to", "until", "till", "til", "-", "through"]);
const NOON = 720;

/** Minutes after midnight on a 12-hour clock face: 12 counts as 0. */
const face = (time: ClockTime): number => (time.hour % 12) * 60 + time.minute;
const onDay = (time: ClockTime): number => (time.full ? (time.hour % 24) * 60 + time.minute : face(time) + (time.half === "pm" ? NOON : 0));

/**
 * Start and end in minutes (date-convention.md, Clock ranges). Without am/pm the span is the shortest one forward under 12 h, with a
 * start in the daytime (7:00 to 18:59). Undefined for a span of no length.
 */
function clockSpan(from: ClockTime, to: ClockTime): { readonly start: number; readonly end: number } | undefined {
  const fixedEnd = to.full || to.half !== undefined;
  if (from.full || from.half !== undefined) {
    const start = onDay(from);
    let end = fixedEnd ? onDay(to) : face(to);
    const step = fixedEnd ? 1440 : NOON;
    while (end <= start) end += step;
    return end - start >= 1440 ? undefined : { start, end };
  }
  if (fixedEnd) {
    // A midnight that ends a span is the end of the day, and the start that makes the span shortest is meant: "11-1pm" is 11:00.
    const end = onDay(to);
    const span = ((((end - face(from)) % NOON) + NOON) % NOON) + 0;
    if (to.full) {
      const starts = [face(from), face(from) + NOON].filter((start) => start < end);
      const start = starts.find((each) => each >= 420) ?? starts[0] ?? face(from) + NOON;
      return { start, end: end > start ? end : end + 1440 };
    }
    if (span === 0) return undefined;
    const start = (end - span + 1440) % 1440;
    return { start, end: end > start ? end : end + 1440 };
  }
  const span = (((face(to) - face(from)) % NOON) + NOON) % NOON;
  const start = face(from) >= 420 ? face(from) : face(from) + NOON;
  return span === 0 ? undefined : { start, end: start + span };
}

/** Whether "9-5" without a word of time around it may be two clock times: not "sprint 3-4", "2-3 h", "0-60". */
function plainRange(tokens: readonly Token[], i: number, from: ClockTime, to: ClockTime, next: number): boolean {
  if (from.hour === 0 || to.hour === 0) return false;
  const [before, after] = [lowAt(tokens, i - 1), lowAt(tokens, next)];
  if (LABEL_WORDS.has(before) || MONTH_WORDS.has(before) || LABEL_WORDS.has(after.replace(/s$/, ""))) return false;
  if (LENGTH_WORDS.has(after) || PERIOD_WORDS.has(after) || after === "%" || after === "of" || MONTH_WORDS.has(after)) return false;
  return !(tokens[next]?.glued && tokens[next]?.kind !== "mark") && !(tokens[next]?.glued && /[:/-]/.test(after));
}

/** A span between two clock times at token `i`: "9-5", "from 9 to 11:30", "between 2 and 4pm", "noon to 2pm". */
export function clockRangeAt(tokens: readonly Token[], i: number): Found<HoursMeaning> | undefined {
  const lead = lowAt(tokens, i);
  const said = lead === "from" || lead === "between" || (lead === "at" && tokens[i + 1]?.kind !== "mark");
  const first = clockTimeAt(tokens, said ? i + 1 : i);
  if (!first) return undefined;
  const joint = lowAt(tokens, first.next);
  if (!TO_WORDS.has(joint) && !(joint === "and" && lead === "between")) return undefined;
  const second = clockTimeAt(tokens, first.next + 1);
  if (!second) return undefined;
  const clear = (said && lead !== "at") || first.value.strong || second.value.strong || hasColon(tokens, i, second.next);
  if (!clear && !plainRange(tokens, i, first.value, second.value, second.next)) return undefined;
  if (LENGTH_WORDS.has(lowAt(tokens, second.next)) && !second.value.strong) return undefined;
  const span = clockSpan(first.value, second.value);
  return { next: second.next, value: span ? { kind: "clock", ...span } : { kind: "ask", text: "Start and end are the same time. How long was it?", options: [] } };
}

function hasColon(tokens: readonly Token[], from: number, to: number): boolean {
  return tokens.slice(from, to).some((token) => token.text === ":");
}

/** A lone time of day, "at 3pm", "@ 14:30", "5 in the evening": it says when in the day, which Harvest entries here do not keep. */
export function loneClockAt(tokens: readonly Token[], i: number): Found<ClockTime> | undefined {
  const lead = lowAt(tokens, i);
  const said = lead === "at" || lead === "@";
  const time = clockTimeAt(tokens, said ? i + 1 : i);
  if (!time || (LENGTH_WORDS.has(lowAt(tokens, time.next)) && !time.value.strong)) return undefined;
  const late = hasColon(tokens, i, time.next) && time.value.hour > 12;
  return said || time.value.strong || late ? time : undefined;
}
