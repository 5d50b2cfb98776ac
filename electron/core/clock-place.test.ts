import { describe, expect, it } from "vitest";
import { clockRangeAt, loneClockAt } from "./clock.ts";
import { readAt, showHours } from "./fixture-place.ts";

/* Which words are a time of day or a span between two and which are not; "|" is where they are looked for. Beside each form stand its near misses. */

const lone = (marked: string): string => readAt(loneClockAt, ({ hour, minute, half, full }) => `${hour}:${String(minute).padStart(2, "0")}${half === undefined ? "" : ` ${half}`}${full ? " of 24" : ""}`, marked);
const range = (marked: string): string => readAt(clockRangeAt, showHours, marked);

describe("a time of day with am or pm", () => {
  it.each([
    ["9am x", "9:00 am, then x"], ["9 am x", "9:00 am, then x"], ["9pm", "9:00 pm"], ["9 pm", "9:00 pm"], ["9a x", "9:00 am, then x"], ["9p x", "9:00 pm, then x"], ["9 a x", "nothing"], ["9 p x", "nothing"], ["9x", "nothing"], ["9 x", "nothing"], ["9ax", "nothing"],
    ["9a.m. x", "9:00 am, then x"], ["9p.m. x", "9:00 pm, then x"], ["9 a.m. x", "9:00 am, then x"], ["9 p.m. x", "9:00 pm, then x"], ["9a.m x", "9:00 am, then x"], ["9a.m .", "9:00 am, then ."], ["9a.m, x", "9:00 am, then , x"], ["9a. m", "9:00 am, then . m"], ["9a.x", "9:00 am, then .x"], ["9a.mx", "9:00 am, then .mx"], ["9a,m", "9:00 am, then ,m"], ["9 a. m", "nothing"], ["9 a.x", "nothing"],
    ["9:30am x", "9:30 am, then x"], ["9:59am", "9:59 am"], ["9:60am", "nothing"], ["9:5am", "nothing"], ["9:305am", "nothing"], ["9:30:15am", "9:30 am"], ["930am x", "9:30 am, then x"], ["1045pm", "10:45 pm"], ["0930am", "9:30 am"], ["930", "nothing"], ["930 x", "nothing"], ["at 930", "nothing"], ["1259am", "12:59 am"], ["1260am", "nothing"], ["12345am", "nothing"], ["00930am", "nothing"],
    ["12am", "12:00 am"], ["12pm", "12:00 pm"], ["13am", "nothing"], ["1300pm", "nothing"], ["0am", "nothing"], ["0:30am", "nothing"], ["1am", "1:00 am"], ["x|9am", "nothing"], ["1.|9am", "nothing"], ["-|9am", "9:00 am"], ["(|9am)", "9:00 am, then )"], ["9am h", "9:00 am, then h"], ["am", "nothing"], ["a", "nothing"],
  ])("%j: %s", (marked, reading) => {
    expect(lone(marked)).toBe(reading);
  });
});

describe("a time of day without", () => {
  it.each([
    ["at 9 x", "9:00, then x"], ["@ 9", "9:00"], ["um 9 uhr x", "9:00, then x"], ["in 9", "nothing"], ["at x", "nothing"], ["at 9:30 x", "9:30, then x"], ["at 9:60", "9:00, then :60"], ["at 9:59", "9:59"], ["at 9:5", "9:00, then :5"], ["at 9:300", "9:00, then :300"], ["at 9 :30", "9:00, then :30"], ["at 9: 30", "9:00, then : 30"], ["at 9:x", "9:00, then :x"], ["at 9;30", "9:00, then ;30"],
    ["at 9:30:15 x", "9:30, then x"], ["at 9:30.15 x", "9:30, then x"], ["at 9:30:1", "9:30, then :1"], ["at 9:30:155", "9:30, then :155"], ["at 9:30:xx", "9:30, then :xx"], ["at 9:30 :15", "9:30, then :15"], ["at 9:30: 15", "9:30, then : 15"], ["at 9:30-15", "9:30, then -15"],
    ["at 24", "24:00 of 24"], ["at 25", "nothing"], ["at 13", "13:00 of 24"], ["at 12", "12:00"], ["at 0", "0:00 of 24"], ["at 0:30", "0:30 of 24"], ["at 09", "9:00 of 24"], ["at 09:30", "9:30 of 24"], ["at 10", "10:00"], ["at 9", "9:00"], ["at 12345", "nothing"], ["at 9am", "9:00 am"], ["at 9 h", "nothing"], ["at 9 hours", "nothing"], ["at 9:30 min", "nothing"],
    ["14:30 x", "14:30 of 24, then x"], ["14:30", "14:30 of 24"], ["13:00", "13:00 of 24"], ["12:30", "nothing"], ["9:30", "nothing"], ["09:30", "nothing"], ["14", "nothing"], ["14 x 9:30", "nothing"], ["14.30", "nothing"],
    ["9 o'clock x", "9:00, then x"], ["9 uhr", "9:00"], ["9:30 uhr", "9:30"], ["9am o'clock", "9:00 am, then o'clock"], ["9 clock", "nothing"], ["15 uhr x", "15:00 of 24, then x"],
    ["noon x", "12:00 pm, then x"], ["midday", "12:00 pm"], ["midnight x", "0:00 am, then x"], ["at noon x", "12:00 pm, then x"], ["mittag", "12:00 pm"],
    ["nine", "nothing"], ["at nine x", "nothing"], ["nine o'clock x", "9:00, then x"], ["at nine o'clock", "9:00"], ["nine am x", "9:00 am, then x"], ["nine am o'clock", "9:00 am, then o'clock"], ["one pm", "1:00 pm"], ["twelve o'clock", "12:00"], ["thirteen o'clock", "nothing"], ["zero o'clock", "nothing"], ["ten x o'clock", "nothing"],
    ["half past nine x", "9:30, then x"], ["half past 9", "9:30"], ["half past nine pm x", "9:30 pm, then x"], ["half to nine", "nothing"], ["third past nine", "nothing"], ["quarter past nine", "9:15"], ["quarter to nine x", "8:45, then x"], ["quarter to one", "0:45"], ["quarter of nine", "nothing"], ["quarter nine", "nothing"], ["a quarter past nine x", "9:15, then x"], ["at |a quarter past nine", "9:15"], ["a half past nine", "9:30"], ["the quarter past nine", "nothing"], ["a nine", "nothing"],
    ["half past 1", "1:30"], ["half past 12", "12:30"], ["half past 13", "nothing"], ["half past 0", "nothing"], ["half past 012", "nothing"], ["half past thirteen", "nothing"], ["half past zero", "nothing"], ["half past x", "nothing"], ["half past", "nothing"],
  ])("%j: %s", (marked, reading) => {
    expect(lone(marked)).toBe(reading);
  });
});

describe("between two times", () => {
  it.each([
    ["9-5 x", "9:00-17:00, then x"], ["9-5.", "9:00-17:00, then ."], ["9-5. Then", "9:00-17:00, then . Then"], ["7-9", "7:00-9:00"], ["6-8", "18:00-20:00"], ["6:59-8", "18:59-20:00"], ["7:00-8:00", "7:00-8:00"], ["11-1", "11:00-13:00"], ["12-1", "12:00-13:00"], ["6:30-7", "18:30-19:00"], ["9-9", "ask"], ["9 to 9:01", "9:00-9:01"],
    ["9am-5 x", "9:00-17:00, then x"], ["9am-9", "9:00-21:00"], ["9pm-9am", "21:00-33:00"], ["9am-9am", "ask"], ["6am-10pm", "6:00-22:00"], ["6am-10:01pm", "ask"], ["8pm to 10", "20:00-22:00"], ["10pm to 2", "22:00-26:00"], ["noon to 2", "12:00-14:00"], ["midnight to 2", "0:00-2:00"], ["9-noon", "9:00-12:00"], ["9 a.m. to 5 p.m. x", "9:00-17:00, then x"], ["from 9 a.m. to 5", "9:00-17:00"],
    ["9-5pm", "9:00-17:00"], ["11-1pm", "11:00-13:00"], ["10-2am", "22:00-26:00"], ["11-12am", "23:00-24:00"], ["1-1pm", "ask"], ["8 to midnight", "20:00-24:00"], ["11:30-12:15pm", "11:30-12:15"],
    ["9-17:30", "9:00-17:30"], ["5-17", "5:00-17:00"], ["3-17", "15:00-17:00"], ["7-17", "7:00-17:00"], ["7-08:00", "7:00-8:00"], ["9-08:00", "21:00-32:00"], ["8-08:00", "20:00-32:00"], ["6-18:00", "6:00-18:00"], ["13-15", "13:00-15:00"], ["13:00-2", "13:00-14:00"], ["14:00-14:00", "ask"], ["22:00-02:00", "22:00-26:00"], ["08:00-9", "8:00-9:00"], ["23:00-24:00", "23:00-24:00"],
  ])("%j: %s", (marked, reading) => {
    expect(range(marked)).toBe(reading);
  });
  it.each([
    ["from 9 to 5 x", "9:00-17:00, then x"], ["9 until 5", "9:00-17:00"], ["9 til 5", "9:00-17:00"], ["9 bis 17 uhr", "9:00-17:00"], ["9 and 5", "nothing"], ["9 5", "nothing"], ["9 to x", "nothing"], ["9 to", "nothing"], ["from 9", "nothing"], ["from 9 x", "nothing"], ["from x to 5", "nothing"], ["between 9 and 5 x", "9:00-17:00, then x"], ["between 9 to 5", "9:00-17:00"], ["from 9 and 5", "nothing"], ["at 9 to 5", "9:00-17:00"], ["at 9-5 march", "nothing"], ["@ 9-5", "9:00-17:00"], ["at -9-5", "nothing"],
    ["from nine to five x", "9:00-17:00, then x"], ["nine to five", "nothing"], ["nine to 5", "nothing"], ["9 to five", "nothing"], ["at nine to five", "nothing"], ["nine am to five", "9:00-17:00"], ["nine to five pm", "9:00-17:00"], ["half past nine to eleven", "9:30-11:00"], ["a quarter past 9 to 10", "9:15-10:00"],
    ["from 9 to 5 h", "nothing"], ["from 9 to 5pm h", "9:00-17:00, then h"], ["9:00-5 march", "9:00-17:00, then march"], ["from 9-5 march", "9:00-17:00, then march"], ["9-5pm march", "9:00-17:00, then march"], ["9am-5 tickets", "9:00-17:00, then tickets"],
    ["x |9-5", "9:00-17:00"], ["x|9-5", "nothing"], ["(|9-5)", "9:00-17:00, then )"], ["1-|2-3", "nothing"], ["1 -|2-3", "nothing"], ["1 - |2-3", "14:00-15:00"], ["/|9-5", "nothing"],
  ])("with words: %j: %s", (marked, reading) => {
    expect(range(marked)).toBe(reading);
  });
  it.each([
    ["sprint |9-5", "nothing"], ["sprints |9-5", "nothing"], ["phase |3-4", "nothing"], ["march |9-5", "nothing"], ["acme |9-5", "9:00-17:00"], ["acmes |9-5", "9:00-17:00"], ["9-5 ticket", "nothing"], ["9-5 tickets", "nothing"], ["9-5 sprints", "nothing"], ["9-5 acmes", "9:00-17:00, then acmes"], ["9-5 h", "nothing"], ["9-5 minutes", "nothing"], ["9-5 days", "nothing"], ["9-5 weeks", "nothing"], ["9-5 %", "nothing"], ["9-5%", "nothing"], ["9-5 of x", "nothing"], ["9-5 march", "nothing"],
    ["9-5x", "nothing"], ["9-5:", "nothing"], ["9-5/x", "nothing"], ["9-5-x", "nothing"], ["9-5,", "9:00-17:00, then ,"], ["9-5)", "9:00-17:00, then )"], ["9-5 -x", "9:00-17:00, then -x"], ["9-5 x", "9:00-17:00, then x"], ["0-5", "nothing"], ["5-0", "nothing"], ["0-0", "nothing"], ["from 0 to 5", "0:00-5:00"],
    // More digits behind a dot belong to the number.
    ["9-5.30", "nothing"], ["9-5.5", "nothing"], ["9:30-11.30", "nothing"], ["from 9 to 5.30", "nothing"], ["from 9 to 5 .30", "9:00-17:00, then .30"], ["from 9 to 5. 30", "9:00-17:00, then . 30"], ["from 9 to 5.x", "9:00-17:00, then .x"],
  ])("numbers with a dash that may be something else: %j: %s", (marked, reading) => {
    expect(range(marked)).toBe(reading);
  });
  it.each([
    ["9.30-11.00 x", "9:30-11:00, then x"], ["9.30 - 11.00", "9:30-11:00"], ["9.30 to 11.00", "9:30-11:00"], ["9.30 bis 11.00 uhr", "9:30-11:00, then uhr"], ["9.30-11.00.", "9:30-11:00, then ."], ["9.30-11.00. Then", "9:30-11:00, then . Then"], ["9.30-11.00, x", "9:30-11:00, then , x"], ["9.30-11.00.5", "nothing"], ["9.30-11.00 .5", "9:30-11:00, then .5"], ["9.30-11.005", "nothing"], ["9.30-11", "nothing"], ["9-11.00", "nothing"], ["9.3-11.0", "nothing"], ["9.30-11.0", "nothing"], ["9.59-11.59", "9:59-11:59"], ["9.60-11.00", "nothing"], ["9.30-11.60", "nothing"],
    ["10.15-12.45", "10:15-12:45"], ["12.30-1.15", "12:30-13:15"], ["13.30-15.00", "13:30-15:00"], ["05.30-07.00", "5:30-7:00"], ["5.30-7.00", "17:30-19:00"], ["20.00-21.30", "20:00-21:30"], ["23.00-24.00", "23:00-24:00"], ["25.00-26.00", "nothing"], ["9.00-25.00", "nothing"], ["109.30-11.00", "nothing"], ["009.30-11.00", "nothing"], ["9.30 and 11.00", "nothing"], ["9.30 x 11.00", "nothing"], ["9 .30-11.00", "nothing"], ["9. 30-11.00", "nothing"], ["9.30-11 .00", "nothing"], ["x.30-11.00", "nothing"], ["9.x-11.00", "nothing"], ["9,30-11,00", "nothing"], ["v|9.30-11.00", "nothing"], ["9.30-9.30", "nothing"],
  ])("with dots on both sides: %j: %s", (marked, reading) => {
    expect(range(marked)).toBe(reading);
  });
});

describe("an open span", () => {
  it.each([
    ["since 9 x", "9:00-now, then x"], ["since 2", "14:00-now"], ["since 7", "7:00-now"], ["since 6", "18:00-now"], ["since 6am", "6:00-now"], ["since 6pm", "18:00-now"], ["since 14:30 x", "14:30-now, then x"], ["since 06:00", "6:00-now"], ["since noon", "12:00-now"], ["since 9 hours", "nothing"], ["since 9 days", "nothing"], ["since 9 to 5", "9:00-17:00"], ["since x", "nothing"], ["until |9", "nothing"], ["9 until now x", "9:00-now, then x"], ["from 9 to now", "9:00-now"], ["9 bis jetzt x", "9:00-now, then x"], ["between 9 and now", "9:00-now"], ["from 1 to now", "13:00-now"], ["9 x now", "nothing"], ["9 now", "nothing"],
    ["until noon x", "ask, then x"], ["until 5", "ask"], ["till 5pm x", "ask, then x"], ["til 5", "ask"], ["bis 17 uhr x", "ask, then x"], ["until 5 h", "nothing"], ["until 5 minutes", "nothing"], ["until 5 march", "nothing"], ["until x", "nothing"], ["until friday", "nothing"], ["until", "nothing"], ["tilt 5", "nothing"], ["lentil 5", "nothing"], ["to 5", "nothing"],
  ])("%j: %s", (marked, reading) => {
    expect(range(marked)).toBe(reading);
  });
});
