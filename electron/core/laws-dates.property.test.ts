import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeDate } from "./calendar.ts";
import type { DateOrder, IsoDate, WeekStart } from "./entry.ts";
import { readPhrase, type Phrase } from "./phrase.ts";
import { addDays, civil, diffDays, weekdayOf } from "./time.ts";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"] as const;
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const ENDINGS: Readonly<Record<number, string>> = { 1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st" };
const two = (value: number): string => String(value).padStart(2, "0");

const day: fc.Arbitrary<IsoDate> = fc.integer({ min: 0, max: 130 * 365 }).map((days) => addDays("1970-01-01", days));
const order = fc.constantFrom<DateOrder>("MDY", "DMY", "YMD");
const weekStart = fc.constantFrom<WeekStart>("monday", "sunday", "saturday");
const weeks = fc.integer({ min: -150, max: 150 });

const read = (text: string, today: IsoDate, dateOrder: DateOrder = "MDY", start: WeekStart = "monday"): Phrase | undefined => readPhrase(text, { today, time: "09:00", zone: "UTC", weekStart: start, dateOrder });

/** Every way in which a whole date is written that means one day in any order of day and month. */
function anyOrder(date: IsoDate): readonly string[] {
  const { year, month, day: dom } = civil(date);
  const name = MONTHS[month - 1] ?? "";
  const [short, suffix, weekday] = [name.slice(0, 3), ENDINGS[dom] ?? "th", WEEKDAYS[weekdayOf(date) - 1] ?? ""];
  return [
    date, `${year}/${two(month)}/${two(dom)}`, `${date}T09:30`, `${dom} ${name} ${year}`, `${dom} ${short} ${year}`, `${two(dom)} ${short}. ${year}`, `${dom}${suffix} of ${name} ${year}`, `the ${dom}${suffix} of ${name}, ${year}`, `${dom}-${short}-${year}`,
    `${name} ${dom}, ${year}`, `${short} ${dom} ${year}`, `${short}. ${two(dom)}, ${year}`, `${name} ${dom}${suffix} ${year}`, `${name} the ${dom}${suffix}, ${year}`, `${year} ${name} ${dom}`,
    `${weekday}, ${name} ${dom}, ${year}`, `${weekday.slice(0, 3)} ${dom} ${short} ${year}`, `${weekday} ${date}`, `on ${weekday} the ${dom}${suffix} of ${name} ${year}`,
  ];
}

/** Numeric forms in the order that the account uses. */
function inOrder(date: IsoDate, dateOrder: DateOrder): readonly string[] {
  const { year, month, day: dom } = civil(date);
  const parts = (pad: (value: number) => string, wholeYear: string): readonly string[] => (dateOrder === "DMY" ? [pad(dom), pad(month), wholeYear] : dateOrder === "MDY" ? [pad(month), pad(dom), wholeYear] : [wholeYear, pad(month), pad(dom)]);
  return ["/", ".", "-"].flatMap((mark) => [parts(two, String(year)).join(mark), ...(dateOrder === "YMD" ? [] : [parts(String, String(year)).join(mark)])]);
}

/** A phrase with every day in it moved by that many days: what shifting the calendar does to an answer. */
function moved(phrase: Phrase | undefined, by: number): Phrase | undefined {
  if (!phrase) return undefined;
  if ("range" in phrase) return { range: { start: addDays(phrase.range.start, by), end: addDays(phrase.range.end, by) } };
  if ("ask" in phrase) return phrase.ask === "date" ? { ask: "date", options: phrase.options.map((option) => addDays(option, by)) } : phrase;
  if ("hours" in phrase) return phrase.date === undefined ? phrase : { ...phrase, date: addDays(phrase.date, by) };
  return { date: addDays(phrase.date, by) };
}

describe("a date that is written out whole", () => {
  it("reads back as itself in every form, whatever today, the week start and the order of day and month are", { timeout: 60_000 }, () => {
    fc.assert(fc.property(day, day, order, weekStart, (date, today, dateOrder, start) => {
      for (const text of anyOrder(date)) expect(read(text, today, dateOrder, start), text).toEqual({ date });
    }), { numRuns: 300 });
  });

  it("reads back as itself in the account's own numeric order", { timeout: 60_000 }, () => {
    fc.assert(fc.property(day, day, order, (date, today, dateOrder) => {
      for (const text of inOrder(date, dateOrder)) expect(read(text, today, dateOrder), text).toEqual({ date });
    }), { numRuns: 300 });
  });

  it("reads back from the label it is shown with", { timeout: 60_000 }, () => {
    fc.assert(fc.property(day, fc.integer({ min: -180, max: 180 }), order, (today, away, dateOrder) => {
      const date = addDays(today, away);
      expect(read(describeDate(date, today), today, dateOrder)).toEqual({ date });
    }), { numRuns: 300 });
  });
});

describe("a date without a year", () => {
  it("is the day nearest to today", { timeout: 60_000 }, () => {
    fc.assert(fc.property(day, fc.integer({ min: -181, max: 181 }), order, (today, away, dateOrder) => {
      const date = addDays(today, away);
      const { month, day: dom } = civil(date);
      // 29 February is not in every year: such a one is asked about.
      fc.pre(month !== 2 || dom !== 29);
      const name = MONTHS[month - 1] ?? "";
      const texts = [`${name} ${dom}`, `${dom} ${name.slice(0, 3)}`, `the ${dom}${ENDINGS[dom] ?? "th"} of ${name}`, dateOrder === "DMY" ? `${dom}/${month}` : `${month}/${dom}`];
      // "24/7" says "always", in whichever order days and months are written.
      for (const text of texts.filter((each) => each !== "24/7")) expect(read(text, today, dateOrder), text).toEqual({ date });
    }), { numRuns: 300 });
  });

  it("beside its weekday is that day when the two agree, and a question or another year's day when they do not", { timeout: 60_000 }, () => {
    fc.assert(fc.property(day, fc.integer({ min: -181, max: 181 }), fc.integer({ min: 0, max: 6 }), (today, away, off) => {
      const date = addDays(today, away);
      const { month, day: dom } = civil(date);
      fc.pre(month !== 2 || dom !== 29);
      const weekday = WEEKDAYS[(weekdayOf(date) - 1 + off) % 7] ?? "";
      const phrase = read(`${weekday} ${dom} ${MONTHS[month - 1]}`, today);
      if (off === 0) expect(phrase).toEqual({ date });
      const claimed = phrase && "date" in phrase ? phrase.date : undefined;
      // Never a day that contradicts the weekday that was said.
      if (claimed !== undefined) expect(WEEKDAYS[weekdayOf(claimed) - 1]).toBe(weekday);
    }), { numRuns: 300 });
  });
});

describe("a day by its distance", () => {
  it("is that many days away, in every wording", { timeout: 60_000 }, () => {
    fc.assert(fc.property(day, fc.integer({ min: 1, max: 400 }), (today, count) => {
      const unit = count === 1 ? "day" : "days";
      for (const text of [`${count} ${unit} ago`, `${count} ${unit} back`]) expect(read(text, today), text).toEqual({ date: addDays(today, -count) });
      for (const text of [`in ${count} ${unit}`, `${count} ${unit} from now`, `${count} ${unit} from today`]) expect(read(text, today), text).toEqual({ date: addDays(today, count) });
      expect(read(`${count} ${unit} before yesterday`, today)).toEqual({ date: addDays(today, -1 - count) });
      expect(read(`${count} weeks ago`, today)).toEqual({ date: addDays(today, -7 * count) });
    }), { numRuns: 200 });
  });

  it("as a weekday is never further away than its rule allows", { timeout: 60_000 }, () => {
    fc.assert(fc.property(day, fc.constantFrom(...WEEKDAYS), weekStart, (today, name, start) => {
      const bare = read(name, today, "MDY", start);
      const past = read(`past ${name}`, today, "MDY", start);
      const coming = read(`coming ${name}`, today, "MDY", start);
      const away = (phrase: Phrase | undefined): number => (phrase && "date" in phrase && phrase.date !== undefined ? diffDays(today, phrase.date) : Number.NaN);
      expect([-6, -5, -4, -3, -2, -1, 0]).toContain(away(bare));
      expect([-7, -6, -5, -4, -3, -2, -1]).toContain(away(past));
      expect([1, 2, 3, 4, 5, 6, 7]).toContain(away(coming));
    }), { numRuns: 200 });
  });
});

describe("shifting the calendar by whole weeks", () => {
  const RELATIVE = [
    ...["", "this ", "last ", "next ", "past ", "coming "].flatMap((lead) => WEEKDAYS.map((name) => `${lead}${name}`)), ...WEEKDAYS.flatMap((name) => [`${name} last week`, `${name} of this week`, `next week ${name}`]),
    "today", "yesterday", "tomorrow", "the day before yesterday", "3 days ago", "two weeks ago", "in 5 days", "last week", "this week", "next week", "the last 7 days", "last weekend", "Mon-Fri", "Monday to Wednesday", "two Fridays ago", "the day before Friday", "2-4 days ago", "last night", "yesterday morning",
  ];
  it("shifts the answer of every phrase that counts in days and weeks", { timeout: 60_000 }, () => {
    fc.assert(fc.property(fc.constantFrom(...RELATIVE), day, weeks, weekStart, (text, today, shift, start) => {
      const by = shift * 7;
      expect(read(text, addDays(today, by), "MDY", start)).toEqual(moved(read(text, today, "MDY", start), by));
      expect(read(text, today, "MDY", start)).toBeDefined();
    }), { numRuns: 1000 });
  });

  it("shifts a date in the text and today together without touching the distance between them", { timeout: 60_000 }, () => {
    fc.assert(fc.property(day, fc.integer({ min: -500, max: 500 }), weeks, order, (today, away, shift, dateOrder) => {
      const text = (date: IsoDate): string => `2 days before ${date}`;
      const date = addDays(today, away);
      expect(read(text(addDays(date, shift * 7)), addDays(today, shift * 7), dateOrder)).toEqual(moved(read(text(date), today, dateOrder), shift * 7));
    }), { numRuns: 200 });
  });
});

describe("spans of days", () => {
  it("from one whole date to a later one hold exactly those days", { timeout: 60_000 }, () => {
    fc.assert(fc.property(day, day, fc.integer({ min: 1, max: 400 }), (today, start, length) => {
      const end = addDays(start, length);
      for (const text of [`${start} to ${end}`, `from ${start} to ${end}`, `${anyOrder(start)[9]} to ${anyOrder(end)[9]}`]) expect(read(text, today), text).toEqual({ range: { start, end } });
    }), { numRuns: 200 });
  });

  it("of weeks begin on the account's first day, have seven days, and follow each other", { timeout: 60_000 }, () => {
    fc.assert(fc.property(day, weekStart, (today, start) => {
      const [last, here, next] = ["last week", "this week", "next week"].map((text) => {
        const phrase = read(text, today, "MDY", start);
        return phrase && "range" in phrase ? phrase.range : undefined;
      });
      const first = { monday: 1, sunday: 7, saturday: 6 }[start];
      for (const week of [last, here, next]) expect(week && [weekdayOf(week.start), diffDays(week.start, week.end)]).toEqual([first, 6]);
      expect(last && here && next && [diffDays(last.end, here.start), diffDays(here.end, next.start), here.start <= today && today <= here.end]).toEqual([1, 1, true]);
    }), { numRuns: 200 });
  });
});
