import { z } from "zod";

/** Raised when either side changes in a way the other cannot read; app and engine always ship together, so they must be equal. */
export const PROTOCOL = 3;

const id = z.int().nonnegative();
const text = z.string().max(2_000_000);
const sentence = z.string().max(2_000);
const count = z.number().nonnegative();

const backend = z.enum(["cuda", "vulkan", "cpu"]);
/** What can run a model, best first. */
export type Backend = z.infer<typeof backend>;

/**
 * Where a model's parts are to go. `gpuLayers` counts the output as one more layer; the experts of the first `expertLayersOnCpu` layers
 * stay in system memory. `bytes` is what the plan expects, to be compared with what is really used.
 */
const placement = z.strictObject({
  gpuLayers: z.int().min(0).max(10_000),
  expertLayersOnCpu: z.int().min(0).max(10_000),
  kvType: z.enum(["f16", "q8_0"]),
  contextSize: z.int().min(256).max(1_048_576),
  batchSize: z.int().min(1).max(8192),
  bytes: z.strictObject({ gpu: count, cpu: count }).optional(),
});
export type Placement = z.infer<typeof placement>;

/**
 * How a model is to be loaded. `plan` absent: planned by the engine from the memory that is free right before the load. `threads` absent:
 * one per processor core. `contextTokens` is what prompt and reply share. `prefixFolder`: where the read beginning of a prompt is kept over
 * an unload; absent: in memory only.
 */
const loadOptions = z.strictObject({
  backends: z.array(backend).min(1),
  contextTokens: z.int().min(256).max(1_048_576),
  plan: placement.optional(),
  threads: z.int().min(1).max(1024).optional(),
  prefixFolder: z.string().min(1).optional(),
});
export type LoadOptions = z.infer<typeof loadOptions>;

const memory = z.object({
  gpu: count,
  cpu: count,
  backend,
  gpuLayers: count.optional(),
  expertLayersOnCpu: count.optional(),
  planned: z.object({ gpu: count, cpu: count }).optional(),
  note: sentence.optional(),
});
const refusal = z.object({ backend, reason: sentence });
/** A backend that was tried and could not be used on this computer, and why. */
export type BackendRefusal = z.infer<typeof refusal>;

const hardware = z.object({
  backend,
  devices: z.array(z.string().max(300)),
  gpu: z.object({ total: count, free: count }),
  ram: z.object({ total: count, free: count }),
  expertsOnCpu: z.boolean(),
  refused: z.array(refusal),
});
/** What models can run on here, in bytes, read now. `expertsOnCpu`: experts can be kept in system memory apart from their layers. `gpu` is 0 without one. */
export type Hardware = z.infer<typeof hardware>;

const state = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("absent") }),
  z.object({ kind: z.literal("starting") }),
  z.object({ kind: z.literal("idle") }),
  z.object({ kind: z.literal("loading"), model: z.string(), progress: z.number().min(0).max(1) }),
  z.object({ kind: z.literal("ready"), model: z.string(), memory }),
  z.object({ kind: z.literal("generating"), model: z.string(), memory }),
  z.object({ kind: z.literal("evicting"), model: z.string() }),
  z.object({ kind: z.literal("failed"), model: z.string().optional(), message: sentence }),
]);

const fixed = { system: text, examples: z.array(z.strictObject({ user: text, reply: text })).max(200).readonly().optional(), plain: z.boolean().optional() };
const request = z.strictObject({
  ...fixed,
  user: text,
  grammar: text,
  labels: z.array(z.string().min(1).max(100)).min(2).max(64).readonly().optional(),
  maxTokens: z.int().min(1).max(4096),
  timeoutMs: z.number().positive(),
});

/** What the host asks of the engine process. Every request has an id, and is answered exactly once under it. */
export const toEngine = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("load"), id, model: z.string().min(1), path: z.string().min(1), options: loadOptions }),
  z.strictObject({ type: z.literal("evict"), id }),
  /** Reads the fixed part of the prompts ahead of the first sentence; given up as soon as anything else is asked. */
  z.strictObject({ type: z.literal("prepare"), id, talk: z.strictObject(fixed) }),
  z.strictObject({ type: z.literal("hardware"), id, backends: z.array(backend).min(1) }),
  z.strictObject({ type: z.literal("complete"), id, request }),
  /** Gives up the `complete` with id `target`; has no answer of its own. */
  z.strictObject({ type: z.literal("cancel"), target: id }),
  z.strictObject({ type: z.literal("status"), id }),
]);
export type ToEngine = z.infer<typeof toEngine>;

const failureCode = z.enum(["no-model", "stopped", "cancelled", "timeout", "busy", "bad-grammar", "failed"]);

/** What the engine process says: an answer under the request's id, or news without one. */
export const fromEngine = z.discriminatedUnion("type", [
  /** Sent once, first. */
  z.object({ type: z.literal("hello"), protocol: z.int() }),
  z.object({ type: z.literal("progress"), id, progress: z.number().min(0).max(1) }),
  z.object({ type: z.literal("loaded"), id, memory, refused: z.array(refusal) }),
  z.object({ type: z.literal("evicted"), id }),
  /** `evaluatedTokens`: what had to be read for it; 0 when it was in memory or on disk already. */
  z.object({ type: z.literal("prepared"), id, evaluatedTokens: count }),
  z.object({ type: z.literal("hardware"), id, hardware }),
  z.object({
    type: z.literal("done"),
    id,
    completion: z.object({ kind: z.literal("text"), text, scores: z.array(z.number()).readonly().optional(), promptTokens: count, evaluatedTokens: count, generatedTokens: count, ms: count }),
  }),
  z.object({ type: z.literal("failed"), id, code: failureCode, message: sentence }),
  /** With an id: the answer to `status`. Without: the state has just changed. */
  z.object({ type: z.literal("state"), id: id.optional(), state }),
]);
export type FromEngine = z.infer<typeof fromEngine>;
