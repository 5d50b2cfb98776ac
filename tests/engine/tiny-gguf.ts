import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/*
 * Writes small GGUF models with random weights that real llama.cpp loads and runs. They say nothing sensible, which is the point:
 * whatever such a model writes under a grammar comes from the grammar alone.
 */

/** `llama` is plain, `gemma4` has experts and sliding windows, `lfm2` a recurrent memory in all but every third layer. */
export interface TinyModel {
  readonly architecture: "llama" | "gemma4" | "lfm2";
  readonly layers: number;
  readonly width: number;
  readonly chatTemplate?: string;
  readonly contextTokens?: number;
  /** Experts in each layer; gemma4 only. Default 4, of which 2 work on each token. */
  readonly experts?: number;
  /** How far apart the likeliest tokens are: at 1 they can be so close that rounding decides, at 1.5 they are not, at 3 one token wins always. Default 1. */
  readonly sharpness?: number;
}

const U32 = 4;
const I32 = 5;
const F32 = 6;
const BOOL = 7;
const STRING = 8;
const ARRAY = 9;

const u32 = (n: number): Buffer => {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(n);
  return b;
};
const u64 = (n: number): Buffer => {
  const b = Buffer.alloc(8);
  b.writeBigUInt64LE(BigInt(n));
  return b;
};
const f32 = (n: number): Buffer => {
  const b = Buffer.alloc(4);
  b.writeFloatLE(n);
  return b;
};
const string = (s: string): Buffer => {
  const b = Buffer.from(s);
  return Buffer.concat([u64(b.length), b]);
};
const list = (type: number, items: readonly Buffer[]): Buffer => Buffer.concat([u32(type), u64(items.length), ...items]);
const entry = (key: string, type: number, value: Buffer): Buffer => Buffer.concat([string(key), u32(type), value]);

/** Every byte as a token of its own, printable ASCII as single characters, so that any text can be written. */
function vocabulary(): { tokens: string[]; types: number[]; scores: number[] } {
  const tokens = ["<pad>", "<eos>", "<bos>", "<unk>"];
  const types = [3, 3, 3, 2];
  const scores = [0, 0, 0, 0];
  for (let i = 0; i < 256; i += 1) {
    tokens.push(`<0x${i.toString(16).toUpperCase().padStart(2, "0")}>`);
    types.push(6);
    scores.push(0);
  }
  const letters = ["▁", ...Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i))];
  letters.forEach((letter, i) => {
    tokens.push(letter);
    types.push(1);
    scores.push(-1 - i / 100);
  });
  while (tokens.length % 32 !== 0) {
    tokens.push(`<unused${tokens.length}>`);
    types.push(5);
    scores.push(0);
  }
  return { tokens, types, scores };
}

function metadata(model: TinyModel, shape: Shape, words: ReturnType<typeof vocabulary>): Buffer[] {
  const a = model.architecture;
  const whole = (key: string, n: number): Buffer => entry(`${a}.${key}`, U32, u32(n));
  const real = (key: string, n: number): Buffer => entry(`${a}.${key}`, F32, f32(n));
  const out = [
    entry("general.architecture", STRING, string(a)),
    entry("general.name", STRING, string(`tiny-${a}`)),
    whole("block_count", model.layers),
    whole("context_length", model.contextTokens ?? 8192),
    whole("embedding_length", model.width),
    whole("feed_forward_length", shape.ff),
    whole("attention.head_count", shape.heads),
    ...(a === "lfm2" ? [] : [whole("attention.head_count_kv", shape.headsKv)]),
    real("attention.layer_norm_rms_epsilon", 1e-6),
    whole("rope.dimension_count", shape.head),
    entry("tokenizer.ggml.model", STRING, string("llama")),
    entry("tokenizer.ggml.tokens", ARRAY, list(STRING, words.tokens.map(string))),
    entry("tokenizer.ggml.scores", ARRAY, list(F32, words.scores.map(f32))),
    entry("tokenizer.ggml.token_type", ARRAY, list(I32, words.types.map(u32))),
    entry("tokenizer.ggml.bos_token_id", U32, u32(2)),
    entry("tokenizer.ggml.eos_token_id", U32, u32(1)),
    entry("tokenizer.ggml.padding_token_id", U32, u32(0)),
    entry("tokenizer.ggml.unknown_token_id", U32, u32(3)),
  ];
  if (model.chatTemplate !== undefined) out.push(entry("tokenizer.chat_template", STRING, string(model.chatTemplate)));
  if (a === "lfm2") {
    const heads = Array.from({ length: model.layers }, (_, i) => u32(isRecurrent(i) ? 0 : shape.headsKv));
    out.push(whole("shortconv.l_cache", 3), entry(`${a}.attention.head_count_kv`, ARRAY, list(U32, heads)), real("rope.freq_base", 1e6));
  }
  if (a === "gemma4") {
    for (const key of ["key_length", "value_length", "key_length_swa", "value_length_swa"]) out.push(whole(`attention.${key}`, shape.head));
    out.push(
      whole("attention.sliding_window", 128),
      entry(`${a}.attention.sliding_window_pattern`, ARRAY, list(BOOL, Array.from({ length: model.layers }, (_, i) => Buffer.from([isGlobal(i, model) ? 0 : 1])))),
      whole("embedding_length_per_layer_input", 0),
      whole("expert_count", model.experts ?? 4),
      whole("expert_used_count", 2),
      whole("expert_feed_forward_length", shape.expert),
      real("rope.freq_base", 1e6),
      real("rope.freq_base_swa", 1e4),
      real("final_logit_softcapping", 30),
      whole("rope.dimension_count_swa", shape.head),
    );
  }
  return out;
}

interface Shape {
  readonly heads: number;
  readonly headsKv: number;
  readonly head: number;
  readonly ff: number;
  readonly expert: number;
}

function isGlobal(layer: number, model: TinyModel): boolean {
  return layer % 6 === 5 || layer === model.layers - 1;
}

function isRecurrent(layer: number): boolean {
  return layer % 3 !== 2;
}

/** A hybrid layer either remembers the last few tokens or looks at all of them; the rest is the same for both. */
function hybridLayer(layer: number, d: number, kv: number, shape: Shape): { name: string; dims: number[] }[] {
  const recurrent = { "shortconv.conv": [3, d], "shortconv.in_proj": [d, 3 * d], "shortconv.out_proj": [d, d] };
  const attention = { attn_q: [d, d], attn_k: [d, kv], attn_v: [d, kv], attn_output: [d, d], attn_q_norm: [shape.head], attn_k_norm: [shape.head] };
  const both = { attn_norm: [d], ffn_norm: [d], ffn_gate: [d, shape.ff], ffn_up: [d, shape.ff], ffn_down: [shape.ff, d] };
  return Object.entries({ ...both, ...(isRecurrent(layer) ? recurrent : attention) }).map(([name, dims]) => ({ name: `blk.${layer}.${name}.weight`, dims }));
}

function tensorsOf(model: TinyModel, shape: Shape, words: number): { name: string; dims: number[] }[] {
  const d = model.width;
  const q = shape.heads * shape.head;
  const kv = shape.headsKv * shape.head;
  const out = [
    { name: "token_embd.weight", dims: [d, words] },
    { name: model.architecture === "lfm2" ? "token_embd_norm.weight" : "output_norm.weight", dims: [d] },
  ];
  if (model.architecture === "gemma4") out.push({ name: "rope_freqs.weight", dims: [shape.head / 2] });
  if (model.architecture === "lfm2") return [...out, ...Array.from({ length: model.layers }, (_, i) => hybridLayer(i, d, kv, shape)).flat()];
  const experts = model.experts ?? 4;
  for (let i = 0; i < model.layers; i += 1) {
    const add = (name: string, ...dims: number[]): number => out.push({ name: `blk.${i}.${name}`, dims });
    add("attn_norm.weight", d);
    add("attn_q.weight", d, q);
    add("attn_k.weight", d, kv);
    add("attn_v.weight", d, kv);
    add("attn_output.weight", q, d);
    add("ffn_norm.weight", d);
    add("ffn_gate.weight", d, shape.ff);
    add("ffn_up.weight", d, shape.ff);
    add("ffn_down.weight", shape.ff, d);
    if (model.architecture === "llama") continue;
    add("attn_q_norm.weight", shape.head);
    add("attn_k_norm.weight", shape.head);
    add("post_attention_norm.weight", d);
    add("post_ffw_norm.weight", d);
    add("ffn_gate_inp.weight", d, experts);
    add("ffn_gate_inp.scale", d);
    add("pre_ffw_norm_2.weight", d);
    add("post_ffw_norm_1.weight", d);
    add("post_ffw_norm_2.weight", d);
    add("ffn_gate_up_exps.weight", d, shape.expert * 2, experts);
    add("ffn_down_exps.weight", shape.expert, d, experts);
  }
  return out;
}

/** Writes the model unless the file is there already. The same model always gives the same bytes. */
export function writeTinyGguf(path: string, model: TinyModel): string {
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  const head = 32;
  const shape: Shape = { heads: model.width / head, headsKv: model.width / head / 2, head, ff: model.width * 2, expert: model.width };
  const words = vocabulary();
  const tensors = tensorsOf(model, shape, words.tokens.length);
  let offset = 0;
  const infos = tensors.map(({ name, dims }) => {
    const info = Buffer.concat([string(name), u32(dims.length), ...dims.map(u64), u32(0), u64(offset)]);
    offset += Math.ceil((dims.reduce((a, b) => a * b, 1) * 4) / 32) * 32;
    return info;
  });
  const pairs = metadata(model, shape, words);
  const header = Buffer.concat([Buffer.from("GGUF"), u32(3), u64(tensors.length), u64(pairs.length), ...pairs, ...infos]);
  const part = `${path}.${process.pid}.part`;
  const file = openSync(part, "w");
  writeSync(file, header);
  writeSync(file, Buffer.alloc((32 - (header.length % 32)) % 32));
  let seed = 1;
  for (const { name, dims } of tensors) {
    const count = dims.reduce((a, b) => a * b, 1);
    const values = new Float32Array(Math.ceil((count * 4) / 32) * 8);
    const isOne = /norm|scale|rope_freqs/.test(name);
    // The table of tokens is also what the last layer is compared with: larger numbers there spread what a token is worth.
    const spread = name === "token_embd.weight" ? 0.2 * (model.sharpness ?? 1) : 0.2;
    for (let i = 0; i < count; i += 1) {
      seed = (seed * 1664525 + 1013904223) >>> 0;
      values[i] = isOne ? 1 : (seed / 4294967296 - 0.5) * spread;
    }
    writeSync(file, new Uint8Array(values.buffer));
  }
  closeSync(file);
  renameSync(part, path);
  return path;
}
