import { describe, expect, it } from "vitest";
import { createScriptedModel } from "../electron/agent/scripted-model.ts";
import { goldAgent } from "./agents/gold.ts";
import { loadedAs } from "./agents/loaded.ts";
import { rulesAgent } from "./agents/rules.ts";
import { stintAgent } from "./agents/stint.ts";
import type { Agent } from "./agents/agent.ts";
import { attributed } from "./attribution.ts";
import { readCases, type EvalCase } from "./case.ts";
import { goldReply } from "./gold-intent.ts";
import type { ResultRow } from "./result.ts";
import { playAll } from "./run.ts";

const account = { name: "agency", last: 7, entries: [{ id: 5, date: "2026-04-06", hours: 6, project: 5, task: 15, notes: "Tickets" }, { id: 7, date: "2026-04-07", hours: 4, project: 1, task: 11, notes: "Footer" }] };
const caseOf = (say: string, expected: object): EvalCase => {
  const { cases: [only], problems } = readCases("here", JSON.stringify({ id: say, now: "2026-04-08T12:00:00", account, turns: [{ say }], expect: { outcome: "saved", ...expected } }));
  if (!only) throw new Error(problems[0]?.message);
  return only;
};
const saying = (reply: string): Agent => stintAgent("stint", loadedAs(createScriptedModel([reply]), "scripted"));
async function rowOf(agent: Agent, evalCase: EvalCase): Promise<ResultRow | undefined> {
  const trials = [{ evalCase, trial: 0 }];
  const rows: ResultRow[] = [];
  await playAll(agent, trials, "accept", (row) => rows.push(row));
  return (await attributed(rows, trials))[0];
}

const removing = caseOf("toss away the initech entry", { deleted: [5] });
const halving = caseOf("The tickets took half as long as I said", { changed: [{ id: 5, hours: 3 }] });

describe("whose fault it is", () => {
  it("the model's, when it heard something else than what our code would have carried out", async () => {
    expect(await rowOf(saying("none"), removing)).toMatchObject({ success: false, fault: "model" });
    expect(await rowOf(saying("delete | old project: initech"), removing)).toMatchObject({ success: true });
  });
  it("the model's, when its answer could not be used", async () => {
    expect(await rowOf(saying("I am sorry."), removing)).toMatchObject({ success: false, fault: "model" });
  });
  it("our code's, when it makes nothing of what is meant, whoever says it", async () => {
    expect(await rowOf(saying("change | old project: tickets"), halving)).toMatchObject({ success: false, fault: "code" });
  });
  it("our code's, when what is meant cannot be written at all", async () => {
    expect(await rowOf(rulesAgent(), caseOf("2h initech", { added: [{ project: 5, task: 9999, hours: 2 }] }))).toMatchObject({ success: false, fault: "code" });
  });
  it("the rules', when they read it and no model was asked", async () => {
    expect(await rowOf(saying("none"), caseOf("2h initech", { added: [{ project: 5, hours: 3 }] }))).toMatchObject({ success: false, fault: "rules" });
    expect(await rowOf(rulesAgent(), removing)).toMatchObject({ success: false, fault: "rules" });
  });
  it("nobody's, when all is right or the run itself broke", async () => {
    expect((await rowOf(rulesAgent(), caseOf("2h initech", { added: [{ project: 5, hours: 2 }] })))?.fault).toBeUndefined();
    expect(await rowOf({ ...rulesAgent(), open: () => Promise.reject(new Error("gone")) }, removing)).toMatchObject({ label: "error" });
    expect((await rowOf({ ...rulesAgent(), open: () => Promise.reject(new Error("gone")) }, removing))?.fault).toBeUndefined();
  });
});

describe("what should have been heard", () => {
  it.each<[string, object, RegExp]>([
    ["toss away the initech entry", { deleted: [5] }, /^delete \| old project: initech$/],
    ["The footer thing from yesterday, that really was on Monday and it only took me three hours", { changed: [{ id: 7, date: "2026-04-06", hours: 3 }] }, /^change \| old when: yesterday \| .*when: Monday \| hours: three$/],
    ["um so yesterday I think it was initech yeah initech for like two hours", { added: [{ project: 5, date: "2026-04-07", hours: 2 }] }, /^add \| when: yesterday \| hours: two \| project: initech$/],
  ])("is found in the words of %j", async (say, expected, reply) => {
    expect(await goldReply(caseOf(say, expected))).toMatch(reply);
  });
  it("is not found where no words say it", async () => {
    expect(await goldReply(halving)).toBeUndefined();
  });
  it("is what the gold agent hears, which therefore is right wherever any model could be", async () => {
    expect(await rowOf(goldAgent(), removing)).toMatchObject({ success: true });
    expect(await rowOf(goldAgent(), halving)).toMatchObject({ success: false, fault: "code" });
  });
});
