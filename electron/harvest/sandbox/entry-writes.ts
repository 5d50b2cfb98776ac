import type { AccountData, StoredEntry, StoredUser } from "./account.ts";
import type { Answer } from "./answer.ts";
import { notAuthorized, okay, refused } from "./answer.ts";
import { civilAt, ianaOf, instantAt, minutesOf, timeOf } from "./civil.ts";
import { hoursAt, hoursBetween, roundHours, shifted, startTimer, stopTimer, wallClock } from "./clock-work.ts";
import type { Input } from "./input.ts";
import { hoursIn, integerIn, textIn } from "./input.ts";
import { entryJson } from "./render.ts";
import { lockRefusal, refusalOf } from "./rules.ts";

/** Who is writing, when, and to what. `data` is a copy that is kept when the answer is a success. */
export interface Desk {
  readonly data: AccountData;
  readonly me: StoredUser;
  readonly now: Date;
  readonly origin: string;
}

type Times = { readonly started?: string | undefined; readonly ended?: string | undefined } | "bad";

function timesIn(input: Input): Times {
  const read = (name: "started_time" | "ended_time"): number | undefined => {
    const text = textIn(input, name);
    if (text === undefined || text === "") return undefined;
    return minutesOf(text) ?? Number.NaN;
  };
  const [started, ended] = [read("started_time"), read("ended_time")];
  if (Number.isNaN(started) || Number.isNaN(ended)) return "bad";
  return { started: started === undefined ? undefined : timeOf(started), ended: ended === undefined ? undefined : timeOf(ended) };
}

const badTime = refused(["Started time or ended time is not a valid time"], true);

function referenceIn(input: Input): StoredEntry["reference"] {
  const given = input["external_reference"];
  if (typeof given !== "object" || given === null) return null;
  const inner: Input = { ...given };
  const id = textIn(inner, "id");
  if (id === undefined) return null;
  const permalink = textIn(inner, "permalink") ?? null;
  const service = permalink !== null && URL.canParse(permalink) ? new URL(permalink).hostname : null;
  return { id, group_id: textIn(inner, "group_id") ?? null, account_id: textIn(inner, "account_id") ?? null, permalink, service, service_icon_url: null };
}

function blankEntry(desk: Desk, user: number): StoredEntry {
  const at = desk.now.toISOString();
  return {
    id: desk.data.nextId, user, date: "", project: 0, task: 0, notes: null, hours: 0, timerStartedAt: null, startedTime: null, endedTime: null,
    lock: null, reference: null, createdAt: at, updatedAt: at,
  };
}

/** Time of a new entry in a start-and-end account: an end makes it a finished one, none makes it a timer. */
function placeTimes(desk: Desk, entry: StoredEntry, times: Exclude<Times, "bad">, hours: number | undefined): void {
  const { data, now } = desk;
  if (times.ended !== undefined) {
    entry.endedTime = times.ended;
    entry.startedTime = times.started ?? shifted(times.ended, -(hours ?? 0));
    entry.hours = hoursBetween(entry.startedTime, entry.endedTime);
    return;
  }
  if (hours !== undefined && data.options.hoursInStartEnd === "ends-now") {
    entry.endedTime = wallClock(data, entry.user, now);
    entry.startedTime = shifted(entry.endedTime, -hours);
    entry.hours = roundHours(hours);
    return;
  }
  startTimer(data, entry, now, times.started);
  if (times.started === undefined) return;
  const zone = ianaOf(data.users.find((user) => user.id === entry.user)?.timezone ?? "UTC");
  const since = instantAt({ date: civilAt(now, zone).date, time: times.started }, zone);
  if (since < now) entry.timerStartedAt = since.toISOString();
}

const shown = (desk: Desk, entry: StoredEntry): Answer => okay(entryJson(desk.data, entry, desk.now));

/** POST /time_entries. Without hours (or, in a start-and-end account, without an end) it starts a timer. */
export function createEntry(desk: Desk, input: Input): Answer {
  const { data, me, now } = desk;
  const user = integerIn(input, "user_id") ?? me.id;
  if (user !== me.id && me.role === "member") return { ...notAuthorized, assumed: true };
  const hours = hoursIn(input);
  const notes = textIn(input, "notes") ?? null;
  const [project, task, date] = [integerIn(input, "project_id"), integerIn(input, "task_id"), textIn(input, "spent_date")?.trim() || undefined];
  const refusal = refusalOf(data, { user, project, task, date, hours: hours ?? 0, notes });
  if (refusal || project === undefined || task === undefined || date === undefined) return refusal ?? notAuthorized;
  const times = timesIn(input);
  if (times === "bad") return badTime;
  const entry: StoredEntry = { ...blankEntry(desk, user), date, project, task, notes, reference: referenceIn(input) };
  data.nextId += 1;
  data.entries.push(entry);
  if (data.company.startEnd) placeTimes(desk, entry, times, hours);
  else if (hours === undefined) startTimer(data, entry, now);
  else entry.hours = roundHours(hours);
  return { status: 201, body: entryJson(data, entry, now), headers: { Location: `${desk.origin}/api/v2/time_entries/${entry.id}` } };
}

function setHours(desk: Desk, entry: StoredEntry, hours: number): void {
  if (!desk.data.company.startEnd) {
    entry.hours = roundHours(hours);
    if (entry.timerStartedAt !== null) entry.timerStartedAt = desk.now.toISOString();
    return;
  }
  // Seen in a client: hours sent to a start-and-end entry came on top of its own (impleri/sow#27).
  entry.hours = roundHours(hoursAt(entry, desk.now) + hours);
  if (entry.startedTime !== null && entry.endedTime !== null) entry.endedTime = shifted(entry.startedTime, entry.hours);
}

function setTimes(entry: StoredEntry, times: Exclude<Times, "bad">): void {
  entry.startedTime = times.started ?? entry.startedTime;
  if (times.ended === undefined && entry.endedTime === null) return;
  entry.endedTime = times.ended ?? entry.endedTime;
  entry.timerStartedAt = null;
  if (entry.startedTime !== null && entry.endedTime !== null) entry.hours = hoursBetween(entry.startedTime, entry.endedTime);
}

/** PATCH /time_entries/{id}. What is not named stays; `user_id` and unknown keys are ignored. */
export function changeEntry(desk: Desk, entry: StoredEntry, input: Input): Answer {
  const locked = desk.me.role === "administrator" ? undefined : lockRefusal(entry);
  if (locked) return locked;
  const hours = hoursIn(input);
  const next = {
    user: entry.user,
    project: "project_id" in input ? integerIn(input, "project_id") : entry.project,
    task: "task_id" in input ? integerIn(input, "task_id") : entry.task,
    date: "spent_date" in input ? textIn(input, "spent_date")?.trim() || undefined : entry.date,
    hours: hours ?? entry.hours,
    notes: "notes" in input ? (textIn(input, "notes") ?? null) : entry.notes,
  };
  const isMoved = next.project !== entry.project || next.task !== entry.task || next.date !== entry.date;
  const refusal = refusalOf(desk.data, next, isMoved);
  if (refusal || next.project === undefined || next.task === undefined || next.date === undefined) return refusal ?? notAuthorized;
  const times = timesIn(input);
  if (times === "bad") return badTime;
  const hasTimes = desk.data.company.startEnd && (times.started !== undefined || times.ended !== undefined);
  Object.assign(entry, { project: next.project, task: next.task, date: next.date, notes: next.notes, updatedAt: desk.now.toISOString() });
  if (hasTimes) setTimes(entry, times);
  else if (hours !== undefined) setHours(desk, entry, hours);
  if ("external_reference" in input) entry.reference = referenceIn(input);
  return shown(desk, entry);
}

/** PATCH …/stop. */
export function stopEntry(desk: Desk, entry: StoredEntry): Answer {
  if (entry.timerStartedAt === null) return refused(["Timer is not running"], true);
  stopTimer(desk.data, entry, desk.now);
  return shown(desk, entry);
}

/** PATCH …/restart. A start-and-end account cannot resume an entry: a new one, of today, is made (harvest-api §7.8). */
export function restartEntry(desk: Desk, entry: StoredEntry): Answer {
  const locked = lockRefusal(entry);
  if (locked) return locked;
  if (entry.timerStartedAt !== null) return refused(["Timer is already running"], true);
  if (!desk.data.company.startEnd) {
    startTimer(desk.data, entry, desk.now);
    return shown(desk, entry);
  }
  const zone = ianaOf(desk.data.users.find((user) => user.id === entry.user)?.timezone ?? "UTC");
  const { project, task, notes } = entry;
  const again: StoredEntry = { ...blankEntry(desk, entry.user), date: civilAt(desk.now, zone).date, project, task, notes };
  desk.data.nextId += 1;
  desk.data.entries.push(again);
  startTimer(desk.data, again, desk.now);
  return shown(desk, again);
}

/** DELETE /time_entries/{id}. */
export function deleteEntry(desk: Desk, entry: StoredEntry): Answer {
  const locked = desk.me.role === "administrator" ? undefined : lockRefusal(entry);
  if (locked) return locked;
  desk.data.entries.splice(desk.data.entries.indexOf(entry), 1);
  return desk.data.options.deleteBody === "empty" ? okay(undefined) : shown(desk, entry);
}

/** DELETE /time_entries/{id}/external_reference. */
export function deleteReference(desk: Desk, entry: StoredEntry): Answer {
  entry.reference = null;
  entry.updatedAt = desk.now.toISOString();
  return shown(desk, entry);
}
