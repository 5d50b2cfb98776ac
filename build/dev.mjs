/** `npm run dev`: the app with pages that reload while they are edited. */
import { join } from "node:path";
import { electronPath } from "./electron-path.mjs";
import { root, run } from "./lib/run.mjs";

const env = { ...process.env, ELECTRON_EXEC_PATH: await electronPath() };
process.exitCode = await run(process.execPath, [join(root, "node_modules/electron-vite/bin/electron-vite.js"), "dev", "--config", "build/electron.vite.config.ts", ...(process.getuid?.() === 0 ? ["--noSandbox"] : [])], { env });
