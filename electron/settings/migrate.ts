import { z } from "zod";
import { settingsV1, type SettingsV1 } from "./v1.ts";

/** The settings as this program knows them, whatever version the file has. */
export type Settings = SettingsV1;

/** The version that this program writes. */
export const SETTINGS_VERSION = 1;

/** What a new user starts with. */
export const defaultSettings: Settings = settingsV1.parse({ version: 1 });

const versioned = z.looseObject({ version: z.int().positive() });

export type Migrated =
  | { readonly kind: "settings"; readonly settings: Settings }
  /** Written by a later program: not to be read, and above all not to be written over. */
  | { readonly kind: "newer" }
  | { readonly kind: "damaged" };

/** Reads the text of a settings file of any version up to this program's. Fields that it does not know are left behind. */
export function migrateSettings(text: string): Migrated {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: "damaged" };
  }
  const head = versioned.safeParse(json);
  if (!head.success) return { kind: "damaged" };
  if (head.data.version > SETTINGS_VERSION) return { kind: "newer" };
  const settings = settingsV1.safeParse(json);
  return settings.success ? { kind: "settings", settings: settings.data } : { kind: "damaged" };
}
