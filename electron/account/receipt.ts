import { describeDate } from "../core/calendar.ts";
import type { Entry, IsoDate } from "../core/entry.ts";
import type { Facts } from "../core/facts.ts";
import { formatHours } from "../core/hours.ts";
import type { Operation } from "../core/outcome.ts";
import type { Receipt } from "../ipc/contract.ts";
import type { Committed } from "../outbox/outbox.ts";
import type { Undone } from "../outbox/resolve.ts";
import type { Timesheet } from "./timesheet.ts";
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
function receiptText(lines: readonly string[], operations: readonly Operation[]): string {
  const [only] = lines;
  if (lines.length === 1 && only) return operations[0]?.op === "add" ? `Saved ${only}` : only;
  return `Saved ${lines.length} changes: ${lines.join("; ")}`;
}

/** The day a receipt speaks of: where the last written operation left its entry. */
function receiptDay(operations: readonly Operation[], before: readonly Entry[], today: IsoDate): IsoDate {
  const last = operations.at(-1);
  if (!last || last.op === "start") return today;
  if (last.op === "add") return last.date;
  const entry = before.find((each) => each.id === last.entry);
  if (last.op === "change" && last.set.date !== undefined) return last.set.date;
  return entry?.date ?? today;
}

/** What was confirmed, and one line for each operation of it. */
export interface Confirmed {
  readonly operations: readonly Operation[];
  readonly before: readonly Entry[];
  readonly lines: readonly string[];
}

/** The receipt of a batch that Harvest has, or that is safe on this computer. */
export function receiptFor(committed: Extract<Committed, { kind: "saved" | "queued" }>, { operations, before, lines }: Confirmed, timesheet: Timesheet): Receipt {
  const { today } = timesheet.facts();
  const day = timesheet.day(receiptDay(operations, before, today));
  const queued = committed.kind === "queued";
  return {
    batch: committed.batch,
    text: queued ? `Kept on this computer: ${lines.join("; ")}. It will be sent when Harvest answers.` : receiptText(lines, operations),
    day: `${describeDate(day.date, today)} has ${formatHours(day.hours)}`,
    queued,
  };
}

/** Something that is safe on the disk and waits; `why` is what Harvest or the line said. */
export const keptText = (what: string, why: string): string => `${what} is kept on this computer and will be sent when Harvest answers. ${why}`;

/** Why a sentence stopped part way, with what of it was saved and what was not. */
export function stoppedText(message: string, lines: readonly string[], done: number): string {
  if (done === 0) return lines.length > 1 ? `${message} Nothing of it was saved: ${lines.join("; ")}.` : `${message} Nothing was changed.`;
  return `${message} Saved before that: ${lines.slice(0, done).join("; ")}. Not saved: ${lines.slice(done).join("; ")}.`;
}

/** What was undone; an entry that came back has a new number, which links to the old one no longer find. */
export function undoneText({ sentence, renewed }: Extract<Undone, { kind: "undone" }>): string {
  const [first] = renewed;
  if (!first) return `Undone: ${sentence}`;
  return renewed.length === 1 ? `Undone: ${sentence}. The entry is back under a new number, ${first.now}.` : `Undone: ${sentence}. The entries are back under new numbers: ${renewed.map(({ now }) => now).join(", ")}.`;
}
