import { z } from "zod";
import data from "./catalogue.json" with { type: "json" };

const entry = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  note: z.string(),
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  /** A plain file name: it becomes a file in the models folder. */
  file: z.string().regex(/^[\w][\w.-]*\.gguf$/),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  licence: z.string().min(1),
  facts: z.strictObject({
    layers: z.int().positive(),
    parameters: z.int().positive(),
    activeParameters: z.int().positive().optional(),
    contextTokens: z.int().positive(),
    experts: z.strictObject({ count: z.int().positive(), used: z.int().positive() }).optional(),
  }),
});
/** A model that Stint can fetch: where it is, and the size and hash by which the file is known to be right. */
export type CatalogueEntry = z.infer<typeof entry>;

const catalogue = z.strictObject({ version: z.literal(1), models: z.array(entry).min(1) });

/** The models that Stint offers for download, best first. Throws when the shipped list is broken: that is a bug, not a situation. */
export function readCatalogue(source: unknown = data): readonly CatalogueEntry[] {
  const { models } = catalogue.parse(source);
  if (new Set(models.map((model) => model.id)).size !== models.length) throw new Error("Two models of the catalogue have the same id.");
  return models;
}
