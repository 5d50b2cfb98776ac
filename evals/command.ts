import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { findAgent } from "./agents/agents.ts";
import type { Agent } from "./agents/agent.ts";
import { attributed } from "./attribution.ts";
import { readCases, type CaseProblem, type EvalCase } from "./case.ts";
import { finish, writeChart } from "./finish.ts";
import { openJournal, type RunJournal } from "./journal.ts";
import { commandOf, readOptions, USAGE, type Options } from "./options.ts";
import { createProgress } from "./progress.ts";
import type { ResultRow } from "./result.ts";
import { playAll, trialKey, type Trial } from "./run.ts";
import { summarise } from "./summary.ts";
import { variantsOf } from "./variants/variants.ts";

const DONE = 0;
const COULD_NOT = 1;
const WRONG_USAGE = 2;
const CASES = "evals/cases";

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

interface Loaded {
  readonly cases: readonly EvalCase[];
  readonly problems: readonly CaseProblem[];
}

function load(files: readonly string[]): Loaded {
  const all = files.length > 0 ? files : readdirSync(CASES).filter((name) => name.endsWith(".jsonl")).toSorted().map((name) => join(CASES, name));
  const loaded = all.map((file): Loaded => (existsSync(file) ? readCases(relative(".", file), readFileSync(file, "utf8")) : { cases: [], problems: [{ file, line: 0, message: "there is no such file" }] }));
  return { cases: loaded.flatMap(({ cases }) => cases), problems: loaded.flatMap(({ problems }) => problems) };
}

function chosen(cases: readonly EvalCase[], { only, dimensions, variants, trials }: Options): readonly Trial[] {
  const wanted = cases.filter((each) => (only.length === 0 || only.some((word) => each.id.includes(word))) && (dimensions.length === 0 || dimensions.includes(each.dimension.toUpperCase())));
  const all = variants ? wanted.flatMap((each) => [each, ...variantsOf(each)]) : wanted;
  return Array.from({ length: trials }, (_, trial) => all.map((evalCase) => ({ evalCase, trial }))).flat();
}

/** This very program, agent and user: rows of anything else must not be taken over. */
function stampOf(agent: Agent, user: string): string {
  const code = readFileSync(fileURLToPath(import.meta.url));
  return createHash("sha256").update(code).update(JSON.stringify([agent.name, agent.about, user])).digest("hex").slice(0, 16);
}

async function playTrials(agent: Agent, trials: readonly Trial[], options: Options, journal: RunJournal): Promise<readonly ResultRow[]> {
  const rows = new Map<string, ResultRow>();
  for (const trial of trials) {
    const known = journal.known.get(trialKey(trial));
    if (known) rows.set(trialKey(trial), known);
  }
  if (rows.size > 0) say(`${rows.size} of ${trials.length} trials were played before and are taken over.`);
  const progress = createProgress(trials.length, rows.size);
  let [good, harmed] = [[...rows.values()].filter((row) => row.success).length, [...rows.values()].filter((row) => row.harm).length];
  await playAll(agent, trials.filter((trial) => !rows.has(trialKey(trial))), options.user, (row, trial) => {
    rows.set(trialKey(trial), row);
    journal.add(trialKey(trial), row);
    if (row.success) good += 1;
    if (row.harm) harmed += 1;
    progress.step(rows.size, good, harmed);
  });
  progress.end();
  return trials.flatMap((trial) => rows.get(trialKey(trial)) ?? []);
}

async function evaluate(agent: Agent, options: Options, command: string): Promise<number> {
  const { cases, problems } = load(options.files);
  for (const { file, line, message } of problems) say(`${file}:${line}: ${message}. This line is left out.`);
  const trials = chosen(cases, options);
  if (trials.length === 0) {
    say("No case is left to play.");
    return COULD_NOT;
  }
  const out = options.out ?? join(".cache/evals", `${agent.name.replaceAll(/[^\w.-]+/g, "-")}-${process.pid}.json`);
  const opened = openJournal(out, stampOf(agent, options.user));
  if (opened.kind === "taken") {
    say(opened.message);
    return COULD_NOT;
  }
  const { journal } = opened;
  try {
    const begun = performance.now();
    const played = await playTrials(agent, trials, options, journal);
    const seconds = (performance.now() - begun) / 1000;
    const rows = await attributed(played, trials);
    const summary = summarise({ rows, agent: agent.name, user: options.user, command, about: agent.about, problems, seconds });
    journal.finish({ summary, rows });
    finish({ summary, rows }, options, say);
    return problems.length > 0 ? COULD_NOT : DONE;
  } finally {
    journal.close();
  }
}

/** `npm run evals -- …`. Exit 0: played; 1: not, or a line of a case file could not be used; 2: wrong usage. */
export async function evalsCommand(argv: readonly string[]): Promise<number> {
  const read = readOptions(argv);
  if (read.kind === "chart") return writeChart(read.chart, say) ? DONE : COULD_NOT;
  if (read.kind !== "ok") {
    say(read.kind === "help" ? USAGE : `${read.message}\n\n${USAGE}`);
    return read.kind === "help" ? DONE : WRONG_USAGE;
  }
  const found = await findAgent(read.options);
  if (found.kind === "unknown") {
    say(found.message);
    return WRONG_USAGE;
  }
  try {
    return await evaluate(found.agent, read.options, commandOf(read.options));
  } finally {
    await found.agent.close();
  }
}
