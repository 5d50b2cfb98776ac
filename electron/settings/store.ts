import { constants } from "node:fs";
import { copyFile, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { defaultSettings, migrateSettings, SETTINGS_VERSION, type Settings } from "./migrate.ts";
import { settingsV1 } from "./v1.ts";

/** Fields to set; a field given as `undefined` is cleared. The version cannot be set. */
export type SettingsChange = { readonly [K in keyof Omit<Settings, "version">]?: Settings[K] | undefined };

/** `failed`: the file and `get()` are as they were; `message` is one sentence for the user. */
export type Kept = { readonly kind: "kept" } | { readonly kind: "failed"; readonly message: string };

export interface SettingsStoreOptions {
  readonly file: string;
  readonly onNotice: (sentence: string) => void;
}

/** The one settings file, shared by the app and the terminal program. Never holds a token. */
export interface SettingsStore {
  /** Reads the file, at the start or when another program may have written it; listeners hear of a difference. Never fails: see `onNotice`. */
  reload(): Promise<Settings>;
  /** The settings as last read; the defaults before the first `reload`. */
  get(): Settings;
  /** Changes fields on top of what the file holds now, all or none of it. */
  update(change: SettingsChange): Promise<Kept>;
  /** Calls `listener` after every change; the result stops that. */
  subscribe(listener: (settings: Settings) => void): () => void;
}

const NEWER = "The settings were written by a newer version of Stint; this one uses its defaults and changes nothing.";
const UNREADABLE = "The settings could not be read; Stint uses its defaults and changes nothing.";

type Found = { readonly kind: "settings"; readonly settings: Settings } | { readonly kind: "read-only"; readonly message: string };

/** A store on `file`; its folder is made when something is first kept. Call `reload` before the first `get`. */
export function createSettingsStore({ file, onNotice }: SettingsStoreOptions): SettingsStore {
  const listeners = new Set<(settings: Settings) => void>();
  let settings = defaultSettings;
  let said = "";
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = turn.then(act);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const take = (next: Settings): void => {
    if (JSON.stringify(next) === JSON.stringify(settings)) return;
    settings = next;
    for (const listener of listeners) listener(next);
  };
  const read = async (): Promise<Found> => {
    const found = await readSettings(file, onNotice);
    if (found.kind === "read-only" && found.message !== said) onNotice(found.message);
    said = found.kind === "read-only" ? found.message : "";
    return found;
  };

  return {
    reload: () =>
      inTurn(async () => {
        const found = await read();
        take(found.kind === "settings" ? found.settings : defaultSettings);
        return settings;
      }),
    get: () => settings,
    update: (change) =>
      inTurn(async () => {
        const found = await read();
        if (found.kind === "read-only") return { kind: "failed", message: found.message };
        const next = settingsV1.safeParse({ ...found.settings, ...change, version: SETTINGS_VERSION });
        if (!next.success) return { kind: "failed", message: "That setting is not one that Stint can keep." };
        try {
          await writeAtomically(file, `${JSON.stringify(next.data, undefined, 2)}\n`);
        } catch {
          return { kind: "failed", message: "The settings could not be written, so they are as they were." };
        }
        take(next.data);
        return { kind: "kept" };
      }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function readSettings(file: string, onNotice: (sentence: string) => void): Promise<Found> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    return isCode(cause, "ENOENT") ? { kind: "settings", settings: defaultSettings } : { kind: "read-only", message: UNREADABLE };
  }
  const migrated = migrateSettings(text);
  if (migrated.kind === "settings") return migrated;
  if (migrated.kind === "newer") return { kind: "read-only", message: NEWER };
  try {
    const name = await setAside(file);
    onNotice(`The settings were damaged, so Stint starts from its defaults; the damaged file is now "${name}".`);
    return { kind: "settings", settings: defaultSettings };
  } catch {
    // Not even its name can be changed: then it must not be written over either.
    return { kind: "read-only", message: UNREADABLE };
  }
}

/** Gives the damaged file a free name. An older damaged file keeps its own, which `rename` would not grant it. */
async function setAside(file: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const name = `settings.damaged-${n}.json`;
    try {
      await copyFile(file, join(dirname(file), name), constants.COPYFILE_EXCL);
    } catch (cause) {
      if (isCode(cause, "EEXIST")) continue;
      throw cause;
    }
    await rm(file);
    return name;
  }
}

/** A reader sees the old file or the new one, never half of either, whenever the power goes. */
async function writeAtomically(file: string, text: string): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}.new`;
  try {
    const handle = await open(fresh, "w", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, file);
  } catch (cause) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw cause;
  }
  // Windows cannot sync a folder, and its rename needs none.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isCode = (cause: unknown, code: string): boolean => cause instanceof Error && "code" in cause && cause.code === code;
