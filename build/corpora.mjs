/**
 * `npm run corpora [-- --folder DIR] [--misses N] [--json]`: phrases from other projects' tests, read by `stint read --jsonl` and by other date libraries in
 * the same run, counted per file and category. The phrases are no part of this repository; without them the command says so and ends well.
 */
import { parseArgs } from "node:util";
import { reasonApart } from "./corpora/known.mjs";
import { LIBRARIES } from "./corpora/libraries.mjs";
import { printReport } from "./corpora/report.mjs";
import { FILES, corporaFolder, isDayFirst, readAll, rowsOf } from "./corpora/rows.mjs";
import { expectedOf, judgeFindings, judgePhrase } from "./corpora/score.mjs";
import { buildIfStale } from "./lib/fresh-build.mjs";

/** What a library finds; undefined when it throws, which is counted and shown, and otherwise is as good as finding nothing. */
function find(read, row) {
  try {
    return read(row.text, { now: row.reference, dayFirst: isDayFirst(row) });
  } catch {
    return undefined;
  }
}

/** One row with everybody's verdict. A row of a convention whose answer was never worked out is shown, but proves nothing. */
function judge(row, file, phrase) {
  const verdict = judgePhrase(phrase, row, file);
  const verdicts = { Stint: verdict };
  const strict = { Stint: verdict };
  const threw = [];
  for (const [name, read] of Object.entries(LIBRARIES)) {
    const found = find(read, row);
    if (found === undefined) threw.push(name);
    verdicts[name] = judgeFindings(found ?? [], row, file);
    strict[name] = judgeFindings(found ?? [], row, file, { strict: true });
  }
  const reason = reasonApart(row, file, verdict);
  return { file, category: row.category, open: file === "convention" && row.product_expected === undefined, reason, row, phrase, expected: expectedOf(row), verdicts, strict, threw };
}

async function main() {
  const { values } = parseArgs({ options: { folder: { type: "string" }, misses: { type: "string" }, json: { type: "boolean" } } });
  const folder = corporaFolder(values.folder);
  if (folder === undefined) {
    console.log("not run: the folder of phrase corpora is not there (name it with --folder DIR or STINT_CORPORA).");
    return;
  }
  await buildIfStale();
  const rows = FILES.flatMap((file) => rowsOf(folder, file).map((row) => ({ file, row })));
  const phrases = await readAll(rows.map(({ row }) => row));
  const judged = rows.map(({ file, row }, n) => judge(row, file, phrases[n]));
  printReport(judged, { json: values.json === true, misses: Number(values.misses ?? 0) });
}

await main();
