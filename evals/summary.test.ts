import { describe, expect, it } from "vitest";
import type { Said, Talk, Trace } from "./agents/agent.ts";
import { NO_COST } from "./agents/agent.ts";
import { readCases, type EvalCase } from "./case.ts";
import type { ResultRow, Summary } from "./result.ts";
import { playAll } from "./run.ts";
import { summarise } from "./summary.ts";

const caseOf = (id: string, expected: object): EvalCase => {
  const { cases: [only], problems } = readCases("here", JSON.stringify({ id, now: "2026-04-08T12:00:00", account: { name: "agency" }, turns: [{ say: "whatever" }], expect: expected }));
  if (!only) throw new Error(problems[0]?.message);
  return only;
};
const trace = (confidence: number): Trace => ({ text: "whatever", by: "model", marks: [], operations: [], because: [], asked: true, confidence });
const question = (about: "project" | "hours" | "date"): Said => ({ kind: "question", about, options: [], shown: "" });
const answer = (confidence: number): Said => ({ kind: "answer", shown: "2 h", trace: trace(confidence) });

async function summed(cases: readonly (readonly [object, Said])[]): Promise<Summary> {
  const rows: ResultRow[] = [];
  const talk = (said: Said): Talk => ({ say: () => Promise.resolve(said), answer: () => Promise.resolve(said), undo: () => Promise.resolve(said), cost: () => NO_COST });
  for (const [at, [expected, said]] of cases.entries()) {
    await playAll({ name: "fixed", slots: 1, about: {}, open: () => Promise.resolve(talk(said)), close: () => Promise.resolve() }, [{ evalCase: caseOf(`c${at}`, expected), trial: 0 }], "accept", (row) => rows.push(row));
  }
  return summarise({ rows, agent: "fixed", user: "accept", command: "x", about: {}, problems: [], seconds: 1 });
}

describe("asks about the right thing", () => {
  const asked = { outcome: "question", about: "project" };
  it("counts questions about the part that is open, and whatever else came where one was needed", async () => {
    const { slots } = await summed([[asked, question("project")], [asked, question("hours")], [asked, { kind: "refusal", shown: "" }], [{ outcome: "question", about: ["date", "hours"] }, question("hours")]]);
    expect(slots).toMatchObject({ count: 2, n: 4 });
    expect(slots.high).toBeGreaterThan(slots.rate);
  });
  it("is apart from success: where saving is as good, not asking is no failure to ask, and asking about another part is", async () => {
    const either = { outcome: ["saved", "refusal", "question"], about: "project" };
    expect((await summed([[either, { kind: "refusal", shown: "" }], [either, question("date")], [either, question("project")]])).slots).toMatchObject({ count: 1, n: 2 });
  });
  it("says nothing of cases that name no part", async () => {
    expect((await summed([[{ outcome: "question" }, question("date")]])).slots.n).toBe(0);
  });
});

describe("risk and coverage of a run", () => {
  const right = { outcome: "answer", answerHas: ["2"] };
  const wrong = { outcome: "answer", answerHas: ["7"] };
  it("orders what was answered by confidence; questions and refusals lower the coverage alone", async () => {
    const { risk } = await summed([[right, answer(0.9)], [wrong, answer(0.3)], [right, question("date")], [right, { kind: "refusal", shown: "" }]]);
    expect(risk.points).toEqual([{ confidence: 0.9, coverage: 0.25, risk: 0 }, { confidence: 0.3, coverage: 0.5, risk: 0.5 }]);
    expect(risk.area).toBeCloseTo(0.25);
  });
});
