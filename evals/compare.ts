import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { ResultRow } from "./result.ts";
import { mcnemar } from "./statistics.ts";

/** One trial of another run: all that a comparison needs. */
export interface Verdict {
  readonly id: string;
  readonly trial: number;
  readonly success: boolean;
  readonly harm: boolean;
  readonly ms: number;
}

const verdict = z.object({ id: z.string(), trial: z.number().default(0), success: z.boolean(), harm: z.boolean(), ms: z.number().default(0) });
const whole = z.object({ rows: z.array(verdict) });

/** What is different between two runs over the trials that both have. Ids of cases; `p` is McNemar's. */
export interface Comparison {
  readonly shared: number;
  readonly fixed: readonly string[];
  readonly broken: readonly string[];
  readonly stillBroken: readonly string[];
  readonly newHarms: readonly string[];
  readonly goneHarms: readonly string[];
  readonly p: number;
  readonly msBefore: number;
  readonly msNow: number;
}

/** The verdicts of a results file or of an accepted run. A sentence when it cannot be used. */
export function readVerdicts(file: string): readonly Verdict[] | string {
  if (!existsSync(file)) return `There is no file ${file}.`;
  try {
    const parsed = whole.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return parsed.success ? parsed.data.rows : `${file} holds no results.`;
  } catch {
    return `${file} is not valid JSON.`;
  }
}

const keyOf = ({ id, trial }: Pick<Verdict, "id" | "trial">): string => (trial === 0 ? id : `${id} (trial ${trial})`);
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length);

/** Compares trial with trial: what was fixed, what broke, new harms first of all. */
export function compare(before: readonly Verdict[], now: readonly ResultRow[]): Comparison {
  const old = new Map(before.map((each) => [keyOf(each), each]));
  const pairs = now.flatMap((row) => {
    const was = old.get(keyOf(row));
    return was ? [{ key: keyOf(row), was, row }] : [];
  });
  const keys = (fits: (pair: (typeof pairs)[number]) => boolean): readonly string[] => pairs.filter(fits).map(({ key }) => key);
  const fixed = keys(({ was, row }) => !was.success && row.success);
  const broken = keys(({ was, row }) => was.success && !row.success);
  return {
    shared: pairs.length, fixed, broken,
    stillBroken: keys(({ was, row }) => !was.success && !row.success),
    newHarms: keys(({ was, row }) => !was.harm && row.harm),
    goneHarms: keys(({ was, row }) => was.harm && !row.harm),
    p: mcnemar(fixed.length, broken.length),
    msBefore: mean(pairs.map(({ was }) => was.ms)),
    msNow: mean(pairs.map(({ row }) => row.ms)),
  };
}

const listed = (ids: readonly string[], most = 30): string => (ids.length === 0 ? "none" : `${ids.length}: ${ids.slice(0, most).join(", ")}${ids.length > most ? ", …" : ""}`);

/** A comparison for the console. */
export function comparisonText(name: string, compared: Comparison): string {
  return [
    `against ${name}: ${compared.shared} trials that both have`,
    `  new harms     ${listed(compared.newHarms)}`,
    `  harms gone    ${listed(compared.goneHarms)}`,
    `  fixed         ${listed(compared.fixed)}`,
    `  broken        ${listed(compared.broken)}`,
    `  still broken  ${compared.stillBroken.length}`,
    `  McNemar p     ${compared.p.toFixed(3)}   mean ${compared.msBefore.toFixed(1)} → ${compared.msNow.toFixed(1)} ms`,
  ].join("\n");
}
