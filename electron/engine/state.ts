/** The life of the engine process and of the one model it may hold. */
export type EngineState =
  | { readonly kind: "absent" }
  | { readonly kind: "starting" }
  | { readonly kind: "idle" }
  | { readonly kind: "loading"; readonly model: string; readonly progress: number }
  | { readonly kind: "ready"; readonly model: string; readonly memory: EngineMemory }
  | { readonly kind: "generating"; readonly model: string; readonly memory: EngineMemory }
  | { readonly kind: "evicting"; readonly model: string }
  | { readonly kind: "failed"; readonly model?: string | undefined; readonly message: string };

/**
 * Bytes that the loaded model and its context hold, as llama.cpp reports them, and the backend that runs them. `gpuLayers` and
 * `expertLayersOnCpu` say how it was really laid out, `planned` what was expected; `note` is one sentence when the two differ or a
 * better way could not be taken.
 */
export interface EngineMemory {
  readonly gpu: number;
  readonly cpu: number;
  readonly backend: "cuda" | "vulkan" | "cpu";
  readonly gpuLayers?: number | undefined;
  readonly expertLayersOnCpu?: number | undefined;
  readonly planned?: { readonly gpu: number; readonly cpu: number } | undefined;
  readonly note?: string | undefined;
}
