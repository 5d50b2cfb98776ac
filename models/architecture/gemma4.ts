import type { Architecture } from "./schema.ts";
import { baseFormat, downFormat, expertKeys, layerWriter } from "./layer.ts";
import type { Described, Parts } from "./layer.ts";
import { keepsMoreBits } from "../quantisation.ts";

type Gemma4 = Extract<Architecture, { kind: "gemma4" }>;

/** What a Gemma 4 file of these facts holds. */
export function gemma4Parts(facts: Gemma4): Parts {
  const { layers, width, vocabulary, every, sliding, global, sharing, perLayerWidth } = facts;
  const isGlobal = (i: number): boolean => (i + 1) % every === 0;
  const slidingLayers = Array.from({ length: layers }, (_, i) => i).filter((i) => !isGlobal(i));
  const own = layers - sharing;
  const wide = (i: number): number => (i >= own ? (facts.sharingFeedForward ?? facts.feedForward) : facts.feedForward);
  const tensors: Described[] = [
    { name: "token_embd.weight", format: "Q6_K", dimensions: [width, vocabulary] },
    { name: "output_norm.weight", format: "F32", dimensions: [width] },
    { name: "rope_freqs.weight", format: "F32", dimensions: [global.length / 2] },
  ];
  if (perLayerWidth > 0) {
    tensors.push(
      { name: "per_layer_token_embd.weight", format: "Q6_K", dimensions: [perLayerWidth * layers, vocabulary] },
      { name: "per_layer_model_proj.weight", format: "BF16", dimensions: [width, perLayerWidth * layers] },
      { name: "per_layer_proj_norm.weight", format: "F32", dimensions: [perLayerWidth] },
    );
  }
  for (let i = 0; i < layers; i += 1) tensors.push(...gemma4Layer(facts, i, { isGlobal: isGlobal(i), own: i < own, feedForward: wide(i), place: slidingLayers.indexOf(i), slides: slidingLayers.length }));
  return {
    keys: {
      "feed_forward_length": Array.from({ length: layers }, (_, i) => wide(i)),
      "attention.head_count_kv": Array.from({ length: layers }, (_, i) => (isGlobal(i) ? global : sliding).keyValue),
      "attention.sliding_window_pattern": Array.from({ length: layers }, (_, i) => (isGlobal(i) ? 0 : 1)),
      "attention.sliding_window": facts.window,
      "attention.key_length": global.length,
      "attention.value_length": global.length,
      "attention.key_length_swa": sliding.length,
      "attention.value_length_swa": sliding.length,
      "attention.shared_kv_layers": sharing,
      "embedding_length_per_layer_input": perLayerWidth,
      ...expertKeys(facts.experts),
    },
    tensors,
  };
}

interface GemmaLayer {
  readonly isGlobal: boolean;
  readonly own: boolean;
  readonly feedForward: number;
  /** The layer's place among the sliding ones, and how many there are: the quantizer counts value matrices by themselves. */
  readonly place: number;
  readonly slides: number;
}

function gemma4Layer(facts: Gemma4, i: number, { isGlobal, own, feedForward, place, slides }: GemmaLayer): readonly Described[] {
  const { width, heads: queries, perLayerWidth } = facts;
  const { keyValue, length } = isGlobal ? facts.global : facts.sliding;
  const base = baseFormat(facts.quantisation);
  const { list, norm, matrix } = layerWriter(i);
  norm("attn_norm", width);
  matrix("attn_q", base, width, length * queries);
  if (own) matrix("attn_k", base, width, length * keyValue);
  if (own && (!isGlobal || facts.globalValues)) matrix("attn_v", facts.quantisation === "Q4_K_M" && place >= 0 && keepsMoreBits(place, slides) ? "Q6_K" : base, width, length * keyValue);
  matrix("attn_output", base, length * queries, width);
  for (const name of ["attn_q_norm", ...(own ? ["attn_k_norm"] : [])]) norm(name, length);
  for (const name of ["post_attention_norm", "ffn_norm", "post_ffw_norm"]) norm(name, width);
  norm("layer_output_scale", 1);
  matrix("ffn_gate", base, width, feedForward);
  matrix("ffn_up", base, width, feedForward);
  matrix("ffn_down", downFormat(facts, i), feedForward, width);
  if (perLayerWidth > 0) {
    matrix("inp_gate", base, width, perLayerWidth);
    matrix("proj", base, perLayerWidth, width);
    norm("post_norm", width);
  }
  if (facts.experts !== undefined) {
    for (const name of ["post_ffw_norm_1", "post_ffw_norm_2", "pre_ffw_norm_2"]) norm(name, width);
    matrix("ffn_gate_inp", "F32", width, facts.experts.count);
    list.push({ name: `blk.${i}.ffn_gate_inp.scale`, format: "F32", dimensions: [width] });
    matrix("ffn_gate_up_exps", base, width, 2 * facts.experts.width, facts.experts.count);
    matrix("ffn_down_exps", downFormat(facts, i), facts.experts.width, width, facts.experts.count);
    list.push({ name: `blk.${i}.ffn_down_exps.scale`, format: "F32", dimensions: [facts.experts.count] });
  }
  return list;
}
