/**
 * `npm run bench -- core`: how long reading takes with 3,000 projects loaded, for every kind of sentence, beside date libraries on the same date sentences in the same
 * run. Prints tables with the limits of the product beside the figures and writes reports/bench-core.json. Nothing here fails: the machine decides the milliseconds.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { LIBRARIES } from "../corpora/libraries.mjs";
import { capture, root } from "../lib/run.mjs";
import { against, measure, quantile, show, time } from "./core/figures.mjs";
import { loadCore } from "./core/loaded.mjs";
import { DATE_SENTENCES, paste, sentencesOf } from "./core/sentences.mjs";

const PROJECTS = 3000;
const LIMITS = { p95: 2, worst: 5, index: 100, memory: 30, paste: 50 };
const PASTES = [1000, 2000, 4000, 8000, 10_000];
/** A library that needs longer than this for one text is not given a longer one. */
const PATIENCE_MS = 500;

const row = (name, cells) => console.log(`  ${name.padEnd(32)}${cells.map((cell) => String(cell).padStart(11)).join("")}`);

async function indexFigures({ account, indexProjects }) {
  const builds = Array.from({ length: 20 }, () => time(() => indexProjects(account.projects)).cpu);
  const { out } = await capture(process.execPath, ["--expose-gc", import.meta.filename], { env: { ...process.env, STINT_BENCH_INSIDE: "index" } });
  const { firstMs, megabytes, words } = JSON.parse(out.trim().split("\n").at(-1));
  console.log(`\nThe index of ${PROJECTS} projects (${words} different words)`);
  row("", ["", "limit", ""]);
  row("first build in a new process", [`${show(firstMs)} ms`, `${LIMITS.index} ms`, against(firstMs, LIMITS.index)]);
  row("later builds, median of 20", [`${show(quantile(builds, 0.5))} ms`, `${LIMITS.index} ms`, against(quantile(builds, 0.5), LIMITS.index)]);
  row("memory", [`${megabytes.toFixed(1)} MB`, `${LIMITS.memory} MB`, against(megabytes, LIMITS.memory)]);
  return { firstMs, laterMs: quantile(builds, 0.5), megabytes, words };
}

async function sentenceFigures({ account, read }, facts) {
  console.log(`\nReading one sentence, milliseconds: of the call itself (the smaller of clock and processor), on the clock, and of the whole process; the limits (p95 ${LIMITS.p95}, worst ${LIMITS.worst}) are held against the call itself. "no gc": the worst without the stops of the garbage collector in it. "slowest": the sentence with the highest median.`);
  row("kind", ["median", "p95", "worst", "no gc", "clock p95", "worst", "process p95", "worst", "slowest", "runs", "p95 is", "worst is"]);
  const kinds = Object.entries(sentencesOf(account));
  for (const [, texts] of kinds) for (const text of texts) read(text, facts);
  const figures = {};
  for (const [kind, texts] of kinds) {
    const figure = await measure(texts, (text) => read(text, facts), { least: 300 });
    const { clock, cpu, own } = figure;
    row(kind, [show(own.p50), show(own.p95), show(own.worst), show(figure.worstWithoutCollector), show(clock.p95), show(clock.worst), show(cpu.p95), show(cpu.worst), show(figure.slowest), figure.runs, against(own.p95, LIMITS.p95), against(own.worst, LIMITS.worst)]);
    figures[kind] = figure;
  }
  return figures;
}

async function libraryFigures({ moment, readPhrase }, facts) {
  const options = { now: moment.now, dayFirst: false };
  const readers = { Stint: (text) => readPhrase(text, facts), ...Object.fromEntries(Object.entries(LIBRARIES).map(([name, read]) => [name, (text) => read(text, options)])) };
  console.log(`\n${DATE_SENTENCES.length} date sentences read as dates, milliseconds on the processor for one`);
  row("", ["median", "p95", "worst", "runs", "median ×"]);
  const figures = {};
  for (const [name, read] of Object.entries(readers)) figures[name] = await measure(DATE_SENTENCES, read, { least: 300 });
  for (const [name, figure] of Object.entries(figures)) row(name, [show(figure.cpu.p50), show(figure.cpu.p95), show(figure.cpu.worst), figure.runs, `${show(figure.cpu.p50 / figures.Stint.cpu.p50)}×`]);
  return figures;
}

/** Milliseconds for each length of text, until one takes too long. */
function curve(texts, read) {
  const medians = [];
  for (const text of texts) {
    if ((medians.at(-1) ?? 0) > PATIENCE_MS) break;
    const first = time(() => read(text)).cpu;
    const more = first > PATIENCE_MS / 5 ? 2 : 9;
    medians.push(quantile([first, ...Array.from({ length: more }, () => time(() => read(text)).cpu)], 0.5));
  }
  return medians;
}

function pasteFigures({ account, moment, read }, facts) {
  const texts = PASTES.map((length) => paste(account, length));
  const readers = { "Stint, whole reading": (text) => read(text, facts), ...Object.fromEntries(Object.entries(LIBRARIES).map(([name, library]) => [`${name}, dates only`, (text) => library(text, { now: moment.now, dayFirst: false })])) };
  console.log(`\nA pasted text, milliseconds on the processor by its length in characters (limit at 10,000: ${LIMITS.paste}); linear means 8,000 takes twice as long as 4,000`);
  row("", [...PASTES, "8k ÷ 4k"]);
  return Object.fromEntries(Object.entries(readers).map(([name, reader]) => {
    const medians = curve(texts, reader);
    row(name, [...PASTES.map((_, n) => show(medians[n])), medians[3] === undefined ? "-" : show(medians[3] / medians[2])]);
    if (name.startsWith("Stint")) row("", [...PASTES.slice(1).map(() => ""), against(medians.at(-1), LIMITS.paste)]);
    return [name, medians];
  }));
}

async function main() {
  const core = await loadCore(PROJECTS);
  const facts = core.facts();
  const load = loadavg()[0];
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${load.toFixed(1)}${load > 0.7 * cpus().length ? ": this machine is busy with other work, which p95 and worst show too" : ""}`);
  const index = await indexFigures(core);
  const sentences = await sentenceFigures(core, facts);
  const dates = await libraryFigures(core, facts);
  const pastes = pasteFigures(core, facts);
  mkdirSync(join(root, "reports"), { recursive: true });
  writeFileSync(join(root, "reports/bench-core.json"), `${JSON.stringify({ node: process.version, cpu: cpus()[0]?.model.trim(), load, limits: LIMITS, index, sentences, dates, pastes }, null, 2)}\n`);
  console.log("\nWritten: reports/bench-core.json");
}

// In a process of its own, so that nothing was warmed up and the heap holds nothing else.
if (process.env.STINT_BENCH_INSIDE === "index") {
  const { printIndexCost } = await import("./core/index-cost.mjs");
  await printIndexCost(PROJECTS);
} else await main();
