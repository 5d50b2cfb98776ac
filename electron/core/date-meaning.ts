import { describeDate, distance } from "./calendar.ts";
import type { DateOrder, IsoDate, WeekStart } from "./entry.ts";
import type { ReadingRules } from "./rules.ts";

/** What the reading of a date depends on. `alone`: the words are all there is, so a lone "28th" or a two-digit year may be a date. */
export interface DateContext {
  readonly today: IsoDate;
  readonly weekStart: WeekStart;
  readonly dateOrder: DateOrder;
  /** The user's choices; absent: the convention. */
  readonly rules?: ReadingRules | undefined;
  readonly alone?: boolean | undefined;
  /** "from Monday to Friday" names two days here, not a span: the words move an entry. */
  readonly apart?: boolean | undefined;
}

export interface DateOption {
  readonly date: IsoDate;
  readonly detail?: string | undefined;
}

/** What words say about when: a day, a span of days (`end` inclusive; `named`: by its own first and last day, not as a week or month), or a question with the days that may be meant, likeliest first. */
export type DateMeaning =
  | { readonly kind: "date"; readonly date: IsoDate; readonly because?: string | undefined }
  | { readonly kind: "range"; readonly start: IsoDate; readonly end: IsoDate; readonly label: string; readonly named?: boolean | undefined }
  | { readonly kind: "ask"; readonly text: string; readonly options: readonly DateOption[] };

export const onDate = (date: IsoDate, because?: string): DateMeaning => ({ kind: "date", date, because });

/** A question between days; the first is the marked default. A single day left is no question. */
export function askDate(text: string, dates: readonly IsoDate[]): DateMeaning {
  const different = [...new Set(dates)];
  return { kind: "ask", text, options: different.map((date) => ({ date })) };
}

/** "Fri 3 Apr, 3 days ago": how a day is shown before it is written. */
export function dayLabel(date: IsoDate, today: IsoDate): string {
  return `${describeDate(date, today)}, ${distance(date, today)}`;
}
