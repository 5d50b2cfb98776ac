import type { Facts } from "./facts.ts";
import { doing, isIdle, takeProject, takeTask, type Pick } from "./hear-names.ts";
import { isSpreadWord, severalProjects, spreadOf } from "./hear-several.ts";
import { quoteOf, type Draft } from "./heard.ts";
import type { IntentKind } from "./intent.ts";
import { wordsAt } from "./kind.ts";
import type { Markup, Part } from "./parts.ts";
import { getProject, taskFinder } from "./projects.ts";
import { lowAt } from "./tokens.ts";
import { DAYTIME_WORDS, LABEL_WORDS, LENGTH_WORDS, PERIOD_WORDS, VERBS } from "./words.ts";

/** One entry's words and whether everything in them that matters was used. */
export interface Clause {
  readonly draft: Draft;
  readonly sure: boolean;
}

const isValue = (part: Part): boolean => part.kind === "date" || part.kind === "hours" || part.kind === "clock" || part.kind === "number" || part.kind === "pause";

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

/** The day or days: dates that stand side by side ("Monday and Tuesday") are one list. */
function takeDate(parts: readonly Part[], pick: Pick): void {
  const dates = parts.filter((part) => part.kind === "date" && !pick.used.has(part));
  const [first] = dates;
  if (!first) return;
  let last = first;
  for (const date of dates.slice(1)) {
    if (!parts.slice(parts.indexOf(last) + 1, parts.indexOf(date)).every((part) => isIdle(part) || part.kind === "mark")) break;
    last = date;
  }
  const list = parts.slice(parts.indexOf(first), parts.indexOf(last) + 1);
  if (dates.some((date) => !list.includes(date))) pick.sure = false;
  pick.draft.when = quoteOf(first, last);
  for (const part of list) pick.used.add(part);
}

const REST = ["rest of the day", "rest of my day", "rest of the", "rest of", "remainder of the day", "remainder of", "the remaining time", "remaining time", "remaining hours"];
const FILL = ["fill up the day", "fill up my day", "fill the day", "fill my day", "fill up", "top up", "round out the day"];

/** "the rest of the day to 8h", "fill up to 8h": the length is what the day still lacks. */
function takeRemainder(markup: Markup, parts: readonly Part[], pick: Pick): void {
  const start = parts.find((part) => [...REST, ...FILL].some((words) => wordsAt(markup.tokens, part.from, words)));
  const said = start && [...REST, ...FILL].find((words) => wordsAt(markup.tokens, start.from, words));
  if (!start || !said) return;
  const end = start.from + said.split(" ").length;
  pick.draft.length = "upTo";
  for (const part of parts) if ((part.from >= start.from && part.from < end && part.kind !== "date") || (part.kind === "turning" && /^until|till$/.test(lowAt(markup.tokens, part.from)))) pick.used.add(part);
  if (!pick.draft.hours) pick.draft.hours = { start: start.start, end: start.end };
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
export function hearClause(markup: Markup, facts: Facts, parts: readonly Part[], kind: IntentKind, spread?: Draft["spread"]): Clause {
  const pick: Pick = { tasksFor: () => [], used: new Set(), draft: { kind, ...(spread ? { spread } : {}) }, sure: true };
  explicitNote(markup, parts, pick);
  takeHours(markup, parts, pick);
  const pause = parts.find((part) => part.kind === "pause");
  if (pause && pick.draft.hours) {
    pick.draft.less = quoteOf(pause);
    pick.used.add(pause);
  }
  takeRemainder(markup, parts, pick);
  takeDate(parts, pick);
  for (const [n, part] of parts.entries()) {
    const low = lowAt(markup.tokens, part.from);
    const perUnit = low === "a" && LENGTH_WORDS.has(lowAt(markup.tokens, part.from - 1));
    const eachDay = (low === "each" || low === "every" || low === "per" || perUnit) && /^(?:day|weekday)$/.test(lowAt(markup.tokens, part.from + 1));
    const spread = pick.draft.spread !== undefined && part.kind !== "project" && isSpreadWord(low);
    if (part.kind === "shortcut" || eachDay || spread || WORKDAYS.test(low)) pick.used.add(part);
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

const WORKDAYS = /^(?:weekdays|workdays)$/;

/**
 * One clause as the bookings it makes: several when one length is said beside several projects. `split`: the verb shares the length out;
 * `at`: how many bookings stand before it.
 */
export function hearBookings(markup: Markup, facts: Facts, parts: readonly Part[], split: boolean, at: number): readonly Clause[] {
  const how = spreadOf(markup, parts, split);
  const several = severalProjects(markup, facts, parts);
  if (several) return several.map((own) => hearClause(markup, facts, own, "add", { over: several.length, at, how }));
  const days = parts.filter((part) => part.kind === "date").length > 1 || parts.some((part) => part.kind === "date" && part.meaning.kind === "range");
  return [hearClause(markup, facts, parts, "add", days && how !== "ask" ? { over: 1, at, how } : undefined)];
}
