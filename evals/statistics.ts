/** A share with its 95 % interval. `n` counts trials, `clusters` the base cases that they come from. */
export interface Rate {
  readonly count: number;
  readonly n: number;
  readonly clusters: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** One trial's yes or no, and the base case it belongs to: variants of one sentence do not count as independent. */
export interface Hit {
  readonly cluster: string;
  readonly hit: boolean;
}

const Z = 1.959964;

/** Wilson's interval for a share of `n` independent trials; `n` need not be whole. */
export function wilson(share: number, n: number): { readonly low: number; readonly high: number } {
  if (n <= 0) return { low: 0, high: 1 };
  const z2 = Z * Z;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/**
 * A share over clustered trials. The number of trials is cut by the design effect (variance between clusters over that of as many
 * independent trials); where all agree there is nothing to estimate it from, and only the clusters count.
 */
export function clusteredRate(hits: readonly Hit[]): Rate {
  const n = hits.length;
  const groups = new Map<string, { sum: number; size: number }>();
  for (const { cluster, hit } of hits) {
    const group = groups.get(cluster) ?? { sum: 0, size: 0 };
    groups.set(cluster, { sum: group.sum + (hit ? 1 : 0), size: group.size + 1 });
  }
  const clusters = groups.size;
  const count = hits.filter(({ hit }) => hit).length;
  const rate = n === 0 ? 0 : count / n;
  const spread = rate * (1 - rate);
  let effective = clusters;
  if (spread > 0 && clusters > 1) {
    const between = [...groups.values()].reduce((sum, group) => sum + (group.sum - rate * group.size) ** 2, 0);
    const variance = (between / n ** 2) * (clusters / (clusters - 1));
    effective = Math.min(n, Math.max(1, spread / Math.max(variance, 1e-12)));
  }
  return { count, n, clusters, rate, ...wilson(rate, effective) };
}

function choose(n: number, k: number): number {
  if (k > n) return 0;
  let result = 1;
  for (let i = 1; i <= k; i += 1) result = (result * (n - k + i)) / i;
  return result;
}

/** The chance that k trials of a case, drawn without putting back, all succeed, averaged over cases with at least k trials; undefined without any. */
export function passAll(hits: readonly Hit[], k: number): number | undefined {
  const groups = new Map<string, boolean[]>();
  for (const { cluster, hit } of hits) groups.set(cluster, [...(groups.get(cluster) ?? []), hit]);
  const shares = [...groups.values()].filter((all) => all.length >= k).map((all) => choose(all.filter(Boolean).length, k) / choose(all.length, k));
  return shares.length === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** McNemar's exact two-sided p: how surprising it is that `better` cases got better and `worse` got worse if nothing had changed. */
export function mcnemar(better: number, worse: number): number {
  const n = better + worse;
  if (n === 0) return 1;
  let tail = 0;
  for (let i = 0; i <= Math.min(better, worse); i += 1) tail += choose(n, i) * 0.5 ** n;
  return Math.min(1, 2 * tail);
}

/** The value at `part` (0..1) of a list, by rank; 0 for an empty one. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** One trial that was answered: how sure the answer was, and whether it was wrong. */
export interface Answered {
  readonly confidence: number;
  readonly wrong: boolean;
}

/** A point of the curve: answering only from `confidence` up answers the share `coverage` of all trials, of which the share `risk` is wrong. */
export interface RiskPoint {
  readonly confidence: number;
  readonly coverage: number;
  readonly risk: number;
}

/** `area`: the risk, averaged over the curve from the surest answer to the last one (AURC); 0 when nothing was answered. */
export interface RiskCoverage {
  readonly points: readonly RiskPoint[];
  readonly area: number;
}

/** Wrong answers among the first 1, 2, … of a group that nothing orders, as expected of a random order, each over its place; summed. */
function expectedRisks(before: { readonly n: number; readonly wrong: number }, size: number, wrong: number): number {
  let sum = 0;
  for (let place = 1; place <= size; place += 1) sum += (before.wrong + (wrong * place) / size) / (before.n + place);
  return sum;
}

/** Risk against coverage as the confidence that is asked for falls. `trials`: all of them, answered or not. Answers of one confidence stand or fall together. */
export function riskCoverage(answered: readonly Answered[], trials: number): RiskCoverage {
  const groups = new Map<number, Answered[]>();
  for (const each of answered) groups.set(each.confidence, [...(groups.get(each.confidence) ?? []), each]);
  const points: RiskPoint[] = [];
  const before = { n: 0, wrong: 0 };
  let sum = 0;
  for (const [confidence, group] of [...groups].toSorted(([a], [b]) => b - a)) {
    const wrong = group.filter((each) => each.wrong).length;
    sum += expectedRisks(before, group.length, wrong);
    before.n += group.length;
    before.wrong += wrong;
    points.push({ confidence, coverage: before.n / trials, risk: before.wrong / before.n });
  }
  return { points, area: before.n === 0 ? 0 : sum / before.n };
}
