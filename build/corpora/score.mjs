/** How one row is judged. `right`: the answer of the row. `asked`: a question where one answer was wanted. `nothing`: no answer. `wrong`: another answer, silently. */

/** Harvest keeps two decimals of an hour. */
const CLOSE = 0.006;

/** The reading that is right for a row: the convention's where it was worked out, else the suite's. */
export const expectedOf = (row) => row.product_expected ?? row.expected;

/** Rows of one answer in a clock range compare the length; the day beside it only where the row models it. */
const modelsDay = (row) => !(row.policy ?? []).includes("date_part_not_modelled");

/** Whether a finding ({date} | {range} | {hours, date?}) is that answer. */
function same(finding, answer, row) {
  if (answer.hours !== undefined) return finding.hours !== undefined && Math.abs(finding.hours - answer.hours) < CLOSE && (answer.date === undefined || finding.date === undefined || !modelsDay(row) || finding.date === answer.date);
  if (answer.date !== undefined) return finding.date === answer.date && finding.hours === undefined;
  return finding.range?.start === answer.start && finding.range?.end === answer.end;
}

/** The product's phrase (null, an answer, or `{ask}`) against a row of `file`. */
export function judgePhrase(phrase, row, file) {
  const asked = phrase !== null && phrase.ask !== undefined;
  if (file === "negative") return phrase === null ? "right" : asked ? "asked" : "wrong";
  if (file === "reject") return phrase === null || asked ? "right" : "wrong";
  const answer = expectedOf(row);
  if (answer.ask) return asked ? "right" : phrase === null ? "nothing" : "wrong";
  if (phrase === null) return "nothing";
  if (asked) return row.may_ask ? "right" : "asked";
  return same(phrase, answer, row) ? "right" : "wrong";
}

/** Every answer that some convention named in the row would give: a library cannot be told which one is wanted. */
const answersOf = (row) => [row.expected, row.product_expected, typeof row.product_alternative === "string" ? { date: row.product_alternative } : undefined].filter((answer) => answer !== undefined && !answer.ask);

const kindOf = (value) => (value.hours !== undefined ? "hours" : value.date !== undefined ? "date" : "range");

/** Libraries answer the edge of a period with a span that begins or ends there; a caller who knows can take that day. */
const edges = ({ range }) => (range === undefined ? [] : [{ date: range.start }, { date: range.end }]);

/**
 * A library's findings against the same row. Lenient: right when any of them is any answer of the row, under whichever convention. `strict`: its first finding of the
 * wanted kind must be the product's answer, as for the product itself. A library cannot ask; silence is right where asking is.
 */
export function judgeFindings(findings, row, file, { strict = false } = {}) {
  if (file === "negative" || file === "reject") return findings.length === 0 ? "right" : "wrong";
  if (findings.length === 0) return row.product_expected?.ask ? "right" : "nothing";
  if (row.product_expected?.ask) return "wrong";
  const answers = strict ? [expectedOf(row)] : answersOf(row);
  const wanted = kindOf(answers[0].start !== undefined && answers[0].hours === undefined ? { range: answers[0] } : answers[0]);
  const first = findings.find((finding) => kindOf(finding) === wanted);
  const taken = strict ? (first === undefined ? [] : [first]) : [...findings, ...findings.flatMap(edges)];
  return taken.some((finding) => answers.some((answer) => same(finding, answer, row))) ? "right" : "wrong";
}
