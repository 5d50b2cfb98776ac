/** A civil calendar date, `YYYY-MM-DD`. Never an instant: Harvest's `spent_date` has no zone. */
export type IsoDate = `${number}-${number}-${number}`;

/** A length of work in hours, a decimal with at most two places, as Harvest stores it (harvest-api §8). */
export type Hours = number;

export interface Task {
  readonly id: number;
  readonly name: string;
}

/** A project the user may book on, with the tasks it allows. `active: false` is an archived one: known, never booked on. */
export interface Project {
  readonly id: number;
  readonly client: string;
  readonly name: string;
  readonly code?: string | undefined;
  readonly active: boolean;
  readonly tasks: readonly Task[];
}

/** The user's own phrase for a project, task, note or length. An explicit word in the sentence beats it. */
export interface Shortcut {
  readonly name: string;
  readonly project: number;
  readonly task?: number | undefined;
  readonly notes?: string | undefined;
  readonly hours?: Hours | undefined;
}

/** A time entry as the user knows it. `locked` carries Harvest's reason; a locked entry is never proposed for a change. */
export interface Entry {
  readonly id: number;
  readonly date: IsoDate;
  readonly hours: Hours;
  readonly project: number;
  readonly task: number;
  readonly notes: string;
  readonly running: boolean;
  readonly locked?: string | undefined;
}

export type WeekStart = "monday" | "sunday" | "saturday";
export type DateOrder = "MDY" | "DMY" | "YMD";

/** How lengths are rounded before they are sent: to the nearest multiple (half up), always up, or always down. */
export interface Rounding {
  readonly minutes: number;
  readonly mode: "nearest" | "up" | "down";
}
