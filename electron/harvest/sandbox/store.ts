import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { accountData } from "./account.ts";
import type { AccountData } from "./account.ts";
import { underLock } from "./lock.ts";

/** What a change came to, and whether the account as it left it is to be kept. */
export interface Changed<T> {
  readonly result: T;
  readonly keep: boolean;
}

/** Holds one account. What `read` gives must not be changed; `change` works on a copy, which is dropped unless it says `keep`. */
export interface AccountStore {
  read(): Promise<AccountData>;
  /** Throws when the change could not be written down; then it did not happen. */
  change<T>(act: (data: AccountData) => Changed<T>): Promise<T>;
}

/** An account that lives as long as this process. */
export function createMemoryStore(first: AccountData): AccountStore {
  let kept = structuredClone(first);
  return {
    read: () => Promise.resolve(kept),
    change(act) {
      const copy = structuredClone(kept);
      const { result, keep } = act(copy);
      if (keep) kept = copy;
      return Promise.resolve(result);
    },
  };
}

type Loaded = { readonly kind: "account"; readonly data: AccountData } | { readonly kind: "absent" } | { readonly kind: "damaged" };

function load(file: string): Loaded {
  if (!existsSync(file)) return { kind: "absent" };
  try {
    const parsed = accountData.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return parsed.success ? { kind: "account", data: parsed.data } : { kind: "damaged" };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: "damaged" };
    throw error;
  }
}

/** Renames over an existing file. On Windows a virus scanner that is looking at it makes this fail for a moment. */
function replaceFile(from: string, to: string): void {
  for (let left = 10; ; left -= 1) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (left === 0 || process.platform !== "win32" || !["EPERM", "EACCES", "EBUSY"].includes(code)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** All or nothing: a reader sees the old file or the new one, and a power cut leaves one of them whole. */
function save(file: string, data: AccountData): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    const handle = openSync(draft, "w", 0o600);
    try {
      writeFileSync(handle, JSON.stringify(data));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    replaceFile(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function setAside(file: string): string {
  let nth = 1;
  while (existsSync(`${file}.damaged-${nth}`)) nth += 1;
  const aside = `${file}.damaged-${nth}`;
  renameSync(file, aside);
  return aside;
}

function signatureOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.ino}/${stat.size}/${stat.mtimeMs}`;
}

/**
 * An account in a JSON file that several processes share: writes are read-modify-write under a lock, reads notice a changed
 * file. A file that cannot be understood is set aside under another name, told through `onNotice`, and a fresh account is made.
 */
export function createFileStore(file: string, makeFirst: () => AccountData, onNotice: (sentence: string) => void): AccountStore {
  mkdirSync(dirname(file), { recursive: true });
  const cache: { data: AccountData | undefined; signature: string } = { data: undefined, signature: "" };
  const remember = (data: AccountData): AccountData => {
    cache.data = data;
    cache.signature = signatureOf(file);
    return data;
  };
  const current = (): AccountData => {
    if (cache.data !== undefined && cache.signature === signatureOf(file)) return cache.data;
    const loaded = load(file);
    if (loaded.kind === "account") return remember(loaded.data);
    if (loaded.kind === "damaged") onNotice(`The sample account's file was damaged. It was kept as ${setAside(file)} and a fresh account was made.`);
    const data = makeFirst();
    save(file, data);
    return remember(data);
  };
  const locked = <T>(act: () => T): Promise<T> => underLock(`${file}.lock`, act);
  return {
    async read() {
      if (cache.data !== undefined && cache.signature === signatureOf(file)) return cache.data;
      return locked(current);
    },
    change: (act) =>
      locked(() => {
        const copy = structuredClone(current());
        const { result, keep } = act(copy);
        if (keep) {
          save(file, copy);
          remember(copy);
        }
        return result;
      }),
  };
}
