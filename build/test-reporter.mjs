import { appendFileSync } from "node:fs";

/** Adds one line for each test run to the file that build/test.mjs reads: counts, and every skipped test with its reason. */
export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tally = { passed: 0, failed: 0, skipped: [], broken: unhandledErrors.length };
    for (const module of modules) {
      if (module.errors().length > 0) tally.broken += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") tally.passed += 1;
        else if (result.state === "failed") tally.failed += 1;
        else tally.skipped.push({ name: test.fullName, why: result.note ?? "no reason given" });
      }
    }
    if (process.env.STINT_TALLY) appendFileSync(process.env.STINT_TALLY, `${JSON.stringify(tally)}\n`);
  }
}
