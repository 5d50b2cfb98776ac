import { describe, expect, test } from "vitest";
import type { CompletionRequest } from "../agent/model.ts";
import { createEngine } from "./engine.ts";
import type { Engine, LoadRequest } from "./engine.ts";
import { createScriptedLlama } from "./scripted-llama.ts";
import type { ScriptedLlama } from "./scripted-llama.ts";

const quiet = new AbortController().signal;
const ask = (user: string): CompletionRequest => ({ system: "s", user, grammar: "g", maxTokens: 10, timeoutMs: 1000 });
const model = (name: string): LoadRequest => ({ model: name, path: `${name}.gguf`, options: { backends: ["cpu"], contextTokens: 512 } });
const none = (): void => undefined;
const settled = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

function start(): { engine: Engine; llama: ScriptedLlama; states: string[] } {
  const llama = createScriptedLlama();
  const states: string[] = [];
  const engine = createEngine(llama, (state) => states.push("model" in state && state.model !== undefined ? `${state.kind} ${state.model}` : state.kind));
  return { engine, llama, states };
}

describe("the engine", () => {
  test("goes through its states for load, complete and evict", async () => {
    const { engine, states, llama } = start();
    expect(engine.state()).toEqual({ kind: "idle" });
    expect(await engine.load(model("a"), none)).toMatchObject({ kind: "loaded" });
    expect(await engine.complete(ask("x"), quiet)).toMatchObject({ kind: "text", text: "said x" });
    await engine.evict();
    expect(states).toEqual(["loading a", "ready a", "generating a", "ready a", "evicting a", "idle"]);
    expect(llama.calls).toEqual(["load a.gguf", "complete x", "unload"]);
  });

  test("has no model until one is loaded, after one is evicted and after a load failed", async () => {
    const { engine, llama } = start();
    expect(await engine.complete(ask("x"), quiet)).toMatchObject({ code: "no-model" });
    await engine.load(model("a"), none);
    await engine.evict();
    expect(await engine.complete(ask("x"), quiet)).toMatchObject({ code: "no-model" });
    llama.hold = true;
    const load = engine.load(model("b"), none);
    await settled();
    llama.finish({ kind: "refused", message: "This is not a GGUF model file." });
    expect(await load).toEqual({ kind: "refused", message: "This is not a GGUF model file." });
    expect(engine.state()).toEqual({ kind: "failed", model: "b", message: "This is not a GGUF model file." });
    expect(await engine.complete(ask("x"), quiet)).toEqual({ kind: "failed", code: "no-model", message: "This is not a GGUF model file." });
    llama.hold = false;
    expect(await engine.load(model("c"), none)).toMatchObject({ kind: "loaded" });
  });

  test("runs one request after the other; a newer waiting one replaces the older waiting one", async () => {
    const { engine, llama } = start();
    await engine.load(model("a"), none);
    llama.hold = true;
    const first = engine.complete(ask("1"), quiet);
    await settled();
    const second = engine.complete(ask("2"), quiet);
    const third = engine.complete(ask("3"), quiet);
    expect(await second).toMatchObject({ kind: "failed", code: "cancelled" });
    llama.hold = false;
    llama.finish({ kind: "text", text: "one", promptTokens: 1, evaluatedTokens: 1, generatedTokens: 1, ms: 1 });
    expect(await first).toMatchObject({ text: "one" });
    expect(await third).toMatchObject({ text: "said 3" });
    expect(llama.calls.slice(1)).toEqual(["complete 1", "complete 3"]);
  });

  test("stops generating when asked to, and answers the next request", async () => {
    const { engine, llama } = start();
    await engine.load(model("a"), none);
    llama.hold = true;
    const abort = new AbortController();
    const running = engine.complete(ask("1"), abort.signal);
    await settled();
    expect(engine.state().kind).toBe("generating");
    abort.abort();
    expect(await running).toMatchObject({ code: "cancelled" });
    llama.hold = false;
    expect(await engine.complete(ask("2"), quiet)).toMatchObject({ text: "said 2" });
  });

  test("never asks the model about a waiting request that was cancelled", async () => {
    const { engine, llama } = start();
    await engine.load(model("a"), none);
    llama.hold = true;
    const abort = new AbortController();
    const first = engine.complete(ask("1"), quiet);
    const second = engine.complete(ask("2"), abort.signal);
    abort.abort();
    llama.finish({ kind: "failed", code: "failed", message: "x" });
    await first;
    expect(await second).toMatchObject({ code: "cancelled" });
    expect(llama.calls).not.toContain("complete 2");
  });

  test("gives up loading for another model, and holds only the newest of three", async () => {
    const { engine, llama, states } = start();
    llama.hold = true;
    const a = engine.load(model("a"), none);
    await settled();
    const b = engine.load(model("b"), none);
    llama.hold = false;
    const c = engine.load(model("c"), none);
    expect(await a).toEqual({ kind: "cancelled" });
    expect(await b).toEqual({ kind: "cancelled" });
    expect(await c).toMatchObject({ kind: "loaded" });
    expect(llama.calls).toEqual(["load a.gguf", "load c.gguf"]);
    expect(states.at(-1)).toBe("ready c");
  });

  test("frees the old model before the new one is loaded, also in the middle of an answer", async () => {
    const { engine, llama } = start();
    await engine.load(model("a"), none);
    llama.hold = true;
    const running = engine.complete(ask("1"), quiet);
    await settled();
    llama.hold = false;
    const switched = engine.load(model("b"), none);
    expect(await running).toMatchObject({ code: "cancelled" });
    expect(await switched).toMatchObject({ kind: "loaded" });
    expect(llama.calls).toEqual(["load a.gguf", "complete 1", "unload", "load b.gguf"]);
  });

  test("evicts in the middle of loading and of generating", async () => {
    const { engine, llama } = start();
    llama.hold = true;
    const load = engine.load(model("a"), none);
    await settled();
    await engine.evict();
    expect(await load).toEqual({ kind: "cancelled" });
    expect(engine.state()).toEqual({ kind: "idle" });
    llama.hold = false;
    await engine.load(model("a"), none);
    llama.hold = true;
    const running = engine.complete(ask("1"), quiet);
    await settled();
    await engine.evict();
    expect(await running).toMatchObject({ code: "cancelled" });
    expect(engine.state()).toEqual({ kind: "idle" });
  });

  test("loading what is loaded disturbs nobody", async () => {
    const { engine, llama } = start();
    await engine.load(model("a"), none);
    llama.hold = true;
    const running = engine.complete(ask("1"), quiet);
    await settled();
    expect(await engine.load(model("a"), none)).toMatchObject({ kind: "loaded" });
    llama.finish({ kind: "text", text: "one", promptTokens: 1, evaluatedTokens: 1, generatedTokens: 1, ms: 1 });
    expect(await running).toMatchObject({ text: "one" });
    expect(llama.calls).toEqual(["load a.gguf", "complete 1"]);
  });

  test("stays usable when the library throws", async () => {
    const { engine, llama } = start();
    llama.hold = true;
    const load = engine.load(model("a"), none);
    await settled();
    llama.finish(new Error("secret path"));
    expect(await load).toEqual({ kind: "refused", message: "The model could not be loaded." });
    llama.hold = false;
    await engine.load(model("a"), none);
    llama.hold = true;
    const running = engine.complete(ask("1"), quiet);
    await settled();
    llama.finish(new Error("secret text"));
    expect(await running).toEqual({ kind: "failed", code: "failed", message: "The model could not answer." });
    expect(engine.state().kind).toBe("ready");
  });

  test("tells progress in steps of a hundredth and none after it was given up", async () => {
    const { engine, llama, states } = start();
    llama.hold = true;
    const seen: number[] = [];
    const load = engine.load(model("a"), (value) => seen.push(value));
    await settled();
    for (const value of [0.001, 0.5, 0.5001, 1]) llama.progress(value);
    void engine.evict();
    llama.progress(1);
    await load;
    expect(seen).toEqual([0.5, 1]);
    expect(states.filter((state) => state === "loading a")).toHaveLength(3);
  });

  test("reads the fixed part aside, and stops that as soon as a sentence comes", async () => {
    const { engine, llama } = start();
    await engine.load(model("a"), none);
    expect(await engine.prepare({ system: "rules" })).toBe(7);
    llama.hold = true;
    const prepared = engine.prepare({ system: "rules" });
    await settled();
    const answered = engine.complete(ask("1"), quiet);
    expect(await prepared).toBe(3);
    await settled();
    llama.finish({ kind: "text", text: "one", promptTokens: 1, evaluatedTokens: 1, generatedTokens: 1, ms: 1 });
    expect(await answered).toMatchObject({ text: "one" });
    expect(llama.calls).toEqual(["load a.gguf", "prepare rules", "prepare rules", "complete 1"]);
  });

  test("looks at the hardware between two answers, and while a model is loaded only after it", async () => {
    const { engine, llama } = start();
    llama.hold = true;
    const load = engine.load(model("a"), none);
    await settled();
    const hardware = engine.hardware(["vulkan", "cpu"]);
    await settled();
    expect(llama.calls).toEqual(["load a.gguf"]);
    llama.hold = false;
    llama.finish({ kind: "loaded", memory: { gpu: 0, cpu: 1, backend: "cpu" }, refused: [] });
    await load;
    expect(await hardware).toMatchObject({ backend: "cpu" });
    expect(llama.calls).toEqual(["load a.gguf", "hardware vulkan,cpu"]);
  });

  test("says the same about a loaded model when it is loaded again", async () => {
    const { engine, llama } = start();
    llama.hold = true;
    const load = engine.load(model("a"), none);
    await settled();
    const refused = [{ backend: "cuda", reason: "No NVIDIA driver was found." }] as const;
    llama.finish({ kind: "loaded", memory: { gpu: 0, cpu: 1000, backend: "cpu" }, refused });
    await load;
    expect(await engine.load(model("a"), none)).toEqual({ kind: "loaded", memory: { gpu: 0, cpu: 1000, backend: "cpu" }, refused });
  });
});
