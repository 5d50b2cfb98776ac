/** A whole GGUF file of a few hundred bytes, as parts that a test can bend: what the reader of headers and the store are tried on. */
export interface TinyHeader {
  readonly magic?: string;
  readonly version?: number;
  readonly tensorCount?: bigint;
  readonly keyCount?: bigint;
  readonly pairs?: readonly Uint8Array[];
  readonly tensors?: readonly Uint8Array[];
  readonly dataBytes?: number;
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
};

/** A length and the bytes; `claim` states another length than there is. */
export function ggufString(text: string, claim?: bigint): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([u64(claim ?? BigInt(bytes.length)), bytes]);
}

export function textPair(key: string, value: string): Buffer {
  return Buffer.concat([ggufString(key), u32(8), ggufString(value)]);
}

export function numberPair(key: string, value: number): Buffer {
  return Buffer.concat([ggufString(key), u32(4), u32(value)]);
}

/** A number in 16 bits, as the counts of parts are written. */
export function shortPair(key: string, value: number): Buffer {
  return Buffer.concat([ggufString(key), u32(2), Buffer.from([value & 255, value >> 8])]);
}

/** A list of strings; `claim` states another count than there is. */
export function listPair(key: string, values: readonly string[], claim?: bigint): Buffer {
  return Buffer.concat([ggufString(key), u32(9), u32(8), u64(claim ?? BigInt(values.length)), ...values.map((value) => ggufString(value))]);
}

export function tensor(name: string, dimensions: readonly bigint[], offset: bigint, type = 0): Buffer {
  return Buffer.concat([ggufString(name), u32(dimensions.length), ...dimensions.map(u64), u32(type), u64(offset)]);
}

export const TINY_PAIRS: readonly Uint8Array[] = [
  textPair("general.architecture", "llama"),
  textPair("general.name", "Tiny"),
  numberPair("llama.block_count", 1),
  numberPair("llama.context_length", 512),
  numberPair("llama.embedding_length", 32),
  numberPair("llama.attention.head_count", 2),
  listPair("tokenizer.ggml.tokens", ["a", "b"]),
];

export const TINY_TENSORS: readonly Uint8Array[] = [tensor("token_embd.weight", [32n, 2n], 0n), tensor("blk.0.attn_q.weight", [32n], 256n)];

/** The file's bytes. Left alone it is whole and readable. */
export function tinyGguf(header: TinyHeader = {}): Buffer {
  const pairs = header.pairs ?? TINY_PAIRS;
  const tensors = header.tensors ?? TINY_TENSORS;
  const head = Buffer.concat([
    Buffer.from(header.magic ?? "GGUF"),
    u32(header.version ?? 3),
    u64(header.tensorCount ?? BigInt(tensors.length)),
    u64(header.keyCount ?? BigInt(pairs.length)),
    ...pairs,
    ...tensors,
  ]);
  const padding = (32 - (head.length % 32)) % 32;
  return Buffer.concat([head, Buffer.alloc(padding + (header.dataBytes ?? 384))]);
}
