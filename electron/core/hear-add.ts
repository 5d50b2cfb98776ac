import type { Task } from "./entry.ts";
import type { Facts } from "./facts.ts";
import { partWords, quoteOf, type Draft } from "./heard.ts";
import type { IntentKind } from "./intent.ts";
import type { Markup, Part } from "./parts.ts";
import { lookNear, slips } from "./projects-index.ts";
import { differentTasks, getProject, taskFinder } from "./projects.ts";
import { lowAt } from "./tokens.ts";
import { DAYTIME_WORDS, LABEL_WORDS, LENGTH_WORDS, PERIOD_WORDS, VERBS } from "./words.ts";

/** One entry's words and whether everything in them that matters was used. */
export interface Clause {
  readonly draft: Draft;
  readonly sure: boolean;
}

const isValue = (part: Part): boolean => part.kind === "date" || part.kind === "hours" || part.kind === "clock" || part.kind === "number";
const isIdle = (part: Part): boolean => part.kind === "filler" || part.kind === "mark" || part.kind === "whose" || part.kind === "break" || part.kind === "dash";

/** Cuts a sentence into clauses that each hold a length of their own; pieces without one stay with their neighbour. */
export function clausesOf(parts: readonly Part[]): readonly (readonly Part[])[] {
  if (parts.filter((part) => part.kind === "hours").length < 2) return [parts];
  const pieces: Part[][] = [[]];
  for (const part of parts) {
    if (part.kind === "break") pieces.push([]);
    else pieces.at(-1)?.push(part);
  }
  const clauses: Part[][] = [];
  let waiting: Part[] = [];
  for (const piece of pieces) {
    if (piece.some((part) => part.kind === "hours")) {
      clauses.push([...waiting, ...piece]);
      waiting = [];
    } else if (clauses.length > 0) clauses.at(-1)?.push(...piece);
    else waiting.push(...piece);
  }
  return clauses;
}

interface Pick {
  /** Tasks that words name among those of the projects meant. */
  tasksFor: (words: readonly string[]) => readonly Task[];
  /** Parts used so far. */
  readonly used: Set<Part>;
  readonly draft: Draft;
  sure: boolean;
}

/** Where a note that the user set apart begins: behind "note", a dash, a bracket or inside quotation marks. */
function explicitNote(markup: Markup, parts: readonly Part[], pick: Pick): void {
  const quoted = parts.find((part) => part.kind === "quoted");
  if (quoted) {
    pick.draft.note = { start: quoted.start + 1, end: quoted.end - 1 };
    pick.used.add(quoted);
  }
  const at = parts.findIndex((part, n) => opensNote(markup, parts, n));
  const opener = parts[at];
  if (!opener || quoted) return;
  let first = at + 1;
  while (parts[first] && (parts[first]?.kind === "dash" || (parts[first]?.kind === "mark" && parts[first]?.from !== undefined))) first += 1;
  const rest = parts.slice(first);
  const close = lowAt(markup.tokens, opener.from) === "(" ? rest.findIndex((part) => lowAt(markup.tokens, part.from) === ")") : -1;
  let body = close >= 0 ? rest.slice(0, close) : rest;
  // "acme website - fixed it yesterday": a day at the end is the entry's day when no other was said.
  const hasDate = parts.slice(0, at).some((part) => part.kind === "date");
  if (close < 0 && !hasDate && body.at(-1)?.kind === "date") body = body.slice(0, -1);
  while (body.length > 0 && (body.at(-1)?.kind === "mark" || body.at(-1)?.kind === "break")) body = body.slice(0, -1);
  const [from, to] = [body[0], body.at(-1)];
  if (!from || !to) return;
  if (!hasDate && body.some((part) => part.kind === "date")) pick.sure = false;
  if (!parts.slice(0, at).some((part) => part.kind === "hours") && body.some((part) => part.kind === "hours")) pick.sure = false;
  pick.draft.note = quoteOf(from, to);
  for (const part of [opener, ...body]) pick.used.add(part);
}

const NOTE_WORDS = /^(?:note|notes|comment|description)$/;

function opensNote(markup: Markup, parts: readonly Part[], n: number): boolean {
  const part = parts[n];
  const next = parts[n + 1];
  if (!part || !next) return false;
  const low = lowAt(markup.tokens, part.from);
  if (part.kind === "word" && NOTE_WORDS.test(low)) return n > 0 || lowAt(markup.tokens, part.from + 1) === ":";
  if (part.kind !== "dash") return false;
  const before = parts.slice(0, n);
  // A dash between values only joins them; a note follows words that already say what was done.
  const opened = before.some((each) => each.kind === "project" || each.kind === "hours" || each.kind === "shortcut");
  return opened && !isValue(next) && next.kind !== "project" && next.kind !== "shortcut" && (low !== ":" || before.some((each) => each.kind === "project" || each.kind === "shortcut"));
}

function takeHours(markup: Markup, parts: readonly Part[], pick: Pick): void {
  const free = parts.filter((part) => !pick.used.has(part));
  const hours = free.filter((part) => part.kind === "hours");
  if (hours.length > 1) pick.sure = false;
  const [first] = hours;
  if (first) {
    pick.draft.hours = quoteOf(first);
    pick.used.add(first);
    return;
  }
  const bare = free.filter((part, n) => part.kind === "number" && free[n - 1]?.kind !== "word");
  const [number] = bare;
  if (!number || bare.length > 1) return;
  const behind = lowAt(markup.tokens, number.to);
  if (behind === "of" || behind === "%" || LABEL_WORDS.has(behind)) return;
  pick.draft.hours = quoteOf(number);
  pick.used.add(number);
}

function takeDate(parts: readonly Part[], pick: Pick): void {
  const dates = parts.filter((part) => part.kind === "date" && !pick.used.has(part));
  const [first] = dates;
  if (!first) return;
  if (dates.length > 1) pick.sure = false;
  pick.draft.when = quoteOf(first);
  pick.used.add(first);
}

const doing = (low: string): boolean => /(?:ed|ing)$/.test(low) || /^(?:with|re|via|fix|wrote|met|built|ran|made|for)$/.test(low);

/**
 * The project of a clause: the run with the most words. A second run that is a task of the first is left to the tasks, one behind
 * other words is part of a note; one right beside it means that two projects were named.
 */
function takeProject(markup: Markup, facts: Facts, parts: readonly Part[], pick: Pick): void {
  const runs = parts.filter((part) => part.kind === "project" && !pick.used.has(part));
  const main = runs.toSorted((a, b) => partWords(markup, b).length - partWords(markup, a).length || a.from - b.from)[0];
  if (main?.kind !== "project") return;
  pick.tasksFor = taskFinder(differentTasks(main.projects));
  for (const other of runs) {
    if (other === main || pick.tasksFor(partWords(markup, other)).length > 0) continue;
    const at = parts.indexOf(other);
    const inNote = parts[at - 1]?.kind === "word" || parts.slice(0, at).some((part) => part.kind === "word" && part.from > main.to) || (other.from < main.from && doing(lowAt(markup.tokens, parts.find((part) => part.kind === "word" && part.from < other.from)?.from ?? -1)));
    if (!inNote) pick.sure = false;
  }
  const at = parts.indexOf(main);
  // A strange word right in front is part of the name that was meant ("soylent website"), so the name is not known.
  const before = reach(parts, at, -1, (part) => part.kind === "word" && !pick.used.has(part) && !doing(lowAt(markup.tokens, part.from)));
  const behind = reach(parts, at, 1, (part) => isSlip(markup, facts, main, part, pick));
  const [first, last] = [parts[before] ?? main, parts[behind] ?? main];
  pick.draft.project = quoteOf(first, last);
  for (const part of parts.slice(parts.indexOf(first), parts.indexOf(last) + 1)) pick.used.add(part);
}

/** How far from `at` the parts in that direction satisfy `fits`, one after the other. */
function reach(parts: readonly Part[], at: number, step: 1 | -1, fits: (part: Part) => boolean): number {
  let n = at;
  for (let next = parts[n + step]; next && fits(next); next = parts[n + step]) n += step;
  return n;
}

/** "acme webiste": the next word is a slip away from a word of the projects just named. */
function isSlip(markup: Markup, facts: Facts, main: Part, part: Part, pick: Pick): boolean {
  if (part.kind !== "word" || main.kind !== "project") return false;
  const low = lowAt(markup.tokens, part.from);
  if (slips(low) === 0 || pick.tasksFor([low]).length > 0) return false;
  const ids = new Set(main.projects.map((project) => project.id));
  return [...lookNear(facts.index, low)].some((at) => ids.has(facts.index.entries[at]?.project.id ?? -1));
}

/** The task: the longest run of words that names one, standing beside something that is already used. */
function takeTask(markup: Markup, parts: readonly Part[], pick: Pick): void {
  const free = (part: Part | undefined): part is Part => part !== undefined && !pick.used.has(part) && (part.kind === "word" || part.kind === "project" || part.kind === "filler" || part.kind === "break");
  for (let at = 0; at < parts.length; at += 1) {
    if (!free(parts[at]) || parts[at]?.kind === "filler" || parts[at]?.kind === "break") continue;
    let best = 0;
    for (let length = 1; length <= 4 && free(parts[at + length - 1]); length += 1) {
      const words = parts.slice(at, at + length).flatMap((part) => partWords(markup, part));
      const named = pick.tasksFor(words.filter((word) => word !== "and"));
      if (named.length > 0 && (words.join("").length >= 3 || words.length > 1 || named.some((task) => task.name.toLowerCase() === words[0])) && parts[at + length - 1]?.kind !== "filler" && parts[at + length - 1]?.kind !== "break") best = length;
    }
    const run = parts.slice(at, at + best);
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last || !beside(parts, at, best, pick)) continue;
    pick.draft.task = quoteOf(first, last);
    for (const part of run) pick.used.add(part);
    // "development and testing": two tasks were named, and an entry has one.
    const rest = parts.slice(at + best).filter((part) => !pick.used.has(part));
    if (rest[0]?.kind === "break" && rest[1]?.kind === "word" && pick.tasksFor(partWords(markup, rest[1])).length > 0) pick.sure = false;
    return;
  }
}

/** Whether a run touches a used part or the end of the clause, with only idle words between. */
function beside(parts: readonly Part[], at: number, length: number, pick: Pick): boolean {
  const settled = (step: 1 | -1, from: number): boolean => {
    const next = parts[reach(parts, from, step, (part) => isIdle(part) && !pick.used.has(part)) + step];
    return !next || pick.used.has(next);
  };
  return settled(-1, at) || settled(1, at + length - 1);
}

/** The words that are left: a note when they lie together, behind the values or before them. */
function takeRest(markup: Markup, parts: readonly Part[], pick: Pick, kind: IntentKind): void {
  const left = parts.filter((part) => !pick.used.has(part) && !isIdle(part));
  const [first, last] = [left[0], left.at(-1)];
  if (!first || !last) return;
  const inside = parts.slice(parts.indexOf(first), parts.indexOf(last) + 1);
  const together = inside.every((part) => !pick.used.has(part));
  const plain = inside.every((part) => part.kind === "word" || part.kind === "project" || isIdle(part) || part.kind === "quoted");
  if (!together || !plain || left.some((part) => suspicious(markup, part))) pick.sure = false;
  if (pick.draft.project === undefined && pick.draft.note === undefined && !pick.used.has(first) && !parts.some((part) => part.kind === "shortcut")) {
    nameless(markup, parts, left, pick);
    return;
  }
  if (pick.draft.note !== undefined) {
    if (left.some((part) => part.kind !== "word" || !/^(?:with|note|notes)$/.test(lowAt(markup.tokens, part.from)))) pick.sure = false;
    return;
  }
  if (!together || !pick.sure) return;
  if (kind === "add" || kind === "start") pick.draft.note = quoteOf(first, last);
  for (const part of inside) pick.used.add(part);
}

/** Numbers that are no one's name, and calendar words that made no date, are never hidden in a note. */
function suspicious(markup: Markup, part: Part): boolean {
  if (opensAnotherStep(markup, part)) return true;
  // "all morning" is a length that nobody can know; "morning standup" is a note.
  if (DAYTIME_WORDS.has(lowAt(markup.tokens, part.from)) && /^(?:all|the|whole|entire)$/.test(lowAt(markup.tokens, part.from - 1))) return true;
  if (part.kind === "turning" || part.kind === "number" || isValue(part)) return true;
  if (part.kind !== "word") return false;
  const token = markup.tokens[part.from];
  if (token?.kind === "number") return !(LABEL_WORDS.has(lowAt(markup.tokens, part.from - 1)) || lowAt(markup.tokens, part.from - 1) === "#" || (token.glued && markup.tokens[part.from - 1]?.kind === "word"));
  return PERIOD_WORDS.has(token?.low ?? "") && lowAt(markup.tokens, part.from - 1) === "last";
}

/** "… and delete the acme entry": a verb of its own behind a joint begins another step, it is no note. */
function opensAnotherStep(markup: Markup, part: Part): boolean {
  const verb = part.kind === "word" ? VERBS.get(lowAt(markup.tokens, part.from)) : undefined;
  const before = lowAt(markup.tokens, part.from - 1);
  return verb !== undefined && verb !== "ask" && verb !== "other" && (/^(?:and|,|;|then|also|please|&)$/.test(before) || markup.tokens[part.from]?.line === true);
}

/** No project was recognised: the first words that are left are the name that was meant, the ones behind a doing word a note. */
function nameless(markup: Markup, parts: readonly Part[], left: readonly Part[], pick: Pick): void {
  const first = left[0];
  if (!first || first.kind !== "word") return;
  let at = parts.indexOf(first);
  const from = at;
  while (parts[at + 1]?.kind === "word" && at - from < 5) at += 1;
  const run = parts.slice(from, at + 1);
  const last = run.at(-1) ?? first;
  if (doing(lowAt(markup.tokens, first.from))) pick.draft.note = quoteOf(first, left.at(-1) ?? last);
  else pick.draft.project = quoteOf(first, last);
  for (const part of run) pick.used.add(part);
  const after = left.filter((part) => part.from >= last.to);
  const [next, end] = [after[0], after.at(-1)];
  if (next && end && pick.draft.note === undefined) pick.draft.note = quoteOf(next, end);
}

/** Reads one clause as a booking (or a timer to start): which of its words say when, how long, which project and task, and what note. */
export function hearClause(markup: Markup, facts: Facts, parts: readonly Part[], kind: IntentKind): Clause {
  const pick: Pick = { tasksFor: () => [], used: new Set(), draft: { kind }, sure: true };
  explicitNote(markup, parts, pick);
  takeHours(markup, parts, pick);
  takeDate(parts, pick);
  for (const [n, part] of parts.entries()) {
    const low = lowAt(markup.tokens, part.from);
    const perUnit = low === "a" && LENGTH_WORDS.has(lowAt(markup.tokens, part.from - 1));
    const eachDay = (low === "each" || low === "every" || low === "per" || perUnit) && /^(?:day|weekday)$/.test(lowAt(markup.tokens, part.from + 1));
    if (part.kind === "shortcut" || eachDay) pick.used.add(part);
    const day = parts[n + 1];
    if (eachDay && day) pick.used.add(day);
  }
  takeProject(markup, facts, parts, pick);
  const { note } = pick.draft;
  const short = parts.find((part) => part.kind === "shortcut" && !(note && part.start < note.end && part.end > note.start));
  if (short?.kind === "shortcut" && !pick.draft.project) {
    pick.draft.project = quoteOf(short);
    const project = getProject(facts.index, short.shortcut.project);
    if (project) pick.tasksFor = taskFinder(project.tasks);
  }
  takeTask(markup, parts, pick);
  takeRest(markup, parts, pick, kind);
  return { draft: pick.draft, sure: pick.sure };
}
