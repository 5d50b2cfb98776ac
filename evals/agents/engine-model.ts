import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readEnvironment } from "../../electron/account/environment.ts";
import type { StrategyName } from "../../electron/agent/manner.ts";
import type { LanguageModel } from "../../electron/agent/model.ts";
import { forkChild } from "../../electron/child/child.ts";
import { createEngineHost } from "../../electron/engine/host.ts";
import { knownModel } from "../../models/known.ts";
import { createModelStore } from "../../models/store.ts";
import { loadedAs, type LoadedModel } from "./loaded.ts";

/** The engine's own bundle, built beside this program. */
const engineFile = (): string => join(dirname(fileURLToPath(import.meta.url)), "engine.mjs");

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** A GGUF file by its path, or an installed model by its id. */
async function fileOf(name: string, home: string | undefined): Promise<string | undefined> {
  if (existsSync(name)) return resolve(name);
  const folder = join(readEnvironment(home).home, "models");
  return (await createModelStore({ folder, now: () => new Date() }).get(name))?.path;
}

const STRATEGIES: readonly StrategyName[] = ["quote", "label", "words", "choose"];

/** "MODEL@label": the model, asked in that way instead of its own. */
export function strategyOf(given: string): { readonly name: string; readonly strategy: StrategyName | undefined } {
  const strategy = STRATEGIES.find((each) => given.endsWith(`@${each}`));
  return { name: strategy === undefined ? given : given.slice(0, -strategy.length - 1), strategy };
}

/** Loads a model for a run into the product's own engine, in a process of its own; a sentence says why there is none. */
export async function loadModel(given: string, home: string | undefined): Promise<LoadedModel | { readonly kind: "unknown"; readonly message: string }> {
  const { name, strategy } = strategyOf(given);
  const path = await fileOf(name, home);
  if (path === undefined) return { kind: "unknown", message: `There is no file and no installed model "${name}".` };
  const host = createEngineHost({ spawn: () => forkChild(engineFile()), onState: () => undefined, idleMinutes: 1440 });
  const file = basename(path);
  const loaded = await host.load(path, file);
  if (loaded.kind === "failed") {
    await host.stop();
    return { kind: "unknown", message: `${file} could not be loaded: ${loaded.message}` };
  }
  const known = { ...((await knownModel(path)) ?? { name: undefined, parameters: undefined }), strategy };
  const model: LanguageModel = { ...host.model, facts: () => Promise.resolve(known) };
  return loadedAs(model, `${basename(path, ".gguf")}${strategy === undefined ? "" : `@${strategy}`}`, { model: file, sha256: await sha256(path), backend: loaded.memory.backend }, () => host.stop());
}
