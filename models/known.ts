import { readGguf } from "./gguf.ts";

/** What decides how a model is asked: its own name for itself, and its number of parameters. */
export interface KnownModel {
  readonly name: string | undefined;
  readonly parameters: number | undefined;
}

/** Reads the header of a model's file; undefined when there is no file, or none that can be read. */
export async function knownModel(path: string | undefined): Promise<KnownModel | undefined> {
  const reading = path === undefined ? undefined : await readGguf(path);
  return reading?.kind === "ok" ? { name: reading.facts.name, parameters: reading.facts.parameters } : undefined;
}
