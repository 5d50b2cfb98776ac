import { describe, expect, it } from "vitest";
import { said } from "./fixture-phrase.ts";

/* Calendar dates as people write them, on Monday 6 April 2026 unless said otherwise. */

describe("a day and a month by name", () => {
  it.each([
    ["January 5", "2026-01-05"], ["jan 5", "2026-01-05"], ["February 5", "2026-02-05"], ["feb 5", "2026-02-05"], ["March 5", "2026-03-05"], ["mar 5", "2026-03-05"], ["April 5", "2026-04-05"], ["apr 5", "2026-04-05"], ["May 5", "2026-05-05"], ["June 5", "2026-06-05"], ["jun 5", "2026-06-05"], ["July 5", "2026-07-05"], ["jul 5", "2026-07-05"],
    ["August 5", "2026-08-05"], ["aug 5", "2026-08-05"], ["September 5", "2026-09-05"], ["sep 5", "2026-09-05"], ["sept 5", "2026-09-05"], ["October 20", "2025-10-20"], ["oct 20", "2025-10-20"], ["November 5", "2025-11-05"], ["nov 5", "2025-11-05"], ["December 25", "2025-12-25"], ["dec 25", "2025-12-25"],
    ["5 March", "2026-03-05"], ["5 mar", "2026-03-05"], ["5th March", "2026-03-05"], ["the 5th of March", "2026-03-05"], ["5th of March", "2026-03-05"], ["5 of March", "2026-03-05"], ["March 5th", "2026-03-05"], ["March the 5th", "2026-03-05"], ["March fifth", "2026-03-05"], ["March the fifth", "2026-03-05"], ["the fifth of March", "2026-03-05"], ["Mar. 5", "2026-03-05"], ["Mar-5", "2026-03-05"], ["5-Mar", "2026-03-05"], ["5.March", "2026-03-05"], ["on March 5", "2026-03-05"],
    ["may thirty first", "2026-05-31"], ["the twenty-first of march", "2026-03-21"], ["March 05", "2026-03-05"], ["5. März", "2026-03-05"], ["5. Mai", "2026-05-05"],
  ])("%s is %s", (text, date) => {
    expect(said(text)).toBe(date);
  });
  it("without a year is the nearest one to today, and of two as near the one gone", () => {
    expect(said("October 5")).toBe("2026-10-05");
    expect(said("October 6")).toBe("2025-10-06");
    expect(said("September 1", { today: "2028-03-02" })).toBe("2027-09-01");
    expect(said("September 1", { today: "2028-03-03" })).toBe("2028-09-01");
    expect(said("December 31", { today: "2026-01-01" })).toBe("2025-12-31");
    expect(said("January 1", { today: "2026-12-31" })).toBe("2027-01-01");
  });
  it.each([
    ["March 5, 2025", "2025-03-05"], ["March 5 2025", "2025-03-05"], ["March 5th, 2025", "2025-03-05"], ["March the 5th, 2025", "2025-03-05"], ["5 March 2025", "2025-03-05"], ["5th of March, 2025", "2025-03-05"], ["the 5th of March of 2025", "2025-03-05"], ["5-Mar-2025", "2025-03-05"], ["2025 March 5", "2025-03-05"], ["2025 Mar 5th", "2025-03-05"], ["March 5 '25", "2025-03-05"], ["March 5, '99", "1999-03-05"], ["5 March 25", "2025-03-05"],
    ["March 5 1900", "1900-03-05"], ["March 5 2199", "2199-03-05"], ["5 March 70", "1970-03-05"], ["5 March 69", "2069-03-05"], ["29 Feb 2028", "2028-02-29"], ["Dec 31, 1999", "1999-12-31"],
  ])("with a year is that day: %s is %s", (text, date) => {
    expect(said(text)).toBe(date);
  });
  it.each([["March 5 12:30", "2026-03-05"], ["March 5, 9am", "2026-03-05"], ["March 5 at 10:15", "2026-03-05"], ["5 March 17:30", "2026-03-05"], ["March 5, 2025 9:30", "2025-03-05"], ["March 5 9-11", "2 h on 2026-03-05"], ["March 5 2h", "2 h on 2026-03-05"], ["March 5, 30 min", "0.5 h on 2026-03-05"], ["March 5 90m", "1.5 h on 2026-03-05"]])("a time or length behind it is no year: %s", (text, reading) => {
    expect(said(text)).toBe(reading);
  });
});

describe("a date in numbers", () => {
  it.each([
    ["3/5", "2026-03-05"], ["03/05", "2026-03-05"], ["12/25", "2025-12-25"], ["3/5/2025", "2025-03-05"], ["03/05/2025", "2025-03-05"], ["3/5/25", "2025-03-05"], ["3/5/99", "1999-03-05"], ["3.5.2025", "2025-03-05"], ["3-5-2025", "2025-03-05"], ["2025-03-05", "2025-03-05"], ["2025/3/5", "2025-03-05"], ["2025.03.05", "2025-03-05"], ["2025-03-05T09:30", "2025-03-05"], ["2025-03-05 09:30", "2025-03-05"], ["on 3/5", "2026-03-05"], ["(3/5)", "2026-03-05"],
  ])("months come first by default: %s is %s", (text, date) => {
    expect(said(text)).toBe(date);
  });
  it.each([["3/5", "2026-05-03"], ["03/05", "2026-05-03"], ["25/12", "2025-12-25"], ["3/5/2025", "2025-05-03"], ["3/5/25", "2025-05-03"], ["3.5.2025", "2025-05-03"], ["3-5-2025", "2025-05-03"], ["2025-03-05", "2025-03-05"], ["2025/3/5", "2025-03-05"]])("days come first where the account says so: %s is %s", (text, date) => {
    expect(said(text, { dateOrder: "DMY" })).toBe(date);
  });
  it.each([["3/5", "2026-03-05"], ["26/03/05", "2026-03-05"], ["2026/03/05", "2026-03-05"], ["26-03-05", "2026-03-05"]])("years come first where the account says so: %s is %s", (text, date) => {
    expect(said(text, { dateOrder: "YMD" })).toBe(date);
  });
  it("is turned round only when one order is impossible", () => {
    expect(said("25/12")).toBe("2025-12-25");
    expect(said("12/25", { dateOrder: "DMY" })).toBe("2025-12-25");
    expect(said("13/3/2026")).toBe("2026-03-13");
    expect(said("3/13/2026", { dateOrder: "DMY" })).toBe("2026-03-13");
    expect(said("12/12/2025")).toBe("2025-12-12");
  });
  it.each(["24/7", "3/32", "13/13", "0/5", "5/0", "1.2.3", "3/5/123", "3/5/7", "100/5", "5/100", "3/5/2/1", "v3/5", "3/", "/5", "3//5", "3 / 5", "192.168.1.1", "2.0", "3/5x", "1/2 hour", "1/2 of it", "2026"])("%s is no date", (text) => {
    expect(said(text)).not.toMatch(/^(?:\d{4}-|ask \d{4}|\d+\.?\d* h on)/);
  });
});

describe("days that the calendar lacks", () => {
  it.each([
    ["feb 30", "ask 2026-02-28 2026-03-01"], ["30 February", "ask 2026-02-28 2026-03-01"], ["31 June", "ask 2026-06-30 2026-07-01"], ["June 31", "ask 2026-06-30 2026-07-01"], ["31 Nov", "ask 2025-11-30 2025-12-01"], ["Feb 29", "ask 2026-02-28 2026-03-01"], ["29 Feb 2026", "ask 2026-02-28 2026-03-01"], ["Feb 29, 2100", "ask 2100-02-28 2100-03-01"], ["32 July", "ask 2026-07-31 2026-08-01"],
    ["2/30", "ask 2026-02-28 2026-03-01"], ["2/30/2026", "ask 2026-02-28 2026-03-01"], ["2026-02-30", "ask 2026-02-28 2026-03-01"], ["30.2.2026", "ask 2026-02-28 2026-03-01"], ["2026-13-13", "ask"], ["0 March", "ask"], ["2026-04-00", "ask"],
  ])("%s is asked about, never rolled over", (text, asked) => {
    expect(said(text)).toBe(asked);
  });
  it("has a 29 February in leap years", () => {
    expect(said("Feb 29", { today: "2028-04-06" })).toBe("2028-02-29");
    expect(said("29 February 2000")).toBe("2000-02-29");
  });
});

describe("a weekday with a date", () => {
  it.each([
    ["Thu Apr 2", "2026-04-02"], ["Thursday, April 2", "2026-04-02"], ["Thursday the 2nd of April", "2026-04-02"], ["Thursday April 2, 2026", "2026-04-02"], ["Thu., Apr. 2, 2026", "2026-04-02"], ["Thu 2 Apr", "2026-04-02"], ["Thursday 4/2", "2026-04-02"], ["Thu 2026-04-02", "2026-04-02"], ["Thursday (2 April)", "2026-04-02"], ["2 April (Thursday)", "2026-04-02"], ["April 2 (Thu)", "2026-04-02"], ["April 2, 2026 (Thu)", "2026-04-02"], ["Thursday on April 2", "2026-04-02"],
    ["Thursday Dec 25", "2025-12-25"], ["Monday March 17 2025", "2025-03-17"], ["Tuesday September 1", "2026-09-01"],
  ])("that agree is that day: %s is %s", (text, date) => {
    expect(said(text)).toBe(date);
  });
  it("without a year is the last one when only that one agrees", () => {
    // 1 September 2026 is nearer and a Tuesday; 1 September 2025 was a Monday.
    expect(said("Monday September 1")).toBe("2025-09-01");
    expect(said("Wednesday September 1")).toBe("ask 2026-09-01 2026-09-02 2026-08-26");
    // 9 October 2025 is nearer and a Thursday; only the coming one is a Friday.
    expect(said("Friday October 9")).toBe("ask 2025-10-09 2025-10-10 2025-10-03");
  });
  it.each([["Monday 2026-04-07", "ask 2026-04-07 2026-04-06 2026-04-13"], ["Friday April 2", "ask 2026-04-02 2026-04-03 2026-03-27"], ["Monday April 2, 2026", "ask 2026-04-02 2026-03-30 2026-04-06"], ["2 April (Friday)", "ask 2026-04-02 2026-04-03 2026-03-27"], ["Monday Feb 30", "ask 2026-02-28 2026-03-01"]])("that contradict each other is a question: %s", (text, asked) => {
    expect(said(text)).toBe(asked);
  });
});

describe("a day of the month alone", () => {
  it.each([["the 3rd", "2026-04-03"], ["on the 3rd", "2026-04-03"], ["the 6th", "2026-04-06"], ["the 1st", "2026-04-01"], ["the 10th", "2026-03-10"], ["the 20th", "2026-03-20"], ["the 31st", "2026-03-31"], ["the 30th", "2026-03-30"], ["3rd", "2026-04-03"], ["on the 22nd", "2026-03-22"]])("%s is the latest one: %s", (text, date) => {
    expect(said(text)).toBe(date);
  });
  it.each([["the 7th", "ask 2026-03-07 2026-04-07"], ["the 8th", "ask 2026-03-08 2026-04-08"], ["the 9th", "ask 2026-03-09 2026-04-09"]])("%s is asked about when the coming one is within three days", (text, asked) => {
    expect(said(text)).toBe(asked);
  });
  it("looks over the end of the month and the year", () => {
    expect(said("the 31st", { today: "2026-01-02" })).toBe("2025-12-31");
    expect(said("the 1st", { today: "2026-04-29" })).toBe("ask 2026-04-01 2026-05-01");
    expect(said("the 1st", { today: "2026-12-30" })).toBe("ask 2026-12-01 2027-01-01");
    expect(said("the 1st", { today: "2026-04-27" })).toBe("2026-04-01");
  });
  it("is asked about when a month without it was skipped", () => {
    expect(said("the 31st", { today: "2026-05-05" })).toBe("ask 2026-03-31 2026-05-31");
    expect(said("the 30th", { today: "2026-03-10" })).toBe("ask 2026-01-30 2026-03-30");
    expect(said("the 29th", { today: "2026-03-10" })).toBe("ask 2026-01-29 2026-03-29");
    expect(said("the 29th", { today: "2028-03-10" })).toBe("2028-02-29");
    expect(said("the 31st", { today: "2026-05-31" })).toBe("2026-05-31");
  });
  it.each(["the 32nd", "the 0th"])("%s is in no month", (text) => {
    expect(said(text)).toBe("ask");
  });
  it.each(["the 3rd round", "3rd party", "the 2nd half", "the 21st century", "1st place", "the first", "the 2nd quarter", "the 1st week", "5th"])("%j is no such day or a lone ordinal", (text) => {
    expect(said(text)).not.toMatch(/^2026-04-0[1-3]$|^ask 20/);
  });
});
