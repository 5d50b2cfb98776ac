import { describeDate } from "./calendar.ts";
import type { Entry, IsoDate } from "./entry.ts";
import { pinned, type Ground, type Settled } from "./ground.ts";
import type { IntentStep } from "./intent.ts";
import type { AddOperation } from "./outcome.ts";
import { noteOf } from "./propose-add.ts";
import { getProject, projectLabel } from "./projects.ts";
import { askEntry, askHours, askProject, askWhen, entryLabel } from "./questions.ts";
import { resolveProject, resolveTask } from "./resolve-project.ts";
import { possibleDays, resolveHours, resolveWhen, settleHours } from "./resolve.ts";
import { findTargets } from "./targets.ts";
import { addDays, diffDays, parseIsoDate } from "./time.ts";

const refused = (message: string): Settled => ({ kind: "refused", code: "nothing-to-change", message });

type Place = { readonly kind: "days"; readonly days: readonly IsoDate[] } | { readonly kind: "shift"; readonly by: number } | { readonly kind: "ask"; readonly settled: Settled };

/** Where the copies go: days that were named (today if none), or as many days further as one span lies from another. */
function placeOf(ground: Ground, op: number, step: IntentStep): Place {
  const { facts } = ground;
  const pin = pinned(ground, op, "date");
  const real = pin === undefined ? undefined : parseIsoDate(pin);
  if (real !== undefined) return { kind: "days", days: [real] };
  if (!step.when) return { kind: "days", days: [facts.today] };
  const when = resolveWhen(ground, step.when);
  if (when.kind === "is") return { kind: "days", days: [when.value] };
  if (when.kind === "days") return { kind: "days", days: when.days };
  if (when.kind === "ask") return { kind: "ask", settled: { kind: "open", operation: { op: "add" }, question: askWhen(op, when.text, when.options, facts) } };
  const source = step.targetWhen ? possibleDays(ground, step.targetWhen) : undefined;
  if (source && source.start !== source.end && diffDays(source.start, source.end) === diffDays(when.start, when.end)) return { kind: "shift", by: diffDays(source.start, when.start) };
  return { kind: "ask", settled: { kind: "open", operation: { op: "add" }, question: askWhen(op, "Which day should it be copied to?", [when.start, when.end], facts) } };
}

/** The entries that are copied: all of a day or span when only that was said, else the one that fits. */
function sourceOf(ground: Ground, op: number, step: IntentStep): { readonly entries: readonly Entry[] } | { readonly settled: Settled } {
  const { facts } = ground;
  const { entries, said } = findTargets(ground, op, step);
  if (entries.length === 0) return { settled: refused(said ? "No entry fits these words, so there is nothing to copy." : "There is no last entry that could be copied.") };
  const different = step.hours !== undefined || step.project !== undefined || step.task !== undefined || step.note !== undefined;
  const several = entries.length > 1 && (different || step.targetProject !== undefined || step.targetHours !== undefined);
  if (several) return { settled: { kind: "open", operation: { op: "add" }, question: askEntry(op, `${entries.length} entries fit. Which one should be copied?`, entries, facts) } };
  const running = entries.find((entry) => entry.running);
  if (running && step.hours === undefined) return { settled: refused(`${entryLabel(running, facts)} is still running, so it cannot be copied yet.`) };
  return { entries: entries.toSorted((a, b) => diffDays(b.date, a.date) || a.id - b.id) };
}

function copyOf(ground: Ground, op: number, step: IntentStep, entry: Entry, date: IsoDate): Settled {
  const { facts } = ground;
  const own = getProject(facts.index, entry.project);
  const chosen = step.project ? resolveProject(ground, op, step, undefined) : undefined;
  if (chosen?.kind === "refused") return chosen;
  const known = { op: "add" as const, date, hours: entry.hours, notes: entry.notes };
  if (chosen?.kind === "ask") return { kind: "open", operation: known, question: chosen.question };
  const project = chosen?.value.project ?? own;
  if (!project) return { kind: "open", operation: known, question: askProject(op, "The entry's project is not yours any more. Which one is it this time?", facts.index.projects.filter((each) => each.active)) };
  if (!project.active) return { kind: "refused", code: "archived", message: `${projectLabel(project)} is archived, so nothing can be booked on it.` };
  const same = project.tasks.find((task) => (project.id === entry.project ? task.id === entry.task : task.name === own?.tasks.find((each) => each.id === entry.task)?.name));
  const task = same && !step.task && chosen?.value.task === undefined ? ({ kind: "is", value: same } as const) : resolveTask(ground, op, step, chosen?.value ?? { project }, undefined);
  if (task.kind === "refused") return task;
  if (task.kind === "ask") return { kind: "open", operation: { ...known, project: project.id }, question: task.question };
  const hours = step.hours ? resolveHours(ground, step.hours, date) : ({ kind: "is", value: entry.hours } as const);
  const pin = pinned(ground, op, "hours");
  if (hours.kind === "ask" && pin === undefined) return { kind: "open", operation: known, question: askHours(op, hours.text, hours.options) };
  const sent = settleHours(ground, pin ?? (hours.kind === "is" ? hours.value : entry.hours));
  if (sent <= 0) return { kind: "open", operation: known, question: askHours(op, "There is no length to copy. How long was it?", []) };
  const notes = pinned(ground, op, "notes") ?? (step.note ? noteOf(ground, step.note) : entry.notes);
  return { kind: "done", operations: [{ op: "add", date, hours: sent, project: project.id, task: task.value.id, notes }], look: true };
}

/** Turns "the same once more" into adds: project, task, note and length of the entries that are meant, on the days they go to. Always previewed. */
export function settleCopy(ground: Ground, op: number, step: IntentStep): Settled {
  const place = placeOf(ground, op, step);
  if (place.kind === "ask") return place.settled;
  const source = sourceOf(ground, op, step);
  if ("settled" in source) return source.settled;
  const operations: AddOperation[] = [];
  for (const entry of source.entries) {
    for (const date of place.kind === "shift" ? [addDays(entry.date, place.by)] : place.days) {
      const copied = copyOf(ground, op, step, entry, date);
      if (copied.kind !== "done") return copied;
      for (const operation of copied.operations) if (operation.op === "add") operations.push(operation);
    }
  }
  const [only] = source.entries;
  if (only && source.entries.length === 1) ground.because.add(`Copied from ${describeDate(only.date, ground.facts.today)}.`);
  return { kind: "done", operations, look: true };
}
