import { addDays, parseIsoDate } from "../../electron/core/time.ts";
import type { IsoDate } from "../../electron/core/entry.ts";
import type { EvalCase, Turn } from "../case.ts";
import { pick, seedOf } from "./seeded.ts";
import { textsOf } from "./texts.ts";

/** Words that name a place in the calendar and not a distance from today: whole weeks would not keep their meaning. Early hours are among them: the clocks change in them, on days of their own. */
const ABSOLUTE = /\d[/.-]\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:first|second|third) of\b|\bmonth|\bquarter|\byear|\bweek \d|\bthe \d|\b\d{1,2}(?::\d\d)?\s?am\b/i;
/** A year that is said keeps today where it is. */
const YEAR = /\b(?:19|20)\d\d\b(?! annual report)|\d[/.]\d{1,2}[/.]\d\d/i;
/** The calendar of 1901-2099 repeats after 28 years: weekdays, leap days, and clock changes that follow the weekday. */
const CALENDAR_DAYS = 28 * 365 + 7;
const WEEKS = [1, 2, 3, 5, 9, 13, 26, 39, 52];

function movedTurn(turn: Turn, move: (date: IsoDate) => IsoDate): Turn {
  if (!("meanwhile" in turn)) return turn;
  return { meanwhile: { ...turn.meanwhile, changed: turn.meanwhile.changed.map((each) => (each.date === undefined ? each : { ...each, date: move(each.date) })) } };
}

function shift(evalCase: EvalCase, days: number): EvalCase {
  const today = parseIsoDate(evalCase.now.slice(0, 10));
  if (today === undefined) return evalCase;
  const move = (date: IsoDate): IsoDate => addDays(date, days);
  const dated = <T extends { readonly date?: IsoDate | undefined }>(each: T): T => (each.date === undefined ? each : { ...each, date: move(each.date) });
  const { account, expect, now, turns } = evalCase;
  return {
    ...evalCase,
    now: `${move(today)}${now.slice(10)}`,
    account: { ...account, ...(account.entries ? { entries: account.entries.map((entry) => ({ ...entry, date: move(entry.date) })) } : {}) },
    turns: turns.map((turn) => movedTurn(turn, move)),
    expect: { ...expect, added: expect.added.map(dated), changed: expect.changed.map(dated) },
  };
}

/** The same sentences on another day that is alike: whole weeks away, or 28 years where they name a place in the calendar. */
export function shifted(evalCase: EvalCase): EvalCase {
  const texts = textsOf(evalCase);
  // Where a year is said nothing can move but the clock, and whether it is afternoon matters to nobody.
  if (texts.some((text) => YEAR.test(text)) || evalCase.account.name === "sample") return { ...evalCase, now: `${evalCase.now.slice(0, 10)}T11:37:00` };
  if (texts.some((text) => ABSOLUTE.test(text))) return shift(evalCase, CALENDAR_DAYS);
  return shift(evalCase, pick(WEEKS, seedOf(evalCase.id)) * 7);
}
