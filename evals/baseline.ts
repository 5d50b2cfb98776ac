import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ResultFile } from "./result.ts";

const FOLDER = "evals/baselines";

/** Where the accepted run of an agent lies. */
export function baselineFile(agent: string): string {
  return join(FOLDER, `${agent.replaceAll(/[^\w.-]+/g, "-")}.json`);
}

/** Makes a run the one that later runs of the agent are compared with: its verdicts, a line each, so that a change of it can be read. */
export function acceptRun({ summary, rows }: ResultFile): string {
  const file = baselineFile(summary.agent);
  mkdirSync(FOLDER, { recursive: true });
  const lines = rows.map(({ id, trial, success, harm, label }) => `    ${JSON.stringify({ id, ...(trial === 0 ? {} : { trial }), success, harm, label })}`);
  writeFileSync(file, `{\n  "agent": ${JSON.stringify(summary.agent)},\n  "command": ${JSON.stringify(summary.command)},\n  "rows": [\n${lines.join(",\n")}\n  ]\n}\n`);
  return file;
}
