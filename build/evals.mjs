/** `npm run evals -- --agent NAME …`: plays the eval cases and scores the state that they leave (evals/README.md). */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { root, run } from "./lib/run.mjs";

// A copy of its own for every run: another run that starts meanwhile must not take the program away from under this one.
const cache = join(root, ".cache");
mkdirSync(cache, { recursive: true });
// What a killed run left behind; a day is longer than any run.
for (const name of readdirSync(cache)) {
  const old = join(cache, name);
  if (name.startsWith("evals-") && Date.now() - statSync(old).mtimeMs > 86_400_000) rmSync(old, { recursive: true, force: true });
}
const outDir = mkdtempSync(join(cache, "evals-"));
try {
  await build({
    root, configFile: false, logLevel: "error",
    build: {
      ssr: true, outDir, emptyOutDir: true, target: "node20", minify: false,
      rollupOptions: { input: { main: join(root, "evals/main.ts"), engine: join(root, "electron/engine.ts") }, output: { entryFileNames: "[name].mjs", format: "es" } },
    },
  });
  process.exitCode = await run(process.execPath, [join(outDir, "main.mjs"), ...process.argv.slice(2)]);
} finally {
  rmSync(outDir, { recursive: true, force: true });
}
