import type { Entry } from "../core/entry.ts";
import type { ChangeSet } from "../core/outcome.ts";

/** Harvest keeps hundredths of an hour; half of one is noise. */
const HOURS_NOISE = 0.005;
const sameHours = (a: number, b: number): boolean => Math.abs(a - b) < HOURS_NOISE;

/** Whether two pictures of one entry show the same values. The hours of a timer that runs in both tick, and are not compared. */
export function isSameEntry(a: Entry, b: Entry): boolean {
  return (
    a.date === b.date &&
    a.project === b.project &&
    a.task === b.task &&
    a.notes === b.notes &&
    a.running === b.running &&
    ((a.running && b.running) || sameHours(a.hours, b.hours))
  );
}

/** Whether an entry already has every value that a change wants. */
export function hasValues(entry: Entry, set: ChangeSet): boolean {
  return (
    (set.date === undefined || set.date === entry.date) &&
    (set.hours === undefined || sameHours(set.hours, entry.hours)) &&
    (set.project === undefined || set.project === entry.project) &&
    (set.task === undefined || set.task === entry.task) &&
    (set.notes === undefined || set.notes === entry.notes)
  );
}

/** The values that `entry` has in the fields that `set` sets: what puts a change back. A project never goes back without its task. */
export function valuesFrom(entry: Entry, set: ChangeSet): ChangeSet {
  return {
    ...(set.date === undefined ? {} : { date: entry.date }),
    ...(set.hours === undefined ? {} : { hours: entry.hours }),
    ...(set.project === undefined ? {} : { project: entry.project }),
    ...(set.task === undefined && set.project === undefined ? {} : { task: entry.task }),
    ...(set.notes === undefined ? {} : { notes: entry.notes }),
  };
}

const MINUTES = 60;
const lengthOf = (hours: number): string => {
  const minutes = Math.round(hours * MINUTES);
  return `${Math.floor(minutes / MINUTES)}:${String(minutes % MINUTES).padStart(2, "0")} h`;
};

/** What is different in Harvest now, in words that may be shown: "2:30 h instead of 1:00 h, another note". Empty for equal entries. */
export function differenceOf(seen: Entry, now: Entry): string {
  return [
    seen.date === now.date ? "" : `${now.date} instead of ${seen.date}`,
    (seen.running && now.running) || sameHours(seen.hours, now.hours) ? "" : `${lengthOf(now.hours)} instead of ${lengthOf(seen.hours)}`,
    seen.project === now.project ? "" : "another project",
    seen.task === now.task ? "" : "another task",
    seen.notes === now.notes ? "" : "another note",
    seen.running === now.running ? "" : now.running ? "its timer runs" : "its timer stopped",
  ].filter(Boolean).join(", ");
}

/** Whether two pictures show the same piece of work, whatever its hours came to: what a timer that is to run again must be. */
export function isSameWork(a: Entry, b: Entry): boolean {
  return a.date === b.date && a.project === b.project && a.task === b.task && a.notes === b.notes;
}
