import { readFile, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { fileErrorCode, writeAtomic } from "./atomic.ts";
import { readGguf } from "./gguf.ts";
import type { GgufFacts } from "./gguf.ts";

const stored = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  path: z.string().min(1),
  bytes: z.int().nonnegative(),
  architecture: z.string(),
  addedAt: z.string(),
});
/** A model the user has: a file somewhere on this computer, by reference. `bytes` is the file's size when it was added. */
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

/** The user's models as a list on disk. Calls are answered one after the other; none throws for an expected failure. */
export interface ModelStore {
  list(): Promise<readonly StoredModel[]>;
  get(id: string): Promise<StoredModel | undefined>;
  /** Checks the file's header and puts a reference into the list; the file stays where it is. */
  add(path: string): Promise<AddResult>;
  /** Forgets a model. Its file is deleted only when it lies in our own models folder. */
  remove(id: string): Promise<RemoveResult>;
  /** A sentence once, when the list on disk was damaged and has been set aside. */
  notice(): Promise<string | undefined>;
}

/** `folder` holds the list (`models.json`) and the files that Stint fetched itself. */
export function createModelStore(options: { readonly folder: string; readonly now: () => Date }): ModelStore {
  const listPath = join(options.folder, "models.json");
  const memo: { models: readonly StoredModel[] | undefined; notice: string | undefined; safe: boolean; tail: Promise<unknown> } = { models: undefined, notice: undefined, safe: true, tail: Promise.resolve() };

  const load = async (): Promise<readonly StoredModel[]> => {
    if (memo.models === undefined) {
      const read = await readList(listPath, options.now());
      Object.assign(memo, read);
      return read.models;
    }
    return memo.models;
  };
  const save = async (models: readonly StoredModel[]): Promise<boolean> => {
    if (!memo.safe) return false;
    try {
      await writeAtomic(listPath, `${JSON.stringify({ version: 1, models }, undefined, 2)}\n`);
    } catch {
      return false;
    }
    memo.models = models;
    return true;
  };
  /** Two calls at once must not both write a list that lacks the other's change. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = memo.tail.then(work);
    memo.tail = result.catch(() => undefined);
    return result;
  };

  return {
    list: () => inTurn(load),
    get: (id) => inTurn(async () => (await load()).find((model) => model.id === id)),
    notice: () =>
      inTurn(async () => {
        await load();
        const { notice } = memo;
        memo.notice = undefined;
        return notice;
      }),
    add: (path) =>
      inTurn(async () => {
        const reading = await readGguf(path);
        if (reading.kind !== "ok") return { kind: "refused", code: reading.kind, message: reading.message };
        const real = await realpath(path);
        const models = await load();
        const known = models.find((model) => model.path === real);
        if (known !== undefined) return { kind: "already", model: known, facts: reading.facts };
        const model = describe(real, reading.facts, models, options.now());
        if (!(await save([...models, model]))) return { kind: "refused", code: "not-saved", message: "The list of models could not be saved." };
        return { kind: "added", model, facts: reading.facts };
      }),
    remove: (id) =>
      inTurn(async () => {
        const models = await load();
        const model = models.find((each) => each.id === id);
        if (model === undefined) return { kind: "unknown" };
        if (!(await save(models.filter((each) => each !== model)))) return { kind: "refused", message: "The list of models could not be saved." };
        return deleteIfOurs(model.path, options.folder);
      }),
  };
}

function describe(path: string, facts: GgufFacts, models: readonly StoredModel[], now: Date): StoredModel {
  const stem = basename(path).replace(/\.gguf$/i, "");
  return { id: uniqueId(stem, models), name: facts.name ?? stem, path, bytes: facts.fileBytes, architecture: facts.architecture, addedAt: now.toISOString() };
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
    return { kind: "removed", deletedFile: true };
  } catch (error) {
    if (fileErrorCode(error) === "ENOENT") return { kind: "removed", deletedFile: false };
    return { kind: "removed", deletedFile: false, message: "The model is forgotten, but its file could not be deleted; it may be in use." };
  }
}

/** `safe: false`: a list is there and cannot be read, so it must not be replaced by a shorter one. */
async function readList(path: string, now: Date): Promise<{ models: readonly StoredModel[]; notice: string | undefined; safe: boolean }> {
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
