/** release/report.json and release/REPORT.txt: every artifact with its size and hash, and honestly whether it can be given to anyone. */
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capture, root } from "../lib/run.mjs";
import { folderFiles } from "./contents.mjs";

async function sha256(path) {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

/** A file by its bytes; a folder by the list of its files with their hashes, as `sha256sum` would print it, in order of path. */
async function measure(path) {
  if (!statSync(path).isDirectory()) return { bytes: statSync(path).size, sha256: await sha256(path) };
  const files = folderFiles(path).sort((a, b) => (a.path < b.path ? -1 : 1));
  const list = createHash("sha256");
  for (const file of files) list.update(`${await sha256(join(path, file.path))}  ${file.path}\n`);
  return { bytes: files.reduce((total, { bytes }) => total + bytes, 0), sha256: list.digest("hex") };
}

/** The commit packed, with "-dirty" behind it when files differ from it; undefined outside a checkout. */
async function commitPacked() {
  const { code, out } = await capture("git", ["describe", "--always", "--dirty", "--exclude", "*"]).catch(() => ({ code: 1, out: "" }));
  return code === 0 ? out.trim() : undefined;
}

const because = ({ part, instead, why }) => `${part} stands in for ${instead} (${why})`;

/** One artifact's entry. `kind` is "folder" or a target's name; `plan` says what stood in, `checks` what verify-package found. */
export async function describeArtifact({ path, kind, platform, plan, checks, fast, signed }) {
  const standIns = plan.standIns.filter(({ affects }) => affects === "all" || affects === kind);
  const failed = checks.filter(({ ok }) => !ok).map(({ name }) => `check failed: ${name}`);
  const commit = await commitPacked();
  const uncommitted = commit?.endsWith("-dirty") ? ["files differed from the commit"] : [];
  const reasons = [...standIns.map(because), ...failed, ...(fast ? ["made with --fast: larger than it needs to be"] : []), ...uncommitted];
  return {
    platform,
    kind,
    path,
    ...(await measure(join(root, path))),
    commit,
    electron: plan.electron,
    signed,
    standIns: standIns.map(({ part, instead, why }) => ({ part, insteadOf: instead, why })),
    fitToShip: reasons.length === 0,
    because: reasons.length === 0 ? "made with the release's own parts, and every check passed" : reasons.join("; "),
  };
}

function readable({ version, artifacts, checks }) {
  const lines = [`Stint ${version}`, ""];
  for (const artifact of artifacts) {
    lines.push(artifact.kind === "folder" ? `${artifact.path}/ (sha256 of its list of files)` : artifact.path, `  ${artifact.bytes} bytes, commit ${artifact.commit ?? "unknown"}, Electron ${artifact.electron}, ${artifact.signed ? "signed" : "not signed"}`, `  sha256 ${artifact.sha256}`);
    for (const { part, insteadOf } of artifact.standIns) lines.push(`  stand-in: ${part}, instead of ${insteadOf}`);
    lines.push(`  fit to ship: ${artifact.fitToShip ? "yes" : "no"}, because ${artifact.fitToShip ? "it was " : ""}${artifact.because}`, "");
  }
  for (const [platform, found] of Object.entries(checks)) {
    lines.push(`Checks of the unpacked app for ${platform}:`);
    for (const { name, ok, detail } of found) lines.push(`  ${ok ? "ok  " : "FAIL"} ${name}: ${detail}`);
    lines.push("");
  }
  return lines.join("\n");
}

/** Writes both files. What the report knew of the other platform, or of artifacts not made this time, stays as long as they are there unchanged. */
export async function writeReport({ artifacts, checks, platform }) {
  const file = join(root, "release/report.json");
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const before = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { artifacts: [], checks: {} };
  const made = new Set(artifacts.map(({ path }) => path));
  const kept = [];
  for (const artifact of before.artifacts) {
    const path = join(root, artifact.path);
    if (!made.has(artifact.path) && existsSync(path) && (await measure(path)).sha256 === artifact.sha256) kept.push(artifact);
  }
  const report = {
    version,
    artifacts: [...artifacts, ...kept].sort((a, b) => (a.path < b.path ? -1 : 1)),
    checks: { ...before.checks, [platform]: checks },
  };
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(root, "release/REPORT.txt"), readable(report));
}
