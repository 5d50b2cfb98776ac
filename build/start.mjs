/**
 * `npm start`: the app where there is a display, quick entry in the terminal where there is none, and one sample sentence
 * where there is no terminal either. With words behind it: that sentence, in the terminal.
 */
import { join } from "node:path";
import { electronPath } from "./electron-path.mjs";
import { buildIfStale } from "./lib/fresh-build.mjs";
import { root, run } from "./lib/run.mjs";

const words = process.argv.slice(2);
const display = process.platform === "win32" || process.platform === "darwin" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

await buildIfStale();
if (!display || (words.length > 0 && !words[0].startsWith("--"))) {
  process.exitCode = await run(process.execPath, [join(root, "dist/main/cli.js"), ...words], { cwd: process.cwd() });
} else {
  const electron = await electronPath();
  // Chromium's own sandbox refuses to run as root; the pages stay sandboxed from Node all the same.
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  process.exitCode = await run(electron, [...asRoot, root, ...words]);
}
