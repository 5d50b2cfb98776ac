import type { LanguageModel } from "../agent/model.ts";
import type { EngineHost, LoadResult } from "../engine/host.ts";
import type { Said } from "../ipc/contract.ts";
import type { MeasuredStore } from "../../models/measured.ts";
import { knownModel, type KnownModel } from "../../models/known.ts";
import type { AddResult, ModelStore, StoredModel } from "../../models/store.ts";
import { createModelList, RULES } from "./model-list.ts";
import { SERVER, type ModelServer } from "./model-server.ts";
import type { ModelList, ModelListOptions } from "./model-list.ts";
import { sizeWords } from "./model-rows.ts";

export interface ModelDeskOptions extends Omit<ModelListOptions, "host"> {
  readonly host: EngineHost;
  /** Keeps the choice; false when it could not be written. */
  readonly choose: (id: string) => boolean;
}

/** The models as tray, pages and terminal show them, and the one way to fetch, switch, load and unload them. */
export interface ModelDesk extends ModelList {
  /** Makes it the chosen one and loads it; the model before it leaves memory first. */
  use(id: string): Promise<Said>;
  /** Loads it for this process only; the user's choice stays. Sentences go to it until another is loaded. */
  load(id: string): Promise<Said>;
  /** Frees memory and keeps the choice: the next sentence that needs the model loads it again. */
  unload(): Promise<Said>;
  add(path: string): Promise<Said & { readonly id?: string }>;
  /** Takes a model off the list, or throws away what an unfinished download of it has left. */
  remove(id: string): Promise<Said>;
  discard(id: string): Promise<Said>;
  /** Loads the chosen model ahead of its first sentence, so that typing time is loading time. */
  warm(): void;
  /** Whichever model is chosen; loads it first when it is not in memory. */
  readonly model: LanguageModel;
  /** One model of this computer, whichever is chosen; loads it when it is not in memory. The choice stays. */
  modelOf(id: string): LanguageModel;
}

function addedWords(added: AddResult): Said & { readonly id?: string } {
  if (added.kind === "refused") return { ok: false, message: added.message };
  const { id, name, bytes } = added.model;
  return { ok: true, id, message: added.kind === "already" ? `${name} is in the list already.` : `${name} is added (${sizeWords(bytes)}).` };
}

/** The language model that sentences go to: loads it when it is not in memory, and keeps how long it took. */
function languageModel(parts: { readonly server: ModelServer | undefined; readonly host: EngineHost; readonly store: ModelStore; readonly measured: MeasuredStore; readonly current: () => string; readonly load: (id: string) => Promise<LoadResult> }): LanguageModel {
  const { server, host, store, measured, current, load } = parts;
  const holds = (id: string): boolean => {
    const state = host.state();
    return (state.kind === "ready" || state.kind === "generating") && state.model === id;
  };
  /** How long a sentence took here belongs to the model's facts; it is no matter for whoever waits for the sentence. */
  const note = async (id: string, seconds: number): Promise<void> => {
    const model = await store.get(id);
    if (model !== undefined) await measured.took(model, seconds);
  };
  // A header is read once; another file under the same name is another model.
  const known = new Map<string, Promise<KnownModel | undefined>>();
  const knownAs = (model: StoredModel): Promise<KnownModel | undefined> => {
    const key = `${model.bytes} ${model.path}`;
    const reading = known.get(key) ?? knownModel(model.path);
    known.set(key, reading);
    return reading;
  };
  return {
    facts: async () => {
      const id = current();
      const model = id === RULES || id === SERVER ? undefined : await store.get(id);
      return model && knownAs(model);
    },
    complete: async (request, cancel) => {
      const id = current();
      if (id === RULES) return { kind: "failed", code: "no-model", message: "No model is chosen." };
      if (id === SERVER && server) return server.model.complete(request, cancel);
      if (!holds(id)) {
        const loaded = await load(id);
        if (loaded.kind === "failed") return loaded;
      }
      const completion = await host.model.complete(request, cancel);
      if (completion.kind === "text") void note(id, completion.ms / 1000);
      return completion;
    },
  };
}

/** Joins the list of models, the engine and the user's choice. */
export function createModelDesk(options: ModelDeskOptions): ModelDesk {
  const { store, measured, host, chosen, choose, onChange } = options;
  const failures = new Map<string, string>();
  const list = createModelList({ ...options, failures });
  const load = async (id: string): Promise<LoadResult> => {
    const model = await store.get(id);
    if (!model) return { kind: "failed", code: "no-model", message: "That model is not in the list any more." };
    const loaded = await host.load(model.path, model.id);
    if (loaded.kind === "failed") failures.set(id, loaded.message);
    else failures.delete(id);
    return loaded;
  };
  // A model loaded for one command stands in for the choice, without being written down.
  const forced: { id: string | undefined } = { id: undefined };

  return {
    ...list,
    use: (id) => use(id, options, list, load),
    load: async (id) => {
      const loaded = await load(id);
      if (loaded.kind === "failed") return { ok: false, message: loaded.message };
      forced.id = id;
      return { ok: true, message: `${id} is loaded.` };
    },
    unload: async () => {
      await host.unload();
      onChange();
      return { ok: true, message: "The model left memory." };
    },
    add: async (path) => {
      const added = addedWords(await store.add(path));
      onChange();
      return added;
    },
    remove: async (id) => {
      if (chosen() === id) {
        choose(RULES);
        await host.unload();
      }
      const removed = await store.remove(id);
      onChange();
      if (removed.kind === "unknown") return (await list.discardUnfinished(id)) ?? { ok: false, message: `There is no model called ${id} on this computer.` };
      if (removed.kind === "refused") return { ok: false, message: removed.message };
      return { ok: true, message: removed.message ?? (removed.deletedFile ? "The model and its file are removed." : "The model is off the list; its file stays where it is.") };
    },
    discard: async (id) => (await list.discardUnfinished(id)) ?? { ok: false, message: `There is no unfinished download of ${id}.` },
    warm: () => {
      const id = chosen();
      const idle = host.state().kind === "absent" || host.state().kind === "idle";
      if (id !== RULES && id !== SERVER && idle) void load(id);
    },
    model: languageModel({ server: options.server, host, store, measured, current: () => forced.id ?? chosen(), load }),
    modelOf: (id) => languageModel({ server: undefined, host, store, measured, current: () => id, load }),
  };
}

async function use(id: string, { host, store, chosen, choose, onChange, server }: ModelDeskOptions, list: ModelList, load: (id: string) => Promise<LoadResult>): Promise<Said> {
  const notKept: Said = { ok: false, message: "The choice could not be written to the settings file." };
  if (id === RULES) {
    if (!choose(RULES)) return notKept;
    await host.unload();
    onChange();
    return { ok: true, message: "Rules only: no model is in memory." };
  }
  if (id === SERVER && server) {
    const found = await server.look();
    if (!found.ok) return found;
    if (!choose(SERVER)) return notKept;
    await host.unload();
    onChange();
    return found;
  }
  const model = await store.get(id);
  if (!model) return { ok: false, message: list.isOffered(id) ? `${id} is not on this computer yet: get it first.` : `There is no model called ${id}.` };
  const before = chosen();
  if (!choose(id)) return notKept;
  onChange();
  const loaded = await load(id);
  // The model that worked comes back into memory, so it is the choice again.
  if (loaded.kind === "failed" && loaded.restoring !== undefined && loaded.restoring === before) choose(before);
  onChange();
  return loaded.kind === "loaded" ? { ok: true, message: `${model.name} is ready.` } : { ok: false, message: loaded.message };
}
