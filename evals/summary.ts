import type { CaseProblem } from "./case.ts";
import type { ResultRow, Summary } from "./result.ts";
import { clusteredRate, passAll, quantile, riskCoverage, type Hit, type Rate } from "./statistics.ts";

const rateOf = (rows: readonly ResultRow[], hit: (row: ResultRow) => boolean): Rate => clusteredRate(rows.map((row) => ({ cluster: row.base, hit: hit(row) })));

function counted<T extends string>(values: readonly T[]): Partial<Record<T, number>> {
  const counts: Partial<Record<T, number>> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** A sentence that says everything: one turn, adds only, nothing to be asked. */
export function isPlainAdd({ expect, said }: Pick<ResultRow, "expect" | "said">): boolean {
  return said.length === 1 && expect.outcome.length === 1 && expect.outcome[0] === "saved" && expect.added.length > 0 && expect.added.every((each) => each.running !== true) && expect.changed.length === 0 && expect.deleted.length === 0;
}

const shouldAsk = ({ expect }: ResultRow): boolean => expect.outcome.every((kind) => kind === "question" || kind === "refusal" || kind === "nothing");

/** Whether the trial says something about what is asked for: it must be asked about a known part, or may be and was. */
const isSlotAsked = ({ expect, outcome }: ResultRow): boolean => expect.about !== undefined && expect.outcome.includes("question") && (outcome === "question" || expect.outcome.length === 1);
const asksRight = ({ expect, outcome, about }: ResultRow): boolean => outcome === "question" && (expect.about ?? []).some((each) => each === about);

/** What acted on its own: entries were written, or a question about them was answered. A question, a refusal and nothing at all are not answers. */
const hasAnswered = ({ outcome }: ResultRow): boolean => outcome === "saved" || outcome === "answer";

function flipsOf(rows: readonly ResultRow[]): Record<string, Rate> {
  const baseOf = new Map(rows.filter((row) => row.variant === "base").map((row) => [`${row.base} ${row.trial}`, row.success]));
  const kinds = [...new Set(rows.map((row) => row.variant))].filter((kind) => kind !== "base");
  return Object.fromEntries(
    kinds.map((kind) => {
      const known = rows.filter((row) => row.variant === kind && baseOf.has(`${row.base} ${row.trial}`));
      return [kind, rateOf(known, (row) => row.success !== baseOf.get(`${row.base} ${row.trial}`))];
    }),
  );
}

export interface SummaryInput {
  readonly rows: readonly ResultRow[];
  readonly agent: string;
  readonly user: string;
  readonly command: string;
  readonly about: Summary["about"];
  readonly problems: readonly CaseProblem[];
  readonly seconds: number;
}

/** The figures of one run. A harness error counts as no success, never as harm. */
export function summarise({ rows, agent, user, command, about, problems, seconds }: SummaryInput): Summary {
  const hits: readonly Hit[] = rows.map((row) => ({ cluster: row.base, hit: row.success }));
  const success = rateOf(rows, (row) => row.success);
  const harm = rateOf(rows, (row) => row.harm);
  const overAsk = rateOf(rows, (row) => row.label === "over_ask");
  const dimensions = [...new Set(rows.map((row) => row.dimension))].toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return {
    agent, user, command, about, problems, success, harm, overAsk,
    cases: new Set(rows.map((row) => row.base)).size,
    trials: rows.length,
    byRules: rateOf(rows.filter((row) => row.by === "rules"), (row) => row.success),
    plainAdds: rateOf(rows.filter(isPlainAdd), (row) => row.success),
    asks: rateOf(rows.filter(shouldAsk), (row) => row.success),
    slots: rateOf(rows.filter(isSlotAsked), asksRight),
    utility: success.rate - 10 * harm.rate - 0.25 * overAsk.rate,
    harms: counted(rows.flatMap((row) => row.harms)),
    labels: counted(rows.map((row) => row.label)),
    faults: counted(rows.flatMap((row) => (row.label === "error" ? ["harness" as const] : (row.fault ?? [])))),
    risk: riskCoverage(rows.filter(hasAnswered).map(({ confidence, success: right }) => ({ confidence, wrong: !right })), rows.length),
    pass1: passAll(hits, 1),
    pass4: passAll(hits, 4),
    flips: flipsOf(rows),
    dimensions: Object.fromEntries(dimensions.map((name) => [name, { success: rateOf(rows.filter((row) => row.dimension === name), (row) => row.success), harm: rateOf(rows.filter((row) => row.dimension === name), (row) => row.harm) }])),
    cost: {
      ms50: quantile(rows.map((row) => row.ms), 0.5),
      ms95: quantile(rows.map((row) => row.ms), 0.95),
      evaluatedTokens: rows.reduce((sum, row) => sum + row.evaluatedTokens, 0),
      generatedTokens: rows.reduce((sum, row) => sum + row.generatedTokens, 0),
    },
    seconds: Math.round(seconds * 10) / 10,
  };
}
