import { nowIn } from "../core/time.ts";
import type { IsoDate } from "../core/entry.ts";
import { findAccounts } from "../harvest/accounts.ts";
import { createHarvestClient } from "../harvest/client.ts";
import { instantAt } from "../harvest/sandbox/civil.ts";
import type { Pace } from "../harvest/pace.ts";
import { startSandbox } from "../harvest/sandbox/server.ts";
import type { HarvestClient } from "../harvest/types.ts";
import type { Environment } from "./environment.ts";

/** Harvest asks every client to name itself with a way to reach its makers. */
export const USER_AGENT = "Stint/0.1 (https://stint.example)";

/** What time it is for an account: an instant for stamps, a civil day and time in its zone for readings. */
export interface AccountClock {
  readonly now: () => Date;
  readonly civil: () => { readonly today: IsoDate; readonly time: string };
}

/** One open account: the client that speaks to it, and its clock. */
export interface Connection {
  readonly kind: "sample" | "harvest";
  /** Names the account's folder on disk. */
  readonly key: string;
  readonly label: string;
  readonly client: HarvestClient;
  readonly zone: string;
  readonly clock: AccountClock;
  /** Where the sample account listens; absent for Harvest. */
  readonly url?: string | undefined;
  close(): Promise<void>;
}
export type Opened = { readonly kind: "open"; readonly connection: Connection } | { readonly kind: "failed"; readonly message: string };

/** A clock for a zone. `fixed` is civil time in that zone, or an instant with its offset; undefined when it is neither. */
export function accountClock(zone: string, fixed: string | undefined): AccountClock | undefined {
  if (fixed === undefined) {
    return { now: () => new Date(), civil: () => civilOf(zone, new Date()) };
  }
  const civil = nowIn(zone, fixed);
  if (!civil) return undefined;
  const instant = instantAt({ date: civil.today, time: civil.time }, zone);
  return { now: () => instant, civil: () => civil };
}

function civilOf(zone: string, instant: Date): { today: IsoDate; time: string } {
  const civil = nowIn(zone, instant.toISOString());
  if (!civil) throw new Error(`The zone ${zone} cannot be used.`);
  return civil;
}

/** Opens the built-in sample account: a real server on loopback whose state lies in the home folder, shared by app and terminal. */
export async function openSample(environment: Environment, file: string, onNotice: (sentence: string) => void): Promise<Opened> {
  const { zone, fixedNow } = environment;
  const clock = accountClock(zone, fixedNow);
  if (!clock) return { kind: "failed", message: `STINT_NOW is not a time that can be read: ${fixedNow}. Write it like 2026-04-06T09:00:00.` };
  const sandbox = await startSandbox({ file, zone, clock: clock.now, onNotice });
  if (sandbox.kind === "failed") return sandbox;
  const client = createHarvestClient({ baseUrl: sandbox.url, token: sandbox.token, accountId: sandbox.accountId, userAgent: USER_AGENT, zone });
  return {
    kind: "open",
    connection: { kind: "sample", key: "sample", label: "Sample account", client, zone, clock, url: sandbox.url, close: () => sandbox.close() },
  };
}

export interface HarvestAccountRef {
  readonly accountId: number;
  readonly name: string;
  readonly userId: number;
}

/** A token and the pace at which requests may be made with it, by everybody on this home folder. */
export interface Key {
  readonly token: string;
  readonly pace: Pace;
}

/** Opens a Harvest account that was connected before. Asks nothing of the network yet. */
export function openHarvest(environment: Environment, account: HarvestAccountRef, { token, pace }: Key): Connection {
  // The device's zone decides "today" (harvest-api §11): it is the day on the user's own clock.
  const { zone, harvestUrl } = environment;
  // A request that waits for Harvest must not keep a program alive that is done: what is kept is sent by the next one.
  const closing = new AbortController();
  const client = createHarvestClient({
    token,
    pace,
    signal: closing.signal,
    network: environment.network(),
    accountId: account.accountId,
    userId: account.userId,
    userAgent: USER_AGENT,
    zone,
    ...(harvestUrl ? { baseUrl: harvestUrl } : {}),
  });
  const clock = accountClock(zone, undefined);
  if (!clock) throw new Error("A running clock always exists.");
  return { kind: "harvest", key: `harvest-${account.accountId}`, label: account.name, client, zone, clock, close: () => Promise.resolve(closing.abort()) };
}

/** The Harvest accounts a token opens, by one real request. */
export function accountsOf(environment: Environment, { token, pace }: Key): ReturnType<typeof findAccounts> {
  return findAccounts({ token, pace, network: environment.network(), userAgent: USER_AGENT, ...(environment.harvestUrl ? { idUrl: environment.harvestUrl } : {}) });
}
