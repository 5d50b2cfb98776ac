import { z } from "zod";

const count = z.int().positive();
const heads = z.strictObject({ keyValue: count, length: count });
const common = {
  layers: count,
  width: count,
  vocabulary: count,
  contextTokens: count,
  heads: count,
  quantisation: z.enum(["Q4_0", "Q4_K_M", "MXFP4"]),
};
const experts = z.strictObject({ count, used: count, width: count });

/** Gemma 4: layers that look back at a window, every `every`-th sees all; some share the keys of others; dense or with experts. */
const gemma4 = z.strictObject({
  kind: z.literal("gemma4"),
  ...common,
  feedForward: count,
  every: count,
  window: count,
  sliding: heads,
  global: heads,
  /** False where global layers use their keys as values: the file then holds no matrix for them. */
  globalValues: z.boolean(),
  sharing: z.int().nonnegative(),
  /** Width of the feed-forward part of the layers that share. */
  sharingFeedForward: count.optional(),
  perLayerWidth: z.int().nonnegative(),
  experts: experts.optional(),
});

/** Qwen3.5 and its kin: every `every`-th layer is attention, the others have a recurrent memory; dense or with experts and a shared one. */
const qwen = z.strictObject({
  kind: z.enum(["qwen35", "qwen35moe", "qwen3next"]),
  ...common,
  every: count,
  attention: heads,
  recurrent: z.strictObject({ keyHeads: count, valueHeads: count, length: count, kernel: count }),
  feedForward: count.optional(),
  experts: experts.extend({ shared: count }).optional(),
  tied: z.boolean(),
  /** The format of the word table, where it is known to differ from what the file's mixture gives it. */
  embedding: z.enum(["Q4_K", "Q6_K"]).optional(),
});

/** gpt-oss: experts in 4-bit floats, everything else in 8 or 16 bits, every second layer looks back at a window. */
const gptOss = z.strictObject({ kind: z.literal("gpt-oss"), ...common, window: count, attention: heads, experts });

/** Any llama-like model without surprises. */
const llama = z.strictObject({ kind: z.literal("llama"), ...common, feedForward: count, attention: heads, tied: z.boolean() });

export const architecture = z.discriminatedUnion("kind", [gemma4, qwen, gptOss, llama]);
/** The facts from which a model's header follows without its file: dimensions and how the file is quantised. */
export type Architecture = z.infer<typeof architecture>;
