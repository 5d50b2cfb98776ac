import { join } from "node:path";
import type { Entry, IsoDate } from "../core/entry.ts";
import type { Operation } from "../core/outcome.ts";
import { CRASH, createMemoryRemote, type Fault, type MemoryRemote } from "./memory-remote.ts";
import { realDisk, type Disk } from "./disk.ts";
import { createOutbox, type Outbox, type OutboxOptions } from "./outbox.ts";
import type { Remote } from "../core/remote.ts";

/** The day it is in every test. */
export const TODAY: IsoDate = "2026-04-06";

/** The computer's disk without its slow part: what a test writes outlives no power cut. */
export const fastDisk: Disk = { ...realDisk, sync: () => Promise.resolve(), syncFolder: () => Promise.resolve() };

/** For tests: an account and a clock that outlive any one outbox on `folder`, as they outlive a process. */
export function createWorld(folder: string, keepsMarks = true, restartsAnew = false) {
  let time = Date.parse("2026-04-06T09:00:00Z");
  let ids = 0;
  let today = TODAY;
  let fault: (request: number, name: keyof Remote) => Fault | undefined = () => undefined;
  let crashAtTick = Infinity;
  const slept: number[] = [];
  const notices: string[] = [];
  let changes = 0;
  let whileAsleep: () => void = () => undefined;
  const remote = createMemoryRemote({ now: () => new Date(time), fault: (request, name) => fault(request, name), keepsMarks, restartsAnew });
  const open = (more: Partial<OutboxOptions> = {}): Outbox =>
    createOutbox({
      disk: fastDisk,
      folder,
      remote,
      clock: {
        // The journal asks for the time just before it writes: a crash here is a crash before the record.
        now: () => {
          time += 10;
          crashAtTick -= 1;
          if (crashAtTick === 0) throw CRASH;
          return new Date(time);
        },
        today: () => today,
      },
      newId: () => `id${ids++}`,
      // Time does not pass by itself here: a grace never ends, and nothing is tried again unasked.
      after: () => () => undefined,
      sleep: async (ms) => {
        slept.push(ms);
        whileAsleep();
        time += ms;
        await new Promise((resolve) => setTimeout(resolve, 1));
      },
      onChange: () => (changes += 1),
      onNotice: (sentence) => notices.push(sentence),
      ...more,
    });
  return {
    folder, remote, open, slept, notices,
    changes: () => changes,
    onSleep: (act: () => void) => void (whileAsleep = act),
    file: join(folder, "journal.jsonl"),
    fail: (next: typeof fault) => void (fault = next),
    heal: () => { fault = () => undefined; crashAtTick = Infinity; },
    crashAtTick: (ticks: number) => void (crashAtTick = ticks),
    setToday: (date: IsoDate) => void (today = date),
    later: (ms: number) => void (time += ms),
  };
}

/** An add of `hours` on today. */
export const add = (notes: string, hours = 2): Operation => ({ op: "add", date: TODAY, hours, project: 1, task: 11, notes });
/** Puts an entry into the account, past the outbox. */
export const seed = (remote: MemoryRemote, values: Partial<Entry> = {}): Entry => remote.put({ date: TODAY, hours: 1, project: 1, task: 11, notes: "seed", running: false, ...values });
/** What stands in the account, without ids, sorted by note. */
export const values = (remote: MemoryRemote): unknown[] =>
  remote.all().map(({ date, hours, project, task, notes, running }) => ({ date, hours, project, task, notes, running })).sort((a, b) => a.notes.localeCompare(b.notes));

/** Each kind of operation: what stands in the account before, and the batch that acts on it. */
export const kinds: Record<string, { entry?: Partial<Entry>; operation: (id: number) => Operation }> = {
  add: { operation: () => add("new") },
  change: { entry: {}, operation: (id) => ({ op: "change", entry: id, set: { date: "2026-04-03", hours: 4, notes: "changed" } }) },
  delete: { entry: {}, operation: (id) => ({ op: "delete", entry: id }) },
  start: { operation: () => ({ op: "start", project: 1, task: 11, notes: "timer" }) },
  stop: { entry: { running: true }, operation: (id) => ({ op: "stop", entry: id }) },
};
/** Throws for a kind that no test knows. */
export function kindOf(kind: string): (typeof kinds)[string] {
  const found = kinds[kind];
  if (!found) throw new Error(`There is no kind "${kind}".`);
  return found;
}
export type World = ReturnType<typeof createWorld>;
/** A batch of one operation of that kind. */
export function prepare({ remote }: World, kind: string) {
  const { entry, operation } = kindOf(kind);
  const before = entry ? [seed(remote, entry)] : [];
  return { sentence: kind, operations: [operation(before[0]?.id ?? 0)], before };
}
/** What stands in the account after that batch. */
export const afterOf: Record<string, unknown[]> = {
  add: [{ date: TODAY, hours: 2, project: 1, task: 11, notes: "new", running: false }],
  change: [{ date: "2026-04-03", hours: 4, project: 1, task: 11, notes: "changed", running: false }],
  delete: [],
  start: [{ date: TODAY, hours: 0, project: 1, task: 11, notes: "timer", running: true }],
  stop: [{ date: TODAY, hours: 1, project: 1, task: 11, notes: "seed", running: false }],
};
