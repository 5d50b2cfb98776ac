import { describe, expect, test } from "vitest";
import { bytesPerToken, speedOf } from "./speed.ts";
import { off, SHAPES } from "./test-shapes.ts";

describe("expected speed", () => {
  test.each([
    [15, 31, 451],
    [30, 31, 902],
    [0, 18, 820],
    [0, 16, 944],
  ])("reads %i expert layers with %i layers on the card as %i MiB of system memory for each token", (expertLayersOnCpu, gpuLayers, mib) => {
    expect(off(bytesPerToken(SHAPES.q4km, { gpuLayers, expertLayersOnCpu }).ram, mib)).toBeLessThan(0.01);
  });

  /** Runs of this very model that others reported. */
  test.each([
    ["q4km", 31, 15, 13.5, "RTX 3060 12 GB, old processor"],
    ["q4km", 31, 15, 27, "RTX 3060 12 GB"],
    ["q40", 31, 30, 20, "RTX 4060 Laptop 8 GB, all experts in memory"],
    ["q40", 0, 0, 15.6, "i9-9900X, no card"],
    ["q40", 0, 0, 9.25, "i5-8500, no card"],
    ["q40", 31, 0, 155.8, "RTX 3090, all on the card"],
  ] as const)("%s with %i layers on the card and %i expert layers in memory wrote %d tokens/s on %s", (shape, gpuLayers, expertLayersOnCpu, reported, _computer) => {
    const { low, high } = speedOf(SHAPES[shape], { gpuLayers, expertLayersOnCpu });
    expect(low).toBeLessThanOrEqual(reported);
    expect(high).toBeGreaterThanOrEqual(reported);
    expect(high / low).toBeLessThan(5);
  });
});
