import type { RemoteFailure, RemoteResult } from "../core/remote.ts";
import { brokenOf, failed, failureOf, lateOf } from "./errors.ts";
import { lineOf } from "./fetch-line.ts";
import { createLine } from "./line.ts";
import type { Line, Patience } from "./line.ts";
import type { HarvestAccess } from "./types.ts";
import type { WireBooking } from "./wire.ts";

const PATIENCE: Patience = { connectMs: 10_000, firstByteMs: 20_000, wholeMs: 45_000 };
const MAX_RETRIES = 3;
/** A longer wait than this is the caller's to make: nobody sits in front of a popup for a minute. */
const MAX_TOTAL_WAIT_MS = 60_000;
const OFFICIAL = new Set(["https://api.harvestapp.com", "https://id.getharvest.com"]);

export interface Request {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly url: string;
  readonly body?: WireBooking | undefined;
}

/** Sends requests to one host with one token. The value is the parsed JSON, `undefined` for an answer without any. */
export interface Transport {
  readonly base: string;
  /** Tries again where that can do no harm; `at-once` gives up with the first failure. */
  send(request: Request, how?: "at-once"): Promise<RemoteResult<unknown>>;
}

function isLoopback(url: URL): boolean {
  return url.hostname === "localhost" || url.hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(url.hostname);
}

/** The origin a token may be sent to: Harvest's own hosts over https, or this computer. Anything else is undefined. */
export function trustedOrigin(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.username !== "" || url.password !== "") return undefined;
  if (OFFICIAL.has(url.origin)) return url.origin;
  return (url.protocol === "http:" || url.protocol === "https:") && isLoopback(url) ? url.origin : undefined;
}

/** The token without surrounding white space, or undefined when it is blank or holds anything but visible ASCII. */
export function cleanToken(token: string): string | undefined {
  const trimmed = token.trim();
  // A stray newline inside would end the header and start another one.
  return /^[\x21-\x7e]+$/.test(trimmed) ? trimmed : undefined;
}

function mayRetry(request: Request, failure: RemoteFailure): boolean {
  // Too many requests means that it was not carried out, so even a write may go again.
  if (failure.code === "rate-limited") return true;
  return request.method === "GET" && (failure.code === "server" || failure.code === "offline");
}

function waitMs(failure: RemoteFailure, tries: number, random: () => number): number {
  const base = failure.retryAfterSec === undefined ? 500 * 2 ** tries : failure.retryAfterSec * 1000;
  return Math.round(base + random() * Math.max(250, base / 4));
}

function wordsOf(body: WireBooking | undefined): readonly string[] {
  return body?.notes === undefined ? [] : [body.notes];
}

function parsed(text: string, request: Request): RemoteResult<unknown> {
  // The body of a deletion is the entry or nothing, depending on whom one asks; nobody needs it (harvest-api §7.7).
  if (request.method === "DELETE" || text.trim() === "") return { kind: "ok", value: undefined };
  try {
    return { kind: "ok", value: JSON.parse(text) };
  } catch {
    return failed("changed-shape", "Harvest answered with something that is not data.", { unknown: request.method !== "GET" });
  }
}

function patienceOf({ connectMs, firstByteMs, timeoutMs }: HarvestAccess): Patience {
  return { connectMs: connectMs ?? PATIENCE.connectMs, firstByteMs: firstByteMs ?? PATIENCE.firstByteMs, wholeMs: timeoutMs ?? PATIENCE.wholeMs };
}

async function attempt(access: HarvestAccess, line: Line, headers: Record<string, string>, request: Request): Promise<RemoteResult<unknown>> {
  const write = request.method !== "GET";
  const reply = await line({
    method: request.method,
    url: request.url,
    headers: request.body === undefined ? headers : { ...headers, "Content-Type": "application/json" },
    body: request.body === undefined ? undefined : JSON.stringify(request.body),
    patience: patienceOf(access),
    signal: access.signal,
  });
  switch (reply.kind) {
    case "answer":
      if (reply.status >= 200 && reply.status < 300) return parsed(reply.text, request);
      return failureOf(reply, { write, secrets: [access.token.trim(), ...wordsOf(request.body)] }, access.now?.() ?? new Date());
    case "late":
      return lateOf(reply.phase, write && reply.sent);
    case "stopped":
      return stopped(write && reply.sent);
    case "broken":
      return brokenOf(reply.code, write && reply.sent);
  }
}

const stopped = (unknown: boolean): RemoteFailure => failed("timeout", "The request to Harvest was stopped.", { unknown });

/** Waits, but not longer than until the signal. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener("abort", end, { once: true });
  });
}

/** Opens the line, or says in one sentence why no request may be made with this address, token or name. */
export function createTransport(access: HarvestAccess, address: string, accountId?: number): Transport | RemoteFailure {
  const base = trustedOrigin(address);
  if (base === undefined) return failed("refused", "The token is sent to Harvest or to this computer only, not to another address.");
  const token = cleanToken(access.token);
  if (token === undefined) return failed("unauthorised", "The Harvest token is blank or has characters that no token has; copy it again.");
  if (!/^[\x20-\x7e]+$/.test(access.userAgent.trim())) return failed("refused", "Harvest wants to know which program is asking.");
  if (accountId !== undefined && !(Number.isSafeInteger(accountId) && accountId > 0)) return failed("refused", "The Harvest account number is not a number.");

  const headers: Record<string, string> = {
    Authorization: `Bearer ${token}`,
    "User-Agent": access.userAgent.trim(),
    Accept: "application/json",
    ...(accountId === undefined ? {} : { "Harvest-Account-Id": String(accountId) }),
  };
  const line = access.fetch === undefined ? createLine(access.network) : lineOf(access.fetch);
  const sleep = access.sleep ?? ((ms) => pause(ms, access.signal));
  return {
    base,
    async send(request, how) {
      let waited = 0;
      for (let tries = 0; ; tries += 1) {
        const turn = access.pace?.take() ?? 0;
        if (turn > 0) await sleep(turn);
        if (access.signal?.aborted === true) return stopped(false);
        const result = await attempt(access, line, headers, request);
        if (result.kind === "ok" || how === "at-once" || tries === MAX_RETRIES || !mayRetry(request, result)) return result;
        const wait = waitMs(result, tries, access.random ?? Math.random);
        if (waited + wait > MAX_TOTAL_WAIT_MS) return result;
        waited += wait;
        await sleep(wait);
      }
    },
  };
}
