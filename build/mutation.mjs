/**
 * `npm run mutation [-- FILE …]`: whether the tests of the core would notice a change of what they test. Each mutant of dates, hours, clock times and projects
 * is tried on the tests that pass it, all in this process. Prints a line for each file, writes reports/mutation/, and fails below the least share.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/run.mjs";
import { checkedFiles, mutantsOf } from "./mutation/mutants.mjs";
import { tryAll } from "./mutation/threads.mjs";

/** Noticed, of 100 mutants. Below it the run fails. */
const LEAST = 85;

// The tests count in a zone that changes its clocks.
process.env.TZ = "America/New_York";

function progress(all) {
  let first = true;
  return ({ tests, tried }) => {
    if (first) console.log(`${all} mutants, ${tests} tests`);
    first = false;
    if (tried % 1000 === 0) console.log(`  ${tried} tried`);
  };
}

function figuresOf(file, mutants) {
  const count = (status) => mutants.filter((mutant) => mutant.status === status).length;
  const killed = count("killed");
  return { file, mutants: mutants.length, killed, survived: count("survived"), notReached: count("not reached"), percent: mutants.length === 0 ? 100 : (100 * killed) / mutants.length };
}

function print(rows) {
  const line = ([file, ...cells]) => console.log(`${file.padEnd(20)}${cells.map((cell) => String(cell).padStart(12)).join("")}`);
  line(["", "mutants", "killed", "survived", "not reached", "killed, %"]);
  for (const row of rows) line([row.file, row.mutants, row.killed, row.survived, row.notReached, row.percent.toFixed(1)]);
}

function survivors(file, mutants) {
  const short = (text) => text.replaceAll(/\s+/g, " ").slice(0, 160);
  const left = mutants.filter((mutant) => mutant.status !== "killed");
  const lines = left.map(({ place, original, replacement, status }) => `- ${place.line + 1}:${place.column + 1} \`${short(original)}\` → \`${short(replacement)}\`${status === "not reached" ? " (no test reaches it)" : ""}`);
  return `## ${file}.ts\n\n${lines.join("\n")}\n`;
}

async function check(names) {
  const started = performance.now();
  const { mutants, ...scripts } = await mutantsOf(names);
  const tried = mutants.filter((mutant) => !mutant.ignored);
  const statuses = await tryAll(scripts, tried.map((mutant) => mutant.id), progress(tried.length));
  for (const mutant of tried) mutant.status = statuses.get(mutant.id);
  const byFile = new Map([...new Set(tried.map((mutant) => mutant.file))].map((file) => [file, tried.filter((mutant) => mutant.file === file)]));
  const all = figuresOf("all", tried);
  const rows = [...byFile].map(([file, own]) => figuresOf(file, own));
  print([...rows, all]);

  const folder = join(root, "reports/mutation");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "survivors.md"), `# Changes that no test notices\n\n${[...byFile].map(([file, own]) => survivors(file, own)).join("\n")}`);
  writeFileSync(join(folder, "figures.json"), `${JSON.stringify({ files: rows, all }, undefined, 2)}\n`);
  console.log(`\n${Math.round((performance.now() - started) / 1000)} s. What no test notices: reports/mutation/survivors.md`);
  if (all.percent >= LEAST) return 0;
  console.error(`Fewer than ${LEAST} % are noticed.`);
  return 1;
}

const names = process.argv.slice(2).map((name) => name.replace(/^.*\//, "").replace(/\.ts$/, ""));
const unknown = names.filter((name) => !checkedFiles().includes(name));
if (unknown.length > 0) {
  console.error(`Not among the checked files: ${unknown.join(", ")}. There are: ${checkedFiles().join(", ")}.`);
  process.exitCode = 2;
} else process.exitCode = await check(names);
