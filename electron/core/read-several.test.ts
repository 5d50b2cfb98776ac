import { describe, expect, it } from "vitest";
import { exampleFacts as facts } from "./fixture-account.ts";
import type { Facts } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { read } from "./read.ts";

const outcome = (text: string, given: Facts = facts): Outcome => read(text, given).outcome;

/** One line for each operation: enough to see what would be written. */
function lines(text: string, given: Facts = facts): readonly string[] {
  const result = outcome(text, given);
  if (result.kind === "question") return [`asks ${result.question.about}`, ...result.question.options.map((option) => option.label)];
  if (result.kind !== "proposal") return [result.kind];
  return result.operations.map((operation) => {
    switch (operation.op) {
      case "add":
        return `${operation.date} ${operation.hours} h ${operation.project}/${operation.task}${operation.notes === "" ? "" : ` "${operation.notes}"`}`;
      case "change":
        return `change ${operation.entry} ${JSON.stringify(operation.set)}`;
      case "delete":
      case "stop":
        return `${operation.op} ${operation.entry}`;
      case "start":
        return `start ${operation.project}/${operation.task}`;
    }
  });
}

describe("one length, several projects", () => {
  it("is shared out when the words say so", () => {
    expect(lines("split 6h between acme website design and globex development")).toEqual(["2026-04-06 3 h 1/11", "2026-04-06 3 h 3/12"]);
    expect(lines("5h evenly across acme website design, globex development and initech yesterday")).toEqual(["2026-04-05 1.67 h 1/11", "2026-04-05 1.67 h 3/12", "2026-04-05 1.66 h 4/12"]);
  });
  it("is given to each when the words say so", () => {
    expect(lines("1h each on acme website design and globex development yesterday")).toEqual(["2026-04-05 1 h 1/11", "2026-04-05 1 h 3/12"]);
    expect(lines("initech and globex development 2h each")).toEqual(["2026-04-06 2 h 4/12", "2026-04-06 2 h 3/12"]);
  });
  it("is asked about otherwise", () => {
    expect(lines("2h initech and globex development")).toEqual(["asks split", "2 h on each of 2", "2 h in total, 1 h each"]);
  });
});

describe("one length, several days", () => {
  it("is asked about", () => {
    expect(lines("2h initech on Thursday and Friday")[0]).toBe("asks split");
  });
  it("is given to each day when the words say so", () => {
    const days = ["2026-04-02 2 h 4/12", "2026-04-03 2 h 4/12"];
    expect(lines("2h each on Thursday and Friday initech")).toEqual(days);
    expect(lines("2h initech both Thursday and Friday")).toEqual(days);
    expect(lines("2h a day initech thursday and friday")).toEqual(days);
  });
  it("goes over the working days of a span", () => {
    expect(lines("1h initech every weekday last week")).toHaveLength(5);
    expect(lines("1h initech weekdays last week")).toHaveLength(5);
    expect(lines("30m initech every day Mon-Thu")).toEqual(["2026-03-30", "2026-03-31", "2026-04-01", "2026-04-02"].map((date) => `${date} 0.5 h 4/12`));
  });
  it("asks when two days stand side by side that cannot both be meant", () => {
    expect(lines("2h acme website tuesday wednesday")[0]).toBe("asks date");
    expect(lines("2h initech yesterday, Sunday")).toEqual(["2026-04-05 2 h 4/12"]);
  });
});

describe("the same once more", () => {
  it.each([
    ["same as yesterday", ["2026-04-06 2 h 1/11 \"header\""]],
    ["same as yesterday but 3h", ["2026-04-06 3 h 1/11 \"header\""]],
    ["copy yesterday's acme entry to today", ["2026-04-06 2 h 1/11 \"header\""]],
    ["copy Thursday to Friday", ["2026-04-03 1 h 5/14 \"standup\"", "2026-04-03 1 h 3/12"]],
    ["copy last Tuesday's entry to wednesday", ["2026-04-01 1 h 2/13 \"login\""]],
    ["repeat yesterday", ["2026-04-06 2 h 1/11 \"header\""]],
    ["log the same as friday for today", ["2026-04-06 3 h 2/12"]],
    ["copy friday to monday and sunday", ["2026-04-05 3 h 2/12", "2026-04-06 3 h 2/12"]],
  ])("%s", (text, expected) => {
    expect(lines(text)).toEqual(expected);
  });
  it("asks which entry when something is to be different and the day holds two", () => {
    expect(lines("same as thursday but 3h")[0]).toBe("asks entry");
  });
  it("refuses a day without entries", () => {
    expect(lines("same as wednesday")).toEqual(["refusal"]);
  });
});

describe("a length for an entry that is there", () => {
  it.each([
    ["make yesterday's acme entry 30 minutes longer", "change 1 {\"hours\":2.5}"], ["add 30 min to yesterday's acme entry", "change 1 {\"hours\":2.5}"], ["extend that by 1h", "change 1 {\"hours\":3}"], ["extend it to 3h", "change 1 {\"hours\":3}"],
    ["shorten yesterday's entry by 15 min", "change 1 {\"hours\":1.75}"], ["take 30 min off yesterday's acme entry", "change 1 {\"hours\":1.5}"], ["add 1h to that", "change 1 {\"hours\":3}"], ["add 2h to yesterday's acme entry", "change 1 {\"hours\":4}"],
  ])("%s", (text, expected) => {
    expect(lines(text)).toEqual([expected]);
  });
  it("is a new booking when no entry is pointed at", () => {
    expect(lines("add 30 min to initech")).toEqual(["2026-04-06 0.5 h 4/12"]);
  });
  it("asks when nothing would be left", () => {
    expect(lines("shorten yesterday's entry by 2h")[0]).toBe("asks hours");
  });
});

describe("what the day still lacks", () => {
  const busy: Facts = { ...facts, entries: [...facts.entries, { id: 50, date: "2026-04-06", hours: 2.5, project: 1, task: 11, notes: "", running: false }] };
  it("is counted from the entries of that day", () => {
    expect(lines("rest of the day to 8h on initech", busy)).toEqual(["2026-04-06 5.5 h 4/12"]);
    expect(lines("fill up to 8h with initech", busy)).toEqual(["2026-04-06 5.5 h 4/12"]);
    expect(lines("initech for the rest of yesterday up to 8 hours")).toEqual(["2026-04-05 6 h 4/12"]);
  });
  it("uses the user's own length of a day, and asks without one", () => {
    expect(lines("initech for the rest of the day", busy)[0]).toBe("asks hours");
    expect(lines("initech for the rest of the day", { ...busy, rules: { bare: "past", this: "week", last: "strict+ask", next: "strict+ask", clocks: "elapsed", future: "confirm", dayHours: 7.5 } })).toEqual(["2026-04-06 5 h 4/12"]);
  });
});

describe("lengths as people say them whole", () => {
  it.each([
    ["from 9 to 5 minus an hour for lunch initech", 7], ["9-5 initech with a 30 min lunch break", 7.5], ["initech 9-11:30 and 1-3", 4.5], ["initech 9 to 12, 1 to 5", 7], ["8h minus 30 min initech", 7.5], ["initech from nine to half past four", 7.5],
  ])("%s", (text, hours) => {
    expect(outcome(text)).toMatchObject({ kind: "proposal", operations: [{ op: "add", hours, project: 4 }] });
  });
  it("counts from a start until now", () => {
    expect(outcome("initech since 9:30", { ...facts, time: "11:00" })).toMatchObject({ operations: [{ hours: 1.5 }] });
  });
  it.each(["initech until noon", "2-3 hours initech", "an hour or two on initech", "initech since 9:30 yesterday"])("%s asks how long", (text) => {
    expect(lines(text)[0]).toBe("asks hours");
  });
});

describe("several things in one sentence", () => {
  const running: Facts = { ...facts, entries: [...facts.entries, { id: 60, date: "2026-04-06", hours: 0.5, project: 3, task: 12, notes: "", running: true }] };
  it.each([
    ["stop the timer and log 2h initech", ["stop 60", "2026-04-06 2 h 4/12"]],
    ["log 2h initech and delete yesterday's acme entry", ["2026-04-06 2 h 4/12", "delete 1"]],
    ["switch to initech", ["start 4/12"]],
    ["switch the timer to initech", ["start 4/12"]],
  ])("%s", (text, expected) => {
    expect(lines(text, running)).toEqual(expected);
  });
});

describe("questions", () => {
  it.each([
    ["what's missing this week", "Nothing is logged on Mon 6 Apr."], ["which days are missing last week", "Nothing is logged on Mon 30 Mar, Wed 1 Apr."], ["am I at 40 yet", "Not yet: 0 min of 40 h this week, 40 h to go."], ["am i at 4h yet last week", "Yes: 8 h of 4 h from Mon 30 Mar to Sun 5 Apr, 4 h more than that."],
  ])("%s", (text, expected) => {
    expect(outcome(text)).toMatchObject({ kind: "answer", text: expected });
  });
});

describe("German beside English", () => {
  it.each([
    ["gestern 2h initech", ["2026-04-05 2 h 4/12"]], ["letzten Freitag 1,5 Stunden initech", ["2026-04-03 1.5 h 4/12"]], ["initech vor 3 Tagen eine halbe Stunde", ["2026-04-03 0.5 h 4/12"]], ["anderthalb Stunden initech am Donnerstag", ["2026-04-02 1.5 h 4/12"]],
    ["initech von 9 bis 17 Uhr gestern", ["2026-04-05 8 h 4/12"]], ["2 Stunden 15 Minuten initech am 5. März", ["2026-03-05 2.25 h 4/12"]], ["vorgestern 2h initech", ["2026-04-04 2 h 4/12"]], ["lösche den Eintrag von gestern", ["delete 1"]],
  ])("%s", (text, expected) => {
    expect(lines(text)).toEqual(expected);
  });
});
