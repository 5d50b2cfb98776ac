import type { Completion, CompletionRequest } from "../agent/model.ts";
import type { Llama, LlamaLoad } from "./llama.ts";
import type { Backend, LoadOptions } from "./protocol.ts";
import type { EngineMemory } from "./state.ts";

/** A `Llama` whose every call waits until the test lets it go on; for the state machine, the server and the host. */
export interface ScriptedLlama extends Llama {
  /** What was called, in order: "load a.gguf", "complete hello", "unload". */
  readonly calls: readonly string[];
  /** Lets the call that waits end with this, instead of by itself. */
  finish(outcome: LlamaLoad | Completion | Error): void;
  /** True while a call waits. */
  waits(): boolean;
  progress(value: number): void;
  /** False: calls end at once with success. */
  hold: boolean;
  /** What it says a loaded model runs on. */
  backend: Backend;
  /** What the last load was asked to go by. */
  options: LoadOptions | undefined;
}


export function createScriptedLlama(): ScriptedLlama {
  const calls: string[] = [];
  const memo: { end: ((outcome: LlamaLoad | Completion | Error) => void) | undefined; progress: (value: number) => void; loaded: boolean } = { end: undefined, progress: () => undefined, loaded: false };

  /** Ends by `finish`, or by the signal: then with `aborted`. */
  const wait = <T extends LlamaLoad | Completion>(llama: ScriptedLlama, done: T, aborted: T, signal: AbortSignal): Promise<T> => {
    if (!llama.hold) return Promise.resolve(done);
    return new Promise<T>((resolve, reject) => {
      memo.end = (outcome) => {
        memo.end = undefined;
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome as T);
      };
      signal.addEventListener("abort", () => memo.end?.(aborted), { once: true });
    });
  };
  const memory = (): EngineMemory => ({ gpu: 0, cpu: 1000, backend: llama.backend });
  const llama: ScriptedLlama = {
    calls,
    hold: false,
    backend: "cpu",
    options: undefined,
    waits: () => memo.end !== undefined,
    finish: (outcome) => memo.end?.(outcome),
    progress: (value) => memo.progress(value),
    load: async (path, options, onProgress, signal) => {
      calls.push(`load ${path}`);
      llama.options = options;
      if (memo.loaded) throw new Error("Two models at once.");
      memo.progress = onProgress;
      const load = await wait<LlamaLoad>(llama, { kind: "loaded", memory: memory(), refused: [] }, { kind: "cancelled" }, signal);
      memo.loaded = load.kind === "loaded";
      return load;
    },
    complete: (request: CompletionRequest, signal) => {
      calls.push(`complete ${request.user}`);
      const text: Completion = { kind: "text", text: `said ${request.user}`, promptTokens: 10, evaluatedTokens: 2, generatedTokens: 3, ms: 1 };
      return wait<Completion>(llama, text, { kind: "failed", code: "cancelled", message: "Cancelled." }, signal);
    },
    prepare: (talk, signal) => {
      calls.push(`prepare ${talk.system}`);
      if (!llama.hold) return Promise.resolve(7);
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve(3), { once: true }));
    },
    hardware: async (backends) => {
      calls.push(`hardware ${backends.join()}`);
      return { backend: "cpu", devices: [], gpu: { total: 0, free: 0 }, ram: { total: 2000, free: 1000 }, expertsOnCpu: false, refused: [] };
    },
    unload: async () => {
      calls.push("unload");
      memo.loaded = false;
    },
    memory,
  };
  return llama;
}
