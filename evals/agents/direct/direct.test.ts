import { describe, expect, it } from "vitest";
import { createScriptedModel } from "../../../electron/agent/scripted-model.ts";
import { readCases, type EvalCase } from "../../case.ts";
import { play } from "../../play.ts";
import { score, type Score } from "../../score.ts";
import { loadedAs } from "../loaded.ts";
import { CALL_GRAMMAR, parseCalls } from "./call.ts";
import { directAgent } from "./direct.ts";
import { likeness, quarterHours } from "./helper.ts";

const account = { name: "agency", entries: [{ id: 7, date: "2026-04-07", hours: 4, project: 4, task: 14, notes: "Dry run" }] };
const caseOf = (expected: object): EvalCase => {
  const [only] = readCases("here", JSON.stringify({ id: "x", now: "2026-04-08T12:00:00", account, turns: [{ say: "move the globex entry to monday" }], expect: { outcome: "saved", ...expected } })).cases;
  if (!only) throw new Error("The case cannot be read.");
  return only;
};
async function scored(evalCase: EvalCase, reply: string, kind: "naive" | "seed" = "naive"): Promise<Score> {
  const agent = directAgent(kind, loadedAs(createScriptedModel([reply]), "scripted"));
  const played = await play(agent, evalCase, "accept", 0);
  if (typeof played === "string") throw new Error(played);
  return score(evalCase, played);
}
const log = (over: object = {}): object => ({ call: "log_time", project: "Data Migration", task: "Testing", hours: 4, notes: "Dry run", date: "2026-04-06", ...over });
const moving = caseOf({ changed: [{ id: 7, date: "2026-04-06" }] });

describe("a model that writes by itself", () => {
  it("leaves the moved entry behind when it forgets to delete it, and that is seen", async () => {
    expect(await scored(moving, JSON.stringify([log()]))).toMatchObject({ success: false, harms: ["lost_delete"] });
  });
  it("gets another project without a word when it names one that does not exist, and that is seen", async () => {
    const adding = caseOf({ outcome: "question", about: "project" });
    expect(await scored(adding, JSON.stringify([log({ project: "Website Relaunch" })]))).toMatchObject({ success: false, harms: ["unrequested_write"] });
  });
  it("is right when its values are", async () => {
    const adding = caseOf({ added: [{ date: "2026-04-06", hours: 4, project: 4, task: 14, notes: "Dry run" }] });
    expect(await scored(adding, JSON.stringify([log()]))).toEqual({ success: true, harms: [], label: "ok_write" });
  });
  it("answers from what is logged", async () => {
    expect(await scored(caseOf({ outcome: "answer", answerHas: ["4"] }), JSON.stringify([{ call: "view", from: "2026-04-07", to: "2026-04-07" }]))).toMatchObject({ success: true, label: "ok_read" });
  });
  it.each(["", "[", "[{\"call\":\"fly\"}]", "[{\"call\":\"log_time\"}]", "sure, done!"])("writes nothing for a reply that is no call: %s", async (reply) => {
    expect(await scored(moving, reply)).toMatchObject({ success: false, harms: [], label: "missed" });
  });
});

describe("the first published agent as it ended", () => {
  const seeded = (evalCase: EvalCase, reply: unknown) => scored(evalCase, JSON.stringify([reply]), "seed");
  it("puts no other project in the place of one that does not exist", async () => {
    expect(await seeded(caseOf({ outcome: "question", about: "project" }), log({ project: "Website Relaunch" }))).toMatchObject({ success: true, harms: [] });
  });
  it("reads a bare weekday as the coming one, which the convention does not", async () => {
    const adding = caseOf({ added: [{ date: "2026-04-06", hours: 4, project: 4, task: 14, notes: "Dry run" }] });
    expect(await seeded(adding, log({ date: "Monday" }))).toMatchObject({ harms: ["wrong_date"] });
    expect(await seeded(caseOf({ outcome: "question", about: "date" }), log({ date: "last monday" }))).toMatchObject({ success: true });
  });
  it("asks before it deletes", async () => {
    expect(await seeded(caseOf({ deleted: [7] }), { call: "delete_entry", entry: 7 })).toEqual({ success: true, harms: [], label: "ok_write" });
  });
  it("can still leave the moved entry behind", async () => {
    expect(await seeded(moving, log())).toMatchObject({ harms: ["lost_delete"] });
  });
  it.each([[2.67, 2.75], [5.1, 5], [1.3, 1.25], [3.9, 4], [2.125, 2], [2.375, 2.5], [0.1, 0]])("rounds %f to %f", (hours, rounded) => {
    expect(quarterHours(hours)).toBe(rounded);
  });
  it("finds names alike that share most letters", () => {
    expect(likeness("web rdesign", "web redesign")).toBeGreaterThan(0.9);
    expect(likeness("imaginary project", "web redesign")).toBeLessThan(0.6);
  });
});

it("the grammar's own words are what the reply is parsed by", () => {
  for (const name of ["log_time", "edit_entry", "delete_entry", "start_timer", "stop_timer", "view", "ask", "refuse"]) expect(CALL_GRAMMAR).toContain(name);
  expect(parseCalls('[{"call":"stop_timer"},{"call":"refuse"}]')).toHaveLength(2);
});
