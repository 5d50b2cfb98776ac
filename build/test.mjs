/**
 * `npm test`: everything. Gates, unit tests in four time zones, the emulated Harvest over HTTP, the terminal program, the engine with real
 * models files, a real keyring, and the real app on a virtual display. The last line counts every test; nothing that was skipped is silent.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { electronPath } from "./electron-path.mjs";
import { gates, runGates } from "./gates.mjs";
import { buildIfStale } from "./lib/fresh-build.mjs";
import { root, run } from "./lib/run.mjs";
import { needSystemPackages } from "./system-packages.mjs";

const vitest = join(root, "node_modules/vitest/vitest.mjs");
const cache = join(root, ".cache");
mkdirSync(cache, { recursive: true });
const tallyFile = join(cache, "tally.jsonl");
writeFileSync(tallyFile, "");

const results = [];
const title = (text) => console.log(`\n== ${text}`);

/** Runs some vitest projects, optionally inside other programs (a keyring, a display), and remembers how they ended. */
async function tests(name, projects, { env = {}, inside = [] } = {}) {
  title(name);
  const words = [process.execPath, vitest, "run", "--config", "build/vitest.config.ts", "--reporter", "default", "--reporter", "./build/test-reporter.mjs", ...projects.flatMap((project) => ["--project", project])];
  const [command, ...args] = [...inside, ...words];
  const code = await run(command, args, { env: { ...process.env, ...env, STINT_TALLY: tallyFile } });
  results.push({ name, code });
}

/** A private session bus with an unlocked keyring of its own, so that no test touches the keyring of whoever runs it. */
function withKeyring(folder) {
  const unlock = 'eval "$(printf "stint-test\\n" | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null)"; exec "$@"';
  return { inside: ["dbus-run-session", "--", "bash", "-c", unlock, "_"], env: { XDG_DATA_HOME: join(folder, "data"), XDG_RUNTIME_DIR: join(folder, "run"), XDG_CONFIG_HOME: join(folder, "config") } };
}
const onDisplay = ["xvfb-run", "-a", "-s", "-screen 0 1280x900x24"];

async function everything() {
  await needSystemPackages();
  title("gates");
  const failedGates = await runGates();
  title("build");
  await buildIfStale();
  await tests("unit tests, Europe/Berlin", ["unit", "renderer"], { env: { TZ: "Europe/Berlin" } });
  for (const zone of ["America/New_York", "Pacific/Auckland", "Asia/Kolkata"]) await tests(`unit tests, ${zone}`, ["unit"], { env: { TZ: zone } });
  await tests("emulated Harvest over HTTP", ["contract"]);
  await tests("terminal", ["cli"]);
  await tests("engine", ["engine"]);
  if (process.platform === "linux") {
    const folder = mkdtempSync(join(tmpdir(), "stint-test-"));
    for (const name of ["data", "run", "config"]) mkdirSync(join(folder, name), { mode: 0o700 });
    try {
      const keyring = withKeyring(folder);
      await tests("keyring", ["keyring"], keyring);
      process.env.STINT_TEST_ELECTRON = await electronPath(console.log);
      await tests("the app on a display", ["e2e"], { ...keyring, inside: [...onDisplay, ...keyring.inside] });
      await tests("the packaged app", ["packaged"], { ...keyring, inside: [...onDisplay, ...keyring.inside] });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return failedGates;
}

const failedGates = await everything();
const lines = readFileSync(tallyFile, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const sum = (pick) => lines.reduce((total, line) => total + pick(line), 0);
const skipped = lines.flatMap((line) => line.skipped);
// A run that ended badly without naming a failed test (it crashed, or found no test at all) still counts as one failure.
const silent = results.filter(({ code }) => code !== 0).length > 0 && sum((line) => line.failed + line.broken) === 0 ? 1 : 0;
const passed = sum((line) => line.passed) + Object.keys(gates).length - failedGates.length;
const failed = sum((line) => line.failed + line.broken) + failedGates.length + silent + (results.length - lines.length);

console.log("");
for (const gate of failedGates) console.log(`FAILED gate: ${gate}`);
for (const { name, code } of results) if (code !== 0) console.log(`FAILED: ${name}`);
if (process.platform !== "linux") console.log("not run: keyring, app and package tests (they need Linux)");
for (const { name, why } of skipped) console.log(`not run: ${name}: ${why}`);
console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
