/**
 * `npm run package`: the app as users get it, in release/, with an honest report beside it. Works without Electron's and electron-builder's
 * download hosts too; what then stands in for a part is said here and in the report. `--release` refuses any of that.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { buildIfStale } from "./lib/fresh-build.mjs";
import { root, run } from "./lib/run.mjs";
import { parseOptions, USAGE } from "./packaging/options.mjs";
import { makePlan } from "./packaging/plan.mjs";
import { describeArtifact, writeReport } from "./packaging/report.mjs";
import { needPrograms } from "./packaging/system-tools.mjs";
import { verifyArtifact } from "./packaging/verify-artifact.mjs";
import { printChecks, verifyPackage } from "./packaging/verify-package.mjs";

const say = (line) => console.log(line);
const release = join(root, "release");
const suffixes = { deb: ".deb", AppImage: ".AppImage", "tar.gz": ".tar.gz", nsis: ".exe" };
const folders = { linux: "linux-unpacked", windows: "win-unpacked" };

const filesOf = (kind) => (existsSync(release) ? readdirSync(release).filter((name) => name.endsWith(suffixes[kind])) : []);

/** The committed configuration with this machine's additions, as a module for electron-builder. */
function writeConfiguration({ config, extraFiles }, { platform, fast }) {
  const folder = join(root, ".cache/packaging");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "configuration.mjs");
  const system = platform === "linux" ? "linux" : "win";
  const more = { ...config, ...(fast ? { compression: "store" } : {}) };
  // What comes from outside node_modules is matched by where it lies here, not by where it goes.
  const unpack = extraFiles.map(({ from }) => `${relative(root, from)}/**`);
  writeFileSync(
    file,
    `import config from "../../build/electron-builder.mjs";\n` +
      `export default { ...config, ...${JSON.stringify(more)}, asarUnpack: [...config.asarUnpack, ...${JSON.stringify(unpack)}], ${system}: { ...config.${system}, files: [...config.${system}.files, ...${JSON.stringify(extraFiles)}] } };\n`,
  );
  return file;
}

async function pack(plan, options) {
  for (const prepare of plan.prepare) await prepare();
  for (const kind of options.targets) for (const name of filesOf(kind)) rmSync(join(release, name));
  const targets = options.targets.length > 0 ? options.targets : ["dir"];
  const words = [`--${options.platform}`, ...targets, "--x64", "--publish", "never", "--config", writeConfiguration(plan, options)];
  const code = await run(process.execPath, [join(root, "node_modules/electron-builder/cli.js"), ...words], { env: { ...process.env, ...plan.env } });
  if (code !== 0) {
    console.error("electron-builder failed; see above.");
    process.exit(1);
  }
  for (const name of readdirSync(release)) if (/^builder-|\.blockmap$|^latest.*\.yml$/.test(name)) rmSync(join(release, name));
}

/** Lists each artifact with the tool that reads its format, and compares with the unpacked app it was made of. */
async function verifyArtifacts(targets, folder) {
  const found = [];
  for (const kind of targets) for (const name of filesOf(kind)) found.push(await verifyArtifact(join(release, name), kind, folder));
  return found;
}

async function report(plan, options, checks) {
  const shared = { platform: options.platform, plan, checks, fast: options.fast, signed: options.platform === "windows" && Boolean(process.env.CSC_LINK || process.env.WIN_CSC_LINK) };
  const artifacts = [await describeArtifact({ ...shared, path: `release/${folders[options.platform]}`, kind: "folder", fast: false })];
  for (const kind of options.targets) for (const name of filesOf(kind)) artifacts.push(await describeArtifact({ ...shared, path: `release/${name}`, kind }));
  await writeReport({ artifacts, checks, platform: options.platform });
  for (const { path, bytes, fitToShip } of artifacts) say(`${path}  ${(bytes / 1e6).toFixed(1)} MB  fit to ship: ${fitToShip ? "yes" : "no"}`);
  say("More in release/REPORT.txt.");
}

const parsed = parseOptions(process.argv.slice(2));
if (parsed.kind !== "go") {
  (parsed.kind === "help" ? console.log : console.error)(parsed.kind === "help" ? USAGE : `${parsed.message}\n\n${USAGE}`);
  process.exit(parsed.kind === "help" ? 0 : 2);
}
const plan = await makePlan(parsed, say);
if (parsed.release && plan.standIns.length > 0) {
  const { part, instead, why } = plan.standIns[0];
  console.error(`This would not be a release: ${part} would stand in for ${instead}, because ${why}.`);
  process.exit(1);
}
await needPrograms(plan.programs);
for (const note of plan.notes) say(note);
for (const { part, instead, why } of plan.standIns) say(`Stand-in: ${part} instead of ${instead}, because ${why}.`);
await buildIfStale();
await pack(plan, parsed);
const folder = join(release, folders[parsed.platform]);
const checks = [...(await verifyPackage(folder, parsed.platform)), ...(await verifyArtifacts(parsed.targets, folder))];
const passed = printChecks(checks);
await report(plan, parsed, checks);
if (!passed) console.error("The packed app failed a check; see above.");
process.exitCode = passed ? 0 : 1;
