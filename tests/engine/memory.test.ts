import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { forkChild } from "../../electron/child/child.ts";
import { createEngineHost, type EngineHost } from "../../electron/engine/host.ts";
import { readGguf } from "../../models/gguf.ts";
import { memoryOf } from "../../models/memory.ts";
import { buildEngine, CACHE } from "./built-engine.ts";
import { writeTinyGguf } from "./tiny-gguf.ts";

/* What the planner computes from a file's header against what a real load takes, for each kind of model that is built differently. */

let engine = "";
let host: EngineHost | undefined;
beforeAll(async () => {
  engine = await buildEngine();
});
afterEach(() => host?.stop());

describe("the memory that a plan names", () => {
  test.each([
    ["plain", "llama", 8, 256],
    ["mixture of experts with sliding windows", "gemma4", 6, 256],
    ["hybrid", "lfm2", 9, 256],
  ] as const)("of a %s model is what a real load takes, within 5 %%", async (_kind, architecture, layers, width) => {
    const path = writeTinyGguf(join(CACHE, `tiny/${architecture}-${layers}x${width}-plan.gguf`), { architecture, layers, width });
    const read = await readGguf(path);
    if (read.kind !== "ok") throw new Error("the generated file is a model");
    const plan = { gpuLayers: 0, expertLayersOnCpu: 0, kvType: "f16", contextSize: 4096, batchSize: 512 } as const;
    host = createEngineHost({ spawn: () => forkChild(engine), onState: () => undefined, load: { backends: ["cpu"], contextTokens: 4096, threads: 1 }, backOffMs: [0] });
    const loaded = await host.load(path, "m", plan);
    expect(loaded).toMatchObject({ kind: "loaded" });
    const real = loaded.kind === "loaded" ? loaded.memory.cpu : 0;
    const planned = memoryOf(read.facts, { ...plan, batchExtra: 1 }).ram.total;
    expect(Math.abs(real - planned) / planned, `${real} taken, ${planned} planned`).toBeLessThan(0.05);
  });
});
