import type { DateContext, DateMeaning } from "./date-meaning.ts";
import { dateAt } from "./dates.ts";
import { storedHours } from "./hours.ts";
import type { ClockSpan, HoursMeaning } from "./lengths.ts";
import { tokenize, type Found, type Token } from "./tokens.ts";

/** What a recogniser reads at the mark "|" of a text (its beginning without one) and the words left behind it: "2.5, then h"; "nothing" for none. */
export function readAt<T>(recognise: (tokens: readonly Token[], i: number) => Found<T> | undefined, show: (value: T) => string, marked: string): string {
  const text = marked.replace("|", "");
  const tokens = tokenize(text);
  const mark = marked.indexOf("|");
  const at = tokens.findIndex((token) => token.start >= mark);
  const found = recognise(tokens, at < 0 ? tokens.length : at);
  if (!found) return "nothing";
  const next = tokens[found.next];
  return next ? `${show(found.value)}, then ${text.slice(next.start)}` : show(found.value);
}

const clock = (minutes: ClockSpan["end"]): string => (minutes === "now" ? "now" : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`);

/** "2 h", "1.5 h:mm" for one typed with a colon, "9:00-17:00", "ask 2 3" with the lengths offered, "ask 8 (1 day)". */
export function showHours(meaning: HoursMeaning): string {
  if (meaning.kind === "length") return `${storedHours(meaning.hours)} h${meaning.colon === true ? ":mm" : ""}`;
  if (meaning.kind === "clock") return meaning.spans.map(({ start, end }) => `${clock(start)}-${clock(end)}`).join(" ");
  return ["ask", ...meaning.options, ...(meaning.days === undefined ? [] : [`(${meaning.days} day)`])].join(" ");
}

/** "2026-04-05", "2026-03-30 to 2026-04-05", "ask" with the days offered. */
export function showDate(meaning: DateMeaning): string {
  if (meaning.kind === "date") return meaning.date;
  return meaning.kind === "range" ? `${meaning.start} to ${meaning.end}` : ["ask", ...meaning.options.map((option) => option.date)].join(" ");
}

/** The date at "|", on Monday 6 April 2026, weeks from Monday, months before days, in the middle of other words unless said otherwise. */
export function dateHere(marked: string, setting: Partial<DateContext> = {}): string {
  const context: DateContext = { today: "2026-04-06", weekStart: "monday", dateOrder: "MDY", ...setting };
  return readAt((tokens, i) => dateAt(tokens, i, context), showDate, marked);
}
