import { headerOf } from "./architecture/header.ts";
import type { Architecture } from "./architecture/schema.ts";
import { readCatalogue } from "./catalogue.ts";
import type { CatalogueEntry } from "./catalogue.ts";
import { shapeOf } from "./shape.ts";
import type { ModelShape } from "./shape.ts";

export const MIB = 1024 * 1024;
export const GIB = 1024 * MIB;

/** A model of the catalogue that a test speaks of by name. */
export function entry(id: string): CatalogueEntry {
  const found = readCatalogue().find((model) => model.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

/** Gemma 4 26B-A4B in either quantisation, exactly as its dimensions say. */
function gemma26(quantisation: Architecture["quantisation"]): ModelShape {
  return shapeOf(headerOf({ ...entry("gemma-4-26b-a4b").architecture, quantisation }));
}
export const SHAPES = { q4km: gemma26("Q4_K_M"), q40: gemma26("Q4_0") } as const;

/** By how much bytes differ from MiB that should be. */
export function off(is: number, should: number): number {
  return Math.abs(is / MIB / should - 1);
}
