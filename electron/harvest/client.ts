import type { Project } from "../core/entry.ts";
import type { ChangeSet } from "../core/outcome.ts";
import type { RemoteEntry, RemoteFailure, RemoteResult } from "../core/remote.ts";
import { companyOf, meOf, projectOf } from "./account-facts.ts";
import { changeBody, clockMinutes, clockRange, createBody, entryOf, startBody } from "./entries.ts";
import { failed } from "./errors.ts";
import { createTransport } from "./http.ts";
import type { Transport } from "./http.ts";
import { createReader } from "./reader.ts";
import type { Reader } from "./reader.ts";
import type { HarvestClient, HarvestClientOptions, HarvestMe, TimeMode } from "./types.ts";
import { wireAssignments, wireCompany, wireEntries, wireEntry, wireMe } from "./wire.ts";
import type { WireBooking } from "./wire.ts";

const HARVEST = "https://api.harvestapp.com";

type Company = Awaited<ReturnType<HarvestClient["company"]>>;

/** What every call of a client shares: the line, who is asking, and what has been learnt about the account. */
interface Session {
  readonly options: HarvestClientOptions;
  readonly transport: Transport;
  readonly reader: Reader;
  readonly ownId: () => Promise<RemoteResult<number>>;
  readonly mode: () => Promise<RemoteResult<TimeMode>>;
  readonly me: () => Promise<RemoteResult<HarvestMe>>;
  readonly company: () => Promise<Company>;
}

const ok = <T>(value: T): RemoteResult<T> => ({ kind: "ok", value });
const notMine = (unknown: boolean): RemoteFailure => failed("not-found", "This entry is not one of yours.", { unknown });
const oddEntry = (unknown: boolean): RemoteFailure => failed("changed-shape", "Harvest described an entry in an unexpected form.", { unknown });

/** Infers the mode from the last finished entries, for accounts whose settings a member may not read (harvest-api §7.9). */
async function modeFromEntries(reader: Reader, user: number): Promise<RemoteResult<TimeMode>> {
  const page = await reader.one(`/v2/time_entries?user_id=${user}&is_running=false&per_page=20`, wireEntries);
  if (page.kind === "failed") return page;
  const finished = page.value.time_entries.filter((entry) => entry.is_running !== true);
  const clocked = finished.filter((entry) => entry.started_time && entry.ended_time);
  // With nothing to go by, both times are sent beside the hours: that books a finished entry in either kind of account.
  return ok(clocked.length * 2 > finished.length || finished.length === 0 ? "start-end" : "duration");
}

function createSession(options: HarvestClientOptions, transport: Transport): Session {
  const reader = createReader(transport);
  const memory: { userId: number | undefined; mode: TimeMode | undefined } = { userId: options.userId, mode: options.mode };
  const me = async (): Promise<RemoteResult<HarvestMe>> => {
    const answer = await reader.one("/v2/users/me", wireMe);
    if (answer.kind === "failed") return answer;
    memory.userId = answer.value.id;
    return ok(meOf(answer.value, options.zone));
  };
  const company = async (): Promise<Company> => {
    const answer = await reader.one("/v2/company", wireCompany);
    if (answer.kind === "failed") return answer.code === "forbidden" ? { kind: "forbidden" } : answer;
    const value = companyOf(answer.value);
    memory.mode = options.mode ?? value.mode;
    return ok(value);
  };
  const ownId = async (): Promise<RemoteResult<number>> => {
    if (memory.userId !== undefined) return ok(memory.userId);
    const answer = await me();
    return answer.kind === "failed" ? answer : ok(answer.value.id);
  };
  const mode = async (): Promise<RemoteResult<TimeMode>> => {
    if (memory.mode !== undefined) return ok(memory.mode);
    const settings = await company();
    if (settings.kind === "failed") return settings;
    if (settings.kind === "ok") return ok(settings.value.mode);
    const own = await ownId();
    if (own.kind === "failed") return own;
    const inferred = await modeFromEntries(reader, own.value);
    if (inferred.kind === "ok") memory.mode = inferred.value;
    return inferred;
  };
  return { options, transport, reader, ownId, mode, me, company };
}

/** Sends a write and trusts its answer only when it is an entry of the user's own. */
async function write(session: Session, method: "POST" | "PATCH", path: string, body?: WireBooking): Promise<RemoteResult<RemoteEntry>> {
  const own = await session.ownId();
  if (own.kind === "failed") return own;
  const answer = await session.transport.send({ method, url: `${session.transport.base}${path}`, body });
  if (answer.kind === "failed") return answer;
  const read = wireEntry.safeParse(answer.value);
  if (!read.success) return oddEntry(true);
  if (read.data.user?.id !== own.value) return notMine(true);
  const entry = entryOf(read.data);
  return entry === undefined ? oddEntry(true) : ok(entry);
}

async function readWire(session: Session, id: number) {
  const own = await session.ownId();
  if (own.kind === "failed") return own;
  const answer = await session.reader.one(`/v2/time_entries/${id}`, wireEntry);
  if (answer.kind === "failed") return answer;
  return answer.value.user?.id === own.value ? answer : notMine(false);
}

async function readEntry(session: Session, id: number): Promise<RemoteResult<RemoteEntry>> {
  const answer = await readWire(session, id);
  if (answer.kind === "failed") return answer;
  const entry = entryOf(answer.value);
  return entry === undefined ? oddEntry(false) : ok(entry);
}

async function create(session: Session, draft: Parameters<HarvestClient["create"]>[0], mark: string): Promise<RemoteResult<RemoteEntry>> {
  if (!(draft.hours > 0 && draft.hours <= 24)) return failed("refused", "An entry is longer than nothing and at most 24 hours.");
  const mode = await session.mode();
  if (mode.kind === "failed") return mode;
  const body = createBody(draft, mark, mode.value);
  if (body === undefined) return failed("refused", "This account books a start and an end, so an entry must end on its own day.");
  const made = await write(session, "POST", "/v2/time_entries", body);
  if (made.kind === "ok" && made.value.running) return failed("changed-shape", "Harvest started a timer instead of booking the hours.", { unknown: true });
  return made;
}

/** Hours become an end on the clock in a start-and-end account: sent as hours they have doubled entries there (harvest-api §7.6). */
async function placedBody(session: Session, id: number, set: ChangeSet): Promise<RemoteResult<WireBooking>> {
  const { hours, ...rest } = set;
  if (hours === undefined) return ok(changeBody(set));
  if (!(hours > 0 && hours <= 24)) return failed("refused", "An entry is longer than nothing and at most 24 hours.");
  const mode = await session.mode();
  if (mode.kind === "failed") return mode;
  if (mode.value === "duration") return ok(changeBody(set));
  const now = await readWire(session, id);
  if (now.kind === "failed") return now;
  const isLength = now.value.is_running !== true && !now.value.ended_time;
  if (isLength) return ok(changeBody(set));
  const range = clockRange(hours, clockMinutes(now.value.started_time));
  if (range === undefined) return failed("refused", "This account books a start and an end, so an entry must end on its own day.");
  return ok({ ...changeBody(rest), ...range });
}

async function change(session: Session, id: number, set: ChangeSet): Promise<RemoteResult<RemoteEntry>> {
  if (set.project !== undefined && set.task === undefined) return failed("refused", "A move to another project needs a task of that project.");
  const body = await placedBody(session, id, set);
  if (body.kind === "failed") return body;
  if (Object.keys(body.value).length === 0) return readEntry(session, id);
  return write(session, "PATCH", `/v2/time_entries/${id}`, body.value);
}

async function remove(session: Session, id: number): Promise<RemoteResult<undefined>> {
  const answer = await session.transport.send({ method: "DELETE", url: `${session.transport.base}/v2/time_entries/${id}` });
  return answer.kind === "failed" ? answer : ok(undefined);
}

async function entries(session: Session, from: string, to: string): Promise<RemoteResult<readonly RemoteEntry[]>> {
  const own = await session.ownId();
  if (own.kind === "failed") return own;
  const query = new URLSearchParams({ user_id: String(own.value), from, to });
  const pages = await session.reader.all(`/v2/time_entries?${query.toString()}`, wireEntries);
  if (pages.kind === "failed") return pages;
  // An entry that is made while the pages are read pushes another over to the next page, where it comes a second time.
  const found = new Map<number, RemoteEntry>();
  for (const wire of pages.value.flatMap((page) => page.time_entries)) {
    // The list was asked for with the own id; a server that ignores that must still not hand out a colleague's entries.
    if (wire.user && wire.user.id !== own.value) continue;
    const entry = entryOf(wire);
    if (entry === undefined) return oddEntry(false);
    found.set(entry.id, entry);
  }
  return ok([...found.values()]);
}

async function projects(session: Session, how?: "at-once"): Promise<RemoteResult<readonly Project[]>> {
  const pages = await session.reader.all("/v2/users/me/project_assignments", wireAssignments, how);
  if (pages.kind === "failed") return pages;
  const found = pages.value.flatMap((page) => page.project_assignments.map(projectOf)).filter((project) => project !== undefined);
  return ok([...new Map(found.map((project) => [project.id, project])).values()]);
}

function refusing(failure: RemoteFailure): HarvestClient {
  const refuse = () => Promise.resolve(failure);
  return { me: refuse, company: refuse, projects: refuse, create: refuse, start: refuse, change: refuse, stop: refuse, restart: refuse, remove: refuse, read: refuse, entries: refuse };
}

/**
 * A client for one account. Options that cannot be used (a blank token, an address that is neither Harvest nor this computer)
 * give a client that answers every call with that failure and sends nothing.
 */
export function createHarvestClient(options: HarvestClientOptions): HarvestClient {
  const transport = createTransport(options, options.baseUrl ?? HARVEST, options.accountId);
  if ("kind" in transport) return refusing(transport);
  const session = createSession(options, transport);
  const owned = async <T>(id: number, act: () => Promise<RemoteResult<T>>): Promise<RemoteResult<T>> => {
    // An administrator's token may write to everybody's entries, so whose it is must be known before, not after.
    const before = await readWire(session, id);
    return before.kind === "failed" ? before : act();
  };
  return {
    me: session.me,
    company: session.company,
    projects: (how) => projects(session, how),
    create: (draft, mark) => create(session, draft, mark),
    start: (draft, mark) => write(session, "POST", "/v2/time_entries", startBody(draft, mark)),
    change: (id, set) => owned(id, () => change(session, id, set)),
    stop: (id) => owned(id, () => write(session, "PATCH", `/v2/time_entries/${id}/stop`)),
    restart: (id) => owned(id, () => write(session, "PATCH", `/v2/time_entries/${id}/restart`)),
    remove: (id) => owned(id, () => remove(session, id)),
    read: (id) => readEntry(session, id),
    entries: (from, to) => entries(session, from, to),
  };
}
