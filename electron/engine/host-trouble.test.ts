import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { CompletionRequest } from "../agent/model.ts";
import { endingOf } from "./ending.ts";
import { fakeProcess } from "./fake-process.ts";
import type { Behaviour, FakeProcess } from "./fake-process.ts";
import { createEngineHost } from "./host.ts";
import type { EngineHost, EngineHostOptions } from "./host.ts";
import type { EngineState } from "./state.ts";

const quiet = new AbortController().signal;
const ask = (user: string): CompletionRequest => ({ system: "s", user, grammar: "g", maxTokens: 10, timeoutMs: 60_000 });
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

let host: EngineHost | undefined;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(async () => {
  await host?.stop();
  vi.useRealTimers();
});

function start(behaviours: Behaviour[] = [], options: Partial<EngineHostOptions> = {}): { host: EngineHost; processes: FakeProcess[]; states: EngineState[] } {
  const processes: FakeProcess[] = [];
  const states: EngineState[] = [];
  host = createEngineHost({
    spawn: () => {
      const { process, child } = fakeProcess(behaviours[processes.length]);
      processes.push(process);
      return child;
    },
    onState: (state) => states.push(state),
    ...options,
  });
  return { host, processes, states };
}

describe("a process that ends", () => {
  test.each([
    ["SIGKILL", "The model stopped: memory ran out, or its process was ended from outside."],
    ["SIGABRT", "The model stopped: the library that runs it gave up."],
    ["SIGSEGV", "The model stopped: the library that runs it crashed."],
    [undefined, "The model stopped."],
  ])("is told in one sentence (%s)", async (signal, message) => {
    const { host, processes } = start();
    await host.load("/m/a.gguf", "a");
    if (processes[0]) processes[0].llama.hold = true;
    const open = host.model.complete(ask("x"), quiet);
    await settle();
    processes[0]?.crash(signal);
    expect(await open).toEqual({ kind: "failed", code: "stopped", message });
    expect(host.state()).toEqual({ kind: "failed", model: "a", message });
  });

  test.each([
    [9, "linux", "killed"], [134, "linux", "aborted"], [139, "linux", "crashed"], [1, "linux", "ended"],
    [-1073741819, "win32", "crashed"], [3221226505, "win32", "aborted"], [1, "win32", "ended"],
  ] as const)("with code %s on %s was %s", (code, platform, kind) => {
    expect(endingOf(code, undefined, platform).kind).toBe(kind);
  });

  test("comes back by itself with the model that worked, three times in a row, and then only for a request", async () => {
    const { host, processes } = start([], { backOffMs: [0] });
    await host.load("/m/a.gguf", "a");
    for (let i = 0; i < 3; i += 1) {
      processes.at(-1)?.crash("SIGKILL");
      await vi.advanceTimersByTimeAsync(1_000);
      expect(host.state()).toMatchObject({ kind: "ready", model: "a" });
      expect(processes).toHaveLength(i + 2);
    }
    processes.at(-1)?.crash("SIGKILL");
    await vi.advanceTimersByTimeAsync(600_000);
    expect(host.state().kind).toBe("failed");
    expect(processes).toHaveLength(4);
    expect(await host.model.complete(ask("y"), quiet)).toMatchObject({ text: "said y" });
    // An answer ends the count.
    processes.at(-1)?.crash("SIGKILL");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(host.state().kind).toBe("ready");
  });

  test("does not come back when the model was unloaded before", async () => {
    const { host, processes } = start();
    await host.load("/m/a.gguf", "a");
    await host.unload();
    processes[0]?.crash("SIGKILL");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(processes).toHaveLength(1);
  });

  test("says that it hung when it was ended for that", async () => {
    const { host, processes } = start([], { patience: { startMs: 1000, beatMs: 100, missed: 3 } });
    await host.load("/m/a.gguf", "a");
    if (processes[0]) processes[0].hung = true;
    const open = host.model.complete(ask("x"), quiet);
    await vi.advanceTimersByTimeAsync(500);
    expect(await open).toMatchObject({ code: "stopped", message: "The model did not answer any more and was stopped." });
  });
});

describe("a model that cannot be loaded", () => {
  test("gives way to the one that worked", async () => {
    const { host, processes } = start();
    await host.load("/m/good.gguf", "good");
    const [process] = processes;
    if (process === undefined) throw new Error("no process");
    process.llama.hold = true;
    const bad = host.load("/m/bad.gguf", "bad");
    await settle();
    process.llama.hold = false;
    process.llama.finish({ kind: "refused", message: "This is not a GGUF model file." });
    expect(await bad).toEqual({ kind: "failed", code: "failed", message: "This is not a GGUF model file.", restoring: "good" });
    await settle();
    expect(host.state()).toMatchObject({ kind: "ready", model: "good" });
    expect(await host.model.complete(ask("x"), quiet)).toMatchObject({ text: "said x" });
    expect(process.llama.calls).toEqual(["load /m/good.gguf", "unload", "load /m/bad.gguf", "load /m/good.gguf", "complete x"]);
  });

  test("and takes the process down on the processor, gives way to the one that worked as well", async () => {
    const { host, processes } = start([], { load: { backends: ["cpu"], contextTokens: 512 }, backOffMs: [0] });
    await host.load("/m/good.gguf", "good");
    if (processes[0]) processes[0].llama.hold = true;
    const bad = host.load("/m/bad.gguf", "bad");
    await settle();
    processes[0]?.crash("SIGABRT");
    expect(await bad).toMatchObject({ kind: "failed", code: "stopped", restoring: "good" });
    await settle();
    expect(host.state()).toMatchObject({ kind: "ready", model: "good" });
    expect(processes[1]?.llama.calls).toEqual(["load /m/good.gguf"]);
  });

  test("because another one was chosen meanwhile, brings nothing back", async () => {
    const { host, processes } = start();
    await host.load("/m/a.gguf", "a");
    if (processes[0]) processes[0].llama.hold = true;
    const b = host.load("/m/b.gguf", "b");
    await settle();
    const c = host.load("/m/c.gguf", "c");
    if (processes[0]) processes[0].llama.hold = false;
    expect(await b).toEqual({ kind: "failed", code: "cancelled", message: "Another model was chosen." });
    expect(await c).toMatchObject({ kind: "loaded" });
    expect(host.state()).toMatchObject({ kind: "ready", model: "c" });
  });
});

describe("a graphics card", () => {
  test("that takes the process down while a model answers is left out from then on, and that is said", async () => {
    const { host, processes } = start([{ backend: "vulkan" }, { backend: "cpu" }], { load: { backends: ["vulkan", "cpu"], contextTokens: 512 }, backOffMs: [0] });
    await host.load("/m/a.gguf", "a");
    if (processes[0]) processes[0].llama.hold = true;
    const open = host.model.complete(ask("x"), quiet);
    await settle();
    processes[0]?.crash("SIGABRT");
    expect(await open).toMatchObject({ code: "stopped" });
    expect(await host.load("/m/a.gguf", "a")).toMatchObject({ kind: "loaded", memory: { backend: "cpu" }, refused: [{ backend: "vulkan", reason: /took the model's process down/ }] });
    expect(processes[1]?.llama.options?.backends).toEqual(["cpu"]);
    host.setBackends(["vulkan", "cpu"]);
    await host.load("/m/b.gguf", "b");
    expect(processes[1]?.llama.options?.backends).toEqual(["vulkan", "cpu"]);
  });

  test("that takes the process down while a model is loaded is left out for the same load", async () => {
    const { host, processes } = start([{ hold: true }, {}], { load: { backends: ["vulkan", "cpu"], contextTokens: 512 }, backOffMs: [0] });
    const load = host.load("/m/a.gguf", "a");
    await settle();
    processes[0]?.crash("SIGSEGV");
    expect(await load).toMatchObject({ kind: "loaded", refused: [{ backend: "vulkan" }] });
    expect(processes[1]?.llama.options?.backends).toEqual(["cpu"]);
  });

  test("is not blamed when somebody ends the process", async () => {
    const { host, processes } = start([{ backend: "vulkan" }], { load: { backends: ["vulkan", "cpu"], contextTokens: 512 }, backOffMs: [0] });
    await host.load("/m/a.gguf", "a");
    if (processes[0]) processes[0].llama.hold = true;
    void host.model.complete(ask("x"), quiet);
    await settle();
    processes[0]?.crash("SIGKILL");
    await settle();
    await host.load("/m/a.gguf", "a");
    expect(processes[1]?.llama.options?.backends).toEqual(["vulkan", "cpu"]);
  });
});

describe("the host", () => {
  test("has the fixed part of the prompt read after each load, and a sentence does not wait for it", async () => {
    const { host, processes } = start([], { fixed: () => Promise.resolve({ system: "rules" }) });
    await host.load("/m/a.gguf", "a");
    await settle();
    const [process] = processes;
    expect(process?.llama.calls).toEqual(["load /m/a.gguf", "prepare rules"]);
    await host.load("/m/b.gguf", "b");
    if (process) process.llama.hold = true;
    await settle();
    const open = host.model.complete(ask("x"), quiet);
    await settle();
    process?.llama.finish({ kind: "text", text: "said", promptTokens: 1, evaluatedTokens: 1, generatedTokens: 1, ms: 1 });
    expect(await open).toMatchObject({ text: "said" });
  });

  test("passes a plan on as it is, and asks for hardware without a model", async () => {
    const { host, processes } = start();
    expect(await host.hardware()).toMatchObject({ backend: "cpu", ram: { total: 2000, free: 1000 } });
    const plan = { gpuLayers: 31, expertLayersOnCpu: 15, kvType: "f16", contextSize: 8192, batchSize: 511 } as const;
    await host.load("/m/a.gguf", "a", plan);
    expect(processes[0]?.llama.options?.plan).toEqual(plan);
    expect(processes).toHaveLength(1);
  });

  test("takes the model away right after an answer at 0 minutes, but leaves one that was loaded ahead its time", async () => {
    const { host } = start([], { idleMinutes: 0 });
    await host.load("/m/a.gguf", "a");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(host.state().kind).toBe("ready");
    await host.model.complete(ask("x"), quiet);
    await vi.advanceTimersByTimeAsync(1);
    expect(host.state()).toEqual({ kind: "idle" });
    await host.load("/m/a.gguf", "a");
    await vi.advanceTimersByTimeAsync(121_000);
    expect(host.state()).toEqual({ kind: "idle" });
  });

  test("keeps the model for ever at 1440 minutes", async () => {
    const { host } = start([], { idleMinutes: 1440, patience: { startMs: 1000, beatMs: 3_600_000, missed: 3 } });
    await host.load("/m/a.gguf", "a");
    await vi.advanceTimersByTimeAsync(30 * 24 * 3_600_000);
    expect(host.state().kind).toBe("ready");
  });
});
