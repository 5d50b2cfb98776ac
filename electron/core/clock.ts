import type { HoursMeaning } from "./lengths.ts";
import { standsAlone, wordNumberAt } from "./numbers.ts";
import { lowAt, type Found, type Token } from "./tokens.ts";
import { AND_WORDS, AT_WORDS, BETWEEN_WORDS, FROM_WORDS, LABEL_WORDS, LENGTH_WORDS, MIDNIGHT_WORDS, MONTH_WORDS, NOON_WORDS, OCLOCK_WORDS, PERIOD_WORDS, THROUGH_WORDS } from "./words.ts";

/** A time of day as typed: `half` is am/pm when said, `strong` when it can be nothing but a clock time, `full` when it is on a 24-hour clock. */
interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  readonly half?: "am" | "pm" | undefined;
  readonly strong: boolean;
  readonly full: boolean;
}

const namedHour = (low: string): number | undefined => (NOON_WORDS.has(low) ? 12 : MIDNIGHT_WORDS.has(low) ? 0 : undefined);

/** "am", "p.m.", "a" glued to its number: where it ends, and which half. */
function halfAt(tokens: readonly Token[], i: number): Found<"am" | "pm"> | undefined {
  const low = lowAt(tokens, i);
  if (low === "am" || low === "pm") return { next: i + 1, value: low };
  if (low !== "a" && low !== "p") return undefined;
  const value = low === "a" ? "am" : "pm";
  if (lowAt(tokens, i + 1) === "." && lowAt(tokens, i + 2) === "m" && tokens[i + 2]?.glued) return { next: lowAt(tokens, i + 3) === "." && tokens[i + 3]?.glued ? i + 4 : i + 3, value };
  return tokens[i]?.glued ? { next: i + 1, value } : undefined;
}

/** A dot and more digits at token `i`: what stands before them is a part of a longer number. */
const goesOn = (tokens: readonly Token[], i: number): boolean => lowAt(tokens, i) === "." && tokens[i]?.glued === true && tokens[i + 1]?.glued === true && tokens[i + 1]?.kind === "number";

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
  const named = namedHour(lowAt(tokens, i));
  if (named !== undefined) return { next: i + 1, value: { hour: named, minute: 0, half: named === 12 ? "pm" : "am", strong: true, full: false } };
  if (token?.kind === "word") return spokenAt(tokens, i);
  if (token?.kind !== "number" || (!standsAlone(tokens, i) && tokens[i - 1]?.text !== "-")) return undefined;
  const compact = token.text.length === 3 || token.text.length === 4;
  const minutes = compact ? undefined : minutesAt(tokens, i + 1);
  const hour = compact ? Math.floor(Number(token.text) / 100) : Number(token.text);
  const minute = compact ? Number(token.text) % 100 : (minutes?.value ?? 0);
  const at = minutes?.next ?? i + 1;
  const half = halfAt(tokens, at);
  if (hour > 24 || minute > 59 || token.text.length > 4 || (compact && !half) || (half && (hour > 12 || hour === 0))) return undefined;
  const oclock = half === undefined && OCLOCK_WORDS.has(lowAt(tokens, at));
  const full = half === undefined && (hour > 12 || hour === 0 || (token.text.length === 2 && token.text.startsWith("0")));
  return { next: half?.next ?? (oclock ? at + 1 : at), value: { hour, minute, half: half?.value, strong: half !== undefined || oclock, full } };
}

/** "9.30-11.00": two times with dots and minutes, joined; a lone "9.30" is a number. */
function dottedRangeAt(tokens: readonly Token[], i: number): Found<HoursMeaning> | undefined {
  const timeAt = (at: number): ClockTime | undefined => {
    const [hour, dot, minute] = [tokens[at], tokens[at + 1], tokens[at + 2]];
    if (hour?.kind !== "number" || hour.text.length > 2 || Number(hour.text) > 24 || dot?.text !== "." || !dot.glued || minute?.kind !== "number" || !minute.glued || minute.text.length !== 2 || Number(minute.text) > 59) return undefined;
    return { hour: Number(hour.text), minute: Number(minute.text), strong: true, full: Number(hour.text) > 12 || hour.text.startsWith("0") };
  };
  const [from, to] = [timeAt(i), timeAt(i + 4)];
  if (!from || !to || !standsAlone(tokens, i) || !TO_WORDS.has(lowAt(tokens, i + 3)) || goesOn(tokens, i + 7)) return undefined;
  const span = clockSpan(from, to);
  return span && { next: i + 7, value: { kind: "clock", spans: [span], less: 0 } };
}

/** A time of day in words: "half past four", "quarter to five", "nine", "four o'clock". */
function spokenAt(tokens: readonly Token[], i: number): Found<ClockTime> | undefined {
  const at = lowAt(tokens, i) === "a" ? i + 1 : i;
  const low = lowAt(tokens, at);
  const side = lowAt(tokens, at + 1);
  if ((low === "half" && side === "past") || (low === "quarter" && (side === "past" || side === "to"))) {
    const hour = hourAt(tokens, at + 2);
    if (!hour) return undefined;
    const minute = low === "half" ? 30 : side === "past" ? 15 : -15;
    const minutes = hour.value * 60 + minute;
    const half = halfAt(tokens, hour.next);
    return { next: half?.next ?? hour.next, value: { hour: Math.floor(minutes / 60), minute: ((minutes % 60) + 60) % 60, half: half?.value, strong: true, full: false } };
  }
  const hour = wordNumberAt(tokens, i);
  if (!hour || hour.value < 1 || hour.value > 12) return undefined;
  const half = halfAt(tokens, hour.next);
  const oclock = half === undefined && OCLOCK_WORDS.has(lowAt(tokens, hour.next));
  return { next: half?.next ?? (oclock ? hour.next + 1 : hour.next), value: { hour: hour.value, minute: 0, half: half?.value, strong: half !== undefined || oclock, full: false } };
}

function hourAt(tokens: readonly Token[], i: number): Found<number> | undefined {
  const token = tokens[i];
  const hour = token?.kind === "number" && token.text.length <= 2 ? { next: i + 1, value: Number(token.text) } : wordNumberAt(tokens, i);
  return hour && hour.value >= 1 && hour.value <= 12 ? hour : undefined;
}

const TO_WORDS: ReadonlySet<string> = new Set([...THROUGH_WORDS, "til", "-"]);
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
    const end = onDay(to) === 0 && to.full ? 1440 : onDay(to);
    const span = (((end - face(from)) % NOON) + NOON) % NOON;
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
  if (LABEL_WORDS.has(before.replace(/s$/, "")) || LABEL_WORDS.has(before) || MONTH_WORDS.has(before) || LABEL_WORDS.has(after.replace(/s$/, ""))) return false;
  if (LENGTH_WORDS.has(after) || PERIOD_WORDS.has(after) || after === "%" || after === "of" || MONTH_WORDS.has(after)) return false;
  return !(tokens[next]?.glued && tokens[next]?.kind !== "mark") && !(tokens[next]?.glued && /[:/-]/.test(after));
}

/** A span between two clock times at token `i`: "9-5", "from 9 to 11:30", "between 2 and 4pm", "noon to 2pm", "since 9", "9 until now". */
export function clockRangeAt(tokens: readonly Token[], i: number): Found<HoursMeaning> | undefined {
  const dotted = dottedRangeAt(tokens, i);
  if (dotted) return dotted;
  const lead = lowAt(tokens, i);
  const said = FROM_WORDS.has(lead) || BETWEEN_WORDS.has(lead) || lead === "since" || (AT_WORDS.has(lead) && tokens[i + 1]?.kind !== "mark");
  const first = clockTimeAt(tokens, said ? i + 1 : i);
  // "1-2-3": what is glued to a dash before it does not begin a span.
  if (!said && tokens[i]?.glued && lowAt(tokens, i - 1) === "-") return undefined;
  if (!first) return untilAt(tokens, i);
  const joint = lowAt(tokens, first.next);
  const joined = TO_WORDS.has(joint) || (BETWEEN_WORDS.has(lead) && AND_WORDS.has(joint));
  const from = first.value.full || first.value.half !== undefined || face(first.value) >= 420 ? onDay(first.value) : face(first.value) + NOON;
  if ((lead === "since" && !joined && !LENGTH_WORDS.has(joint) && !PERIOD_WORDS.has(joint)) || (joined && NOW_WORDS.has(lowAt(tokens, first.next + 1)))) {
    return { next: joined ? first.next + 2 : first.next, value: { kind: "clock", spans: [{ start: from, end: "now" }], less: 0 } };
  }
  if (!joined) return undefined;
  const second = clockTimeAt(tokens, first.next + 1);
  if (!second || goesOn(tokens, second.next)) return undefined;
  const spoken = [said ? i + 1 : i, first.next + 1].some((at) => tokens[at]?.kind === "word");
  const clear = (said && !AT_WORDS.has(lead)) || first.value.strong || second.value.strong || hasColon(tokens, i, second.next);
  if (!clear && (spoken || !plainRange(tokens, i, first.value, second.value, second.next))) return undefined;
  if (LENGTH_WORDS.has(lowAt(tokens, second.next)) && !second.value.strong) return undefined;
  const span = clockSpan(first.value, second.value);
  // "11am to 9am": more likely the wrong way round than a night of 22 hours.
  if (span && span.end - span.start > 960) return { next: second.next, value: { kind: "ask", text: "The end lies before the start, or a whole night was worked. How long was it?", options: [] } };
  return { next: second.next, value: span ? { kind: "clock", spans: [span], less: 0 } : { kind: "ask", text: "Start and end are the same time. How long was it?", options: [] } };
}

const NOW_WORDS: ReadonlySet<string> = new Set(["now", "jetzt"]);

/** "until noon", "till 5pm": an end without a start is a length that only the user knows. */
function untilAt(tokens: readonly Token[], i: number): Found<HoursMeaning> | undefined {
  if (!/^(?:until|till|til|bis)$/.test(lowAt(tokens, i))) return undefined;
  const end = clockTimeAt(tokens, i + 1);
  if (!end || LENGTH_WORDS.has(lowAt(tokens, end.next)) || MONTH_WORDS.has(lowAt(tokens, end.next))) return undefined;
  return { next: end.next, value: { kind: "ask", text: "When did it start, or how long was it?", options: [] } };
}

function hasColon(tokens: readonly Token[], from: number, to: number): boolean {
  return tokens.slice(from, to).some((token) => token.text === ":");
}

/** A lone time of day, "at 3pm", "@ 14:30", "um 9 Uhr": it says when in the day, which Harvest entries here do not keep. */
export function loneClockAt(tokens: readonly Token[], i: number): Found<ClockTime> | undefined {
  const said = AT_WORDS.has(lowAt(tokens, i));
  const time = clockTimeAt(tokens, said ? i + 1 : i);
  if (!time || (LENGTH_WORDS.has(lowAt(tokens, time.next)) && !time.value.strong)) return undefined;
  const late = hasColon(tokens, i, time.next) && time.value.hour > 12;
  const spoken = tokens[said ? i + 1 : i]?.kind === "word";
  return (said && !(spoken && !time.value.strong)) || time.value.strong || late ? time : undefined;
}
