import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

test("every test that the sandbox's README names exists", () => {
  const readme = readFileSync(join(import.meta.dirname, "../../electron/harvest/sandbox/README.md"), "utf8");
  const table = readme.slice(readme.indexOf("## Rules and the tests"), readme.indexOf("## Unknown"));
  const named = [...table.matchAll(/\| `([^`]+)` \|$/gm)].map((found) => found[1] ?? "");
  const tests = readdirSync(import.meta.dirname).filter((name) => name.startsWith("harvest")).map((name) => readFileSync(join(import.meta.dirname, name), "utf8")).join("\n");
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !tests.includes(`"${name}"`))).toEqual([]);
});
