import type { ModelShape } from "./shape.ts";

/** How keys and values are kept: "f16" takes two bytes a number, "q8_0" a little more than one. */
export type KvType = "f16" | "q8_0";

/**
 * Where a model's parts are put. `gpuLayers` counts the output as one more layer, from the end, as llama.cpp does. The experts of
 * the first `expertLayersOnCpu` layers stay in system memory. Lengths are tokens.
 */
export interface Layout {
  readonly gpuLayers: number;
  readonly expertLayersOnCpu: number;
  readonly kvType: KvType;
  readonly contextSize: number;
  readonly batchSize: number;
  /** Texts that are read side by side; each takes its own room. Default 1. */
  readonly sequences?: number | undefined;
  /** Tokens beyond the batch that the library asks room for in windows. node-llama-cpp asks for 1, llama.cpp's own programs for 0. */
  readonly batchExtra?: number | undefined;
  /** Whether a graphics backend is open. Default: when any layer is on it. One that is open computes batches even for layers elsewhere. */
  readonly card?: boolean | undefined;
}

/** Bytes in one place. `overhead` is kept free for the driver, the desktop and other programs; `total` is the sum of the others. */
export interface Place {
  readonly weights: number;
  readonly cache: number;
  readonly compute: number;
  readonly overhead: number;
  readonly total: number;
}
export interface Memory {
  readonly vram: Place;
  readonly ram: Place;
}

const MIB = 1024 * 1024;

/**
 * Bytes of one layout, by the rules that llama.cpp allocates by: weights where they are put, keys and values with the layer they
 * belong to, and buffers for one batch. Pure; `overhead` is 0, as it is no matter of the model.
 */
export function memoryOf(shape: ModelShape, layout: Layout): Memory {
  const { gpuLayers, expertLayersOnCpu } = layout;
  const { weights } = shape;
  const firstOnGpu = gpuLayers === 0 ? shape.layers : Math.max(0, shape.layers + 1 - gpuLayers);
  const vram = { weights: gpuLayers > 0 ? weights.output + weights.other : 0, cache: 0 };
  const ram = { weights: weights.embedding + (gpuLayers > 0 ? 0 : outputBytes(shape)), cache: 0 };
  weights.layers.forEach((layer, i) => {
    const isOnGpu = i >= firstOnGpu;
    (isOnGpu ? vram : ram).weights += layer.dense;
    (isOnGpu && i >= expertLayersOnCpu ? vram : ram).weights += layer.experts;
    (isOnGpu ? vram : ram).cache += cacheBytes(shape.cache[i], layout);
  });
  return { vram: place(vram, cardCompute(shape, layout)), ram: place(ram, hostCompute(shape, layout)) };
}

/** The output beside the word table, both in system memory: one table serves for both, unless the library copies it. */
function outputBytes({ weights }: ModelShape): number {
  return weights.other + (weights.tied && !weights.copiesOutput ? 0 : weights.output);
}

/** A sliding layer keeps its window and one batch; every cache is rounded up to 256 tokens; recurrent state is one per sequence. */
function cacheBytes(layer: ModelShape["cache"][number] | undefined, layout: Layout): number {
  if (layer === undefined) return 0;
  const sequences = layout.sequences ?? 1;
  const each = Math.ceil(layout.contextSize / sequences);
  const tokens = layer.window === undefined ? each : Math.min(each, layer.window + layout.batchSize + (layout.batchExtra ?? 1));
  const bytesPerToken = layout.kvType === "f16" ? layer.bytesPerToken : (layer.bytesPerToken * 34) / 64;
  return sequences * (padded(tokens) * bytesPerToken + layer.state);
}

function padded(tokens: number): number {
  return Math.ceil(tokens / 256) * 256;
}

function place(sums: { weights: number; cache: number }, compute: number): Place {
  return { ...sums, compute, overhead: 0, total: sums.weights + sums.cache + compute };
}

/** The card's buffer for one batch. Weights that it needs and that lie in system memory are copied through the same buffer. */
function cardCompute(shape: ModelShape, layout: Layout): number {
  const hasCard = layout.card ?? layout.gpuLayers > 0;
  if (!hasCard) return 0;
  const batch = batchBytes(shape, layout);
  if (layout.gpuLayers === 0) return shape.weights.output + batch;
  return Math.max(batch, stagingBytes(shape, layout));
}

/**
 * What computing one batch needs at its fullest: at the end the probabilities of every word for every token with four rows of values
 * beside them, or in the middle of a layer the mask of what each token sees, the two halves of the feed-forward part and five rows of values.
 */
function batchBytes(shape: ModelShape, layout: Layout): number {
  const atTheEnd = 4 * (shape.vocabulary + 4 * shape.width + shape.perLayerWidth);
  const inALayer = 2 * maskedCells(shape, layout) + 8 * shape.feedForward + 4 * (5 * shape.width + shape.perLayerWidth);
  return layout.batchSize * Math.max(atTheEnd, inALayer);
}

/** Tokens that a mask speaks of: those that are kept by layers that see all, and those of a window where there is one. */
function maskedCells(shape: ModelShape, layout: Layout): number {
  const windowed = shape.cache.find(({ window }) => window !== undefined)?.window;
  return padded(layout.contextSize) + (windowed === undefined ? 0 : padded(Math.min(layout.contextSize, windowed + layout.batchSize)));
}

/** Room for the experts that lie in system memory and are copied to the card for one batch. */
function stagingBytes(shape: ModelShape, layout: Layout): number {
  const firstOnGpu = Math.max(layout.expertLayersOnCpu, shape.layers + 1 - layout.gpuLayers);
  const staged = shape.weights.layers.slice(0, firstOnGpu).filter(({ experts }) => experts > 0);
  if (staged.length === 0) return 0;
  const seesAll = shape.cache.slice(0, firstOnGpu).some(({ window, bytesPerToken }) => window === undefined && bytesPerToken > 0);
  const isLong = seesAll && padded(layout.contextSize) >= 16_384;
  return Math.min(...staged.map((layer) => (isLong ? layer.stagedLong : layer.staged))) + 12 * MIB;
}

/** The processor's buffer: masks and the looked-up words beside a card; without one the whole batch. */
function hostCompute(shape: ModelShape, layout: Layout): number {
  if (!(layout.card ?? layout.gpuLayers > 0)) return batchBytes(shape, layout);
  return layout.batchSize * (2 * maskedCells(shape, layout) + 8 * shape.width + 4 * shape.perLayerWidth);
}
