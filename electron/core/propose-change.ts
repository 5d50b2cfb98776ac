import { describeDate } from "./calendar.ts";
import type { Entry } from "./entry.ts";
import { namingWords, pinned, quotedText, type Ground, type Settled } from "./ground.ts";
import type { IntentStep } from "./intent.ts";
import type { ChangeSet, OpenOperation, Operation, Question } from "./outcome.ts";
import { noteOf } from "./propose-add.ts";
import { getProject, namedTasks } from "./projects.ts";
import { askEntry, askHours, askWhen, entryLabel } from "./questions.ts";
import { resolveProject, resolveTask } from "./resolve-project.ts";
import { resolveHours, resolveWhen, settleHours } from "./resolve.ts";
import { findTargets } from "./targets.ts";
import { addDays, diffDays, parseIsoDate } from "./time.ts";
import { EVERYTHING, ORDINAL_WORDS } from "./words.ts";

type Target = { readonly kind: "is"; readonly entry: Entry } | Settled;

const nothing = (message: string): Settled => ({ kind: "refused", code: "nothing-to-change", message });

/** The one entry that is meant; two that fit are asked about, none and a locked one are refused. */
function targetOf(ground: Ground, op: number, step: IntentStep, bare: OpenOperation): Target {
  const { facts } = ground;
  const found = findTargets(ground, op, step);
  // "delete everything" is never the one entry that happens to be the last.
  const every = !found.said && ground.markup.tokens.some((token) => EVERYTHING.has(token.low));
  // "delete" alone points at nothing: the last entry goes only when it is spoken of.
  const pointed = step.kind !== "delete" || found.said || ground.markup.tokens.some((token) => /^(?:it|that|this|last|latest|previous|entry|one|again|den|das)$/.test(token.low));
  const { said, entries } = every || !pointed || repeated(ground) ? { said: false, entries: [] } : found;
  const [first] = entries;
  if (!first) {
    // "the first one", "the other one": which of them only the user knows.
    const ordinal = step.targetProject && namingWords(ground.markup, step.targetProject).every((word) => ORDINAL_WORDS.has(word) || word === "other" || word === "one");
    if (said && !ordinal) return nothing("No entry fits these words, so there is nothing to change.");
    const recent = facts.entries.toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : b.id - a.id)).slice(0, 5);
    return recent.length === 0 ? nothing("There is no entry yet that could be changed.") : { kind: "open", operation: bare, question: askEntry(op, "Which entry is meant?", recent, facts) };
  }
  if (entries.length > 1) return { kind: "open", operation: bare, question: askEntry(op, `${entries.length} entries fit. Which one is meant?`, entries, facts) };
  if (first.locked !== undefined) return { kind: "refused", code: "locked", message: `${entryLabel(first, facts)} is locked: ${first.locked}` };
  if (!said) ground.because.add(`${entryLabel(first, facts)} is meant, because it was written last.`);
  return { kind: "is", entry: first };
}

/** The same word over and over says nothing about which entry is meant. */
const repeated = (ground: Ground): boolean => ground.markup.tokens.length > 3 && new Set(ground.markup.tokens.map((token) => token.low)).size === 1;

interface Fresh {
  readonly set: ChangeSet;
  readonly question?: Question | undefined;
  readonly refused?: Extract<Settled, { kind: "refused" }> | undefined;
  readonly assumed?: boolean | undefined;
}

/** The project and task an entry is changed to: a task of the same name goes along to the new project. */
function newBooking(ground: Ground, op: number, step: IntentStep, entry: Entry): Fresh {
  const { facts } = ground;
  const current = getProject(facts.index, entry.project);
  const wantsProject = step.project !== undefined || pinned(ground, op, "project") !== undefined;
  const wantsTask = step.task !== undefined || pinned(ground, op, "task") !== undefined;
  if (!wantsProject && !wantsTask) return { set: {} };
  let project = current;
  let fixed: IntentStep = step;
  if (wantsProject) {
    // "should have been design" names no project but a task of the entry's own.
    const words = step.project ? namingWords(ground.markup, step.project) : [];
    const task = current && pinned(ground, op, "project") === undefined ? namedTasks(current.tasks, words) : [];
    const chosen = resolveProject(ground, op, step, undefined);
    if (chosen.kind !== "is" && task.length === 1 && task[0]) return { set: task[0].id === entry.task ? {} : { task: task[0].id } };
    if (chosen.kind === "refused") return { set: {}, refused: chosen };
    if (chosen.kind === "ask") return { set: {}, question: chosen.question };
    ({ project } = chosen.value);
    if (chosen.value.task) return { set: { ...(project.id === entry.project ? {} : { project: project.id }), task: chosen.value.task.id } };
  }
  if (!project) return { set: {}, refused: { kind: "refused", code: "not-supported", message: "The entry's project is not yours, so its task cannot be chosen here." } };
  const moved = project.id !== entry.project;
  const sameName = current?.tasks.find((task) => task.id === entry.task)?.name;
  const along = moved && !wantsTask ? project.tasks.find((task) => task.name === sameName) : undefined;
  if (!wantsTask && !moved) return { set: {} };
  // Harvest takes a new project only together with a task of it, also when that is the same one.
  if (along) return { set: { project: project.id, task: along.id } };
  fixed = { ...step };
  const task = resolveTask(ground, op, fixed, { project }, undefined);
  if (task.kind === "refused") return { set: {}, refused: task };
  const set: ChangeSet = moved ? { project: project.id } : {};
  if (task.kind === "ask") return { set, question: task.question };
  return { set: { ...set, ...(task.value.id === entry.task && !moved ? {} : { task: task.value.id }) }, assumed: task.assumed };
}

function newDate(ground: Ground, op: number, step: IntentStep, entry?: Entry): Fresh {
  const pin = pinned(ground, op, "date");
  const real = pin === undefined ? undefined : parseIsoDate(pin);
  if (real !== undefined) return { set: { date: real } };
  if (!step.when) return { set: {} };
  const when = resolveWhen(ground, step.when);
  if (when.kind === "is" && step.relative) return entry ? { set: { date: addDays(entry.date, daysOff(ground, step, diffDays(ground.facts.today, when.value))) } } : { set: {} };
  if (when.kind === "is") return { set: { date: when.value } };
  return { set: {}, question: when.kind === "ask" ? askWhen(op, when.text, when.options, ground.facts) : askWhen(op, "An entry has one day. Which one?", when.kind === "days" ? when.days : [when.start, when.end], ground.facts) };
}

/** "one day back", "one day earlier" go back, "one day later" and "forward" ahead; the reading from today gives how far. */
function daysOff(ground: Ground, step: IntentStep, days: number): number {
  const said = step.when ? quotedText(ground.markup, step.when).toLowerCase() : "";
  return /(?:later|forwards?)$/.test(said) ? Math.abs(days) : -Math.abs(days);
}

function newHours(ground: Ground, op: number, step: IntentStep, entry: Entry | undefined, set: ChangeSet): Fresh {
  const pin = pinned(ground, op, "hours");
  if (pin === undefined && (step.length === "double" || step.length === "half")) {
    if (!entry) return { set: {} };
    const times = settleHours(ground, step.length === "double" ? entry.hours * 2 : entry.hours / 2);
    return times > 24 || times <= 0 ? { set: {}, question: askHours(op, "How long was it in all?", []) } : { set: { hours: times } };
  }
  if (pin === undefined && !step.hours) return { set: {} };
  const hours = pin !== undefined || !step.hours ? ({ kind: "is", value: pin ?? 0 } as const) : resolveHours(ground, step.hours, set.date ?? entry?.date);
  if (hours.kind === "ask") return { set: {}, question: askHours(op, hours.text, hours.options) };
  if (step.length && entry?.running) return { set: {}, question: askHours(op, "The timer is still running. How long was it in all?", []) };
  const change = step.length === "plus" ? (entry?.hours ?? 0) + hours.value : step.length === "minus" ? (entry?.hours ?? 0) - hours.value : hours.value;
  if (change > 24) return { set: {}, question: askHours(op, "A day has 24 hours. How long was it in all?", []) };
  const sent = settleHours(ground, pin ?? change);
  return sent > 0 ? { set: { hours: sent } } : { set: {}, question: askHours(op, step.length === "minus" ? "That would leave nothing. How long was it?" : "Rounded as the account rounds, nothing is left. How long was it?", []) };
}

/** Turns the words of a change or a move into one change of one existing entry, so that half a move cannot exist. */
export function settleChange(ground: Ground, op: number, step: IntentStep): Settled {
  if (step.all && pinned(ground, op, "entry") === undefined) return settleMany(ground, op, step);
  const date = step.relative ? { set: {} } : newDate(ground, op, step);
  const early: Fresh = step.length ? { set: {} } : newHours(ground, op, step, undefined, date.set);
  const target = targetOf(ground, op, step, { op: "change", set: { ...date.set, ...early.set } });
  if (target.kind !== "is") return target;
  const { entry } = target;
  return changeOf(ground, op, step, entry, step.relative ? newDate(ground, op, step, entry) : date);
}

/** Every entry that the words fit, changed or deleted in one batch; none of them when one is locked. */
function settleMany(ground: Ground, op: number, step: IntentStep): Settled {
  const { facts } = ground;
  const { entries } = findTargets(ground, op, step);
  if (entries.length === 0) return nothing("No entry fits these words, so there is nothing to change.");
  const locked = entries.find((entry) => entry.locked !== undefined);
  if (locked) return { kind: "refused", code: "locked", message: `${entryLabel(locked, facts)} cannot be changed: ${locked.locked}` };
  if (step.kind === "delete") return { kind: "done", operations: entries.map((entry) => ({ op: "delete", entry: entry.id })), look: true };
  const date = newDate(ground, op, step);
  const operations: Operation[] = [];
  for (const entry of entries) {
    const changed = changeOf(ground, op, step, entry, step.relative ? newDate(ground, op, step, entry) : date);
    if (changed.kind !== "done") return changed;
    operations.push(...changed.operations);
  }
  return { kind: "done", operations, look: true };
}

function changeOf(ground: Ground, op: number, step: IntentStep, entry: Entry, date: Fresh): Settled {
  const { facts } = ground;
  const hours = newHours(ground, op, step, entry, date.set);
  const booking = newBooking(ground, op, step, entry);
  if (booking.refused) return booking.refused;
  const notes = pinned(ground, op, "notes") ?? (step.note ? noteOf(ground, step.note) : step.noNote ? "" : undefined);
  const wanted: ChangeSet = { ...date.set, ...hours.set, ...booking.set, ...(notes === undefined ? {} : { notes }) };
  const set = changedOnly(wanted, entry);
  const question = date.question ?? hours.question ?? booking.question;
  const assumed = booking.assumed ? { assumed: ["task" as const] } : {};
  if (question) return { kind: "open", operation: { op: "change", entry: entry.id, set, ...assumed }, question };
  if (Object.keys(wanted).length === 0) return nothing("Say what it should become: another day, length, project, task or note.");
  if (Object.keys(set).length === 0) return nothing(`${entryLabel(entry, facts)} is already like that.`);
  if (set.date !== undefined && set.date > facts.today) ground.because.add(`${describeDate(set.date, facts.today)} lies ahead.`);
  return { kind: "done", operations: [{ op: "change", entry: entry.id, set, ...assumed }], look: true };
}

/** Only what differs: a change to what is already there is none. */
function changedOnly(set: ChangeSet, entry: Entry): ChangeSet {
  return {
    ...(set.date === undefined || set.date === entry.date ? {} : { date: set.date }),
    ...(set.hours === undefined || set.hours === entry.hours ? {} : { hours: set.hours }),
    ...(set.project === undefined || set.project === entry.project ? {} : { project: set.project }),
    ...(set.task === undefined || (set.task === entry.task && (set.project ?? entry.project) === entry.project) ? {} : { task: set.task }),
    ...(set.notes === undefined || set.notes === entry.notes ? {} : { notes: set.notes }),
  };
}

/** Turns the words of a deletion into the delete of one existing entry. */
export function settleDelete(ground: Ground, op: number, step: IntentStep): Settled {
  if (step.all && pinned(ground, op, "entry") === undefined) return settleMany(ground, op, step);
  const target = targetOf(ground, op, step, { op: "delete" });
  return target.kind === "is" ? { kind: "done", operations: [{ op: "delete", entry: target.entry.id }], look: true } : target;
}

/** Stops the running timer; words that name another entry than the running one are refused. */
export function settleStop(ground: Ground, op: number, step: IntentStep): Settled {
  const { facts } = ground;
  const running = facts.entries.filter((entry) => entry.running);
  const pin = pinned(ground, op, "entry");
  if (running.length === 0) return nothing("No timer is running.");
  const named = step.targetProject || step.targetWhen ? findTargets(ground, op, step).entries.filter((entry) => entry.running) : running;
  const fits = pin === undefined ? named : running.filter((entry) => entry.id === pin);
  const [first] = fits;
  if (!first) return nothing("The timer that is running is not the one that was named.");
  if (fits.length > 1) return { kind: "open", operation: { op: "stop" }, question: askEntry(op, "Which timer is meant?", fits, facts) };
  return { kind: "done", operations: [{ op: "stop", entry: first.id }], look: true };
}
