import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sabotage } from "./messages.ts";
import { planOf, SCALE, smaller, type Plan } from "./plan.ts";
import { createPool, startHarvest } from "./processes.ts";
import { play, type RunResult } from "./run.ts";

const SHRINKS = 60;
/** A failure that hangs on a moment does not come every time: a smaller plan counts when it fails once in these. */
const TRIES = 2;

export interface TortureOptions {
  readonly runs: number;
  readonly seed: number;
  readonly workers: number;
  readonly sabotage: Sabotage | undefined;
  /** Modules of the two processes. */
  readonly outboxFile: string;
  readonly harvestFile: string;
  readonly print: (line: string) => void;
}

interface Tally {
  runs: number;
  failed: number;
  confirmed: number;
  undone: number;
  kills: number;
  powerCuts: number;
  worstMs: number;
  readonly struck: Map<string, number>;
  readonly killedAt: Map<string, number>;
  readonly first: { plan: Plan; result: RunResult }[];
}

/** Journals lie in memory where there is such a folder: a kill takes nothing from it, and cut power is played by the driver. */
function newFolder(): string {
  const memory = statSync("/dev/shm", { throwIfNoEntry: false })?.isDirectory() === true;
  return mkdtempSync(join(memory ? "/dev/shm" : tmpdir(), "stint-torture-"));
}

const add = (map: Map<string, number>, name: string, times = 1): void => void map.set(name, (map.get(name) ?? 0) + times);

function count(tally: Tally, plan: Plan, result: RunResult, print: (line: string) => void): void {
  tally.runs += 1;
  tally.confirmed += result.confirmed;
  tally.undone += result.undone;
  tally.kills += result.killedAt.length;
  tally.powerCuts += result.powerCuts;
  tally.worstMs = Math.max(tally.worstMs, result.recoveryMs);
  for (const [name, times] of Object.entries(result.struck)) add(tally.struck, name, times);
  for (const step of result.killedAt) add(tally.killedAt, step);
  if (result.wrong.length === 0) return;
  tally.failed += 1;
  print(`FAILED run ${plan.run}: ${JSON.stringify(plan)}`);
  for (const line of [...result.story, ...result.wrong.map((each) => `WRONG ${each}`)]) print(`  ${line}`);
  if (tally.first.length === 0) tally.first.push({ plan, result });
}

const broken = (error: unknown): RunResult => ({ wrong: [`the run broke: ${error instanceof Error ? error.message : String(error)}`], story: [], killedAt: [], powerCuts: 0, struck: {}, recoveryMs: 0, confirmed: 0, undone: 0 });

const table = (map: ReadonlyMap<string, number>): readonly string[] => [...map].toSorted(([, a], [, b]) => b - a).map(([name, times]) => `  ${String(times).padStart(8)}  ${name}`);

/** Plays the plans of a seed, compares each account with what was confirmed, and says what it found. True: nothing was wrong. */
export async function torture(options: TortureOptions): Promise<boolean> {
  const { runs, seed, workers, sabotage, print } = options;
  const folder = newFolder();
  const harvest = await startHarvest(options.harvestFile);
  const pool = createPool(options.outboxFile, 2);
  const tally: Tally = { runs: 0, failed: 0, confirmed: 0, undone: 0, kills: 0, powerCuts: 0, worstMs: 0, struck: new Map(), killedAt: new Map(), first: [] };
  const began = Date.now();
  const once = async (plan: Plan): Promise<RunResult> => {
    try {
      return await play({ plan, harvest, take: (except) => pool.take(except), folder, sabotage });
    } catch (error) {
      return broken(error);
    }
  };
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < runs && (tally.failed === 0 || sabotage === undefined)) {
      const plan = planOf(seed, next++);
      count(tally, plan, await once(plan), print);
      if (tally.runs % 500 === 0) print(`${tally.runs} runs, ${tally.failed} failed, ${pool.kills()} SIGKILLs, ${Math.round((Date.now() - began) / 1000)} s`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  report(tally, options, { seconds: (Date.now() - began) / 1000, kills: pool.kills() });
  const [failure] = tally.first;
  if (failure) await shrink(failure, once, print);
  await pool.close();
  harvest.close();
  rmSync(folder, { recursive: true, force: true });
  return tally.failed === 0;
}

function report(tally: Tally, { seed, runs, print }: TortureOptions, { seconds, kills }: { readonly seconds: number; readonly kills: number }): void {
  print(`torture: ${tally.runs} of ${runs} runs, seed ${seed}, ${seconds.toFixed(0)} s (${(tally.runs / seconds).toFixed(1)} runs/s)`);
  print(`confirmed: ${tally.confirmed} sentences, of which ${tally.undone} taken back`);
  print(`SIGKILLs: ${kills} processes; ${tally.kills} times a run lost its process, ${tally.powerCuts} times with the unsynced end of its journal. Where:`);
  for (const row of table(tally.killedAt)) print(row);
  print(`faults that met a request: ${[...tally.struck.values()].reduce((sum, each) => sum + each, 0)}, by kind:`);
  for (const row of table(tally.struck)) print(row);
  print(`worst recovery: ${(tally.worstMs / 1000).toFixed(1)} s of the outbox's time (its clock runs ${SCALE} times as fast here)`);
  print(tally.failed === 0 ? "0 lost, 0 doubled, 0 altered, 0 half moves" : `FAILED: ${tally.failed} runs`);
}

/** Takes away what the failure does not need, one thing at a time. */
async function shrink(failure: { readonly plan: Plan; readonly result: RunResult }, once: (plan: Plan) => Promise<RunResult>, print: (line: string) => void): Promise<void> {
  let { plan, result } = failure;
  let left = SHRINKS;
  const fails = async (smallerPlan: Plan): Promise<boolean> => {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      left -= 1;
      const tried = await once({ ...smallerPlan, run: `${plan.run.split(".")[0]}.${left}` });
      if (tried.wrong.length > 0) {
        result = tried;
        return true;
      }
    }
    return false;
  };
  for (let found = true; found && left > 0; ) {
    found = false;
    for (const candidate of smaller(plan)) {
      if (left <= 0 || !(await fails(candidate))) continue;
      plan = candidate;
      found = true;
      break;
    }
  }
  print(`The smallest plan found that fails: ${JSON.stringify(plan)}`);
  for (const line of result.story) print(`  ${line}`);
  for (const line of result.wrong) print(`  WRONG ${line}`);
}
