import type { Line } from "./line.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

// A connection that was never made cannot have carried anything; with any other end it may have.
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

function codeOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause;
  return typeof inner === "object" && inner !== null && "code" in inner ? String(inner.code) : "";
}

/** A line over a `fetch`, for a server in the same process. It knows one limit only, for the whole request. */
export function lineOf(fetch: Fetch): Line {
  return async (request) => {
    const isStopped = (): boolean => request.signal?.aborted === true;
    if (isStopped()) return { kind: "stopped", sent: false };
    const limit = AbortSignal.timeout(request.patience.wholeMs);
    try {
      const response = await fetch(request.url, {
        method: request.method,
        headers: request.headers,
        body: request.body ?? null,
        // A redirect could carry the token to another host; Harvest's API has none.
        redirect: "manual",
        signal: request.signal === undefined ? limit : AbortSignal.any([limit, request.signal]),
      });
      const text = await response.text();
      return { kind: "answer", status: response.status, retryAfter: response.headers.get("retry-after"), date: response.headers.get("date"), text };
    } catch (cause) {
      if (isStopped()) return { kind: "stopped", sent: true };
      if (limit.aborted) return { kind: "late", phase: "whole", sent: true };
      // The cause's text is dropped: it may name addresses, or repeat what was sent.
      const code = codeOf(cause);
      return { kind: "broken", code, sent: !NEVER_SENT.has(code) };
    }
  };
}
