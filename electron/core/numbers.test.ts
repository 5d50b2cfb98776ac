import { describe, expect, it } from "vitest";
import { countAt, decimalAt, ordinalAt, slashAt, standsAlone, wordNumberAt } from "./numbers.ts";
import { tokenize, type Found, type Token } from "./tokens.ts";

type Recogniser = (tokens: readonly Token[], i: number) => Found<number> | undefined;

/** What is read at the mark "|" of a text, and the text that is left behind it: "2.5, then h". */
function readAt(recogniser: Recogniser, marked: string): string {
  const text = marked.replace("|", "");
  const tokens = tokenize(text);
  const at = marked.includes("|") ? tokens.findIndex((token) => token.start >= marked.indexOf("|")) : 0;
  const found = recogniser(tokens, at < 0 ? tokens.length : at);
  if (!found) return "nothing";
  const next = tokens[found.next];
  return next ? `${found.value}, then ${text.slice(next.start)}` : `${found.value}`;
}

describe("a number in digits", () => {
  it.each([
    ["2", "2"], ["12", "12"], ["1234", "1234"], ["2h", "2, then h"], ["1.5", "1.5"], ["1,5", "1.5"], ["1.25h", "1.25, then h"], ["1,5 h", "1.5, then h"], ["0.5", "0.5"], [".5", "0.5"], [".75h", "0.75, then h"], ["for |.5 h", "0.5, then h"], ["(|.5)", "0.5, then )"],
    ["2½", "2.5"], ["2¼h", "2.25, then h"], ["1¾", "1.75"], ["½", "0.5"], ["¼ h", "0.25, then h"], ["¾", "0.75"], ["2 1/2", "2.5"], ["1 3/4 h", "1.75, then h"], ["10 1/4", "10.25"],
    ["2, then 3", "2, then , then 3"], ["2. And", "2, then . And"], ["2 , 5", "2, then , 5"], ["1 2", "1, then 2"], ["1 5/2", "1, then 5/2"], ["1 0/2", "1, then 0/2"], ["3 3/3", "3, then 3/3"],
    ["1.5: x", "1.5, then : x"], ["1.5.", "1.5, then ."], ["1.5 :30", "1.5, then :30"], ["1.5/", "1.5, then /"], ["1.5.x", "1.5, then .x"],
  ])("%j is read as %s", (text, expected) => {
    expect(readAt(decimalAt, text)).toBe(expected);
  });
  it.each(["", "x", "12345", "1.234", "1,000", "1.2.3", "1.5:30", "1.5/2", "h|.5", "2|.5", "-", ".", ". 5", ".x", ".123", "half"])("%j is none", (text) => {
    expect(readAt(decimalAt, text)).toBe("nothing");
  });
  it("never looks outside the words", () => {
    expect(decimalAt([], 0)).toBeUndefined();
    expect(readAt(decimalAt, "2 |")).toBe("nothing");
    expect(readAt(decimalAt, "1.")).toBe("1, then .");
    expect(readAt(decimalAt, "1 1/")).toBe("1, then 1/");
  });
});

describe("a fraction with a slash", () => {
  it.each([["1/2", "0.5"], ["1/4", "0.25"], ["3/4 h", "0.75, then h"]])("%j is read as %s", (text, expected) => {
    expect(readAt(slashAt, text)).toBe(expected);
  });
  it.each(["2/2", "3/2", "0/4", "4/4", "1/3", "1/8", "3/5", "1 / 2", "1/ 2", "1 /2", "1/", "1", "a/2", "1/a", "1-2", "x", ""])("%j is none", (text) => {
    expect(readAt(slashAt, text)).toBe("nothing");
  });
});

describe("a number in words", () => {
  it.each([
    ["one", "1"], ["two hours", "2, then hours"], ["twelve", "12"], ["nineteen", "19"], ["zero", "0"], ["twenty", "20"], ["twenty one", "21"], ["twenty-one", "21"], ["forty five min", "45, then min"], ["ninety-nine", "99"], ["thirty minutes", "30, then minutes"],
    ["twenty ten", "20, then ten"], ["twenty zero", "20, then zero"], ["fifty - two", "50, then - two"], ["twenty-", "20, then -"], ["twenty-x", "20, then -x"], ["sixty nineteen", "60, then nineteen"],
  ])("%j is read as %s", (text, expected) => {
    expect(readAt(wordNumberAt, text)).toBe(expected);
  });
  it.each(["", "2", "hundred", "an", "first", "-two"])("%j is none", (text) => {
    expect(readAt(wordNumberAt, text)).toBe("nothing");
  });
});

describe("a count", () => {
  it.each([["3 days", "3, then days"], ["a week", "1, then week"], ["an hour", "1, then hour"], ["a couple of days", "2, then days"], ["a couple days", "2, then days"], ["three weeks", "3, then weeks"], ["twenty-one days", "21, then days"], ["365 days", "365, then days"], ["in |10 days", "10, then days"], ["(|3 days)", "3, then days)"]])("%j is read as %s", (text, expected) => {
    expect(readAt(countAt, text)).toBe(expected);
  });
  it.each(["v|3 days", "$|3 days", "1.|3 days", "the days", "couple", "1234567 days", ""])("%j is none", (text) => {
    expect(readAt(countAt, text)).toBe("nothing");
  });
});

describe("an ordinal", () => {
  it.each([
    ["1st", "1"], ["2nd of", "2, then of"], ["3rd", "3"], ["4th", "4"], ["22nd", "22"], ["31st x", "31, then x"], ["first", "1"], ["third of", "3, then of"], ["twelfth", "12"], ["nineteenth", "19"], ["twentieth", "20"], ["thirtieth", "30"],
    ["twenty first", "21"], ["twenty-first", "21"], ["thirty first of", "31, then of"], ["thirty-first", "31"],
  ])("%j is read as %s", (text, expected) => {
    expect(readAt(ordinalAt, text)).toBe(expected);
  });
  it.each(["3", "3 rd", "3rds", "103rd", "twenty", "twenty two", "twenty tenth", "twenty eleventh", "3x", "nd", "", "th"])("%j is none", (text) => {
    expect(readAt(ordinalAt, text)).toBe("nothing");
  });
});

describe("whether a number stands on its own", () => {
  const stands = (marked: string): boolean => {
    const tokens = tokenize(marked.replace("|", ""));
    return standsAlone(tokens, tokens.findIndex((token) => token.start >= marked.indexOf("|")));
  };
  it.each(["|2h", "a |2", "(|2h)", "[|2", "~|2", "+|2", "\"|2\"", "*|2"])("stands alone in %j", (text) => {
    expect(stands(text)).toBe(true);
  });
  it.each(["v|2", "es|6", "1.|2", "1,|2", "1:|2", "1/|2", "#|2", "$|2", "€|2", "£|2", "'|26", "x-|2"])("belongs to what is before it in %j", (text) => {
    expect(stands(text)).toBe(false);
  });
  it("has nothing to tell behind the last word", () => {
    expect(standsAlone([], 0)).toBe(false);
  });
});
