import type { DateOrder, Project, WeekStart } from "../core/entry.ts";
import type { Remote, RemoteEntry, RemoteResult } from "../core/remote.ts";
import type { Fetch } from "./fetch-line.ts";
import type { Network } from "./line.ts";
import type { Pace } from "./pace.ts";

export type { Fetch } from "./fetch-line.ts";

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
  /** Every entry needs a note. */
  readonly notesRequired?: boolean | undefined;
  readonly baseUri?: string | undefined;
}

/** A Harvest account that a token opens. */
export interface HarvestAccount {
  readonly id: number;
  readonly name: string;
}

/** How to reach Harvest and as whom. Limits are for one request: 10 s to connect, 20 s to the first byte, 45 s in all, unless told. */
export interface HarvestAccess {
  readonly token: string;
  /** App name and a link or address, as Harvest demands: "Stint (https://…)". */
  readonly userAgent: string;
  /** Answers the requests in place of the network, in this process. */
  readonly fetch?: Fetch | undefined;
  /** Proxy and certificates; straight and the built-in ones unless told. */
  readonly network?: Network | undefined;
  /** Makes requests wait for their turn; none wait unless told. */
  readonly pace?: Pace | undefined;
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
  /** [0, 1); spreads the waits of many clients. */
  readonly random?: (() => number) | undefined;
  readonly now?: (() => Date) | undefined;
  readonly connectMs?: number | undefined;
  readonly firstByteMs?: number | undefined;
  /** For a whole request with its answer. */
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
export interface HarvestClient extends Remote {
  me(): Promise<RemoteResult<HarvestMe>>;
  /** `forbidden` is an ordinary answer: members may not read the account's settings. */
  company(): Promise<RemoteResult<HarvestCompany> | { readonly kind: "forbidden" }>;
  /** Projects the user may book on now, with their active tasks. `at-once` does not wait and try again when it fails. */
  projects(how?: "at-once"): Promise<RemoteResult<readonly Project[]>>;
  /** In a start-and-end account the answer is a new entry with another id. */
  restart(id: number): Promise<RemoteResult<RemoteEntry>>;
}
