import type { LanguageModel } from "../../electron/agent/model.ts";

/** A model that agents can be built on. `slots`: how many talks it may serve at the same time. */
export interface LoadedModel {
  readonly kind: "loaded";
  /** How it is called in names of agents. */
  readonly file: string;
  readonly about: Readonly<Record<string, string>>;
  readonly slots: number;
  /** The model for one trial; `seed` names the trial, for models that draw. */
  readonly open: (seed: string) => LanguageModel;
  readonly close: () => Promise<void>;
}

/** One model for every trial, one trial at a time. */
export function loadedAs(model: LanguageModel, file: string, about: LoadedModel["about"] = {}, close: LoadedModel["close"] = () => Promise.resolve()): LoadedModel {
  return { kind: "loaded", file, about, slots: 1, open: () => model, close };
}
