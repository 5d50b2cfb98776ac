import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectedShape, readCatalogue } from "./catalogue.ts";
import { planFit } from "./fit.ts";
import type { FitLimits, FitPlan } from "./fit.ts";
import { memoryOf } from "./memory.ts";
import type { ModelShape } from "./shape.ts";
import { entry, GIB, MIB, SHAPES } from "./test-shapes.ts";

describe("a plan", () => {
  const at = (shape: ModelShape, limits: Partial<FitLimits>): FitPlan => planFit(shape, { vramFree: 11 * GIB, ramFree: 28 * GIB, contextSize: 8192, ...limits });

  test.each([
    ["q4km", 4096, 15],
    ["q4km", 8192, 15],
    ["q4km", 16384, 15],
    ["q40", 4096, 11],
    ["q40", 8192, 12],
    ["q40", 16384, 12],
  ] as const)("for %s at %i tokens with 11 GiB free keeps the experts of %i layers in system memory", (shape, contextSize, onCpu) => {
    expect(at(SHAPES[shape], { contextSize })).toMatchObject({ kind: "partly", gpuLayers: 31, expertLayersOnCpu: onCpu, kvType: "f16", contextSize, batchSize: 512, basis: "formula" });
  });

  test("says in one sentence what it takes of what there is", () => {
    expect(at(SHAPES.q4km, {}).sentence).toBe("Fits: 9.6 of 11.0 GB graphics memory, 15 of 30 expert layers in RAM.");
    expect(at(expectedShape(entry("gemma-4-12b")), {}).sentence).toBe("Fits: 7.7 of 11.0 GB graphics memory.");
    expect(at(SHAPES.q4km, { expertsOnCpu: false }).sentence).toBe("Fits in part: 9.9 of 11.0 GB graphics memory, 18 of 31 layers on the graphics card, the rest in RAM.");
    expect(at(expectedShape(entry("qwen3.5-4b")), { vramFree: 0 }).sentence).toMatch(/^Fits: 3\.\d of 28\.0 GB memory, on the processor alone\.$/);
    expect(at(expectedShape(entry("qwen3-coder-next")), {}).sentence).toMatch(/^Does not fit: beside 9\.\d GB graphics memory it needs 3\d\.\d GB of free memory, and 28\.0 GB is free\.$/);
  });

  test("fits on a card with 24 GiB, runs without any card, and is too big for 8 GiB of memory", () => {
    expect(at(SHAPES.q40, { vramFree: 24 * GIB, ramFree: 16 * GIB })).toMatchObject({ kind: "fits", gpuLayers: 31, expertLayersOnCpu: 0 });
    expect(at(SHAPES.q40, { vramFree: 0, ramFree: 32 * GIB })).toMatchObject({ kind: "fits", gpuLayers: 0 });
    expect(at(SHAPES.q40, { vramFree: 0, ramFree: 8 * GIB })).toMatchObject({ kind: "too-big" });
  });

  test("keeps what is remembered in 8 bits only where that alone makes it fit", () => {
    const kvTypes = ["f16", "q8_0"] as const;
    const shape = expectedShape(entry("qwen3.5-4b"));
    expect(at(shape, { kvTypes, contextSize: 65_536 })).toMatchObject({ kind: "fits", kvType: "f16" });
    const limits = { vramFree: 0, ramFree: 5.5 * GIB, contextSize: 65_536 };
    expect(at(shape, limits).kind).toBe("too-big");
    expect(at(shape, { ...limits, kvTypes })).toMatchObject({ kind: "fits", kvType: "q8_0" });
  });

  test("never asks for a longer text than the model was made for", () => {
    expect(at(expectedShape(entry("gpt-oss-20b")), { contextSize: 1_000_000 }).contextSize).toBe(131_072);
  });
});

describe("laws of every plan", { timeout: 60_000 }, () => {
  const shapes = [...Object.values(SHAPES), ...readCatalogue().map(expectedShape)];
  const anyLimits = fc.record({
    shape: fc.constantFrom(...shapes),
    vramFree: fc.integer({ min: 0, max: 60 * 1024 }).map((mib) => mib * MIB),
    ramFree: fc.integer({ min: 0, max: 60 * 1024 }).map((mib) => mib * MIB),
    contextSize: fc.integer({ min: 256, max: 65_536 }),
    batchSize: fc.constantFrom(64, 256, 512, 2048),
    expertsOnCpu: fc.boolean(),
  });
  /** The better a plan, the less it leaves to the processor; what does not fit at all is worst. */
  const rank = ({ kind, gpuLayers, expertLayersOnCpu, layers }: FitPlan): number => (kind === "too-big" ? -1 : gpuLayers > layers ? 10_000 - expertLayersOnCpu : gpuLayers);

  test("it never plans more than is free", () => {
    fc.assert(
      fc.property(anyLimits, ({ shape, ...limits }) => {
        const plan = planFit(shape, limits);
        if (plan.kind === "too-big") return plan.memory.ram.total > limits.ramFree;
        return plan.memory.vram.total <= limits.vramFree && plan.memory.ram.total <= limits.ramFree;
      }),
      { numRuns: 300 },
    );
  });

  test("the parts of each place sum to its total, and every byte of weights is somewhere", () => {
    fc.assert(
      fc.property(anyLimits, ({ shape, ...limits }) => {
        const { memory, gpuLayers } = planFit(shape, limits);
        for (const place of Object.values(memory)) expect(place.weights + place.cache + place.compute + place.overhead).toBeCloseTo(place.total, 0);
        const { weights } = shape;
        const whole = weights.embedding + weights.other + weights.layers.reduce((sum, layer) => sum + layer.dense + layer.experts, 0);
        const copies = weights.tied && gpuLayers === 0 && !weights.copiesOutput ? 0 : weights.output;
        expect(memory.vram.weights + memory.ram.weights).toBeCloseTo(whole + copies, 0);
      }),
      { numRuns: 300 },
    );
  });

  test("more free memory never makes a plan worse", () => {
    fc.assert(
      fc.property(anyLimits, fc.nat({ max: 20 * 1024 }), fc.nat({ max: 20 * 1024 }), ({ shape, ...limits }, vramMore, ramMore) => {
        fc.pre(limits.vramFree > 0);
        const more = planFit(shape, { ...limits, vramFree: limits.vramFree + vramMore * MIB, ramFree: limits.ramFree + ramMore * MIB });
        return rank(more) >= rank(planFit(shape, limits));
      }),
      { numRuns: 300 },
    );
  });

  test("a longer text never takes less memory", () => {
    fc.assert(
      fc.property(anyLimits, fc.nat({ max: 10_000 }), ({ shape, contextSize, batchSize }, more) => {
        const total = (size: number): number => memoryOf(shape, { gpuLayers: shape.layers + 1, expertLayersOnCpu: 0, kvType: "f16", contextSize: size, batchSize }).vram.total;
        return total(contextSize + more) >= total(contextSize);
      }),
    );
  });
});
