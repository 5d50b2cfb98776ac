import type { AccountData, StoredEntry } from "./account.ts";
import { civilAt, ianaOf, minutesOf, timeOf } from "./civil.ts";

const HOUR_MS = 3_600_000;

/** Hours as Harvest stores them: two decimals. */
export function roundHours(hours: number): number {
  return Math.round((hours + Number.EPSILON) * 100) / 100;
}

/** The entry's hours at `now`, with what its running timer has counted so far. */
export function hoursAt(entry: StoredEntry, now: Date): number {
  if (entry.timerStartedAt === null) return entry.hours;
  return roundHours(entry.hours + Math.max(0, now.getTime() - Date.parse(entry.timerStartedAt)) / HOUR_MS);
}

/** Hours between two "HH:MM"; an end before its start is on the next day. */
export function hoursBetween(started: string, ended: string): number {
  const length = (minutesOf(ended) ?? 0) - (minutesOf(started) ?? 0);
  return roundHours((length < 0 ? length + 24 * 60 : length) / 60);
}

/** "HH:MM" that is `hours` before or after `time`, within the same day. */
export function shifted(time: string, hours: number): string {
  const minutes = (minutesOf(time) ?? 0) + Math.round(hours * 60);
  return timeOf(Math.min(24 * 60 - 1, Math.max(0, minutes)));
}

/** The wall clock of an entry's owner, "HH:MM". */
export function wallClock(data: AccountData, user: number, now: Date): string {
  return civilAt(now, ianaOf(data.users.find((each) => each.id === user)?.timezone ?? "UTC")).time;
}

/** Ends a timer: its time becomes hours. */
export function stopTimer(data: AccountData, entry: StoredEntry, now: Date): void {
  entry.hours = hoursAt(entry, now);
  entry.timerStartedAt = null;
  entry.updatedAt = now.toISOString();
  if (data.company.startEnd) entry.endedTime = wallClock(data, entry.user, now);
}

/** Starts a timer on `entry`. A person has one: whatever else of theirs was running stops. */
export function startTimer(data: AccountData, entry: StoredEntry, now: Date, startedTime?: string): void {
  for (const other of data.entries) {
    if (other !== entry && other.user === entry.user && other.timerStartedAt !== null) stopTimer(data, other, now);
  }
  entry.timerStartedAt = now.toISOString();
  entry.updatedAt = now.toISOString();
  if (data.company.startEnd) {
    entry.startedTime = startedTime ?? wallClock(data, entry.user, now);
    entry.endedTime = null;
  }
}

/** The hidden rounding rule of the account, which shows in `rounded_hours` only. */
export function roundedHours(data: AccountData, hours: number): number {
  const { mode, minutes } = data.rounding;
  if (mode === "off") return hours;
  const steps = (hours * 60) / minutes;
  // A length that is a whole step but for floating point must not go up one more.
  return roundHours(((mode === "up" ? Math.ceil(steps - 1e-6) : Math.round(steps)) * minutes) / 60);
}
