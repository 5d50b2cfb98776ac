import type { AccountData } from "./account.ts";
import { plainCompany, plainOptions, SANDBOX_TOKEN } from "./account.ts";
import { addDays, railsNameOf, weekdayOf } from "./civil.ts";
import { book, bookDays, diceOf, idsOf, todayOf } from "./generate.ts";
import sample from "./sample.json" with { type: "json" };

const WEEKS = 4;
/** Nobody looks further back in a sample that was not opened for a year. */
const MAX_CATCH_UP_DAYS = 60;

function emptySample(now: Date, zone: string, seed: number): AccountData {
  const timezone = railsNameOf(zone);
  const data: AccountData = {
    version: 1, origin: "sample", seed, generatedThrough: "1970-01-01", nextId: 2_410_000_001, accountId: 1_700_333, forecastId: 1_700_334,
    tokens: [], company: { ...plainCompany }, options: { ...plainOptions }, rounding: { mode: "up", minutes: 15 },
    users: sample.users.map((user, at) => ({ id: 4_410_021 + at, ...user, timezone, role: "member" })),
    clients: [], tasks: [], projects: [], userAssignments: [], taskAssignments: [], approvedWeeks: [], submittedWeeks: [], entries: [],
  };
  const me = data.users[0];
  if (me) data.tokens.push({ token: SANDBOX_TOKEN, user: me.id, revoked: false });
  data.generatedThrough = addDays(todayOf(data, now), -1);
  return data;
}

function taskId(data: AccountData, name: string): number {
  const known = data.tasks.find((task) => task.name === name);
  if (known) return known.id;
  const id = 22_000_001 + data.tasks.length;
  data.tasks.push({ id, name, active: true });
  return id;
}

function addProjects(data: AccountData): void {
  for (const client of sample.clients) {
    const clientId = 15_000_001 + data.clients.length;
    data.clients.push({ id: clientId, name: client.name, active: true });
    for (const given of client.projects) {
      const archived = "archived" in given && given.archived === true;
      const only = "only" in given ? given.only : undefined;
      const id = 40_110_001 + data.projects.length;
      data.projects.push({ id, client: clientId, name: given.name, code: given.code, active: !archived, lockedRanges: [] });
      for (const user of data.users) {
        if (only !== undefined && only !== user.firstName) continue;
        data.userAssignments.push({ id: 300_100_001 + data.userAssignments.length, user: user.id, project: id, active: !archived });
      }
      for (const name of given.tasks) {
        const billable = !sample.notBillable.includes(name);
        data.taskAssignments.push({ id: 450_000_001 + data.taskAssignments.length, project: id, task: taskId(data, name), active: true, billable });
      }
    }
  }
}

/** Work on a project that was archived since: it shows up in lists, but can no longer be booked on or changed. */
function addArchivedWork(data: AccountData, today: string): void {
  const me = data.users[0];
  if (!me) return;
  const dice = diceOf(data.seed, "archived");
  for (let back = 80; back >= 70; back -= 1) {
    const date = addDays(today, -back);
    if (weekdayOf(date) === 0 || weekdayOf(date) === 6) continue;
    const entry = book(data, me.id, date, sample.archivedWork, 2 + Math.floor(dice() * 8) / 4, dice);
    entry.lock = { reason: "Item Archived", closed: false, billed: false };
  }
}

const LOCKS = [
  { reason: "Item Locked for this Time Period", closed: false, billed: false },
  { reason: "Item Invoiced", closed: false, billed: true },
  { reason: "Item Approved and Locked for this Time Period", closed: true, billed: false },
];

/** One locked, one invoiced and one approved entry, each on its own day more than two weeks ago, none of Acme. */
function addLocks(data: AccountData, today: string): void {
  const me = data.users[0]?.id;
  const acme = idsOf(data, sample.acme).project;
  const oldest = addDays(today, -7 * WEEKS);
  const used = new Set<string>();
  for (const entry of data.entries) {
    const lock = LOCKS[used.size];
    if (!lock) return;
    const old = entry.date >= oldest && entry.date < addDays(today, -15);
    // The second entry of a day is real work; the first is the stand-up.
    const nth = data.entries.filter((each) => each.user === me && each.date === entry.date).indexOf(entry);
    if (entry.user !== me || !old || nth < 1 || used.has(entry.date) || entry.project === acme) continue;
    entry.lock = { ...lock };
    used.add(entry.date);
    if (lock.billed) data.projects.find((project) => project.id === entry.project)?.lockedRanges.push({ from: entry.date, to: entry.date });
  }
}

function startColleaguesTimer(data: AccountData, now: Date, today: string): void {
  const colleague = data.users[1];
  const work = sample.colleague[1];
  if (!colleague || !work) return;
  const entry = book(data, colleague.id, today, work, 0, diceOf(data.seed, "timer"));
  const started = new Date(now.getTime() - 47 * 60_000).toISOString();
  Object.assign(entry, { timerStartedAt: started, createdAt: started, updatedAt: started });
}

/**
 * The sample account as it is on the day it is made: a small agency with four weeks of work behind it, none of it today.
 * The same day, zone (IANA) and seed give the same account.
 */
export function createSampleAccount(options: { readonly now: Date; readonly zone: string; readonly seed?: number | undefined }): AccountData {
  const data = emptySample(options.now, options.zone, options.seed ?? 7);
  const today = todayOf(data, options.now);
  addProjects(data);
  addArchivedWork(data, today);
  bookDays(data, addDays(today, -7 * WEEKS), data.generatedThrough);
  addLocks(data, today);
  startColleaguesTimer(data, options.now, today);
  return data;
}

/** True when a sample account was last filled in before yesterday. */
export function isBehind(data: AccountData, now: Date): boolean {
  return data.origin === "sample" && data.generatedThrough < addDays(todayOf(data, now), -1);
}

/** Fills the missing days up to yesterday in, so that a sample opened later is still alive. The colleague's timer ends first. */
export function catchUp(data: AccountData, now: Date): void {
  const today = todayOf(data, now);
  const yesterday = addDays(today, -1);
  for (const entry of data.entries) {
    if (entry.timerStartedAt === null || entry.user === data.users[0]?.id || entry.date >= today) continue;
    Object.assign(entry, { timerStartedAt: null, hours: 1.5 });
  }
  const from = addDays(data.generatedThrough, 1);
  const earliest = addDays(yesterday, -MAX_CATCH_UP_DAYS);
  bookDays(data, from > earliest ? from : earliest, yesterday);
  data.generatedThrough = yesterday;
}
