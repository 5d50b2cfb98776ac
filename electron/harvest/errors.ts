import type { z } from "zod";
import type { RemoteFailure } from "../core/remote.ts";
import { wireError } from "./wire.ts";

const SHOWN = 200;
const DEFAULT_WAIT_SEC = 15;

/** What came back for one request, before anybody reads meaning into it. */
export interface RawAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  /** The server's own clock, as its Date header says it. */
  readonly date?: string | null | undefined;
  readonly text: string;
}

/** Facts about the request that decide what a failure means and what its sentence must not repeat. */
export interface Sent {
  readonly write: boolean;
  /** The token and the user's own words in the request. */
  readonly secrets: readonly string[];
}

type Code = RemoteFailure["code"];

/** Makes a failure. `unknown` is false unless told: most failures are known not to have changed anything. */
export function failed(code: Code, message: string, more: { unknown?: boolean; retryAfterSec?: number | undefined } = {}): RemoteFailure {
  const { unknown = false, retryAfterSec } = more;
  return { kind: "failed", code, message, unknown, ...(retryAfterSec === undefined ? {} : { retryAfterSec }) };
}

/** The body as an error object, or undefined for an empty, HTML or otherwise foreign one. */
function bodyOf(text: string): z.infer<typeof wireError> | undefined {
  try {
    const parsed = wireError.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Harvest's own sentence on one line, or undefined when it is empty or repeats something that must not be shown. */
function shownSentence(message: string | null | undefined, secrets: readonly string[]): string | undefined {
  if (!message) return undefined;
  if (secrets.some((secret) => secret.length > 2 && message.includes(secret))) return undefined;
  const line = message.replace(/[\u0000-\u001f\u007f\s]+/g, " ").trim();
  if (line === "" || line.startsWith("<")) return undefined;
  return line.length > SHOWN ? `${line.slice(0, SHOWN - 1)}…` : line;
}

/** Seconds to wait: the header as a number or an HTTP date, else the body's `retry_after`, else 15 (harvest-api §4). */
function waitSeconds(header: string | null, body: number | null | undefined, now: Date): number {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text);
  const at = text === "" ? Number.NaN : Date.parse(text);
  if (Number.isFinite(at)) return Math.max(0, Math.ceil((at - now.getTime()) / 1000));
  if (typeof body === "number" && Number.isFinite(body) && body >= 0) return Math.ceil(body);
  return DEFAULT_WAIT_SEC;
}

/** Turns any answer outside 2xx into one failure: the three JSON shapes, empty and HTML bodies, all of them (harvest-api §6). */
export function failureOf(answer: RawAnswer, sent: Sent, now: Date): RemoteFailure {
  const { status } = answer;
  const body = bodyOf(answer.text);
  if (status === 401) return failed("unauthorised", "Harvest does not accept this token for this account; it may have been revoked.");
  if (status === 403) return failed("forbidden", "Harvest does not permit this for your role.");
  if (status === 404) return failed("not-found", "Harvest does not have this; it may have been deleted.");
  if (status === 429) {
    // A moment is told by the server's clock, which may be another than ours.
    const theirs = new Date(answer.date ?? "");
    const retryAfterSec = waitSeconds(answer.retryAfter, body?.retry_after, Number.isNaN(theirs.getTime()) ? now : theirs);
    return failed("rate-limited", `Harvest asks to wait ${retryAfterSec} s, too many requests were made.`, { retryAfterSec });
  }
  if (status >= 500) return failed("server", `Harvest has a fault of its own (HTTP ${status}).`, { unknown: sent.write });
  if (status < 400) return failed("changed-shape", `Harvest answered in an unexpected way (HTTP ${status}).`, { unknown: sent.write });
  const said = shownSentence(body?.message ?? body?.error_description ?? body?.error, sent.secrets);
  return failed("refused", said === undefined ? `Harvest refused it (HTTP ${status}).` : `Harvest refused it: ${said}`);
}

const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS|ERR_SSL/;

/** Turns a line that broke without an answer into a failure. What never left this computer cannot have carried a write. */
export function brokenOf(code: string, reached: boolean): RemoteFailure {
  if (reached) return failed("offline", "The line to Harvest broke before it answered.", { unknown: true });
  if (code === "PROXY_AUTH") return failed("offline", "The proxy of this network asks for a name and password.");
  if (code === "PROXY") return failed("offline", "The proxy of this network does not let Stint through to Harvest.");
  if (UNTRUSTED.test(code)) return failed("offline", "The certificate shown for Harvest is not one that this computer trusts.");
  return failed("offline", "Harvest cannot be reached.");
}

const LATE = { connect: "Harvest cannot be reached in time.", "first-byte": "Harvest did not answer in time.", whole: "Harvest's answer did not end in time." } as const;

/** Turns a limit that ran out into a failure that says which part was slow. */
export function lateOf(phase: keyof typeof LATE, reached: boolean): RemoteFailure {
  return failed("timeout", LATE[phase], { unknown: reached });
}
