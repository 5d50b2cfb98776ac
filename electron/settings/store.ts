import { closeSync, constants, copyFileSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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

/**
 * The one settings file, shared by the app and the terminal program; small enough that every call finishes at once. Never holds a token.
 */
export interface SettingsStore {
  /** The settings as last read. */
  get(): Settings;
  /** Reads the file again, when another program may have written it; listeners hear of a difference. */
  reload(): Settings;
  /** Changes fields on top of what the file holds now, all or none of it. */
  update(change: SettingsChange): Kept;
  /** Calls `listener` after every change; the result stops that. */
  subscribe(listener: (settings: Settings) => void): () => void;
}

const NEWER = "The settings were written by a newer version of Stint; this one uses its defaults and changes nothing.";
const UNREADABLE = "The settings could not be read; Stint uses its defaults and changes nothing.";

type Found = { readonly kind: "settings"; readonly settings: Settings } | { readonly kind: "read-only"; readonly message: string };

/** Reads `file` and keeps a store on it. What cannot be read is told by `onNotice`, and the defaults hold. The folder is made when first needed. */
export function createSettingsStore({ file, onNotice }: SettingsStoreOptions): SettingsStore {
  const listeners = new Set<(settings: Settings) => void>();
  let settings = defaultSettings;
  let said = "";

  const take = (next: Settings): Settings => {
    if (JSON.stringify(next) === JSON.stringify(settings)) return settings;
    settings = next;
    for (const listener of listeners) listener(next);
    return next;
  };
  const read = (): Found => {
    const found = readSettings(file, onNotice);
    if (found.kind === "read-only" && found.message !== said) onNotice(found.message);
    said = found.kind === "read-only" ? found.message : "";
    return found;
  };
  const reload = (): Settings => {
    const found = read();
    return take(found.kind === "settings" ? found.settings : defaultSettings);
  };
  reload();

  return {
    get: () => settings,
    reload,
    update: (change) => {
      const found = read();
      if (found.kind === "read-only") return { kind: "failed", message: found.message };
      const next = settingsV1.safeParse({ ...found.settings, ...change, version: SETTINGS_VERSION });
      if (!next.success) return { kind: "failed", message: "That setting is not one that Stint can keep." };
      try {
        writeAtomically(file, `${JSON.stringify(next.data, undefined, 2)}\n`);
      } catch {
        return { kind: "failed", message: "The settings could not be written, so they are as they were." };
      }
      take(next.data);
      return { kind: "kept" };
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function readSettings(file: string, onNotice: (sentence: string) => void): Found {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    return isCode(cause, "ENOENT") ? { kind: "settings", settings: defaultSettings } : { kind: "read-only", message: UNREADABLE };
  }
  const migrated = migrateSettings(text);
  if (migrated.kind === "settings") return migrated;
  if (migrated.kind === "newer") return { kind: "read-only", message: NEWER };
  try {
    const name = setAside(file);
    onNotice(`The settings were damaged, so Stint starts from its defaults; the damaged file is now "${name}".`);
    return { kind: "settings", settings: defaultSettings };
  } catch {
    // Not even its name can be changed: then it must not be written over either.
    return { kind: "read-only", message: UNREADABLE };
  }
}

/** Gives the damaged file a free name. An older damaged file keeps its own, which `rename` would not grant it. */
function setAside(file: string): string {
  for (let n = 1; ; n += 1) {
    const name = `settings.damaged-${n}.json`;
    try {
      copyFileSync(file, join(dirname(file), name), constants.COPYFILE_EXCL);
    } catch (cause) {
      if (isCode(cause, "EEXIST")) continue;
      throw cause;
    }
    rmSync(file);
    return name;
  }
}

/** A reader sees the old file or the new one, never half of either, whenever the power goes. */
function writeAtomically(file: string, text: string): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}.new`;
  try {
    withFile(fresh, "w", (handle) => {
      writeFileSync(handle, text);
      fsyncSync(handle);
    });
    renameSync(fresh, file);
  } catch (cause) {
    rmSync(fresh, { force: true });
    throw cause;
  }
  try {
    withFile(folder, "r", fsyncSync);
  } catch {
    // Windows cannot sync a folder, and elsewhere the new file is in its place already: only a power cut right now brings the old one back.
  }
}

function withFile(path: string, flags: string, act: (handle: number) => void): void {
  const handle = openSync(path, flags, 0o600);
  try {
    act(handle);
  } finally {
    closeSync(handle);
  }
}

const isCode = (cause: unknown, code: string): boolean => cause instanceof Error && "code" in cause && cause.code === code;
