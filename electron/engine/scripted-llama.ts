import type { Completion, CompletionRequest } from "../agent/model.ts";
import type { Llama, LlamaLoad } from "./llama.ts";
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
}

const MEMORY: EngineMemory = { gpu: 0, cpu: 1000, backend: "cpu" };

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
  const llama: ScriptedLlama = {
    calls,
    hold: false,
    waits: () => memo.end !== undefined,
    finish: (outcome) => memo.end?.(outcome),
    progress: (value) => memo.progress(value),
    load: async (path, _options, onProgress, signal) => {
      calls.push(`load ${path}`);
      if (memo.loaded) throw new Error("Two models at once.");
      memo.progress = onProgress;
      const load = await wait<LlamaLoad>(llama, { kind: "loaded", memory: MEMORY, refused: [] }, { kind: "cancelled" }, signal);
      memo.loaded = load.kind === "loaded";
      return load;
    },
    complete: (request: CompletionRequest, signal) => {
      calls.push(`complete ${request.user}`);
      const text: Completion = { kind: "text", text: `said ${request.user}`, promptTokens: 10, evaluatedTokens: 2, generatedTokens: 3, ms: 1 };
      return wait<Completion>(llama, text, { kind: "failed", code: "cancelled", message: "Cancelled." }, signal);
    },
    unload: async () => {
      calls.push("unload");
      memo.loaded = false;
    },
    memory: () => MEMORY,
  };
  return llama;
}
