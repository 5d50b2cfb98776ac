import { resolve } from "node:path";
import type { LlamaContext, LlamaContextSequence, LlamaModel } from "node-llama-cpp";
import type { GgufFacts } from "../../../models/gguf.ts";
import type { LlamaLoad } from "../llama.ts";
import type { LoadOptions, Placement } from "../protocol.ts";
import type { EngineMemory } from "../state.ts";
import type { Opened } from "./backend.ts";
import { renderFor } from "./chat.ts";
import type { Render } from "./chat.ts";
import type { FoundExperts } from "./experts/experts.ts";
import { planFor, unplanned } from "./planner.ts";
import type { Free } from "./free-memory.ts";

/** A model in memory, ready to be asked. `layout` is how it really lies; `note` says what could not be done as planned. */
export interface Held {
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly sequence: LlamaContextSequence;
  readonly render: Render;
  readonly layout: Placement;
  readonly note: string | undefined;
}

export interface Loading {
  readonly opened: Opened;
  readonly path: string;
  readonly facts: GgufFacts;
  readonly options: LoadOptions;
  readonly free: Free;
  readonly experts: FoundExperts;
  readonly onProgress: (progress: number) => void;
  readonly signal: AbortSignal;
}

/** One way to lay the model out. `gpuLayers` undefined: whole layers as the library fits them. */
interface Way {
  readonly layout: Omit<Placement, "gpuLayers"> & { readonly gpuLayers: number | undefined };
  /** Why this way is taken and not the one before it. */
  readonly note: string | undefined;
}

type Tried = { readonly kind: "held"; readonly held: Held } | { readonly kind: "cancelled" } | { readonly kind: "no-memory" | "broken" | "not-applied" };

/** Loads by the plan; what cannot be done as planned is done by whole layers, then on the processor, and said. Holds nothing on failure. */
export async function loadModel(loading: Loading): Promise<Held | LlamaLoad> {
  let last: Tried["kind"] = "broken";
  for (const way of waysFor(loading)) {
    const tried = await tryWay(loading, way);
    if (tried.kind === "held") return tried.held;
    if (tried.kind === "cancelled") return { kind: "cancelled" };
    last = tried.kind;
  }
  if (last === "no-memory") return { kind: "refused", message: "There is not enough free memory for this model." };
  return { kind: "refused", message: "This model could not be loaded; the file may be damaged, or of a kind that is newer than this version of Stint." };
}

function waysFor({ opened, options, facts, free, experts }: Loading): readonly Way[] {
  const contextSize = facts.contextTokens > 0 ? Math.min(options.contextTokens, facts.contextTokens) : options.contextTokens;
  const isCard = opened.backend !== "cpu";
  const canKeep = experts.kind === "ready";
  const asked = options.plan;
  const isRefused = asked !== undefined && asked.expertLayersOnCpu > 0 && !canKeep;
  const plan = isRefused ? undefined : (asked ?? planFor(facts, { free, contextSize, expertsOnCpu: canKeep }));
  const without = unplanned(asked?.contextSize ?? contextSize, isCard);
  const processor: Way = { layout: { ...without, gpuLayers: 0 }, note: isCard ? "It does not fit into graphics memory; the processor runs it." : undefined };
  if (!isCard) return [plan === undefined ? processor : { layout: { ...plan, gpuLayers: 0, expertLayersOnCpu: 0 }, note: undefined }, ...(plan === undefined ? [] : [processor])];
  const reason = experts.kind === "missing" && facts.experts !== undefined ? experts.reason : undefined;
  const isKept = plan !== undefined && plan.expertLayersOnCpu > 0;
  const split: Way = { layout: { ...without, gpuLayers: undefined }, note: isKept ? "Its experts could not be kept in system memory; whole layers are split instead." : reason === undefined ? undefined : `${reason} Whole layers are split instead.` };
  return [...(plan === undefined ? [] : [{ layout: plan, note: reason }]), split, processor];
}

async function tryWay(loading: Loading, { layout, note }: Way): Promise<Tried> {
  const { opened, experts, signal } = loading;
  const path = resolve(loading.path);
  const keeps = layout.expertLayersOnCpu > 0;
  let model: LlamaModel | undefined;
  try {
    const load = async (): Promise<LlamaModel> =>
      opened.native.loadModel({
        modelPath: path,
        gpuLayers: layout.gpuLayers ?? { fitContext: { contextSize: layout.contextSize } },
        onLoadProgress: (value) => loading.onProgress(Math.min(1, Math.max(0, value))),
        loadSignal: signal,
        // The library would count the experts to the card; and in mapped files they run slower.
        ...(keeps ? { useMmap: false, ignoreMemorySafetyChecks: true } : {}),
      });
    if (keeps) {
      if (experts.kind === "missing") return { kind: "not-applied" };
      const { value, applied } = await experts.experts.keepInMemory(path, layout.expertLayersOnCpu, load);
      model = value;
      if (!applied) {
        await model.dispose();
        return { kind: "not-applied" };
      }
    } else model = await load();
    const held = await withContext(loading, model, layout);
    return { kind: "held", held: { ...held, note: note ?? comparison(held, layout) } };
  } catch (error) {
    await model?.dispose();
    if (signal.aborted) return { kind: "cancelled" };
    return { kind: error instanceof loading.opened.library.InsufficientMemoryError ? "no-memory" : "broken" };
  }
}

async function withContext({ opened, options, signal }: Loading, model: LlamaModel, layout: Way["layout"]): Promise<Held> {
  const contextSize = Math.min(layout.contextSize, model.trainContextSize);
  // The library takes at least four threads; with more threads than cores they wait for each other, a hundred times slower.
  const threads = options.threads ?? Math.max(1, opened.native.cpuMathCores);
  const kv = layout.kvType === "q8_0" ? { experimentalKvCacheKeyType: "Q8_0", experimentalKvCacheValueType: "Q8_0" } as const : {};
  const context = await model.createContext({ contextSize, sequences: 1, batchSize: Math.min(layout.batchSize, contextSize), threads, createSignal: signal, ...kv });
  const real: Placement = { ...layout, gpuLayers: opened.backend === "cpu" ? 0 : model.gpuLayers, contextSize: context.contextSize, batchSize: context.batchSize };
  return { model, context, sequence: context.getSequence(), render: renderFor(opened.library, model), layout: real, note: undefined };
}

/** Undefined when the graphics memory is used as planned, within a tenth and the few MB that small buffers are rounded up by. */
function comparison(held: Held, { bytes }: Way["layout"]): string | undefined {
  if (bytes === undefined) return undefined;
  const gpu = usedBy(held).gpu;
  return gpu > bytes.gpu * 1.1 + 4e6 ? `It takes ${gigabytes(gpu)} GB of graphics memory; ${gigabytes(bytes.gpu)} GB were planned.` : undefined;
}

function usedBy({ model, context }: Held): { readonly gpu: number; readonly cpu: number } {
  const [weights, rest] = [model.memoryUsage, context.memoryUsage];
  return { gpu: weights.vram + rest.vram, cpu: weights.ram + rest.ram };
}

export function memoryOf({ backend }: Opened, held: Held): EngineMemory {
  const { gpuLayers, expertLayersOnCpu, bytes } = held.layout;
  return { ...usedBy(held), backend, gpuLayers, expertLayersOnCpu, planned: bytes, note: held.note };
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
