import { beforeEach, describe, expect, test, vi } from "vitest";
import type { CompletionRequest } from "../../agent/model.ts";
import type { Backend, LoadOptions } from "../protocol.ts";

/* What the library does when a card fails, without a card: only its own steps are replaced. */

const opened: Backend[][] = [];
const plans: (LoadOptions["plan"] | undefined)[] = [];
const world = { failsOn: new Set<Backend>(), loads: true };

vi.mock("../../../models/gguf.ts", () => ({ readGguf: async () => ({ kind: "ok", facts: { fileBytes: 10, contextTokens: 512 } }) }));
vi.mock("./backend.ts", () => ({
  openBackend: async (backends: Backend[]) => {
    opened.push(backends);
    return { backend: backends[0], refused: [], library: {}, native: { llamaCppRelease: { release: "v0" }, dispose: async () => undefined, getRamState: async () => ({ free: 1e9 }), getVramState: async () => ({ free: 1e9 }) } };
  },
}));
vi.mock("./load.ts", () => ({
  loadModel: async ({ opened: on, options }: { opened: { backend: Backend }; options: LoadOptions }) => {
    plans.push(options.plan);
    if (!world.loads && plans.length > 1) return { kind: "refused", message: "no" };
    return { model: { dispose: async () => undefined }, backend: on.backend, render: () => [], layout: {}, context: {} };
  },
  memoryOf: ({ backend }: { backend: Backend }) => ({ gpu: 0, cpu: 0, backend }),
}));
vi.mock("./complete.ts", () => ({
  complete: async ({ backend }: { backend: Backend }) => {
    if (world.failsOn.has(backend)) throw new Error("device lost");
    return { kind: "text", text: backend, promptTokens: 1, evaluatedTokens: 1, generatedTokens: 1, ms: 1 };
  },
}));

const { createLlama } = await import("./llama.ts");
const quiet = new AbortController().signal;
const ASK: CompletionRequest = { system: "s", user: "u", grammar: "g", maxTokens: 1, timeoutMs: 1000 };
const plan = { gpuLayers: 7, expertLayersOnCpu: 2, kvType: "f16", contextSize: 512, batchSize: 64 } as const;
const options: LoadOptions = { backends: ["vulkan", "cpu"], contextTokens: 512, plan };

beforeEach(() => {
  opened.length = 0;
  plans.length = 0;
  world.failsOn = new Set();
  world.loads = true;
});

describe("a card that fails while it answers", () => {
  test("is left, and the same sentence is answered without it, without the plan that was made for it", async () => {
    const llama = createLlama();
    expect(await llama.load("a.gguf", options, () => undefined, quiet)).toMatchObject({ memory: { backend: "vulkan" } });
    world.failsOn.add("vulkan");
    expect(await llama.complete(ASK, quiet)).toMatchObject({ kind: "text", text: "cpu" });
    expect(opened).toEqual([["vulkan", "cpu"], ["cpu"]]);
    expect(plans).toEqual([plan, undefined]);
    expect(llama.memory().backend).toBe("cpu");
    expect(await llama.load("b.gguf", options, () => undefined, quiet)).toMatchObject({ memory: { backend: "cpu" }, refused: [{ backend: "vulkan", reason: /failed while a model ran/ }] });
    expect(await llama.hardware(["vulkan", "cpu"])).toMatchObject({ backend: "cpu", gpu: { total: 0, free: 0 } });
  });

  test("is said to have failed when the model cannot be loaded without it", async () => {
    const llama = createLlama();
    await llama.load("a.gguf", options, () => undefined, quiet);
    world.failsOn.add("vulkan");
    world.loads = false;
    expect(await llama.complete(ASK, quiet)).toEqual({ kind: "failed", code: "failed", message: "The graphics card failed, and the model could not be loaded without it." });
    expect(await llama.complete(ASK, quiet)).toMatchObject({ code: "no-model" });
  });

  test("is not blamed for a request that was given up, nor the processor for its own failures", async () => {
    const llama = createLlama();
    await llama.load("a.gguf", options, () => undefined, quiet);
    world.failsOn = new Set(["vulkan", "cpu"]);
    await expect(llama.complete(ASK, AbortSignal.abort())).rejects.toThrow("device lost");
    expect(opened).toHaveLength(1);
    await llama.load("a.gguf", { ...options, backends: ["cpu"] }, () => undefined, quiet);
    await expect(llama.complete(ASK, quiet)).rejects.toThrow("device lost");
    expect(opened).toEqual([["vulkan", "cpu"], ["cpu"]]);
  });
});
