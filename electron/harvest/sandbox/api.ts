import type { IncomingHttpHeaders } from "node:http";
import type { AccountData } from "./account.ts";
import type { Answer } from "./answer.ts";
import { badRequest, invalidToken, notFound, problem } from "./answer.ts";
import { answerControl } from "./control.ts";
import { accountsAnswer, admit, createThrottle, credentialsOf, missingUserAgent, tooMany } from "./door.ts";
import type { Fault, FaultName, FaultPlan } from "./faults.ts";
import { createFaultBox } from "./faults.ts";
import { inputOf } from "./input.ts";
import { answerCall } from "./routes.ts";
import type { AccountStore } from "./store.ts";

const REMEMBERED_MS = 60_000;
const LATE_MS = 20;

/** One request as it came in, with its whole body. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server does with a request: an answer to send, whole, in drops or by half, or a line that breaks or stays silent. */
export type Reply =
  | { readonly kind: "answer"; readonly answer: Answer; readonly dripMs?: number | undefined; readonly half?: boolean | undefined }
  | { readonly kind: "drop" }
  | { readonly kind: "silence" };

const reply = (answer: Answer): Reply => ({ kind: "answer", answer });
const html = (status: number, body: string): Answer => ({ status, body, headers: { "Content-Type": "text/html" } });

/** The answer that a fault puts in place of the real one, before anything is carried out. */
function replaced(fault: Fault, now: Date): Reply | undefined {
  const wait = fault.value || 1;
  switch (fault.name) {
    case "429": return reply(tooMany(wait));
    case "429-html": return reply(html(429, ""));
    case "429-body": return reply(problem(429, { message: "Too many requests, please wait.", retry_after: wait }));
    case "429-date": return reply(problem(429, {}, { "Retry-After": new Date(now.getTime() + wait * 1000).toUTCString() }));
    case "500": return reply(problem(500, { message: "Internal server error" }));
    case "503": return reply(problem(503, { message: "Service unavailable" }));
    case "502-html": return reply(html(502, "<html><body><h1>502 Bad Gateway</h1></body></html>"));
    case "520-html": return reply(html(520, "<!DOCTYPE html><title>520</title><p>Web server is returning an unknown error"));
    case "401-revoked": return reply(invalidToken);
    case "drop-before-commit": return { kind: "drop" };
    case "timeout-before-commit": return { kind: "silence" };
    default: return undefined;
  }
}

/** Keeps what the account was, so that reads can lag behind writes as Harvest's do. */
function createPast() {
  const past: { readonly until: number; readonly data: AccountData }[] = [];
  return {
    replaced(data: AccountData): void {
      const now = performance.now();
      past.push({ until: now, data });
      while (past[0] !== undefined && now - past[0].until > REMEMBERED_MS) past.shift();
    },
    before(ms: number): AccountData | undefined {
      return past.find((each) => each.until > performance.now() - ms)?.data;
    },
  };
}

/** The account a server stands for, and what time it is there. */
export interface Account {
  readonly store: AccountStore;
  readonly clock: () => Date;
  readonly requestsPer15s: number;
  readonly faults: readonly FaultPlan[];
}

/** The faults of one request, asked by name. */
interface Active {
  readonly has: (name: FaultName) => boolean;
  readonly valueOf: (name: FaultName) => number | undefined;
}

/** The API itself. Writes are kept when their answer is a success. */
function createDoor(account: Account) {
  const { store } = account;
  const throttle = createThrottle(account.requestsPer15s);
  const past = createPast();
  return async (incoming: Incoming, path: string, origin: string, now: Date, active: Active): Promise<Answer> => {
    const { method, url, headers } = incoming;
    const credentials = credentialsOf(headers, url.searchParams);
    const wait = throttle(`${credentials.token} ${credentials.account}`);
    if (wait !== undefined) return tooMany(wait);
    const noAgent = missingUserAgent(headers);
    if (noAgent) return noAgent;
    const act = (data: AccountData): Answer => {
      if (path === "/accounts") return accountsAnswer(data, credentials.token);
      const me = admit(data, credentials);
      if ("status" in me) return me;
      const input = inputOf(url.searchParams, headers["content-type"] ?? "", incoming.body);
      if (!input) return badRequest("The body is not JSON.");
      return answerCall({ data, me, now, origin, method, path, query: url.searchParams, input, pageLimit: active.valueOf("paginate"), companyForbidden: active.has("drop-company-403") });
    };
    const before = await store.read();
    if (method === "GET") return act(past.before(active.valueOf("stale-reads") ?? 0) ?? before);
    const answer = await store.change((data) => {
      const result = act(data);
      return { result, keep: result.status < 300 };
    });
    if (answer.status < 300) past.replaced(before);
    return answer;
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Answers requests on one account, in Harvest's order: throttle, user agent, token, route, role, parameters, rules. */
export function createApi(account: Account): (incoming: Incoming, origin: string) => Promise<Reply> {
  const faults = createFaultBox();
  faults.add(account.faults);
  const door = createDoor(account);
  return async (incoming, origin) => {
    const { method, url, headers, body } = incoming;
    if (url.pathname.startsWith("/_sandbox/")) return reply(await answerControl({ name: url.pathname.slice("/_sandbox/".length), method, body }, account, faults));
    const path = /^(?:\/api)?\/v2(\/.*?)\/?$/.exec(url.pathname)?.[1];
    if (path === undefined) return reply(notFound);
    const header = headers["x-sandbox-fault"];
    const taken = faults.take(method, path, Array.isArray(header) ? header.join(",") : header);
    const active: Active = {
      has: (name) => taken.some((fault) => fault.name === name),
      valueOf: (name) => taken.find((fault) => fault.name === name)?.value,
    };
    const now = new Date(account.clock().getTime() + (active.valueOf("skew") ?? 0));
    const dated = (answer: Answer): Answer => ({ ...answer, headers: { Date: now.toUTCString(), ...answer.headers } });
    await pause(active.valueOf("slow") ?? 0);
    for (const fault of taken) {
      const instead = replaced(fault, now);
      if (instead) return instead.kind === "answer" ? reply(dated(instead.answer)) : instead;
    }
    if (active.has("drop-during-commit")) {
      // The caller sees the line break while the change is still under way: a look right after finds nothing, a later one finds it.
      setTimeout(() => void door(incoming, path, origin, now, active).catch(() => undefined), active.valueOf("drop-during-commit") || LATE_MS);
      return { kind: "drop" };
    }
    const answer = dated(await door(incoming, path, origin, now, active));
    if (active.has("drop-after-commit")) return { kind: "drop" };
    if (active.has("timeout-after-commit")) return { kind: "silence" };
    return { kind: "answer", answer, half: active.has("half-response"), dripMs: active.valueOf("drip") };
  };
}
