import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** The other files of a model in several parts, or why they do not make a whole. `why` is one sentence. */
export type Parts = { readonly kind: "whole"; readonly others: readonly string[] } | { readonly kind: "refused"; readonly why: string };

const NAME = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/i;
const MOST_PARTS = 512;

/**
 * Finds the parts beside the first one by the names that llama.cpp gives them ("x-00002-of-00004.gguf"), as the engine's library will.
 * `count` and `number` are what the header says (the first part is number 0).
 */
export async function partsOf(path: string, count: number | undefined, number: number | undefined): Promise<Parts> {
  if (count === undefined || count <= 1) return { kind: "whole", others: [] };
  if ((number ?? 0) > 0) return { kind: "refused", why: `It is part ${(number ?? 0) + 1} of ${count} of a model; choose the first part.` };
  if (count > MOST_PARTS) return { kind: "refused", why: "It says that it has more parts than any model." };
  const names = partNames(path);
  if (names.length !== count - 1) return { kind: "refused", why: `It is the first of ${count} parts of a model, and was renamed: its name must end in -00001-of-${String(count).padStart(5, "0")}.gguf.` };
  for (const [i, name] of names.entries()) {
    const isThere = await stat(name).then((found) => found.isFile(), () => false);
    if (!isThere) return { kind: "refused", why: `Part ${i + 2} of ${count} is missing: ${basename(name)} must lie beside it.` };
  }
  return { kind: "whole", others: names };
}

/** The other parts that a first part's name speaks of; none for a file that is whole or not the first. */
export function partNames(path: string): readonly string[] {
  const match = NAME.exec(basename(path));
  const [, stem, number, count] = match ?? [];
  if (stem === undefined || count === undefined || Number(number) !== 1 || Number(count) > MOST_PARTS) return [];
  return Array.from({ length: Number(count) - 1 }, (_, i) => join(dirname(path), `${stem}-${String(i + 2).padStart(5, "0")}-of-${count}.gguf`));
}
