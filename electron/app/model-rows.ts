import type { CatalogueEntry } from "../../models/catalogue.ts";
import { sizeOf } from "../../models/catalogue.ts";
import { gigabytes } from "../../models/download/outcome.ts";
import type { FitPlan } from "../../models/fit.ts";
import { scoreWords, secondsWords } from "../../models/measured.ts";
import type { Measured } from "../../models/measured.ts";
import type { StoredModel } from "../../models/store.ts";
import type { EngineMemory, EngineState } from "../engine/state.ts";
import type { AppState, ModelRow } from "../ipc/contract.ts";
import type { DownloadState } from "./model-downloads.ts";

/** A model of the catalogue as pages and terminal offer it. */
export type ModelOffer = AppState["offers"][number];

/** 2.5 GB, 98 MB: file and memory sizes in decimal units, as download pages print them. */
export function sizeWords(bytes: number): string {
  return gigabytes(bytes);
}

/** What a row is made of beside the model itself; what is not known yet is left out. */
export interface RowFacts {
  readonly chosen: string;
  readonly state: EngineState;
  readonly isMissing: boolean;
  readonly plan: FitPlan | undefined;
  readonly measured: Measured;
}

/** A model of the user's as one row: its state first, then whether it fits, how fast it is here and how good it was found to be. */
export function modelRow(model: StoredModel, facts: RowFacts): ModelRow {
  const { chosen, isMissing, plan, measured } = facts;
  const base = { id: model.id, name: model.name, bytes: model.bytes, chosen: model.id === chosen };
  if (isMissing) return { ...base, state: "missing", detail: `its file is gone: ${model.path}` };
  return {
    ...base,
    ...stateOf(model, facts.state),
    ...(plan === undefined ? {} : { fit: plan.sentence }),
    speed: speedWords(measured, plan),
    score: scoreWords(measured),
  };
}

function stateOf(model: StoredModel, state: EngineState): Pick<ModelRow, "state" | "detail"> {
  const onDisk = { state: "installed", detail: `${sizeWords(model.bytes)} on disk` } as const;
  if (!("model" in state) || state.model !== model.id) return onDisk;
  switch (state.kind) {
    case "loading":
      return { state: "loading", detail: `loading ${Math.round(state.progress * 100)} %` };
    case "ready":
      return { state: "ready", detail: readyWords(state.memory) };
    case "generating":
      return { state: "busy", detail: "thinking" };
    case "evicting":
      return { state: "unloading", detail: "leaving memory" };
    case "failed":
      return { state: "failed", detail: `failed: ${state.message}` };
    default:
      return onDisk;
  }
}

/** What it really takes, and the engine's own word where that is not what was planned. */
function readyWords({ cpu, gpu, backend, note }: EngineMemory): string {
  return `ready, ${sizeWords(cpu + gpu)} in memory (${backend})${note === undefined ? "" : `; ${note}`}`;
}

/** What was measured here, or else what may be expected. */
function speedWords(measured: Measured, plan: FitPlan | undefined): string {
  const words = secondsWords(measured);
  if (measured.secondsPerSentence !== undefined || plan === undefined || plan.kind === "too-big") return words;
  return `${words}; ${plan.speed.low}-${plan.speed.high} tokens a second expected`;
}

/** A model of the catalogue as an offer. `best`: the one that this computer should have. */
export function modelOffer(entry: CatalogueEntry, plan: FitPlan | undefined, facts: { readonly isInstalled: boolean; readonly best: boolean; readonly download: DownloadState | undefined }): ModelOffer {
  const { download } = facts;
  return {
    id: entry.id,
    name: entry.name,
    note: entry.note,
    bytes: sizeOf(entry),
    licence: entry.licence,
    installed: facts.isInstalled,
    fits: plan !== undefined && plan.kind !== "too-big",
    fit: plan === undefined ? "" : plan.kind === "too-big" ? plan.sentence : `${plan.sentence} ${plan.speed.low}-${plan.speed.high} tokens a second expected.`,
    recommended: facts.best,
    state: facts.isInstalled ? "installed" : (download?.kind ?? "available"),
    detail: facts.isInstalled || download === undefined ? "" : downloadWords(download),
  };
}

function downloadWords(download: DownloadState): string {
  if (download.kind === "failed") return download.message;
  const share = `${Math.floor((download.done / Math.max(1, download.total)) * 100)} % of ${sizeWords(download.total)}`;
  return download.kind === "paused" ? `Paused at ${share}.` : `${share}${download.words === "" ? "" : `, ${download.words}`}`;
}

/** The first of the list, which is ordered from best, that runs here at a pace at which one can wait for it. */
export function bestFor(entries: readonly CatalogueEntry[], planOf: (entry: CatalogueEntry) => FitPlan | undefined): CatalogueEntry | undefined {
  return entries.find((entry) => {
    const plan = planOf(entry);
    if (plan === undefined || plan.kind === "too-big" || entry.thinking === "always") return false;
    return plan.gpuLayers > plan.layers || plan.speed.low >= SLOWEST;
  });
}

/** Tokens a second; an answer is some 60 tokens, so this is six seconds. */
const SLOWEST = 10;
