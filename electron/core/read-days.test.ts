import { describe, expect, it } from "vitest";
import { exampleFacts as facts } from "./fixture-account.ts";
import { readPhrase } from "./phrase.ts";
import { read } from "./read.ts";

/** Days by their numbers; today is Monday 6 April 2026. The account's one-task project is "2h initech", so that only the days are open. */
const days = (text: string): readonly (string | undefined)[] => {
  const { outcome } = read(text, facts);
  if (outcome.kind === "question" && outcome.question.about === "split") return (outcome.question.options[0]?.pins ?? []).flatMap((pin) => (pin.field === "date" ? [pin.value] : []));
  return outcome.kind === "proposal" ? outcome.operations.map((operation) => (operation.op === "add" ? operation.date : undefined)) : [outcome.kind];
};

describe("several days of a month by their numbers", () => {
  it.each([
    ["2h initech on the 1st-3rd", ["2026-04-01", "2026-04-02", "2026-04-03"]],
    ["2h initech the 1st to 3rd", ["2026-04-01", "2026-04-02", "2026-04-03"]],
    ["2h initech 1st - 3rd", ["2026-04-01", "2026-04-02", "2026-04-03"]],
    ["2h initech 3rd-5th of march", ["2026-03-03", "2026-03-04", "2026-03-05"]],
    ["2h initech 3-5th march", ["2026-03-03", "2026-03-04", "2026-03-05"]],
    ["2h initech on the 1st and 3rd", ["2026-04-01", "2026-04-03"]],
  ])("%s", (text, expected) => {
    expect(days(text)).toEqual(expected);
  });
  it("an ordinal that counts something else stays in the note", () => {
    expect(read("2h initech 2nd round", facts).outcome).toMatchObject({ kind: "proposal", operations: [{ date: "2026-04-06", notes: "2nd round" }] });
  });
});

describe("the same for another day", () => {
  it("leaves the first one on today", () => {
    expect(days("initech 2h, same for thursday")).toEqual(["2026-04-06", "2026-04-02"]);
  });
});

describe("what is missing, begins or is thrown out", () => {
  it("\"there should be\" is no correction of an entry that is there", () => {
    expect(read("there should be 2h of initech on thursday", facts).outcome).toMatchObject({ kind: "needs-model", operations: [{ op: "add", date: "2026-04-02", hours: 2, project: 4 }] });
  });
  it("\"actually start\" starts", () => {
    expect(read("actually start initech now", facts).outcome).toMatchObject({ kind: "needs-model", operations: [{ op: "start", project: 4 }] });
  });
  it("\"throw out\" deletes", () => {
    expect(read("throw out friday's acme mobile entry", facts).outcome).toMatchObject({ kind: "proposal", operations: [{ op: "delete", entry: 2 }] });
  });
});

describe("the week before last", () => {
  it.each([["the week before last", "2026-03-23", "2026-03-29"], ["weekend before last", "2026-03-28", "2026-03-29"], ["month before last", "2026-02-01", "2026-02-28"]])("%s is two back, not a note", (words, start, end) => {
    expect(readPhrase(words, facts)).toMatchObject({ range: { start, end } });
    expect(read(`2h initech ${words}`, facts).outcome).toMatchObject({ kind: "question", question: { about: "split" } });
  });
});

describe("words in brackets behind a booking", () => {
  it("are its note whole, though one of them names a project too", () => {
    expect(read("2h initech yesterday (phase call)", facts).outcome).toMatchObject({ kind: "proposal", operations: [{ project: 4, notes: "phase call" }] });
  });
  it("are the project where they hold nothing else", () => {
    expect(read("2h initech (billing)", facts).outcome).toMatchObject({ kind: "proposal", operations: [{ project: 4, notes: "" }] });
  });
});

describe("days of the year by their names", () => {
  it.each(["2h initech good friday", "2h initech on black friday", "2h initech easter monday cards", "2h initech on christmas eve", "2h initech on xmas"])("are asked about, never the last such weekday and never today: %s", (text) => {
    expect(read(text, facts).outcome).toMatchObject({ kind: "question", question: { about: "date" } });
  });
  it.each([["2h initech christmas campaign", "2026-04-06"], ["2h initech friday deploy", "2026-04-03"]])("%s is what it says", (text, date) => {
    expect(read(text, facts).outcome).toMatchObject({ kind: "proposal", operations: [{ date }] });
  });
});

describe("a span whose end is still to come", () => {
  it.each(["initech 9 -", "initech from 9 to", "initech 10:", "initech from 9"])("is no length: %s", (text) => {
    expect(read(text, facts).outcome.kind).toBe("needs-model");
  });
});

describe("a day that may belong to the words beside it", () => {
  it.each(["2h initech tomorrow's meeting prep", "2h initech prep for monday", "2h initech from thursday's backlog", "2h initech due friday"])("is not taken silently: %s", (text) => {
    const { outcome } = read(text, facts);
    expect(["needs-model", "question"]).toContain(outcome.kind);
  });
  it("is the entry's where only the booking stands before it", () => {
    expect(read("2h initech for thursday", facts).outcome).toMatchObject({ kind: "proposal", operations: [{ date: "2026-04-02", notes: "" }] });
  });
});

describe("hours and a fraction", () => {
  it.each([["initech 1 hr and 1/2", 1.5], ["initech 2h and 3/4", 2.75], ["initech 1h:30", 1.5], ["initech 1h:05", 1.08]])("%s is %s h, and no day of the year", (text, hours) => {
    expect(read(text, facts).outcome).toMatchObject({ kind: "proposal", operations: [{ date: "2026-04-06", hours, notes: "" }] });
  });
  it("two lengths stay two", () => {
    expect(read("1h and 1/2 hour of initech", facts).outcome).toMatchObject({ operations: [{ hours: 1 }, { hours: 0.5 }] });
  });
});

describe("a single word behind \"by\" or \"for\"", () => {
  it.each(["2h initech by kim", "2h initech for kim"])("may be a person, however it is written, and is asked about: %s", (text) => {
    expect(read(text, facts).outcome).toMatchObject({ kind: "question", question: { about: "intent" } });
  });
  it("is a note when it tells of work", () => {
    expect(read("2h initech for review", facts).outcome).toMatchObject({ kind: "proposal", operations: [{ notes: "review" }] });
  });
});
