import type * as NodeLlamaCpp from "node-llama-cpp";
import type { Llama as Native } from "node-llama-cpp";
import type { Backend, BackendRefusal } from "../protocol.ts";
import { whyNotFound } from "./refusal.ts";

type Library = typeof NodeLlamaCpp;

/** The library, ready on the best backend that works here; `refused` says why better ones are not used. */
export interface Opened {
  readonly library: Library;
  readonly native: Native;
  readonly backend: Backend;
  readonly refused: readonly BackendRefusal[];
}

/**
 * Loads the inference library and takes the first of `backends` that works on this computer. Only binaries that came with the app
 * are used; nothing is ever compiled or downloaded. Undefined when not even the processor can be used.
 */
export async function openBackend(backends: readonly Backend[]): Promise<Opened | { readonly refused: readonly BackendRefusal[] }> {
  const library = await import("node-llama-cpp");
  const refused: BackendRefusal[] = [];
  for (const backend of backends) {
    try {
      const native = await library.getLlama({
        gpu: backend === "cpu" ? false : backend,
        build: "never",
        skipDownload: true,
        progressLogs: false,
        logLevel: library.LlamaLogLevel.error,
        logger: () => undefined,
      });
      if (backend === "cpu" || (await native.getGpuDeviceNames()).length > 0) return { library, native, backend, refused };
      await native.dispose();
      refused.push({ backend, reason: "No graphics device was found." });
    } catch (error) {
      refused.push({ backend, reason: reasonOf(backend, error) });
    }
  }
  return { refused };
}

function reasonOf(backend: Backend, error: unknown): string {
  if (!(error instanceof Error)) return "It does not start here.";
  // The library says the same whether its files, the driver or the driver's own libraries are missing.
  if (error.name === "NoBinaryFoundError" || error.message === "NoBinaryFoundError") return whyNotFound(backend);
  return (error.message.split("\n")[0] ?? error.name).slice(0, 300);
}
