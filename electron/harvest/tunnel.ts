import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { connect } from "node:tls";
import type { SecureContext, TLSSocket } from "node:tls";

export interface TunnelRequest {
  /** "http://user:word@host:port" or https; nothing of it is ever put into an answer. */
  readonly proxy: URL;
  readonly url: URL;
  readonly limitMs: number;
  readonly trust: SecureContext | undefined;
  readonly signal: AbortSignal | undefined;
}
export type Tunnel =
  | { readonly kind: "open"; readonly socket: TLSSocket }
  | { readonly kind: "late"; readonly phase: "connect"; readonly sent: false }
  | { readonly kind: "stopped"; readonly sent: false }
  | { readonly kind: "broken"; readonly code: string; readonly sent: false };

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "PROXY");

function passOf(proxy: URL): Readonly<Record<string, string>> {
  if (proxy.username === "") return {};
  const words = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { "Proxy-Authorization": `Basic ${Buffer.from(words).toString("base64")}` };
}

/**
 * Asks a proxy for a way through to the url's host and speaks TLS with that host inside it: the proxy learns the host's name and port,
 * nothing else. A proxy that refuses is `broken` with the code PROXY, or PROXY_AUTH when it wants to know who asks.
 */
export function openTunnel({ proxy, url, limitMs, trust, signal }: TunnelRequest): Promise<Tunnel> {
  const host = `${url.hostname}:${url.port || "443"}`;
  const trusting = trust === undefined ? {} : { secureContext: trust };
  const ask = proxy.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const held: { socket: Socket | undefined } = { socket: undefined };
    const asking = ask({
      hostname: proxy.hostname.replace(/^\[|\]$/g, ""), port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
      method: "CONNECT", path: host, headers: { Host: host, ...passOf(proxy) }, agent: false, ...trusting,
    });
    const onAbort = (): void => end({ kind: "stopped", sent: false });
    const timer = setTimeout(() => end({ kind: "late", phase: "connect", sent: false }), limitMs);
    const end = (tunnel: Tunnel): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      resolve(tunnel);
      if (tunnel.kind === "open") return;
      asking.destroy();
      held.socket?.destroy();
    };
    const broken = (error: unknown): void => end({ kind: "broken", code: codeOf(error), sent: false });
    signal?.addEventListener("abort", onAbort, { once: true });
    asking.on("error", broken);
    // A proxy that answers with a page instead of a way through.
    asking.once("response", () => broken(undefined));
    asking.once("connect", (answer, socket) => {
      held.socket = socket;
      if (answer.statusCode !== 200) return end({ kind: "broken", code: answer.statusCode === 407 ? "PROXY_AUTH" : "PROXY", sent: false });
      const secure = connect({ socket, servername: url.hostname, ...trusting }, () => end({ kind: "open", socket: secure }));
      secure.once("error", broken);
    });
    asking.end();
  });
}
