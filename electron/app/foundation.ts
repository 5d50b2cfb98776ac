import { join } from "node:path";
import { mannerFor } from "../agent/manner.ts";
import { fixedPromptFor } from "../agent/understand.ts";
import { knownModel } from "../../models/known.ts";
import type { SpawnChild } from "../child/child.ts";
import { createDesk, type Desk } from "../account/desk.ts";
import { readEnvironment, type Environment } from "../account/environment.ts";
import { openHome, type Home } from "../account/home.ts";
import { lookingAgain } from "../account/look-again.ts";
import { createRemembering, type Remembering } from "../account/remember.ts";
import { createSession, type Session } from "../account/session.ts";
import type { Timesheet } from "../account/timesheet.ts";
import { createEngineHost, type EngineHost } from "../engine/host.ts";
import { createKeychainVault } from "../secrets/keychain-vault.ts";
import { createSettingsStore, type SettingsStore } from "../settings/store.ts";
import type { SettingsV1 } from "../settings/v1.ts";
import { createMeasuredStore } from "../../models/measured.ts";
import { createModelStore } from "../../models/store.ts";
import { SUITE } from "../measure/cases.ts";
import { createModelDesk, type ModelDesk } from "./model-desk.ts";
import { RULES } from "./model-list.ts";
import { createMeasuring, givingWay, type Measuring } from "./model-measure.ts";
import { createModelServer } from "./model-server.ts";
import { createTurns } from "./turns.ts";

/** Which backends are tried, in this order; only the chosen one when the user has chosen. */
export const backendsOf = (backend: SettingsV1["backend"]): readonly ("cuda" | "vulkan" | "cpu")[] => (backend === "auto" ? ["cuda", "vulkan", "cpu"] : [backend]);

export interface FoundationOptions {
  readonly home: string | undefined;
  readonly spawnEngine: SpawnChild;
  readonly spawnKeychain: SpawnChild;
  readonly onChange?: () => void;
  readonly onNotice?: (sentence: string) => void;
}

/** Everything that the app and the terminal share, joined: one home folder, one account at a time, one engine. */
export interface Foundation {
  readonly environment: Environment;
  readonly home: Home;
  readonly settings: SettingsStore;
  readonly session: Session;
  readonly engine: EngineHost;
  readonly models: ModelDesk;
  readonly measuring: Measuring;
  readonly desk: Desk;
  readonly remembering: Remembering;
  /** The open timesheet. Throws before the first `open` succeeded. */
  timesheet(): Timesheet;
  open(which?: "sample" | "harvest"): Promise<{ readonly ok: boolean; readonly message: string }>;
  close(): Promise<void>;
}

/** The engine and the models that it may hold, as the settings have them. */
function openModels({ spawnEngine, onChange = () => undefined }: FoundationOptions, home: Home, settings: SettingsStore) {
  const engine = createEngineHost({
    spawn: spawnEngine,
    onState: onChange,
    idleMinutes: settings.get().idleMinutes,
    fixed: async (path) => fixedPromptFor(mannerFor(await knownModel(path))),
    load: { backends: [...backendsOf(settings.get().backend)], contextTokens: 4096, prefixFolder: join(home.models, "prefix") },
  });
  const store = createModelStore({ folder: home.models, now: () => new Date() });
  const measured = createMeasuredStore({ folder: home.models, suite: SUITE });
  const models = createModelDesk({
    store,
    measured,
    folder: home.models,
    mirrors: () => settings.get().modelMirrors,
    host: engine,
    server: createModelServer(() => settings.get().server),
    chosen: () => settings.get().model,
    choose: (id) => settings.update({ model: id }).kind === "kept",
    onChange,
  });
  return { engine, store, measured, models };
}

/** Joins the parts; opens no account and starts no process yet. Throws when the home folder cannot be made. */
export function createFoundation(options: FoundationOptions): Foundation {
  const { onChange = () => undefined, onNotice = () => undefined } = options;
  const environment = readEnvironment(options.home);
  const home = openHome(environment.home);
  const settings = createSettingsStore({ file: home.settings, onNotice });
  const vault = createKeychainVault({ spawn: options.spawnKeychain });
  const session = createSession({ environment, home, settings, vault, onChange, onNotice });
  const { engine, store, measured, models } = openModels(options, home, settings);
  const held: { timesheet: Timesheet | undefined } = { timesheet: undefined };
  const timesheet = (): Timesheet => {
    if (!held.timesheet) throw new Error("No account is open yet.");
    return held.timesheet;
  };
  const turns = createTurns();
  const measuring = createMeasuring({ models, host: engine, store, measured, folder: home.models, chosen: () => settings.get().model, index: () => timesheet().facts().index, turns, onChange });
  const desk = lookingAgain(createDesk({ timesheet, model: models.model, hasModel: () => settings.get().model !== RULES }), () => session.renew());

  return {
    environment,
    home,
    settings,
    session,
    engine,
    models: givingWay(models, measuring),
    measuring,
    // A sentence that somebody waits for goes before those that are only measured with.
    desk: { ...desk, think: (text, pins, cancel) => turns.urgent(() => desk.think(text, pins, cancel)) },
    remembering: createRemembering({ settings, facts: () => timesheet().facts() }),
    timesheet,
    open: async (which) => {
      const opened = await session.open(which);
      if (opened.kind === "failed") return { ok: false, message: opened.message };
      await held.timesheet?.close();
      held.timesheet = opened.timesheet;
      onChange();
      return { ok: true, message: `${opened.timesheet.connection.label} is open.` };
    },
    close: async () => {
      measuring.stop();
      models.stop();
      await engine.stop();
      await held.timesheet?.close();
    },
  };
}
