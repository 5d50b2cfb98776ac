import { HeaderTrouble } from "./gguf-reader.ts";
import type { HeaderReader } from "./gguf-reader.ts";
import { BLOCKS } from "./quantisation.ts";

/** A value that facts are made of. Longer strings and arrays are skipped and known only by their kind. */
export type MetaValue = string | number | boolean | readonly number[] | { readonly kind: "skipped"; readonly count: number };

const STRING = 8;
const ARRAY = 9;
/** Bytes of each scalar type by its number in the format; see `read` for how they are read. */
const SCALAR_BYTES: readonly number[] = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];

/** Names and kinds are short; a chat template is only known to be there. With at most 4,096 keys no more than 8 MB is ever kept. */
const MAX_STRING = 2 * 1024;
const MAX_KEPT_ARRAY = 512;
/** The largest vocabularies have some 300,000 words. */
const MAX_ARRAY = 1 << 24;

/** Reads one value of type `type`, keeping it only when it is small. Refuses types and lengths that no honest file has. */
export async function readValue(reader: HeaderReader, type: number): Promise<MetaValue> {
  if (type === STRING) return (await reader.string(MAX_STRING)) ?? { kind: "skipped", count: 1 };
  if (type === ARRAY) return readArray(reader);
  return readScalar(reader, type);
}

async function readArray(reader: HeaderReader): Promise<MetaValue> {
  const type = await reader.u32();
  const count = await reader.u64();
  if (count > MAX_ARRAY || type === ARRAY) throw new HeaderTrouble("unsupported", "A list in the header is absurd.");
  if (type === STRING) {
    for (let i = 0; i < count; i += 1) await reader.string(0);
    return { kind: "skipped", count };
  }
  const bytes = SCALAR_BYTES[type] ?? 0;
  if (bytes === 0) throw new HeaderTrouble("unsupported", "A value in the header has an unknown type.");
  if (count > MAX_KEPT_ARRAY) {
    await reader.skip(count * bytes);
    return { kind: "skipped", count };
  }
  const values: number[] = [];
  for (let i = 0; i < count; i += 1) values.push(Number(await readScalar(reader, type)));
  return values;
}

async function readScalar(reader: HeaderReader, type: number): Promise<number | boolean> {
  switch (type) {
    case 0:
      return reader.u8();
    case 2:
    case 3:
      // Counts of parts are written in 16 bits.
      return (await reader.u8()) + 256 * (await reader.u8());
    case 4:
      return reader.u32();
    case 5:
      return reader.i32();
    case 7:
      return (await reader.u8()) !== 0;
    case 10:
      return reader.u64();
    default: {
      // Small integers and floats carry nothing that facts need; only their place matters.
      const bytes = SCALAR_BYTES[type] ?? 0;
      if (bytes === 0) throw new HeaderTrouble("unsupported", "A value in the header has an unknown type.");
      await reader.skip(bytes);
      return 0;
    }
  }
}

/** The library itself refuses names of 64 bytes and more. */
const MAX_NAME = 128;

/** One tensor: where its data lies, counted from the start of the data, and how long it is. */
export interface TensorInfo {
  readonly name: string;
  readonly elements: number;
  readonly offset: number;
  readonly bytes: number;
}

/** Reads one tensor description. Refuses shapes and number formats that cannot be sized. */
export async function readTensor(reader: HeaderReader): Promise<TensorInfo> {
  const name = await reader.string(MAX_NAME);
  const dimensions = await reader.u32();
  if (name === undefined || dimensions < 1 || dimensions > 4) throw new HeaderTrouble("unsupported", "A tensor in the header is absurd.");
  let elements = 1;
  let row = 1;
  for (let i = 0; i < dimensions; i += 1) {
    const size = await reader.u64();
    if (i === 0) row = size;
    elements *= size;
    if (!Number.isSafeInteger(elements) || size === 0) throw new HeaderTrouble("unsupported", "A tensor in the header is absurd.");
  }
  const block = BLOCKS.get(await reader.u32());
  const offset = await reader.u64();
  if (block === undefined || row % block[0] !== 0) throw new HeaderTrouble("unsupported", "A tensor has an unknown number format.");
  return { name, elements, offset, bytes: (elements / block[0]) * block[1] };
}
