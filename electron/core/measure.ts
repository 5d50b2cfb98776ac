import { describeDate } from "./calendar.ts";
import type { Hours, IsoDate } from "./entry.ts";
import type { Facts } from "./facts.ts";
import { formatHours } from "./hours.ts";
import { lengthMeaning, type ClockSpan, type HoursMeaning } from "./lengths.ts";
import { CONVENTION } from "./rules.ts";
import { elapsedHours } from "./time.ts";

/** How long words are on a given day, with the reason to show; or the question that is open. */
export type Measured = { readonly kind: "is"; readonly value: Hours; readonly because?: string | undefined } | { readonly kind: "ask"; readonly text: string; readonly options: readonly Hours[] };

type MeasureFacts = Pick<Facts, "today" | "zone"> & Partial<Pick<Facts, "time" | "rules">>;

const ask = (text: string, options: readonly Hours[] = []): Measured => ({ kind: "ask", text, options });
const clockText = (minutes: number): string => `${Math.floor((minutes % 1440) / 60)}:${String(minutes % 60).padStart(2, "0")}`;

/** Minutes after midnight of "HH:MM". */
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

function spanHours(span: ClockSpan, date: IsoDate, facts: MeasureFacts): { readonly hours: Hours | undefined; readonly end: number } {
  const end = span.end === "now" ? minutesOf(facts.time ?? "00:00") : span.end;
  const wall = (facts.rules ?? CONVENTION).clocks === "wall";
  return { hours: wall ? (end - span.start) / 60 : elapsedHours(date, span.start, end, facts.zone), end };
}

/** Measures spans between times of day on `date` in the account's zone: elapsed time, so that a DST night is shorter or longer (or wall-clock time, if the user chose it). */
function measureClock(meaning: Extract<HoursMeaning, { kind: "clock" }>, date: IsoDate, facts: MeasureFacts): Measured {
  if (meaning.spans.some((span) => span.end === "now") && date !== facts.today) return ask("It ends now, but the day is not today. How long was it?");
  const spans = meaning.spans.map((span) => ({ start: span.start, ...spanHours(span, date, facts) }));
  let total = -meaning.less;
  for (const { hours } of spans) {
    if (hours === undefined) return ask(`The clocks change on ${describeDate(date, facts.today)} and one of these times does not exist. How long was it?`);
    if (hours <= 0) return ask("The start lies after the end. How long was it?");
    total += hours;
  }
  const checked = lengthMeaning(total);
  if (checked.kind === "ask") return ask(checked.text);
  const late = spans.some((span) => span.end > 1440) ? ", past midnight, and counts on the day it began" : "";
  const off = meaning.less > 0 ? `, less ${formatHours(meaning.less)}` : "";
  return { kind: "is", value: total, because: `${spans.map((span) => `${clockText(span.start)} to ${clockText(span.end)}`).join(" and ")}${off} is ${formatHours(total)}${late}.` };
}

/** The hours that a meaning comes to on `date`, before rounding. */
export function measureHours(meaning: HoursMeaning, date: IsoDate, facts: MeasureFacts): Measured {
  if (meaning.kind === "length") return { kind: "is", value: meaning.hours };
  if (meaning.kind === "clock") return measureClock(meaning, date, facts);
  const day = facts.rules?.dayHours;
  if (meaning.days === undefined || day === undefined || meaning.days * day > 24) return ask(meaning.text, meaning.options);
  return { kind: "is", value: meaning.days * day, because: `A day is ${formatHours(day)}, as your settings say.` };
}
