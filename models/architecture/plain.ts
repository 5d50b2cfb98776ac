import { baseFormat, downFormat, expertKeys, layerWriter } from "./layer.ts";
import type { Described, Parts } from "./layer.ts";
import type { Architecture } from "./schema.ts";
import { keepsMoreBits } from "../quantisation.ts";

/** What a gpt-oss file holds: experts in 4-bit floats, everything else in 8 bits, biases throughout. */
export function gptOssParts(facts: Extract<Architecture, { kind: "gpt-oss" }>): Parts {
  const { layers, width, vocabulary, heads, attention, experts } = facts;
  const tensors: Described[] = [
    { name: "token_embd.weight", format: "Q8_0", dimensions: [width, vocabulary] },
    { name: "output.weight", format: "Q8_0", dimensions: [width, vocabulary] },
    { name: "output_norm.weight", format: "F32", dimensions: [width] },
  ];
  for (let i = 0; i < layers; i += 1) {
    const { list, norm, matrix } = layerWriter(i);
    const bias = (name: string, ...dimensions: number[]): number => list.push({ name: `blk.${i}.${name}.bias`, format: "F32", dimensions });
    const keys = attention.keyValue * attention.length;
    norm("attn_norm", width);
    norm("post_attention_norm", width);
    norm("attn_sinks", heads);
    for (const [name, out] of [["attn_q", heads * attention.length], ["attn_k", keys], ["attn_v", keys]] as const) {
      matrix(name, "Q8_0", width, out);
      bias(name, out);
    }
    matrix("attn_output", "Q8_0", heads * attention.length, width);
    bias("attn_output", width);
    matrix("ffn_gate_inp", "F32", width, experts.count);
    bias("ffn_gate_inp", experts.count);
    for (const name of ["ffn_gate_exps", "ffn_up_exps"]) {
      matrix(name, "MXFP4", width, experts.width, experts.count);
      bias(name, experts.width, experts.count);
    }
    matrix("ffn_down_exps", "MXFP4", experts.width, width, experts.count);
    bias("ffn_down_exps", width, experts.count);
    tensors.push(...list);
  }
  const keys = {
    "attention.head_count_kv": attention.keyValue,
    "attention.key_length": attention.length,
    "attention.value_length": attention.length,
    "attention.sliding_window": facts.window,
    ...expertKeys(experts),
  };
  return { keys, tensors };
}

/** What a file of the llama kind holds: attention and a feed-forward part in every layer. */
export function llamaParts(facts: Extract<Architecture, { kind: "llama" }>): Parts {
  const { layers, width, vocabulary, heads, attention, feedForward, tied } = facts;
  const base = baseFormat(facts.quantisation);
  const keys = attention.keyValue * attention.length;
  const tensors: Described[] = [
    { name: "token_embd.weight", format: tied ? "Q6_K" : base, dimensions: [width, vocabulary] },
    { name: "output_norm.weight", format: "F32", dimensions: [width] },
  ];
  if (!tied) tensors.push({ name: "output.weight", format: "Q6_K", dimensions: [width, vocabulary] });
  for (let i = 0; i < layers; i += 1) {
    const { list, norm, matrix } = layerWriter(i);
    norm("attn_norm", width);
    norm("ffn_norm", width);
    matrix("attn_q", base, width, heads * attention.length);
    matrix("attn_k", base, width, keys);
    matrix("attn_v", facts.quantisation === "Q4_K_M" && keepsMoreBits(i, layers) ? "Q6_K" : base, width, keys);
    matrix("attn_output", base, heads * attention.length, width);
    matrix("ffn_gate", base, width, feedForward);
    matrix("ffn_up", base, width, feedForward);
    matrix("ffn_down", downFormat(facts, i), feedForward, width);
    tensors.push(...list);
  }
  return { keys: { "feed_forward_length": feedForward, "attention.head_count_kv": attention.keyValue }, tensors };
}
