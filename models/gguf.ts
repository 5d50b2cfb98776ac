import { HeaderTrouble, openHeader } from "./gguf-reader.ts";
import type { HeaderReader } from "./gguf-reader.ts";
import { readTensor, readValue } from "./gguf-values.ts";
import type { MetaValue, TensorInfo } from "./gguf-values.ts";

/** Weights of one layer in bytes: those of the experts, and all others. */
export interface LayerBytes {
  readonly dense: number;
  readonly experts: number;
}

/** What the header of a GGUF file says about the model in it. Bytes are bytes; lengths are tokens. */
export interface GgufFacts {
  readonly architecture: string;
  readonly name: string | undefined;
  readonly fileBytes: number;
  readonly parameters: number;
  readonly layers: number;
  /** The longest text the model was made for, in tokens. */
  readonly contextTokens: number;
  readonly vocabulary: number;
  /** Absent for a model without experts. */
  readonly experts: { readonly count: number; readonly used: number } | undefined;
  readonly chatTemplate: boolean;
  readonly weights: { readonly embedding: number; readonly output: number; readonly other: number; readonly layers: readonly LayerBytes[] };
  /** Bytes that one token takes in each layer's cache (16-bit), and how many tokens a layer keeps (undefined: all of them). */
  readonly cache: readonly { readonly bytesPerToken: number; readonly window: number | undefined }[];
}

/** `message` is one sentence that may be shown. */
export type GgufReading =
  | { readonly kind: "ok"; readonly facts: GgufFacts }
  | { readonly kind: "not-gguf" | "cut-off" | "unsupported" | "unreadable"; readonly message: string };

const MAX_KEYS = 4096;
const MAX_TENSORS = 65_536;

/**
 * Reads the header of a GGUF file (versions 2 and 3) without trusting it: bounded reads, no allocation by a stated length, and the
 * place of every tensor compared with the size of the file, so that an unfinished download is recognised. Never throws.
 */
export async function readGguf(path: string): Promise<GgufReading> {
  let reader: HeaderReader | undefined;
  try {
    reader = await openHeader(path);
    return await read(reader);
  } catch (error) {
    if (error instanceof HeaderTrouble) return error.trouble === "cut-off" ? cutOff() : unsupported("Its header is damaged or of a kind that Stint does not know.");
    return { kind: "unreadable", message: unreadable(error) };
  } finally {
    await reader?.close();
  }
}

async function read(reader: HeaderReader): Promise<GgufReading> {
  if (reader.fileBytes < 4 || (await reader.u32()) !== 0x46554747) return { kind: "not-gguf", message: "This is not a GGUF model file." };
  const version = await reader.u32();
  if (version !== 2 && version !== 3) return unsupported("Its GGUF version is not one that Stint can read.");
  const tensorCount = await reader.u64();
  const keyCount = await reader.u64();
  if (tensorCount > MAX_TENSORS || keyCount > MAX_KEYS) return unsupported("Its header is damaged or of a kind that Stint does not know.");
  const meta = new Map<string, MetaValue>();
  for (let i = 0; i < keyCount; i += 1) {
    const key = await reader.string(512);
    const value = await readValue(reader, await reader.u32());
    if (key !== undefined) meta.set(key, value);
  }
  const tensors: TensorInfo[] = [];
  for (let i = 0; i < tensorCount; i += 1) tensors.push(await readTensor(reader));
  const alignment = numberOf(meta, "general.alignment") ?? 32;
  if (alignment < 1 || alignment > 65_536) return unsupported("Its header is damaged or of a kind that Stint does not know.");
  const dataStart = Math.ceil(reader.position() / alignment) * alignment;
  if (tensors.some((tensor) => dataStart + tensor.offset + tensor.bytes > reader.fileBytes)) return cutOff();
  return judge(meta, tensors, reader.fileBytes);
}

/** A whole and honest file may still not be a model that can be asked anything. */
function judge(meta: ReadonlyMap<string, MetaValue>, tensors: readonly TensorInfo[], fileBytes: number): GgufReading {
  const architecture = textOf(meta, "general.architecture");
  if (architecture === undefined || tensors.length === 0) return unsupported("It holds no model.");
  if ((numberOf(meta, "split.count") ?? 1) > 1) return unsupported("It is one part of a model that was split into several files; use the whole file.");
  const layers = numberOf(meta, `${architecture}.block_count`);
  const contextTokens = numberOf(meta, `${architecture}.context_length`);
  if (layers === undefined || layers < 1 || layers > 4096 || contextTokens === undefined || contextTokens < 1) return unsupported("It is not a language model.");
  const tokens = meta.get("tokenizer.ggml.tokens");
  const vocabulary = Array.isArray(tokens) ? tokens.length : typeof tokens === "object" && "count" in tokens ? tokens.count : 0;
  if (vocabulary === 0 || textOf(meta, "tokenizer.ggml.model") === "no_vocab") return unsupported("It holds no vocabulary, so it cannot be used alone.");
  const count = numberOf(meta, `${architecture}.expert_count`) ?? 0;
  return {
    kind: "ok",
    facts: {
      architecture,
      name: textOf(meta, "general.name"),
      fileBytes,
      parameters: tensors.reduce((sum, tensor) => sum + tensor.elements, 0),
      layers,
      contextTokens,
      vocabulary,
      experts: count > 0 ? { count, used: numberOf(meta, `${architecture}.expert_used_count`) ?? 0 } : undefined,
      chatTemplate: meta.has("tokenizer.chat_template"),
      weights: weightsOf(tensors, layers),
      cache: cacheOf(meta, architecture, layers),
    },
  };
}

function weightsOf(tensors: readonly TensorInfo[], layers: number): GgufFacts["weights"] {
  const perLayer = Array.from({ length: layers }, () => ({ dense: 0, experts: 0 }));
  const sums = { embedding: 0, output: 0, other: 0 };
  for (const { name, bytes } of tensors) {
    const layer = perLayer[Number(/^blk\.(\d+)\./.exec(name)?.[1] ?? Number.NaN)];
    if (layer !== undefined) layer[/\.ffn_(up|down|gate|gate_up)_(ch|)exps\./.test(name) ? "experts" : "dense"] += bytes;
    else if (name === "token_embd.weight") sums.embedding += bytes;
    else if (name === "output.weight") sums.output += bytes;
    else sums.other += bytes;
  }
  // Without an output matrix of its own a model uses the embedding for it, which llama.cpp then holds twice.
  return { ...sums, output: sums.output === 0 ? sums.embedding : sums.output, layers: perLayer };
}

/** Bytes per token in a layer: heads × (key length + value length) × 2 bytes; layers that share another's cache store none. */
function cacheOf(meta: ReadonlyMap<string, MetaValue>, architecture: string, layers: number): GgufFacts["cache"] {
  const key = (name: string): string => `${architecture}.${name}`;
  const heads = numberOf(meta, key("attention.head_count")) ?? 1;
  const width = numberOf(meta, key("embedding_length")) ?? 0;
  const headLength = heads > 0 ? width / heads : 0;
  const window = numberOf(meta, key("attention.sliding_window"));
  const pattern = meta.get(key("attention.sliding_window_pattern"));
  const headsKv = meta.get(key("attention.head_count_kv"));
  const sharing = numberOf(meta, key("attention.shared_kv_layers")) ?? 0;
  return Array.from({ length: layers }, (_, i) => {
    const slides = window !== undefined && window > 0 && Array.isArray(pattern) && pattern[i] === 1;
    const suffix = slides ? "_swa" : "";
    const keyLength = numberOf(meta, key(`attention.key_length${suffix}`)) ?? numberOf(meta, key("attention.key_length")) ?? headLength;
    const valueLength = numberOf(meta, key(`attention.value_length${suffix}`)) ?? numberOf(meta, key("attention.value_length")) ?? headLength;
    const kv = Array.isArray(headsKv) ? (headsKv[i] ?? 0) : typeof headsKv === "number" ? headsKv : heads;
    return { bytesPerToken: i >= layers - sharing ? 0 : kv * (keyLength + valueLength) * 2, window: slides ? window : undefined };
  });
}

function numberOf(meta: ReadonlyMap<string, MetaValue>, key: string): number | undefined {
  const value = meta.get(key);
  return typeof value === "number" ? value : undefined;
}

function textOf(meta: ReadonlyMap<string, MetaValue>, key: string): string | undefined {
  const value = meta.get(key);
  return typeof value === "string" ? value : undefined;
}

function cutOff(): GgufReading {
  return { kind: "cut-off", message: "This model file is cut off: the download or the copy did not finish." };
}

function unsupported(why: string): GgufReading {
  return { kind: "unsupported", message: `This file cannot be used. ${why}` };
}

function unreadable(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "There is no file at this place any more.";
  if (code === "EISDIR") return "This is a folder, not a model file.";
  if (code === "EACCES" || code === "EPERM") return "This file may not be read.";
  return "This file could not be read.";
}
