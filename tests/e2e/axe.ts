import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface Found {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  readonly passes: readonly { readonly id: string }[];
}

/** Runs axe on what a page shows now. */
export async function check(page: Page): Promise<Found> {
  await page.evaluate(axe);
  return page.evaluate((wanted) => (window as unknown as { axe: { run(root: Document, how: object): Promise<Found> } }).axe.run(document, { runOnly: wanted, resultTypes: ["violations", "passes"] }), tags);
}

/** The violations on what a page shows now, each with the first place where it is. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  return (await check(page)).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
