import type { GgufFacts } from "./gguf.ts";

/** Bytes. `vramFree` is what the graphics driver reports as free, 0 without one; `context` is in tokens. */
export interface FitLimits {
  readonly vramFree: number;
  readonly ramFree: number;
  readonly context: number;
  /** False where experts cannot be kept in system memory apart from their layers; then whole layers are split. Default true. */
  readonly expertsOnCpu?: boolean | undefined;
}

export type FitFacts = Pick<GgufFacts, "layers" | "vocabulary" | "weights" | "cache">;

/**
 * How a model is to be laid out. `fits`: in one place, all on the card or, without a card, all in system memory. `partly`: over both.
 * `gpuLayers` counts the output as one more layer, as llama.cpp does. `expertLayersOnCpu`: the experts of that many first layers
 * stay in system memory. `basis`: computed from the header, not measured here.
 */
export interface FitPlan {
  readonly kind: "fits" | "partly" | "too-big";
  readonly gpuLayers: number;
  readonly expertLayersOnCpu: number;
  readonly bytes: { readonly vram: Place; readonly ram: Place };
  readonly sentence: string;
  readonly basis: "formula";
}

export interface Place {
  readonly weights: number;
  readonly cache: number;
  readonly compute: number;
  readonly total: number;
}

const MIB = 1024 * 1024;
/** llama.cpp's own margin: drivers, the desktop and other programs take from the same memory. */
const MARGIN = 1024 * MIB;
const BATCH = 512;

/**
 * Bytes of one layout, by the rules llama.cpp allocates by: weights where they are put, cache with the layer it belongs to, and a
 * compute buffer for the logits of one batch on the card whenever any layer is there.
 */
export function bytesOf(facts: FitFacts, layout: { readonly gpuLayers: number; readonly expertLayersOnCpu: number; readonly context: number }): FitPlan["bytes"] {
  const { gpuLayers, expertLayersOnCpu, context } = layout;
  const firstOnGpu = gpuLayers === 0 ? facts.layers : Math.max(0, facts.layers + 1 - gpuLayers);
  const vram = { weights: gpuLayers > 0 ? facts.weights.output + facts.weights.other : 0, cache: 0 };
  const ram = { weights: facts.weights.embedding + (gpuLayers > 0 ? 0 : facts.weights.other), cache: 0 };
  facts.weights.layers.forEach((layer, i) => {
    const isOnGpu = i >= firstOnGpu;
    (isOnGpu ? vram : ram).weights += layer.dense;
    (isOnGpu && i >= expertLayersOnCpu ? vram : ram).weights += layer.experts;
    (isOnGpu ? vram : ram).cache += cacheBytes(facts.cache[i], context);
  });
  const logits = BATCH * facts.vocabulary * 4 + 22 * MIB;
  const isOnCard = gpuLayers > 0;
  return { vram: place(vram, isOnCard ? logits : 0), ram: place(ram, isOnCard ? 24 * MIB : logits) };
}

/** A sliding layer keeps its window and one batch; every cache is rounded up to 256 tokens. */
function cacheBytes(layer: FitFacts["cache"][number] | undefined, context: number): number {
  if (layer === undefined) return 0;
  const tokens = layer.window === undefined ? context : Math.min(context, layer.window + BATCH + 1);
  return Math.ceil(tokens / 256) * 256 * layer.bytesPerToken;
}

function place(sums: { weights: number; cache: number }, compute: number): Place {
  return { ...sums, compute, total: sums.weights + sums.cache + compute };
}

/**
 * Plans where a model's parts go: all on the card when it fits, else the experts of as few layers as needed in system memory, else
 * as many whole layers on the card as fit, else all in system memory, else it is too big. Refuses nothing; pure.
 */
export function planFit(facts: FitFacts, limits: FitLimits): FitPlan {
  const room = limits.vramFree - MARGIN;
  const ramRoom = limits.ramFree - MARGIN;
  const all = facts.layers + 1;
  const layouts: { gpuLayers: number; expertLayersOnCpu: number }[] = [{ gpuLayers: all, expertLayersOnCpu: 0 }];
  const hasExperts = facts.weights.layers.some((layer) => layer.experts > 0);
  if (hasExperts && limits.expertsOnCpu !== false) for (let n = 1; n <= facts.layers; n += 1) layouts.push({ gpuLayers: all, expertLayersOnCpu: n });
  for (let n = all - 1; n > 0; n -= 1) layouts.push({ gpuLayers: n, expertLayersOnCpu: 0 });
  if (room > 0) {
    for (const layout of layouts) {
      const bytes = bytesOf(facts, { ...layout, context: limits.context });
      if (bytes.vram.total > room || bytes.ram.total > ramRoom) continue;
      const isWhole = layout.gpuLayers === all && layout.expertLayersOnCpu === 0;
      return { kind: isWhole ? "fits" : "partly", ...layout, bytes, sentence: sentenceFor(layout, facts.layers, bytes), basis: "formula" };
    }
  }
  const bytes = bytesOf(facts, { gpuLayers: 0, expertLayersOnCpu: 0, context: limits.context });
  const onCpu = { gpuLayers: 0, expertLayersOnCpu: 0, bytes, basis: "formula" } as const;
  if (bytes.ram.total <= ramRoom) return { kind: "fits", ...onCpu, sentence: `Runs on the processor alone, with ${gigabytes(bytes.ram.total)} of memory.` };
  return { kind: "too-big", ...onCpu, sentence: `Too big for this computer: it needs ${gigabytes(bytes.ram.total + MARGIN)} of free memory, and ${gigabytes(Math.max(0, limits.ramFree))} is free.` };
}

function sentenceFor(layout: { gpuLayers: number; expertLayersOnCpu: number }, layers: number, bytes: FitPlan["bytes"]): string {
  const vram = gigabytes(bytes.vram.total);
  if (layout.expertLayersOnCpu > 0) return `Uses ${vram} of graphics memory and ${gigabytes(bytes.ram.total)} of memory: the experts of ${layout.expertLayersOnCpu} of ${layers} layers stay on the processor.`;
  if (layout.gpuLayers > layers) return `Fits into graphics memory: it needs ${vram}.`;
  return `Uses ${vram} of graphics memory and ${gigabytes(bytes.ram.total)} of memory: ${layout.gpuLayers} of ${layers + 1} layers run on the graphics card.`;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
