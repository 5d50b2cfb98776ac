/**
 * `npm run mutation`: whether the tests of the core would notice a change of what they test. Only deterministic tests count: the laws (`*.property.test.ts`) draw
 * other values on every run. Results of unchanged code are kept in .cache, the report is reports/mutation/index.html.
 */
import { join } from "node:path";

const CORE = "electron/core";

export default {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner", join(import.meta.dirname, "stryker.sentences.mjs")],
  ignorers: ["sentences"],
  // The types ask for "?." wherever a list is looked into, also where something is known to be there: without it nothing changes.
  mutator: { excludedMutations: ["OptionalChaining"] },
  vitest: { configFile: "build/stryker.vitest.config.ts", related: true },
  mutate: ["dates*", "date-meaning", "clock", "lengths", "numbers", "hours", "projects*", "project-runs", "resolve-project"].map((name) => `${CORE}/${name}.ts`).concat(`!${CORE}/**/*.test.ts`),
  // Nothing but the core and what runs its tests is copied beside the mutants.
  ignorePatterns: ["*", "!electron", "!electron/core", "!electron/core/**", "!build", "!build/stryker.*", "!package.json", "!tsconfig.base.json"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  incremental: true,
  incrementalFile: ".cache/mutation.json",
  tempDirName: ".cache/stryker",
  // A busy machine must not pass for a mutant that never ends.
  timeoutMS: 20_000,
  reporters: ["clear-text", "progress-append-only", "html", "json"],
  htmlReporter: { fileName: "reports/mutation/index.html" },
  jsonReporter: { fileName: "reports/mutation/mutation.json" },
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  allowEmpty: false,
  // A run that falls below is a failure.
  thresholds: { high: 90, low: 85, break: 85 },
};
