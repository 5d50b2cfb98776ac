/** What a keychain says. `no-keychain` is an ordinary answer (no Secret Service, locked, no time): `message` may be shown. */
export type VaultAnswer<T> = T | { readonly kind: "no-keychain"; readonly message: string };

/**
 * A place for one secret per account key, outside every file of ours. Never throws, never hangs (each call has a time limit),
 * never writes the secret to a file.
 */
export interface Vault {
  get(account: string): Promise<VaultAnswer<{ readonly kind: "found"; readonly secret: string } | { readonly kind: "absent" }>>;
  set(account: string, secret: string): Promise<VaultAnswer<{ readonly kind: "kept" }>>;
  remove(account: string): Promise<VaultAnswer<{ readonly kind: "removed" }>>;
}
