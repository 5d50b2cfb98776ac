import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCases } from "../case.ts";
import { readOptions } from "../options.ts";
import type { ResultRow } from "../result.ts";
import { playAll } from "../run.ts";
import type { Agent } from "./agent.ts";
import { findAgent } from "./agents.ts";
import { CALL_GRAMMAR, parseCalls } from "./direct/call.ts";
import { randomModel } from "./random.ts";

const folder = join(import.meta.dirname, "../cases");
const cases = readdirSync(folder).filter((name) => name.endsWith(".jsonl")).flatMap((name) => readCases(name, readFileSync(join(folder, name), "utf8")).cases).filter(({ faults }, at) => at % 120 === 7 && faults.length === 0);

async function agentCalled(name: string): Promise<Agent> {
  const read = readOptions(["--agent", name]);
  const found = read.kind === "ok" ? await findAgent(read.options) : { kind: "unknown" as const, message: read.kind };
  if (found.kind === "unknown") throw new Error(found.message);
  return found.agent;
}
async function rowsOf(name: string): Promise<readonly ResultRow[]> {
  const rows: ResultRow[] = [];
  await playAll(await agentCalled(name), cases.map((evalCase) => ({ evalCase, trial: 0 })), "accept", (row) => rows.push(row));
  return rows;
}
const verdicts = (rows: readonly ResultRow[]): readonly unknown[] => rows.map(({ id, success, harms, diff, generatedTokens }) => ({ id, success, harms, diff, generatedTokens }));

describe("agents on a model without weights", () => {
  it("random is stint:random, by both names", async () => {
    expect((await agentCalled("random")).name).toBe("stint:random");
    expect(verdicts(await rowsOf("random"))).toEqual(verdicts(await rowsOf("stint:random")));
  });
  it.each(["no-grammar", "no-spans", "no-grounding", "no-asking", "naive", "prompted", "seed"].map((kind) => `${kind}:random`).concat(["stint:random@label", "stint:random@words", "stint:random@choose"]))("%s plays every case and draws the same every time", async (name) => {
    const [once, again] = [await rowsOf(name), await rowsOf(name)];
    expect(once).toHaveLength(cases.length);
    expect(once.filter(({ label }) => label === "error")).toEqual([]);
    expect(verdicts(once)).toEqual(verdicts(again));
  });
  it("without code in front of the account noise does harm, with it none", async () => {
    expect((await rowsOf("naive:random")).filter(({ harm }) => harm).length).toBeGreaterThan(cases.length / 5);
    expect((await rowsOf("stint:random")).filter(({ harm }) => harm)).toEqual([]);
  });
  it("a drawn call is one that the grammar of calls allows, with values that the prompt shows", async () => {
    const request = { system: "Today is 2026-04-08.\nProjects and tasks:\n- Acme / Website: Design, Development\nEntries:\n- 7: 2026-04-07 4h Website / Design \"\"", user: "2h website", grammar: CALL_GRAMMAR, maxTokens: 200, timeoutMs: 1 };
    for (let seed = 0; seed < 200; seed += 1) {
      const said = await randomModel().open(String(seed)).complete(request, new AbortController().signal);
      const calls = said.kind === "text" ? parseCalls(said.text) : undefined;
      expect(calls?.length).toBeGreaterThan(0);
      for (const call of calls ?? []) {
        if ("project" in call) expect([call.project, ["Design", "Development"].includes(call.task)]).toEqual(["Acme / Website", true]);
        if ("entry" in call) expect(call.entry).toBe(7);
      }
    }
  });
});

it("a name that no agent has is told with all that there are", async () => {
  await expect(agentCalled("no-sense:random")).rejects.toThrow("rules, oracle, gold, random, stint:MODEL, no-grammar:MODEL, no-spans:MODEL, no-grounding:MODEL, no-asking:MODEL, naive:MODEL");
});
