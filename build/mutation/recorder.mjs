import { expect } from "vitest";

/**
 * The part of Vitest that the core's tests use, where a test is not run but kept: `tests` fills with `{ name, run }` in their order. A part that is not here
 * fails loudly when a test begins to use it.
 */
export function createRecorder() {
  const tests = [];
  const path = [];
  const it = (name, run) => {
    tests.push({ name: [...path, name].join(" > "), run });
  };
  const describe = (name, body) => {
    path.push(name);
    body();
    path.pop();
  };
  const each = (declare) => (rows) => (name, body) => {
    for (const row of rows) {
      const values = Array.isArray(row) ? row : [row];
      declare(`${name} ${JSON.stringify(values)}`, () => body(...values));
    }
  };
  it.each = each(it);
  describe.each = each(describe);
  return { tests, vitest: { it, test: it, describe, expect } };
}
