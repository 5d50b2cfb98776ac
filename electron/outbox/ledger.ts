import type { BatchRecord, Image, JournalRecord, Step, Stored } from "./records.ts";

/** Where one step stands. `sending`: Harvest may have it or not; `at` (ISO) is when it went out, `twins` what looked the same before. */
export type StepState =
  | { readonly kind: "pending" }
  | { readonly kind: "sending"; readonly at: string; readonly twins: readonly number[] | undefined }
  | { readonly kind: "done"; readonly entry: number; readonly image: Image }
  | { readonly kind: "refused" | "needs-you"; readonly message: string };

/** One batch as the journal tells it so far. `states` has one item per step. */
export interface LedgerBatch {
  readonly id: string;
  readonly at: string;
  readonly record: BatchRecord;
  readonly states: readonly StepState[];
  /** How the entry of a step must look instead of as it was first shown, where a person said "again". */
  readonly expects: ReadonlyMap<number, Image>;
  readonly withdrawn: boolean;
}

export type BatchState = "saved" | "waiting" | "undone" | "refused" | "needs-you";

/**
 * The journal's records, added up. Holds no file and no network; records of batches it never saw are passed over. What is still to be
 * done with an entry that was deleted is about the one that came back in its place, as soon as there is one.
 */
export interface Ledger {
  apply(stored: Stored): void;
  reset(): void;
  batch(id: string): LedgerBatch | undefined;
  /** Oldest first, undo batches included. */
  batches(): readonly LedgerBatch[];
  /** The batches that were made to take `id` back, oldest first. */
  undosOf(id: string): readonly LedgerBatch[];
  stateOf(batch: LedgerBatch): BatchState;
  /** Indices of the steps of `id` that Harvest has and that no undo has taken back. */
  standing(id: string): readonly number[];
  /** Where an entry lives now: bringing back a deleted one gives it a new id. */
  currentId(entry: number): number;
  /** Whether an entry was made, changed or seen by a step in the journal. */
  knows(entry: number): boolean;
  /** When (ISO) a write of ours last reached an entry. */
  touchedAt(entry: number): string | undefined;
  /** False once Harvest gave back an entry without the mark it was made with. */
  marksAreKept(): boolean | undefined;
  lastWritten(): number | undefined;
}

const hasStop = ({ states }: LedgerBatch): boolean => states.some(({ kind }) => kind === "refused" || kind === "needs-you");

/** Whether something of the batch may still be sent. */
export function isWaiting(batch: LedgerBatch): boolean {
  return !batch.withdrawn && !hasStop(batch) && batch.states.some((state) => state.kind !== "done");
}

/** How many steps of a batch Harvest has. */
export const doneCount = (batch: LedgerBatch): number => batch.states.filter((state) => state.kind === "done").length;

/** The deleted entry that a step brings back; undefined for all other steps. */
export const replacedBy = (step: Step): number | undefined => (step.do === "create" || step.do === "start" ? step.replaces : undefined);

/** What is known of single entries, whichever batch touched them. */
function createEntryBook() {
  const successors = new Map<number, number>();
  const known = new Set<number>();
  const touched = new Map<number, string>();
  const written = new Set<number>();
  let marksKept: boolean | undefined;
  return {
    see: (entry: number) => void known.add(entry),
    noteDone: (step: Step, entry: number, image: Image, at: string): void => {
      known.add(entry);
      touched.set(entry, at);
      // The order in which a set gives its members is the order in which they came.
      written.delete(entry);
      if (step.do !== "remove") written.add(entry);
      const replaced = replacedBy(step);
      if (replaced !== undefined) successors.set(replaced, entry);
      if (step.do === "create" || step.do === "start") marksKept = image.mark === step.mark;
    },
    reset: (): void => {
      for (const each of [successors, known, touched, written]) each.clear();
      marksKept = undefined;
    },
    currentId: (entry: number): number => {
      let id = entry;
      for (let next = successors.get(id); next !== undefined; next = successors.get(id)) id = next;
      return id;
    },
    knows: (entry: number): boolean => known.has(entry),
    touchedAt: (entry: number): string | undefined => touched.get(entry),
    marksAreKept: () => marksKept,
    lastWritten: () => [...written].at(-1),
  };
}

/** An empty ledger. */
export function createLedger(): Ledger {
  const batches = new Map<string, LedgerBatch>();
  const undos = new Map<string, string[]>();
  const { noteDone, see, reset: resetEntries, ...entries } = createEntryBook();

  const find = (id: string): LedgerBatch | undefined => batches.get(id);
  const undosOf = (id: string): readonly LedgerBatch[] => (undos.get(id) ?? []).flatMap((undo) => find(undo) ?? []);
  const standing = (id: string): readonly number[] => {
    const undone = new Set(undosOf(id).flatMap((undo) => doneSteps(undo).map((step) => undo.record.steps[step]?.undoes)));
    const batch = find(id);
    return batch ? doneSteps(batch).filter((step) => !undone.has(step)) : [];
  };
  const moved = (step: Step): Step => ("entry" in step ? { ...step, entry: entries.currentId(step.entry) } : step);
  /** Steps were written down before their entry got its new number, and would never find it. What is done is history, and stays. */
  const follow = (): void => {
    for (const batch of batches.values()) {
      if (batch.states.every(({ kind }) => kind === "done")) continue;
      const steps = batch.record.steps.map((step, index) => (batch.states[index]?.kind === "done" ? step : moved(step)));
      batches.set(batch.id, { ...batch, record: { ...batch.record, steps } });
    }
  };
  const open = (written: BatchRecord, at: string): void => {
    const record = { ...written, steps: written.steps.map(moved) };
    batches.set(record.batch, { id: record.batch, at, record, states: record.steps.map(() => ({ kind: "pending" })), expects: new Map(), withdrawn: false });
    if (record.of !== undefined) undos.set(record.of, [...(undos.get(record.of) ?? []), record.batch]);
    for (const entry of record.before) see(entry.id);
  };

  return {
    apply: ({ at, record }) => {
      if (record.kind === "batch") return open(record, at);
      const batch = find(record.batch);
      if (!batch) return;
      if (record.kind === "withdrawn") return void batches.set(batch.id, { ...batch, withdrawn: true });
      const step = batch.record.steps[record.step];
      if (!step) return;
      if (record.kind === "done") noteDone(step, record.entry, record.image, at);
      const expects = record.kind === "again" && record.expect ? new Map([...batch.expects, [record.step, record.expect]]) : batch.expects;
      batches.set(batch.id, { ...batch, expects, states: batch.states.with(record.step, stateAfter(record, at)) });
      if (record.kind === "done" && replacedBy(step) !== undefined) follow();
    },
    reset: () => {
      batches.clear();
      undos.clear();
      resetEntries();
    },
    batch: find,
    batches: () => [...batches.values()],
    undosOf,
    standing,
    stateOf: (batch) => {
      if (isWaiting(batch) || undosOf(batch.id).some(isWaiting)) return "waiting";
      const done = doneCount(batch);
      const left = standing(batch.id).length;
      // An undo may stop long after it was promised, when nobody listens: this is where it is seen.
      if (undosOf(batch.id).some((undo) => !undo.withdrawn && hasStop(undo))) return "needs-you";
      if (left === 0 && (done > 0 || batch.withdrawn)) return "undone";
      if (left < done || batch.withdrawn || batch.states.some((state) => state.kind === "needs-you")) return "needs-you";
      return batch.states.some((state) => state.kind === "refused") ? "refused" : "saved";
    },
    ...entries,
  };
}

function stateAfter(record: Exclude<JournalRecord, { kind: "batch" | "withdrawn" }>, at: string): StepState {
  switch (record.kind) {
    case "sending":
      return { kind: "sending", at, twins: record.twins };
    case "returned":
    case "again":
      return { kind: "pending" };
    case "done":
      return { kind: "done", entry: record.entry, image: record.image };
    case "refused":
    case "needs-you":
      return { kind: record.kind, message: record.message };
  }
}

function doneSteps(batch: LedgerBatch): readonly number[] {
  return batch.states.flatMap((state, index) => (state.kind === "done" ? [index] : []));
}

/**
 * How the entry of step `index` must look before that step: as an earlier step of the same batch left it, else as the user saw it.
 * Undefined for steps that make a new entry.
 */
export function expectedBefore(batch: LedgerBatch, index: number): Image | undefined {
  const step = batch.record.steps[index];
  if (!step || step.do === "create" || step.do === "start") return undefined;
  const again = batch.expects.get(index);
  if (again) return again;
  for (let earlier = index - 1; earlier >= 0; earlier -= 1) {
    const state = batch.states[earlier];
    if (state?.kind === "done" && state.entry === step.entry) return state.image;
  }
  return step.expect;
}
