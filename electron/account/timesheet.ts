import { randomUUID } from "node:crypto";
import { addDays, startOfWeek } from "../core/time.ts";
import type { Entry, IsoDate, Project } from "../core/entry.ts";
import type { Facts } from "../core/facts.ts";
import { workingDay } from "../core/facts-schema.ts";
import { indexProjects } from "../core/projects.ts";
import { createOutbox, type Committed } from "../outbox/outbox.ts";
import type { Finished, Undone } from "../outbox/resolve.ts";
import type { Batch, HistoryItem, Written } from "../outbox/batch.ts";
import type { Step } from "../outbox/records.ts";
import type { HarvestCompany } from "../harvest/types.ts";
import type { SettingsV1 } from "../settings/v1.ts";
import { readCache, writeCache } from "./cache.ts";
import type { Connection } from "./connection.ts";

// Questions and "assumed" look back 30 days (date-convention.md, Tasks); a move may aim a little ahead.
const DAYS_BACK = 35;
const DAYS_AHEAD = 21;
// The built-in account answers from this computer; a slow moment there is not an absent Harvest.
const SAMPLE_GRACE_MS = 10_000;

export interface TimesheetOptions {
  readonly connection: Connection;
  readonly folder: string;
  readonly cacheFile: string;
  readonly settings: () => SettingsV1;
  /** Something that `facts`, `today` or `waiting` show is different now. */
  readonly onChange?: (() => void) | undefined;
  readonly onNotice?: ((sentence: string) => void) | undefined;
}

export interface DayOfWork {
  readonly date: IsoDate;
  readonly hours: number;
  readonly entries: readonly Entry[];
}
export type Refreshed = { readonly kind: "fresh" } | { readonly kind: "stale"; readonly message: string };

/** One account at work: the facts that readings stand on, and the only way to change them. */
export interface Timesheet {
  readonly connection: Connection;
  facts(): Facts;
  /** Reads projects and recent entries again. `stale` keeps what was known and says why. */
  refresh(): Promise<Refreshed>;
  /** Saves what was confirmed through the outbox. */
  commit(batch: Batch): Promise<Committed>;
  undo(batch?: string): Promise<Undone>;
  /** Goes on with a batch that stopped part way, or the newest such one, against the entries as they are now. */
  finish(batch?: string): Promise<Finished>;
  /** What became of a batch that was kept on this computer; undefined for an unknown one. */
  outcome(batch: string): Promise<Committed | undefined>;
  /** Sends what waits; safe to call at any time. What it sent is seen with the next `refresh`. */
  flush(): Promise<{ readonly sent: number; readonly waiting: number; readonly message?: string | undefined }>;
  waiting(): Promise<number>;
  /** Newest first, 30 days back; with `words`, only what holds each of them in its sentence, labels, day or state. */
  history(limit: number, words?: string): Promise<readonly HistoryItem[]>;
  /** Harvest's own page of a day, where the entry can be seen and changed; undefined for the sample account and while it is not known. */
  pageOf(date: IsoDate): string | undefined;
  day(date: IsoDate): DayOfWork;
  /** Seven days by the account's week start; `offset` 0 is this week, -1 the last one. */
  week(offset: number): readonly DayOfWork[];
  close(): Promise<void>;
}

/** What the account itself says about weeks and dates. */
type AccountRules = Pick<HarvestCompany, "weekStart" | "dateOrder" | "baseUri">;

/** Whether this batch can still be taken back: it is in Harvest, in part at least, or waits to be sent. */
export function isUndoable({ state, entries = [] }: Pick<HistoryItem, "state"> & Partial<Pick<HistoryItem, "entries">>): boolean {
  return state === "saved" || state === "waiting" || ((state === "refused" || state === "needs-you") && entries.length > 0);
}

/** Whether each of the words stands somewhere in what the history shows of a batch. */
export function isAbout(item: HistoryItem, words: string): boolean {
  const text = [item.sentence, ...item.labels, item.at.slice(0, 10), item.state, ...item.entries.map(({ image }) => `${image.date} ${image.notes}`)].join(" ").toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** Entries as they will be once what waits is sent: a second change of one of them must start from there. */
function withPending(entries: readonly Entry[], steps: readonly Step[]): readonly Entry[] {
  return steps.reduce((known, step) => {
    if (step.do === "create" || step.do === "start") return known;
    const on = (act: (entry: Entry) => Entry): readonly Entry[] => known.map((entry) => (entry.id === step.entry ? act(entry) : entry));
    switch (step.do) {
      case "change": {
        const set = Object.fromEntries(Object.entries(step.set).filter(([, value]) => value !== undefined));
        return on((entry) => ({ ...entry, ...set }));
      }
      case "remove":
        return known.filter((entry) => entry.id !== step.entry);
      case "stop":
        return on((entry) => ({ ...entry, running: false }));
      case "restart":
        return on((entry) => ({ ...entry, running: true }));
    }
  }, entries);
}

interface Known {
  /** Undefined until it was read; empty when the user may not read it. */
  rules: AccountRules | undefined;
  projects: readonly Project[];
  entries: readonly Entry[];
  last: number | undefined;
  index: ReturnType<typeof indexProjects>;
}

// A member may not read the account's settings, and nobody can offline: then it is asked again with the next refresh.
async function readRules(client: Connection["client"]): Promise<AccountRules | undefined> {
  const company = await client.company();
  if (company.kind === "forbidden") return {};
  return company.kind === "ok" ? company.value : undefined;
}

// The account's own week start and date order hold unless the user chose others.
function factsOf(connection: Connection, known: Known, entries: readonly Entry[], { weekStart, dateOrder, rounding, shortcuts, reading }: SettingsV1): Facts {
  return {
    ...workingDay(connection.clock.civil(), reading),
    rules: reading,
    zone: connection.zone,
    weekStart: weekStart === "account" ? (known.rules?.weekStart ?? "monday") : weekStart,
    dateOrder: dateOrder === "account" ? (known.rules?.dateOrder ?? "MDY") : dateOrder,
    index: known.index,
    shortcuts,
    entries,
    last: known.last,
    ...(rounding ? { rounding } : {}),
  };
}

/** Harvest's web page of a day, where its entries can be seen and changed. */
function pageOfDay({ kind }: Connection, rules: AccountRules | undefined, date: IsoDate): string | undefined {
  const base = kind === "harvest" ? rules?.baseUri : undefined;
  return base === undefined ? undefined : `${base}/time/day/${date.replaceAll("-", "/")}`;
}

/** What is known once Harvest has one more operation. */
function knownAfter({ entries, last }: Known, { op, entry, image }: Written): Pick<Known, "entries" | "last"> {
  const others = entries.filter((each) => each.id !== entry && each.id !== image.id);
  if (op === "delete") return { entries: others, last };
  const stopped = op === "start" ? others.map((each) => (each.running ? { ...each, running: false } : each)) : others;
  return { entries: [...stopped, image], last: entry };
}

/** Opens one account's timesheet with what the cache remembers; call `refresh` to read Harvest. */
export function createTimesheet(options: TimesheetOptions): Timesheet {
  const { connection, folder, cacheFile, settings, onChange = () => undefined, onNotice = () => undefined } = options;
  const { client, clock } = connection;
  const remembered = readCache(cacheFile);
  const projects = remembered?.projects ?? [];
  const known: Known = { rules: undefined, projects, entries: remembered?.entries ?? [], last: undefined, index: indexProjects(projects) };
  const outbox = createOutbox({
    folder,
    remote: client,
    clock: { now: clock.now, today: () => clock.civil().today },
    newId: () => randomUUID(),
    onChange,
    onNotice,
    onWritten: (written) => take(written),
    ...(connection.kind === "sample" ? { graceMs: SAMPLE_GRACE_MS } : {}),
  });

  const remember = (): void => writeCache(cacheFile, { at: new Date().toISOString(), projects: known.projects, entries: known.entries });
  // Harvest's reads can lag behind a write by seconds (harvest-api §0): the write's own answer is what counts.
  const take = (written: Written): void => {
    Object.assign(known, knownAfter(known, written));
    remember();
  };

  const entriesNow = (): readonly Entry[] => withPending(known.entries, outbox.pending());
  const facts = (): Facts => factsOf(connection, known, entriesNow(), settings());
  const refresh = async (): Promise<Refreshed> => {
    const { today } = clock.civil();
    const [read, entries, rules] = await Promise.all([
      client.projects(),
      client.entries(addDays(today, -DAYS_BACK), addDays(today, DAYS_AHEAD)),
      known.rules ?? readRules(client),
    ]);
    known.rules = rules;
    if (read.kind === "failed") return { kind: "stale", message: read.message };
    if (entries.kind === "failed") return { kind: "stale", message: entries.message };
    // The same list again needs no new index: with thousands of projects that is most of the work.
    const index = read.value === known.projects ? known.index : indexProjects(read.value);
    Object.assign(known, { projects: read.value, entries: entries.value, index, last: await outbox.lastWritten() });
    remember();
    onChange();
    return { kind: "fresh" };
  };

  const day = (date: IsoDate): DayOfWork => {
    const entries = entriesNow().filter((entry) => entry.date === date).toSorted((a, b) => a.id - b.id);
    return { date, entries, hours: entries.reduce((sum, entry) => sum + entry.hours, 0) };
  };

  return {
    connection,
    facts,
    refresh,
    commit: async (batch) => {
      const committed = await outbox.commit(batch);
      onChange();
      return committed;
    },
    undo: async (batch) => {
      const undone = await outbox.undo(batch);
      if (undone.kind === "undone") await refresh();
      return undone;
    },
    flush: () => outbox.flush(),
    waiting: () => outbox.waiting(),
    finish: async (batch) => {
      const finished = await outbox.finish(batch);
      onChange();
      return finished;
    },
    outcome: (batch) => outbox.outcome(batch),
    history: async (limit, words = "") => (words === "" ? outbox.history(limit) : (await outbox.history(Infinity)).filter((item) => isAbout(item, words)).slice(0, limit)),
    pageOf: (date) => pageOfDay(connection, known.rules, date),
    day,
    week: (offset) => {
      const { today, weekStart } = facts();
      const first = addDays(startOfWeek(today, weekStart), offset * 7);
      return Array.from({ length: 7 }, (_, index) => day(addDays(first, index)));
    },
    close: () => outbox.close().then(() => connection.close()),
  };
}
