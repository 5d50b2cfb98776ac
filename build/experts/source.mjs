/** What the add-on that keeps experts in system memory is built from, and for exactly which llama.cpp. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/run.mjs";

export const folder = join(root, "electron/engine/llama/experts");

/** The llama.cpp that the pinned node-llama-cpp carries, as its own files and functions name it. A new pin needs new words here. */
export const llamaCpp = { release: "v0.4.0", version: "0.4.0-dev", ggmlCommit: "5b4ebc5" };

const common = ["-std=gnu11", "-O2", "-shared", "-s", "-fno-ident", "-fvisibility=hidden", "-Wall", "-Wextra", "-Werror", "-Wl,--build-id=none"];

/** For each system: the compiler, its Debian package, and what it is given. */
export const targets = {
  "linux-x64": { compiler: "gcc", package: "gcc libc6-dev", flags: [...common, "-fPIC", "-Wl,-z,nodelete", "-Wl,-z,relro,-z,now"], sources: ["experts.c", "modules-linux.c"], libraries: [] },
  "win32-x64": { compiler: "x86_64-w64-mingw32-gcc", package: "gcc-mingw-w64-x86-64", flags: [...common, "-static-libgcc", "-Wl,--no-insert-timestamp", "-Wl,--image-base,0x2b5700000"], sources: ["experts.c", "modules-windows.c"], libraries: ["-lpsapi"] },
};

/** Where the copy for one system lies that is shipped. */
export const prebuilt = (target) => join(folder, "prebuilt", `${target}.node`);

/** SHA-256 over everything that decides what the binary does; the binary carries it, so that a stale copy is found without a compiler. */
export function sourceHash(target) {
  const { flags, sources, libraries } = targets[target];
  const hash = createHash("sha256");
  for (const name of ["experts.h", ...sources]) hash.update(`${name}\n`).update(readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n"));
  return hash.update(JSON.stringify({ llamaCpp, flags, libraries })).digest("hex");
}
