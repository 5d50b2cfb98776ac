import { createHarvestClient } from "../../electron/harvest/client.ts";
import type { HarvestClientOptions } from "../../electron/harvest/types.ts";
import type { AccountData } from "../../electron/harvest/sandbox/account.ts";
import { createSampleAccount } from "../../electron/harvest/sandbox/sample.ts";
import { startSandbox } from "../../electron/harvest/sandbox/server.ts";
import type { Sandbox, SandboxOptions } from "../../electron/harvest/sandbox/server.ts";
import { onTestFinished } from "vitest";

/** Monday morning in New York. */
export const NOW = "2026-04-06T13:00:00Z";
export const ZONE = "America/New_York";
export const AGENT = "Stint tests (https://stint.example)";

export async function sandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const started = await startSandbox({ clock: () => NOW, zone: ZONE, requestsPer15s: 10_000, ...options });
  if (started.kind === "failed") throw new Error(started.message);
  onTestFinished(() => started.close());
  return started;
}

/** A client of `box` that never really waits; `waits` says for how long it would have. */
export function clientOf(box: Sandbox, more: Partial<HarvestClientOptions> = {}) {
  const waits: number[] = [];
  const client = createHarvestClient({
    baseUrl: box.url, token: box.token, accountId: box.accountId, userAgent: AGENT, random: () => 0,
    sleep: (ms) => { waits.push(ms); return Promise.resolve(); },
    ...more,
  });
  return { ...client, waits };
}

/** The value of an answer that should have come; the failure's sentence otherwise. */
export function value<T>(result: { readonly kind: "ok"; readonly value: T } | { readonly kind: string; readonly message?: string }): T {
  if (result.kind === "ok" && "value" in result) return result.value;
  throw new Error(`${result.kind}: ${"message" in result ? String(result.message) : ""}`);
}

/** The next matching requests of `box` meet `fault`. */
export async function plan(box: Sandbox, fault: string, more: object = {}): Promise<void> {
  const response = await fetch(`${box.url}/_sandbox/faults`, { method: "POST", body: JSON.stringify({ fault, ...more }) });
  if (response.status !== 200) throw new Error(await response.text());
}

export interface WireEntry {
  readonly id: number;
  readonly spent_date: string;
  readonly hours: number;
  readonly notes: string | null;
  readonly is_running: boolean;
  readonly is_locked: boolean;
  readonly is_billed: boolean;
  readonly is_closed: boolean;
  readonly locked_reason: string | null;
  readonly started_time: string | null;
  readonly ended_time: string | null;
  readonly user: { readonly id: number };
  readonly client: { readonly name: string };
  readonly project: { readonly id: number; readonly name: string };
  readonly task: { readonly id: number; readonly name: string };
  readonly external_reference: { readonly id: string } | null;
  readonly [key: string]: unknown;
}

/** Every entry of the account as it is now, the colleague's too. */
export async function stateOf(box: Sandbox): Promise<{ user: number; entries: WireEntry[] }> {
  const response = await fetch(`${box.url}/_sandbox/state`);
  return (await response.json()) as { user: number; entries: WireEntry[] };
}

export interface RawBody {
  readonly id?: number;
  readonly message?: string;
  readonly error?: string;
  readonly hours?: number;
  readonly notes?: string | null;
  readonly is_running?: boolean;
  readonly started_time?: string | null;
  readonly total_entries?: number;
  readonly page?: number | null;
  readonly next_page?: number | null;
  readonly links?: { readonly first: string; readonly next: string | null; readonly last: string };
  readonly time_entries?: readonly WireEntry[];
  readonly [key: string]: unknown;
}

/** A raw request, past the client. */
export async function raw(box: Sandbox, path: string, init: { method?: string; headers?: Record<string, string>; body?: unknown } = {}) {
  const response = await fetch(`${box.url}${path}`, {
    method: init.method ?? "GET",
    headers: { Authorization: `Bearer ${box.token}`, "Harvest-Account-Id": String(box.accountId), "User-Agent": AGENT, "Content-Type": "application/json", ...init.headers },
    body: init.body === undefined ? null : typeof init.body === "string" ? init.body : JSON.stringify(init.body),
  });
  const text = await response.text();
  const json = (text.startsWith("{") ? JSON.parse(text) : {}) as RawBody;
  return { status: response.status, headers: response.headers, text, json };
}

export const day = "2026-04-06";

/** The sample account of that Monday with something about it changed. */
export function sample(adjust: (data: AccountData) => void): AccountData {
  const data = createSampleAccount({ now: new Date(NOW), zone: ZONE });
  adjust(data);
  return data;
}

/** Two hours on Website Redesign, Design. */
export async function draftOf(client: ReturnType<typeof clientOf>, more: object = {}) {
  const project = value(await client.projects()).find((each) => each.name === "Website Redesign");
  const task = project?.tasks.find((each) => each.name === "Design");
  return { date: day, hours: 2, notes: "Hero", project: project?.id ?? 0, task: task?.id ?? 0, ...more } as const;
}

/** How many entries with these notes the account holds. */
export async function countOf(box: Sandbox, notes: string): Promise<number> {
  return (await stateOf(box)).entries.filter((entry) => entry.notes === notes).length;
}
