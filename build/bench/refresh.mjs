/**
 * `npm run bench -- refresh`: what reading an account again costs: requests, time on loopback, memory. The account is served by a process of
 * its own, so that the memory counted is the reader's alone. The processor's time is what a busy computer does not change. Printed, and kept in reports/bench-refresh.json.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../lib/bundle.mjs";
import { root } from "../lib/run.mjs";

const RUNS = 15;
const ACCOUNTS = ["sample", "big"];
const MB = 1024 * 1024;
const [, self = ""] = process.argv;
const zone = "America/New_York";

const sorted = (values) => values.toSorted((a, b) => a - b);
const at = (values, part) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * part))];

async function serve(parts, name) {
  const sandbox = await parts.startSandbox({ account: parts.createAccount(name, { now: new Date(), zone }), requestsPer15s: 1_000_000 });
  if (sandbox.kind === "failed") throw new Error(sandbox.message);
  process.stdout.write(`${JSON.stringify({ url: sandbox.url, token: sandbox.token, accountId: sandbox.accountId })}\n`);
}

/** One home folder: a first read of everything, a read a moment later, and the start of a program that remembers. */
async function once(parts, served) {
  const folder = mkdtempSync(join(tmpdir(), "stint-refresh-"));
  const home = parts.openHome(folder);
  const settings = parts.createSettingsStore({ file: home.settings, onNotice: () => undefined });
  const environment = parts.readEnvironment(folder, { STINT_HARVEST_URL: served.url });
  const counted = { requests: 0 };
  const pace = { take: () => ((counted.requests += 1), 0) };
  const open = () => parts.createOpener({ home, settings }).open(parts.openHarvest(environment, { accountId: served.accountId, name: "bench", userId: 4_410_021 }, { token: served.token, pace }));
  const timed = async (act) => {
    const [began, before, work] = [performance.now(), counted.requests, process.cpuUsage()];
    const value = await act();
    const { user, system } = process.cpuUsage(work);
    return { ms: performance.now() - began, cpu: (user + system) / 1000, requests: counted.requests - before, value };
  };
  globalThis.gc();
  const heap = process.memoryUsage().heapUsed;
  const timesheet = open();
  const first = await timed(() => timesheet.refresh());
  if (first.value.kind !== "fresh") throw new Error(first.value.message);
  globalThis.gc();
  const kept = (process.memoryUsage().heapUsed - heap) / MB;
  const again = await timed(() => timesheet.refresh());
  const start = await timed(async () => open().facts().entries.length);
  await timesheet.close();
  rmSync(folder, { recursive: true, force: true });
  return { first, again, start, kept };
}

async function measure(parts, served) {
  // What stays in memory is told by the first read: later ones take the place of what the one before left.
  const { kept } = await once(parts, served);
  const runs = [];
  for (let nth = 0; nth < RUNS; nth += 1) runs.push(await once(parts, served));
  const of = (part) => ({ requests: runs[0][part].requests, median: at(runs.map((run) => run[part].ms), 0.5), p95: at(runs.map((run) => run[part].ms), 0.95), cpu: at(runs.map((run) => run[part].cpu), 0.5) });
  process.stdout.write(`${JSON.stringify({ first: of("first"), again: of("again"), start: of("start"), keptMb: kept, peakMb: process.resourceUsage().maxRSS / 1024 })}\n`);
}

/** Starts this file in another role and gives its first line, and a way to end it. */
function start(role, words, flags = []) {
  const child = spawn(process.execPath, [...flags, import.meta.filename, role, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let text = "";
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`The ${role} ended with ${code}.`)));
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve({ line: JSON.parse(text), end: () => child.removeAllListeners("exit").kill() });
    });
  });
}

if (self === import.meta.filename) {
  const [, , role, module, words] = process.argv;
  const parts = await import(module);
  await (role === "server" ? serve(parts, words) : measure(parts, JSON.parse(words)));
} else {
  const module = await bundle("build/bench/refresh/parts.ts");
  const figures = {};
  for (const name of ACCOUNTS) {
    const server = await start("server", [module, name]);
    const reader = await start("reader", [module, JSON.stringify(server.line)], ["--expose-gc"]);
    figures[name] = reader.line;
    reader.end();
    server.end();
    const row = (what, { requests, median, p95, cpu }) => console.log(`${name.padEnd(7)} ${what.padEnd(51)} ${String(requests).padStart(2)} requests  median ${median.toFixed(1).padStart(6)}  p95 ${p95.toFixed(1).padStart(6)} ms  processor ${cpu.toFixed(0).padStart(4)} ms  (${RUNS} runs)`);
    row("first read of a new home folder", reader.line.first);
    row("read again while the projects are fresh", reader.line.again);
    row("start that remembers, until a sentence can be read", reader.line.start);
    console.log(`${name.padEnd(7)} memory: ${reader.line.keptMb.toFixed(1)} MB kept, ${reader.line.peakMb.toFixed(0)} MB at most for the whole process over ${RUNS + 1} reads`);
  }
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? "", node: process.version };
  console.log(`${machine.cores} cores, ${machine.cpu}, Node ${machine.node}`);
  mkdirSync(join(root, "reports"), { recursive: true });
  writeFileSync(join(root, "reports/bench-refresh.json"), `${JSON.stringify({ machine, figures }, undefined, 2)}\n`);
}
