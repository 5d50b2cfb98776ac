/** The gates that need no build and no process of ours: types, lint, import rules, dead code. Each is one line of the report. */
import { capture, root } from "./lib/run.mjs";
import { join } from "node:path";

const bin = (path) => join(root, "node_modules", path);

/** Import rules pass on an empty tree too (a parser that cannot read TypeScript sees none), so the count of modules is a gate as well. */
const FEWEST_MODULES = 150;

async function imports() {
  const { code, out } = await capture(process.execPath, [bin("dependency-cruiser/bin/dependency-cruise.mjs"), "--config", ".dependency-cruiser.mjs", "--output-type", "err", "electron", "renderer", "models", "tests", "evals"]);
  const modules = Number(/\((\d+) modules/.exec(out)?.[1] ?? 0);
  if (code !== 0) return { code, out };
  return modules < FEWEST_MODULES ? { code: 1, out: `Only ${modules} modules were read; expected at least ${FEWEST_MODULES}.` } : { code, out };
}

/** name → what runs it. */
export const gates = {
  types: () => capture(process.execPath, [bin("@typescript/native/bin/tsc"), "-b"]),
  lint: () => capture(process.execPath, [bin("oxlint/bin/oxlint"), "--type-aware", "electron", "renderer", "models", "tests", "evals"]),
  imports,
  "dead code": () => capture(process.execPath, [bin("knip/bin/knip.js"), "--no-progress"]),
};

/** Runs every gate; prints one line each, and the whole output of those that fail. Resolves with the names of the failed ones. */
export async function runGates() {
  const failed = [];
  for (const [name, gate] of Object.entries(gates)) {
    const { code, out } = await gate();
    console.log(`${code === 0 ? "ok  " : "FAIL"} ${name}`);
    if (code === 0) continue;
    failed.push(name);
    console.log(out);
  }
  return failed;
}
