/** The torture starts one process for each kill: a module with everything in it starts in half the time of one that looks for its packages. */
import { basename, join } from "node:path";
import { build } from "vite";
import { root } from "../lib/run.mjs";

/** Bundles a TypeScript entry (a path from the root) with its packages and returns the path of the module made. */
export async function bundleWhole(entry) {
  const name = basename(entry).replace(/\.ts$/, "");
  const outDir = join(root, ".cache/torture", String(process.pid), name);
  await build({
    root, configFile: false, logLevel: "error", ssr: { noExternal: true },
    build: { ssr: join(root, entry), outDir, emptyOutDir: true, target: "node20", minify: true, rollupOptions: { output: { entryFileNames: "[name].mjs", format: "es" } } },
  });
  return join(outDir, `${name}.mjs`);
}
