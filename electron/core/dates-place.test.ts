import { describe, expect, it } from "vitest";
import type { DateContext, DateMeaning } from "./date-meaning.ts";
import { dateAt, slippedDay } from "./dates.ts";
import { dateHere, readAt, showDate } from "./fixture-place.ts";

/* Spans of days, parts of the day and slips of the keyboard, on Monday 6 April 2026; "|" is where a date is looked for, and beside each form stand its near misses. */

const CONTEXT: DateContext = { today: "2026-04-06", weekStart: "monday", dateOrder: "MDY" };

describe("the part of the day behind a date", () => {
  it.each([
    ["yesterday morning x", "2026-04-05, then x"], ["yesterday in the morning x", "2026-04-05, then x"], ["yesterday in morning x", "2026-04-05, then in morning x"], ["yesterday on the morning", "2026-04-05, then on the morning"], ["yesterday the morning", "2026-04-05, then the morning"], ["yesterday in the x", "2026-04-05, then in the x"], ["yesterday in x morning", "2026-04-05, then in x morning"], ["friday afternoon", "2026-04-03"], ["march 5 evening x", "2026-03-05, then x"],
    ["yesterday late evening x", "2026-04-05, then x"], ["yesterday early morning x", "2026-04-05, then x"], ["yesterday late x", "2026-04-05, then late x"], ["yesterday early", "2026-04-05, then early"], ["yesterday soon morning", "2026-04-05, then soon morning"], ["yesterday x", "2026-04-05, then x"], ["tomorrow at night x", "2026-04-07, then x"], ["yesterday at evening", "2026-04-05, then at evening"], ["yesterday by night", "2026-04-05, then by night"], ["yesterday at x", "2026-04-05, then at x"], ["gestern abend x", "2026-04-05, then x"], ["gestern früh", "2026-04-05"],
  ])("%j: %s", (marked, reading) => {
    expect(dateHere(marked)).toBe(reading);
  });
});

describe("from one weekday to another", () => {
  it.each([
    ["mon-fri x", "2026-03-30 to 2026-04-03, then x"], ["mon - fri", "2026-03-30 to 2026-04-03"], ["monday to wednesday x", "2026-03-30 to 2026-04-01, then x"], ["monday through thursday", "2026-03-30 to 2026-04-02"], ["friday to monday", "2026-04-03 to 2026-04-06"], ["montag bis freitag x", "2026-03-30 to 2026-04-03, then x"], ["monday and friday", "2026-04-06, then and friday"], ["monday friday", "2026-04-06, then friday"], ["monday to x", "2026-04-06, then to x"], ["x to friday", "nothing"], ["monday to friday last week x", "2026-03-30 to 2026-04-03, then x"], ["monday to friday the 6th", "2026-03-02 to 2026-03-06"], ["monday to fridays x", "2026-03-30 to 2026-04-03, then x"], ["monday to next friday", "2026-04-06, then to next friday"], ["monday to friday.com", "2026-04-06, then to friday.com"],
  ])("%j: %s", (marked, reading) => {
    expect(dateHere(marked)).toBe(reading);
  });
  it("names two days where the words move something", () => {
    expect(dateHere("monday to friday", { apart: true })).toBe("2026-04-06, then to friday");
    expect(dateHere("march 3-5", { apart: true })).toBe("2026-03-03, then -5");
    expect(dateHere("3-5 march", { apart: true })).toBe("nothing");
  });
});

describe("from one day of a month to another", () => {
  it.each([
    ["March 3-5 x", "2026-03-03 to 2026-03-05, then x"], ["March 3-5", "2026-03-03 to 2026-03-05"], ["March 3 to 5th x", "2026-03-03 to 2026-03-05, then x"], ["March 3rd-5th", "2026-03-03 to 2026-03-05"], ["March 3 through 21st x", "2026-03-03 to 2026-03-21, then x"], ["March 3 and 5", "2026-03-03, then and 5"], ["March 3 to x", "2026-03-03, then to x"], ["5 March - 7 x", "2026-03-05 to 2026-03-07, then x"], ["March 30-31 x", "2026-03-30 to 2026-03-31, then x"],
    ["March 3 - 5pm", "2026-03-03, then - 5pm"], ["March 3 - 5 pm", "2026-03-03, then - 5 pm"], ["March 3 - 5 am", "2026-03-03, then - 5 am"], ["March 3-5 ham", "2026-03-03 to 2026-03-05, then ham"], ["March 3-5 amx", "2026-03-03 to 2026-03-05, then amx"], ["March 3-5h", "2026-03-03, then -5h"], ["March 3 to 5 h", "2026-03-03, then to 5 h"], ["March 3 to 5 hours", "2026-03-03, then to 5 hours"], ["March 3-5:30", "2026-03-03, then -5:30"], ["March 3-5x", "2026-03-03, then -5x"], ["March 3-5ths", "2026-03-03, then -5ths"], ["March 3-5best", "2026-03-03, then -5best"], ["March 3-5 th", "2026-03-03 to 2026-03-05, then th"], ["March 3-5.5", "2026-03-03, then -5.5"],
    ["March 3-5, x", "2026-03-03 to 2026-03-05, then , x"], ["March 3-5, 2025 x", "2025-03-03 to 2025-03-05, then x"], ["March 3-5 2025 x", "2025-03-03 to 2025-03-05, then x"], ["March 3-5th, 2025", "2025-03-03 to 2025-03-05"], ["March 3-5 1999 x", "1999-03-03 to 1999-03-05, then x"], ["March 3-5 2150", "2150-03-03 to 2150-03-05"], ["March 3-5 1850", "2026-03-03 to 2026-03-05, then 1850"], ["March 3-5 20255", "2026-03-03 to 2026-03-05, then 20255"], ["March 3-5 12025", "2026-03-03 to 2026-03-05, then 12025"], ["Feb 28-29 2028", "2028-02-28 to 2028-02-29"], ["Feb 28-29 2026", "2026-02-28, then -29 2026"],
    ["March 5-3", "2026-03-05, then -3"], ["March 5-5", "2026-03-05, then -5"], ["March 3-32", "2026-03-03, then -32"], ["March 3-105", "2026-03-03, then -105"], ["March 3-005", "2026-03-03, then -005"], ["Feb 30-31", "ask 2026-02-28 2026-03-01, then -31"], ["3/5 to 7", "2026-03-05, then to 7"], ["3/5 to 7 x march", "2026-03-05, then to 7 x march"], ["today - 5", "2026-04-06, then - 5"], ["the 3rd - 5", "2026-04-03, then - 5"],
    ["3-5 March x", "2026-03-03 to 2026-03-05, then x"], ["3 to 5 March 2025 x", "2025-03-03 to 2025-03-05, then x"], ["3 - 5 March", "2026-03-03 to 2026-03-05"], ["10-12 March x", "2026-03-10 to 2026-03-12, then x"], ["3-5 Mar. 2025 x", "2025-03-03 to 2025-03-05, then x"], ["3-5 March, x", "2026-03-03 to 2026-03-05, then , x"], ["3-5 March 2h", "2026-03-03 to 2026-03-05, then 2h"], ["x|3-5 March", "nothing"], ["103-5 March", "nothing"], ["003-5 March", "nothing"], ["5-3 March", "nothing"], ["5-5 March", "nothing"], ["0-5 March", "nothing"], ["3 and 5 March", "nothing"], ["3-x March", "nothing"], ["x-5 March", "nothing"], ["3-5 x", "nothing"], ["30-31 Feb", "nothing"], ["3-5h March", "nothing"], ["3-105 March", "nothing"],
  ])("%j: %s", (marked, reading) => {
    expect(dateHere(marked)).toBe(reading);
  });
});

describe("from one date to another", () => {
  it.each([
    ["March 30 to April 2 x", "2026-03-30 to 2026-04-02, then x"], ["April 2 to March 30", "2026-04-02, then to March 30"], ["March 30 and April 2", "2026-03-30, then and April 2"], ["March 30 April 2", "2026-03-30, then April 2"], ["yesterday to today", "2026-04-05 to 2026-04-06"], ["today to today", "2026-04-06, then to today"], ["3/5 - 3/7 x", "2026-03-05 to 2026-03-07, then x"], ["3/5-3/7", "nothing"], ["3 days ago to yesterday", "2026-04-03 to 2026-04-05"], ["yesterday to x", "2026-04-05, then to x"], ["last week to today", "2026-03-30 to 2026-04-05, then to today"], ["the 8th to today", "ask 2026-03-08 2026-04-08, then to today"], ["yesterday to the 8th", "2026-04-05, then to the 8th"], ["yesterday to last week", "2026-04-05, then to last week"], ["yesterday to tomorrow morning x", "2026-04-05 to 2026-04-07, then x"],
  ])("%j: %s", (marked, reading) => {
    expect(dateHere(marked)).toBe(reading);
  });
  it.each(["mon-fri", "March 3-5", "3-5 March", "yesterday to today"])("%s is told by its first and last day", (text) => {
    expect(readAt((tokens, i) => dateAt(tokens, i, CONTEXT), (meaning) => (meaning.kind === "range" ? `${meaning.label} ${meaning.named}` : ""), text)).toBe("these days true");
  });
});

describe("a slip in the name of a day", () => {
  const slipped = (low: string, today = CONTEXT.today): string => {
    const meaning = slippedDay(low, { ...CONTEXT, today });
    return meaning ? showDate(meaning) : "nothing";
  };
  it.each([
    ["yesturday", "ask 2026-04-05 2026-04-06"], ["yestrday", "ask 2026-04-05 2026-04-06"], ["yesterda", "ask 2026-04-05 2026-04-06"], ["tommorow", "ask 2026-04-07 2026-04-06"], ["tomorow", "ask 2026-04-07 2026-04-06"], ["fridaay", "ask 2026-04-03 2026-04-06"], ["frday", "ask 2026-04-03 2026-04-06"], ["fridya", "ask 2026-04-03 2026-04-06"], ["tuseday", "ask 2026-03-31 2026-04-06"], ["wendsday", "ask 2026-04-01 2026-04-06"], ["thrusday", "ask 2026-04-02 2026-04-06"], ["thrudsay", "ask 2026-04-02 2026-04-06"], ["mnday", "ask 2026-04-06"], ["gesern", "ask 2026-04-05 2026-04-06"],
  ])("%s may be that day or today: %s", (word, reading) => {
    expect(slipped(word)).toBe(reading);
  });
  it.each(["friday", "fridays", "yesterday", "tomorrow", "today", "tonight", "frda", "frdya", "tsday", "todya", "toady", "wndsay", "march", "hello", "design", "monitor", "birthday", ""])("%s is no slip of a day's name", (word) => {
    expect(slipped(word)).toBe("nothing");
  });
  it.each([["lastfriday", "ask 2026-04-03 2026-04-06"], ["nextfriday", "ask 2026-04-10 2026-04-17 2026-04-06"], ["thisfriday", "ask 2026-04-10 2026-04-06"], ["lastweek", "ask 2026-04-06"], ["nextmonth", "ask 2026-04-06"], ["lastly", "nothing"], ["nextcloud", "nothing"], ["thisone", "nothing"], ["xlastfriday", "nothing"], ["pastfriday", "nothing"], ["lastlast", "nothing"]])("a space that is missing: %s: %s", (word, reading) => {
    expect(slipped(word)).toBe(reading);
  });
  it("is asked about in the words that were typed", () => {
    const text = (low: string): string => ((meaning: DateMeaning | undefined) => (meaning?.kind === "ask" ? meaning.text : ""))(slippedDay(low, CONTEXT));
    expect(text("yesturday")).toBe("Does \"yesturday\" mean yesterday?");
    expect(text("lastfriday")).toBe("Does \"lastfriday\" mean last friday?");
  });
});
