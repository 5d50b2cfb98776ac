import { describe, expect, it } from "vitest";
import type { Completion, LanguageModel } from "../electron/agent/model.ts";
import { directAgent } from "./agents/direct/direct.ts";
import { loadedAs, type LoadedModel } from "./agents/loaded.ts";
import { stintAgent, STINTS } from "./agents/stint.ts";
import type { Agent } from "./agents/agent.ts";
import { readCases, type EvalCase } from "./case.ts";
import type { ResultRow } from "./result.ts";
import { playAll } from "./run.ts";

const account = { name: "agency", last: 7, entries: [{ id: 5, date: "2026-04-06", hours: 6, project: 5, task: 15, notes: "Tickets" }, { id: 7, date: "2026-04-07", hours: 4, project: 1, task: 11, notes: "Footer" }] };
const caseOf = (say: string, expected: object): EvalCase => {
  const { cases: [only], problems } = readCases("here", JSON.stringify({ id: say, now: "2026-04-08T12:00:00", account, turns: [{ say }], expect: { outcome: "saved", ...expected } }));
  if (!only) throw new Error(problems[0]?.message);
  return only;
};
/** A sentence that the rules hand on, so that the model is asked. */
const removing = caseOf("toss away the initech entry", { deleted: [5] });
const RIGHT = "delete | old project: initech";

const text = (said: string, generatedTokens = 5): Completion => ({ kind: "text", text: said, promptTokens: 9, evaluatedTokens: 9, generatedTokens, ms: 1 });
const failed = (code: "stopped" | "timeout" | "no-model" | "failed"): Completion => ({ kind: "failed", code, message: "No answer." });
const model = (complete: LanguageModel["complete"]): LoadedModel => loadedAs({ complete }, "trouble");
const always = (completion: Completion): LoadedModel => model(() => Promise.resolve(completion));
/** Says one after the other, the last one for ever; and how often it was asked. */
function inTurn(...completions: readonly Completion[]): { readonly loaded: LoadedModel; readonly asked: () => number } {
  let at = -1;
  const next = (): Promise<Completion> => {
    at += 1;
    return Promise.resolve(completions[Math.min(at, completions.length - 1)] ?? failed("failed"));
  };
  return { loaded: model(next), asked: () => at + 1 };
}

async function rowsOf(agent: Agent, cases: readonly EvalCase[] = [removing], limitMs?: number): Promise<readonly ResultRow[]> {
  const rows: ResultRow[] = [];
  await playAll(agent, cases.map((evalCase) => ({ evalCase, trial: 0 })), "accept", (row) => rows.push(row), () => false, limitMs);
  return rows;
}
/** Every agent that asks a model. */
const agentsOn = (loaded: LoadedModel): readonly Agent[] => [...STINTS.map((kind) => stintAgent(kind, loaded)), directAgent("naive", loaded), directAgent("seed", loaded)];
const nothingDone = { success: false, harm: false, diff: { added: [], changed: [], deleted: [] }, calls: [] };

describe("a model that gives no usable answer", () => {
  it.each<[string, Completion]>([
    ["says nothing", text("")],
    ["says nothing but white space", text(" \n\n \t")],
    ["never stops: the reply is cut off in the middle of a quote", text("delete | old project: init", 160)],
    ["never stops: one step after the other", text(Array(40).fill(RIGHT).join(" ; "), 200)],
    ["never stops: more text than anybody reads", text("a".repeat(200_000), 200)],
    ["says bytes that are no text", text(Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x00, 0x80]).toString("utf8"))],
    ["says halves of characters", text("delete | old project: \ud83d")],
    ["says a quote with a byte that is none", text(`delete | old project: init${Buffer.from([0xe9]).toString("utf8")}ch`)],
    ["answers too late", failed("timeout")],
  ])("%s: nothing is written, the trial is not right, and it is no error of the run", async (_name, completion) => {
    for (const agent of agentsOn(always(completion)).filter(({ name }) => !name.startsWith("no-"))) {
      const [row] = await rowsOf(agent);
      expect({ ...row, agent: agent.name }).toMatchObject({ ...nothingDone, agent: agent.name });
      expect(row?.label).not.toBe("error");
    }
  });
  it("does not keep the cases after it from being played", async () => {
    const rows = await rowsOf(stintAgent("stint", inTurn(text(""), text(RIGHT)).loaded), [removing, { ...removing, id: "again" }]);
    expect(rows.map(({ success }) => success)).toEqual([false, true]);
  });
});

describe("an engine that crashes in the middle of a case", () => {
  it("once is tried again, and the answer of the second try counts", async () => {
    const { loaded, asked } = inTurn(failed("stopped"), text(RIGHT));
    expect(await rowsOf(stintAgent("stint", loaded))).toMatchObject([{ success: true, label: "ok_write" }]);
    expect(asked()).toBe(2);
  });
  it.each(["stopped", "no-model", "failed"] as const)("twice (%s) is an error, never a wrong answer, for every agent", async (code) => {
    for (const agent of agentsOn(always(failed(code)))) expect([agent.name, ...(await rowsOf(agent))]).toMatchObject([agent.name, { label: "error", outcome: "error", success: false, harm: false, error: "Error: The engine: No answer." }]);
  });
  it("is not tried a third time, and the next case is played", async () => {
    const { loaded, asked } = inTurn(failed("stopped"), failed("stopped"), text(RIGHT));
    expect(await rowsOf(stintAgent("stint", loaded), [removing, { ...removing, id: "next" }])).toMatchObject([{ label: "error" }, { success: true }]);
    expect(asked()).toBe(3);
  });
  it("that throws instead of saying so is the same", async () => {
    expect(await rowsOf(stintAgent("stint", model(() => Promise.reject(new Error("pipe closed")))))).toMatchObject([{ label: "error", error: "Error: pipe closed" }]);
  });
  it("does not touch what the rules read alone", async () => {
    expect(await rowsOf(stintAgent("stint", always(failed("stopped"))), [caseOf("2h initech", { added: [{ project: 5, hours: 2 }] })])).toMatchObject([{ success: true }]);
  });
  it("that hangs for ever is given up, and the run goes on", async () => {
    const hanging = model(() => new Promise<never>(() => undefined));
    const rows = await rowsOf(stintAgent("stint", hanging), [removing, caseOf("2h initech", { added: [{ project: 5, hours: 2 }] })], 1_000);
    expect(rows).toMatchObject([{ label: "error", error: "Error: The trial took longer than 1000 ms." }, { success: true }]);
  });
});
