import { describeDate, distance } from "./calendar.ts";
import type { IsoDate } from "./entry.ts";
import { partsIn, pinned, quotedText, type Ground, type Settled } from "./ground.ts";
import { formatHours } from "./hours.ts";
import type { IntentStep, Quote } from "./intent.ts";
import type { AddOperation, OpenOperation, Question } from "./outcome.ts";
import { wordsAt } from "./kind-words.ts";
import { askHours, askNote, askSplit, askSpread, askUnread, askWhen } from "./questions.ts";
import { resolveProject, resolveTask, shortcutOf } from "./resolve-project.ts";
import { CONVENTION } from "./rules.ts";
import { resolveHours, resolveWhen, settleHours, type Resolved } from "./resolve.ts";
import { lowAt } from "./tokens.ts";
import { LENGTH_WORDS } from "./words.ts";
import { addDays, diffDays, parseIsoDate, weekdayOf } from "./time.ts";

const allDays = (start: IsoDate, end: IsoDate): readonly IsoDate[] => Array.from({ length: Math.min(Math.max(diffDays(start, end), 0), 61) + 1 }, (_, n) => addDays(start, n));

/** Days that are worked on: Monday to Friday of a span, or all of it when it holds none of them. */
function workingDays(start: IsoDate, end: IsoDate): readonly IsoDate[] {
  const all = allDays(start, end);
  const working = all.filter((date) => weekdayOf(date) <= 5);
  return working.length > 0 ? working : all;
}

/** A note's text: marks of quotation and the space around it are not part of it. */
export function noteOf(ground: Ground, quote: Quote | undefined): string {
  if (!quote) return "";
  const text = quotedText(ground.markup, quote);
  return text.replace(/^[\s"'“”,;:–—-]+/, "").replace(/[\s"“”,;]+$/, "");
}

const EACH_DAY = ["each day", "every day", "per day", "each weekday", "every weekday", "weekdays", "workdays"];

/** "each day", "every day", "2h a day": words that give every day of a span the whole length. */
function saysEachDay(ground: Ground, step: IntentStep): boolean {
  const { tokens } = ground.markup;
  if (step.spread) return step.spread.how === "each";
  return tokens.some((_, i) => EACH_DAY.some((words) => wordsAt(tokens, i, words)) || (LENGTH_WORDS.has(lowAt(tokens, i - 1)) && wordsAt(tokens, i, "a day")));
}

type Days = { readonly kind: "days"; readonly days: readonly IsoDate[] } | { readonly kind: "span"; readonly days: readonly IsoDate[] } | { readonly kind: "ask"; readonly question: Question };

function daysOf(ground: Ground, op: number, step: IntentStep, only: boolean, preset: boolean): Days {
  const { facts } = ground;
  const pin = pinned(ground, op, "date");
  const real = pin === undefined ? undefined : parseIsoDate(pin);
  const when = step.when ? resolveWhen(ground, step.when) : undefined;
  if (real !== undefined) {
    // An answered question about several days pins one day for each entry that it became.
    const more = only && (when?.kind === "range" || when?.kind === "days") ? ground.pins.flatMap((each) => (each.field === "date" && each.op > op ? [each] : [])).toSorted((a, b) => a.op - b.op).map((each) => each.value) : [];
    return { kind: "days", days: [real, ...more] };
  }
  if (!when && step.unread) return { kind: "ask", question: askUnread(op, quotedText(ground.markup, step.unread), facts) };
  if (!when) {
    ground.because.add("No day was said, so it is today.");
    return { kind: "days", days: [facts.today] };
  }
  if (when.kind === "ask") return { kind: "ask", question: askWhen(op, when.text, when.options, facts) };
  if (when.kind === "is") return { kind: "days", days: [when.value] };
  const days = when.kind === "days" ? when.days : when.named ? allDays(when.start, when.end) : workingDays(when.start, when.end);
  return { kind: saysEachDay(ground, step) || (preset && when.kind === "days") || step.spread?.how === "share" || (when.kind === "range" && when.start === when.end) ? "days" : "span", days };
}

/** What the day still lacks to the length that was said, or to the user's own day. */
function remainder(ground: Ground, op: number, step: IntentStep, date: IsoDate): Resolved<number, number> {
  const { facts } = ground;
  const said = step.hours && partsIn(ground.markup, step.hours).some((part) => part.kind === "hours" || part.kind === "number") ? resolveHours(ground, step.hours, date) : undefined;
  if (said?.kind === "ask") return said;
  const goal = said?.value ?? facts.rules?.dayHours;
  if (goal === undefined) return { kind: "ask", text: "How long was the rest of the day?", options: [] };
  const before = (ground.done ?? []).flatMap((operation) => (operation.op === "add" ? [operation] : []));
  const logged = [...facts.entries, ...before].reduce((minutes, entry) => (entry.date === date ? minutes + Math.round(entry.hours * 60) : minutes), 0) / 60;
  if (logged >= goal) return { kind: "ask", text: `${formatHours(logged)} are logged ${distance(date, facts.today)}, so nothing is left to ${formatHours(goal)}. How long was it?`, options: [] };
  ground.because.add(`${formatHours(logged)} are logged that day, so ${formatHours(goal - logged)} are left to ${formatHours(goal)}.`);
  return { kind: "is", value: goal - logged };
}

/** The length without the break that was named beside it. */
function lessBreak(ground: Ground, step: IntentStep, said: Resolved<number, number>): Resolved<number, number> {
  const pause = step.less ? partsIn(ground.markup, step.less).find((part) => part.kind === "pause") : undefined;
  if (said.kind === "ask" || pause?.kind !== "pause") return said;
  const left = said.value - pause.hours;
  if (left <= 0) return { kind: "ask", text: "Without the break nothing would be left. How long was it?", options: [] };
  ground.because.add(`${formatHours(said.value)} less ${formatHours(pause.hours)} is ${formatHours(left)}.`);
  return { kind: "is", value: left };
}

/** One of several equal parts in whole hundredths of an hour; the last one takes what is left over. */
function shareOf(hours: number, over: number, place: number): number {
  const part = Math.round((hours / over) * 100) / 100;
  return place === over - 1 ? Math.round((hours - part * (over - 1)) * 100) / 100 : part;
}

function hoursOf(ground: Ground, op: number, step: IntentStep, date: IsoDate | undefined, preset: number | undefined): Resolved<number, number> {
  const pin = pinned(ground, op, "hours");
  if (pin !== undefined && pin > 0 && pin <= 24) return { kind: "is", value: pin };
  if (step.length === "upTo") return remainder(ground, op, step, date ?? ground.facts.today);
  if (step.bound && step.hours) {
    const said = resolveHours(ground, step.hours, date);
    return { kind: "ask", text: "That is a bound. How long was it?", options: said.kind === "is" ? [said.value] : said.options };
  }
  const rival = step.rival ? resolveHours(ground, step.rival, date) : undefined;
  if (step.hours && rival) {
    const said = resolveHours(ground, step.hours, date);
    return { kind: "ask", text: "Two lengths are named. Which one is it?", options: [said, rival].flatMap((each) => (each.kind === "is" ? [each.value] : [])) };
  }
  if (step.hours) {
    const said = lessBreak(ground, step, resolveHours(ground, step.hours, date));
    const { spread } = step;
    return said.kind === "is" && spread?.how === "share" && spread.over > 1 ? { kind: "is", value: shareOf(said.value, spread.over, op - spread.at) } : said;
  }
  return preset === undefined ? { kind: "ask", text: "How long was it?", options: [] } : { kind: "is", value: preset };
}

/** Turns the words of one booking into an add, or into the one question that is open: the day first, then project, hours and task. */
export function settleAdd(ground: Ground, op: number, step: IntentStep, only: boolean): Settled {
  const { facts } = ground;
  const shortcut = shortcutOf(ground, step, only);
  const days = daysOf(ground, op, step, only, !step.hours && shortcut?.hours !== undefined);
  const date = days.kind === "days" ? days.days[0] : undefined;
  const project = resolveProject(ground, op, step, shortcut);
  if (project.kind === "refused") return project;
  const hours = hoursOf(ground, op, step, date ?? facts.today, shortcut?.hours);
  const sent = hours.kind === "is" ? settleHours(ground, hours.value) : undefined;
  const task = project.kind === "is" ? resolveTask(ground, op, step, project.value, shortcut) : undefined;
  if (task?.kind === "refused") return task;
  const notes = pinned(ground, op, "notes") ?? (step.note ? noteOf(ground, step.note) : step.noNote ? "" : (shortcut?.notes ?? ""));
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
  if (step.doubt && pinned(ground, 0, "intent") === undefined && pinned(ground, op, "notes") === undefined) return open(askNote(op, quotedText(ground.markup, step.doubt)));
  if (days.kind === "ask") return open(days.question);
  if (project.kind === "ask") return open(project.question);
  if (hours.kind === "ask") return open(askHours(op, hours.text, hours.options));
  if (sent === undefined || sent <= 0) return open(askHours(op, "Rounded as the account rounds, nothing is left. How long was it?", []));
  const { spread } = step;
  if (spread && spread.over > 1 && spread.how === "ask" && pinned(ground, op, "hours") === undefined) return open(askSpread(spread.at, spread.over, sent));
  if (days.kind === "span") return only ? open(askSplit(op, days.days, sent, facts)) : open(askWhen(op, "Which of these days?", days.days, facts));
  if (task?.kind !== "is") return open(task?.question ?? askHours(op, "How long was it?", []));
  const dayShare = spread?.how === "share" && spread.over === 1 && days.days.length > 1;
  if (dayShare && days.days.some((_, n) => settleHours(ground, shareOf(hours.value, days.days.length, n)) <= 0)) return open(askHours(op, "Shared out, nothing is left for one of the days. How long was it?", []));
  const operations = days.days.map((each, n): AddOperation => ({
    op: "add", date: each, hours: dayShare ? settleHours(ground, shareOf(hours.value, days.days.length, n)) : n === 0 ? sent : settleHours(ground, pinned(ground, op + n, "hours") ?? sent), project: project.value.project.id, task: task.value.id, notes, ...assumed,
  }));
  const ahead = operations.filter((operation) => operation.date > facts.today);
  const { future } = facts.rules ?? CONVENTION;
  const [early] = ahead;
  if (early && future === "no") return { kind: "refused", code: "not-supported", message: `${describeDate(early.date, facts.today)} lies ahead, and your settings book nothing before it was worked.` };
  for (const operation of ahead) ground.because.add(`${describeDate(operation.date, facts.today)} lies ahead, so it has to be looked at first.`);
  return { kind: "done", operations, look: ahead.length > 0 && future === "confirm" };
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
