import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** A mutant that gives no sign for so long does not end. A busy machine must not pass for one. */
const PATIENCE_MS = 120_000;
const THREADS = 2;

/**
 * Tries the mutants of the scripts (see mutants.mjs) in threads, each taking the next one until none is left, and returns id → "killed", "survived" or
 * "not reached". A thread that hangs is replaced, and its mutant counts as killed. Fails when a test fails without any mutant.
 * `told` hears of the number of tests, then of the number of mutants tried.
 */
export function tryAll(scripts, ids, told) {
  const queue = ids.toReversed();
  const statuses = new Map();
  return new Promise((resolve, reject) => {
    let working = 0;
    const ended = (worker) => {
      void worker.terminate();
      working -= 1;
      if (working === 0) resolve(statuses);
    };
    const start = () => {
      working += 1;
      const worker = new Worker(new URL("./worker.mjs", import.meta.url), { workerData: scripts });
      let timer;
      worker.on("error", reject);
      worker.on("message", ({ id, status, tests, failing, end }) => {
        clearTimeout(timer);
        if (failing?.length > 0) return reject(new Error(`These tests fail without any change: ${failing.slice(0, 5).join("; ")}`));
        if (end) return ended(worker);
        if (id !== undefined) statuses.set(id, status);
        told(id === undefined ? { tests } : { tried: statuses.size });
        const next = queue.pop();
        if (next === undefined) return worker.postMessage("end");
        timer = setTimeout(() => {
          statuses.set(next, "killed");
          start();
          ended(worker);
        }, PATIENCE_MS);
        return worker.postMessage(next);
      });
    };
    for (let n = 0; n < Math.min(THREADS, availableParallelism()); n += 1) start();
  });
}
