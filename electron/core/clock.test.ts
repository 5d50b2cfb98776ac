import { describe, expect, it } from "vitest";
import { said } from "./fixture-phrase.ts";

/* The clock ranges of the convention: without am or pm the shortest span forward, under twelve hours, that starts in the daytime. */

describe("a span between two times without am or pm", () => {
  it.each<[string, number]>([
    ["9-5", 8], ["11-1", 2], ["9-11:30", 2.5], ["9:30-11", 1.5], ["9:15-10:45", 1.5], ["8-12", 4], ["12-1", 1], ["12-4", 4], ["1-5", 4], ["7-6", 11], ["10-2", 4], ["9 - 5", 8], ["9–5", 8], ["9 to 5", 8], ["9 until 11", 2], ["9 till 11", 2], ["9 til 11", 2], ["9 through 11", 2],
    ["from 9 to 5", 8], ["from 9 to 11:30", 2.5], ["from 9-5", 8], ["between 9 and 11", 2], ["between 2 and 4", 2], ["from nine to five", 8], ["from nine to half past eleven", 2.5], ["from 1 to 12", 11], ["from 12 to 11", 11], ["12:30-1", 0.5], ["12:45-12:15", 11.5],
  ])("%s is %f h", (text, hours) => {
    expect(said(text)).toBe(`${hours} h`);
  });
  it.each(["9-9", "from 9 to 9", "from 12 to 12", "from 9:30 to 9:30", "between 5 and 5"])("%s says no length and is asked about", (text) => {
    expect(said(text)).toBe("ask hours");
  });
});

describe("a span with am, pm or a 24-hour clock", () => {
  it.each<[string, number]>([
    ["9am-5pm", 8], ["9am to 5pm", 8], ["9 am - 5 pm", 8], ["9a.m. to 5p.m.", 8], ["9:30am-11", 1.5], ["11:30am - 1", 1.5], ["9am to 5", 8], ["2pm to 4", 2], ["from 2pm to 4", 2], ["8pm to 10", 2], ["10am-12pm", 2], ["10am to 12", 2], ["12pm to 3", 3], ["12am to 3am", 3],
    ["9-11am", 2], ["3-4pm", 1], ["11-1pm", 2], ["9-5pm", 8], ["8-10pm", 2], ["12-2pm", 2], ["11-12pm", 1], ["between 2 and 4pm", 2], ["between 9am and noon", 3], ["1030am to 2pm", 3.5], ["930am-1045am", 1.25], ["9a-5p", 8],
    ["09:00-17:30", 8.5], ["13:00-15:00", 2], ["9:00-17:00", 8], ["08:15-09:00", 0.75], ["9-17", 8], ["from 8 to 16:30", 8.5], ["13:15 to 14", 0.75], ["14-16", 2], ["00:30-02:00", 1.5], ["9:00:00-10:30:00", 1.5],
  ])("%s is %f h", (text, hours) => {
    expect(said(text)).toBe(`${hours} h`);
  });
  it.each<[string, number]>([["10pm to 2am", 4], ["22:00-02:00", 4], ["from 11pm to 1am", 2], ["10pm-6am", 8], ["23:30 to 00:15", 0.75], ["from 10pm to midnight", 2], ["8pm to midnight", 4], ["from 11pm to noon", 13]])("goes on past midnight: %s is %f h", (text, hours) => {
    expect(said(text)).toBe(`${hours} h`);
  });
  it("asks about a span longer than anybody works at a stretch", () => {
    expect(said("5pm to 4pm")).toBe("ask hours");
    expect(said("from 6am to 11pm")).toBe("ask hours");
  });
  it.each(["9am-9am", "from 9am to 9am", "14:00-14:00", "noon to noon"])("%s is asked about", (text) => {
    expect(said(text)).toBe("ask hours");
  });
});

describe("times in words", () => {
  it.each<[string, number]>([
    ["noon to 2", 2], ["noon to 2pm", 2], ["8 to noon", 4], ["9am to noon", 3], ["midday to 3", 3], ["midnight to 2am", 2], ["9 o'clock to 11 o'clock", 2], ["nine o'clock to ten o'clock", 1], ["from half past 2 to 4", 1.5], ["from quarter past 9 to 10", 0.75],
    ["from a quarter past 9 to 10", 0.75], ["from quarter to 9 to 10", 1.25], ["half past nine to half past eleven", 2], ["from three pm to five pm", 2], ["from one to quarter to two", 0.75], ["from half past 12 to 1", 0.5],
  ])("%s is %f h", (text, hours) => {
    expect(said(text)).toBe(`${hours} h`);
  });
});

describe("several spans and breaks", () => {
  it.each<[string, number]>([
    ["9-11:30 and 1-3", 4.5], ["9-12 and 1-5", 7], ["9-12, 1-5", 7], ["from 9 to 12 and from 1 to 5", 7], ["9am-12pm and 1pm-5pm", 7], ["8-10 and 11-12 and 1-2", 4],
    ["9-5 minus 1h", 7], ["from 9 to 5 minus an hour for lunch", 7], ["9-5 less 30 min", 7.5], ["from 9 to 5 without an hour of lunch", 7], ["9-5 minus 30m break", 7.5], ["9-12 and 1-5 minus 15 min", 6.75],
  ])("%s is %f h", (text, hours) => {
    expect(said(text)).toBe(`${hours} h`);
  });
  it("a break that is as long as the span leaves a question", () => {
    expect(said("9-10 minus 1h")).toBe("ask hours");
    expect(said("9-10 minus 2h")).toBe("ask hours");
  });
});

describe("spans that reach to now", () => {
  it.each<[string, string, number]>([["since 9", "11:30", 2.5], ["since 9am", "11:30", 2.5], ["9 until now", "12:00", 3], ["from 1 to now", "17:15", 4.25], ["since noon", "14:00", 2], ["since 14:00", "14:45", 0.75], ["since half past 2", "16:00", 1.5]])("%s at %s is %f h", (text, time, hours) => {
    expect(said(text, { time })).toBe(`${hours} h`);
  });
  it.each(["until noon", "till 5pm", "until 17:00"])("%s has no start and is asked about", (text) => {
    expect(said(text)).toBe("ask hours");
  });
});

describe("the clock of the zone", () => {
  it("counts what really passed on the night of a change", () => {
    expect(said("from 1am to 4am", { today: "2026-03-08", zone: "America/New_York" })).toBe("2 h");
    expect(said("from 1:30 am to 3:30 am", { today: "2026-03-29", zone: "Europe/Berlin" })).toBe("1 h");
    expect(said("from 11pm to 6am", { today: "2026-10-24", zone: "Europe/Berlin" })).toBe("8 h");
    expect(said("from 11pm to 6am", { today: "2026-10-24", zone: "UTC" })).toBe("7 h");
  });
  it("asks when a time is skipped that night", () => {
    expect(said("from 2:30 am to 4am", { today: "2026-03-08", zone: "America/New_York" })).toBe("ask hours");
    expect(said("from 1am to 2:30 am", { today: "2026-03-08", zone: "America/New_York" })).toBe("ask hours");
  });
  it("counts on the day that was said", () => {
    expect(said("sunday from 1am to 4am", { today: "2026-03-09", zone: "America/New_York" })).toBe("2 h on 2026-03-08");
    expect(said("from 1am to 4am", { today: "2026-03-09", zone: "America/New_York" })).toBe("3 h");
  });
  it("counts on the wall where the user wants that", () => {
    const rules = { bare: "past", this: "week", last: "strict+ask", next: "strict+ask", clocks: "wall", future: "confirm" } as const;
    expect(said("from 1am to 4am", { today: "2026-03-08", zone: "America/New_York", rules })).toBe("3 h");
  });
});

describe("a time of day that is no length", () => {
  it.each([["yesterday at 3pm", "2026-04-05"], ["friday 14:30", "2026-04-03"], ["march 5 at 9", "2026-03-05"], ["yesterday @ 3pm", "2026-04-05"], ["today at noon", "2026-04-06"], ["monday at half past four", "2026-04-06"]])("%s is only the day", (text, date) => {
    expect(said(text)).toBe(date);
  });
  it.each(["at 3pm", "3pm", "14:30", "at 9:30", "@ 5", "9 o'clock", "half past four", "noon", "quarter to five"])("%s is neither day nor length", (text) => {
    expect(said(text)).toBe("nothing");
  });
  it.each([["2h at 3pm", "2 h"], ["at 14:30 for 2h", "2 h"], ["at 9 for 45 min", "0.75 h"]])("beside a length it is left out: %s", (text, length) => {
    expect(said(text)).toBe(length);
  });
});

describe("numbers with a dash that are no times", () => {
  it("a length with two ends is asked about", () => {
    expect(said("2-3 h")).toBe("ask hours 2 3");
  });
  it.each(["sprint 3-4", "phase 2-3", "rows 3-5", "0-60", "10-20%", "items 4-8", "25-30", "9-60", "1-2-3", "v9-5", "9-5x"])("%s is no span", (text) => {
    expect(["nothing", "ask hours"]).toContain(said(text));
  });
});
