import { FILES } from "./rows.mjs";

const VERDICTS = ["right", "asked", "nothing", "wrong"];
const count = (judged, who, by = "verdicts") => Object.fromEntries(VERDICTS.map((verdict) => [verdict, judged.filter((each) => each[by][who] === verdict).length]));
const readers = (judged) => Object.keys(judged[0]?.verdicts ?? {});
const percent = (part, whole) => (whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`);

/** Counts of one set of rows, for every reader. */
const tally = (judged, who) => ({ rows: judged.length, ...Object.fromEntries(who.map((name) => [name, count(judged, name)])) });

/** The whole result as data: per file the rows that count, those of them that the product misses for a known reason, those without a worked-out answer, and each category. */
function resultOf(judged) {
  const who = readers(judged);
  return Object.fromEntries(FILES.flatMap((file) => {
    const own = judged.filter((each) => each.file === file);
    if (own.length === 0) return [];
    const counted = own.filter((each) => !each.open);
    const reasons = [...new Set(counted.flatMap((each) => (each.reason === undefined ? [] : [each.reason])))];
    const categories = [...new Set(own.map((each) => each.category))].toSorted();
    return [[file, {
      counted: tally(counted, who),
      strict: Object.fromEntries(who.map((name) => [name, count(counted, name, "strict")])),
      threw: Object.fromEntries(who.map((name) => [name, own.filter((each) => each.threw.includes(name)).length])),
      open: tally(own.filter((each) => each.open), who),
      apart: Object.fromEntries(reasons.map((reason) => [reason, tally(counted.filter((each) => each.reason === reason), who)])),
      categories: Object.fromEntries(categories.map((category) => [category, tally(own.filter((each) => each.category === category), who)])),
    }]];
  }));
}

const cells = (counts) => VERDICTS.map((verdict) => String(counts[verdict]).padStart(5)).join("");
const line = (name, rows, sets) => `  ${name.padEnd(24)}${String(rows).padStart(5)}  ${sets.join(" │")}`;

/** What a library gets right when its first answer is held to this product's convention, where that makes a difference; and where it threw. */
function strictly({ counted, strict, threw }, name) {
  const { right, wrong } = strict[name];
  const held = right === counted[name].right ? "" : `; by this product's convention ${percent(right, counted.rows)} right, ${wrong} silently wrong`;
  return `${held}${threw[name] > 0 ? `; threw on ${threw[name]}` : ""}`;
}

function printFile(file, result, who) {
  console.log(`\n== ${file}`);
  console.log(line("", "", who.map((name) => name.padEnd(20))));
  console.log(line("category", "rows", who.map(() => "right  ask none wrong")));
  for (const [category, each] of Object.entries(result.categories)) console.log(line(category, each.rows, who.map((name) => cells(each[name]))));
  if (result.open.rows > 0) console.log(line("of these, no answer yet", result.open.rows, who.map((name) => cells(result.open[name]))));
  for (const [reason, each] of Object.entries(result.apart)) console.log(`${line("of these, apart", each.rows, [cells(each.Stint)])}  ${reason}`);
  for (const name of who) {
    const { right, asked, nothing, wrong } = result.counted[name];
    const known = name === "Stint" ? Object.values(result.apart).reduce((sum, each) => sum + each.rows, 0) : 0;
    console.log(`  ${name}: ${percent(right, result.counted.rows)} right (${right} of ${result.counted.rows}), ${asked} asked, ${nothing} nothing, ${wrong} silently wrong${strictly(result, name)}`);
    if (known > 0) console.log(`  ${name} without the ${known} rows counted apart: ${percent(right, result.counted.rows - known)} right (${right} of ${result.counted.rows - known})`);
  }
}

function printMisses(judged, most) {
  const missed = judged.filter((each) => each.verdicts.Stint !== "right");
  console.log(`\n== ${missed.length} misses of Stint${missed.length > most ? `, the first ${most}` : ""}`);
  for (const { file, verdicts, category, row, expected, phrase, reason } of missed.slice(0, most)) console.log(`  ${verdicts.Stint} · ${file}/${category} · ${row.text} · ${row.reference.slice(0, 10)} · wanted ${JSON.stringify(expected)} · got ${JSON.stringify(phrase)}${reason === undefined ? "" : ` · apart: ${reason}`}`);
}

/** Prints the counts of all readers as tables (or one JSON object), and as many of the product's misses as asked for. */
export function printReport(judged, { json, misses }) {
  const who = readers(judged);
  const result = resultOf(judged);
  if (json) {
    console.log(JSON.stringify(result));
    return;
  }
  for (const [file, each] of Object.entries(result)) printFile(file, each, who);
  if (misses > 0) printMisses(judged, misses);
}
