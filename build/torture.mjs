/**
 * `npm run torture -- [--runs N] [--seed N] [--workers N] [--sabotage NAME]`: confirms random sentences through the real outbox in a process
 * that is really killed, against the emulated Harvest in another one that breaks in every way it can, and compares what is left with
 * what was confirmed. `--sabotage` breaks the outbox on purpose: then the torture must fail, and says how small a plan shows it.
 */
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import { bundleWhole } from "./torture/whole.mjs";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "300" }, seed: { type: "string", default: "1" }, workers: { type: "string", default: "12" }, sabotage: { type: "string" } },
});
const [outboxFile, harvestFile, driverFile, messagesFile] = [await bundleWhole("tests/torture/outbox-process.ts"), await bundleWhole("tests/torture/harvest-process.ts"), await bundleWhole("tests/torture/driver.ts"), await bundleWhole("tests/torture/messages.ts")];
const { torture } = await import(pathToFileURL(driverFile).href);
const { SABOTAGES } = await import(pathToFileURL(messagesFile).href);
const numbers = [values.runs, values.seed, values.workers].map(Number);
if (!numbers.every((each) => Number.isInteger(each) && each >= 0) || (values.sabotage !== undefined && !SABOTAGES.includes(values.sabotage))) {
  console.error(`Numbers for --runs, --seed and --workers; --sabotage is one of ${SABOTAGES.join(", ")}.`);
  process.exit(2);
}
const [runs, seed, workers] = numbers;
const isWell = await torture({ runs, seed, workers, sabotage: values.sabotage, outboxFile, harvestFile, print: (line) => console.log(line) });
process.exit(isWell ? 0 : 1);
