import type { Hours, IsoDate } from "../core/entry.ts";
import type { ChangeSet } from "../core/outcome.ts";
import type { RemoteDraft, RemoteEntry } from "../core/remote.ts";
import type { TimeMode } from "./types.ts";
import type { WireBooking, WireEntry } from "./wire.ts";

const GROUP = "stint";
const DAY_MINUTES = 24 * 60;
/**
 * A booked length has no clock times of its own, and a past day has no "now" to count back from: nine o'clock is
 * the same on every day and in every test, and leaves room for 15 hours.
 */
const DAY_STARTS = 9 * 60;

/** The external reference that carries `mark`. The link is one of a reserved domain: it leads nowhere and tells nothing. */
export function referenceOf(mark: string): NonNullable<WireBooking["external_reference"]> {
  return { id: mark, group_id: GROUP, permalink: `https://stint.example/entry/${encodeURIComponent(mark)}` };
}

const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** Minutes since midnight of Harvest's clock text, "16:04" or "4:04pm"; undefined when it is neither. */
export function clockMinutes(text: string | null | undefined): number | undefined {
  const found = /^(\d{1,2}):(\d{2})\s*([ap]m)?$/i.exec(text?.trim() ?? "");
  if (!found) return undefined;
  const hour = Number(found[1]);
  const half = found[3]?.toLowerCase();
  if (hour > (half === undefined ? 23 : 12) || Number(found[2]) > 59) return undefined;
  const base = half === undefined ? hour : (hour % 12) + (half === "pm" ? 12 : 0);
  return base * 60 + Number(found[2]);
}

/**
 * Start and end on the clock for a length, from `from` when that leaves room, else earlier so that it ends the same day.
 * Undefined for a whole day and more: such an entry has no end on its own day.
 */
export function clockRange(hours: Hours, from = DAY_STARTS): { readonly started_time: string; readonly ended_time: string } | undefined {
  const length = Math.round(hours * 60);
  if (length <= 0 || length >= DAY_MINUTES) return undefined;
  const start = Math.min(from, DAY_MINUTES - 1 - length);
  return { started_time: clockText(start), ended_time: clockText(start + length) };
}

/**
 * The body of a new booking. Hours are always there, in both modes: without them (or without an end) Harvest starts a timer.
 * Undefined when the length cannot be booked in a start-and-end account.
 */
export function createBody(draft: RemoteDraft, mark: string, mode: TimeMode): WireBooking | undefined {
  const range = mode === "start-end" ? clockRange(draft.hours) : {};
  if (range === undefined) return undefined;
  return { ...startBody(draft, mark), hours: draft.hours, ...range };
}

/** The body of a running timer: everything but a length. */
export function startBody(draft: Omit<RemoteDraft, "hours">, mark: string): WireBooking {
  return {
    project_id: draft.project,
    task_id: draft.task,
    spent_date: draft.date,
    ...(draft.notes === "" ? {} : { notes: draft.notes }),
    external_reference: referenceOf(mark),
  };
}

/** The body of a change: only what is set. `notes: ""` clears them; hours are the caller's to place in a start-and-end account. */
export function changeBody(set: ChangeSet): WireBooking {
  return {
    ...(set.project === undefined ? {} : { project_id: set.project }),
    ...(set.task === undefined ? {} : { task_id: set.task }),
    ...(set.date === undefined ? {} : { spent_date: set.date }),
    ...(set.hours === undefined ? {} : { hours: set.hours }),
    ...(set.notes === undefined ? {} : { notes: set.notes }),
  };
}

function isDate(text: string | null | undefined): text is IsoDate {
  return typeof text === "string" && /^\d{4}-\d{2}-\d{2}$/.test(text);
}

function lockOf(wire: WireEntry): string | undefined {
  if (wire.is_locked !== true && wire.is_closed !== true && wire.is_billed !== true) return undefined;
  return wire.locked_reason ?? (wire.is_billed === true ? "Item Invoiced" : wire.is_closed === true ? "Item Approved" : "Item Locked");
}

/** The entry as the app knows it, or undefined when Harvest left out a day, project or task: such a row cannot be shown truly. */
export function entryOf(wire: WireEntry): RemoteEntry | undefined {
  if (!isDate(wire.spent_date) || !wire.project || !wire.task) return undefined;
  const locked = lockOf(wire);
  const mark = wire.external_reference?.id ?? undefined;
  return {
    id: wire.id,
    date: wire.spent_date,
    hours: wire.hours ?? 0,
    project: wire.project.id,
    task: wire.task.id,
    notes: wire.notes ?? "",
    running: wire.is_running === true,
    updatedAt: wire.updated_at ?? wire.created_at ?? "",
    ...(locked === undefined ? {} : { locked }),
    ...(mark === undefined ? {} : { mark }),
  };
}
