import type { ResultRow, Summary } from "../result.ts";
import type { Rate } from "../statistics.ts";

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
/** "97.3 % [95.5–98.4] 449/462". */
export const rateText = ({ rate, low, high, count, n }: Rate): string => (n === 0 ? "–" : `${percent(rate)} [${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)}] ${count}/${n}`);

const FAULTS = ["rules", "model", "code", "harness"] as const;

/** The ends of the curve and its area: "AURC 0.4 %; answers 47.4 %, of which 0.6 % are wrong; the surest 41.0 %: 0.2 %". */
export function riskText({ risk }: Pick<Summary, "risk">): string {
  const [first, last] = [risk.points[0], risk.points.at(-1)];
  if (!first || !last) return "nothing was answered";
  const whole = `AURC ${percent(risk.area)}; answers ${percent(last.coverage)}, of which ${percent(last.risk)} are not right`;
  return first === last ? whole : `${whole}; the surest ${percent(first.coverage)}: ${percent(first.risk)}`;
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()).join("\n");
}

/** The figures of one run for the console: by dimension and as a whole, each with its interval and the numbers behind it. */
export function summaryText(summary: Summary, rows: readonly ResultRow[]): string {
  const head = ["dimension", "success [95 %]", "harm"];
  const lines = Object.entries(summary.dimensions).map(([name, { success, harm }]) => [name, rateText(success), harm.count === 0 ? "0" : `${harm.count} of ${harm.n}`]);
  const labels = Object.entries(summary.labels).map(([label, count]) => `${label} ${count}`).join(", ");
  const harms = Object.entries(summary.harms).map(([harm, count]) => `${harm} ${count}`).join(", ");
  const errors = rows.filter((row) => row.label === "error").length;
  const whole = [
    ["success", rateText(summary.success)],
    ["harm", rateText(summary.harm) + (harms === "" ? "" : `  (${harms})`)],
    ["cases for the rules", rateText(summary.byRules)],
    ["plain adds", rateText(summary.plainAdds)],
    ["questions, refusals", rateText(summary.asks)],
    ["asks about the right thing", rateText(summary.slots)],
    ["asked needlessly", rateText(summary.overAsk)],
    ["utility", summary.utility.toFixed(3)],
    ["pass^1, pass^4", `${summary.pass1 === undefined ? "–" : percent(summary.pass1)}, ${summary.pass4 === undefined ? "–" : percent(summary.pass4)}`],
    ...Object.entries(summary.flips).map(([kind, rate]) => [`flips: ${kind}`, rateText(rate)]),
    ["labels", labels],
    ["not right, at fault", FAULTS.map((who) => `${who} ${summary.faults[who] ?? 0}`).join(", ")],
    ["risk and coverage", riskText(summary)],
    ["reading, saving", `median ${summary.cost.ms50} ms, p95 ${summary.cost.ms95} ms; tokens evaluated ${summary.cost.evaluatedTokens}, generated ${summary.cost.generatedTokens}`],
    ...(errors > 0 ? [["errors", String(errors)]] : []),
  ];
  const title = `${summary.agent}, user “${summary.user}”: ${summary.cases} cases, ${summary.trials} trials, ${summary.seconds} s   (${summary.command})`;
  return `${title}\n\n${tableOf([head, ...lines])}\n\n${tableOf(whole)}`;
}
