import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { acceptRun, baselineFile } from "./baseline.ts";
import { compare, comparisonText, readVerdicts } from "./compare.ts";
import type { ChartOptions, Options } from "./options.ts";
import { chartPage } from "./report/chart.ts";
import { failureLines } from "./report/failures.ts";
import { reportPage } from "./report/html.ts";
import { writeLeaderboard } from "./report/leaderboard.ts";
import { keepSummary, keptSummaries, readRun, type ChartRun } from "./report/runs.ts";
import { summaryText } from "./report/table.ts";
import type { ResultFile } from "./result.ts";

/** The figures of other runs. A file that cannot be used is told and left out. */
function runsOf(files: readonly string[], say: (sentence: string) => void): readonly ChartRun[] {
  return files.flatMap((file) => {
    const run = readRun(file);
    if (typeof run !== "string") return [run];
    say(run);
    return [];
  });
}

function writePage(file: string, page: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, page);
}

/** Writes the chart of several runs; false, with a sentence, when there is none to draw. */
export function writeChart({ files, html }: ChartOptions, say: (sentence: string) => void): boolean {
  const runs = runsOf(files.length > 0 ? files : keptSummaries(), say);
  if (runs.length === 0) {
    say("There is no run to draw.");
    return false;
  }
  writePage(html, chartPage(runs));
  say(`The chart of ${runs.length} runs is ${html}.`);
  return true;
}

/** Everything that is told and written once a run is over. */
export function finish(result: ResultFile, options: Options, say: (sentence: string) => void): void {
  const { summary, rows } = result;
  const out = (text: string): void => void process.stdout.write(`${text}\n`);
  if (options.failures) for (const row of rows) if (!row.success && row.label !== "handed_on") out(failureLines(row));
  out(summaryText(summary, rows));
  const accepted = baselineFile(summary.agent);
  const against = options.diff ?? (existsSync(accepted) ? accepted : undefined);
  if (against !== undefined) {
    const verdicts = readVerdicts(against);
    if (typeof verdicts === "string") say(verdicts);
    else out(`\n${comparisonText(options.diff === undefined ? "the last accepted run" : against, compare(verdicts, rows))}`);
  }
  if (options.html !== undefined) {
    writePage(options.html, reportPage(summary, rows, runsOf(options.others, say)));
    say(`The report is ${options.html}.`);
  }
  if (options.leaderboard) say(`Written to ${writeLeaderboard(summary)} and ${keepSummary(summary)}.`);
  if (options.accept) say(`Accepted: ${acceptRun(result)}.`);
}
