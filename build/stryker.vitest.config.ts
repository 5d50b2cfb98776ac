import { defineConfig } from "vitest/config";

/** The tests that count against a mutant: those beside the core's code, without the laws, which draw their values anew. */
export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["electron/core/**/*.test.ts"],
    exclude: ["**/*.property.test.ts"],
    // One import of the core serves all files of a run.
    isolate: false,
    env: { TZ: "America/New_York" },
  },
});
