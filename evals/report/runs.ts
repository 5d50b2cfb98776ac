import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Summary } from "../result.ts";

const FOLDER = "evals/summaries";

const rate = z.object({ count: z.number(), n: z.number(), clusters: z.number(), rate: z.number(), low: z.number(), high: z.number() });
const run = z.object({
  agent: z.string(), user: z.string(), command: z.string(), cases: z.number(), trials: z.number(), success: rate, harm: rate, overAsk: rate, utility: z.number(),
  about: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  harms: z.record(z.string(), z.number()).default({}),
  slots: rate.optional(),
});
/** What a chart of several runs needs of one. */
export type ChartRun = z.infer<typeof run>;

/** The figures of a results file, or of a kept summary; a sentence when it holds none. */
export function readRun(file: string): ChartRun | string {
  if (!existsSync(file)) return `There is no file ${file}.`;
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    const parsed = run.safeParse(typeof value === "object" && value !== null && "summary" in value ? value.summary : value);
    return parsed.success ? parsed.data : `${file} holds no results and is left out.`;
  } catch {
    return `${file} is not valid JSON and is left out.`;
  }
}

/** What a run left out of all cases ("--only d1-article"), as its command says: a part is kept beside the whole. */
const partOf = ({ command }: Summary): string => / (--(?:cases|only|dimension|trials|variants|user)\b.*)$/.exec(command)?.[1] ?? "";

/** Keeps the figures of a run beside the leaderboard, for the chart; a later run of the agent on the same cases takes their place. */
export function keepSummary(summary: Summary): string {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${`${summary.agent} ${partOf(summary)}`.trim().replaceAll(/[^\w.]+/g, "-")}.json`);
  const parsed = run.parse(summary);
  writeFileSync(file, `${JSON.stringify(parsed, undefined, 1)}\n`);
  return file;
}

/** Files of all summaries that were kept. */
export const keptSummaries = (): readonly string[] => (existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith(".json")).toSorted().map((name) => join(FOLDER, name)) : []);
