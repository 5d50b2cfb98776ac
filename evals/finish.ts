import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { acceptRun, baselineFile } from "./baseline.ts";
import { compare, comparisonText, readVerdicts } from "./compare.ts";
import type { Options } from "./options.ts";
import { failureLines } from "./report/failures.ts";
import { reportPage } from "./report/html.ts";
import { writeLeaderboard } from "./report/leaderboard.ts";
import { summaryText } from "./report/table.ts";
import type { ResultFile, Summary } from "./result.ts";

/** Summaries of other results files, for the chart. A file that cannot be used is told and left out. */
function othersOf(files: readonly string[], say: (sentence: string) => void): readonly Summary[] {
  return files.flatMap((file) => {
    try {
      // Written by this program; what is not one of its files has no summary.
      const { summary } = JSON.parse(readFileSync(file, "utf8")) as Partial<ResultFile>;
      if (summary) return [summary];
    } catch {
      // Told below.
    }
    say(`${file} holds no results and is left out.`);
    return [];
  });
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
    mkdirSync(dirname(options.html), { recursive: true });
    writeFileSync(options.html, reportPage(summary, rows, othersOf(options.others, say)));
    say(`The report is ${options.html}.`);
  }
  if (options.leaderboard) say(`Written to ${writeLeaderboard(summary)}.`);
  if (options.accept) say(`Accepted: ${acceptRun(result)}.`);
}
