import { memoryOf } from "./memory.ts";
import type { KvType, Layout, Memory, Place } from "./memory.ts";
import type { ModelShape } from "./shape.ts";
import { speedOf } from "./speed.ts";
import type { Speed } from "./speed.ts";

/** What a plan may use. Bytes; `vramFree` is what the graphics driver reports as free, 0 without a card. Lengths are tokens. */
export interface FitLimits {
  readonly vramFree: number;
  readonly ramFree: number;
  /** Cut to the longest text the model was made for. */
  readonly contextSize: number;
  /** Default 512: what the engine's library reads at a time by itself. */
  readonly batchSize?: number | undefined;
  /** False where experts cannot be kept in system memory apart from their layers; then whole layers are split. Default true. */
  readonly expertsOnCpu?: boolean | undefined;
  /** How keys and values may be kept, best first; a later one is taken only when the model fits by it alone. Default: 16 bits only. */
  readonly kvTypes?: readonly KvType[] | undefined;
  /** Bytes that stay free in each place. Default 1 GiB, llama.cpp's own margin; of memory an eighth where that is less. */
  readonly reserve?: { readonly vram: number; readonly ram: number } | undefined;
}

/**
 * How a model is to be laid out, ready to be applied: `gpuLayers` counts the output as one more layer, as llama.cpp does; the experts
 * of the first `expertLayersOnCpu` layers stay in system memory. `fits`: all in one place, on the card or, without a card, in system
 * memory. `partly`: over both. `too-big`: nowhere; the layout is then the one that lacks least. With `gpuLayers` 0 no graphics backend
 * should be opened: one that is open takes memory for every batch.
 */
export interface FitPlan {
  readonly kind: "fits" | "partly" | "too-big";
  readonly gpuLayers: number;
  readonly expertLayersOnCpu: number;
  readonly kvType: KvType;
  readonly contextSize: number;
  readonly batchSize: number;
  /** Layers of the model, without the output; those of them that have experts. */
  readonly layers: number;
  readonly expertLayers: number;
  readonly memory: Memory;
  readonly free: { readonly vram: number; readonly ram: number };
  readonly speed: Speed;
  readonly sentence: string;
  /** Computed from the header, not tried out. */
  readonly basis: "formula";
}

const GIB = 1024 ** 3;

/** Plans a model whose shape was read from its file or from the catalogue. Pure; refuses nothing, never throws. */
export function planFit(shape: ModelShape, limits: FitLimits): FitPlan {
  const contextSize = Math.max(1, shape.contextTokens > 0 ? Math.min(limits.contextSize, shape.contextTokens) : limits.contextSize);
  const batchSize = Math.max(1, Math.min(limits.batchSize ?? 512, contextSize));
  const kvTypes = limits.kvTypes ?? ["f16"];
  const tries = kvTypes.flatMap((kvType) => layoutsOf(shape, limits).map((layout) => ({ ...layout, kvType, contextSize, batchSize })));
  const measured = tries.map((layout) => ({ layout, memory: withReserve(memoryOf(shape, layout), layout, limits) }));
  const found = measured.find(({ memory }) => memory.vram.total <= limits.vramFree && memory.ram.total <= limits.ramFree);
  const nearest = found ?? leastLacking(measured, limits);
  return finished(shape, nearest.layout, nearest.memory, limits, found !== undefined);
}

/** All ways to lay a model out, fastest first: the fewer bytes are read from system memory for each token, the better. */
function layoutsOf(shape: ModelShape, limits: FitLimits): readonly Pick<Layout, "gpuLayers" | "expertLayersOnCpu">[] {
  const all = shape.layers + 1;
  const onProcessor = { gpuLayers: 0, expertLayersOnCpu: 0 };
  if (limits.vramFree <= 0) return [onProcessor];
  const experts = limits.expertsOnCpu === false ? [] : shape.weights.layers.flatMap((layer, i) => (layer.experts > 0 ? [{ gpuLayers: all, expertLayersOnCpu: i + 1 }] : []));
  const split = Array.from({ length: shape.layers }, (_, i) => ({ gpuLayers: shape.layers - i, expertLayersOnCpu: 0 }));
  return [{ gpuLayers: all, expertLayersOnCpu: 0 }, ...experts, ...split, onProcessor];
}

function withReserve(memory: Memory, layout: Layout, { reserve, ramFree }: FitLimits): Memory {
  const add = (place: Place, overhead: number): Place => ({ ...place, overhead, total: place.total + overhead });
  return { vram: add(memory.vram, layout.gpuLayers > 0 ? (reserve?.vram ?? GIB) : 0), ram: add(memory.ram, reserve?.ram ?? Math.min(GIB, Math.floor(Math.max(0, ramFree) / 8))) };
}

interface Measured {
  readonly layout: Layout;
  readonly memory: Memory;
}

/** The layout that fits the card and lacks the least system memory. The last one needs no card, so there always is one. */
function leastLacking(measured: readonly Measured[], limits: FitLimits): Measured {
  const [first, ...rest] = measured.filter(({ memory }) => memory.vram.total <= limits.vramFree);
  if (first === undefined) throw new Error("A layout without a card needs no graphics memory.");
  return rest.reduce((best, each) => (each.memory.ram.total < best.memory.ram.total ? each : best), first);
}

function finished(shape: ModelShape, layout: Layout, memory: Memory, limits: FitLimits, isFound: boolean): FitPlan {
  const { gpuLayers, expertLayersOnCpu, kvType, contextSize, batchSize } = layout;
  const expertLayers = shape.weights.layers.filter(({ experts }) => experts > 0).length;
  const isWhole = gpuLayers === 0 || (gpuLayers > shape.layers && expertLayersOnCpu === 0);
  const kind = !isFound ? "too-big" : isWhole ? "fits" : "partly";
  const plan = { kind, gpuLayers, expertLayersOnCpu, kvType, contextSize, batchSize, layers: shape.layers, expertLayers, memory, free: { vram: limits.vramFree, ram: limits.ramFree }, speed: speedOf(shape, layout), basis: "formula" } as const;
  return { ...plan, sentence: sentenceOf(plan) };
}

/** The plan in one sentence. Memory is counted in GiB and called GB, as graphics cards are sold. */
function sentenceOf(plan: Omit<FitPlan, "sentence">): string {
  const { memory, free, gpuLayers, expertLayersOnCpu, layers } = plan;
  const card = `${gigabytes(used(memory.vram))} of ${gigabytes(free.vram)} GB graphics memory`;
  const kept = plan.kvType === "f16" ? "" : ", what it remembers in 8 bits";
  if (plan.kind === "too-big") return tooBig(plan);
  if (gpuLayers === 0) return `Fits: ${gigabytes(used(memory.ram))} of ${gigabytes(free.ram)} GB memory, on the processor alone${kept}.`;
  if (expertLayersOnCpu > 0) return `Fits: ${card}, ${expertLayersOnCpu} of ${plan.expertLayers} expert layers in RAM${kept}.`;
  if (gpuLayers > layers) return `Fits: ${card}${kept}.`;
  return `Fits in part: ${card}, ${gpuLayers} of ${layers + 1} layers on the graphics card, the rest in RAM${kept}.`;
}

function tooBig({ memory, free, gpuLayers }: Omit<FitPlan, "sentence">): string {
  const beside = gpuLayers > 0 ? `beside ${gigabytes(used(memory.vram))} GB graphics memory ` : "";
  return `Does not fit: ${beside}it needs ${gigabytes(memory.ram.total)} GB of free memory, and ${gigabytes(Math.max(0, free.ram))} GB is free.`;
}

/** What the model itself takes of a place, without what is kept free beside it. */
function used(place: Place): number {
  return place.total - place.overhead;
}

function gigabytes(bytes: number): string {
  return (bytes / GIB).toFixed(1);
}
