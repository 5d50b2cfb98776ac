import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { CompletionRequest } from "../agent/model.ts";
import { fakeProcess } from "./fake-process.ts";
import type { FakeProcess } from "./fake-process.ts";
import { createEngineHost } from "./host.ts";
import type { EngineHost, EngineHostOptions } from "./host.ts";
import { PROTOCOL } from "./protocol.ts";
import type { EngineState } from "./state.ts";

const quiet = new AbortController().signal;
const ask = (user: string, timeoutMs = 60_000): CompletionRequest => ({ system: "s", user, grammar: "g", maxTokens: 10, timeoutMs });

let host: EngineHost | undefined;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(async () => {
  await host?.stop();
  vi.useRealTimers();
});

/** Lets messages and promises run until nothing moves any more, without time passing. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

function start(behaviours: Parameters<typeof fakeProcess>[0][] = [], options: Partial<EngineHostOptions> = {}): { host: EngineHost; processes: FakeProcess[]; states: EngineState["kind"][] } {
  const processes: FakeProcess[] = [];
  const states: EngineState["kind"][] = [];
  const created = createEngineHost({
    spawn: () => {
      const { process, child } = fakeProcess(behaviours[processes.length]);
      processes.push(process);
      return child;
    },
    onState: (state) => states.push(state.kind),
    ...options,
  });
  host = created;
  return { host: created, processes, states };
}

describe("the engine's host", () => {
  test("starts no process before it is asked for something, and none for a request without a model", async () => {
    const { host, processes } = start();
    expect(host.state()).toEqual({ kind: "absent" });
    expect(await host.model.complete(ask("x"), quiet)).toEqual({ kind: "failed", code: "no-model", message: "No model is loaded." });
    expect(processes).toHaveLength(0);
  });

  test("loads, answers and unloads", async () => {
    const { host, states, processes } = start();
    expect(await host.load("/m/a.gguf", "a")).toMatchObject({ kind: "loaded", memory: { cpu: 1000 } });
    expect(await host.model.complete(ask("x"), quiet)).toMatchObject({ kind: "text", text: "said x", promptTokens: 10, evaluatedTokens: 2 });
    await host.unload();
    expect(host.state()).toEqual({ kind: "idle" });
    expect(states).toEqual(["starting", "loading", "ready", "generating", "ready", "evicting", "idle"]);
    expect(await host.model.complete(ask("x"), quiet)).toMatchObject({ code: "no-model" });
    expect(processes).toHaveLength(1);
  });

  test("answers every open request \"stopped\" when the process ends, and brings the model back for the next one", async () => {
    const { host, processes, states } = start();
    await host.load("/m/a.gguf", "a");
    if (processes[0]) processes[0].llama.hold = true;
    const open = host.model.complete(ask("x"), quiet);
    await settle();
    processes[0]?.crash();
    expect(await open).toEqual({ kind: "failed", code: "stopped", message: "The model stopped." });
    expect(host.state()).toEqual({ kind: "failed", model: "a", message: "The model stopped." });
    expect(await host.model.complete(ask("y"), quiet)).toMatchObject({ text: "said y" });
    expect(processes[1]?.llama.calls).toEqual(["load /m/a.gguf", "complete y"]);
    expect(states.at(-1)).toBe("ready");
  });

  test("waits longer before each start while the process keeps ending", async () => {
    const { host, processes } = start([{ hold: true }, { hold: true }, { hold: true }], { backOffMs: [0, 1000, 5000] });
    void host.load("/m/a.gguf", "a");
    await settle();
    processes[0]?.crash();
    await settle();
    void host.load("/m/a.gguf", "a");
    await settle();
    expect(processes).toHaveLength(2);
    processes[1]?.crash();
    await settle();
    const third = host.load("/m/a.gguf", "a");
    await vi.advanceTimersByTimeAsync(999);
    expect(processes).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(processes).toHaveLength(3);
    processes[2]?.llama.finish({ kind: "loaded", memory: { gpu: 0, cpu: 1, backend: "cpu" }, refused: [] });
    expect(await third).toMatchObject({ kind: "loaded" });
  });

  test("a file that cannot be loaded gives its sentence, once, and leaves the host usable", async () => {
    const { host, processes } = start([{ hold: true }]);
    const load = host.load("/m/bad.gguf", "bad");
    await settle();
    processes[0]?.llama.finish({ kind: "refused", message: "This is not a GGUF model file." });
    expect(await load).toEqual({ kind: "failed", code: "failed", message: "This is not a GGUF model file." });
    expect(await host.model.complete(ask("x"), quiet)).toEqual({ kind: "failed", code: "no-model", message: "This is not a GGUF model file." });
    expect(processes[0]?.llama.calls).toEqual(["load /m/bad.gguf"]);
    if (processes[0]) processes[0].llama.hold = false;
    expect(await host.load("/m/good.gguf", "good")).toMatchObject({ kind: "loaded" });
    expect(processes).toHaveLength(1);
  });

  test("ends a process that stops answering, and starts another for the next request", async () => {
    const { host, processes } = start([], { patience: { startMs: 1000, beatMs: 100, missed: 3 } });
    await host.load("/m/a.gguf", "a");
    await vi.advanceTimersByTimeAsync(5000);
    expect(processes[0]?.killed).toBe(false);
    if (processes[0]) processes[0].hung = true;
    const open = host.model.complete(ask("x"), quiet);
    await vi.advanceTimersByTimeAsync(500);
    expect(await open).toMatchObject({ code: "stopped" });
    expect(processes[0]?.killed).toBe(true);
    expect(await host.model.complete(ask("y"), quiet)).toMatchObject({ text: "said y" });
  });

  test("gives up a process that never says hello, or speaks another protocol", async () => {
    const { host, processes } = start([{ deaf: true }, { protocol: PROTOCOL + 1 }, {}], { patience: { startMs: 1000, beatMs: 100_000, missed: 3 }, backOffMs: [0] });
    const first = host.load("/m/a.gguf", "a");
    await vi.advanceTimersByTimeAsync(1000);
    expect(await first).toMatchObject({ kind: "failed", code: "stopped" });
    expect(await host.load("/m/a.gguf", "a")).toMatchObject({ kind: "failed", code: "stopped" });
    expect(await host.load("/m/a.gguf", "a")).toMatchObject({ kind: "loaded" });
    expect(processes.map((process) => process.killed)).toEqual([true, true, false]);
  });

  test("survives a program that cannot be started", async () => {
    const broken = createEngineHost({
      spawn: () => {
        throw new Error("ENOENT");
      },
      onState: () => undefined,
    });
    expect(await broken.load("/m/a.gguf", "a")).toEqual({ kind: "failed", code: "stopped", message: "The part of Stint that runs models could not be started." });
    await broken.stop();
  });

  test("answers \"timeout\" in time, and ends a process that does not let go of the request", async () => {
    const { host, processes } = start([], { graceMs: 2000 });
    await host.load("/m/a.gguf", "a");
    const [process] = processes;
    if (process === undefined) throw new Error("no process");
    process.llama.complete = () => new Promise(() => undefined);
    const open = host.model.complete(ask("x", 1000), quiet);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await open).toMatchObject({ kind: "failed", code: "timeout" });
    expect(process.killed).toBe(false);
    await vi.advanceTimersByTimeAsync(2000);
    expect(process.killed).toBe(true);
    expect(await host.model.complete(ask("y"), quiet)).toMatchObject({ text: "said y" });
  });

  test("cancels a running request at once and keeps the process", async () => {
    const { host, processes } = start();
    await host.load("/m/a.gguf", "a");
    if (processes[0]) processes[0].llama.hold = true;
    const abort = new AbortController();
    const open = host.model.complete(ask("x"), abort.signal);
    await settle();
    abort.abort();
    expect(await open).toMatchObject({ code: "cancelled" });
    await settle();
    expect(host.state().kind).toBe("ready");
    expect(await host.model.complete(ask("z"), abort.signal)).toMatchObject({ code: "cancelled" });
    if (processes[0]) processes[0].llama.hold = false;
    expect(await host.model.complete(ask("y"), quiet)).toMatchObject({ text: "said y" });
    expect(processes).toHaveLength(1);
  });

  test("counts the reload against the request's own time", async () => {
    const { host, processes } = start([{}, { hold: true }]);
    await host.load("/m/a.gguf", "a");
    processes[0]?.crash();
    await settle();
    const open = host.model.complete(ask("x", 500), quiet);
    await vi.advanceTimersByTimeAsync(500);
    expect(await open).toMatchObject({ code: "timeout" });
  });

  test("takes the model out of memory after the idle time, and loads it again for the next request", async () => {
    const { host, processes } = start([], { idleMinutes: 10 });
    await host.load("/m/a.gguf", "a");
    await vi.advanceTimersByTimeAsync(9 * 60_000);
    await host.model.complete(ask("x"), quiet);
    await vi.advanceTimersByTimeAsync(9 * 60_000);
    expect(host.state().kind).toBe("ready");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(host.state()).toEqual({ kind: "idle" });
    expect(await host.model.complete(ask("y"), quiet)).toMatchObject({ text: "said y" });
    expect(processes[0]?.llama.calls).toEqual(["load /m/a.gguf", "complete x", "unload", "load /m/a.gguf", "complete y"]);
    host.setIdleMinutes(1440);
    await vi.advanceTimersByTimeAsync(600 * 60_000);
    expect(host.state().kind).toBe("ready");
  });

  test("switching models twice leaves only the last one, whatever was going on", async () => {
    const { host, processes } = start([{ hold: true }]);
    const a = host.load("/m/a.gguf", "a");
    await settle();
    const b = host.load("/m/b.gguf", "b");
    if (processes[0]) processes[0].llama.hold = false;
    expect(await a).toMatchObject({ kind: "failed", code: "cancelled" });
    expect(await b).toMatchObject({ kind: "loaded" });
    expect(host.state()).toMatchObject({ kind: "ready", model: "b" });
  });

  test("two requests for the same model load it once", async () => {
    const { host, processes } = start();
    const [one, two] = await Promise.all([host.load("/m/a.gguf", "a"), host.load("/m/a.gguf", "a")]);
    expect([one.kind, two.kind]).toEqual(["loaded", "loaded"]);
    expect(processes[0]?.llama.calls).toEqual(["load /m/a.gguf"]);
  });

  test("stopping ends the process and answers what is open", async () => {
    const { host, processes } = start();
    await host.load("/m/a.gguf", "a");
    if (processes[0]) processes[0].llama.hold = true;
    const open = host.model.complete(ask("x"), quiet);
    await settle();
    await host.stop();
    expect(await open).toMatchObject({ code: "stopped" });
    expect(host.state()).toEqual({ kind: "absent" });
    expect(processes[0]?.killed).toBe(true);
    expect(await host.model.complete(ask("y"), quiet)).toMatchObject({ code: "no-model" });
  });
});
