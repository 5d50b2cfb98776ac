import type { EngineHost } from "../engine/host.ts";
import type { EngineState } from "../engine/state.ts";
import type { ModelRow, Said } from "../ipc/contract.ts";
import { readCatalogue } from "../../models/catalogue.ts";
import type { CatalogueEntry } from "../../models/catalogue.ts";
import { createFetch } from "../../models/download/proxy.ts";
import type { Fetch } from "../../models/download/request.ts";
import { readHardware } from "../../models/hardware.ts";
import type { Hardware } from "../../models/hardware.ts";
import type { MeasuredStore } from "../../models/measured.ts";
import type { ModelStore, StoredModel } from "../../models/store.ts";
import { createModelDownloads } from "./model-downloads.ts";
import type { GetOptions, ModelDownloads } from "./model-downloads.ts";
import { SERVER, type ModelServer } from "./model-server.ts";
import { createModelFacts } from "./model-facts.ts";
import type { ModelFacts } from "./model-facts.ts";
import { bestFor, modelOffer, modelRow } from "./model-rows.ts";
import type { ModelOffer } from "./model-rows.ts";

/** The choice "no model": the rules read alone. */
export const RULES = "rules";
/** Tokens that prompt and reply share: what models are loaded with. */
const CONTEXT = 4096;

export interface ModelListOptions {
  readonly store: ModelStore;
  readonly measured: MeasuredStore;
  /** Where models that are fetched lie. */
  readonly folder: string;
  /** Addresses to fetch models from before their own place is asked. */
  readonly mirrors: () => readonly string[];
  readonly host: Pick<EngineHost, "state" | "pid" | "hardware">;
  /** The chosen model's id, or "rules". */
  readonly chosen: () => string;
  readonly onChange: () => void;
  /** Why models could not be loaded the last time, by id: shown until the next try, also when another model is in memory again. */
  readonly failures?: ReadonlyMap<string, string> | undefined;
  /** A model server of the user's own; undefined: there can be none. */
  readonly server?: ModelServer | undefined;
  readonly hardware?: (() => Promise<Hardware>) | undefined;
  readonly fetch?: Fetch | undefined;
}

/** The user's models and those that can be fetched, as tray, pages and terminal show them, and the one way to fetch them. */
export interface ModelList {
  /** At once with what is known; `wait`: with everything that a list shows. */
  rows(wait?: "wait"): Promise<ModelRow[]>;
  /** The models of the catalogue, those that are on this computer too. */
  offers(wait?: "wait"): Promise<ModelOffer[]>;
  get(entry: CatalogueEntry, options?: GetOptions): Promise<Said & { readonly id?: string }>;
  getById(id: string): Promise<Said & { readonly id?: string }>;
  /** Stops a download and keeps what has arrived. */
  pause(id: string): Said;
  /** Throws away what an unfinished download has left; undefined when there is none of this model. */
  discardUnfinished(id: string): Promise<Said | undefined>;
  stored(id: string): Promise<StoredModel | undefined>;
  /** Whether a model of this name could be fetched. */
  isOffered(id: string): boolean;
  /** Pauses downloads. */
  stop(): void;
}

/** What fetching and looking at models needs, made from the list's options. */
function partsOf(options: ModelListOptions): { readonly facts: ModelFacts; readonly downloads: ModelDownloads } {
  const { host, store, onChange } = options;
  const held = (): { gpu: number; cpu: number } => {
    const state = host.state();
    return "memory" in state ? state.memory : { gpu: 0, cpu: 0 };
  };
  return {
    facts: createModelFacts({ hardware: () => hardwareOf(host, options.hardware ?? readHardware), held, contextSize: CONTEXT, onChange, now: Date.now }),
    downloads: createModelDownloads({ folder: options.folder, store, mirrors: options.mirrors, fetch: options.fetch ?? createFetch(), onChange, now: Date.now }),
  };
}

/** The engine sees cards that nothing else here can read; it is asked while it runs, and not started for a list. */
async function hardwareOf(host: ModelListOptions["host"], read: () => Promise<Hardware>): Promise<Hardware> {
  const here = await read();
  const engine = here.card === undefined && host.pid() !== undefined ? await host.hardware() : undefined;
  if (engine === undefined || engine.gpu.total === 0) return here;
  return { ...here, card: { name: engine.devices[0] ?? "Graphics card", total: engine.gpu.total, free: engine.gpu.free } };
}

/** Joins what is on this computer with what can be fetched. */
export function createModelList(options: ModelListOptions): ModelList {
  const { store, measured, host, chosen } = options;
  const catalogue = readCatalogue();
  const { facts, downloads } = partsOf(options);
  const entryOf = (id: string): CatalogueEntry | undefined => catalogue.find((entry) => entry.id === id);
  const planOf = (entry: CatalogueEntry): ReturnType<ModelFacts["planOfOffer"]> => facts.planOfOffer(entry);

  return {
    rows: async (wait) => {
      const [id, models, missing] = [chosen(), await store.list(), await store.missing()];
      const reading = facts.read(models.filter((model) => !missing.has(model.id)));
      if (wait !== undefined) await reading;
      const rules: ModelRow = { id: RULES, name: "Rules only", state: "ready", detail: "no model; plain entries work, always", chosen: id === RULES };
      const stateOf = (model: string): EngineState => {
        const state = host.state();
        const failure = options.failures?.get(model);
        return failure === undefined || ("model" in state && state.model === model) ? state : { kind: "failed", model, message: failure };
      };
      const rest = models.map(async (model) => modelRow(model, { chosen: id, state: stateOf(model.id), isMissing: missing.has(model.id), plan: facts.planOf(model), measured: await measured.of(model) }));
      const served = options.server?.row(id === SERVER);
      return [rules, ...(await Promise.all(rest)), ...(served ? [served] : [])];
    },
    offers: async (wait) => {
      const reading = facts.read([]);
      if (wait !== undefined) await reading;
      const installed = new Set((await store.list()).map((model) => model.id));
      const best = bestFor(catalogue, planOf);
      return Promise.all(catalogue.map(async (entry) => modelOffer(entry, planOf(entry), { isInstalled: installed.has(entry.id), best: entry === best, download: await downloads.state(entry) })));
    },
    get: (entry, given) => downloads.get(entry, given),
    getById: async (id) => {
      const entry = entryOf(id);
      return entry === undefined ? { ok: false, message: `There is no model called ${id} to download.` } : downloads.get(entry);
    },
    pause: (id) => downloads.pause(id),
    discardUnfinished: async (id) => {
      const entry = entryOf(id);
      return entry === undefined || (await downloads.state(entry)) === undefined ? undefined : downloads.discard(entry);
    },
    stored: (id) => store.get(id),
    isOffered: (id) => entryOf(id) !== undefined,
    stop: () => downloads.stop(),
  };
}
