import { Agent as HttpAgent, request as httpRequest } from "node:http";
import type { ClientRequest, IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { pipeline } from "node:stream";
import type { SecureContext } from "node:tls";
import { createGunzip } from "node:zlib";
import { openTunnel } from "./tunnel.ts";

/** How long each part of a request may take, in milliseconds. */
export interface Patience {
  /** Until the line stands: name lookup, proxy, TLS. */
  readonly connectMs: number;
  /** From the request being sent to the first byte of its answer. */
  readonly firstByteMs: number;
  /** Everything together, the answer's last byte included. */
  readonly wholeMs: number;
}

export interface LineRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly patience: Patience;
  readonly signal?: AbortSignal | undefined;
}

/** `sent` tells whether the request may have reached the other side. */
export type LineReply =
  | { readonly kind: "answer"; readonly status: number; readonly retryAfter: string | null; readonly date: string | null; readonly text: string }
  | { readonly kind: "late"; readonly phase: "connect" | "first-byte" | "whole"; readonly sent: boolean }
  | { readonly kind: "stopped"; readonly sent: boolean }
  | { readonly kind: "broken"; readonly code: string; readonly sent: boolean };

/** Carries one request to a server and brings back what came; never throws, never goes anywhere else than asked. */
export type Line = (request: LineRequest) => Promise<LineReply>;

/** How this computer reaches the world: a proxy for an address, if it needs one, and the authorities that are trusted. */
export interface Network {
  /** Undefined: straight there. */
  readonly proxyFor?: ((url: URL) => URL | undefined) | undefined;
  /** Whom to trust. Undefined: the authorities that are built in. */
  readonly trust?: SecureContext | undefined;
}

// An answer of 2,000 rows is about 3 MB; nothing that Harvest sends comes near this.
const MAX_ANSWER = 64 * 1024 * 1024;

/** An idle line is given up before the other side gives it up: a write that meets a closed one would be in doubt for nothing. */
const IDLE_MS = 4_000;

interface Course {
  readonly phase: () => "connect" | "first-byte" | "whole";
  readonly sent: () => boolean;
}

/** Follows a request from connecting to its last byte, so that a failure can be told by where it struck. */
function follow(outgoing: ClientRequest, through: boolean, onStanding: () => void): Course {
  const state = { standing: through, answered: false };
  const stand = (): void => {
    if (state.standing) return;
    state.standing = true;
    onStanding();
  };
  outgoing.once("socket", (socket: Socket) => {
    if (outgoing.reusedSocket) stand();
    else socket.once("encrypted" in socket ? "secureConnect" : "connect", stand);
  });
  outgoing.once("response", () => {
    state.answered = true;
  });
  if (through) onStanding();
  return { phase: () => (state.answered ? "whole" : state.standing ? "first-byte" : "connect"), sent: () => state.standing };
}

/** The body as text; undefined when it broke off or is too long. Throws when the line does, or what came is not what it says it is. */
async function textOf(answer: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  const body = answer.headers["content-encoding"] === "gzip" ? pipeline(answer, createGunzip(), () => undefined) : answer;
  for await (const part of body) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    size += bytes.length;
    if (size > MAX_ANSWER) return undefined;
    parts.push(bytes);
  }
  return answer.complete ? Buffer.concat(parts).toString("utf8") : undefined;
}

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

/** `through` tells that the line stands already, as one through a proxy does. */
function carry(outgoing: ClientRequest, request: LineRequest, through = false): Promise<LineReply> {
  return new Promise((resolve) => {
    const timers: NodeJS.Timeout[] = [];
    const onAbort = (): void => end({ kind: "stopped", sent: course.sent() });
    const end = (reply: LineReply): void => {
      for (const timer of timers) clearTimeout(timer);
      request.signal?.removeEventListener("abort", onAbort);
      resolve(reply);
      if (reply.kind !== "answer") outgoing.destroy();
    };
    const late = (): void => end({ kind: "late", phase: course.phase(), sent: course.sent() });
    const { patience } = request;
    const connecting = setTimeout(late, patience.connectMs);
    timers.push(connecting, setTimeout(late, patience.wholeMs));
    const course = follow(outgoing, through, () => {
      clearTimeout(connecting);
      timers.push(setTimeout(() => course.phase() === "first-byte" && late(), patience.firstByteMs));
    });
    request.signal?.addEventListener("abort", onAbort, { once: true });
    outgoing.on("error", (error) => end({ kind: "broken", code: codeOf(error), sent: course.sent() }));
    outgoing.once("response", (answer) => {
      const broken = { kind: "broken", code: "half", sent: true } as const;
      const { "retry-after": retryAfter = null, date = null } = answer.headers;
      textOf(answer).then(
        (text) => end(text === undefined ? broken : { kind: "answer", status: answer.statusCode ?? 0, retryAfter, date, text }),
        () => end(broken),
      );
    });
    outgoing.end(request.body);
  });
}

/**
 * Opens a line over Node's own HTTP. Redirects are answers like any other: nothing is ever sent to a place that was not asked for.
 * A proxy is used for https alone, as a tunnel: it sees the host's name and nothing of the request.
 */
export function createLine(network: Network = {}): Line {
  const trusting = network.trust === undefined ? {} : { secureContext: network.trust };
  const kept = { keepAlive: true, timeout: IDLE_MS };
  const straight = { http: new HttpAgent(kept), https: new HttpsAgent({ ...kept, ...trusting }) };
  return async (request) => {
    const url = new URL(request.url);
    const headers = { ...request.headers, "Accept-Encoding": "gzip", ...(request.body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(request.body)) }) };
    const { method } = request;
    if (request.signal?.aborted === true) return { kind: "stopped", sent: false };
    const proxy = url.protocol === "https:" ? network.proxyFor?.(url) : undefined;
    if (proxy === undefined) {
      const outgoing = url.protocol === "http:" ? httpRequest(url, { method, headers, agent: straight.http }) : httpsRequest(url, { method, headers, agent: straight.https });
      return carry(outgoing, request);
    }
    const tunnel = await openTunnel({ proxy, url, limitMs: request.patience.connectMs, trust: network.trust, signal: request.signal });
    if (tunnel.kind !== "open") return tunnel;
    // Naming any agent, `false` too, would make Node open a line of its own past this one.
    return carry(httpsRequest(url, { method, headers, createConnection: () => tunnel.socket }), request, true);
  };
}
