/** The one thing asked of a network: a request for a part, answered by a standard response. The platform's `fetch` is one. */
export type Fetch = (url: string, init: { readonly signal: AbortSignal; readonly headers: Record<string, string> }) => Promise<Response>;

/** What one request for a part of a file brought: its bytes, or why there are none. `changed`: the file is another one now. */
export type Answer =
  | { readonly kind: "part"; readonly body: ReadableStream<Uint8Array>; readonly start: number; readonly total: number; readonly etag: string | null }
  /** The server knows no parts: this is the file from its start. */
  | { readonly kind: "whole"; readonly body: ReadableStream<Uint8Array>; readonly total: number | undefined; readonly etag: string | null }
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "not-found" | "broken" | "outside" }
  | { readonly kind: "refused"; readonly status: number };

const LONGEST_WAIT_MS = 120_000;

/** The platform cancels a body once the response that it came with is collected, though somebody still means to read it: each body keeps its response. */
const responses = new WeakMap<ReadableStream<Uint8Array>, Response>();

/** Asks for the bytes from `start` to before `end`. Never throws; an aborted request is "broken". */
export async function askFor(fetch: Fetch, url: string, start: number, end: number, signal: AbortSignal): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(url, { signal, headers: { "range": `bytes=${start}-${end - 1}`, "accept-encoding": "identity" } });
  } catch {
    return { kind: "broken" };
  }
  const answer = understand(response);
  if (answer.kind === "part" || answer.kind === "whole") responses.set(answer.body, response);
  else await response.body?.cancel().catch(() => undefined);
  return answer;
}

function understand(response: Response): Answer {
  const { status, headers, body } = response;
  const etag = headers.get("etag");
  if (status === 206 && body !== null) {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get("content-range") ?? "") ?? [];
    if (start === undefined || total === undefined) return { kind: "broken" };
    return { kind: "part", body, start: Number(start), total: Number(total), etag };
  }
  if (status === 200 && body !== null) {
    const length = headers.get("content-length");
    return { kind: "whole", body, total: length === null || !/^\d+$/.test(length) ? undefined : Number(length), etag };
  }
  if (status === 404 || status === 410) return { kind: "not-found" };
  if (status === 416) return { kind: "outside" };
  if (status === 429 || status === 503) return { kind: "wait", ms: waitOf(headers.get("retry-after")) };
  if (status >= 500) return { kind: "broken" };
  return { kind: "refused", status };
}

/** Seconds or a date, as servers write it; two seconds when they do not say. */
function waitOf(text: string | null): number {
  const seconds = Number(text);
  const ms = text === null ? 2_000 : Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.min(LONGEST_WAIT_MS, Math.max(0, ms)) : 2_000;
}

/**
 * Hands on what arrives, piece by piece, and gives "ended", "stalled" or "broken". `take` says whether it wants more; the rest is
 * then left to the server.
 */
export async function pour(body: ReadableStream<Uint8Array>, stallMs: number, take: (bytes: Uint8Array) => Promise<boolean>): Promise<"ended" | "enough" | "stalled" | "broken"> {
  const reader = body.getReader();
  try {
    for (;;) {
      const next = await withTimeLimit(reader.read(), stallMs).catch(() => "broken" as const);
      if (next === "broken" || next === "stalled") return next;
      if (next.done) return "ended";
      if (!(await take(next.value))) return "enough";
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

function withTimeLimit<T>(work: Promise<T>, ms: number): Promise<T | "stalled"> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve("stalled"), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
