import { oracleAgent } from "./agents/oracle.ts";
import { rulesAgent } from "./agents/rules.ts";
import type { Agent } from "./agents/agent.ts";
import type { EvalCase } from "./case.ts";
import { goldReply } from "./gold-intent.ts";
import { play } from "./play.ts";
import type { ResultRow } from "./result.ts";
import { trialKey, type Trial } from "./run.ts";
import { score } from "./score.ts";

/**
 * Whose fault it is that a trial did not succeed. `rules`: the rules read it and no model was asked. `model`: a model was asked, and what it said was not what is
 * meant, though our code would have carried that out; so are all failures of agents that are nothing but a model. `code`: what is meant cannot be carried out
 * (outbox, client, resolvers), whoever says it.
 */
export type Fault = "code" | "model" | "rules";

async function isRight(agent: Agent, evalCase: EvalCase): Promise<boolean> {
  const played = await play(agent, evalCase, "accept", 0);
  return typeof played !== "string" && score(evalCase, played).success;
}

/** Finds the fault by playing the case again: with what is expected, with the rules alone, and with what should have been heard. */
export async function faultOf(row: Pick<ResultRow, "trace">, evalCase: EvalCase): Promise<Fault> {
  if (!(await isRight(oracleAgent(), evalCase))) return "code";
  const { trace } = row;
  if (trace && !trace.asked) return "rules";
  // Where the rules alone are right, the model took it away from them.
  if (!trace || (await isRight(rulesAgent(), evalCase))) return "model";
  return (await goldReply(evalCase)) === undefined ? "code" : "model";
}

/** The rows with the fault of each that did not succeed. */
export async function attributed(rows: readonly ResultRow[], trials: readonly Trial[]): Promise<readonly ResultRow[]> {
  const faults = new Map<string, Promise<Fault>>();
  return Promise.all(
    rows.map(async (row, at): Promise<ResultRow> => {
      const trial = trials[at];
      if (row.success || row.label === "error" || !trial) return row;
      const key = `${trialKey(trial)} ${row.trace?.asked ?? ""}`;
      const fault = faults.get(key) ?? faultOf(row, trial.evalCase);
      faults.set(key, fault);
      return { ...row, fault: await fault };
    }),
  );
}
