import { time } from "./figures.mjs";
import { loadCore } from "./loaded.mjs";

/** What the first index of a new process (started with --expose-gc) costs, in milliseconds of the call itself and in megabytes of heap. Prints one JSON object. */
export async function printIndexCost(count) {
  const { account, indexProjects } = await loadCore(count);
  const heap = () => {
    for (let n = 0; n < 3; n += 1) globalThis.gc();
    return process.memoryUsage().heapUsed;
  };
  const before = heap();
  const held = { index: undefined };
  const { own: firstMs } = time(() => {
    held.index = indexProjects(account.projects);
  });
  console.log(JSON.stringify({ firstMs, megabytes: (heap() - before) / 1e6, words: held.index.vocabulary.length }));
}
