import { readFileSync } from "node:fs";
import * as tls from "node:tls";
import type { Network } from "./line.ts";

type Variables = Readonly<Record<string, string | undefined>>;

const valueOf = (env: Variables, name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined;

/** The proxy's address; "proxy.example:3128" is http. Undefined for what is not an address, or a kind of proxy that is not spoken here (SOCKS). */
function proxyAt(text: string): URL | undefined {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === "http:" || url.protocol === "https:" ? url : undefined;
}

/** True when NO_PROXY exempts the host: "*", "harvestapp.com" and ".harvestapp.com" (with all below), "api.harvestapp.com:443". */
export function isExempt(url: URL, noProxy: string): boolean {
  const port = url.port || (url.protocol === "http:" ? "80" : "443");
  return noProxy.toLowerCase().split(/[\s,]+/).filter(Boolean).some((rule) => {
    if (rule === "*") return true;
    const [, name = "", only] = /^(.*?)(?::(\d+))?$/.exec(rule) ?? [];
    const host = name.replace(/^\*?\./, "");
    return (only === undefined || only === port) && host !== "" && (url.hostname === host || url.hostname.endsWith(`.${host}`));
  });
}

// Node 22 and later know the certificates of the operating system; what has no such call trusts the built-in ones.
function systemCertificates(): readonly string[] {
  const ask: unknown = Reflect.get(tls, "getCACertificates");
  if (typeof ask !== "function") return [];
  try {
    const found: unknown = ask("system");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

function extraCertificates(file: string | undefined): readonly string[] {
  if (file === undefined) return [];
  try {
    return [readFileSync(file, "utf8")];
  } catch {
    // Node itself warns and goes on; so does this: the connection then says whether it was needed.
    return [];
  }
}

/** Trust in the built-in authorities and `more`, made once: hundreds of certificates would be read anew for every connection. */
function trustIn(more: readonly string[]): tls.SecureContext | undefined {
  try {
    return tls.createSecureContext({ ca: [...new Set([...tls.rootCertificates, ...more])] });
  } catch {
    // One of them is no certificate at all.
    return undefined;
  }
}

/**
 * The network as the environment describes it: HTTPS_PROXY, else ALL_PROXY, less NO_PROXY; the built-in certificates, those of the
 * operating system where Node can read them, and those of NODE_EXTRA_CA_CERTS (read here too, because a packaged app ignores it).
 */
export function networkOf(env: Variables): Network {
  const proxy = valueOf(env, "HTTPS_PROXY") ?? valueOf(env, "ALL_PROXY");
  const via = proxy === undefined ? undefined : proxyAt(proxy);
  const noProxy = valueOf(env, "NO_PROXY") ?? "";
  const more = [...systemCertificates(), ...extraCertificates(env["NODE_EXTRA_CA_CERTS"] || undefined)];
  return {
    ...(via === undefined ? {} : { proxyFor: (url) => (isExempt(url, noProxy) ? undefined : via) }),
    ...(more.length === 0 ? {} : { trust: trustIn(more) }),
  };
}
