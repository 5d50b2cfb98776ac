import { describeDate } from "../core/calendar.ts";
import type { Entry, IsoDate } from "../core/entry.ts";
import type { Facts } from "../core/facts.ts";
import { formatHours } from "../core/hours.ts";
import type { Operation } from "../core/outcome.ts";
import { placeWords } from "./view.ts";

/** One line for one operation, as the history and the receipt say it. `before` is the entry it touches. */
export function operationLine(operation: Operation, before: Entry | undefined, facts: Facts): string {
  const day = (date: IsoDate): string => describeDate(date, facts.today);
  switch (operation.op) {
    case "add":
      return `${formatHours(operation.hours)} · ${placeWords(operation.project, operation.task, facts)} · ${day(operation.date)}`;
    case "start":
      return `Timer started · ${placeWords(operation.project, operation.task, facts)}`;
    case "stop":
      return `Timer stopped${before ? ` · ${placeWords(before.project, before.task, facts)}` : ""}`;
    case "delete":
      return before ? `Deleted ${formatHours(before.hours)} · ${placeWords(before.project, before.task, facts)} · ${day(before.date)}` : "Deleted";
    case "change":
      return before ? changeLine(operation.set, before, facts) : "Changed";
  }
}

function changeLine(set: Extract<Operation, { op: "change" }>["set"], before: Entry, facts: Facts): string {
  const day = (date: IsoDate): string => describeDate(date, facts.today);
  const place = placeWords(set.project ?? before.project, set.task ?? before.task, facts);
  const parts: string[] = [];
  if (set.date !== undefined) parts.push(`${day(before.date)} → ${day(set.date)}`);
  if (set.hours !== undefined) parts.push(`${formatHours(before.hours)} → ${formatHours(set.hours)}`);
  if (set.project !== undefined || set.task !== undefined) parts.push(`was ${placeWords(before.project, before.task, facts)}`);
  if (set.notes !== undefined) parts.push("note changed");
  return `${set.date === undefined ? "Changed" : "Moved"} ${place} · ${parts.join(", ")}`;
}

/** "Saved 2 h · Acme Corp › Website Redesign · Design · Sun 5 Apr", or a count when there is more than one line. */
export function receiptText(lines: readonly string[], operations: readonly Operation[]): string {
  const [only] = lines;
  if (lines.length === 1 && only) return operations[0]?.op === "add" ? `Saved ${only}` : only;
  return `Saved ${lines.length} changes: ${lines.join("; ")}`;
}

/** The day a receipt speaks of: where the last written operation left its entry. */
export function receiptDay(operations: readonly Operation[], before: readonly Entry[], today: IsoDate): IsoDate {
  const last = operations.at(-1);
  if (!last || last.op === "start") return today;
  if (last.op === "add") return last.date;
  const entry = before.find((each) => each.id === last.entry);
  if (last.op === "change" && last.set.date !== undefined) return last.set.date;
  return entry?.date ?? today;
}
