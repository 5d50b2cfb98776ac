/** Native files for Windows on a machine that is not Windows: npm only installs those of its own system. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { capture, root } from "../lib/run.mjs";

const wanted = ["@node-llama-cpp/win-x64", "@node-llama-cpp/win-x64-vulkan"];

async function fetchPackage(name, { version, integrity }, target) {
  mkdirSync(dirname(target), { recursive: true });
  const work = mkdtempSync(`${target}-`);
  try {
    const { code, out } = await capture("npm", ["pack", "--silent", "--pack-destination", work, `${name}@${version}`]);
    if (code !== 0) throw new Error(`npm could not fetch ${name}: ${out.trim().slice(0, 300)}`);
    const file = join(work, out.trim().split("\n").at(-1));
    const hash = createHash("sha512").update(readFileSync(file)).digest("base64");
    if (`sha512-${hash}` !== integrity) throw new Error(`${name}@${version} is not the file that package-lock.json names.`);
    const unpacked = await capture("tar", ["xzf", file, "-C", work]);
    if (unpacked.code !== 0) throw new Error(`tar: ${unpacked.out.trim().slice(0, 300)}`);
    rmSync(target, { recursive: true, force: true });
    renameSync(join(work, "package"), target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Brings the packages named in package-lock.json into `folder` (once; about 40 MB to fetch) and returns what electron-builder is to copy.
 * Throws when npm cannot give them or gives other files than the lock names.
 */
export async function fetchWindowsNatives(folder, log) {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const sets = [];
  for (const name of wanted) {
    if (existsSync(join(root, "node_modules", name))) continue;
    const entry = packages[`node_modules/${name}`];
    const target = join(folder, `${name.replace("/", "+")}@${entry.version}`);
    if (!existsSync(target)) {
      log(`Fetching ${name}@${entry.version} from npm (once)…`);
      await fetchPackage(name, entry, target);
    }
    sets.push({ from: target, to: `node_modules/${name}`, filter: ["**/*", "!**/*.{map,ts}"] });
  }
  return sets;
}
