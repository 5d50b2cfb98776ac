import type { Rate } from "../statistics.ts";
import template from "./chart/chart.html?raw";
import style from "./chart/chart.css?raw";
import type { ChartRun } from "./runs.ts";
import { percent, rateText } from "./table.ts";

/** What stands between a model and the account, from nothing to the product, and what each is. */
const LADDER: readonly (readonly [string, string])[] = [
  ["naive", "the model writes dates, numbers and names itself"],
  ["prompted", "with a calendar and rules in the prompt"],
  ["seed", "with the first published agent's code"],
  ["stint", "the model hears, code decides"],
];
const LESS: readonly (readonly [string, string])[] = [
  ["no-asking", "the first option is taken"],
  ["no-grounding", "words left over are ignored"],
  ["no-spans", "values may be the model's own"],
  ["no-grammar", "any reply is allowed"],
];
const ALONE: readonly (readonly [string, string])[] = [
  ["rules", "Stint with no model"],
  ["gold", "a model that always hears what is meant"],
  ["oracle", "what is expected, written as it is"],
];

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const share = (part: number): string => `${(part * 100).toFixed(2)}%`;

/** An interval narrower than this is drawn without ends, which would hide it. */
const TIGHT = 0.02;

interface Group {
  readonly title: string;
  readonly rows: readonly { readonly run: ChartRun; readonly name: string; readonly what: string; readonly minor: boolean }[];
}

function rowsFor(runs: readonly ChartRun[], kinds: typeof LADDER, model: string | undefined, minor: boolean): Group["rows"] {
  return kinds.flatMap(([name, what]) => {
    const run = runs.find(({ agent }) => agent === (model === undefined ? name : `${name}:${model}`));
    return run ? [{ run, name, what, minor }] : [];
  });
}

/** The runs by model, in the order in which code is added; what needs no model first. */
function groupsOf(runs: readonly ChartRun[]): readonly Group[] {
  const models = [...new Set(runs.flatMap(({ agent }) => (agent.includes(":") ? [agent.slice(agent.indexOf(":") + 1)] : [])))].toSorted((a, b) => Number(b === "random") - Number(a === "random") || a.localeCompare(b, "en", { numeric: true }));
  // Only what played the same cases stands together.
  const sizes = [...new Set(runs.map(({ cases }) => cases))].toSorted((a, b) => b - a);
  const titled = sizes.flatMap((size) => {
    const alike = runs.filter(({ cases }) => cases === size);
    const kept = sizes.length > 1 ? `, ${size} cases` : "";
    return models.map((model): Group => ({
      title: `${model === "random" ? "random: a model that knows nothing" : model}${kept}`,
      rows: [...rowsFor(alike, LADDER, model, false), ...rowsFor(alike, LESS, model, true)],
    }));
  });
  return [{ title: "Without a model", rows: rowsFor(runs, ALONE, undefined, false) }, ...titled].filter(({ rows }) => rows.length > 0);
}

/** What is not nothing must not look like it. */
const shown = ({ count, rate }: Rate): string => (count > 0 && rate < 0.0005 ? "<0.1 %" : percent(rate));

function plot(rate: Rate, kind: "success" | "harm", rules: Rate | undefined): string {
  const line = rules && kind === "success" ? `<s style="--rules:${share(rules.rate)}"></s>` : "";
  const tight = rate.high - rate.low < TIGHT ? ' class="tight"' : "";
  const track = `<span class="track" aria-hidden="true"><i style="--v:${share(rate.rate)}"></i>${line}<u${tight} style="--low:${share(rate.low)};--high:${share(rate.high)}"></u></span>`;
  return `<td class="${kind}"><span class="plot">${track}<span class="value">${escaped(shown(rate))}<small>${(rate.low * 100).toFixed(1)} to ${(rate.high * 100).toFixed(1)}</small></span></span></td>`;
}

function groupHtml({ title, rows }: Group, rules: Rate | undefined): string {
  const head = `<tr><th scope="rowgroup" colspan="3">${escaped(title)}</th></tr>`;
  const lines = rows.map(({ run, name, what, minor }, at) => {
    const sub = minor && rows[at - 1]?.minor !== true ? `<tr class="sub"><th scope="rowgroup" colspan="3">Stint less one protection</th></tr>` : "";
    return `${sub}<tr${minor ? ' class="minor"' : ""}><th scope="row" class="agent"><b>${escaped(name)}</b><span class="what">${escaped(what)}</span></th>${plot(run.success, "success", rules)}${plot(run.harm, "harm", undefined)}</tr>`;
  });
  return `<tbody>${head}${lines.join("")}</tbody>`;
}

const harmed = ({ count, n, rate }: Rate): string => (count === 0 ? `none of ${n}` : percent(rate));

/** What the code did to the same model, in one sentence each. */
function leads(groups: readonly Group[]): readonly string[] {
  return groups.flatMap(({ rows, title }) => {
    const [naive, stint] = ["naive", "stint"].map((wanted) => rows.find(({ name }) => name === wanted)?.run);
    if (!naive || !stint) return [];
    const model = title.startsWith("random") ? `A model that knows nothing${title.includes(", ") ? title.slice(title.lastIndexOf(", ")) : ""}` : title;
    return [`${model}, left to itself, is right in ${percent(naive.success.rate)} of the cases and does harm in ${harmed(naive.harm)}. In Stint the same model is right in ${percent(stint.success.rate)} and does harm in ${harmed(stint.harm)}.`];
  });
}

function figures(runs: readonly ChartRun[]): string {
  const head = ["Agent", "Cases", "Success", "Harm", "Asks about the right thing", "Asked needlessly", "Utility", "Kinds of harm", "Command"];
  const lines = runs.map((run) => [run.agent, `${run.cases}${run.trials > run.cases ? ` (${run.trials} trials)` : ""}`, rateText(run.success), rateText(run.harm), run.slots ? rateText(run.slots) : "–", rateText(run.overAsk), run.utility.toFixed(3), Object.entries(run.harms).map(([harm, count]) => `${harm} ${count}`).join(", ") || "none", run.command]);
  const cell = (text: string, at: number): string => (at === 0 ? `<th scope="row">${escaped(text)}</th>` : at === head.length - 1 ? `<td><code>${escaped(text)}</code></td>` : `<td>${escaped(text)}</td>`);
  return `<div class="wide" tabindex="0" role="region" aria-labelledby="figures"><table class="figures"><thead><tr>${head.map((text) => `<th scope="col">${text}</th>`).join("")}</tr></thead><tbody>${lines.map((line) => `<tr>${line.map(cell).join("")}</tr>`).join("")}</tbody></table></div>`;
}

/** Several runs as one page that needs nothing but itself: success and harm of each agent on each model, with intervals, as bars and as figures. */
export function chartPage(runs: readonly ChartRun[]): string {
  const groups = groupsOf(runs);
  const rules = runs.find(({ agent }) => agent === "rules")?.success;
  const sizes = [...new Set(runs.map(({ cases, trials, user }) => `${cases} cases, ${trials} trials, user “${user}”`))];
  const note = sizes.length === 1 ? `<p class="soft">${escaped(sizes[0] ?? "")} in every run.</p>` : `<p class="warning">These runs did not play the same: ${escaped(sizes.join("; "))}. What stands in one group did.</p>`;
  const key = `Success: the account ends exactly as expected. Harm: it ends as nobody asked, with a user who presses Enter to everything. Bars start at 0 and end at 100 %; the thin line is the 95 % interval.${rules ? " The dotted line is the success of the rules alone." : ""}`;
  const table = `<div class="wide" tabindex="0" role="region" aria-label="Chart" aria-describedby="key"><table class="chart"><thead><tr><th scope="col">Agent</th><th scope="col">Success</th><th scope="col">Harm</th></tr></thead>${groups.map((group) => groupHtml(group, rules)).join("")}</table></div>`;
  const body = [...leads(groups).map((text) => `<p class="lead">${escaped(text)}</p>`), note, `<p class="soft" id="key">${key}</p>`, table, `<h2 id="figures">The figures</h2>`, figures(groups.flatMap(({ rows }) => rows.map(({ run }) => run)))].join("\n");
  return template.replace("/*STYLE*/", () => style).replace("/*BODY*/", () => body);
}
