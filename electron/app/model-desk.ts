import type { LanguageModel } from "../agent/model.ts";
import type { EngineHost, LoadResult } from "../engine/host.ts";
import type { EngineState } from "../engine/state.ts";
import type { ModelRow, Said } from "../ipc/contract.ts";
import type { AddResult, ModelStore, StoredModel } from "../../models/store.ts";

/** The choice "no model": the rules read alone. */
export const RULES = "rules";

export interface ModelDeskOptions {
  readonly store: ModelStore;
  readonly host: EngineHost;
  /** The chosen model's id, or "rules". */
  readonly chosen: () => string;
  /** Keeps the choice; false when it could not be written. */
  readonly choose: (id: string) => boolean;
  readonly onChange: () => void;
}

/** The models as tray, pages and terminal show them, and the one way to switch, load and unload them. */
export interface ModelDesk {
  rows(): Promise<ModelRow[]>;
  /** Makes it the chosen one and loads it; the model before it leaves memory first. */
  use(id: string): Promise<Said>;
  /** Loads it for this process only; the user's choice stays. Sentences go to it until another is loaded. */
  load(id: string): Promise<Said>;
  /** Frees memory and keeps the choice: the next sentence that needs the model loads it again. */
  unload(): Promise<Said>;
  add(path: string): Promise<Said & { readonly id?: string }>;
  remove(id: string): Promise<Said>;
  /** Loads the chosen model ahead of its first sentence, so that typing time is loading time. */
  warm(): void;
  /** Whichever model is chosen; loads it first when it is not in memory. */
  readonly model: LanguageModel;
}

/** 2.5 GB, 98 MB: file and memory sizes in decimal units, as download pages print them. */
export function sizeWords(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`;
}

function rowOf(model: StoredModel, chosen: string, state: EngineState): ModelRow {
  const base = { id: model.id, name: model.name, bytes: model.bytes, chosen: model.id === chosen };
  const mine = "model" in state && state.model === model.id;
  const size = sizeWords(model.bytes);
  if (!mine) return { ...base, state: "installed", detail: `${size} on disk` };
  switch (state.kind) {
    case "loading":
      return { ...base, state: "loading", detail: `loading ${Math.round(state.progress * 100)} %` };
    case "ready":
      return { ...base, state: "ready", detail: `ready, ${sizeWords(state.memory.cpu + state.memory.gpu)} in memory (${state.memory.backend})` };
    case "generating":
      return { ...base, state: "busy", detail: "thinking" };
    case "evicting":
      return { ...base, state: "unloading", detail: "leaving memory" };
    case "failed":
      return { ...base, state: "failed", detail: `failed: ${state.message}` };
    default:
      return { ...base, state: "installed", detail: `${size} on disk` };
  }
}

function addedWords(added: AddResult): Said & { readonly id?: string } {
  if (added.kind === "refused") return { ok: false, message: added.message };
  const { id, name, bytes } = added.model;
  return { ok: true, id, message: added.kind === "already" ? `${name} is in the list already.` : `${name} is added (${sizeWords(bytes)}).` };
}

/** Joins the list of models, the engine and the user's choice. */
export function createModelDesk(options: ModelDeskOptions): ModelDesk {
  const { store, host, chosen, choose, onChange } = options;

  const load = async (id: string): Promise<LoadResult> => {
    const model = await store.get(id);
    if (!model) return { kind: "failed", code: "no-model", message: "That model is not in the list any more." };
    return host.load(model.path, model.id);
  };
  // A model loaded for one command stands in for the choice, without being written down.
  const forced: { id: string | undefined } = { id: undefined };
  const current = (): string => forced.id ?? chosen();
  const holds = (id: string): boolean => {
    const state = host.state();
    return (state.kind === "ready" || state.kind === "generating") && state.model === id;
  };

  return {
    rows: async () => {
      const [id, models] = [chosen(), await store.list()];
      const rules: ModelRow = { id: RULES, name: "Rules only", state: "ready", detail: "no model; plain entries work, always", chosen: id === RULES };
      return [rules, ...models.map((model) => rowOf(model, id, host.state()))];
    },
    use: async (id) => {
      if (id === RULES) {
        if (!choose(RULES)) return { ok: false, message: "The choice could not be written to the settings file." };
        await host.unload();
        onChange();
        return { ok: true, message: "Rules only: no model is in memory." };
      }
      const model = await store.get(id);
      if (!model) return { ok: false, message: `There is no model called ${id}.` };
      if (!choose(id)) return { ok: false, message: "The choice could not be written to the settings file." };
      onChange();
      const loaded = await load(id);
      onChange();
      return loaded.kind === "loaded" ? { ok: true, message: `${model.name} is ready.` } : { ok: false, message: loaded.message };
    },
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
      if (removed.kind === "unknown") return { ok: false, message: `There is no model called ${id}.` };
      if (removed.kind === "refused") return { ok: false, message: removed.message };
      return { ok: true, message: removed.deletedFile ? "The model and its file are removed." : "The model is off the list; its file stays where it is." };
    },
    warm: () => {
      const id = chosen();
      const idle = host.state().kind === "absent" || host.state().kind === "idle";
      if (id !== RULES && idle) void load(id);
    },
    model: {
      complete: async (request, cancel) => {
        const id = current();
        if (id === RULES) return { kind: "failed", code: "no-model", message: "No model is chosen." };
        if (!holds(id)) {
          const loaded = await load(id);
          if (loaded.kind === "failed") return loaded;
        }
        return host.model.complete(request, cancel);
      },
    },
  };
}
