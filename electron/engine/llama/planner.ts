import { planFit } from "../../../models/fit.ts";
import type { GgufFacts } from "../../../models/gguf.ts";
import type { Placement } from "../protocol.ts";
import type { Free } from "./free-memory.ts";

export interface PlanLimits {
  readonly free: Free;
  readonly contextSize: number;
  readonly expertsOnCpu: boolean;
}

/**
 * Tokens read at a time. An abort is seen between two batches, so the processor takes small ones; on a card one less than 512, because
 * the library asks for one more than it is told and 513 would round the sliding windows up.
 */
const BATCH = { card: 511, processor: 256 };

/** Where a model's parts go with what is free right now; undefined when no layout of ours fits, and the library is to find one. */
export function planFor(facts: GgufFacts, { free, contextSize, expertsOnCpu }: PlanLimits): Placement | undefined {
  const plan = planFit(facts, { vramFree: free.vram, ramFree: free.ram, contextSize, expertsOnCpu, batchSize: free.vram > 0 ? BATCH.card : BATCH.processor });
  if (plan.kind === "too-big") return undefined;
  const { gpuLayers, expertLayersOnCpu, kvType, memory } = plan;
  const bytes = { gpu: memory.vram.total - memory.vram.overhead, cpu: memory.ram.total - memory.ram.overhead };
  return { gpuLayers, expertLayersOnCpu, kvType, contextSize: plan.contextSize, batchSize: plan.batchSize, bytes };
}

/** The layout without a plan: the library splits by whole layers with what is free, the experts with their layers. */
export function unplanned(contextSize: number, isCard: boolean): Omit<Placement, "gpuLayers"> {
  return { expertLayersOnCpu: 0, kvType: "f16", contextSize, batchSize: Math.min(contextSize, isCard ? BATCH.card : BATCH.processor) };
}
