/**
 * `npm run bench` (or `-- app`): the figures of the whole way, as a table and as JSON (reports/bench.json). Nothing here passes or fails: the machine
 * decides the milliseconds. Each figure comes from at least 20 runs; the app runs on a display of its own with software rendering.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { _electron } from "playwright-core";
import { electronPath } from "../electron-path.mjs";
import { buildIfStale } from "../lib/fresh-build.mjs";
import { root, run } from "../lib/run.mjs";
import { needSystemPackages } from "../system-packages.mjs";

const RUNS = 20;
const SENTENCE = "2h acme website yesterday";

const sorted = (values) => values.toSorted((a, b) => a - b);
const at = (values, part) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * part))];
const figure = (name, unit, values) => ({ name, unit, runs: values.length, median: at(values, 0.5), p95: at(values, 0.95), max: Math.max(...values) });

function newHome() {
  const home = mkdtempSync(join(tmpdir(), "stint-bench-"));
  return { home, remove: () => rmSync(home, { recursive: true, force: true }) };
}

async function launch(executablePath, home) {
  const app = await _electron.launch({ executablePath, args: ["--no-sandbox", root, "--home", home] });
  let popup;
  while (!(popup = app.windows().find((page) => page.url().includes("/quick-entry/")))) await app.waitForEvent("window");
  await popup.getByLabel("What did you work on?").waitFor();
  return { app, popup };
}

/** PSS of the whole process tree in MB: shared pages counted once. Every thread's children are walked: helper processes hang off other threads. */
function pssOf(pid) {
  let kb = 0;
  try {
    kb = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      for (const child of readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean)) kb += pssOf(child) * 1024;
    }
  } catch {
    // A process that ended while it was counted holds nothing any more.
  }
  return kb / 1024;
}

/** From the input event to the frame after the chips that show its reading are in the page. */
async function keystrokes(popup) {
  return popup.evaluate(
    async ([text, runs]) => {
      const area = document.querySelector("textarea");
      const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const times = [];
      for (let index = 0; index < runs; index += 1) {
        const hours = `${(index % 8) + 1}h`;
        setter.call(area, `${hours} ${text}`);
        const began = performance.now();
        area.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((resolve) => {
          const look = () => document.querySelector("#chip-0-hours")?.textContent?.includes(`${(index % 8) + 1} h`) === true;
          const watcher = new MutationObserver(() => look() && (watcher.disconnect(), resolve()));
          watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
          if (look()) (watcher.disconnect(), resolve());
        });
        const inPage = performance.now() - began;
        await frame();
        times.push({ inPage, painted: performance.now() - began });
      }
      return times;
    },
    ["acme website yesterday", RUNS * 2],
  );
}

/** From the key on the keyboard to the second frame with the popup in front. */
async function hotkeys(app, popup) {
  const times = [];
  for (let index = 0; index < RUNS; index += 1) {
    await popup.evaluate(() => window.stint.ask("hide"));
    await new Promise((resolve) => setTimeout(resolve, 150));
    const painted = popup.evaluate(() => new Promise((resolve) => window.stint.on("shown", () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(Date.now()))))));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const pressed = Date.now();
    execFileSync("xdotool", ["key", "--clearmodifiers", "ctrl+alt+h"]);
    times.push((await painted) - pressed);
  }
  return times;
}

/** From Enter's request to the receipt: the entry is fsynced in the journal and answered by the account before it comes. */
async function saves(popup) {
  return popup.evaluate(
    async ([text, runs]) => {
      const times = [];
      for (let index = 0; index < runs; index += 1) {
        const view = await window.stint.ask("read", { text, pins: [] });
        const began = performance.now();
        const result = await window.stint.ask("commit", { text, pins: [], digest: view.digest, skip: [] });
        times.push(performance.now() - began);
        if (result.kind !== "saved") throw new Error(result.kind);
        await window.stint.ask("undo", { batch: result.receipt.batch });
        // The account allows 100 requests in 15 seconds, as Harvest does; a person does not save twenty times in one second either.
        await new Promise((resolve) => setTimeout(resolve, 1500));
      }
      return times;
    },
    [SENTENCE, RUNS],
  );
}

async function starts(executable) {
  const times = [];
  for (let index = 0; index < RUNS; index += 1) {
    const { home, remove } = newHome();
    const began = performance.now();
    const { app } = await launch(executable, home);
    times.push(performance.now() - began);
    await app.close();
    remove();
  }
  return times;
}

async function measure() {
  const executable = await electronPath();
  const { home, remove } = newHome();
  const { app, popup } = await launch(executable, home);
  const typed = await keystrokes(popup);
  await popup.getByLabel("What did you work on?").fill("");
  const figures = [
    figure("keystroke → chips in the page", "ms", typed.map((each) => each.inPage)),
    figure("keystroke → painted", "ms", typed.map((each) => each.painted)),
    figure("shortcut → painted", "ms", await hotkeys(app, popup)),
    figure("Enter → receipt (journal fsynced, account answered)", "ms", await saves(popup)),
  ];
  const memory = [];
  for (let index = 0; index < RUNS; index += 1) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    memory.push(pssOf(app.process().pid));
  }
  figures.push(figure("idle memory, whole app (PSS)", "MB", memory));
  await app.close();
  remove();
  figures.push(figure("start → field ready, new home folder", "ms", await starts(executable)));
  return figures;
}

if (process.platform === "linux" && !process.env.STINT_BENCH_INSIDE) {
  await needSystemPackages();
  await buildIfStale();
  await electronPath();
  process.exitCode = await run("xvfb-run", ["-a", "-s", "-screen 0 1280x900x24", "dbus-run-session", "--", process.execPath, import.meta.filename], { env: { ...process.env, STINT_BENCH_INSIDE: "1" } });
} else {
  const figures = await measure();
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? "", node: process.version, platform: process.platform };
  const round = (value) => (value < 10 ? value.toFixed(1) : Math.round(value).toString());
  console.log(`${machine.cores} cores, ${machine.cpu}`);
  for (const { name, unit, runs, median, p95, max } of figures) console.log(`${name.padEnd(54)} median ${round(median).padStart(6)}  p95 ${round(p95).padStart(6)}  max ${round(max).padStart(6)} ${unit}  (${runs} runs)`);
  mkdirSync(join(root, "reports"), { recursive: true });
  writeFileSync(join(root, "reports/bench.json"), `${JSON.stringify({ machine, figures }, undefined, 2)}\n`);
  console.log(JSON.stringify({ machine, figures }));
}
