import { homedir, platform } from "node:os";
import { join } from "node:path";
import type { Network } from "../harvest/line.ts";
import { networkOf } from "../harvest/network.ts";

/** What the process was given from outside. Read here and nowhere else; everything else takes it as an argument. */
export interface Environment {
  /** Folder of every file Stint keeps. */
  readonly home: string;
  /** `STINT_NOW`: a fixed civil time for the sample account ("2026-04-06T09:00:00"). */
  readonly fixedNow: string | undefined;
  /** IANA zone of this device. */
  readonly zone: string;
  /** Where Harvest is looked for; only a loopback address may replace the real one. */
  readonly harvestUrl: string | undefined;
  /** Proxy and certificates, looked up when a Harvest account is opened: reading the operating system's takes a moment. */
  readonly network: () => Network;
}

function defaultHome(env: NodeJS.ProcessEnv): string {
  if (platform() === "win32") return join(env["APPDATA"] ?? join(homedir(), "AppData", "Roaming"), "Stint");
  if (platform() === "darwin") return join(homedir(), "Library", "Application Support", "Stint");
  return join(env["XDG_DATA_HOME"] || join(homedir(), ".local", "share"), "stint");
}

/** Reads the environment once. `home` comes from `--home` when that was given. */
export function readEnvironment(home: string | undefined, env: NodeJS.ProcessEnv = process.env): Environment {
  const held: { network: Network | undefined } = { network: undefined };
  return {
    home: home ?? defaultHome(env),
    fixedNow: env["STINT_NOW"] || undefined,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
    harvestUrl: env["STINT_HARVEST_URL"] || undefined,
    network: () => (held.network ??= networkOf(env)),
  };
}
