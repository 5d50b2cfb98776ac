/**
 * `npm run bench -- outbox`: how long Enter takes until the sentence is safe on the disk, and how long a journal of 10,000 records takes to
 * be read back. As a table and as JSON (reports/bench-outbox.json). The refresh of a big account is `npm run bench -- refresh`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "../lib/bundle.mjs";
import { root } from "../lib/run.mjs";

const RUNS = 40;
const { outboxBench } = await import(pathToFileURL(await bundle("tests/torture/bench.ts")).href);
const at = (values, part) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];
const readings = await outboxBench(RUNS);
const figures = readings.map(({ name, values }) => ({ name, unit: "ms", runs: values.length, median: at(values, 0.5), p95: at(values, 0.95), max: Math.max(...values) }));
const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? "", node: process.version, platform: process.platform, load: loadavg()[0] };
const round = (value) => (value < 10 ? value.toFixed(1) : Math.round(value).toString());
console.log(`${machine.cores} cores, ${machine.cpu}, load ${machine.load?.toFixed(1)}`);
for (const { name, unit, runs, median, p95, max } of figures) console.log(`${name.padEnd(54)} median ${round(median).padStart(6)}  p95 ${round(p95).padStart(6)}  max ${round(max).padStart(6)} ${unit}  (${runs} runs)`);
mkdirSync(join(root, "reports"), { recursive: true });
writeFileSync(join(root, "reports/bench-outbox.json"), `${JSON.stringify({ machine, figures }, undefined, 2)}\n`);
// Requests that nobody will ever answer are part of the bench.
process.exit(0);
