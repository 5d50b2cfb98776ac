import { loneClockAt } from "./clock.ts";
import type { DateContext, DateMeaning } from "./date-meaning.ts";
import { dateAt } from "./dates.ts";
import type { Hours, IsoDate } from "./entry.ts";
import type { Facts } from "./facts.ts";
import { storedHours } from "./hours.ts";
import { measureHours } from "./measure.ts";
import { bareLength, type HoursMeaning } from "./lengths.ts";
import { decimalAt } from "./numbers.ts";
import { hoursAt } from "./said-hours.ts";
import { lowAt, tokenize, type Token } from "./tokens.ts";

/** One date, span or length in words; `ask` when the words name one without settling it. */
export type Phrase =
  | { readonly date: IsoDate }
  | { readonly range: { readonly start: IsoDate; readonly end: IsoDate } }
  | { readonly hours: Hours; readonly date?: IsoDate | undefined }
  | { readonly ask: "date"; readonly options: readonly IsoDate[] }
  | { readonly ask: "hours"; readonly options: readonly Hours[] };

type PhraseFacts = Pick<Facts, "today" | "zone" | "weekStart" | "dateOrder"> & Partial<Pick<Facts, "time" | "rules">>;

interface Heard {
  readonly dates: readonly DateMeaning[];
  readonly lengths: readonly HoursMeaning[];
  /** "5am in a minute", "some of next week": a time counted from a time, or a part of a span, is neither date nor length. */
  readonly odd: boolean;
}

function listen(tokens: readonly Token[], context: DateContext): Heard {
  const dates: DateMeaning[] = [];
  const lengths: HoursMeaning[] = [];
  let clocks = 0;
  let odd = false;
  for (let i = 0; i < tokens.length; ) {
    const date = dateAt(tokens, i, context);
    const hours = hoursAt(tokens, i);
    const clock = loneClockAt(tokens, i);
    const reach = Math.max(date?.next ?? i, hours?.next ?? i, clock?.next ?? i);
    if (date && date.next === reach) {
      odd ||= lowAt(tokens, i - 1) === "of" && date.value.kind === "range";
      dates.push(date.value);
    } else if (hours && hours.next === reach) {
      odd ||= clocks > 0 && lowAt(tokens, i - 1) === "in";
      lengths.push(hours.value);
    } else if (clock) clocks += 1;
    i = Math.max(reach, i + 1);
  }
  return { dates, lengths, odd };
}

const PLAIN: ReadonlySet<string> = new Set(["on", "at", "in", "for", "about", "roughly", "@", "from", "the", "of", ",", "."]);

/** A number that is all there is: "2", "1.5", "90". */
function bareNumber(tokens: readonly Token[], facts: PhraseFacts): HoursMeaning | undefined {
  const first = tokens.findIndex((token) => !PLAIN.has(token.low) || token.text === ".");
  const number = first < 0 ? undefined : decimalAt(tokens, first);
  const [dot, second] = [tokens[first + 1]?.text, tokens[first + 2]?.text ?? ""];
  // "8.10" may be a day and a month where days come first.
  if (facts.dateOrder === "DMY" && dot === "." && second.length === 2 && Number(second) >= 1 && Number(second) <= 12) return { kind: "ask", text: "Is that a length or a date?", options: [] };
  if (!number || number.next !== tokens.length || tokens.some((token) => token.low === "at" || token.low === "@")) return undefined;
  // With nothing around it, a number above 12 is a length only if it is a round number of minutes: "90", not "404".
  return number.value > 12 && (number.value % 15 !== 0 || number.value > 600) ? undefined : bareLength(number.value);
}

function fromLength(meaning: HoursMeaning, date: IsoDate | undefined, facts: PhraseFacts): Phrase {
  const measured = measureHours(meaning, date ?? facts.today, facts);
  return measured.kind === "is" ? { hours: storedHours(measured.value), date } : { ask: "hours", options: measured.options };
}

/**
 * Reads a text that is, or contains, one date or length; no project is looked for. Two different dates, or two lengths, are not one
 * phrase: undefined, as for no date or length at all.
 */
export function readPhrase(text: string, facts: PhraseFacts): Phrase | undefined {
  const tokens = tokenize(text);
  const heard = listen(tokens, { ...facts, alone: true });
  const { dates, lengths } = heard;
  if (dates.length > 1 || lengths.length > 1 || heard.odd) return undefined;
  const [when] = dates;
  const said = lengths[0] ?? (when ? undefined : bareNumber(tokens, facts));
  // Beside a date and with no project to spend it on, "4:00" is when, not how long.
  const length = when && said?.kind === "length" && said.colon ? undefined : said;
  if (when?.kind === "ask") return { ask: "date", options: when.options.map((option) => option.date) };
  if (when?.kind === "range") return length ? undefined : { range: { start: when.start, end: when.end } };
  if (length) return fromLength(length, when?.date, facts);
  return when ? { date: when.date } : undefined;
}
