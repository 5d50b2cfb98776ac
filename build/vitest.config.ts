import { defineConfig } from "vitest/config";

/**
 * One project per kind of test. `unit` sits beside the code; the others cross folders or need a real process, a keyring or a display,
 * and are started by build/test.mjs, which gives them what they need.
 */
const project = (name: string, include: string[], more: object = {}) => ({
  test: { name, include, root: new URL("..", import.meta.url).pathname, ...more },
});

export default defineConfig({
  test: {
    projects: [
      project("unit", ["{electron,models,evals}/**/*.test.ts", "tests/{flow,ipc,docs}/**/*.test.ts"]),
      project("renderer", ["renderer/**/*.test.{ts,tsx}"], { environment: "happy-dom" }),
      project("contract", ["tests/contract/**/*.test.ts"]),
      project("keyring", ["tests/keyring/**/*.test.ts"], { fileParallelism: false }),
      project("engine", ["tests/engine/**/*.test.ts"], { fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 }),
      project("cli", ["tests/cli/**/*.test.ts"], { testTimeout: 60_000, hookTimeout: 120_000 }),
      project("e2e", ["tests/e2e/**/*.test.ts"], { fileParallelism: false, testTimeout: 90_000, hookTimeout: 120_000 }),
      project("packaged", ["tests/packaged/**/*.test.ts"], { fileParallelism: false, testTimeout: 120_000, hookTimeout: 300_000 }),
    ],
  },
});
