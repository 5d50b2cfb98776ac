import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { AccountData } from "./account.ts";
import type { Answer } from "./answer.ts";
import { badRequest, notFound } from "./answer.ts";
import { createApi } from "./api.ts";
import type { Incoming } from "./api.ts";
import { isFromAPage } from "./door.ts";
import type { FaultPlan } from "./faults.ts";
import { catchUp, createSampleAccount, isBehind } from "./sample.ts";
import { createFileStore, createMemoryStore } from "./store.ts";
import type { AccountStore } from "./store.ts";

const HOST = "127.0.0.1";
const MAX_BODY = 1_000_000;
const REQUESTS_PER_15_S = 100;

export interface SandboxOptions {
  /** JSON file that holds the account, shared with other processes; without it the account lives in memory. */
  readonly file?: string | undefined;
  /** 0 or nothing: any free port. */
  readonly port?: number | undefined;
  /** What time it is in the account, an instant; a text carries its offset. The computer's time unless told. */
  readonly clock?: (() => Date | string) | undefined;
  /** IANA zone of a newly made sample account. An account that exists keeps its own. */
  readonly zone?: string | undefined;
  /** The account to start with when `file` does not exist yet; the sample account unless told. */
  readonly account?: AccountData | undefined;
  /** A token to accept besides those of the account. */
  readonly token?: string | undefined;
  /** Harvest allows 100. */
  readonly requestsPer15s?: number | undefined;
  /** Faults that are planned from the start; more can be planned over the control door. */
  readonly faults?: readonly FaultPlan[] | undefined;
  /** Told once for each thing the user should know: a damaged file was set aside. */
  readonly onNotice?: ((sentence: string) => void) | undefined;
}

/** A running sandbox: where it listens, and what opens it. `close` ends every connection. */
export interface Sandbox {
  readonly kind: "ready";
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly accountId: number;
  close(): Promise<void>;
}
export interface SandboxFailure {
  readonly kind: "failed";
  readonly message: string;
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    size += bytes.length;
    if (size > MAX_BODY) return undefined;
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString("utf8");
}

const DROPS = 8;

/** Sends the text a piece at a time, or its first half only and then nothing more: the line breaks. */
async function sendPieces(response: ServerResponse, bytes: Buffer, how: { readonly half: boolean; readonly dripMs: number }): Promise<void> {
  const end = how.half ? Math.floor(bytes.length / 2) : bytes.length;
  const size = Math.max(1, Math.ceil(end / (how.dripMs > 0 ? DROPS : 1)));
  for (let at = 0; at < end && !response.destroyed; at += size) {
    await new Promise<void>((resolve) => response.write(bytes.subarray(at, Math.min(end, at + size)), () => resolve()));
    if (how.dripMs > 0) await new Promise<void>((resolve) => setTimeout(resolve, how.dripMs));
  }
  if (how.half) response.destroy();
  else response.end();
}

/** A short text is not worth the work. */
const ZIPPED_FROM = 1_000;

function send(response: ServerResponse, answer: Answer, begun: number, how: { readonly half: boolean; readonly dripMs: number } = { half: false, dripMs: 0 }): void {
  const text = answer.body === undefined ? "" : typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
  const takesGzip = /\bgzip\b/.test(String(response.req.headers["accept-encoding"] ?? ""));
  const zipped = takesGzip && text.length >= ZIPPED_FROM;
  const bytes = zipped ? gzipSync(text) : Buffer.from(text);
  response.writeHead(answer.status, {
    "Content-Type": "application/json; charset=utf-8",
    ...(answer.status === 204 ? {} : { "Content-Length": bytes.length }),
    ...(zipped ? { "Content-Encoding": "gzip", Vary: "Accept-Encoding" } : {}),
    "Cache-Control": "no-cache, no-store",
    "X-Request-Id": randomUUID(),
    "X-Runtime": ((performance.now() - begun) / 1000).toFixed(6),
    ...(answer.status < 300 ? { ETag: `W/"${createHash("sha1").update(text).digest("hex")}"` } : {}),
    ...(answer.assumed === true ? { "X-Sandbox-Assumed": "1" } : {}),
    ...answer.headers,
  });
  if (how.half || how.dripMs > 0) void sendPieces(response, bytes, how);
  else response.end(bytes);
}

function brokenOf(error: unknown): Answer {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why = code === "ENOSPC" ? "the disk is full" : "its file cannot be written or read";
  return { status: 500, body: { message: `The sandbox could not keep this: ${why}.` }, assumed: true };
}

function createListener(api: ReturnType<typeof createApi>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const begun = performance.now();
    try {
      if (isFromAPage(request.headers)) return send(response, { ...notFound, assumed: true }, begun);
      const body = await bodyOf(request);
      if (body === undefined) return send(response, badRequest("The body is too long."), begun);
      const origin = `http://${request.headers.host ?? HOST}`;
      const incoming: Incoming = { method: request.method ?? "GET", url: new URL(`${origin}${request.url ?? "/"}`), headers: request.headers, body };
      const reply = await api(incoming, origin);
      if (reply.kind === "drop") request.socket.destroy();
      if (reply.kind === "answer") send(response, reply.answer, begun, { half: reply.half ?? false, dripMs: reply.dripMs ?? 0 });
    } catch (error) {
      if (!response.headersSent && !response.destroyed) send(response, brokenOf(error), begun);
    }
  };
}

function listen(server: Server, port: number): Promise<number | SandboxFailure> {
  return new Promise((resolve) => {
    server.once("error", (error) => {
      const isTaken = "code" in error && error.code === "EADDRINUSE";
      resolve({ kind: "failed", message: isTaken ? `Port ${port} is already in use on this computer.` : `The sandbox cannot listen on port ${port}.` });
    });
    server.listen({ host: HOST, port, exclusive: true }, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Makes the store ready: a sample that was left for days is filled in, an extra token is let in. Gives the account. */
async function open(store: AccountStore, now: Date, token: string | undefined): Promise<AccountData> {
  const data = await store.read();
  const hasToken = token === undefined || data.tokens.some((each) => each.token === token);
  if (hasToken && !isBehind(data, now)) return data;
  await store.change((copy) => {
    if (isBehind(copy, now)) catchUp(copy, now);
    const user = copy.users[0]?.id;
    if (token !== undefined && user !== undefined && !copy.tokens.some((each) => each.token === token)) copy.tokens.push({ token, user, revoked: false });
    return { result: undefined, keep: true };
  });
  return store.read();
}

/**
 * Starts an emulated Harvest account as a server on this computer (127.0.0.1 only). Expected failures, a taken port or a file
 * that cannot be used, are returned as one sentence.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox | SandboxFailure> {
  const clock = (): Date => new Date(options.clock?.() ?? Date.now());
  const zone = options.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const first = (): AccountData => options.account ?? createSampleAccount({ now: clock(), zone });
  const port = options.port ?? 0;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return { kind: "failed", message: "A port is a number from 0 to 65535." };
  let store: AccountStore;
  let data: AccountData;
  try {
    store = options.file === undefined ? createMemoryStore(first()) : createFileStore(options.file, first, options.onNotice ?? (() => undefined));
    data = await open(store, clock(), options.token);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    return { kind: "failed", message: `The sandbox's account file cannot be used${code}.` };
  }
  const listener = createListener(createApi({ store, clock, requestsPer15s: options.requestsPer15s ?? REQUESTS_PER_15_S, faults: options.faults ?? [] }));
  const server = createServer((request, response) => void listener(request, response));
  const listening = await listen(server, port);
  if (typeof listening !== "number") return listening;
  return {
    kind: "ready",
    url: `http://${HOST}:${listening}`,
    port: listening,
    token: options.token ?? data.tokens.find((each) => !each.revoked)?.token ?? "",
    accountId: data.accountId,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
