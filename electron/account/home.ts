import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** Where each kind of file lies under one home folder. The sample account and every Harvest account keep their journals apart. */
export interface Home {
  readonly folder: string;
  readonly settings: string;
  readonly models: string;
  account(key: string): { readonly folder: string; readonly cache: string };
  readonly sampleState: string;
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
      return { folder: inside, cache: join(inside, "cache.json") };
    },
    sampleState: join(folder, "sample-account.json"),
  };
}
