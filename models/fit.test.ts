import { describe, expect, test } from "vitest";
import { bytesOf, planFit } from "./fit.ts";
import type { FitFacts } from "./fit.ts";

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** Gemma 4 26B-A4B: 30 layers, every sixth global, tied embedding; experts of Q4_K_M come in two sizes. */
function gemma26(kind: "Q4_K_M" | "Q4_0"): FitFacts {
  const large = new Set([0, 1, 2, 5, 8, 11, 14, 17, 20, 23, 26, 27, 28, 29]);
  const dense = (kind === "Q4_K_M" ? 996.1 : 926.6) / 30;
  const experts = (i: number): number => (kind === "Q4_0" ? 408.375 : large.has(i) ? 529.375 : 438.625);
  return {
    layers: 30,
    vocabulary: 262_144,
    weights: { embedding: 577.5 * MIB, output: 577.5 * MIB, other: 0, layers: Array.from({ length: 30 }, (_, i) => ({ dense: dense * MIB, experts: experts(i) * MIB })) },
    cache: Array.from({ length: 30 }, (_, i) => (i % 6 === 5 ? { bytesPerToken: 4096, window: undefined } : { bytesPerToken: 8192, window: 1024 })),
  };
}

/** Graphics memory in MiB as the real library allocated or simulated it: experts of the first N layers in system memory. */
const MEASURED_EXPERTS: readonly [kind: "Q4_K_M" | "Q4_0", onCpu: number, context: number, mib: number][] = [
  ["Q4_K_M", 30, 4096, 2537.5],
  ["Q4_K_M", 30, 8192, 2617.5],
  ["Q4_K_M", 30, 16384, 2777.5],
  ["Q4_K_M", 28, 8192, 3676.1],
  ["Q4_K_M", 24, 8192, 5612.1],
  ["Q4_K_M", 20, 8192, 7548.1],
  ["Q4_K_M", 16, 8192, 9393.3],
  ["Q4_K_M", 15, 4096, 9752.2],
  ["Q4_K_M", 15, 8192, 9832],
  ["Q4_K_M", 14, 16384, 10521.3],
  ["Q4_K_M", 12, 8192, 11238.6],
  ["Q4_K_M", 0, 4096, 16968.2],
  ["Q4_K_M", 0, 8192, 17041.1],
  ["Q4_0", 30, 4096, 2468.1],
  ["Q4_0", 30, 8192, 2548.1],
  ["Q4_0", 20, 8192, 6631.6],
  ["Q4_0", 12, 8192, 9898.6],
  ["Q4_0", 11, 8192, 10307],
  ["Q4_0", 0, 8192, 14793.6],
];

const MEASURED_SPLIT: readonly [gpuLayers: number, context: number, mib: number][] = [
  [16, 4096, 9048],
  [16, 16384, 9190],
  [17, 8192, 9670],
  [18, 8192, 10154.4],
  [19, 8192, 10637],
  [20, 8192, 11239],
];

describe("bytes of a layout", () => {
  test.each(MEASURED_EXPERTS)("%s with the experts of %i layers in system memory at %i tokens takes %d MiB within 1 %%", (kind, onCpu, context, mib) => {
    const { vram } = bytesOf(gemma26(kind), { gpuLayers: 31, expertLayersOnCpu: onCpu, context });
    expect(Math.abs(vram.total / MIB / mib - 1)).toBeLessThan(0.01);
  });

  test.each(MEASURED_SPLIT)("%i whole layers on the card at %i tokens take %d MiB within 1 %%", (gpuLayers, context, mib) => {
    const { vram } = bytesOf(gemma26("Q4_K_M"), { gpuLayers, expertLayersOnCpu: 0, context });
    expect(Math.abs(vram.total / MIB / mib - 1)).toBeLessThan(0.01);
  });

  test("the cache of one sequence at 8192 tokens takes 510 MiB", () => {
    expect(bytesOf(gemma26("Q4_0"), { gpuLayers: 31, expertLayersOnCpu: 30, context: 8192 }).vram.cache / MIB).toBe(510);
  });

  test("every byte of weights is somewhere, wherever the layers are", () => {
    const facts = gemma26("Q4_K_M");
    const whole = bytesOf(facts, { gpuLayers: 0, expertLayersOnCpu: 0, context: 4096 });
    for (const layout of [{ gpuLayers: 31, expertLayersOnCpu: 7 }, { gpuLayers: 12, expertLayersOnCpu: 0 }]) {
      const { vram, ram } = bytesOf(facts, { ...layout, context: 4096 });
      expect(vram.weights + ram.weights - facts.weights.output).toBeCloseTo(whole.ram.weights, 0);
      expect(vram.cache + ram.cache).toBe(whole.ram.cache);
    }
  });
});

describe("a plan", () => {
  test.each([
    ["Q4_K_M", 4096, 15],
    ["Q4_K_M", 8192, 15],
    ["Q4_K_M", 16384, 15],
    ["Q4_0", 4096, 11],
    ["Q4_0", 8192, 12],
    ["Q4_0", 16384, 12],
  ] as const)("for %s at %i tokens with 11 GiB free keeps the experts of %i layers in system memory", (kind, context, onCpu) => {
    const plan = planFit(gemma26(kind), { vramFree: 11 * GIB, ramFree: 28 * GIB, context });
    expect(plan).toMatchObject({ kind: "partly", gpuLayers: 31, expertLayersOnCpu: onCpu, basis: "formula" });
    expect(plan.sentence).toContain(`${onCpu} of 30 layers`);
  });

  test("splits layers and says so where experts cannot stay apart", () => {
    const plan = planFit(gemma26("Q4_K_M"), { vramFree: 11 * GIB, ramFree: 28 * GIB, context: 8192, expertsOnCpu: false });
    expect(plan).toMatchObject({ kind: "partly", gpuLayers: 18, expertLayersOnCpu: 0 });
    expect(plan.sentence).toContain("18 of 31 layers run on the graphics card");
  });

  test("fits on a card with 24 GiB, runs without any card, and is too big for 8 GiB of memory", () => {
    const facts = gemma26("Q4_0");
    expect(planFit(facts, { vramFree: 24 * GIB, ramFree: 16 * GIB, context: 8192 })).toMatchObject({ kind: "fits", gpuLayers: 31, expertLayersOnCpu: 0 });
    expect(planFit(facts, { vramFree: 0, ramFree: 32 * GIB, context: 8192 })).toMatchObject({ kind: "fits", gpuLayers: 0 });
    const plan = planFit(facts, { vramFree: 0, ramFree: 8 * GIB, context: 8192 });
    expect(plan.kind).toBe("too-big");
    expect(plan.sentence).toMatch(/^Too big for this computer/);
  });

  test("never plans more than is free", () => {
    for (const vramFree of [0, 2, 4, 6, 8, 12, 16, 20]) {
      for (const ramFree of [4, 8, 16, 24]) {
        const plan = planFit(gemma26("Q4_0"), { vramFree: vramFree * GIB, ramFree: ramFree * GIB, context: 8192 });
        if (plan.kind === "too-big") continue;
        expect(plan.bytes.vram.total).toBeLessThanOrEqual(vramFree * GIB);
        expect(plan.bytes.ram.total).toBeLessThanOrEqual(ramFree * GIB);
      }
    }
  });
});
