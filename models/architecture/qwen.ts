import { baseFormat, downFormat, expertKeys, layerWriter } from "./layer.ts";
import type { Described, Parts } from "./layer.ts";
import type { Architecture } from "./schema.ts";

type Qwen = Extract<Architecture, { kind: "qwen35" | "qwen35moe" | "qwen3next" }>;

/** What a file of Qwen3.5, Qwen3.6 or Qwen3-Next holds: attention in every `every`-th layer, a gated delta net in the others. */
export function qwenParts(facts: Qwen): Parts {
  const { layers, width, vocabulary, every, attention, recurrent, tied } = facts;
  const table = facts.embedding ?? (tied ? "Q6_K" : "Q4_K");
  const tensors: Described[] = [
    { name: "token_embd.weight", format: table, dimensions: [width, vocabulary] },
    { name: "output_norm.weight", format: "F32", dimensions: [width] },
  ];
  if (!tied) tensors.push({ name: "output.weight", format: "Q6_K", dimensions: [width, vocabulary] });
  for (let i = 0; i < layers; i += 1) tensors.push(...((i + 1) % every === 0 ? attending(facts, i) : remembering(facts, i)), ...feedForward(facts, i));
  return {
    keys: {
      ...(facts.feedForward === undefined ? {} : { feed_forward_length: facts.feedForward }),
      "attention.head_count_kv": attention.keyValue,
      "attention.key_length": attention.length,
      "attention.value_length": attention.length,
      "full_attention_interval": every,
      "ssm.conv_kernel": recurrent.kernel,
      "ssm.inner_size": recurrent.valueHeads * recurrent.length,
      "ssm.state_size": recurrent.length,
      "ssm.time_step_rank": recurrent.valueHeads,
      "ssm.group_count": recurrent.keyHeads,
      ...expertKeys(facts.experts),
      ...(facts.experts === undefined ? {} : { expert_shared_feed_forward_length: facts.experts.shared }),
    },
    tensors,
  };
}

function attending(facts: Qwen, i: number): readonly Described[] {
  const { width, heads, attention } = facts;
  const base = baseFormat(facts.quantisation);
  const { list, norm, matrix } = layerWriter(i);
  norm("attn_norm", width);
  norm("post_attention_norm", width);
  // Each query head brings a gate of its own size.
  matrix("attn_q", base, width, 2 * heads * attention.length);
  matrix("attn_k", base, width, attention.keyValue * attention.length);
  matrix("attn_v", base, width, attention.keyValue * attention.length);
  matrix("attn_output", base, heads * attention.length, width);
  norm("attn_q_norm", attention.length);
  norm("attn_k_norm", attention.length);
  return list;
}

function remembering(facts: Qwen, i: number): readonly Described[] {
  const { width, recurrent } = facts;
  const base = baseFormat(facts.quantisation);
  const keys = recurrent.keyHeads * recurrent.length;
  const values = recurrent.valueHeads * recurrent.length;
  const { list, norm, matrix } = layerWriter(i);
  norm("attn_norm", width);
  norm("post_attention_norm", width);
  matrix("attn_qkv", base, width, 2 * keys + values);
  matrix("attn_gate", base, width, values);
  matrix("ssm_conv1d", "F32", recurrent.kernel, 2 * keys + values);
  list.push({ name: `blk.${i}.ssm_dt.bias`, format: "F32", dimensions: [recurrent.valueHeads] });
  list.push({ name: `blk.${i}.ssm_a`, format: "F32", dimensions: [recurrent.valueHeads] });
  if (facts.kind === "qwen3next") matrix("ssm_ba", base, width, 2 * recurrent.valueHeads);
  else for (const name of ["ssm_beta", "ssm_alpha"]) matrix(name, base, width, recurrent.valueHeads);
  norm("ssm_norm", recurrent.length);
  matrix("ssm_out", base, values, width);
  return list;
}

function feedForward(facts: Qwen, i: number): readonly Described[] {
  const { width, experts } = facts;
  const base = baseFormat(facts.quantisation);
  const down = downFormat(facts, i);
  const { list, norm, matrix } = layerWriter(i);
  if (facts.feedForward !== undefined && experts === undefined) {
    matrix("ffn_gate", base, width, facts.feedForward);
    matrix("ffn_up", base, width, facts.feedForward);
    matrix("ffn_down", down, facts.feedForward, width);
  }
  if (experts !== undefined) {
    matrix("ffn_gate_inp", "F32", width, experts.count);
    matrix("ffn_gate_exps", base, width, experts.width, experts.count);
    matrix("ffn_up_exps", base, width, experts.width, experts.count);
    matrix("ffn_down_exps", down, experts.width, width, experts.count);
    norm("ffn_gate_inp_shexp", width);
    matrix("ffn_gate_shexp", base, width, experts.shared);
    matrix("ffn_up_shexp", base, width, experts.shared);
    matrix("ffn_down_shexp", down, experts.shared, width);
  }
  return list;
}
