import { describe, expect, it } from "vitest";
import type { CompletionRequest } from "../../../electron/agent/model.ts";
import { createScriptedModel } from "../../../electron/agent/scripted-model.ts";
import { readCases, type EvalCase } from "../../case.ts";
import { play } from "../../play.ts";
import { score, type Score } from "../../score.ts";
import { loadedAs } from "../loaded.ts";
import { stintAgent, type StintKind } from "../stint.ts";
import { tidied } from "./no-grammar.ts";
import { ANY_LINE } from "./request.ts";

const account = {
  name: "agency", last: 7,
  entries: [
    { id: 5, date: "2026-04-06", hours: 6, project: 5, task: 15, notes: "Tickets" },
    { id: 7, date: "2026-04-07", hours: 4, project: 1, task: 11, notes: "Footer" },
  ],
};
const caseOf = (say: string, expected: object): EvalCase => {
  const { cases: [only], problems } = readCases("here", JSON.stringify({ id: "x", now: "2026-04-08T12:00:00", account, turns: [{ say }], expect: expected }));
  if (!only) throw new Error(problems[0]?.message);
  return only;
};
const nothingDone = { outcome: ["nothing", "question", "refusal"] };

/** Plays a case with a model that says `free` where any line is allowed, and `held` where the grammar holds it to quotes. */
async function scored(kind: StintKind, evalCase: EvalCase, free = "none", held = free): Promise<Score> {
  const says = (request: CompletionRequest): string => (request.grammar === ANY_LINE ? free : held);
  const played = await play(stintAgent(kind, loadedAs(createScriptedModel([says, says]), "scripted")), evalCase, "accept", 0);
  if (typeof played === "string") throw new Error(played);
  return score(evalCase, played);
}

describe("the product without one of its protections", () => {
  it("without the grammar: what the model means is put into words that nobody said, and another entry is deleted", async () => {
    const removing = caseOf("toss away the initech entry", { outcome: "saved", deleted: [5] });
    const [free, held] = ["Sure! `Delete | old project: the Initech support entry`", "delete | old project: initech"];
    expect(await scored("no-grammar", removing, free, held)).toMatchObject({ success: false, harms: ["unrequested_delete"] });
    expect(await scored("stint", removing, free, held)).toMatchObject({ success: true, label: "ok_write" });
  });
  it("without the rule that values are words of the sentence: what nobody said is booked", async () => {
    const pointing = caseOf("add it", nothingDone);
    const reply = "add | hours: 2h | project: initech";
    expect(await scored("no-spans", pointing, reply)).toMatchObject({ success: false, harms: ["unrequested_write"] });
    expect(await scored("stint", pointing, reply)).toMatchObject({ success: true, harms: [] });
  });
  it("without grounding: words that the model passed over are no reason to ask", async () => {
    const weekly = caseOf("2h initech every monday", nothingDone);
    const reply = "add | hours: 2h | project: initech";
    expect(await scored("no-grounding", weekly, reply)).toMatchObject({ success: false, harms: ["unrequested_write"] });
    expect(await scored("stint", weekly, reply)).toMatchObject({ success: true, harms: [] });
  });
  it("without asking: the first of several projects is booked", async () => {
    const open = caseOf("2h acme", { outcome: "question", about: "project" });
    expect(await scored("no-asking", open)).toMatchObject({ success: false, harms: ["unrequested_write"] });
    expect(await scored("stint", open)).toMatchObject({ success: true, harms: [] });
  });
  it.each(["no-grammar", "no-spans", "no-grounding", "no-asking"] as const)("%s is the product in everything else", async (kind) => {
    expect(await scored(kind, caseOf("2h initech yesterday", { outcome: "saved", added: [{ date: "2026-04-07", hours: 2, project: 5, task: 15, notes: "" }] }))).toMatchObject({ success: true, label: "ok_write" });
  });
  it.each(["", "I do not know.", "fly | hours: 2h"])("a reply that nobody can read is none, even where any is allowed: %j", async (reply) => {
    for (const kind of ["no-grammar", "no-spans"] as const) expect(await scored(kind, caseOf("thre hours initech", nothingDone), reply)).toMatchObject({ success: true, harms: [] });
  });
});

describe("values that are the model's own", () => {
  it("are read by the same resolvers, and the words that they stand for stay unexplained", async () => {
    const weekly = caseOf("2h initech every monday", nothingDone);
    expect(await scored("no-spans", weekly, "add | when: yesterday | hours: 2h | project: initech")).toMatchObject({ success: true, harms: [] });
  });
  it("are asked for once and counted once", async () => {
    const played = await play(stintAgent("no-spans", loadedAs(createScriptedModel([{ kind: "text", text: "none", promptTokens: 5, evaluatedTokens: 3, generatedTokens: 1, ms: 1 }]), "scripted")), caseOf("add it", nothingDone), "accept", 0);
    expect(typeof played === "string" ? played : played.cost).toEqual({ promptTokens: 5, evaluatedTokens: 3, generatedTokens: 1 });
  });
});

describe("a reply without a grammar", () => {
  it.each([
    ["Command: ADD | hours: 2h | project: Acme", "add | hours: 2h | project: acme"],
    ["```add | hours: 2h | budget: 9 | project: acme``` and more", "add | hours: 2h"],
    ["add | hours: two | project: \"acme\" ; delete", "add | project: acme ; delete"],
    ["\n\nadd|hours:2h", "add | hours: 2h"],
    ["whatever", "whatever"],
  ])("%j is read as %j", (reply, read) => {
    expect(tidied("2h acme", reply)).toBe(read);
  });
});
