/** Runs by itself with --expose-gc: what the first index of a new process costs, in milliseconds and in megabytes of heap. Prints one JSON object. */
import { loadCore } from "./loaded.mjs";

const { account, indexProjects } = await loadCore(Number(process.argv[2]));
const heap = () => {
  for (let n = 0; n < 3; n += 1) globalThis.gc();
  return process.memoryUsage().heapUsed;
};
const before = heap();
const began = performance.now();
const index = indexProjects(account.projects);
const firstMs = performance.now() - began;
const megabytes = (heap() - before) / 1e6;
console.log(JSON.stringify({ firstMs, megabytes, words: index.vocabulary.length }));
