import type { AccountData, StoredEntry } from "./account.ts";
import { addDays, weekdayOf } from "./civil.ts";
import { diceOf, todayOf } from "./generate.ts";

/** How big, and the words that names are put together from. */
export interface BigShape {
  readonly clients: number;
  readonly projects: number;
  readonly entries: number;
  readonly entriesPerDay: number;
  readonly first: readonly string[];
  readonly second: readonly string[];
  readonly work: readonly string[];
  readonly stage: readonly string[];
  readonly tasks: readonly string[];
  readonly notes: readonly (string | null)[];
}

/** The `nth` pair of words, each pair once until all are used. */
function pair(nth: number, one: readonly string[], other: readonly string[]): string {
  return `${one[nth % one.length] ?? ""} ${other[Math.floor(nth / one.length) % other.length] ?? ""}`;
}

function addProjects(data: AccountData, shape: BigShape, user: number): void {
  for (let nth = 0; nth < shape.clients; nth += 1) data.clients.push({ id: 15_000_001 + nth, name: pair(nth, shape.first, shape.second), active: true });
  for (const [at, name] of shape.tasks.entries()) data.tasks.push({ id: 22_000_001 + at, name, active: true });
  for (let nth = 0; nth < shape.projects; nth += 1) {
    const id = 40_110_001 + nth;
    // Within a client a name is used once; across clients it comes back, as it does in agencies.
    const name = pair(Math.floor(nth / shape.clients) + (nth % shape.clients), shape.work, shape.stage);
    data.projects.push({ id, client: 15_000_001 + (nth % shape.clients), name, code: nth % 3 === 0 ? null : `P-${nth + 1}`, active: true, lockedRanges: [] });
    data.userAssignments.push({ id: 300_100_001 + nth, user, project: id, active: true });
    for (let task = 0; task < 3; task += 1) {
      data.taskAssignments.push({ id: 450_000_001 + data.taskAssignments.length, project: id, task: 22_000_001 + ((nth + task * 3) % shape.tasks.length), active: true, billable: task !== 2 });
    }
  }
}

function addEntries(data: AccountData, shape: BigShape, user: number, until: string): void {
  const dice = diceOf(data.seed, "big");
  const rows: StoredEntry[] = [];
  for (let date = until; rows.length < shape.entries; date = addDays(date, -1)) {
    if (weekdayOf(date) === 0 || weekdayOf(date) === 6) continue;
    for (let nth = 0; nth < shape.entriesPerDay && rows.length < shape.entries; nth += 1) {
      const project = Math.floor(dice() * shape.projects);
      const task = 22_000_001 + ((project + 3 * Math.floor(dice() * 3)) % shape.tasks.length);
      const at = `${date}T${String(9 + nth).padStart(2, "0")}:00:00.000Z`;
      rows.push({
        id: 0, user, date, project: 40_110_001 + project, task, notes: shape.notes[Math.floor(dice() * shape.notes.length)] ?? null,
        hours: (1 + Math.floor(dice() * 6)) / 4, timerStartedAt: null, startedTime: null, endedTime: null, lock: null, reference: null, createdAt: at, updatedAt: at,
      });
    }
  }
  for (const row of rows.toReversed()) {
    data.entries.push({ ...row, id: data.nextId });
    data.nextId += 1;
  }
}

/** Fills an empty account with as much as `shape` says, the last entries on the day before `now`. The same seed and day give the same account. */
export function fillBig(data: AccountData, shape: BigShape, now: Date): void {
  const user = data.users[0]?.id;
  if (user === undefined) return;
  addProjects(data, shape, user);
  addEntries(data, shape, user, addDays(todayOf(data, now), -1));
}
