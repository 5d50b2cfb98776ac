import type { Entry, IsoDate } from "../core/entry.ts";
import type { Remote, RemoteEntry, RemoteFailure, RemoteResult } from "../core/remote.ts";

/**
 * What goes wrong with one request. `cut`: the line broke, before or after Harvest did it. `crash`: this process ended at that moment.
 * A failure code: Harvest, or the network, answered so, and nothing was done.
 */
export type Fault = "cut-before" | "cut-after" | "crash-before" | "crash-after" | RemoteFailure["code"];

/** Thrown in place of the end of the process. */
export const CRASH = new Error("The process ended here.");

export interface MemoryRemote extends Remote {
  /** All entries, by id. */
  all(): readonly RemoteEntry[];
  /** Somebody else's edit, past the outbox. */
  edit(id: number, values: Partial<Entry>): void;
  put(entry: Omit<Entry, "id">, mark?: string): RemoteEntry;
  drop(id: number): void;
  /** How many requests were made, reads included. */
  requests(): number;
}

export interface MemoryRemoteOptions {
  readonly now: () => Date;
  /** Asked before each request, counted from 0. */
  readonly fault?: (request: number, name: keyof Remote) => Fault | undefined;
  /** False: the account loses our marks, as some do. */
  readonly keepsMarks?: boolean;
  /** True: a restart makes a new entry, as in accounts that book a start and an end. */
  readonly restartsAnew?: boolean;
}

/** A Harvest account in memory, with a line that can break: the outbox's own tests run on it. */
export function createMemoryRemote({ now, fault = () => undefined, keepsMarks = true, restartsAnew = false }: MemoryRemoteOptions): MemoryRemote {
  const entries = new Map<number, RemoteEntry>();
  let nextId = 101;
  let count = 0;

  const failed = (code: RemoteFailure["code"], unknown = false): RemoteFailure => ({ kind: "failed", code, message: `Harvest said ${code}.`, unknown });
  const save = (entry: RemoteEntry): RemoteEntry => {
    const stamped = { ...entry, updatedAt: now().toISOString() };
    entries.set(entry.id, stamped);
    return stamped;
  };
  const make = (values: Omit<Entry, "id">, mark?: string): RemoteEntry => {
    const id = nextId++;
    return save({ ...values, id, updatedAt: "", ...(mark === undefined || !keepsMarks ? {} : { mark }) });
  };
  const request = async <T>(name: keyof Remote, act: () => RemoteResult<T>): Promise<RemoteResult<T>> => {
    const what = fault(count++, name);
    await Promise.resolve();
    switch (what) {
      case undefined:
        return act();
      case "crash-before":
        throw CRASH;
      case "crash-after":
        act();
        throw CRASH;
      case "cut-before":
        return failed("timeout", true);
      case "cut-after":
        act();
        return failed("timeout", true);
      default:
        return failed(what);
    }
  };
  const on = <T>(id: number, act: (entry: RemoteEntry) => T): RemoteResult<T> => {
    const entry = entries.get(id);
    return entry ? { kind: "ok", value: act(entry) } : failed("not-found");
  };
  const stopAll = (): void => {
    for (const entry of entries.values()) if (entry.running) save({ ...entry, running: false });
  };
  const defined = (set: object): object => Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));

  return {
    create: (draft, mark) => request("create", () => ({ kind: "ok", value: make({ ...draft, running: false }, mark) })),
    start: (draft, mark) =>
      request("start", () => {
        stopAll();
        return { kind: "ok", value: make({ ...draft, hours: 0, running: true }, mark) };
      }),
    change: (id, set) => request("change", () => on(id, (entry) => save({ ...entry, ...defined(set) }))),
    stop: (id) => request("stop", () => on(id, (entry) => save({ ...entry, running: false }))),
    restart: (id) =>
      request("restart", () => {
        stopAll();
        return on(id, (entry) => (restartsAnew ? make({ ...entry, hours: 0, running: true }) : save({ ...entry, running: true })));
      }),
    remove: (id) => request<undefined>("remove", () => on(id, () => void entries.delete(id))),
    read: (id) => request("read", () => on(id, (entry) => entry)),
    entries: (from: IsoDate, to: IsoDate) => request("entries", () => ({ kind: "ok", value: [...entries.values()].filter(({ date }) => date >= from && date <= to) })),
    all: () => [...entries.values()],
    edit: (id, values) => void on(id, (entry) => save({ ...entry, ...values })),
    put: make,
    drop: (id) => void entries.delete(id),
    requests: () => count,
  };
}
