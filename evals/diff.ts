/** One entry as it is compared: values only. Hours are Harvest's two decimals. */
export interface EntryState {
  readonly id: number;
  readonly date: string;
  readonly hours: number;
  readonly project: number;
  readonly task: number;
  readonly notes: string;
  readonly running: boolean;
}
export type Snapshot = readonly EntryState[];
export type FieldName = Exclude<keyof EntryState, "id">;

export const FIELD_NAMES: readonly FieldName[] = ["date", "hours", "project", "task", "notes", "running"];

/** What is different between two states of an account. A change holds the new values of the fields that differ. */
export interface StateDiff {
  readonly added: readonly EntryState[];
  readonly changed: readonly ({ readonly id: number } & Partial<Omit<EntryState, "id">>)[];
  readonly deleted: readonly number[];
}

/** Harvest keeps hundredths of an hour. */
const HOURS_NOISE = 0.006;

/** Whether two values of one field are the same; notes are compared without the white space around and within them. */
export function sameValue(field: FieldName, a: unknown, b: unknown): boolean {
  if (field === "hours") return typeof a === "number" && typeof b === "number" && Math.abs(a - b) < HOURS_NOISE;
  if (field === "notes") return String(a).trim().replace(/\s+/g, " ") === String(b).trim().replace(/\s+/g, " ");
  return a === b;
}

/** Compares by id: the same entry keeps its id, whatever was done to it. The hours of a timer that runs in both tick and do not count. */
export function diffOf(before: Snapshot, after: Snapshot): StateDiff {
  const old = new Map(before.map((entry) => [entry.id, entry]));
  const kept = new Set(after.map((entry) => entry.id));
  const changed = after.flatMap((entry) => {
    const was = old.get(entry.id);
    if (!was) return [];
    const fields = FIELD_NAMES.filter((field) => !sameValue(field, was[field], entry[field]) && !(field === "hours" && was.running));
    return fields.length === 0 ? [] : [{ id: entry.id, ...Object.fromEntries(fields.map((field) => [field, entry[field]])) }];
  });
  return {
    added: after.filter((entry) => !old.has(entry.id)),
    changed,
    deleted: before.filter((entry) => !kept.has(entry.id)).map((entry) => entry.id),
  };
}

/** Whether nothing at all is different. */
export function isUnchanged(diff: StateDiff): boolean {
  return diff.added.length === 0 && diff.changed.length === 0 && diff.deleted.length === 0;
}
