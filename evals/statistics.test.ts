import { describe, expect, it } from "vitest";
import { clusteredRate, mcnemar, passAll, quantile, riskCoverage, wilson } from "./statistics.ts";

const percent = (value: number): number => Math.round(value * 1000) / 10;
const hits = (...groups: readonly (readonly [string, readonly boolean[]])[]) => groups.flatMap(([cluster, all]) => all.map((hit) => ({ cluster, hit })));

describe("Wilson's interval", () => {
  it.each([[28, 28, 87.9, 100], [285, 300, 91.9, 96.9], [570, 600, 93, 96.5], [0, 300, 0, 1.3]])("of %i in %i is %f to %f percent", (count, n, low, high) => {
    const interval = wilson(count / n, n);
    expect([percent(interval.low), percent(interval.high)]).toEqual([low, high]);
  });
  it("of nothing is everything", () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe("a rate over clusters", () => {
  it("is as wide as if only the clusters counted when trials of a case always agree", () => {
    const all = Array.from({ length: 100 }, (_, at) => [String(at), Array<boolean>(4).fill(at % 10 !== 0)] as const);
    const clustered = clusteredRate(hits(...all));
    const alone = wilson(0.9, 100);
    expect(clustered.low).toBeCloseTo(alone.low, 2);
    expect(clustered.high).toBeCloseTo(alone.high, 2);
    expect(clustered).toMatchObject({ count: 360, n: 400, clusters: 100 });
  });
  it("is narrower when trials of a case differ from each other", () => {
    const mixed = Array.from({ length: 100 }, (_, at) => [String(at), [true, true, true, at % 5 > 1]] as const);
    const same = Array.from({ length: 100 }, (_, at) => [String(at), Array<boolean>(4).fill(at % 10 !== 0)] as const);
    const [a, b] = [clusteredRate(hits(...mixed)), clusteredRate(hits(...same))];
    expect(a.high - a.low).toBeLessThan(b.high - b.low);
  });
  it("does not count variants as cases when nothing ever failed", () => {
    const rate = clusteredRate(hits(...Array.from({ length: 28 }, (_, at) => [String(at), [true, true, true, true]] as const)));
    expect(percent(rate.low)).toBe(87.9);
  });
});

it("pass^k draws without putting back", () => {
  const some = hits(["a", [true, true, true, true]], ["b", [true, true, false, false]]);
  expect(passAll(some, 1)).toBeCloseTo(0.75);
  expect(passAll(some, 2)).toBeCloseTo((1 + 1 / 6) / 2);
  expect(passAll(some, 4)).toBeCloseTo(0.5);
  expect(passAll(some, 5)).toBeUndefined();
});

it.each([[6, 0, 0.031], [8, 1, 0.039], [10, 2, 0.039], [5, 0, 0.0625], [0, 0, 1], [3, 3, 1]])("McNemar of %i to %i is %f", (better, worse, p) => {
  expect(mcnemar(better, worse)).toBeCloseTo(p, 2);
});

it("a quantile is a value of the list", () => {
  expect(quantile([5, 1, 9], 0.5)).toBe(5);
  expect(quantile([5, 1, 9], 0.95)).toBe(9);
  expect(quantile([], 0.5)).toBe(0);
});

describe("risk against coverage", () => {
  const answers = (...all: readonly (readonly [number, boolean])[]) => all.map(([confidence, wrong]) => ({ confidence, wrong }));
  it("falls with the confidence that is asked for, when confidence tells wrong from right", () => {
    const { points, area } = riskCoverage(answers([0.9, false], [0.8, false], [0.7, false], [0.2, true]), 8);
    expect(points).toEqual([{ confidence: 0.9, coverage: 0.125, risk: 0 }, { confidence: 0.8, coverage: 0.25, risk: 0 }, { confidence: 0.7, coverage: 0.375, risk: 0 }, { confidence: 0.2, coverage: 0.5, risk: 0.25 }]);
    expect(area).toBeCloseTo(0.25 / 4);
  });
  it("is worse when the surest answers are the wrong ones", () => {
    expect(riskCoverage(answers([0.9, true], [0.8, false], [0.7, false], [0.2, false]), 4).area).toBeCloseTo((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4);
  });
  it("is the share of wrong answers when confidence says nothing, in whatever order they come", () => {
    const mixed = answers([1, true], [1, false], [1, false], [1, false]);
    expect(riskCoverage(mixed, 4)).toEqual({ points: [{ confidence: 1, coverage: 1, risk: 0.25 }], area: 0.25 });
    expect(riskCoverage(mixed.toReversed(), 4)).toEqual(riskCoverage(mixed, 4));
  });
  it("of nothing answered is nothing", () => {
    expect(riskCoverage([], 5)).toEqual({ points: [], area: 0 });
  });
});
