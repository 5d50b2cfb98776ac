import { mkdir, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { fileErrorCode, writeAtomic } from "./atomic.ts";
import { readGguf } from "./gguf.ts";
import type { GgufFacts } from "./gguf.ts";
import { partNames } from "./gguf-split.ts";
import { waitForLock } from "./lock.ts";

const stored = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  path: z.string().min(1),
  bytes: z.int().nonnegative(),
  architecture: z.string(),
  addedAt: z.string(),
  /** The checksum of the file when Stint fetched it. */
  sha256: z.string().optional(),
});
/**
 * A model the user has: a file somewhere on this computer, by reference. `bytes` is the file's size when it was added, that of all its
 * parts when it was split. A model of the catalogue has the catalogue's id.
 */
export type StoredModel = z.infer<typeof stored>;

const file = z.strictObject({ version: z.literal(1), models: z.array(stored) });

/** `already`: this file is in the list under that id. `message` is one sentence that may be shown. */
export type AddResult =
  | { readonly kind: "added" | "already"; readonly model: StoredModel; readonly facts: GgufFacts }
  | { readonly kind: "refused"; readonly code: "not-gguf" | "cut-off" | "unsupported" | "unreadable" | "not-saved"; readonly message: string };

export type RemoveResult =
  | { readonly kind: "removed"; readonly deletedFile: boolean; readonly message?: string | undefined }
  | { readonly kind: "unknown" }
  | { readonly kind: "refused"; readonly message: string };

/** A model that was fetched from the catalogue, and the checksum that its file was found to have, when it was computed. */
export interface CatalogueName {
  readonly id: string;
  readonly name: string;
  readonly sha256: string | undefined;
}

/**
 * The user's models as a list on disk, which the app and the terminal may change at the same time: it is read again for every call,
 * and changed by one of them at a time. None of the calls throws for an expected failure.
 */
export interface ModelStore {
  list(): Promise<readonly StoredModel[]>;
  get(id: string): Promise<StoredModel | undefined>;
  /** Those whose file is not where it was: deleted, moved, or on a drive that is not there. */
  missing(): Promise<ReadonlySet<string>>;
  /** Checks the file's header and puts a reference into the list; the file stays where it is. `as`: what the catalogue calls it. */
  add(path: string, as?: CatalogueName): Promise<AddResult>;
  /** Forgets a model. Its file, with all its parts, is deleted only when it lies in our own models folder. */
  remove(id: string): Promise<RemoveResult>;
  /** A sentence once, when the list on disk was damaged and has been set aside. */
  notice(): Promise<string | undefined>;
}

/** `folder` holds the list (`models.json`) and the files that Stint fetched itself. */
export function createModelStore(options: { readonly folder: string; readonly now: () => Date }): ModelStore {
  const listPath = join(options.folder, "models.json");
  const memo: { notice: string | undefined; tail: Promise<unknown> } = { notice: undefined, tail: Promise.resolve() };

  const load = async (): Promise<ReadList> => {
    const read = await readList(listPath, options.now());
    if (read.notice !== undefined) memo.notice = read.notice;
    return read;
  };
  /** Changes the list as it is on disk now; "not-saved" when it cannot be written, or must not be because it cannot be read. */
  const change = async <T>(work: (models: readonly StoredModel[]) => { readonly models: readonly StoredModel[]; readonly result: T }): Promise<T | "not-saved"> => {
    const release = await mkdir(options.folder, { recursive: true }).then(() => waitForLock(listPath), () => undefined);
    if (release === undefined) return "not-saved";
    try {
      const { models, safe } = await load();
      const { models: after, result } = work(models);
      if (after === models) return result;
      if (!safe) return "not-saved";
      await writeAtomic(listPath, `${JSON.stringify({ version: 1, models: after }, undefined, 2)}\n`);
      return result;
    } catch {
      return "not-saved";
    } finally {
      await release();
    }
  };
  /** Within one process calls wait for each other, so that a list read after an addition holds it. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = memo.tail.then(work);
    memo.tail = result.catch(() => undefined);
    return result;
  };
  const list = async (): Promise<readonly StoredModel[]> => (await load()).models;

  return {
    list: () => inTurn(list),
    get: (id) => inTurn(async () => (await list()).find((model) => model.id === id)),
    missing: () =>
      inTurn(async () => {
        const found = await Promise.all((await list()).map(async ({ id, path }) => ((await isFile(path)) ? [] : [id])));
        return new Set(found.flat());
      }),
    notice: () =>
      inTurn(async () => {
        await load();
        const { notice } = memo;
        memo.notice = undefined;
        return notice;
      }),
    add: (path, as) => inTurn(() => add({ path, as, change, now: options.now })),
    remove: (id) =>
      inTurn(async () => {
        const removed = await change((models) => {
          const model = models.find((each) => each.id === id);
          return { models: model === undefined ? models : models.filter((each) => each !== model), result: model };
        });
        if (removed === undefined) return { kind: "unknown" };
        if (removed === "not-saved") return { kind: "refused", message: "The list of models could not be saved." };
        return deleteIfOurs(removed.path, options.folder);
      }),
  };
}

interface Adding {
  readonly path: string;
  readonly as: CatalogueName | undefined;
  readonly change: <T>(work: (models: readonly StoredModel[]) => { readonly models: readonly StoredModel[]; readonly result: T }) => Promise<T | "not-saved">;
  readonly now: () => Date;
}

async function add({ path, as, change, now }: Adding): Promise<AddResult> {
  const reading = await readGguf(path);
  if (reading.kind !== "ok") return { kind: "refused", code: reading.kind, message: reading.message };
  const { facts } = reading;
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return { kind: "refused", code: "unreadable", message: "There is no file at this place any more." };
  const result = await change((models): { readonly models: readonly StoredModel[]; readonly result: AddResult } => {
    const known = models.find((model) => model.path === real);
    if (known !== undefined && known.bytes === facts.fileBytes) return { models, result: { kind: "already", model: known, facts } };
    const model = describe(real, facts, { models: models.filter((each) => each !== known && each.id !== as?.id), now: now(), as });
    // A file that was replaced, or fetched again, takes the place of what was known about it.
    return { models: [...models.filter((each) => each !== known && each.id !== model.id), model], result: { kind: "added", model, facts } };
  });
  return result === "not-saved" ? { kind: "refused", code: "not-saved", message: "The list of models could not be saved." } : result;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isFile(), () => false);
}

function describe(path: string, facts: GgufFacts, { models, now, as }: { readonly models: readonly StoredModel[]; readonly now: Date; readonly as: CatalogueName | undefined }): StoredModel {
  const stem = basename(path).replace(/(-00001-of-\d{5})?\.gguf$/i, "");
  const base = { path, bytes: facts.fileBytes, architecture: facts.architecture, addedAt: now.toISOString() };
  return as === undefined ? { id: uniqueId(stem, models), name: facts.name ?? stem, ...base } : { id: as.id, name: as.name, ...(as.sha256 === undefined ? {} : { sha256: as.sha256 }), ...base };
}

/** "Gemma 4 (Q4_0).gguf" is "gemma-4-q4-0"; a second one is "gemma-4-q4-0-2". "rules" is taken: it means no model at all. */
function uniqueId(stem: string, models: readonly StoredModel[]): string {
  const slug = stem.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 100) || "model";
  const taken = new Set(["rules", ...models.map((model) => model.id)]);
  if (!taken.has(slug)) return slug;
  for (let n = 2; ; n += 1) if (!taken.has(`${slug}-${n}`)) return `${slug}-${n}`;
}

async function deleteIfOurs(path: string, folder: string): Promise<RemoveResult> {
  const ours = await realpath(folder).catch(() => undefined);
  if (ours === undefined || dirname(path) !== ours) return { kind: "removed", deletedFile: false };
  try {
    await rm(path);
    for (const part of partNames(path)) await rm(part, { force: true });
    return { kind: "removed", deletedFile: true };
  } catch (error) {
    if (fileErrorCode(error) === "ENOENT") return { kind: "removed", deletedFile: false };
    return { kind: "removed", deletedFile: false, message: "The model is forgotten, but its file could not be deleted; it may be in use." };
  }
}

/** `safe: false`: a list is there and cannot be read, so it must not be replaced by a shorter one. */
interface ReadList {
  readonly models: readonly StoredModel[];
  readonly notice: string | undefined;
  readonly safe: boolean;
}

async function readList(path: string, now: Date): Promise<ReadList> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (fileErrorCode(error) === "ENOENT") return { models: [], notice: undefined, safe: true };
    return { models: [], notice: "The list of models could not be read.", safe: false };
  }
  const parsed = file.safeParse(parseJson(text));
  if (parsed.success) return { models: parsed.data.models, notice: undefined, safe: true };
  const aside = `${path}.damaged-${now.toISOString().replaceAll(/[:.]/g, "-")}`;
  const isAside = await rename(path, aside).then(() => true, () => false);
  if (!isAside) return { models: [], notice: "The list of models is damaged and could not be set aside.", safe: false };
  return { models: [], safe: true, notice: `The list of models was damaged and has been set aside as ${basename(aside)}; add your models again.` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
