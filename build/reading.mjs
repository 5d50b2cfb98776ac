/** `npm run reading`: writes the tables of docs/reading.md by asking the reader. A test says when the page is old. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./lib/bundle.mjs";
import { root } from "./lib/run.mjs";

const { readingTables } = await import(await bundle("tests/docs/reading-table.ts"));
const path = join(root, "docs/reading.md");
const page = readFileSync(path, "utf8");
const start = page.indexOf("<!-- made by npm run reading -->");
const end = page.indexOf("<!-- end -->");
if (start < 0 || end < start) throw new Error("docs/reading.md has lost the marks between which the tables stand.");
writeFileSync(path, `${page.slice(0, start)}<!-- made by npm run reading -->\n\n${readingTables()}\n\n${page.slice(end)}`);
console.log("docs/reading.md is up to date.");
