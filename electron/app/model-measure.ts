import { join } from "node:path";
import type { ProjectIndex } from "../core/projects.ts";
import type { EngineHost } from "../engine/host.ts";
import type { Said } from "../ipc/contract.ts";
import { accountsFor } from "../measure/account.ts";
import { hearsWith, type Hears } from "../measure/hear.ts";
import { runShortForm, type MeasuringProgress, type ShortFormResult } from "../measure/run.ts";
import { progressWords, spareWords } from "../measure/words.ts";
import { takeLock } from "../../models/lock.ts";
import { tallyWords, type MeasuredStore } from "../../models/measured.ts";
import type { ModelStore, StoredModel } from "../../models/store.ts";
import type { ModelDesk } from "./model-desk.ts";
import { RULES } from "./model-list.ts";
import { SERVER } from "./model-server.ts";
import { sampleProjects } from "./sample-projects.ts";
import type { Turns } from "./turns.ts";

/** How a measurement ended; `result` and `at` only when a score was kept. One that was stopped is no failure: `ok` without a result. */
export interface Measurement extends Said {
  readonly result?: ShortFormResult | undefined;
  readonly at?: string | undefined;
}

export interface MeasureOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: MeasuringProgress) => void) | undefined;
}

/** The short form run on models of this computer, one at a time, with the names of whichever account is open. */
export interface Measuring {
  /** Takes minutes. Whatever stops it, a score is kept for a whole run only. */
  measure(id: string, options?: MeasureOptions): Promise<Measurement>;
  /** Ends the run that is going on; `why` is told to whoever started it. */
  stop(why?: string): Said;
  /** How far the run is that is going on. */
  state(): { readonly model: string; readonly done: number; readonly total: number; readonly text: string } | undefined;
}

export interface MeasuringOptions {
  readonly models: Pick<ModelDesk, "modelOf" | "use">;
  readonly host: Pick<EngineHost, "state" | "unload">;
  readonly store: ModelStore;
  readonly measured: MeasuredStore;
  readonly folder: string;
  readonly chosen: () => string;
  readonly index: () => ProjectIndex;
  readonly turns: Turns;
  readonly onChange: () => void;
}

interface Run {
  readonly model: string;
  readonly abort: AbortController;
  why: string | undefined;
  progress: MeasuringProgress;
}

const STOPPED = "The measurement was stopped; nothing was kept.";

/** Why a name of the list is nothing that can be measured. */
async function modelNamed(id: string, store: ModelStore): Promise<StoredModel | Said> {
  if (id === RULES) return { ok: false, message: "No model is chosen, and the rules alone need no measuring." };
  if (id === SERVER) return { ok: false, message: "A model server can be given another model at any time, so no score is kept for it." };
  return (await store.get(id)) ?? { ok: false, message: `There is no model called ${id} on this computer.` };
}

/** Joins the short form with the engine and with what is known about models. */
export function createMeasuring(options: MeasuringOptions): Measuring {
  const { models, host, store, measured, turns, onChange } = options;
  const held: { run: Run | undefined } = { run: undefined };

  const run = async (model: StoredModel, mine: Run, given: MeasureOptions): Promise<Measurement> => {
    const asked = hearsWith(models.modelOf(model.id));
    const hears: Hears = async (text, facts, cancel) => {
      const heard = await turns.patient(cancel, (signal) => asked(text, facts, signal));
      return heard === "interrupted" ? { kind: "interrupted" } : heard;
    };
    const end = await runShortForm({
      accounts: accountsFor(options.index(), sampleProjects()),
      hears,
      cancel: given.signal === undefined ? mine.abort.signal : AbortSignal.any([mine.abort.signal, given.signal]),
      now: () => performance.now(),
      onProgress: (progress) => {
        mine.progress = progress;
        given.onProgress?.(progress);
        onChange();
      },
    });
    if (end.kind === "stopped") return { ok: true, message: mine.why === undefined ? STOPPED : `${mine.why} ${STOPPED}` };
    if (end.kind === "failed") return { ok: false, message: `${model.name} could not be measured: ${end.message} Nothing was kept.` };
    const { result } = end;
    const at = new Date().toISOString();
    const { suite, right, cases, harmed, asked: open, wrong } = result;
    await measured.scored(model, { suite, right, cases, harmed, asked: open, wrong, at });
    return { ok: true, message: [`${model.name}: ${tallyWords(result)}.`, spareWords(result)].filter((each) => each !== undefined).join(" "), result, at };
  };

  /** The model that is chosen comes back into memory if it was there; another one that was only measured leaves it. */
  const restore = async (id: string, before: string | undefined): Promise<void> => {
    if (options.chosen() === id) return;
    if (before !== undefined && before === options.chosen()) await models.use(before);
    else await host.unload();
  };

  return {
    measure: async (id, given = {}) => {
      const model = await modelNamed(id, store);
      if ("ok" in model) return model;
      if (held.run) return { ok: false, message: `${held.run.model} is being measured already; one at a time.` };
      const mine: Run = { model: id, abort: new AbortController(), why: undefined, progress: { done: 0, total: 0, secondsLeft: undefined } };
      held.run = mine;
      const release = await takeLock(join(options.folder, "measuring")).catch(() => undefined);
      try {
        if (release === undefined) return { ok: false, message: "Another Stint is measuring a model; one at a time." };
        onChange();
        const state = host.state();
        const before = "model" in state && state.kind !== "failed" ? state.model : undefined;
        const ended = await run(model, mine, given);
        // Whoever made the run give way has said already which model is to be in memory.
        if (mine.why === undefined) await restore(id, before);
        return ended;
      } finally {
        held.run = undefined;
        await release?.();
        onChange();
      }
    },
    stop: (why) => {
      if (!held.run) return { ok: false, message: "No model is being measured." };
      held.run.why = why;
      held.run.abort.abort();
      return { ok: true, message: "The measurement is being stopped." };
    },
    state: () => held.run && { model: held.run.model, done: held.run.progress.done, total: held.run.progress.total, text: progressWords(held.run.progress) },
  };
}

/** The models, with a run that gives way to whoever chooses, unloads or removes one; the popup does not put another model in its place. */
export function givingWay(models: ModelDesk, measuring: Measuring): ModelDesk {
  const stopFor = (why: string): void => {
    if (measuring.state()) measuring.stop(why);
  };
  return {
    ...models,
    use: (id) => {
      if (measuring.state()?.model !== id) stopFor("Another model was chosen.");
      return models.use(id);
    },
    unload: () => {
      stopFor("The model was to leave memory.");
      return models.unload();
    },
    remove: (id) => {
      if (measuring.state()?.model === id) stopFor("The model was removed.");
      return models.remove(id);
    },
    warm: () => {
      if (!measuring.state()) models.warm();
    },
  };
}
