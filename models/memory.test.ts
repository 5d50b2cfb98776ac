import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { headerOf } from "./architecture/header.ts";
import type { Architecture } from "./architecture/schema.ts";
import { expectedShape, readCatalogue } from "./catalogue.ts";
import { memoryOf } from "./memory.ts";
import type { Layout } from "./memory.ts";
import { shapeOf } from "./shape.ts";
import type { ModelShape } from "./shape.ts";
import { entry, MIB, off, SHAPES } from "./test-shapes.ts";

/** The rows of a table of what llama.cpp allocated, as numbers by column. */
function table(name: string): readonly Record<string, number>[] {
  const [head, ...lines] = readFileSync(new URL(`fit-vectors/${name}.csv`, import.meta.url), "utf8").trim().split("\n");
  const columns = (head ?? "").split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [columns[i] ?? "", Number(cell)])));
}
const plain = { kvType: "f16", batchExtra: 0, card: true } as const;

describe("memory of Gemma 4 26B-A4B against what llama.cpp allocated", () => {
  test.each([
    ["q4km", "q4km-moe-b512", 512],
    ["q4km", "q4km-moe-b128", 128],
    ["q40", "q40-moe-b512", 512],
  ] as const)("%s with the experts of 0 to 30 layers in system memory (%s) is within 3 %% in every row", (shape, name, batchSize) => {
    const rows = table(`gemma-4-26b-${name}`);
    expect(rows).toHaveLength(93);
    for (const row of rows) {
      const { vram, ram } = memoryOf(SHAPES[shape], { ...plain, gpuLayers: 31, expertLayersOnCpu: row["ncmoe"] ?? 0, contextSize: row["ctx"] ?? 0, batchSize });
      expect(off(vram.total, row["vram_total"] ?? 0), JSON.stringify(row)).toBeLessThan(0.03);
      expect(off(vram.weights, row["vram_model"] ?? 0), JSON.stringify(row)).toBeLessThan(0.001);
      expect(vram.cache / MIB, JSON.stringify(row)).toBe(row["vram_kv"]);
      expect(off(ram.weights, row["ram_model"] ?? 0), JSON.stringify(row)).toBeLessThan(0.001);
    }
  });

  test.each([
    ["q4km", "q4km-layers-b512"],
    ["q40", "q40-layers-b512"],
  ] as const)("%s with 0 to 31 whole layers on the card (%s) is within 3 %% in every row", (shape, name) => {
    const rows = table(`gemma-4-26b-${name}`);
    expect(rows).toHaveLength(96);
    for (const row of rows) {
      const { vram, ram } = memoryOf(SHAPES[shape], { ...plain, gpuLayers: row["ngl"] ?? 0, expertLayersOnCpu: 0, contextSize: row["ctx"] ?? 0, batchSize: 512 });
      expect(off(vram.total, row["vram_total"] ?? 0), JSON.stringify(row)).toBeLessThan(0.03);
      expect(vram.cache / MIB).toBe(row["vram_kv"]);
      expect(ram.cache / MIB).toBe(row["ram_kv"]);
    }
  });

  /** As the engine's library asks for it: one token more than the batch. */
  test.each<[keyof typeof SHAPES, Partial<Layout>, number]>([
    ["q4km", { expertLayersOnCpu: 15 }, 9832],
    ["q4km", { expertLayersOnCpu: 30, contextSize: 16384 }, 2777.5],
    ["q4km", { expertLayersOnCpu: 0, contextSize: 4096 }, 16968.2],
    ["q4km", { expertLayersOnCpu: 14, contextSize: 16384 }, 10521.3],
    ["q4km", { expertLayersOnCpu: 28 }, 3676.1],
    ["q4km", { expertLayersOnCpu: 24 }, 5612.1],
    ["q4km", { expertLayersOnCpu: 12 }, 11238.6],
    ["q4km", { expertLayersOnCpu: 30, batchSize: 128 }, 2268.5],
    ["q4km", { expertLayersOnCpu: 30, batchSize: 128, contextSize: 16384 }, 2594.5],
    ["q40", { expertLayersOnCpu: 11 }, 10307],
    ["q40", { expertLayersOnCpu: 30, contextSize: 4096 }, 2468.1],
    ["q40", { expertLayersOnCpu: 20 }, 6631.6],
    ["q40", { expertLayersOnCpu: 0 }, 14793.6],
    ["q4km", { gpuLayers: 18, expertLayersOnCpu: 0 }, 10154.4],
    ["q4km", { gpuLayers: 16, expertLayersOnCpu: 0, contextSize: 16384 }, 9190],
    ["q4km", { gpuLayers: 20, expertLayersOnCpu: 0 }, 11239],
  ])("%s laid out as %o takes %d MiB within 1 %%", (shape, layout, mib) => {
    const { vram } = memoryOf(SHAPES[shape], { gpuLayers: 31, expertLayersOnCpu: 0, kvType: "f16", contextSize: 8192, batchSize: 512, ...layout });
    expect(off(vram.total, mib)).toBeLessThan(0.01);
  });

  test("what it remembers takes 510 MiB at 8192 tokens, 760 with batches of 2048, 860 as two texts of 4096", () => {
    const cache = (more: Partial<Layout>): number => memoryOf(SHAPES.q40, { gpuLayers: 31, expertLayersOnCpu: 30, kvType: "f16", contextSize: 8192, batchSize: 512, ...more }).vram.cache / MIB;
    expect(cache({})).toBe(510);
    expect(cache({ batchSize: 2048, batchExtra: 0 })).toBe(760);
    expect(cache({ sequences: 2 })).toBe(860);
    expect(cache({ kvType: "q8_0" })).toBeCloseTo(510 * (34 / 64), 5);
  });

  test("matches a real graphics card: 14943 MiB at 8192 tokens with batches of 2048 and the words of one token", () => {
    const { vram } = memoryOf(SHAPES.q40, { gpuLayers: 31, expertLayersOnCpu: 0, kvType: "f16", contextSize: 8192, batchSize: 2048, batchExtra: 0 });
    const logits = 2048 * SHAPES.q40.vocabulary * 4;
    expect(off(vram.total - logits, 14_943)).toBeLessThan(0.03);
  });
});

interface Laid {
  readonly model: string;
  readonly ngl: number;
  readonly ncmoe: number;
  readonly ctx: number;
  readonly batch: number;
  readonly vramModel: number;
  readonly vramKv: number;
  readonly vramTotal: number;
  readonly ramModel: number;
  readonly ramKv: number;
}
/** What llama.cpp v0.4.0 allocated for files of certain dimensions. */
function laidOut(name: string): readonly Laid[] {
  const lines = readFileSync(new URL(`fit-vectors/${name}-llama-v0.4.0.csv`, import.meta.url), "utf8").trim().split("\n").slice(1);
  return lines.map((line) => {
    const [model = "", ...numbers] = line.split(",");
    const [ngl = 0, ncmoe = 0, ctx = 0, batch = 0, vramModel = 0, vramKv = 0, , vramTotal = 0, ramModel = 0, ramKv = 0] = numbers.map(Number);
    return { model, ngl, ncmoe, ctx, batch, vramModel, vramKv, vramTotal, ramModel, ramKv };
  });
}
function expectLaid(shape: ModelShape, row: Laid): void {
  const { vram, ram } = memoryOf(shape, { ...plain, gpuLayers: row.ngl, expertLayersOnCpu: row.ncmoe, contextSize: row.ctx, batchSize: row.batch });
  expect(off(vram.total, row.vramTotal), JSON.stringify(row)).toBeLessThan(0.03);
  expect(off(vram.weights, row.vramModel), JSON.stringify(row)).toBeLessThan(0.01);
  expect(off(ram.weights, row.ramModel), JSON.stringify(row)).toBeLessThan(0.01);
  expect(Math.abs(vram.cache / MIB - row.vramKv), JSON.stringify(row)).toBeLessThan(0.1);
  expect(Math.abs(ram.cache / MIB - row.ramKv), JSON.stringify(row)).toBeLessThan(0.1);
}

describe("memory of every model of the catalogue against what llama.cpp v0.4.0 allocated for a file of its dimensions", () => {
  const rows = laidOut("catalogue");

  test.each(readCatalogue().map(({ id }) => id))("%s is within 3 %% on the card, and within 1 %% of weights and memories in both places", (id) => {
    const shape = shapeOf(headerOf(entry(id).architecture));
    const mine = rows.filter(({ model }) => model === id);
    expect(mine.length).toBeGreaterThanOrEqual(12);
    for (const row of mine) expectLaid(shape, row);
  });

  /** With few words it is the layers, not the words, that decide how much a batch needs. */
  test.each<[string, Partial<Extract<Architecture, { kind: "llama" }>>]>([
    ["mistral-7b", { layers: 32, width: 4096, vocabulary: 32_768, heads: 32, feedForward: 14_336, tied: false }],
    ["llama-3.2-3b", { layers: 28, width: 3072, vocabulary: 128_256, heads: 24, feedForward: 8192, tied: true }],
  ])("so is a plain model of the dimensions of %s", (id, dimensions) => {
    const facts: Architecture = { kind: "llama", layers: 1, width: 1, vocabulary: 1, heads: 1, feedForward: 1, tied: true, contextTokens: 131_072, quantisation: "Q4_K_M", attention: { keyValue: 8, length: 128 }, ...dimensions };
    const mine = laidOut("plain").filter(({ model }) => model === id);
    expect(mine).toHaveLength(12);
    for (const row of mine) expectLaid(shapeOf(headerOf(facts)), row);
  });

  /** Models of 2 to 61 MiB with random weights, and SmolLM2 135M, loaded by node-llama-cpp 3.21.1 on a processor: what it reported. */
  test.each([
    { name: "llama, 4 layers", contextSize: 4096, batchSize: 512, layers: 4, width: 128, vocabulary: 384, feedForward: 256, weights: 2.44, bytesPerToken: 256, mib: 12.71 },
    { name: "llama, 4 layers", contextSize: 2048, batchSize: 256, layers: 4, width: 128, vocabulary: 384, feedForward: 256, weights: 2.44, bytesPerToken: 256, mib: 6.57 },
    { name: "llama, 12 layers", contextSize: 4096, batchSize: 512, layers: 12, width: 384, vocabulary: 384, feedForward: 768, weights: 61.35, bytesPerToken: 768, mib: 108.11 },
    { name: "llama, 12 layers", contextSize: 2048, batchSize: 256, layers: 12, width: 384, vocabulary: 384, feedForward: 768, weights: 61.35, bytesPerToken: 768, mib: 83.73 },
    { name: "SmolLM2 135M", contextSize: 4096, batchSize: 512, layers: 30, width: 576, vocabulary: 49_152, feedForward: 1536, weights: 92.1, bytesPerToken: 768, mib: 280.35 },
    { name: "SmolLM2 135M", contextSize: 2048, batchSize: 256, layers: 30, width: 576, vocabulary: 49_152, feedForward: 1536, weights: 92.1, bytesPerToken: 768, mib: 188.36 },
  ])("$name at $contextSize tokens takes the $mib MiB that a real load reported, within 2 %", ({ contextSize, batchSize, layers, width, vocabulary, feedForward, weights, bytesPerToken, mib }) => {
    const each = Array.from({ length: layers }, () => ({ bytesPerToken, window: undefined, state: 0 }));
    const shape: ModelShape = {
      layers, width, vocabulary, feedForward, contextTokens: 8192, perLayerWidth: 0, experts: undefined, cache: each,
      weights: { embedding: weights * MIB, output: 0, tied: true, copiesOutput: false, other: 0, layers: each.map(() => ({ dense: 0, experts: 0, staged: 0, stagedLong: 0 })) },
    };
    expect(off(memoryOf(shape, { contextSize, batchSize, gpuLayers: 0, expertLayersOnCpu: 0, kvType: "f16" }).ram.total, mib)).toBeLessThan(0.02);
  });

  test("a real Qwen3.5 9B was logged with 256 MiB of keys and values and 50.25 MiB of state at 8192 tokens, and 545.6 MiB of words in memory", () => {
    const { vram, ram } = memoryOf(expectedShape(entry("qwen3.5-9b")), { gpuLayers: 33, expertLayersOnCpu: 0, kvType: "f16", contextSize: 8192, batchSize: 512 });
    expect(vram.cache / MIB).toBe(256 + 50.25);
    expect(ram.weights / MIB).toBeCloseTo(545.62, 1);
  });

  test("the dimensions give the size of each file whose quantisation is plain", () => {
    for (const id of ["gemma-4-26b-a4b", "gemma-4-12b", "gemma-4-e4b", "gemma-4-e2b", "gpt-oss-20b"]) {
      const { bytes, architecture } = entry(id);
      const tensors = headerOf(architecture).tensors.reduce((sum, tensor) => sum + tensor.bytes, 0);
      expect(Math.abs(tensors / (bytes ?? 0) - 1), id).toBeLessThan(0.006);
    }
  });
});
