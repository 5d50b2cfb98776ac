import type { MetaValue, TensorInfo } from "./gguf-values.ts";

/**
 * Weights of one layer in bytes: those of the experts, and all others. `staged`: how much of the experts is copied to the card at
 * once when they lie in system memory and a batch is read there; `stagedLong`: the same for texts of 16,384 tokens and more.
 */
export interface LayerBytes {
  readonly dense: number;
  readonly experts: number;
  readonly staged: number;
  readonly stagedLong: number;
}

/**
 * What one layer remembers. `bytesPerToken` with 16-bit keys and values; `window`: how many tokens it keeps (undefined: all of them);
 * `state`: bytes for each sequence, whatever its length (recurrent layers).
 */
export interface LayerCache {
  readonly bytesPerToken: number;
  readonly window: number | undefined;
  readonly state: number;
}

/**
 * All that memory and speed depend on. Bytes are bytes, lengths are tokens. `weights.embedding` is looked up in system memory
 * wherever the layers are; `weights.output` is the last matrix, a second copy of the embedding when `tied`. `copiesOutput`: that copy
 * is made even where both lie in system memory.
 */
export interface ModelShape {
  readonly layers: number;
  readonly width: number;
  readonly vocabulary: number;
  readonly contextTokens: number;
  /** Values of the per-layer embeddings of one token, 0 without them. */
  readonly perLayerWidth: number;
  /** Values between the two halves of a layer's feed-forward part, of all experts that work on one token together. */
  readonly feedForward: number;
  readonly experts: { readonly count: number; readonly used: number } | undefined;
  readonly weights: { readonly embedding: number; readonly output: number; readonly tied: boolean; readonly copiesOutput: boolean; readonly other: number; readonly layers: readonly LayerBytes[] };
  readonly cache: readonly LayerCache[];
}

/** A header as read from a file, or as the catalogue's facts say it would be. */
export interface Header {
  readonly meta: ReadonlyMap<string, MetaValue>;
  readonly tensors: readonly Pick<TensorInfo, "name" | "elements" | "bytes">[];
}

/** The tables that llama.cpp looks tokens up in; it keeps them in system memory whatever the layout. */
const INPUT_TABLES = new Set(["token_embd.weight", "per_layer_token_embd.weight", "position_embd.weight", "token_types.weight"]);
/** Weights with names of their own that llama.cpp counts to the first layer. */
const FIRST_LAYER = /^per_layer_(model_proj|proj_norm)\./;
const EXPERT = /\.ffn_(up|down|gate|gate_up)_(ch|)exps\./;

/** Architectures that llama.cpp gives an output matrix before it knows that the word table can serve for it. */
const OUTPUT_FIRST = new Set(["gemma3n", "gemma4"]);

/** Every how many layers one sees the whole text, where the file does not say: llama.cpp's own defaults. `first`: it is the first of them. */
const PERIODS: ReadonlyMap<string, { readonly period: number; readonly first?: boolean }> = new Map([
  ["gemma2", { period: 2 }],
  ["gemma3", { period: 6 }],
  ["gemma3n", { period: 5 }],
  ["gpt-oss", { period: 2 }],
  ["cohere2", { period: 4 }],
  ["exaone4", { period: 4 }],
  ["llama4", { period: 4 }],
  ["olmo2", { period: 4 }],
  ["afmoe", { period: 4 }],
  ["plamo3", { period: 8 }],
  ["mellum", { period: 4 }],
  ["smallthinker", { period: 4, first: true }],
]);

/** What a header says about memory. Layers that only guess ahead (multi-token prediction) are left out: they are not loaded. */
export function shapeOf({ meta, tensors }: Header): ModelShape {
  const architecture = textOf(meta, "general.architecture") ?? "";
  const key = (name: string): string => `${architecture}.${name}`;
  const layers = Math.max(0, (numberOf(meta, key("block_count")) ?? 0) - (numberOf(meta, key("nextn_predict_layers")) ?? 0));
  const count = numberOf(meta, key("expert_count")) ?? 0;
  const used = numberOf(meta, key("expert_used_count")) ?? 0;
  return {
    layers,
    width: numberOf(meta, key("embedding_length")) ?? 0,
    vocabulary: vocabularyOf(meta),
    contextTokens: numberOf(meta, key("context_length")) ?? 0,
    perLayerWidth: (numberOf(meta, key("embedding_length_per_layer_input")) ?? 0) * layers,
    feedForward: Math.max(largestOf(meta, key("feed_forward_length")), count > 0 ? used * largestOf(meta, key("expert_feed_forward_length")) : 0),
    experts: count > 0 ? { count, used } : undefined,
    weights: weightsOf(tensors, layers, architecture),
    cache: cacheOf(meta, architecture, layers, tensors),
  };
}

type Sized = Pick<TensorInfo, "name" | "bytes">;

function weightsOf(tensors: Header["tensors"], layers: number, architecture: string): ModelShape["weights"] {
  const perLayer = Array.from({ length: layers }, (): { dense: number; readonly experts: Sized[] } => ({ dense: 0, experts: [] }));
  const sums = { embedding: 0, output: 0, other: 0 };
  const words = tensors.find(({ name }) => name === "token_embd.weight")?.bytes ?? 0;
  for (const { name, bytes } of tensors) {
    const number = FIRST_LAYER.test(name) ? 0 : Number(/^blk\.(\d+)\./.exec(name)?.[1] ?? Number.NaN);
    const layer = perLayer[number];
    if (layer !== undefined && EXPERT.test(name)) layer.experts.push({ name, bytes });
    else if (layer !== undefined) layer.dense += bytes;
    else if (INPUT_TABLES.has(name)) sums.embedding += bytes;
    else if (name === "output.weight") sums.output += bytes;
    else if (Number.isNaN(number)) sums.other += bytes;
  }
  const tied = sums.output === 0;
  return { ...sums, output: tied ? words : sums.output, tied, copiesOutput: tied && OUTPUT_FIRST.has(architecture), layers: perLayer.map((layer) => ({ dense: layer.dense, ...expertsOf(layer.experts) })) };
}

/**
 * What one batch copies at once follows from how llama.cpp cuts its graph: experts with scales or biases of their own are copied one
 * matrix after the other, others all together. Long texts leave no gap for that, and then a fused pair is copied together too.
 */
function expertsOf(tensors: readonly Sized[]): Omit<LayerBytes, "dense"> {
  const experts = tensors.reduce((sum, { bytes }) => sum + bytes, 0);
  const apart = tensors.some(({ name }) => !name.endsWith(".weight"));
  const staged = apart ? tensors.reduce((most, { bytes }) => Math.max(most, bytes), 0) : experts;
  return { experts, staged, stagedLong: tensors.some(({ name }) => name.includes("gate_up")) ? experts : staged };
}

/** Keys and values: heads × (key length + value length) × 2 bytes; layers that share another's store none. */
function cacheOf(meta: Header["meta"], architecture: string, layers: number, tensors: Header["tensors"]): ModelShape["cache"] {
  const key = (name: string): string => `${architecture}.${name}`;
  const number = (name: string): number | undefined => numberOf(meta, key(name));
  const headCount = meta.get(key("attention.head_count"));
  const heads = typeof headCount === "number" ? headCount : Array.isArray(headCount) ? (headCount[0] ?? 1) : 1;
  const headLength = heads > 0 ? (number("embedding_length") ?? 0) / heads : 0;
  const headsKv = meta.get(key("attention.head_count_kv"));
  const sharing = number("attention.shared_kv_layers") ?? 0;
  const recurrent = recurrentLayers(tensors);
  const state = stateBytes(meta, architecture);
  return Array.from({ length: layers }, (_, i): LayerCache => {
    const window = windowOf(meta, architecture, i);
    const suffix = window === undefined ? "" : "_swa";
    const keyLength = number(`attention.key_length${suffix}`) ?? number("attention.key_length") ?? headLength;
    const valueLength = number(`attention.value_length${suffix}`) ?? number("attention.value_length") ?? headLength;
    const kv = Array.isArray(headsKv) ? (headsKv[i] ?? 0) : typeof headsKv === "number" ? headsKv : heads;
    const kind = recurrent.get(i);
    const attends = kind !== "only" && i < layers - sharing;
    return { bytesPerToken: attends ? kv * (keyLength + valueLength) * 2 : 0, window, state: kind === undefined ? 0 : state };
  });
}

/** How many tokens layer `i` looks back at; undefined for all of them. */
function windowOf(meta: Header["meta"], architecture: string, i: number): number | undefined {
  const window = numberOf(meta, `${architecture}.attention.sliding_window`);
  if (window === undefined || window <= 0) return undefined;
  const pattern = meta.get(`${architecture}.attention.sliding_window_pattern`);
  if (Array.isArray(pattern)) return pattern[i] === 1 ? window : undefined;
  const known = PERIODS.get(architecture);
  const period = typeof pattern === "number" ? pattern : known?.period;
  if (period === undefined || period < 1) return undefined;
  const sees = known?.first === true ? i % period === 0 : i % period === period - 1;
  return sees ? undefined : window;
}

/** Layers with a recurrent memory: "only" that, or "also" attention. */
function recurrentLayers(tensors: Header["tensors"]): ReadonlyMap<number, "only" | "also"> {
  const remembers = new Set<number>();
  const attends = new Set<number>();
  for (const { name } of tensors) {
    const layer = Number(/^blk\.(\d+)\.(?:ssm_|shortconv\.)/.exec(name)?.[1] ?? Number.NaN);
    if (!Number.isNaN(layer)) remembers.add(layer);
    const attending = Number(/^blk\.(\d+)\.attn_k\./.exec(name)?.[1] ?? Number.NaN);
    if (!Number.isNaN(attending)) attends.add(attending);
  }
  return new Map([...remembers].map((layer) => [layer, attends.has(layer) ? "also" : "only"] as const));
}

/** Bytes that a recurrent layer keeps for one sequence, in 32-bit numbers: its last inputs and its state. */
function stateBytes(meta: Header["meta"], architecture: string): number {
  const number = (name: string): number => numberOf(meta, `${architecture}.${name}`) ?? 0;
  const short = number("shortconv.l_cache");
  if (short > 0) return (short - 1) * number("embedding_length") * 4;
  const inputs = Math.max(0, number("ssm.conv_kernel") - 1) * (number("ssm.inner_size") + 2 * number("ssm.group_count") * number("ssm.state_size"));
  return (inputs + number("ssm.state_size") * number("ssm.inner_size")) * 4;
}

/** How many words the vocabulary has; 0 when the file holds none. */
export function vocabularyOf(meta: Header["meta"]): number {
  const tokens = meta.get("tokenizer.ggml.tokens");
  return Array.isArray(tokens) ? tokens.length : typeof tokens === "object" && "count" in tokens ? tokens.count : 0;
}

export function numberOf(meta: Header["meta"], key: string): number | undefined {
  const value = meta.get(key);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A number that may be one for each layer: the largest of them, 0 without any. */
function largestOf(meta: Header["meta"], key: string): number {
  const value = meta.get(key);
  const values = Array.isArray(value) ? value : [numberOf(meta, key) ?? 0];
  return values.reduce((most: number, each) => (Number.isFinite(each) ? Math.max(most, each) : most), 0);
}

export function textOf(meta: Header["meta"], key: string): string | undefined {
  const value = meta.get(key);
  return typeof value === "string" ? value : undefined;
}

/** The same shape with the layers' weights scaled, so that the file as a whole has the bytes it is known to have. */
export function scaledTo(shape: ModelShape, fileBytes: number): ModelShape {
  const { embedding, output, tied, other, layers } = shape.weights;
  const fixed = embedding + (tied ? 0 : output) + other;
  const sum = layers.reduce((total, layer) => total + layer.dense + layer.experts, 0);
  const factor = (fileBytes - fixed) / sum;
  if (!(factor > 0)) return shape;
  const scaled = layers.map((layer) => ({ dense: Math.round(layer.dense * factor), experts: Math.round(layer.experts * factor), staged: Math.round(layer.staged * factor), stagedLong: Math.round(layer.stagedLong * factor) }));
  return { ...shape, weights: { ...shape.weights, layers: scaled } };
}
