import type { IncomingHttpHeaders } from "node:http";
import type { AccountData } from "./account.ts";
import type { Answer } from "./answer.ts";
import { badRequest, invalidToken, notFound, okay } from "./answer.ts";
import { accountsAnswer, admit, createThrottle, credentialsOf, missingUserAgent, tooMany } from "./door.ts";
import type { Fault, FaultBox } from "./faults.ts";
import { createFaultBox, faultOf, faultPlans } from "./faults.ts";
import { inputOf } from "./input.ts";
import { entryJson } from "./render.ts";
import { answerCall } from "./routes.ts";
import type { AccountStore } from "./store.ts";

const REMEMBERED_MS = 60_000;

/** One request as it came in, with its whole body. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server does with a request: an answer to send, or a line that breaks or stays silent. */
export type Reply = { readonly kind: "answer"; readonly answer: Answer } | { readonly kind: "drop" } | { readonly kind: "silence" };

const reply = (answer: Answer): Reply => ({ kind: "answer", answer });
const html = (status: number, body: string): Answer => ({ status, body, headers: { "Content-Type": "text/html" } });

/** The answer that a fault puts in place of the real one, before anything is carried out. */
function replaced(fault: Fault): Reply | undefined {
  switch (fault.name) {
    case "429": return reply(tooMany(fault.value || 1));
    case "429-html": return reply(html(429, ""));
    case "500": return reply({ status: 500, body: { message: "Internal server error" } });
    case "502-html": return reply(html(502, "<html><body><h1>502 Bad Gateway</h1></body></html>"));
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

/** The sandbox's own door for tests: what the account holds, and which faults the next requests meet. */
async function answerControl(incoming: Incoming, account: Account, faults: FaultBox): Promise<Answer> {
  const { method, url, body } = incoming;
  const name = url.pathname.slice("/_sandbox/".length);
  if (name === "state" && method === "GET") {
    const [data, now] = [await account.store.read(), account.clock()];
    return okay({ now: now.toISOString(), account: data.accountId, user: data.users[0]?.id, company: data.company, entries: data.entries.map((entry) => entryJson(data, entry, now)) });
  }
  if (name !== "faults") return notFound;
  if (method === "DELETE") faults.clear();
  if (method !== "POST") return okay({ faults: faults.waiting() });
  const input = inputOf(new URLSearchParams(), "application/json", body.trim().startsWith("[") ? `{"list":${body}}` : body);
  const plans = faultPlans.safeParse(input?.["list"] ?? input);
  if (!plans.success || plans.data.some((plan) => faultOf(plan.fault) === undefined)) return badRequest("There is no such fault; the README lists them.");
  faults.add(plans.data);
  return okay({ faults: faults.waiting() });
}

/** The account a server stands for, and what time it is there. */
export interface Account {
  readonly store: AccountStore;
  readonly clock: () => Date;
  readonly requestsPer15s: number;
}

/** The API itself. Writes are kept when their answer is a success. */
function createDoor(account: Account) {
  const { store, clock } = account;
  const throttle = createThrottle(account.requestsPer15s);
  const past = createPast();
  return async (incoming: Incoming, path: string, origin: string, active: readonly Fault[]): Promise<Answer> => {
    const { method, url, headers } = incoming;
    const credentials = credentialsOf(headers, url.searchParams);
    const wait = throttle(`${credentials.token} ${credentials.account}`);
    if (wait !== undefined) return tooMany(wait);
    const noAgent = missingUserAgent(headers);
    if (noAgent) return noAgent;
    const valueOf = (name: Fault["name"]): number | undefined => active.find((fault) => fault.name === name)?.value;
    const now = clock();
    const act = (data: AccountData): Answer => {
      if (path === "/accounts") return accountsAnswer(data, credentials.token);
      const me = admit(data, credentials);
      if ("status" in me) return me;
      const input = inputOf(url.searchParams, headers["content-type"] ?? "", incoming.body);
      if (!input) return badRequest("The body is not JSON.");
      return answerCall({ data, me, now, origin, method, path, query: url.searchParams, input, pageLimit: valueOf("paginate"), companyForbidden: valueOf("drop-company-403") !== undefined });
    };
    const before = await store.read();
    if (method === "GET") return act(past.before(valueOf("stale-reads") ?? 0) ?? before);
    const answer = await store.change((data) => {
      const result = act(data);
      return { result, keep: result.status < 300 };
    });
    if (answer.status < 300) past.replaced(before);
    return answer;
  };
}

/** Answers requests on one account, in Harvest's order: throttle, user agent, token, route, role, parameters, rules. */
export function createApi(account: Account): (incoming: Incoming, origin: string) => Promise<Reply> {
  const faults = createFaultBox();
  const door = createDoor(account);
  return async (incoming, origin) => {
    const { method, url, headers } = incoming;
    if (url.pathname.startsWith("/_sandbox/")) return reply(await answerControl(incoming, account, faults));
    const path = /^(?:\/api)?\/v2(\/.*?)\/?$/.exec(url.pathname)?.[1];
    if (path === undefined) return reply(notFound);
    const header = headers["x-sandbox-fault"];
    const active = faults.take(method, path, Array.isArray(header) ? header.join(",") : header);
    const slow = active.find((fault) => fault.name === "slow");
    if (slow) await new Promise<void>((resolve) => setTimeout(resolve, slow.value));
    for (const fault of active) {
      const instead = replaced(fault);
      if (instead) return instead;
    }
    const answer = await door(incoming, path, origin, active);
    if (active.some((fault) => fault.name === "drop-after-commit")) return { kind: "drop" };
    return active.some((fault) => fault.name === "timeout-after-commit") ? { kind: "silence" } : reply(answer);
  };
}
