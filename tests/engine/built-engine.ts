import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const CACHE = join(ROOT, ".cache");

/** Builds electron/engine.ts as the app's own build does: one module, packages left outside. Gives the path to start. */
export async function buildEngine(): Promise<string> {
  const outDir = join(CACHE, "engine-test");
  await mkdir(outDir, { recursive: true });
  await build({
    root: ROOT,
    configFile: false,
    logLevel: "error",
    build: {
      ssr: join(ROOT, "electron/engine.ts"),
      outDir,
      emptyOutDir: false,
      minify: false,
      target: "node20",
      rollupOptions: { external: [/^node-llama-cpp/], output: { format: "es", entryFileNames: "engine.mjs" } },
    },
  });
  return join(outDir, "engine.mjs");
}
