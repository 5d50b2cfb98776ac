import type { Completion, CompletionRequest } from "../agent/model.ts";
import type { Backend, BackendRefusal, Hardware, LoadOptions } from "./protocol.ts";
import type { EngineMemory } from "./state.ts";

/** `cancelled`: given up through the signal, nothing is held. `refused`: one sentence why this file cannot be loaded, nothing is held. */
export type LlamaLoad =
  | { readonly kind: "loaded"; readonly memory: EngineMemory; readonly refused: readonly BackendRefusal[] }
  | { readonly kind: "cancelled" }
  | { readonly kind: "refused"; readonly message: string };

/** The part of a request that is the same for every sentence. */
export type FixedTalk = Pick<CompletionRequest, "system" | "examples" | "plain">;

/** The inference library as the engine needs it: at most one model, one call at a time. Expected failures are returned. */
export interface Llama {
  load(path: string, options: LoadOptions, onProgress: (progress: number) => void, signal: AbortSignal): Promise<LlamaLoad>;
  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion>;
  /** Reads the fixed part ahead and gives how many tokens that took; what was read before the signal came stays. */
  prepare(talk: FixedTalk, signal: AbortSignal): Promise<number>;
  /** Frees everything the model holds; returns when it is gone. */
  unload(): Promise<void>;
  memory(): EngineMemory;
  /** Undefined when not even the processor can run models. */
  hardware(backends: readonly Backend[]): Promise<Hardware | undefined>;
}
