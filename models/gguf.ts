import { judge, unsupported } from "./gguf-judge.ts";
import type { Judged } from "./gguf-judge.ts";
import { bytesSource, headerReader, HeaderTrouble, openFile } from "./gguf-reader.ts";
import type { HeaderReader } from "./gguf-reader.ts";
import { partsOf } from "./gguf-split.ts";
import { readTensor, readValue } from "./gguf-values.ts";
import type { MetaValue, TensorInfo } from "./gguf-values.ts";
import { numberOf, shapeOf, textOf } from "./shape.ts";
import type { ModelShape } from "./shape.ts";

/** What the header of a GGUF file says about the model in it, with all that its memory follows from. */
export interface GgufFacts extends ModelShape {
  readonly architecture: string;
  readonly name: string | undefined;
  /** The size of the file, or of all parts of one that was split. */
  readonly fileBytes: number;
  readonly parameters: number;
  readonly chatTemplate: boolean;
}

/** `message` is one sentence that may be shown. */
export type GgufReading =
  | { readonly kind: "ok"; readonly facts: GgufFacts }
  | { readonly kind: "not-gguf" | "cut-off" | "unsupported" | "unreadable"; readonly message: string };

const MAX_KEYS = 4096;
const MAX_TENSORS = 65_536;

/** One file's header as it stands, before anything is made of it. */
interface Contents {
  readonly kind: "contents";
  readonly meta: ReadonlyMap<string, MetaValue>;
  readonly tensors: readonly TensorInfo[];
  readonly fileBytes: number;
}

/**
 * Reads the header of a GGUF file (versions 2 and 3) without trusting it: bounded reads, no allocation by a stated length, and the
 * place of every tensor compared with the size of the file, so that an unfinished download is recognised. A model in several parts
 * is read whole from its first part. Never throws.
 */
export async function readGguf(path: string): Promise<GgufReading> {
  const first = await contentsOf(path);
  if (first.kind !== "contents") return first;
  const parts = await partsOf(path, numberOf(first.meta, "split.count"), numberOf(first.meta, "split.no"));
  if (parts.kind === "refused") return unsupported(parts.why);
  const rest: Contents[] = [];
  for (const part of parts.others) {
    const contents = await contentsOf(part);
    if (contents.kind !== "contents") return contents;
    rest.push(contents);
  }
  return concluded([first, ...rest]);
}

/** The same for bytes in memory that hold a whole file. */
export async function readGgufBytes(data: Uint8Array): Promise<GgufReading> {
  const contents = await read(headerReader(bytesSource(data))).catch(trouble);
  return contents.kind === "contents" ? concluded([contents]) : contents;
}

async function contentsOf(path: string): Promise<Contents | Judged> {
  let reader: HeaderReader | undefined;
  try {
    reader = headerReader(await openFile(path));
    return await read(reader);
  } catch (error) {
    return trouble(error);
  } finally {
    await reader?.close();
  }
}

function trouble(error: unknown): Judged {
  if (error instanceof HeaderTrouble) return error.trouble === "cut-off" ? cutOff() : damaged();
  return { kind: "unreadable", message: unreadable(error) };
}

async function read(reader: HeaderReader): Promise<Contents | Judged> {
  if (reader.fileBytes < 4 || (await reader.u32()) !== 0x46554747) return { kind: "not-gguf", message: "This is not a GGUF model file." };
  const version = await reader.u32();
  if (version !== 2 && version !== 3) return unsupported("Its GGUF version is not one that Stint can read.");
  const tensorCount = await reader.u64();
  const keyCount = await reader.u64();
  if (tensorCount > MAX_TENSORS || keyCount > MAX_KEYS) return damaged();
  const meta = new Map<string, MetaValue>();
  for (let i = 0; i < keyCount; i += 1) {
    const key = await reader.string(256);
    const value = await readValue(reader, await reader.u32());
    if (key !== undefined) meta.set(key, value);
  }
  const tensors: TensorInfo[] = [];
  for (let i = 0; i < tensorCount; i += 1) tensors.push(await readTensor(reader));
  const alignment = numberOf(meta, "general.alignment") ?? 32;
  if (alignment < 1 || alignment > 65_536) return damaged();
  const dataStart = Math.ceil(reader.position() / alignment) * alignment;
  if (tensors.some((tensor) => dataStart + tensor.offset + tensor.bytes > reader.fileBytes)) return cutOff();
  return { kind: "contents", meta, tensors, fileBytes: reader.fileBytes };
}

function concluded(parts: readonly [Contents, ...Contents[]]): GgufReading {
  const [{ meta }] = parts;
  const tensors = parts.flatMap((part) => part.tensors);
  const refused = judge(meta, tensors);
  if (refused !== undefined) return refused;
  return {
    kind: "ok",
    facts: {
      ...shapeOf({ meta, tensors }),
      architecture: textOf(meta, "general.architecture") ?? "",
      name: textOf(meta, "general.name"),
      fileBytes: parts.reduce((sum, part) => sum + part.fileBytes, 0),
      parameters: tensors.reduce((sum, tensor) => sum + tensor.elements, 0),
      chatTemplate: meta.has("tokenizer.chat_template"),
    },
  };
}

function cutOff(): Judged {
  return { kind: "cut-off", message: "This model file is cut off: the download or the copy did not finish." };
}

function damaged(): Judged {
  return unsupported("Its header is damaged or of a kind that Stint does not know.");
}

const REASONS: ReadonlyMap<unknown, string> = new Map([
  ["ENOENT", "There is no file at this place any more."],
  ["ENOTDIR", "There is no file at this place any more."],
  ["EISDIR", "This is a folder, not a model file."],
  ["EACCES", "This file may not be read: it belongs to another user of this computer."],
  ["EPERM", "This file may not be read: it belongs to another user of this computer."],
  ["ELOOP", "This link leads round in a circle; there is no file behind it."],
  ["ENAMETOOLONG", "The name of this file is too long."],
  ["EIO", "This file could not be read: the disk or the network drive does not answer."],
]);

function unreadable(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return REASONS.get(code) ?? "This file could not be read.";
}
