import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The built files, found from wherever this bundle lies (a chunk may sit one folder deeper than the entries). */
export function builtFiles(moduleUrl: string) {
  let main = dirname(fileURLToPath(moduleUrl));
  while (!existsSync(join(main, "cli.js")) && dirname(main) !== main) main = dirname(main);
  return {
    engine: join(main, "engine.js"),
    keychain: join(main, "keychain.js"),
    preload: join(main, "..", "preload", "preload.cjs"),
    pages: join(main, "..", "renderer"),
    icons: join(main, "..", "..", "build", "icons"),
  };
}
