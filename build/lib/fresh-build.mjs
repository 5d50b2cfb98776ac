import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { capture, root } from "./run.mjs";

const sources = ["electron", "renderer", "models", "build/electron.vite.config.ts", "package.json", "package-lock.json"];
const outputs = ["dist/main/cli.js", "dist/main/main.js", "dist/preload/preload.cjs", "dist/renderer/quick-entry/index.html"];

function newest(path) {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  let latest = 0;
  for (const name of readdirSync(path)) {
    if (name.endsWith(".test.ts") || name.endsWith(".test.tsx") || name === "node_modules") continue;
    latest = Math.max(latest, newest(join(path, name)));
  }
  return latest;
}

/** True when a source file is newer than what was built from it, or nothing was built yet. */
export function isStale() {
  if (outputs.some((path) => !existsSync(join(root, path)))) return true;
  const built = Math.min(...outputs.map((path) => statSync(join(root, path)).mtimeMs));
  return sources.some((path) => existsSync(join(root, path)) && newest(join(root, path)) > built);
}

/** Builds when sources are newer. Notices go to stderr, so that a command's own stdout stays clean. Exits when the build fails. */
export async function buildIfStale({ quiet = true } = {}) {
  if (!isStale()) return;
  if (!existsSync(join(root, "node_modules/electron-vite"))) {
    process.stderr.write("Stint is not installed yet. Run: npm ci\n");
    process.exit(1);
  }
  process.stderr.write("Building Stint (sources are newer than the last build)…\n");
  const { code, out } = await capture(process.execPath, [join(root, "node_modules/electron-vite/bin/electron-vite.js"), "build", "--config", "build/electron.vite.config.ts"]);
  if (code !== 0 || !quiet) process.stderr.write(out);
  if (code !== 0) {
    process.stderr.write("The build failed; see above.\n");
    process.exit(1);
  }
}
