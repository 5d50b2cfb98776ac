import { describe, expect, it } from "vitest";
import { exampleEntries, exampleFacts as facts } from "./fixture-account.ts";
import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { read } from "./read.ts";

const outcome = (text: string, with_: Facts = facts): Outcome => read(text, with_).outcome;
const change = (entry: number, set: object, over: object = {}): Outcome => ({ kind: "proposal", preview: true, operations: [{ op: "change", entry, set, ...over }] });
const running: Facts = { ...facts, entries: [...exampleEntries, { id: 9, date: "2026-04-06", hours: 0.5, project: 3, task: 12, notes: "", running: true }] };

describe("a change or move is one change of one existing entry", () => {
  it.each<[string, number, object]>([
    ["move yesterday's acme entry to Friday and make it 3h", 1, { date: "2026-04-03", hours: 3 }],
    ["move yesterday's entry to Friday", 1, { date: "2026-04-03" }],
    ["can you move Friday's acme mobile hours to last Thursday?", 2, { date: "2026-04-02" }],
    ["shift the 3h acme mobile from friday to thursday", 2, { date: "2026-04-02" }],
    ["put yesterday's acme entry on today instead", 1, { date: "2026-04-06" }],
    ["the acme mobile entry from Friday should be on Thursday", 2, { date: "2026-04-02" }],
    ["make that 3h", 1, { hours: 3 }],
    ["actually make that 4h", 1, { hours: 4 }],
    ["no, it was 45 minutes", 1, { hours: 0.75 }],
    ["change yesterday's acme design to 3h", 1, { hours: 3 }],
    ["change yesterday's entry from 2h to 3h", 1, { hours: 3 }],
    ["make friday's entry 45m", 2, { hours: 0.75 }],
    ["the acme mobile entry on friday was only 1 hour", 2, { hours: 1 }],
    ["it was 3h not 2h", 1, { hours: 3 }],
    ["actually it was Tuesday", 1, { date: "2026-03-31" }],
    ["that should have been on Thursday", 1, { date: "2026-04-02" }],
    ["should have been Initech", 1, { project: 4, task: 12 }],
    ["change yesterday's acme entry to development", 1, { task: 12 }],
    ["change the task of yesterday's entry to development", 1, { task: 12 }],
    ["rename the note to new header", 1, { notes: "new header" }],
    ['change the note on yesterday\'s acme entry to "invoice run"', 1, { notes: "invoice run" }],
  ])("%s", (text, entry, set) => {
    expect(outcome(text)).toMatchObject(change(entry, set));
  });

  it("changes nothing else", () => {
    expect(outcome("move yesterday's acme entry to Friday and make it 3h")).toEqual(change(1, { date: "2026-04-03", hours: 3 }));
  });

  it("takes the task of the same name along to the new project, else assumes as for an add", () => {
    expect(outcome("change friday's acme mobile entry to globex")).toEqual(change(2, { project: 3, task: 12 }));
  });
});

describe("which entry", () => {
  it("is asked, one option for each, when two fit; an answer settles it", () => {
    const asked = outcome("move the acme mobile entry to today");
    expect(asked).toMatchObject({ kind: "question", question: { about: "entry" } });
    const options = asked.kind === "question" ? asked.question.options : [];
    expect(options.map((option) => option.pins)).toEqual([[{ op: 0, field: "entry", value: 2 }], [{ op: 0, field: "entry", value: 5 }]]);
    expect(read("move the acme mobile entry to today", facts, options[1]?.pins ?? []).outcome).toEqual(change(5, { date: "2026-04-06" }));
  });
  it.each(["change friday's soylent to 3h", "delete yesterday's globex", "move wednesday's entry to friday", "move it to yesterday", "make yesterday's acme entry 2h"])("nothing is changed by: %s", (text) => {
    expect(outcome(text)).toMatchObject({ kind: "refusal", code: "nothing-to-change" });
  });
  it("is refused with Harvest's reason when it is locked", () => {
    expect(outcome("change thursday's globex to 3h")).toMatchObject({ kind: "refusal", code: "locked", message: expect.stringContaining("the week is approved") as string });
  });
  it("is asked when nothing was written last", () => {
    expect(outcome("make that 3h", { ...facts, last: undefined })).toMatchObject({ kind: "question", question: { about: "entry" } });
    expect(outcome("make that 3h", { ...facts, entries: [], last: undefined })).toMatchObject({ kind: "refusal", code: "nothing-to-change" });
  });
});

describe("a correction of the entry written last", () => {
  it.each([["not friday, thursday", { date: "2026-04-02" }], ["it was for globex, not acme", { project: 3, task: 12 }], ["no, tuesday", { date: "2026-03-31" }], ["actually 2.5h", { hours: 2.5 }]])("%s", (text, set) => {
    expect(read(text, facts).outcome).toMatchObject({ kind: "proposal", operations: [{ op: "change", entry: 1, set }] });
  });
});

describe("what a change leaves open", () => {
  it.each([["move yesterday's acme entry to feb 30", "date"], ["move yesterday's acme entry to next friday", "date"], ["make it 90", "hours"], ["change yesterday's entry to soylent", "project"], ["switch that to acme", "project"]])("%s asks about the %s", (text, about) => {
    expect(outcome(text)).toMatchObject({ kind: "question", question: { about } });
  });
  it.each(["split yesterday's entry", "actually 2h acme website yesterday"])("%s is left to a model", (text) => {
    expect(outcome(text).kind).toBe("needs-model");
  });
});

describe("deletes and timers", () => {
  it.each<[string, number]>([["delete yesterday's acme", 1], ["delete the standup entry", 3], ["remove the 3h acme mobile from friday", 2], ["scrap that", 1], ["get rid of yesterday's entry", 1], ["cancel the last entry", 1]])("%s", (text, entry) => {
    expect(outcome(text)).toEqual({ kind: "proposal", preview: true, operations: [{ op: "delete", entry }] });
  });
  it("never takes everything for the last entry", () => {
    expect(outcome("delete everything")).toMatchObject({ kind: "question", question: { about: "entry" } });
  });
  it.each(["start acme website", "start a timer for acme website", "I'm starting acme website now", "begin tracking acme website"])("%s", (text) => {
    expect(outcome(text)).toEqual({ kind: "proposal", preview: true, operations: [{ op: "start", project: 1, task: 11, notes: "", assumed: ["task"] }] });
  });
  it("keeps the note of a timer and refuses another day", () => {
    expect(outcome("start initech fixing login")).toMatchObject({ operations: [{ notes: "fixing login" }] });
    expect(outcome("start initech yesterday")).toMatchObject({ kind: "refusal", code: "not-supported" });
  });
  it.each(["stop", "stop the timer", "pause the clock", "I'm done with globex"])("%s stops the running one", (text) => {
    expect(outcome(text, running)).toEqual({ kind: "proposal", preview: true, operations: [{ op: "stop", entry: 9 }] });
  });
  it("stops nothing that does not run", () => {
    expect(outcome("stop")).toMatchObject({ kind: "refusal", code: "nothing-to-change" });
    expect(outcome("stop acme", running)).toMatchObject({ kind: "refusal", code: "nothing-to-change" });
  });
});

describe("questions about what is logged", () => {
  it.each<[string, number]>([["how much on acme this month", 5], ["what did I do Thursday", 2], ["how many hours yesterday?", 2], ["how many hours this week", 0], ["how much time on acme mobile last week", 4], ["what did I do last week?", 8], ["total for initech", 0], ["show friday's entries", 3]])("%s: %d h", (text, hours) => {
    expect(outcome(text)).toMatchObject({ kind: "answer", hours });
  });
  it("lists the entries of one day and the projects of many", () => {
    expect(outcome("what did I do Thursday")).toMatchObject({ rows: [{ label: "Internal › Operations · Meetings · standup", hours: 1 }, { label: "Globex › API Platform · Development", hours: 1 }] });
    expect(outcome("how much on acme this month")).toMatchObject({ rows: [{ label: "Acme Corp › Mobile App", hours: 3 }, { label: "Acme Corp › Website Redesign", hours: 2 }] });
  });
  it("says when it reaches further back than what is known", () => {
    const asked = outcome("how much on acme in february");
    expect(asked.kind === "answer" && asked.text).toContain("are not counted");
  });
  it("asks which day when the day is open", () => {
    expect(outcome("what did I do last sunday", { ...facts, today: "2026-04-08" }).kind).toBe("answer");
    expect(outcome("what did I do last monday", { ...facts, today: "2026-04-08" })).toMatchObject({ kind: "question", question: { about: "date" } });
  });
});
