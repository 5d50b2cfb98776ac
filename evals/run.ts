import { createHash } from "node:crypto";
import type { Agent } from "./agents/agent.ts";
import { NO_COST } from "./agents/agent.ts";
import type { EvalCase } from "./case.ts";
import { play, type Played, type UserKind } from "./play.ts";
import type { ResultRow } from "./result.ts";
import { score } from "./score.ts";

export interface Trial {
  readonly evalCase: EvalCase;
  readonly trial: number;
}

/** Names a trial for good: the case's own content is part of it, so that an edited case is run again. */
export function trialKey({ evalCase, trial }: Trial): string {
  return `${createHash("sha256").update(JSON.stringify(evalCase)).digest("hex").slice(0, 20)} ${trial}`;
}

const SHOWN = 600;

function rowOf(agent: string, { evalCase, trial }: Trial, played: Played): ResultRow {
  const { id, base, variant, dimension, by, source, expect, turns } = evalCase;
  const { success, harms, label } = score(evalCase, played);
  return {
    id, base, variant, dimension, by, ...(source === undefined ? {} : { source }), agent, trial,
    outcome: played.outcome, ...(played.about === undefined ? {} : { about: played.about }),
    success, harm: harms.length > 0, harms, label,
    diff: played.diff, calls: played.calls, asked: played.asked, ms: played.ms, ...played.cost,
    said: turns.flatMap((turn) => ("say" in turn ? [turn.say] : "answer" in turn ? [`→ ${turn.answer}`] : [`(${Object.keys(turn)[0] ?? ""})`])),
    confidence: played.traces.at(-1)?.confidence ?? 1,
    ...(played.traces.length === 0 ? {} : { trace: played.traces.at(-1) }), expect, shown: (played.shown.at(-1) ?? "").slice(0, SHOWN),
  };
}

function errorRow(agent: string, { evalCase, trial }: Trial, error: string): ResultRow {
  const nothing: Played = { outcome: "nothing", about: undefined, shown: [], traces: [], before: [], diff: { added: [], changed: [], deleted: [] }, calls: [], bypassed: false, asked: 0, ms: 0, cost: NO_COST, secret: "-" };
  return { ...rowOf(agent, { evalCase, trial }, nothing), outcome: "error", success: false, harm: false, harms: [], label: "error", error };
}

/** Milliseconds after which a trial is given up: a model's own time limit is far below, so that something hangs that has none. */
const TRIAL_MS = 600_000;

/** What `work` comes to, or a throw when it takes longer than that. */
async function withinTime<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The trial took longer than ${limitMs} ms.`)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Plays one trial. A broken world is tried once more and then counted as an error, never as a wrong answer. */
async function playOnce(agent: Agent, trial: Trial, user: UserKind, limitMs: number): Promise<ResultRow> {
  let error = "";
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      const played = await withinTime(limitMs, play(agent, trial.evalCase, user, trial.trial));
      if (typeof played !== "string") return rowOf(agent.name, trial, played);
      return errorRow(agent.name, trial, played);
    } catch (cause) {
      error = cause instanceof Error ? `${cause.name}: ${cause.message}` : "unknown";
    }
  }
  return errorRow(agent.name, trial, error);
}

/**
 * Plays all trials and tells each row as soon as it is there. Cases with faults spend their time waiting for a line to come back, so they
 * wait beside the others, where the agent allows it; the others go one by one, so that their milliseconds are their own. `stop` ends it early. `limitMs`: milliseconds that one try may take.
 */
export async function playAll(agent: Agent, trials: readonly Trial[], user: UserKind, onRow: (row: ResultRow, trial: Trial) => void, stop: () => boolean = () => false, limitMs = TRIAL_MS): Promise<void> {
  const work = async (waiting: Trial[]): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !stop(); next = waiting.shift()) onRow(await playOnce(agent, next, user, limitMs), next);
  };
  if (agent.slots === 1) return work([...trials]);
  const faulty = trials.filter(({ evalCase }) => evalCase.faults.length > 0);
  const plain = trials.filter(({ evalCase }) => evalCase.faults.length === 0);
  await Promise.all([work(plain), ...Array.from({ length: agent.slots - 1 }, () => work(faulty))]);
}
