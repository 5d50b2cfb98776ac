import type { IncomingHttpHeaders } from "node:http";
import type { Sent, WireAccounts } from "../wire.ts";
import type { AccountData, StoredUser } from "./account.ts";
import type { Answer } from "./answer.ts";
import { badRequest, invalidToken, okay, problem } from "./answer.ts";

const WINDOW_MS = 15_000;

/** Counts requests in a sliding window of 15 s, per token and account. Gives the seconds to wait, or undefined to pass. */
export function createThrottle(limit: number): (who: string) => number | undefined {
  const seen = new Map<string, number[]>();
  return (who) => {
    // Real time, not the account's clock: that one may stand still.
    const now = performance.now();
    const recent = (seen.get(who) ?? []).filter((at) => now - at < WINDOW_MS);
    const oldest = recent[0];
    const full = recent.length >= limit && oldest !== undefined;
    if (!full) recent.push(now);
    seen.set(who, recent);
    return full ? Math.max(1, Math.ceil((WINDOW_MS - (now - oldest)) / 1000)) : undefined;
  };
}

export function tooMany(seconds: number): Answer {
  return problem(429, { message: "Too many requests, please wait.", retry_after: seconds }, { "Retry-After": String(seconds) });
}

const headerText = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? "") : (value ?? ""));

/** The token and the account number a request carries, from its headers or, as Harvest allows too, its query. */
export function credentialsOf(headers: IncomingHttpHeaders, query: URLSearchParams): { readonly token: string; readonly account: string } {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headerText(headers.authorization))?.[1];
  return { token: bearer ?? query.get("access_token") ?? "", account: headerText(headers["harvest-account-id"]) || (query.get("account_id") ?? "") };
}

export function missingUserAgent(headers: IncomingHttpHeaders): Answer | undefined {
  return headerText(headers["user-agent"]).trim() === "" ? badRequest("User-Agent is missing.") : undefined;
}

/** Who a token belongs to, or undefined when it is unknown or revoked. */
export function ownerOf(data: AccountData, token: string): StoredUser | undefined {
  const known = data.tokens.find((each) => each.token === token && !each.revoked);
  return data.users.find((user) => user.id === known?.user);
}

/** Lets a request in as a user, or turns it away the way Harvest does: one answer for every kind of wrong token and account. */
export function admit(data: AccountData, given: { readonly token: string; readonly account: string }): StoredUser | Answer {
  const owner = ownerOf(data, given.token);
  return owner !== undefined && given.account === String(data.accountId) ? owner : invalidToken;
}

/** GET /api/v2/accounts of Harvest's sign-in host: asked for with a token alone. */
export function accountsAnswer(data: AccountData, token: string): Answer {
  const owner = ownerOf(data, token);
  if (!owner) return invalidToken;
  const account = (id: number, product: string, name = data.company.name) => ({ id, name, product, google_sign_in_required: false });
  const more = data.moreAccounts ?? [];
  const body: Sent<WireAccounts> = {
    user: { id: owner.id, first_name: owner.firstName, last_name: owner.lastName, email: owner.email },
    accounts: [account(data.accountId, "harvest"), account(data.forecastId, "forecast"), ...more.map(({ id, name }) => account(id, "harvest", name))],
  };
  return okay(body);
}

function isLoopbackHost(host: string): boolean {
  const url = `http://${host}`;
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * True for a request that a web page may have caused: it names another host (DNS rebinding) or comes with an origin from
 * elsewhere. The sandbox serves programs of this computer only.
 */
export function isFromAPage(headers: IncomingHttpHeaders): boolean {
  if (!isLoopbackHost(headers.host ?? "")) return true;
  const { origin } = headers;
  return origin !== undefined && !(URL.canParse(origin) && isLoopbackHost(new URL(origin).host));
}
