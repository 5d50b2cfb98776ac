import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const readme = readFileSync(join(import.meta.dirname, "../../electron/harvest/sandbox/README.md"), "utf8");
const rows = readme.slice(readme.indexOf("## Rules and the tests"), readme.indexOf("## Unknown")).split("\n").filter((line) => line.startsWith("| ") && line.includes("`"));
const named = rows.flatMap((row) => [...(row.split(" | ").at(-1) ?? "").matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? ""));

/** The titles of the tests in these files, as they are written. */
function titles(...files: readonly string[]): readonly string[] {
  const texts = files.map((file) => readFileSync(join(import.meta.dirname, file), "utf8")).join("\n");
  return [...texts.matchAll(/(?:^|\s)(?:test|test\.each\(.*\)|\](?: as const)?\))\("([^"]+)"/gm)].map((found) => found[1] ?? "");
}

test("every test that the sandbox's README names exists", () => {
  const all = titles(...readdirSync(import.meta.dirname).filter((name) => name.startsWith("harvest")));
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter((name) => !all.includes(name))).toEqual([]);
});

test("every test of the sandbox's rules is named in its README", () => {
  const ours = titles("harvest-lists.contract.test.ts", "harvest-sandbox.contract.test.ts", "harvest-faults.contract.test.ts", "harvest-rules.ts");
  expect(ours.length).toBeGreaterThan(60);
  expect(ours.filter((title) => !named.includes(title))).toEqual([]);
});

test("the rules that run on Harvest itself are marked, and no others", () => {
  const marked = [...rows.join("\n").matchAll(/`([^`]+)` ●/g)].map((found) => found[1] ?? "");
  expect(marked.toSorted()).toEqual(titles("harvest-rules.ts").toSorted());
});

test.each(["1", "2.1", "2.2", "3", "4", "5", "6.1", "6.2", "7.1", "7.2", "7.3", "7.5", "7.6", "7.7", "7.8", "7.9", "8", "9", "10", "11", "12", "13", "14"])("part %s of the API has a row that says how it is known", (part) => {
  const cells = rows.map((row) => row.split("|").map((cell) => cell.trim())).filter(([, parts]) => parts?.split(", ").includes(part));
  expect(cells.length).toBeGreaterThan(0);
  for (const [, , rule, how] of cells) expect([rule, /\b(doc|rec|seen|ours)\b/.test(how ?? "")]).toEqual([rule, true]);
});
