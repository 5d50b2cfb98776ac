/**
 * `npm run build:experts [-- --out FOLDER]`: builds the add-on for Linux and Windows out of electron/engine/llama/experts, against the
 * headers of exactly the llama.cpp that node-llama-cpp carries. Needs gcc, mingw-w64 and git; writes the copies that are shipped.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { capture, root } from "../lib/run.mjs";
import { folder, llamaCpp, prebuilt, sourceHash, targets } from "./source.mjs";

const llama = join(root, "node_modules/node-llama-cpp/llama");

/** The headers of the release, out of the copy of its history that comes with the package. */
async function headers() {
  const { release } = JSON.parse(readFileSync(join(llama, "binariesGithubRelease.json"), "utf8"));
  if (release !== llamaCpp.release) throw new Error(`node-llama-cpp carries llama.cpp ${release}; the add-on is written for ${llamaCpp.release} (build/experts/source.mjs).`);
  const target = join(root, ".cache", `llama.cpp-${release}`);
  if (!existsSync(join(target, "include/llama.h"))) {
    rmSync(target, { recursive: true, force: true });
    mkdirSync(join(root, ".cache"), { recursive: true });
    const { code, out } = await capture("git", ["clone", "--quiet", join(llama, "gitRelease.bundle"), target]);
    if (code !== 0) throw new Error(`git: ${out.trim().slice(0, 300)}`);
  }
  return target;
}

/** Builds for one system into `file`. `words` and `include` make copies that must refuse to work, for tests. Throws with what the compiler says. */
export async function buildExperts(target, file, { words = {}, include } = {}) {
  const { compiler, flags, sources, libraries } = targets[target];
  const llamaHeaders = await headers();
  const made = { ...llamaCpp, ...words };
  const defines = Object.entries({ STINT_RELEASE: made.release, STINT_LLAMA_VERSION: made.version, STINT_GGML_COMMIT: made.ggmlCommit, STINT_SOURCE: sourceHash(target) }).map(([name, value]) => `-D${name}="${value}"`);
  const folders = [include, join(llamaHeaders, "include"), join(llamaHeaders, "ggml/include")].filter(Boolean).map((path) => `-I${path}`);
  const args = [...flags, ...defines, ...folders, "-o", file, ...sources, ...libraries];
  const { code, out } = await capture(compiler, args, { cwd: folder });
  if (code !== 0) throw new Error(`${compiler}: ${out.trim().slice(0, 4000)}`);
}

if (process.argv[1] === import.meta.filename) {
  const at = process.argv.indexOf("--out");
  const out = at < 0 ? undefined : process.argv[at + 1];
  mkdirSync(out ?? join(folder, "prebuilt"), { recursive: true });
  for (const target of Object.keys(targets)) {
    const file = out === undefined ? prebuilt(target) : join(out, `${target}.node`);
    await buildExperts(target, file);
    console.log(`${target}: ${readFileSync(file).byteLength} bytes, source ${sourceHash(target).slice(0, 12)}`);
  }
}
