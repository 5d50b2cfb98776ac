/**
 * Checks an unpacked app before anyone gets it. By hand: node build/packaging/verify-package.mjs release/linux-unpacked
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import config from "../electron-builder.mjs";
import { root } from "../lib/run.mjs";
import { archiveFiles, folderFiles, madeFor } from "./contents.mjs";

/** Most bytes that each part may have: about a tenth above what it has, so that growth is noticed; the total leaves room for a larger Electron. */
const budgets = {
  linux: { archive: 9e6, natives: 125e6, total: 420e6 },
  windows: { archive: 9e6, natives: 160e6, total: 480e6 },
};

/** Per system: the program, the launcher beside it, and the native files without which Stint lacks its model or its keychain. */
const systems = {
  linux: { program: "stint-app", launcher: "stint", natives: [/@node-llama-cpp\/linux-x64\/.*\.node$/, /@node-llama-cpp\/linux-x64-vulkan\/.*\.node$/, /keytar\/prebuilds\/linux-x64\/keytar\.node$/, /experts\/prebuilt\/linux-x64\.node$/] },
  windows: { program: "stint-app.exe", launcher: "stint.cmd", natives: [/@node-llama-cpp\/win-x64\/.*\.node$/, /@node-llama-cpp\/win-x64-vulkan\/.*\.node$/, /keytar\/prebuilds\/win32-x64\/keytar\.node$/, /experts\/prebuilt\/win32-x64\.node$/] },
};

/** How a fuse is written in the program: the characters 0 and 1. */
const FUSE_OFF = 0x30;
const FUSE_ON = 0x31;

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const sum = (files) => files.reduce((total, { bytes }) => total + bytes, 0);
/** One line of the result: what was counted, or the first five things that are wrong. */
export const verdict = (name, wrong, right) => ({ name, ok: wrong.length === 0, detail: wrong.length === 0 ? right : wrong.slice(0, 5).join("; ") + (wrong.length > 5 ? `; and ${wrong.length - 5} more` : "") });

const isNative = (path) => /\.(node|dll|dylib|so)(\.[\d.]+)?$/.test(path);

function nativesUnpacked(folder, archive, system) {
  const unpacked = join(folder, "resources/app.asar.unpacked");
  const natives = archive.filter(({ path }) => isNative(path));
  const wrong = natives.flatMap(({ path, unpacked: beside }) => (beside && existsSync(join(unpacked, path)) ? [] : [`${path} cannot be loaded from inside the archive`]));
  for (const pattern of system.natives) if (!natives.some(({ path }) => pattern.test(path))) wrong.push(`nothing matches ${pattern.source}`);
  return verdict("native files lie beside the archive", wrong, `${natives.length} of them`);
}

function nothingForeign(folder, files, platform) {
  const made = files.flatMap(({ path }) => {
    const target = madeFor(join(folder, path));
    return target ? [{ path, target }] : [];
  });
  const foreignPath = platform === "linux" ? /darwin|win32|win-x64|musl|arm|ia32|riscv|cuda/ : /darwin|linux|musl|arm|ia32|riscv|cuda/;
  const wrong = made.flatMap(({ path, target }) => {
    if (target !== `${platform}-x64`) return [`${path} is for ${target}`];
    return path.includes("node_modules") && foreignPath.test(path.slice(path.indexOf("node_modules"))) ? [`${path} is not for this package`] : [];
  });
  return verdict("no program or library of another system", wrong, `${made.length} programs and libraries, all for ${platform}-x64`);
}

function onlyProduction(archive) {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const found = new Set(archive.flatMap(({ path }) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []));
  const names = new Set(Object.entries(packages).flatMap(([path, entry]) => (path && !entry.dev && !entry.devOptional ? [path.split("node_modules/").at(-1)] : [])));
  const wrong = [...found].filter((path) => !names.has(path.split("node_modules/").at(-1)));
  return verdict("no development dependency", wrong, `${found.size} packages, all needed to run`);
}

function onlyBuilt(archive) {
  const ours = archive.filter(({ path }) => !path.startsWith("node_modules/"));
  const wrong = [
    ...ours.filter(({ path }) => !/^(package\.json$|dist\/(main|preload|renderer)\/|build\/icons\/[^/]+\.png$|electron\/engine\/llama\/experts\/prebuilt\/[^/]+\.node$)/.test(path)),
    ...archive.filter(({ path }) => /\.(map|ts|mts|cts|tsx|tsbuildinfo|gguf)$|\.(test|spec)\.|gitRelease\.bundle$/.test(path)),
  ].map(({ path }) => path);
  return verdict("no source, test or map", wrong, `${ours.length} files of our own`);
}

function whatIsNeeded(archive) {
  const paths = new Set(archive.map(({ path }) => path));
  const needed = [
    ...["main", "engine", "keychain", "cli"].map((name) => `dist/main/${name}.js`),
    "dist/preload/preload.cjs",
    ...["quick-entry", "settings", "models", "history"].map((name) => `dist/renderer/${name}/index.html`),
    ...["16x16", "32x32", "64x64", "256x256"].map((size) => `build/icons/${size}.png`),
  ];
  return verdict("entries, pages and icons are there", needed.filter((path) => !paths.has(path)).map((path) => `${path} is missing`), `${needed.length} looked for`);
}

function launcherRuns(folder, { program, launcher }, platform) {
  const wrong = [program, launcher].flatMap((name) => {
    const path = join(folder, name);
    if (!existsSync(path)) return [`${name} is missing`];
    return platform === "linux" && (statSync(path).mode & 0o111) !== 0o111 ? [`${name} cannot be executed by everyone`] : [];
  });
  return verdict("program and launcher can be started", wrong, `${program}, ${launcher}`);
}

async function fusesAsWanted(folder, { program }) {
  const wire = await getCurrentFuseWire(join(folder, program));
  const wrong = Object.entries(config.electronFuses).flatMap(([name, on]) => {
    const state = wire[FuseV1Options[name[0].toUpperCase() + name.slice(1)]];
    return state === (on ? FUSE_ON : FUSE_OFF) ? [] : [`${name} is not ${on ? "on" : "off"}`];
  });
  return verdict("fuses", wrong, Object.entries(config.electronFuses).map(([name, on]) => `${name} ${on ? "on" : "off"}`).join(", "));
}

function withinBudget(files, archiveBytes, budget) {
  const natives = files.filter(({ path }) => path.startsWith("resources/app.asar.unpacked/"));
  const parts = [["archive", archiveBytes, budget.archive], ["natives", sum(natives), budget.natives], ["total", sum(files), budget.total]];
  const wrong = parts.flatMap(([name, bytes, most]) => (bytes > most ? [`${name} has ${megabytes(bytes)}, more than ${megabytes(most)}`] : []));
  return verdict("size", wrong, parts.map(([name, bytes, most]) => `${name} ${megabytes(bytes)} of at most ${megabytes(most)}`).join(", "));
}

/** Runs every check on an unpacked app; `platform` is "linux" or "windows". Each result says what was counted, or what is wrong. */
export async function verifyPackage(folder, platform) {
  const system = systems[platform];
  const archive = archiveFiles(join(folder, "resources/app.asar"));
  const files = folderFiles(folder);
  return [
    whatIsNeeded(archive),
    onlyBuilt(archive),
    onlyProduction(archive),
    nativesUnpacked(folder, archive, system),
    nothingForeign(folder, files, platform),
    launcherRuns(folder, system, platform),
    await fusesAsWanted(folder, system),
    withinBudget(files, statSync(join(folder, "resources/app.asar")).size, budgets[platform]),
  ];
}

/** Prints one line per check; true when all passed. */
export function printChecks(checks) {
  for (const { name, ok, detail } of checks) console.log(`${ok ? "ok  " : "FAIL"} ${name}: ${detail}`);
  return checks.every(({ ok }) => ok);
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const folder = process.argv[2];
  if (!folder || !existsSync(join(folder, "resources/app.asar"))) {
    console.error("Use: node build/packaging/verify-package.mjs FOLDER (an unpacked app, with resources/app.asar in it)");
    process.exit(2);
  }
  const passed = printChecks(await verifyPackage(resolve(folder), existsSync(join(folder, systems.windows.program)) ? "windows" : "linux"));
  process.exitCode = passed ? 0 : 1;
}
