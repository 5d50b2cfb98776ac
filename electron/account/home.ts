import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** Where each kind of file lies under one home folder. The sample account and every Harvest account keep their journals apart. */
export interface Home {
  readonly folder: string;
  readonly settings: string;
  readonly models: string;
  /** `knowledge` is what the account is like, `cache` what was last read for the popup. */
  account(key: string): { readonly folder: string; readonly cache: string; readonly knowledge: string };
  readonly sampleState: string;
  /** Folder by which all processes of this home keep Harvest's limit together. */
  readonly pace: string;
}

/** Lays out a home folder and makes it (mode 0700: entry texts are private). Throws when it cannot be made at all. */
export function openHome(folder: string): Home {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    folder,
    settings: join(folder, "settings.json"),
    models: join(folder, "models"),
    account: (key) => {
      const inside = join(folder, "accounts", key);
      mkdirSync(inside, { recursive: true, mode: 0o700 });
      return { folder: inside, cache: join(inside, "cache.json"), knowledge: join(inside, "account.json") };
    },
    sampleState: join(folder, "sample-account.json"),
    pace: join(folder, "pace"),
  };
}
