/** One thread of the mutation check: says which tests fail without any mutant, then tries each mutant whose number it is sent. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { root } from "../lib/run.mjs";
import { createRecorder } from "./recorder.mjs";

const nodeRequire = createRequire(join(root, "package.json"));
const script = (name) => new Script(workerData[name], { filename: `${name}.cjs` }).runInThisContext();
const [covering, mutating] = [script("covering"), script("mutating")];

/** Loads all test files anew, with a mutant at work from the beginning if one is named. `host` then speaks to this load alone. */
function load(script, host, id, limit) {
  const { tests, vitest } = createRecorder();
  script((name) => (name === "vitest" ? vitest : nodeRequire(name)), host, id, limit);
  return tests;
}

/** A mutant that is passed far more often than the code was does not end. */
const limitOf = (times) => times * 10 + 100_000;

/** Which tests pass each mutant and how often at most, how often each is passed while the files load, and how long each test takes. */
async function coverage() {
  const [passing, loading] = [new Map(), new Map()];
  let counts = loading;
  const tests = load(covering, { cover: (...ids) => { for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1); } });
  const took = [];
  for (const [n, { run }] of tests.entries()) {
    counts = new Map();
    const start = performance.now();
    try {
      await run();
    } catch {
      // Told by the run without a mutant.
    }
    took.push(performance.now() - start);
    for (const [id, count] of counts) {
      const known = passing.get(id) ?? { tests: [], most: 0 };
      passing.set(id, known);
      known.tests.push(n);
      known.most = Math.max(known.most, count);
    }
  }
  return { passing, loading, took };
}

const { passing, loading, took } = await coverage();
const host = {};
const loaded = load(mutating, host);

/** Tests that fail with no mutant at work: before the first one it says that the script is sound, behind the last one that none has left a trace. */
async function failingWithout() {
  host.activate(-1, 0);
  const names = [];
  for (const { name, run } of loaded) {
    try {
      await run();
    } catch (error) {
      names.push(`${name} (${error.message})`);
    }
  }
  return names;
}

const kills = took.map(() => 0);
/** Quick tests first, and those that noticed much so far. */
const inOrder = (tests) => tests.toSorted((a, b) => took[a] / (1 + kills[a]) - took[b] / (1 + kills[b]));

/** What becomes of a mutant: "killed" by the first test that fails or does not end, "survived", or "not reached" by any test. */
async function attempt(id) {
  const { tests = [], most = 0 } = passing.get(id) ?? {};
  const limit = limitOf(most);
  if (!loading.has(id)) return tests.length === 0 ? "not reached" : runAll(id, limit, loaded, host, inOrder(tests));
  // What the files make while they load is made with the mutant in place, so any test may notice it.
  const fresh = {};
  try {
    const list = load(mutating, fresh, id, limitOf(loading.get(id)));
    const own = new Set(tests);
    return await runAll(id, limit, list, fresh, [...inOrder(tests), ...inOrder([...kills.keys()].filter((n) => !own.has(n)))]);
  } catch {
    return "killed";
  }
}

async function runAll(id, limit, list, to, order) {
  for (const n of order) {
    to.activate(id, limit);
    try {
      await list[n].run();
    } catch {
      kills[n] += 1;
      return "killed";
    }
  }
  return "survived";
}

parentPort.on("message", async (id) => {
  if (id === "end") parentPort.postMessage({ failing: await failingWithout(), end: true });
  else parentPort.postMessage({ id, status: await attempt(id) });
});
parentPort.postMessage({ tests: took.length, failing: await failingWithout() });
