/** `npm run check`: the fast part: gates, unit tests, pages. */
import { runGates } from "./gates.mjs";
import { run, root } from "./lib/run.mjs";
import { join } from "node:path";

const failed = await runGates();
const tests = await run(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), "run", "--config", "build/vitest.config.ts", "--project", "unit", "--project", "renderer"]);
process.exitCode = failed.length > 0 || tests !== 0 ? 1 : 0;
