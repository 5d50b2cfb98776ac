import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CompletionRequest } from "../../electron/agent/model.ts";
import { forkChild } from "../../electron/child/child.ts";
import { createEngineHost } from "../../electron/engine/host.ts";
import type { EngineHost } from "../../electron/engine/host.ts";
import type { Placement } from "../../electron/engine/protocol.ts";
import { buildEngine, CACHE } from "./built-engine.ts";
import { softwareVulkan, VULKAN_ENV } from "./software-vulkan.ts";
import { writeTinyGguf } from "./tiny-gguf.ts";

/* The engine's own process with a graphics device: Mesa's Vulkan, which runs on the processor and is slow, but keeps its memory apart. */

const quiet = new AbortController().signal;
const ASK: CompletionRequest = { system: "", user: "2h acme design", grammar: 'root ::= [a-z ]+', maxTokens: 8, timeoutMs: 250_000 };
const EXPERTS_OF_A_LAYER = 8 * (128 * 256 + 128 * 128) * 4;

let engine = "";
let moe = "";
let host: EngineHost;
beforeAll(async () => {
  engine = await buildEngine();
  moe = writeTinyGguf(join(CACHE, "tiny/gemma4-6x128-8.gguf"), { architecture: "gemma4", layers: 6, width: 128, experts: 8, sharpness: 1.5 });
});
beforeEach((ctx) => {
  const missing = softwareVulkan();
  if (missing !== undefined) ctx.skip(`not run: ${missing}`);
  host = createEngineHost({
    spawn: () => forkChild(engine, { ...process.env, ...VULKAN_ENV }),
    onState: () => undefined,
    load: { backends: ["vulkan", "cpu"], contextTokens: 512, threads: 1 },
  });
});
afterEach(() => host?.stop());

const plan = (expertLayersOnCpu: number, more: Partial<Placement> = {}): Placement => ({ gpuLayers: 7, expertLayersOnCpu, kvType: "f16", contextSize: 512, batchSize: 64, ...more });
async function loaded(withPlan?: Placement): Promise<Extract<Awaited<ReturnType<EngineHost["load"]>>, { kind: "loaded" }>> {
  const result = await host.load(moe, "moe", withPlan);
  if (result.kind === "failed") throw new Error(result.message);
  return result;
}

describe("a model on a graphics device", () => {
  test("keeps the experts of as many layers as planned in system memory, says the same, and goes back", async () => {
    const whole = await loaded(plan(0));
    const said = await host.model.complete(ASK, quiet);
    const kept = await loaded(plan(4));
    const saidThen = await host.model.complete(ASK, quiet);
    const again = await loaded(plan(0));
    expect(whole.memory).toMatchObject({ backend: "vulkan", gpuLayers: 7, expertLayersOnCpu: 0 });
    expect(kept.memory).toMatchObject({ backend: "vulkan", gpuLayers: 7, expertLayersOnCpu: 4 });
    expect(kept.memory.note).toBeUndefined();
    // For a batch, the experts of one layer are copied to the device all the same.
    expect(whole.memory.gpu - kept.memory.gpu).toBeGreaterThan(3 * EXPERTS_OF_A_LAYER);
    expect(kept.memory.cpu - whole.memory.cpu).toBeGreaterThan(3 * EXPERTS_OF_A_LAYER);
    expect(again.memory).toEqual(whole.memory);
    if (said.kind !== "text" || saidThen.kind !== "text") throw new Error("no answer");
    expect(saidThen.text).toBe(said.text);
  }, 300_000);

  test("is planned from what is free, and uses what the plan says, give or take 8 MB", async () => {
    const hardware = await host.hardware();
    expect(hardware).toMatchObject({ backend: "vulkan", expertsOnCpu: true });
    expect(hardware?.gpu.total).toBeGreaterThan(0);
    expect(hardware?.devices.length).toBeGreaterThan(0);
    const { memory } = await loaded();
    if (memory.planned === undefined) throw new Error("not planned");
    expect(memory).toMatchObject({ gpuLayers: 7, expertLayersOnCpu: 0 });
    expect(Math.abs(memory.gpu - memory.planned.gpu)).toBeLessThan(8e6);
  }, 300_000);

  test("says when it takes more than was planned", async () => {
    const { memory } = await loaded(plan(0, { batchSize: 511, contextSize: 8192, bytes: { gpu: 1, cpu: 1 } }));
    expect(memory.planned).toEqual({ gpu: 1, cpu: 1 });
    expect(memory.note).toBe(`It takes ${(memory.gpu / 1e9).toFixed(1)} GB of graphics memory; 0.0 GB were planned.`);
  }, 300_000);
});
