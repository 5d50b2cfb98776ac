import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { evalsCommand } from "../command.ts";
import { clusteredRate } from "../statistics.ts";
import { chartPage } from "./chart.ts";
import { readRun, type ChartRun } from "./runs.ts";

const rateOf = (count: number, n = 200) => clusteredRate(Array.from({ length: n }, (_, at) => ({ cluster: String(at), hit: at < count })));
const run = (agent: string, success: number, harm: number, over: Partial<ChartRun> = {}): ChartRun => ({
  agent, user: "accept", command: `npm run evals -- --agent ${agent}`, cases: 200, trials: 200, success: rateOf(success), harm: rateOf(harm), overAsk: rateOf(0), utility: 0.5, about: {}, harms: harm > 0 ? { wrong_date: harm } : {}, ...over,
});
const runs = [run("stint:tiny", 196, 0), run("naive:tiny", 40, 90), run("rules", 194, 0), run("no-spans:tiny", 190, 3), run("prompted:tiny", 60, 80), run("oracle", 200, 0), run("seed:tiny", 70, 70), run("naive:random", 30, 100), run("stint:random", 194, 0)];

const folder = { name: "" };
beforeEach(() => {
  folder.name = mkdtempSync(join(tmpdir(), "stint-chart-"));
});
afterEach(() => rmSync(folder.name, { recursive: true, force: true }));

describe("the chart of several runs", () => {
  it("orders each model's agents as code is added, and what lacks a protection after them", () => {
    const names = [...chartPage(runs).matchAll(/class="agent"><b>([\w-]+)<\/b>/g)].map(([, name]) => name);
    expect(names).toEqual(["rules", "oracle", "naive", "stint", "naive", "prompted", "seed", "stint", "no-spans"]);
  });
  it("says in words what code did to each model, and counts where there is nothing", () => {
    const page = chartPage(runs);
    expect(page).toContain("tiny, left to itself, is right in 20.0 % of the cases and does harm in 45.0 %. In Stint the same model is right in 98.0 % and does harm in none of 200.");
    expect(page).toContain("A model that knows nothing, left to itself");
  });
  it("gives every bar's figure and interval as text, for those who do not see bars", () => {
    const page = chartPage(runs).replaceAll(/<span class="track" aria-hidden="true">.*?<\/span>/g, "");
    for (const { success } of runs) expect(page).toContain(`<span class="value">${(success.rate * 100).toFixed(1)} %<small>${(success.low * 100).toFixed(1)} to ${(success.high * 100).toFixed(1)}</small>`);
    expect(page).toContain("npm run evals -- --agent naive:tiny");
  });
  it("warns when the runs did not play the same", () => {
    expect(chartPage(runs)).not.toContain("did not play the same");
    expect(chartPage([...runs, run("gold", 20, 0, { cases: 20, trials: 20 })])).toContain("did not play the same");
  });
  it("runs no script, asks nothing of any other place, and a name of a model cannot become markup", () => {
    const page = chartPage([run("stint:<img src=x onerror=alert(1)>", 1, 1)]);
    expect(page).not.toMatch(/<script|<img/);
    expect(page).toContain("&lt;img src=x");
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(?:src|href)="(?!data:)/);
  });
});

describe("--chart", () => {
  it("draws results files, and leaves out what is none", async () => {
    const [good, bad, html] = [join(folder.name, "a.json"), join(folder.name, "b.json"), join(folder.name, "deep", "c.html")];
    writeFileSync(good, JSON.stringify({ summary: run("rules", 194, 0), rows: [] }));
    writeFileSync(bad, "{");
    expect(await evalsCommand(["--chart", good, bad, "--html", html])).toBe(0);
    expect(readFileSync(html, "utf8")).toContain("<b>rules</b>");
    expect(readRun(bad)).toContain("not valid JSON");
    expect(await evalsCommand(["--chart", bad, "--html", html])).toBe(1);
  });
});
