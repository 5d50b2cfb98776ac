import type { AccountData, StoredEntry } from "./account.ts";
import type { Answer } from "./answer.ts";
import { refused } from "./answer.ts";
import { isRealDate } from "./civil.ts";
import { assignmentOf, projectOf, taskOnProject } from "./lookup.ts";

/** What a booking would come to, before it is allowed. A field is undefined when it is blank, a date also when it is not one. */
export interface Booking {
  readonly user: number;
  readonly project: number | undefined;
  readonly task: number | undefined;
  readonly date: string | undefined;
  readonly hours: number;
  readonly notes: string | null;
}

function blanks(booking: Booking): readonly string[] {
  return [
    ...(booking.project === undefined ? ["Project can't be blank"] : []),
    ...(booking.task === undefined ? ["Task can't be blank"] : []),
    ...(booking.date === undefined ? ["Spent date can't be blank"] : []),
    ...(booking.date === undefined || !isRealDate(booking.date) ? ["Spent date is not a valid date"] : []),
  ];
}

function projectRule(data: AccountData, booking: Booking): string | undefined {
  const { user, project = 0, task = 0 } = booking;
  if (projectOf(data, project)?.active !== true || assignmentOf(data, user, project)?.active !== true) return "Project isn't active or isn't assigned to this person";
  const isActive = data.tasks.some((each) => each.id === task && each.active);
  return taskOnProject(data, project, task)?.active === true && isActive ? undefined : "Task isn't assigned to this project";
}

function isLockedDay(data: AccountData, booking: Booking): boolean {
  const { date } = booking;
  if (date === undefined) return false;
  const holds = (range: { readonly from: string; readonly to: string }): boolean => range.from <= date && date <= range.to;
  return projectOf(data, booking.project)?.lockedRanges.some(holds) === true || data.approvedWeeks.some((week) => week.user === booking.user && holds(week));
}

function hoursRule(data: AccountData, hours: number): boolean {
  if (Number.isNaN(hours)) return true;
  return data.options.strictHours && (hours < 0 || hours > 24);
}

/**
 * Why a booking is refused, or undefined. The wording of blanks and bad dates is recorded from Harvest; that of every other
 * rule is a guess and says so in X-Sandbox-Assumed. `placed: false` leaves out the rules on where and when: nothing there changed.
 */
export function refusalOf(data: AccountData, booking: Booking, placed = true): Answer | undefined {
  const recorded = blanks(booking);
  const guessed: string[] = [];
  if (placed && booking.project !== undefined && booking.task !== undefined) {
    const rule = projectRule(data, booking);
    if (rule !== undefined) guessed.push(rule);
  }
  if (placed && isLockedDay(data, booking)) guessed.push("The project is locked for this time period.");
  if (data.company.notesRequired && (booking.notes ?? "").trim() === "") guessed.push("Notes can't be blank");
  if (hoursRule(data, booking.hours)) guessed.push("Hours is invalid");
  const all = [...recorded, ...guessed];
  return all.length === 0 ? undefined : refused(all, guessed.length > 0);
}

/** The refusal for touching a locked entry, or undefined when it is open. */
export function lockRefusal(entry: StoredEntry): Answer | undefined {
  return entry.lock === null ? undefined : refused([`Time entry is locked: ${entry.lock.reason}`], true);
}
