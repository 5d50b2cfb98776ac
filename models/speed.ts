import type { Layout } from "./memory.ts";
import type { ModelShape } from "./shape.ts";

/** Tokens a second that may be expected, from `low` to `high`, and where the figures come from. */
export interface Speed {
  readonly low: number;
  readonly high: number;
  readonly basis: string;
}

const GB = 1e9;
/**
 * Bytes a second that weights are really read at while a model writes: from two channels of old memory to fast new ones, and from
 * a small card to a large one. Derived from reported runs of Gemma 4 26B-A4B: 9.3 and 15.6 tokens/s on processors, 156 on a large card.
 */
const RAM_RATE = { low: 18 * GB, high: 42 * GB };
const VRAM_RATE = { low: 110 * GB, high: 390 * GB };
/** Seconds that each layer's way from the card to the processor and back takes: twice a small copy and a wait. */
const HANDOVER = { low: 0.4e-3, high: 2.5e-3 };

const BASIS = "estimated from the bytes read for each token, at 18-42 GB/s from memory and 110-390 GB/s from graphics memory; not measured here";

/** Bytes of weights that are read for each token that is written, in each place: of experts only those that are used. */
export function bytesPerToken(shape: ModelShape, layout: Pick<Layout, "gpuLayers" | "expertLayersOnCpu">): { readonly vram: number; readonly ram: number } {
  const share = shape.experts === undefined || shape.experts.count === 0 ? 1 : shape.experts.used / shape.experts.count;
  const firstOnGpu = layout.gpuLayers === 0 ? shape.layers : Math.max(0, shape.layers + 1 - layout.gpuLayers);
  const sums = { vram: 0, ram: 0 };
  shape.weights.layers.forEach((layer, i) => {
    sums[i >= firstOnGpu ? "vram" : "ram"] += layer.dense;
    sums[i >= firstOnGpu && i >= layout.expertLayersOnCpu ? "vram" : "ram"] += layer.experts * share;
  });
  sums[layout.gpuLayers > 0 ? "vram" : "ram"] += shape.weights.output;
  return sums;
}

/** How fast a layout may be expected to write. Decoding waits for memory, so the time of a token is bytes over bytes a second. */
export function speedOf(shape: ModelShape, layout: Pick<Layout, "gpuLayers" | "expertLayersOnCpu">): Speed {
  const bytes = bytesPerToken(shape, layout);
  const handovers = layout.gpuLayers > shape.layers ? layout.expertLayersOnCpu : layout.gpuLayers > 0 ? 1 : 0;
  const slowest = bytes.ram / RAM_RATE.low + bytes.vram / VRAM_RATE.low + handovers * HANDOVER.high;
  const fastest = bytes.ram / RAM_RATE.high + bytes.vram / VRAM_RATE.high + handovers * HANDOVER.low;
  return { low: rounded(1 / slowest), high: rounded(1 / fastest), basis: BASIS };
}

/** Two digits are all that an estimate of this kind can say. */
function rounded(value: number): number {
  return Number(value.toPrecision(2));
}
