import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Entry, Project } from "../core/entry.ts";
import { entrySchema, projectSchema } from "../core/facts-schema.ts";

const cached = z.object({
  version: z.literal(1),
  at: z.string(),
  projects: z.array(projectSchema),
  entries: z.array(entrySchema),
});
/** What was last read from an account: projects and recent entries, so that the popup works at once and offline. */
export type Cached = z.infer<typeof cached>;

/** Puts a text in the place of a file, whole or not at all; what cannot be written is left as it was. For what can be read again from Harvest. */
export function replaceFile(file: string, text: string): void {
  const fresh = `${file}.${process.pid}.new`;
  try {
    writeFileSync(fresh, text, { mode: 0o600 });
    renameSync(fresh, file);
  } catch {
    // Nothing depends on it but the next start's speed.
    rmSync(fresh, { force: true });
  }
}

/** Reads the cache; undefined when there is none or it cannot be used. It can always be fetched again, so damage is no news. */
export function readCache(file: string): Cached | undefined {
  try {
    const parsed = cached.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the cache. A cache that cannot be written costs nothing but the next start's speed. */
export function writeCache(file: string, data: { readonly at: string; readonly projects: readonly Project[]; readonly entries: readonly Entry[] }): void {
  replaceFile(file, JSON.stringify({ version: 1, ...data }));
}
