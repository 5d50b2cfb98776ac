import type { Entry, IsoDate } from "../../electron/core/entry.ts";
import type { Operation } from "../../electron/core/outcome.ts";

/** An entry as it must be. `ticked`: a timer ran on it, so that its hours are what the clock says. `id` is missing until it is known. */
export interface Expected {
  readonly key: string;
  readonly id: number | undefined;
  readonly date: IsoDate;
  readonly hours: number;
  readonly project: number;
  readonly task: number;
  readonly notes: string;
  readonly running: boolean;
  readonly ticked: boolean;
}

/** What a confirmed sentence did, and how to take it back. */
interface Done {
  readonly batch: string;
  readonly touched: readonly string[];
  readonly timers: boolean;
  /** Somebody edited one of its entries: it stays done, and nobody can take it back unasked any more. */
  readonly isMixed: boolean;
  readonly undo: () => void;
}

/** What the account must hold, told by what was confirmed alone: no journal, no Harvest. */
export interface Model {
  all(): readonly Expected[];
  /** Carries out a sentence. `keys` name what its adds and starts make. */
  apply(batch: string, operations: readonly Operation[], today: IsoDate): void;
  /** Whether a batch can be taken back and nothing later stands on it. */
  isUndoable(batch: string): boolean;
  undo(batch: string): void;
  /** Somebody else's edit. */
  meddle(id: number, hours: number): void;
  /** The ids that the operations of a batch got, in their order. */
  learn(batch: string, ids: readonly number[]): void;
  undoable(): readonly string[];
}

/** A model that begins with the account as it is. */
export function createModel(start: readonly Entry[]): Model {
  let entries = new Map<string, Expected>(start.map((entry) => [`#${entry.id}`, { ...entry, key: `#${entry.id}`, ticked: false }]));
  let done: Done[] = [];
  const byId = (id: number): Expected => {
    const found = [...entries.values()].find((entry) => entry.id === id);
    if (!found) throw new Error(`The model knows no entry ${id}.`);
    return found;
  };
  const put = (entry: Expected): void => void (entries = new Map([...entries, [entry.key, entry]]));
  const drop = (key: string): void => void (entries = new Map([...entries].filter(([each]) => each !== key)));
  const stopAll = (): readonly Expected[] => {
    const running = [...entries.values()].filter((entry) => entry.running);
    for (const entry of running) put({ ...entry, running: false, ticked: true });
    return running;
  };

  const one = (operation: Operation, key: string, today: IsoDate): Done["undo"] => {
    switch (operation.op) {
      case "add": {
        const { date, hours, project, task, notes } = operation;
        put({ key, id: undefined, date, hours, project, task, notes, running: false, ticked: false });
        return () => drop(key);
      }
      case "start": {
        const { project, task, notes } = operation;
        const [displaced] = stopAll();
        put({ key, id: undefined, date: today, hours: 0, project, task, notes, running: true, ticked: true });
        return () => {
          drop(key);
          const now = displaced && entries.get(displaced.key);
          if (now) put({ ...now, running: true, ticked: true });
        };
      }
      case "change": {
        const before = byId(operation.entry);
        const set = Object.fromEntries(Object.entries(operation.set).filter(([, value]) => value !== undefined));
        put({ ...before, ...set });
        return () => {
          const now = entries.get(before.key);
          if (now) put({ ...now, ...Object.fromEntries(Object.keys(set).map((name) => [name, before[name as keyof Expected]])) });
        };
      }
      case "delete": {
        const before = byId(operation.entry);
        drop(before.key);
        // It comes back under an id that nobody knows yet, and no longer runs.
        return () => put({ ...before, id: undefined, running: false });
      }
      case "stop": {
        const before = byId(operation.entry);
        put({ ...before, running: false, ticked: true });
        return () => put({ ...before, running: true, ticked: true });
      }
    }
  };

  const isUndoable = (batch: string): boolean => {
    const at = done.findIndex((each) => each.batch === batch);
    const mine = done[at];
    return mine !== undefined && !mine.isMixed && done.slice(at + 1).every((later) => !(later.timers && mine.timers) && !later.touched.some((key) => mine.touched.includes(key)));
  };
  return {
    all: () => [...entries.values()],
    apply: (batch, operations, today) => {
      const keys = operations.map((operation, index) => ("entry" in operation ? byId(operation.entry).key : `${batch}/${index}`));
      const undos = operations.map((operation, index) => one(operation, keys[index] ?? "", today));
      const timers = operations.some(({ op }) => op === "start" || op === "stop");
      done = [...done, { batch, touched: keys, timers, isMixed: false, undo: () => undos.toReversed().forEach((undo) => undo()) }];
    },
    isUndoable,
    undo: (batch) => {
      done.find((each) => each.batch === batch)?.undo();
      done = done.filter((each) => each.batch !== batch);
    },
    meddle: (id, hours) => {
      const entry = byId(id);
      put({ ...entry, hours });
      done = done.map((each) => (each.touched.includes(entry.key) ? { ...each, isMixed: true } : each));
    },
    learn: (batch, ids) => {
      for (const [index, id] of ids.entries()) {
        const entry = entries.get(`${batch}/${index}`);
        if (entry) put({ ...entry, id });
      }
    },
    undoable: () => done.map(({ batch }) => batch).filter(isUndoable),
  };
}

/** What is wrong with the account, in words; empty when it holds exactly what it must. */
export function complaints(expected: readonly Expected[], found: readonly Entry[]): readonly string[] {
  const words = ({ date, hours, project, task, notes, running }: Entry | Expected, ticked: boolean): string => JSON.stringify([date, ticked || running ? "-" : Math.round(hours * 100), project, task, notes, running]);
  const tickedKeys = new Map(expected.filter(({ ticked }) => ticked).map((entry) => [words(entry, true), entry]));
  const shown = (entry: Entry): string => {
    const loose = words(entry, true);
    return tickedKeys.has(loose) ? loose : words(entry, false);
  };
  const count = (list: readonly string[]): Map<string, number> => list.reduce((sum, each) => sum.set(each, (sum.get(each) ?? 0) + 1), new Map<string, number>());
  const want = count(expected.map((entry) => words(entry, tickedKeys.has(words(entry, true)))));
  const have = count(found.map(shown));
  const wrong: string[] = [];
  for (const each of new Set([...want.keys(), ...have.keys()])) {
    const [must, is] = [want.get(each) ?? 0, have.get(each) ?? 0];
    if (is < must) wrong.push(`${is === 0 ? "lost" : "too few"}: ${each} (${is} of ${must})`);
    if (is > must) wrong.push(`${must > 0 ? "doubled" : "altered or not asked for"}: ${each} (${is} for ${must})`);
  }
  return wrong;
}
