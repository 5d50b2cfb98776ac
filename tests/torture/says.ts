import type { IsoDate } from "../../electron/core/entry.ts";
import type { Operation } from "../../electron/core/outcome.ts";
import type { Model } from "./model.ts";
import type { Act } from "./plan.ts";

/** The day that it is in every run. */
export const TODAY: IsoDate = "2026-04-06";
const DAYS: readonly IsoDate[] = ["2026-04-06", "2026-04-05", "2026-04-03", "2026-04-02", "2026-04-01"];
/** A project that nobody can book on. */
export const UNBOOKABLE = 999_999_999;

/** The operations of a sentence on the entries that can be seen now; each entry at most once. */
export function operationsOf(acts: readonly Act[], shown: ReturnType<Model["all"]>): readonly Operation[] {
  const sample = shown.find(({ id }) => id !== undefined);
  const place = { project: sample?.project ?? 0, task: sample?.task ?? 0 };
  let free = shown.filter((entry) => entry.id !== undefined && !entry.running && !entry.ticked);
  let running = shown.find((entry) => entry.running && entry.id !== undefined);
  let timers = 0;
  const next = (pick: number) => {
    const entry = free[pick % Math.max(1, free.length)];
    free = free.filter((each) => each !== entry);
    return entry?.id === undefined ? undefined : { entry: entry.id, date: entry.date };
  };
  const another = (date: IsoDate, day: number): IsoDate => (DAYS[day] === date ? DAYS[(day + 1) % DAYS.length] : DAYS[day]) ?? TODAY;
  const onEntry = (act: Extract<Act, { op: "change" | "move" | "delete" }>): readonly Operation[] => {
    const found = next(act.pick);
    if (!found) return [];
    const { entry, date } = found;
    if (act.op === "delete") return [{ op: "delete", entry }];
    if (act.op === "move") return [{ op: "change", entry, set: { date: another(date, act.day) } }];
    return [{ op: "change", entry, set: { ...(act.hours === undefined ? {} : { hours: act.hours }), ...(act.note === undefined ? {} : { notes: act.note }) } }];
  };
  return acts.flatMap((act): readonly Operation[] => {
    switch (act.op) {
      case "add":
        return sample ? [{ op: "add", date: DAYS[act.day] ?? TODAY, hours: act.hours, ...place, ...(act.unbookable ? { project: UNBOOKABLE } : {}), notes: act.note }] : [];
      case "start":
        if (!sample || (timers += 1) > 1 || shown.some((entry) => entry.running && entry.id === undefined)) return [];
        return [{ op: "start", ...place, notes: act.note }];
      case "stop": {
        const entry = running?.id;
        running = undefined;
        return entry === undefined || (timers += 1) > 1 ? [] : [{ op: "stop", entry }];
      }
      case "change":
      case "move":
      case "delete":
        return onEntry(act);
    }
  });
}
