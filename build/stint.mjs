/** `npm run stint -- …`: the terminal program from a checkout; builds first when sources are newer. */
import { join } from "node:path";
import { buildIfStale } from "./lib/fresh-build.mjs";
import { root, run } from "./lib/run.mjs";

await buildIfStale();
process.exitCode = await run(process.execPath, [join(root, "dist/main/cli.js"), ...process.argv.slice(2)], { cwd: process.cwd() });
