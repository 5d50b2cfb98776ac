import { describe, expect, it } from "vitest";
import { exampleEntries, exampleFacts as facts } from "./fixture-account.ts";
import type { Facts } from "./facts.ts";
import type { Outcome, Pin, Reading } from "./outcome.ts";
import { read } from "./read.ts";

const outcome = (text: string, with_: Facts = facts, pins: readonly Pin[] = []): Outcome => read(text, with_, pins).outcome;
const operations = (reading: Outcome): readonly unknown[] => ("operations" in reading ? reading.operations : []);
const add = (over: object): object => ({ op: "add", date: "2026-04-06", hours: 2, project: 1, task: 11, notes: "", assumed: ["task"], ...over });
const about = (reading: Outcome): string => (reading.kind === "question" ? reading.question.about : reading.kind);
const labels = (reading: Outcome): readonly string[] => (reading.kind === "question" ? reading.question.options.map((option) => option.label) : []);
const words = (reading: Reading, role: string): readonly string[] => reading.spans.filter((span) => span.role === role).map((span) => span.text);

describe("a plain add", () => {
  it("becomes a proposal that needs no second look, its task assumed from the last 30 days", () => {
    const reading = read("2h acme website yesterday", facts);
    expect(reading.outcome).toEqual({ kind: "proposal", preview: false, operations: [add({ date: "2026-04-05" })] });
    expect(words(reading, "project")).toEqual(["acme website"]);
    expect(words(reading, "when")).toEqual(["yesterday"]);
    expect(reading.because.some((reason) => reason.includes("Design is assumed"))).toBe(true);
  });

  it.each([
    ["2h acme website yesterday fixed the header", "fixed the header"],
    ["put 2 hours on acme website for yesterday - fixed the header", "fixed the header"],
    ["2h acme website yesterday – fixed the header", "fixed the header"],
    ["2h acme website yesterday: fixed the header", "fixed the header"],
    ['2h acme website yesterday "fixed the header"', "fixed the header"],
    ["2h acme website yesterday note: fixed the header", "fixed the header"],
    ["fixed the header 2h acme website yesterday", "fixed the header"],
    ["2h acme website yesterday (fixed the header)", "fixed the header"],
    ["2h acme website yesterday ticket 123", "ticket 123"],
    ['2h acme website yesterday "not 3h on friday"', "not 3h on friday"],
  ])("takes the note of: %s", (text, notes) => {
    expect(outcome(text)).toEqual({ kind: "proposal", preview: false, operations: [add({ date: "2026-04-05", notes })] });
  });

  it.each(["I worked 2h on acme website yesterday", "please log 2h for acme website yesterday", "can you put 2h down for acme website yesterday?", "yesterday I was on acme website for two hours", "acme website: 2h, yesterday", "2h @acme website yesterday"])("leaves the filler out of the note of: %s", (text) => {
    expect(outcome(text)).toEqual({ kind: "proposal", preview: false, operations: [add({ date: "2026-04-05" })] });
  });

  it.each([
    ["acme website 2", 2], ["acme website 1:30", 1.5], ["acme website 9-5", 8], ["1,5h acme website", 1.5], ["20 min acme website", 0.33], ["acme website from 9 to 11:30", 2.5], ["half an hour on acme website", 0.5],
  ])("reads the hours of %s", (text, hours) => {
    expect(operations(outcome(text))).toEqual([add({ hours })]);
  });

  it("is looked at first when its day lies ahead", () => {
    expect(outcome("2h acme website tomorrow")).toMatchObject({ kind: "proposal", preview: true, operations: [{ date: "2026-04-07" }] });
  });

  it("says why a bare weekday is the one gone", () => {
    expect(read("2h acme website friday", facts).because).toContain("Friday is the Friday just gone, because a bare weekday looks back.");
  });

  it("sends rounded hours and keeps what was said visible", () => {
    const reading = read("2h10m acme website", { ...facts, rounding: { minutes: 15, mode: "up" } });
    expect(operations(reading.outcome)).toEqual([add({ hours: 2.25 })]);
    expect(reading.because.join(" ")).toContain("2 h 10 min is rounded to 2 h 15 min");
    expect(about(outcome("5m acme website", { ...facts, rounding: { minutes: 15, mode: "nearest" } }))).toBe("hours");
  });
});

describe("which project", () => {
  it.each([
    ["2h initech phase 2", 4], ["3h sunday times", 7], ["3h 24/7 monitoring friday", 8], ["2h 2026 annual report", 9], ["2h may day", 10], ["2h acme mobile testing", 2], ["2h acme testing", 2], ["2h redesign", 1], ["1:30 initech billing", 4],
  ])("of %s is %i", (text, project) => {
    expect(operations(outcome(text))).toMatchObject([{ project }]);
  });

  it("still finds the date beside a name that holds a weekday", () => {
    expect(operations(outcome("2h sunday times sunday"))).toMatchObject([{ project: 7, date: "2026-04-05" }]);
  });

  it("is asked when several fit, and taken from the task when only one has it", () => {
    expect(labels(outcome("2h acme yesterday"))).toEqual(["Acme Corp › Website Redesign", "Acme Corp › Mobile App"]);
    expect(operations(outcome("2h acme design yesterday"))).toMatchObject([{ project: 1, task: 11 }]);
  });

  it.each(["globexx 2h", "2h acme webiste", "2h soylent website yesterday", "2h soylent yesterday", "2h yesterday", "log 2h"])("is asked and nothing is chosen for: %s", (text) => {
    const reading = outcome(text);
    expect(about(reading)).toBe("project");
    expect(operations(reading)[0]).not.toHaveProperty("project");
  });

  it("offers the near one when a word is a slip away", () => {
    expect(labels(outcome("globexx 2h"))).toEqual(["Globex › API Platform"]);
  });

  it("offers the ones used last first when no word names one", () => {
    expect(labels(outcome("2h yesterday"))[0]).toBe("Acme Corp › Website Redesign");
  });

  it("refuses an archived one by its name", () => {
    expect(outcome("2h legacy portal")).toMatchObject({ kind: "refusal", code: "archived", message: expect.stringContaining("Legacy Portal") as string });
  });

  it("is not guessed when two are named side by side", () => {
    expect(outcome("2h acme website globex")).toMatchObject({ kind: "question", question: { about: "project" } });
  });
});

describe("which task", () => {
  it("is asked, last used first, when several were used lately", () => {
    const reading = outcome("2h acme mobile");
    expect(about(reading)).toBe("task");
    expect(labels(reading)).toEqual(["Development", "Testing", "Meetings"]);
  });
  it("is asked again when none was used", () => {
    expect(about(outcome("2h acme website", { ...facts, entries: [] }))).toBe("task");
  });
  it("does not count what was used more than 30 days ago", () => {
    const old = exampleEntries.map((entry) => ({ ...entry, date: "2026-03-01" as const }));
    expect(about(outcome("2h acme website", { ...facts, entries: old }))).toBe("task");
  });
  it("is not assumed when it was named", () => {
    expect(operations(outcome("2h acme website development"))).toEqual([{ op: "add", date: "2026-04-06", hours: 2, project: 1, task: 12, notes: "" }]);
  });
});

describe("what is missing or impossible is asked", () => {
  it.each([
    ["2h acme website feb 30", "date"], ["2h acme website next friday", "date"], ["2h acme website Monday 2026-04-07", "date"], ["acme website yesterday", "hours"], ["acme website 90", "hours"], ["acme website half day", "hours"], ["25h acme website", "hours"],
    ["0h acme website", "hours"], ["-2h acme website", "hours"], ["8h acme website last week", "split"], ["2h acme website mon-fri", "split"],
  ])("%s: %s", (text, field) => {
    expect(about(outcome(text))).toBe(field);
  });
  it("books every working day when the words say so", () => {
    const reading = outcome("2h acme website last week each day");
    expect(reading).toMatchObject({ kind: "proposal", preview: true });
    expect(operations(reading).map((each) => (each as { date: string }).date)).toEqual(["2026-03-30", "2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03"]);
  });
});

describe("several in one sentence", () => {
  it.each([
    "2h acme website and 30m internal meetings yesterday", "yesterday 2h acme website, 30m internal meetings", "yesterday: 2h acme website; 30m internal meetings", "2h acme website yesterday\n30m internal meetings", "acme website 2h then internal meetings 30m yesterday",
  ])("become adds that share the day: %s", (text) => {
    expect(outcome(text)).toEqual({
      kind: "proposal", preview: true, operations: [add({ date: "2026-04-05" }), { op: "add", date: "2026-04-05", hours: 0.5, project: 5, task: 14, notes: "" }],
    });
  });
  it("keep their own days", () => {
    expect(operations(outcome("monday 4h initech, tuesday 2h initech"))).toMatchObject([{ date: "2026-04-06", hours: 4 }, { date: "2026-03-31", hours: 2 }]);
  });
  it("share the project when only the day differs", () => {
    expect(operations(outcome("initech 1h30 friday and 45m today"))).toMatchObject([{ date: "2026-04-03", hours: 1.5, project: 4 }, { date: "2026-04-06", hours: 0.75, project: 4 }]);
  });
});

describe("shortcuts", () => {
  it("stand for project, task, note and hours", () => {
    expect(operations(outcome("standup"))).toEqual([{ op: "add", date: "2026-04-06", hours: 0.25, project: 5, task: 14, notes: "Standup" }]);
  });

  it("asks which project when only a task is said, and the answer settles both", () => {
    const asked = outcome("2h admin today");
    expect(asked).toMatchObject({ kind: "question", question: { about: "project", options: [{ label: "Internal › Operations · Admin" }] } });
    expect(read("2h admin today", facts, asked.kind === "question" ? asked.question.options[0]?.pins : []).outcome).toMatchObject({ kind: "proposal", operations: [{ op: "add", hours: 2, project: 5, task: 15, notes: "" }] });
    expect(outcome("1h development today")).toMatchObject({ kind: "question", question: { about: "project", text: "\"development\" is a task of several projects. Which one?" } });
  });
  it("take the longest name, and words beat what they hold", () => {
    expect(operations(outcome("45m standup mobile yesterday"))).toEqual([{ op: "add", date: "2026-04-05", hours: 0.75, project: 2, task: 14, notes: "Mobile standup" }]);
    expect(operations(outcome("standup - retro"))).toMatchObject([{ notes: "retro" }]);
  });
});

describe("what must not be booked", () => {
  it.each([
    "don't log 2h acme website", "if acme calls log 2h acme website", "I might do 2h acme website", "Sam did 3h acme website", "she worked 2h on acme website", "hello", "thanks, great", "what can you do?", "submit my timesheet", "change my password", "create a project called Falcon",
    "2h acme website not mobile", "2h acme website, actually 3h", "2h acme website 3h", "2h acme website yesterday, no wait, friday", "2h acme website except lunch", "log 2h to acme website and delete the globex entry", "2h acme website yesterday at 3pm",
    "2h acme mobile development and testing", "acme website all morning", "we did 2h acme website",
  ])("%s", (text) => {
    expect(["nothing", "refusal", "needs-model", "question"]).toContain(outcome(text).kind);
  });
  it.each(["", "   ", "\n\t"])("an empty text comes to nothing", (text) => {
    expect(outcome(text)).toEqual({ kind: "nothing" });
  });
  it("a text over 20,000 characters is refused unread", () => {
    expect(outcome("2h acme website ".repeat(1300))).toMatchObject({ kind: "refusal", code: "too-long" });
  });
  it("needs-model still carries what is sure", () => {
    expect(outcome("2h acme website yesterday, actually it was raining")).toMatchObject({ kind: "needs-model", operations: [{ op: "add", date: "2026-04-05", hours: 2, project: 1 }] });
  });
});

describe("pins", () => {
  it("win over the words", () => {
    const pins: readonly Pin[] = [{ op: 0, field: "date", value: "2026-04-01" }, { op: 0, field: "hours", value: 3 }, { op: 0, field: "project", value: 2 }, { op: 0, field: "task", value: 13 }, { op: 0, field: "notes", value: "kept" }];
    expect(operations(outcome("2h acme website yesterday fixed", facts, pins))).toEqual([{ op: "add", date: "2026-04-01", hours: 3, project: 2, task: 13, notes: "kept" }]);
  });
  it("answer one question after the other until the proposal stands", () => {
    let pins: readonly Pin[] = [];
    const asked: string[] = [];
    for (let i = 0; i < 6; i += 1) {
      const now = outcome("acme next friday", facts, pins);
      if (now.kind !== "question") break;
      asked.push(now.question.about);
      pins = [...pins, ...(now.question.options[0]?.pins ?? [])];
    }
    expect(asked).toEqual(["date", "project", "hours"]);
    expect(operations(outcome("acme next friday", facts, pins))).toEqual([add({ date: "2026-04-10", hours: 0.5 })]);
  });
  it("spread hours over the days as the answer says", () => {
    const asked = outcome("8h initech last week");
    const pins = asked.kind === "question" ? (asked.question.options[1]?.pins ?? []) : [];
    const reading = operations(outcome("8h initech last week", facts, pins)) as { hours: number; date: string }[];
    expect(reading.map((each) => each.hours)).toEqual([1.6, 1.6, 1.6, 1.6, 1.6]);
    expect(reading.at(-1)?.date).toBe("2026-04-03");
  });
  it("leave everything as it is when that was the answer", () => {
    expect(outcome("2h acme website", facts, [{ op: 0, field: "intent", value: "nothing" }])).toEqual({ kind: "nothing" });
  });
});
