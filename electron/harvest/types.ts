import type { DateOrder, Entry, Hours, IsoDate, Project, WeekStart } from "../core/entry.ts";
import type { ChangeSet } from "../core/outcome.ts";

/** A time entry of the signed-in user. `mark` is the id of the external reference that Stint gave it when it made it. */
export interface HarvestEntry extends Entry {
  readonly updatedAt: string;
  readonly mark?: string | undefined;
}

/**
 * Why a request did not succeed. `unknown: true`: a write may have taken effect all the same, read before sending again.
 * `message` is one sentence that may be shown; it never carries the token, a body or the user's notes.
 */
export interface HarvestFailure {
  readonly kind: "failed";
  readonly code: "offline" | "timeout" | "rate-limited" | "server" | "unauthorised" | "forbidden" | "not-found" | "refused" | "changed-shape";
  readonly message: string;
  readonly unknown: boolean;
  readonly retryAfterSec?: number | undefined;
}
export type HarvestResult<T> = { readonly kind: "ok"; readonly value: T } | HarvestFailure;

/** A finished booking, ready to send. `notes: ""` is no note. */
export interface HarvestDraft {
  readonly date: IsoDate;
  readonly hours: Hours;
  readonly project: number;
  readonly task: number;
  readonly notes: string;
}

/** How the account books time: as lengths, or as a start and an end on the clock (`company.wants_timestamp_timers`). */
export type TimeMode = "duration" | "start-end";

/** The person a token belongs to. `zone` is an IANA name, absent when Harvest names a zone nobody knows. */
export interface HarvestMe {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly zone?: string | undefined;
}

/** The account's own settings. A field is absent when Harvest leaves it out or says something that no rule of ours covers. */
export interface HarvestCompany {
  readonly weekStart?: WeekStart | undefined;
  readonly dateOrder?: DateOrder | undefined;
  readonly timeFormat?: "decimal" | "hours_minutes" | undefined;
  readonly clock?: "12h" | "24h" | undefined;
  readonly mode: TimeMode;
  readonly baseUri?: string | undefined;
}

/** A Harvest account that a token opens. */
export interface HarvestAccount {
  readonly id: number;
  readonly name: string;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How to reach Harvest and as whom. `timeoutMs` is for one whole request with its answer, 20 s unless told. */
export interface HarvestAccess {
  readonly token: string;
  /** App name and a link or address, as Harvest demands: "Stint (https://…)". */
  readonly userAgent: string;
  readonly fetch?: Fetch | undefined;
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
  /** [0, 1); spreads the waits of many clients. */
  readonly random?: (() => number) | undefined;
  readonly now?: (() => Date) | undefined;
  readonly timeoutMs?: number | undefined;
  /** Stops every request that is under way. */
  readonly signal?: AbortSignal | undefined;
}

export interface HarvestClientOptions extends HarvestAccess {
  /** Harvest itself, or a server on loopback; any other host is refused before the token is sent. */
  readonly baseUrl?: string | undefined;
  readonly accountId: number;
  /** Own numeric user id, when it is known already; else it is asked for once. */
  readonly userId?: number | undefined;
  /** IANA zone to use when the profile names none that is known. */
  readonly zone?: string | undefined;
  /** What the user said the account is, for accounts whose settings they may not read. */
  readonly mode?: TimeMode | undefined;
}

/**
 * One user's view of one Harvest account. Lists carry the user's own id and results about anybody else are never handed out;
 * every expected failure is returned, nothing throws.
 */
export interface HarvestClient {
  me(): Promise<HarvestResult<HarvestMe>>;
  /** `forbidden` is an ordinary answer: members may not read the account's settings. */
  company(): Promise<HarvestResult<HarvestCompany> | { readonly kind: "forbidden" }>;
  /** Projects the user may book on now, with their active tasks. */
  projects(): Promise<HarvestResult<readonly Project[]>>;
  create(draft: HarvestDraft, mark: string): Promise<HarvestResult<HarvestEntry>>;
  /** A running timer: the only call that sends no hours. */
  start(draft: Omit<HarvestDraft, "hours">, mark: string): Promise<HarvestResult<HarvestEntry>>;
  /** Sends only the fields in `set`. */
  change(id: number, set: ChangeSet): Promise<HarvestResult<HarvestEntry>>;
  stop(id: number): Promise<HarvestResult<HarvestEntry>>;
  /** In a start-and-end account the answer is a new entry with another id. */
  restart(id: number): Promise<HarvestResult<HarvestEntry>>;
  remove(id: number): Promise<HarvestResult<undefined>>;
  read(id: number): Promise<HarvestResult<HarvestEntry>>;
  /** All own entries from `from` to `to`, both included. */
  entries(from: IsoDate, to: IsoDate): Promise<HarvestResult<readonly HarvestEntry[]>>;
}
