import { describeDate } from "./calendar.ts";
import type { IsoDate } from "./entry.ts";
import { pinned, quotedText, type Ground, type Settled } from "./ground.ts";
import type { IntentStep, Quote } from "./intent.ts";
import type { AddOperation, OpenOperation, Question } from "./outcome.ts";
import { wordsAt } from "./kind.ts";
import { askHours, askSplit, askWhen } from "./questions.ts";
import { resolveProject, resolveTask, shortcutOf } from "./resolve-project.ts";
import { resolveHours, resolveWhen, settleHours, type Resolved } from "./resolve.ts";
import { lowAt } from "./tokens.ts";
import { LENGTH_WORDS } from "./words.ts";
import { addDays, diffDays, parseIsoDate, weekdayOf } from "./time.ts";

/** Days that are worked on: Monday to Friday of a span, or all of it when it holds none of them. */
function workingDays(start: IsoDate, end: IsoDate): readonly IsoDate[] {
  const all = Array.from({ length: Math.min(Math.max(diffDays(start, end), 0), 61) + 1 }, (_, n) => addDays(start, n));
  const working = all.filter((date) => weekdayOf(date) <= 5);
  return working.length > 0 ? working : all;
}

/** A note's text: marks of quotation and the space around it are not part of it. */
export function noteOf(ground: Ground, quote: Quote | undefined): string {
  if (!quote) return "";
  const text = quotedText(ground.markup, quote);
  return text.replace(/^[\s"'“”,;:–—-]+/, "").replace(/[\s"“”,;]+$/, "");
}

/** "each day", "every day", "2h a day": words that spread a length over a span of days. */
const saysEachDay = (ground: Ground): boolean =>
  ground.markup.tokens.some((_, i) => ["each day", "every day", "per day", "each weekday", "every weekday"].some((words) => wordsAt(ground.markup.tokens, i, words)) || (LENGTH_WORDS.has(lowAt(ground.markup.tokens, i - 1)) && wordsAt(ground.markup.tokens, i, "a day")));

type Days = { readonly kind: "days"; readonly days: readonly IsoDate[] } | { readonly kind: "span"; readonly days: readonly IsoDate[] } | { readonly kind: "ask"; readonly question: Question };

function daysOf(ground: Ground, op: number, step: IntentStep, only: boolean): Days {
  const { facts } = ground;
  const pin = pinned(ground, op, "date");
  const real = pin === undefined ? undefined : parseIsoDate(pin);
  const when = step.when ? resolveWhen(ground, step.when) : undefined;
  if (real !== undefined) {
    // An answered question about a span pins one day for each entry that it became.
    const more = only && when?.kind === "range" ? ground.pins.flatMap((each) => (each.field === "date" && each.op > op ? [each] : [])).toSorted((a, b) => a.op - b.op).map((each) => each.value) : [];
    return { kind: "days", days: [real, ...more] };
  }
  if (!when) return { kind: "days", days: [facts.today] };
  if (when.kind === "ask") return { kind: "ask", question: askWhen(op, when.text, when.options, facts) };
  if (when.kind === "is") return { kind: "days", days: [when.value] };
  const days = workingDays(when.start, when.end);
  return { kind: saysEachDay(ground) || days.length === 1 ? "days" : "span", days };
}

function hoursOf(ground: Ground, op: number, step: IntentStep, date: IsoDate | undefined, preset: number | undefined): Resolved<number, number> {
  const pin = pinned(ground, op, "hours");
  if (pin !== undefined && pin > 0 && pin <= 24) return { kind: "is", value: pin };
  if (step.hours) return resolveHours(ground, step.hours, date);
  return preset === undefined ? { kind: "ask", text: "How long was it?", options: [] } : { kind: "is", value: preset };
}

/** Turns the words of one booking into an add, or into the one question that is open: the day first, then project, hours and task. */
export function settleAdd(ground: Ground, op: number, step: IntentStep, only: boolean): Settled {
  const { facts } = ground;
  const shortcut = shortcutOf(ground, step, only);
  const days = daysOf(ground, op, step, only);
  const date = days.kind === "days" ? days.days[0] : undefined;
  const project = resolveProject(ground, op, step, shortcut);
  if (project.kind === "refused") return project;
  const hours = hoursOf(ground, op, step, date ?? facts.today, shortcut?.hours);
  const sent = hours.kind === "is" ? settleHours(ground, hours.value) : undefined;
  const task = project.kind === "is" ? resolveTask(ground, op, step, project.value, shortcut) : undefined;
  if (task?.kind === "refused") return task;
  const notes = pinned(ground, op, "notes") ?? (step.note ? noteOf(ground, step.note) : (shortcut?.notes ?? ""));
  const assumed = task?.kind === "is" && task.assumed ? { assumed: ["task" as const] } : {};
  const known: OpenOperation = {
    op: "add",
    ...(date === undefined ? {} : { date }),
    ...(sent === undefined ? {} : { hours: sent }),
    ...(project.kind === "is" ? { project: project.value.project.id } : {}),
    ...(task?.kind === "is" ? { task: task.value.id } : {}),
    notes,
    ...assumed,
  };
  const open = (question: Question): Settled => ({ kind: "open", operation: known, question });
  if (days.kind === "ask") return open(days.question);
  if (project.kind === "ask") return open(project.question);
  if (hours.kind === "ask") return open(askHours(op, hours.text, hours.options));
  if (sent === undefined || sent <= 0) return open(askHours(op, "Rounded as the account rounds, nothing is left. How long was it?", []));
  if (days.kind === "span") return only ? open(askSplit(op, days.days, sent, facts)) : open(askWhen(op, "Which of these days?", days.days, facts));
  if (task?.kind !== "is") return open(task?.question ?? askHours(op, "How long was it?", []));
  const operations = days.days.map((each, n): AddOperation => ({
    op: "add", date: each, hours: n === 0 ? sent : settleHours(ground, pinned(ground, op + n, "hours") ?? sent), project: project.value.project.id, task: task.value.id, notes, ...assumed,
  }));
  const ahead = operations.filter((operation) => operation.date > facts.today);
  for (const operation of ahead) ground.because.add(`${describeDate(operation.date, facts.today)} lies ahead, so it has to be looked at first.`);
  return { kind: "done", operations, look: ahead.length > 0 };
}

/** Turns the words of a timer into a start: on today, with no length of its own. */
export function settleStart(ground: Ground, op: number, step: IntentStep, only: boolean): Settled {
  const { facts } = ground;
  const shortcut = shortcutOf(ground, step, only);
  const when = step.when ? resolveWhen(ground, step.when) : undefined;
  if (when && !(when.kind === "is" && when.value === facts.today)) return { kind: "refused", code: "not-supported", message: "A timer can only start now, on today." };
  const project = resolveProject(ground, op, step, shortcut);
  if (project.kind === "refused") return project;
  const notes = pinned(ground, op, "notes") ?? (step.note ? noteOf(ground, step.note) : (shortcut?.notes ?? ""));
  if (project.kind === "ask") return { kind: "open", operation: { op: "start", notes }, question: project.question };
  const task = resolveTask(ground, op, step, project.value, shortcut);
  if (task.kind === "refused") return task;
  const id = project.value.project.id;
  if (task.kind === "ask") return { kind: "open", operation: { op: "start", project: id, notes }, question: task.question };
  return { kind: "done", operations: [{ op: "start", project: id, task: task.value.id, notes, ...(task.assumed ? { assumed: ["task" as const] } : {}) }], look: true };
}
