import type { ResultRow, Summary } from "../result.ts";
import type { ChartRun } from "./runs.ts";
import { stateLine } from "./failures.ts";
import template from "./page/page.html?raw";
import style from "./page/page.css?raw";
import script from "./page/page.js?raw";

/** JSON that cannot end the script element it stands in. */
const inert = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

/** The report of a run as one page that needs nothing but itself. `others` are runs that the chart sets beside it. */
export function reportPage(summary: Summary, rows: readonly ResultRow[], others: readonly ChartRun[]): string {
  const states = rows.map((row) => ({ wanted: stateLine(row.expect).replaceAll("  ", "\n"), got: stateLine(row.diff).replaceAll("  ", "\n") }));
  const bare = rows.map(({ shown: _shown, diff: _diff, ...row }) => row);
  // Replaced by functions: "$&" in somebody's sentence must stay what it is.
  return template.replace("/*STYLE*/", () => style).replace("/*DATA*/", () => inert({ runs: [summary, ...others], rows: bare, states })).replace("/*SCRIPT*/", () => script);
}
