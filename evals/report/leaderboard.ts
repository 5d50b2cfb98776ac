import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Summary } from "../result.ts";
import { percent, rateText } from "./table.ts";

const FILE = "evals/LEADERBOARD.md";
const HEAD = `# Leaderboard

Success: the account ends exactly as expected and the kind of answer fits. Harm: the account ends in a state that nobody asked for, with a user who
presses Enter to everything. In brackets the 95 % interval (Wilson, clustered by base case), then the counts. AURC: share of wrong answers, averaged from the
surest answer to the last. At fault: failures of the rules, of the model, and of what no model could have said. Each line is written by its own command.

| agent | cases | success | harm | cases for the rules | plain adds | questions, refusals | asks about the right thing | AURC | at fault: rules, model, code | pass^4 | ms (median, p95) | tokens a trial | command |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
`;

const FAULTS = ["rules", "model", "code"] as const;

function lineOf(summary: Summary): string {
  const { cost, trials } = summary;
  const tokens = trials === 0 ? "0" : `${Math.round(cost.evaluatedTokens / trials)} + ${Math.round(cost.generatedTokens / trials)}`;
  const pass4 = summary.pass4 === undefined ? "–" : `${(summary.pass4 * 100).toFixed(1)} %`;
  const cells = [summary.agent, `${summary.cases}${trials > summary.cases ? ` (${trials} trials)` : ""}`, rateText(summary.success), rateText(summary.harm), rateText(summary.byRules), rateText(summary.plainAdds), rateText(summary.asks), rateText(summary.slots), percent(summary.risk.area), FAULTS.map((who) => summary.faults[who] ?? 0).join(", "), pass4, `${cost.ms50}, ${cost.ms95}`, tokens, `\`${summary.command.replaceAll("|", "\\|")}\``];
  return `| ${cells.join(" | ")} |`;
}

/** Agent and command: what is played again takes the place of its earlier line. */
const keyOf = (line: string): string => {
  const cells = line.split(" | ");
  return `${cells[0] ?? ""} ${cells.at(-1) ?? ""}`;
};

/** Writes a run's line into the leaderboard. */
export function writeLeaderboard(summary: Summary): string {
  const known = existsSync(FILE) ? readFileSync(FILE, "utf8").split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| agent")) : [];
  const line = lineOf(summary);
  // A line of an earlier form cannot stand beside this one; its command writes it anew.
  const isOfForm = (each: string): boolean => each.split(" | ").length === line.split(" | ").length;
  const lines = [...known.filter((each) => isOfForm(each) && keyOf(each) !== keyOf(line)), line].toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
  writeFileSync(FILE, `${HEAD}${lines.join("\n")}\n`);
  return FILE;
}
