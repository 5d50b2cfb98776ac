import type { Vault } from "../secrets/vault.ts";
import { createMemoryVault } from "../secrets/memory.ts";
import type { SettingsStore } from "../settings/store.ts";
import { createSharedPace } from "../harvest/pace.ts";
import { accountsOf, openHarvest, openSample } from "./connection.ts";
import type { Environment } from "./environment.ts";
import type { Home } from "./home.ts";
import { createOpener } from "./opener.ts";
import type { Timesheet } from "./timesheet.ts";

export interface SessionOptions {
  readonly environment: Environment;
  readonly home: Home;
  readonly settings: SettingsStore;
  readonly vault: Vault;
  readonly onChange?: (() => void) | undefined;
  readonly onNotice?: ((sentence: string) => void) | undefined;
}
export type SessionOpened = { readonly kind: "open"; readonly timesheet: Timesheet } | { readonly kind: "failed"; readonly message: string };
export type Connected =
  | { readonly kind: "connected"; readonly name: string; readonly userName: string }
  | { readonly kind: "no-keychain"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string };

/** Which account Stint works on, and its token: in the OS keychain, or in this process's memory, never in a file. */
export interface Session {
  /** Opens the account of the settings, or the one that is asked for. */
  open(which?: "sample" | "harvest"): Promise<SessionOpened>;
  findAccounts(token: string): ReturnType<typeof accountsOf>;
  /**
   * Reads the open account again, its projects too, however fresh they are. For a project that was not found: asked for in quick
   * succession it does nothing, because typing passes through many words that name none.
   */
  renew(): Promise<void>;
  /** Proves the token with one real request, then keeps it where `keep` says. */
  connect(token: string, accountId: number, keep: "keychain" | "session"): Promise<Connected>;
  /** Forgets the account and removes its token from the keychain. */
  disconnect(): Promise<{ readonly ok: boolean; readonly message: string }>;
  readonly keptForSession: () => boolean;
}

const vaultKey = (accountId: number): string => `harvest-${accountId}`;

/** A session over one home folder. */
export function createSession(options: SessionOptions): Session {
  const { environment, home, settings, vault, onNotice = () => undefined } = options;
  const memory = createMemoryVault();
  const pace = createSharedPace(home.pace);
  const opener = createOpener(options);
  const state = { session: false };

  const tokenFor = async (accountId: number) => {
    const held = await memory.get(vaultKey(accountId));
    return held.kind === "found" ? held : vault.get(vaultKey(accountId));
  };

  return {
    open: async (which) => {
      const { account } = settings.get();
      const wanted = which ?? account.kind;
      if (wanted === "sample") {
        const opened = await openSample(environment, home.sampleState, onNotice);
        return opened.kind === "open" ? { kind: "open", timesheet: opener.open(opened.connection) } : opened;
      }
      if (account.kind !== "harvest") return { kind: "failed", message: "No Harvest account is connected. Run: stint connect" };
      const token = await tokenFor(account.accountId);
      if (token.kind === "no-keychain") return { kind: "failed", message: `The token for ${account.name} cannot be read: ${token.message}` };
      if (token.kind === "absent") return { kind: "failed", message: `The keychain holds no token for ${account.name}. Connect it again.` };
      return { kind: "open", timesheet: opener.open(openHarvest(environment, account, { token: token.secret, pace })) };
    },

    findAccounts: (token) => accountsOf(environment, { token, pace }),

    renew: () => opener.renew(),

    connect: async (token, accountId, keep) => {
      const secret = token.trim();
      const trial = openHarvest(environment, { accountId, name: `Account ${accountId}`, userId: 0 }, { token: secret, pace });
      const me = await trial.client.me();
      if (me.kind === "failed") return { kind: "failed", message: me.message };
      const listed = await accountsOf(environment, { token: secret, pace });
      const name = (listed.kind === "ok" ? listed.value.find((each) => each.id === accountId)?.name : undefined) ?? `Harvest account ${accountId}`;
      if (keep === "keychain") {
        const kept = await vault.set(vaultKey(accountId), secret);
        if (kept.kind === "no-keychain") return kept;
      } else await memory.set(vaultKey(accountId), secret);
      state.session = keep === "session";
      const account = { kind: "harvest" as const, accountId, name, userId: me.value.id, userName: me.value.name, ...(me.value.zone ? { zone: me.value.zone } : {}) };
      const saved = settings.update({ account });
      if (saved.kind === "failed") return { kind: "failed", message: saved.message };
      return { kind: "connected", name, userName: me.value.name };
    },

    disconnect: async () => {
      const { account } = settings.get();
      if (account.kind !== "harvest") return { ok: true, message: "No Harvest account is connected." };
      await memory.remove(vaultKey(account.accountId));
      const removed = state.session ? { kind: "removed" as const } : await vault.remove(vaultKey(account.accountId));
      state.session = false;
      const saved = settings.update({ account: { kind: "sample" } });
      if (saved.kind === "failed") return { ok: false, message: saved.message };
      if (removed.kind === "no-keychain") return { ok: false, message: `${account.name} is disconnected, but its token could not be removed from the keychain: ${removed.message}` };
      return { ok: true, message: `${account.name} is disconnected and its token is removed from this computer.` };
    },
    keptForSession: () => state.session,
  };
}
