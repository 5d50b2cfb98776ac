import { request as requestPlain } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as requestSafe } from "node:https";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { connect } from "node:tls";
import type { Fetch } from "./request.ts";

type Variables = Readonly<Record<string, string | undefined>>;
type Init = Parameters<Fetch>[1];

const MOST_REDIRECTS = 5;

/**
 * The platform's `fetch`, or one that goes through the proxy that the environment names (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY, in capitals
 * or not), because the Node that Stint runs on does not read them by itself. `ca`: certificates to trust in place of the usual ones.
 */
export function createFetch(variables: Variables = process.env, ca?: string): Fetch {
  const value = (name: string): string | undefined => variables[name.toLowerCase()] || variables[name] || undefined;
  const all = value("ALL_PROXY");
  if ([all, value("HTTPS_PROXY"), value("HTTP_PROXY")].every((each) => each === undefined)) return (url, init) => globalThis.fetch(url, init);
  return async (start, init) => {
    let url = new URL(start);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const named = value(url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY") ?? all;
      const isDirect = named === undefined || isExcepted(url.hostname, value("NO_PROXY"));
      const answer = isDirect ? await globalThis.fetch(url, { ...init, redirect: "manual" }) : await through(proxyAddress(named), url, init, ca);
      const target = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : null;
      if (target === null) return answer;
      await answer.body?.cancel();
      url = new URL(target, url);
    }
    throw new Error("Too many redirects.");
  };
}

/** "proxy.example:3128" counts as an address, as it does everywhere else. */
function proxyAddress(text: string): URL {
  return new URL(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`);
}

/** This computer is never asked through a proxy; NO_PROXY names hosts and domains, or "*". */
function isExcepted(host: string, list: string | undefined): boolean {
  if (host === "localhost" || host === "127.0.0.1" || host === "[::1]") return true;
  return (list ?? "")
    .split(/[\s,]+/)
    .filter((each) => each !== "")
    .map((each) => each.replace(/^\*?\./, "").replace(/:\d+$/, "").toLowerCase())
    .some((each) => each === "*" || host === each || host.endsWith(`.${each}`));
}

async function through(proxy: URL, url: URL, init: Init, ca: string | undefined): Promise<Response> {
  const headers = { ...init.headers, host: url.host };
  if (url.protocol === "http:") return answered((take) => requestPlain({ host: proxy.hostname, port: proxy.port || 80, path: url.href, headers: { ...headers, ...authorization(proxy) }, signal: init.signal }, take));
  const tunnel = await openTunnel(proxy, url, init.signal);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const socket = connect({ socket: tunnel, servername: /^[\d.:]+$/.test(host) ? "" : host, host, ...(ca === undefined ? {} : { ca }) });
  init.signal.addEventListener("abort", () => socket.destroy(), { once: true });
  return answered((take) => requestSafe({ createConnection: () => socket, path: `${url.pathname}${url.search}`, headers, signal: init.signal }, take));
}

/** Asks the proxy for a line straight to the target. Rejects when it refuses. */
function openTunnel(proxy: URL, url: URL, signal: AbortSignal): Promise<Socket> {
  const target = `${url.hostname}:${url.port || 443}`;
  return new Promise((resolve, reject) => {
    const asking = requestPlain({ host: proxy.hostname, port: proxy.port || 80, method: "CONNECT", path: target, headers: { host: target, ...authorization(proxy) }, signal });
    asking.once("connect", (answer, socket: Socket) => {
      if (answer.statusCode === 200) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(new Error(`The proxy refused the connection (status ${answer.statusCode}).`));
    });
    asking.once("error", reject);
    asking.end();
  });
}

function authorization(proxy: URL): Record<string, string> {
  if (proxy.username === "") return {};
  const name = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(name).toString("base64")}` };
}

/** Sends a request and turns Node's answer into a standard one. */
function answered(send: (take: (answer: IncomingMessage) => void) => ReturnType<typeof requestPlain>): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = send((answer) => {
      const headers = new Headers();
      for (const [name, value] of Object.entries(answer.headers)) if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
      const status = answer.statusCode ?? 502;
      const isEmpty = status === 204 || status === 304;
      if (isEmpty) answer.resume();
      resolve(new Response(isEmpty ? null : streamOf(answer), { status, headers }));
    });
    request.once("error", reject);
    request.end();
  });
}

/** A stream that a reader may leave at any time without an error that nobody hears. */
function streamOf(answer: IncomingMessage): ReadableStream<Uint8Array> {
  answer.on("error", () => undefined);
  const chunks = Readable.from(answer)[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const next = await chunks.next();
      if (next.done === true) controller.close();
      else controller.enqueue(new Uint8Array(next.value));
    },
    cancel: () => {
      answer.destroy();
    },
  });
}
