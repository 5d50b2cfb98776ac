import type { Vault } from "./vault.ts";

/** A vault that forgets everything when the process ends: for "this session only", and for tests. */
export function createMemoryVault(): Vault {
  const secrets = new Map<string, string>();
  return {
    get: async (account) => {
      const secret = secrets.get(account);
      return secret === undefined ? { kind: "absent" } : { kind: "found", secret };
    },
    set: async (account, secret) => {
      secrets.set(account, secret);
      return { kind: "kept" };
    },
    remove: async (account) => {
      secrets.delete(account);
      return { kind: "removed" };
    },
  };
}
