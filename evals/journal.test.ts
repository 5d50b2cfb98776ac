import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rulesAgent } from "./agents/rules.ts";
import type { Agent } from "./agents/agent.ts";
import { readCases, type EvalCase } from "./case.ts";
import { openJournal, type RunJournal } from "./journal.ts";
import type { ResultRow } from "./result.ts";
import { playAll, trialKey, type Trial } from "./run.ts";
import { summarise } from "./summary.ts";

const world = { folder: "" };
beforeEach(() => {
  world.folder = mkdtempSync(join(tmpdir(), "stint-journal-"));
});
afterEach(() => rmSync(world.folder, { recursive: true, force: true }));

const cases = readCases("here", ["2h initech", "1h northwind yesterday", "what did I do today?"].map((say, at) => JSON.stringify({ id: `c${at}`, now: "2026-04-08T09:00:00", account: { name: "agency" }, turns: [{ say }], expect: { outcome: at === 2 ? "answer" : "saved", added: at === 2 ? [] : [{ project: at === 0 ? 5 : 7 }] } })).join("\n")).cases;
const trials: readonly Trial[] = cases.map((evalCase: EvalCase) => ({ evalCase, trial: 0 }));

function opened(out: string, stamp = "s"): RunJournal {
  const journal = openJournal(out, stamp);
  if (journal.kind !== "open") throw new Error(journal.message);
  return journal.journal;
}
async function playInto(journal: RunJournal, stop: () => boolean = () => false): Promise<readonly ResultRow[]> {
  const rows: ResultRow[] = [];
  await playAll(rulesAgent(), trials.filter((each) => !journal.known.has(trialKey(each))), "accept", (row, trial) => {
    rows.push(row);
    journal.add(trialKey(trial), row);
  }, stop);
  return rows;
}

describe("a run that was interrupted", () => {
  it("goes on with the trials that are left, and ends with all of them", async () => {
    const out = join(world.folder, "run.json");
    const first = opened(out);
    const before: ResultRow[] = [];
    await playAll(rulesAgent(), trials, "accept", (row, trial) => {
      before.push(row);
      first.add(trialKey(trial), row);
    }, () => before.length >= 1);
    first.close();
    expect(before).toHaveLength(1);
    const second = opened(out);
    expect(second.known.size).toBe(1);
    expect(await playInto(second)).toHaveLength(2);
    second.close();
    expect(opened(out).known.size).toBe(3);
  });
  it("plays a row again that was cut off in the middle", async () => {
    const out = join(world.folder, "run.json");
    const first = opened(out);
    await playInto(first);
    first.close();
    const file = `${out}.partial.jsonl`;
    writeFileSync(file, readFileSync(file, "utf8").slice(0, -40));
    expect(opened(out).known.size).toBe(2);
  });
  it("takes nothing over from other code, another agent or another user", async () => {
    const out = join(world.folder, "run.json");
    const first = opened(out);
    await playInto(first);
    first.close();
    expect(opened(out, "other").known.size).toBe(0);
  });
  it("plays a case again that was changed", () => {
    const [trial] = trials;
    const changed = trial && { ...trial, evalCase: { ...trial.evalCase, now: "2026-04-09T09:00:00" } };
    expect(trial && changed && trialKey(trial) !== trialKey(changed)).toBe(true);
  });
});

describe("two runs at once", () => {
  it("never write the same file", () => {
    const out = join(world.folder, "run.json");
    const first = opened(out);
    expect(openJournal(out, "s")).toMatchObject({ kind: "taken", message: expect.stringContaining(out) as string });
    first.close();
    opened(out).close();
  });
  it("take over the file of a run that died", () => {
    const out = join(world.folder, "run.json");
    writeFileSync(`${out}.lock`, "999999999");
    expect(openJournal(out, "s").kind).toBe("open");
  });
});

describe("a finished run", () => {
  it("leaves one whole file with summary and rows", async () => {
    const out = join(world.folder, "run.json");
    const journal = opened(out);
    const rows = await playInto(journal);
    journal.finish({ summary: summarise({ rows, agent: "rules", user: "accept", command: "x", about: {}, problems: [], seconds: 1 }), rows });
    journal.close();
    const kept = JSON.parse(readFileSync(out, "utf8")) as { summary: { success: { count: number; n: number } }; rows: readonly ResultRow[] };
    expect(kept.rows.map((row) => [row.id, row.success, row.harm])).toEqual([["c0", true, false], ["c1", true, false], ["c2", true, false]]);
    expect(kept.summary.success).toMatchObject({ count: 3, n: 3 });
    expect(existsSync(`${out}.partial.jsonl`)).toBe(false);
  });
});

describe("a trial that breaks", () => {
  const broken = (failures: number): Agent => {
    let left = failures;
    return {
      ...rulesAgent(),
      open: (...given) => {
        left -= 1;
        return left >= 0 ? Promise.reject(new Error("the engine is gone")) : rulesAgent().open(...given);
      },
    };
  };
  const rowsOf = async (agent: Agent): Promise<readonly ResultRow[]> => {
    const rows: ResultRow[] = [];
    await playAll(agent, trials.slice(0, 1), "accept", (row) => rows.push(row));
    return rows;
  };
  it("once is tried again", async () => {
    expect(await rowsOf(broken(1))).toMatchObject([{ label: "ok_write", success: true }]);
  });
  it("twice is an error, neither right nor harm, and the run goes on", async () => {
    expect(await rowsOf(broken(2))).toMatchObject([{ label: "error", outcome: "error", success: false, harm: false, error: "Error: the engine is gone" }]);
  });
  it("because the case cannot be played is an error with its reason", async () => {
    const [trial] = trials;
    const rows: ResultRow[] = [];
    const unknown = trial && { ...trial, evalCase: { ...trial.evalCase, account: { ...trial.evalCase.account, name: "nowhere" } } };
    await playAll(rulesAgent(), unknown ? [unknown] : [], "accept", (row) => rows.push(row));
    expect(rows).toMatchObject([{ label: "error", error: "There is no shipped account called \"nowhere\"." }]);
  });
});
