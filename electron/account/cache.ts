import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Entry, Project } from "../core/entry.ts";
import { entrySchema, projectSchema } from "../core/facts-schema.ts";

const cached = z.object({ version: z.literal(1), at: z.string(), entries: z.array(entrySchema) });
const cachedProjects = z.object({ version: z.literal(1), at: z.number().optional(), projects: z.array(projectSchema) });

/** What was last read from an account: projects and recent entries, so that the popup works at once and offline. */
export type Cached = z.infer<typeof cached> & { readonly projects: readonly Project[] };
/** Projects, and when they were read in milliseconds since 1970; without `at` nobody knows. */
export type CachedProjects = z.infer<typeof cachedProjects>;

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

/** Reads a file of this folder; undefined when it is not there or cannot be used. It can always be fetched again, so damage is no news. */
export function readFile<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

// Projects lie beside the entries: thousands of them are not written anew for each entry that is saved.
const projectsFile = (file: string): string => join(dirname(file), "projects.json");
const written = new WeakMap<readonly Project[], string>();

export function readProjects(file: string): CachedProjects | undefined {
  return readFile(projectsFile(file), cachedProjects);
}

/** Keeps projects beside the cache at `file`. */
export function writeProjects(file: string, projects: readonly Project[], at: number | undefined): void {
  replaceFile(projectsFile(file), JSON.stringify({ version: 1, at, projects }));
  written.set(projects, file);
}

/** Reads the cache; undefined when there is none. */
export function readCache(file: string): Cached | undefined {
  const [known, own] = [readFile(file, cached), readProjects(file)];
  return known === undefined || own === undefined ? undefined : { ...known, projects: own.projects };
}

/** Keeps the cache; projects that lie there already are not written again. */
export function writeCache(file: string, { at, projects, entries }: { readonly at: string; readonly projects: readonly Project[]; readonly entries: readonly Entry[] }): void {
  if (written.get(projects) !== file) writeProjects(file, projects, undefined);
  replaceFile(file, JSON.stringify({ version: 1, at, entries }));
}
