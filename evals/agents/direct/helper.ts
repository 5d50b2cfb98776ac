import type { IsoDate, Project } from "../../../electron/core/entry.ts";
import type { Facts } from "../../../electron/core/facts.ts";
import { projectLabel } from "../../../electron/core/projects.ts";
import { addDays, parseIsoDate, weekdayOf } from "../../../electron/core/time.ts";

/** Where a call books, or what in it is not known, with the names that may have been meant. */
type Place =
  | { readonly kind: "place"; readonly project: number; readonly task: number; readonly notes?: string | undefined }
  | { readonly kind: "unknown"; readonly about: "project" | "task"; readonly meant: readonly string[] };

/** What stands between a model's call and the account. */
export interface Helper {
  /** Weekday, three weeks of calendar and rules in the prompt. */
  readonly calendar: boolean;
  /** Edits and deletions are asked about. */
  readonly confirms: boolean;
  place(facts: Facts, project: string, task: string): Place;
  date(facts: Facts, text: string): IsoDate | undefined;
  hours(hours: number): number;
}

const folded = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim();
const namesOf = (project: Project): readonly string[] => [project.name, projectLabel(project), `${project.client} ${project.name}`, `${project.client} / ${project.name}`];
const active = (facts: Facts): readonly Project[] => facts.index.projects.filter((each) => each.active);

/** What a command-line client with fuzzy matching does: the exact name, else whatever shares the most words with it. */
function nearest<T>(list: readonly T[], wanted: string, nameOf: (one: T) => readonly string[]): T | undefined {
  const low = folded(wanted);
  const exact = list.find((one) => nameOf(one).some((name) => folded(name) === low));
  if (exact) return exact;
  const words = new Set(low.split(" "));
  const scored = list.map((one) => ({ one, shared: nameOf(one).flatMap((name) => folded(name).split(" ")).filter((word) => words.has(word)).length })).toSorted((a, b) => b.shared - a.shared);
  return scored[0] && scored[0].shared > 0 ? scored[0].one : undefined;
}

function fuzzyPlace(facts: Facts, project: string, task: string): Place {
  const found = nearest(active(facts), project, namesOf);
  const chosen = found && (nearest(found.tasks, task, (each) => [each.name]) ?? found.tasks[0]);
  return found && chosen ? { kind: "place", project: found.id, task: chosen.id } : { kind: "unknown", about: "project", meant: [] };
}

/** Nothing: values go through as they are, names by fuzzy matching. */
export const naive: Helper = { calendar: false, confirms: false, place: fuzzyPlace, date: (_facts, text) => parseIsoDate(text), hours: (hours) => hours };
export const prompted: Helper = { ...naive, calendar: true };

/** Share of letters that two texts have in common in order, as a diff sees it (twice the common subsequence over both lengths). */
export function likeness(a: string, b: string): number {
  let row = Array<number>(b.length + 1).fill(0);
  for (const letter of a) {
    const next = [0];
    for (let j = 1; j <= b.length; j += 1) next.push(letter === b[j - 1] ? (row[j - 1] ?? 0) + 1 : Math.max(row[j] ?? 0, next[j - 1] ?? 0));
    row = next;
  }
  return a.length + b.length === 0 ? 1 : (2 * (row.at(-1) ?? 0)) / (a.length + b.length);
}

const LIKE_ENOUGH = 0.6;
const exactly = (name: string, wanted: string): boolean => name.trim().toLowerCase() === wanted.trim().toLowerCase();
const meantBy = (names: readonly string[], wanted: string): readonly string[] => names.filter((name) => likeness(name.toLowerCase(), wanted.toLowerCase()) >= LIKE_ENOUGH).slice(0, 1);

/** Shortcuts by their exact name, a task that is said beats the shortcut's; then names must exist, letter for letter but for case. */
function validPlace(facts: Facts, project: string, task: string): Place {
  const shortcut = facts.shortcuts.find((each) => each.name === project);
  const projects = active(facts);
  const found = shortcut ? projects.find((each) => each.id === shortcut.project) : projects.find((each) => namesOf(each).some((name) => exactly(name, project)));
  if (!found) return { kind: "unknown", about: "project", meant: meantBy(projects.map((each) => each.name), project) };
  const chosen = task === "" ? found.tasks.find((each) => each.id === shortcut?.task) : found.tasks.find((each) => exactly(each.name, task));
  if (!chosen) return { kind: "unknown", about: "task", meant: meantBy(found.tasks.map((each) => each.name), task) };
  return { kind: "place", project: found.id, task: chosen.id, notes: shortcut?.notes };
}

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** ISO, today, yesterday, tomorrow, "this friday" and a bare weekday (the coming one); "next" and "last" are refused as ambiguous. */
function seedDate({ today }: Facts, text: string): IsoDate | undefined {
  const low = text.trim().toLowerCase();
  if (low === "" || low === "today") return today;
  if (low === "yesterday") return addDays(today, -1);
  if (low === "tomorrow") return addDays(today, 1);
  const named = DAYS.indexOf(low.replace(/^this /, "")) + 1;
  return named > 0 ? addDays(today, (named - weekdayOf(today) + 7) % 7) : parseIsoDate(low);
}

/** To the nearest quarter, a half to the even one. */
export function quarterHours(hours: number): number {
  const quarters = hours * 4;
  const down = Math.floor(quarters);
  const isHalf = Math.abs(quarters - down - 0.5) < 1e-9;
  return (isHalf ? down + (down % 2) : Math.round(quarters)) / 4;
}

/** The code that the first published agent had in the end: its date reader, shortcuts, rounding, names that must exist, and a question before an edit. */
export const seed: Helper = { calendar: true, confirms: true, place: validPlace, date: seedDate, hours: quarterHours };
