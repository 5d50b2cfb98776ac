import type { MetaValue, TensorInfo } from "./gguf-values.ts";
import { numberOf, textOf, vocabularyOf } from "./shape.ts";

/** Why a file is not a model that can be asked anything. `message` is one sentence or two that may be shown. */
export interface Judged {
  readonly kind: "not-gguf" | "cut-off" | "unsupported" | "unreadable";
  readonly message: string;
}

export function unsupported(why: string): Judged {
  return { kind: "unsupported", message: `This file cannot be used. ${why}` };
}

/** Architectures that turn a text into numbers and write none. */
const EMBEDDERS = /(^|-)(bert|t5encoder|embedding)$|^gemma-embedding$/;

/** A whole and honest file may still hold something else than a language model. Undefined when it holds one. */
export function judge(meta: ReadonlyMap<string, MetaValue>, tensors: readonly Pick<TensorInfo, "name">[]): Judged | undefined {
  const architecture = textOf(meta, "general.architecture");
  const type = textOf(meta, "general.type");
  if (type === "adapter" || meta.has("adapter.type")) return unsupported("It is an adapter (LoRA) that changes another model, not a model.");
  if (type === "mmproj" || architecture === "clip") return unsupported("It is the part of a model that sees pictures; Stint needs the part that reads text.");
  if (type === "imatrix") return unsupported("It holds measurements for making models, not a model.");
  if (architecture === undefined) return unsupported("It holds no model.");
  if (tensors.length === 0) return unsupported(vocabularyOf(meta) > 0 ? "It holds a vocabulary only, without a model." : "It holds no model.");
  if (EMBEDDERS.test(architecture) || (numberOf(meta, `${architecture}.pooling_type`) ?? 0) > 0) return unsupported("It is a model for searching (an embedding model); it cannot write.");
  return judgeText(meta, architecture);
}

function judgeText(meta: ReadonlyMap<string, MetaValue>, architecture: string): Judged | undefined {
  const layers = numberOf(meta, `${architecture}.block_count`);
  const contextTokens = numberOf(meta, `${architecture}.context_length`);
  if (layers === undefined || layers < 1 || layers > 4096 || contextTokens === undefined || contextTokens < 1) return unsupported("It is not a language model.");
  if ((numberOf(meta, `${architecture}.nextn_predict_layers`) ?? 0) >= layers) return unsupported("It only guesses ahead for another model.");
  if (vocabularyOf(meta) === 0 || textOf(meta, "tokenizer.ggml.model") === "no_vocab") return unsupported("It holds no vocabulary, so it cannot be used alone.");
  return undefined;
}
