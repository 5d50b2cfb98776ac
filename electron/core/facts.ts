import type { DateOrder, Entry, IsoDate, Project, Rounding, Shortcut, WeekStart } from "./entry.ts";
import type { ProjectIndex } from "./projects.ts";
import type { ReadingRules } from "./rules.ts";

/**
 * Everything a reading may depend on, passed in as plain data: the same text and facts always give the same reading.
 * `today` and `time` ("HH:MM") are civil, in `zone` (IANA). `entries` are the user's own around the dates in question
 * (the last 35 days), `last` the entry written last from here: what "that" means.
 */
export interface Facts {
  readonly today: IsoDate;
  readonly time: string;
  readonly zone: string;
  readonly weekStart: WeekStart;
  readonly dateOrder: DateOrder;
  readonly index: ProjectIndex;
  readonly shortcuts: readonly Shortcut[];
  readonly rounding?: Rounding | undefined;
  /** The user's choices in date-convention.md; absent: the convention. */
  readonly rules?: ReadingRules | undefined;
  readonly entries: readonly Entry[];
  readonly last?: number | undefined;
}

/** The parts of `Facts` that describe an account, before its projects are indexed. */
export interface AccountFacts {
  readonly projects: readonly Project[];
  readonly shortcuts: readonly Shortcut[];
  readonly rounding?: Rounding | undefined;
  readonly entries: readonly Entry[];
  readonly last?: number | undefined;
}
