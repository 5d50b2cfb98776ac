import { z } from "zod";
import { headerOf } from "./architecture/header.ts";
import { architecture } from "./architecture/schema.ts";
import data from "./catalogue.json" with { type: "json" };
import { scaledTo, shapeOf } from "./shape.ts";
import type { ModelShape } from "./shape.ts";

const count = z.int().positive();

const entry = z.strictObject({
  id: z.string().regex(/^[a-z0-9.-]+$/),
  name: z.string().min(1),
  note: z.string(),
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  /** The commit that the file is taken from; null when none is known to Stint, and then the newest is taken. */
  revision: z.string().regex(/^[0-9a-f]{40}$/).nullable(),
  /** A plain file name: it becomes a file in the models folder. */
  file: z.string().regex(/^[\w][\w.-]*\.gguf$/),
  /** Null where the exact size is not known to Stint; `aboutBytes` then says it roughly. */
  bytes: count.nullable(),
  aboutBytes: count.optional(),
  /** Null where no checksum is known to Stint: the download is then checked by its size alone, and says so. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/).nullable(),
  licence: z.string().min(1),
  parameters: count,
  activeParameters: count.optional(),
  /** How the model is talked to, as its own template says. */
  chat: z.enum(["gemma-4", "qwen-3.5", "chatml", "harmony"]),
  /** "off": it answers at once when asked to; "always": it thinks before every answer. */
  thinking: z.enum(["off", "always"]),
  /** The computer this model is the best choice for: graphics memory and memory, both in GiB. */
  recommendedFor: z.strictObject({ vramGiB: z.number().nonnegative(), ramGiB: z.number().positive() }).optional(),
  architecture,
});
/** A model that Stint can fetch: where it is, the size and hash by which the file is known to be right, and what its memory follows from. */
export type CatalogueEntry = z.infer<typeof entry>;

const catalogue = z.strictObject({ version: z.literal(2), models: z.array(entry).min(1) });

/** The models that Stint offers for download, best first. Throws when the shipped list is broken: that is a bug, not a situation. */
export function readCatalogue(source: unknown = data): readonly CatalogueEntry[] {
  const { models } = catalogue.parse(source);
  if (new Set(models.map((model) => model.id)).size !== models.length) throw new Error("Two models of the catalogue have the same id.");
  if (models.some((model) => model.bytes === null && model.aboutBytes === undefined)) throw new Error("A model of the catalogue has no size.");
  return models;
}

/** The size to plan and to show with: exact where it is known, else about. */
export function sizeOf(model: Pick<CatalogueEntry, "bytes" | "aboutBytes">): number {
  return model.bytes ?? model.aboutBytes ?? 0;
}

/** A header's keys and vocabulary: what a file holds beside its tensors, as much as the known files have. */
const HEADER_BYTES = 16_000_000;

/** What the model takes without its file: computed from its dimensions, with the layers fitted to the size that the file is known to have. */
export function expectedShape(model: CatalogueEntry): ModelShape {
  return scaledTo(shapeOf(headerOf(model.architecture)), sizeOf(model) - HEADER_BYTES);
}
