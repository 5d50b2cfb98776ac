import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { capture, root } from "../lib/run.mjs";

/** The files of a folder of phrase corpora, in the order they are shown. */
export const FILES = ["hard", "convention", "ask", "reject", "negative"];

/** The folder to read: the one named, else `STINT_CORPORA`, else one beside the repository. Undefined when there is none with phrases in it. */
export function corporaFolder(named) {
  const folders = named !== undefined ? [named] : process.env.STINT_CORPORA !== undefined ? [process.env.STINT_CORPORA] : [join(root, "../shared/corpora")];
  return folders.find((folder) => FILES.some((file) => existsSync(join(folder, `phrases-${file}.jsonl`))));
}

/** The rows of one file; a missing file has none. */
export function rowsOf(folder, file) {
  const path = join(folder, `phrases-${file}.jsonl`);
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter((line) => line.trim() !== "").map((line) => JSON.parse(line)) : [];
}

/** Whether days come first in a row; without a word about it months do. */
export const isDayFirst = (row) => row.options?.date_order === "DMY" || row.locale === "en-GB";

/** "local" is the zone of whoever ran that suite: any will do, for the rows are civil. */
const zoneOf = (row) => (row.zone === undefined || row.zone === "local" ? "UTC" : row.zone);

/** What the product says to all rows, in order: one process of `stint read --jsonl`, as another program would use it. */
export async function readAll(rows) {
  const lines = rows.map((row, id) => JSON.stringify({ id, text: row.text, want: "phrase", now: row.reference, zone: zoneOf(row), weekStart: "monday", dateOrder: isDayFirst(row) ? "DMY" : "MDY" }));
  const { code, out } = await capture(process.execPath, [join(root, "dist/main/cli.js"), "read", "--jsonl"], { input: `${lines.join("\n")}\n` });
  const answers = out.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  if (code !== 0 || answers.length !== rows.length) throw new Error(`"stint read --jsonl" ended with ${code} after ${answers.length} of ${rows.length} lines.\n${out.slice(-2000)}`);
  return answers.map((answer) => answer.phrase ?? null);
}
