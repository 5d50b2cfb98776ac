import type { Completion } from "../../agent/model.ts";
import { readGguf } from "../../../models/gguf.ts";
import type { Llama, LlamaLoad } from "../llama.ts";
import type { Backend, BackendRefusal, Hardware, LoadOptions } from "../protocol.ts";
import type { EngineMemory } from "../state.ts";
import { openBackend } from "./backend.ts";
import type { Opened } from "./backend.ts";
import { complete } from "./complete.ts";
import { findExperts } from "./experts/experts.ts";
import type { FoundExperts } from "./experts/experts.ts";
import { freeMemory, waitForMemory } from "./free-memory.ts";
import type { Free } from "./free-memory.ts";
import { loadModel, memoryOf } from "./load.ts";
import type { Held } from "./load.ts";
import { fixedPart, readFixedPart } from "./prefix.ts";
import type { FixedPart } from "./prefix.ts";
import { prefixFiles } from "./prefix-files.ts";
import type { PrefixFiles } from "./prefix-files.ts";

interface Here {
  readonly path: string;
  readonly options: LoadOptions;
  readonly opened: Opened;
  readonly held: Held;
  readonly files: PrefixFiles | undefined;
}

const NO_MODEL: Completion = { kind: "failed", code: "no-model", message: "No model is loaded." };
const never = new AbortController().signal;

/** The real `Llama`: node-llama-cpp, imported when the first model is loaded. The only folder that knows that library. */
export function createLlama(): Llama {
  const library = new Library();
  return {
    load: (path, options, onProgress, signal) => library.load(path, options, onProgress, signal),
    complete: async (request, signal) => {
      const { here } = library;
      if (here === undefined) return NO_MODEL;
      const answer = (from: Here): Promise<Completion> => complete(from.opened, from.held, request, library.fixed(from, request), signal);
      try {
        return await answer(here);
      } catch (error) {
        if (signal.aborted || here.opened.backend === "cpu") throw error;
        // A card that fails while a model runs on it is left for good, and the sentence is answered without it.
        const again = await library.leave(here, signal);
        return again === undefined ? { kind: "failed", code: "failed", message: "The graphics card failed, and the model could not be loaded without it." } : answer(again);
      }
    },
    prepare: async (talk, signal) => {
      const { here } = library;
      return here === undefined ? 0 : readFixedPart(here.held, library.fixed(here, talk), here.files, signal);
    },
    unload: () => library.free(),
    memory: () => library.memory(),
    hardware: (backends) => library.hardware(backends),
  };
}

class Library {
  here: Here | undefined;
  #opened: Opened | undefined;
  #openedFor = "";
  #experts: FoundExperts | undefined;
  #fixed: FixedPart | undefined;
  /** What was free before the model that was unloaded last came. */
  #before: Free | undefined;
  /** Backends that failed while they ran a model, until this process ends. */
  readonly #left: BackendRefusal[] = [];

  async load(path: string, options: LoadOptions, onProgress: (progress: number) => void, signal: AbortSignal): Promise<LlamaLoad> {
    await this.free();
    const reading = await readGguf(path);
    if (reading.kind !== "ok") return { kind: "refused", message: reading.message };
    const opened = await this.#open(options.backends);
    if (typeof opened === "string") return { kind: "refused", message: opened };
    if (signal.aborted) return { kind: "cancelled" };
    const { facts } = reading;
    const free = this.#before === undefined ? await freeMemory(opened) : await waitForMemory(() => freeMemory(opened), this.#before, facts.fileBytes);
    this.#before = free;
    const experts = this.#experts ?? { kind: "missing", reason: "The processor runs everything." };
    const held = await loadModel({ opened, path, facts, options, free, experts, onProgress, signal });
    if ("kind" in held) return held;
    const files = options.prefixFolder === undefined ? undefined : prefixFiles({ folder: options.prefixFolder, modelPath: path, version: versionOf(opened, held) });
    this.here = { path, options, opened, held, files };
    return { kind: "loaded", memory: memoryOf(opened, held), refused: this.#refused(opened) };
  }

  async free(): Promise<void> {
    const { here } = this;
    this.here = undefined;
    this.#fixed = undefined;
    await here?.held.model.dispose();
  }

  memory(): EngineMemory {
    if (this.here !== undefined) return memoryOf(this.here.opened, this.here.held);
    return { gpu: 0, cpu: 0, backend: this.#opened?.backend ?? "cpu" };
  }

  async hardware(backends: readonly Backend[]): Promise<Hardware | undefined> {
    const opened = this.here?.opened ?? (await this.#open(backends));
    if (typeof opened === "string") return undefined;
    const { native, backend } = opened;
    const ram = await native.getRamState();
    const vram = backend === "cpu" ? { total: 0, free: 0 } : await native.getVramState();
    return {
      backend,
      devices: backend === "cpu" ? [] : await native.getGpuDeviceNames(),
      gpu: { total: vram.total, free: vram.free },
      ram: { total: ram.total, free: ram.free },
      expertsOnCpu: this.#experts?.kind === "ready",
      refused: this.#refused(opened),
    };
  }

  fixed(here: Here, talk: Parameters<Llama["prepare"]>[0]): FixedPart {
    this.#fixed = fixedPart(here.held, talk, this.#fixed);
    return this.#fixed;
  }

  /** Loads the model again without the backend that failed. */
  async leave({ path, options, opened }: Here, signal: AbortSignal): Promise<Here | undefined> {
    this.#left.push({ backend: opened.backend, reason: "It failed while a model ran on it; Stint does without it until the model's process starts anew." });
    await this.free().catch(() => undefined);
    this.#before = undefined;
    // The plan was for that card.
    const { plan: _plan, ...rest } = options;
    const loaded = await this.load(path, rest, () => undefined, signal.aborted ? never : signal);
    return loaded.kind === "loaded" ? this.here : undefined;
  }

  async #open(backends: readonly Backend[]): Promise<Opened | string> {
    const usable = backends.filter((backend) => !this.#left.some((left) => left.backend === backend));
    const key = usable.join();
    if (this.#opened !== undefined && this.#openedFor === key) return this.#opened;
    await this.#opened?.native.dispose().catch(() => undefined);
    this.#opened = undefined;
    this.#before = undefined;
    const opened = await openBackend(usable.length > 0 ? usable : ["cpu"]);
    if (!("native" in opened)) return `The part of Stint that runs models does not work on this computer. ${opened.refused.at(-1)?.reason ?? ""}`.trim();
    this.#opened = opened;
    this.#openedFor = key;
    this.#experts = opened.backend === "cpu" ? undefined : findExperts(opened.native.llamaCppRelease.release);
    return opened;
  }

  #refused(opened: Opened): BackendRefusal[] {
    return [...this.#left, ...opened.refused];
  }
}

/** A state on disk means something only to the same library with the same layout of keys and values. */
function versionOf({ native, backend }: Opened, { layout, context }: Held): string {
  return JSON.stringify([native.llamaCppRelease.release, backend, layout.gpuLayers, layout.kvType, context.contextSize, context.flashAttention]);
}
