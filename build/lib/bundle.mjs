/** Node 20 runs no TypeScript, so what a command needs from the sources is bundled first. */
import { basename, join } from "node:path";
import { build } from "vite";
import { root } from "./run.mjs";

/**
 * Bundles one TypeScript entry (a path from the repository's root) for Node and returns the path of the module made. Packages from
 * node_modules stay imports. Fails like the bundler does, with file and line.
 */
export async function bundle(entry) {
  const name = basename(entry).replace(/\.ts$/, "");
  const outDir = join(root, ".cache/bundles", name);
  await build({
    root, configFile: false, logLevel: "error",
    build: { ssr: join(root, entry), outDir, emptyOutDir: true, target: "node20", minify: false, rollupOptions: { output: { entryFileNames: "[name].mjs", format: "es" } } },
  });
  return join(outDir, `${name}.mjs`);
}
