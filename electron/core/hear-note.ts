import type { Facts } from "./facts.ts";
import { doing, isIdle, type Pick } from "./hear-names.ts";
import { isValue } from "./hear-values.ts";
import { partWords, quoteOf } from "./heard.ts";
import type { IntentKind } from "./intent.ts";
import { wordsAt } from "./kind-words.ts";
import type { Markup, Part } from "./parts.ts";
import { namedProjects, taskFinder } from "./projects.ts";
import { lowAt, wordsOf } from "./tokens.ts";
import { BREAK_WORDS, DAY_WORDS, DAYTIME_WORDS, HOLIDAYS, LABEL_WORDS, LENGTH_WORDS, MONTH_WORDS, PERIOD_WORDS, VAGUE_WORDS, VERBS, WEEKDAY_WORDS, WORK_WORDS } from "./words.ts";

const NOTE_WORDS = /^(?:note|notes|comment|description)$/;
const isNamed = (part: Part): boolean => part.kind === "project" || part.kind === "shortcut";

/** Tells of each part (by its number) whether a note that the user set apart begins there: behind "note", a dash or a bracket. */
export function noteOpener(markup: Markup, parts: readonly Part[]): (n: number) => boolean {
  const firstHours = parts.findIndex((part) => part.kind === "hours");
  const lastHours = parts.findLastIndex((part) => part.kind === "hours");
  const firstName = parts.findIndex(isNamed);
  const has = (first: number, n: number): boolean => first >= 0 && first < n;
  return (n) => {
    const [part, next] = [parts[n], parts[n + 1]];
    if (!part || !next) return false;
    const low = lowAt(markup.tokens, part.from);
    if (part.kind === "word" && NOTE_WORDS.test(low)) return n > 0 || lowAt(markup.tokens, part.from + 1) === ":";
    if (part.kind !== "dash") return false;
    // A dash between values only joins them; a note follows words that already say what was done, and "acme - website - 2h" has no note.
    const opened = has(firstName, n) || has(firstHours, n);
    const later = !has(firstHours, n) && lastHours > n;
    return opened && !later && !isValue(next) && (!isNamed(next) || (low === "(" && has(firstName, n) && tellsMore(markup, parts, n))) && (low !== ":" || has(firstName, n));
  };
}

/** "(support call)": a bracket whose words are more than names, though a name begins it. */
function tellsMore(markup: Markup, parts: readonly Part[], at: number): boolean {
  const close = parts.findIndex((part, n) => n > at && lowAt(markup.tokens, part.from) === ")");
  return close > at && parts.slice(at + 1, close).some((part) => part.kind === "word");
}

/** The parts of the note behind its opener: to the closing bracket or the end of the line, without the marks around it. */
function bodyOf(markup: Markup, parts: readonly Part[], at: number): readonly Part[] {
  let first = at + 1;
  while (parts[first]?.kind === "dash" || lowAt(markup.tokens, parts[first]?.from ?? -1) === ":") first += 1;
  const rest = parts.slice(first);
  const close = lowAt(markup.tokens, parts[at]?.from ?? -1) === "(" ? rest.findIndex((part) => lowAt(markup.tokens, part.from) === ")") : -1;
  const line = rest.findIndex((part) => part.kind === "break" && part.hard && part.end === part.start);
  let body = close >= 0 ? rest.slice(0, close) : line >= 0 ? rest.slice(0, line) : rest;
  // "acme website - fixed it yesterday": a day at the end is the entry's when no other was said; "… invoices from friday" is told.
  const hasDate = parts.slice(0, at).some((part) => part.kind === "date");
  const told = /^(?:from|for|of|by|since|until|till|to|before|after|about|with|'s)$/.test(lowAt(markup.tokens, (body.at(-1)?.from ?? 0) - 1));
  if (close < 0 && !hasDate && !told && body.at(-1)?.kind === "date") body = body.slice(0, -1);
  while (body.length > 0 && (body.at(-1)?.kind === "break" || /^[,;]$/.test(lowAt(markup.tokens, body.at(-1)?.from ?? -1)))) body = body.slice(0, -1);
  return body;
}

/** Quoted words that name a project, where no other words do: "log 2h to "Brand Film"". */
function quotedName(markup: Markup, facts: Facts, parts: readonly Part[], pick: Pick): Part | undefined {
  if (parts.some(isNamed)) return undefined;
  const quoted = parts.find((part) => part.kind === "quoted");
  if (!quoted || namedProjects(facts.index, wordsOf(markup.text.slice(quoted.start + 1, quoted.end - 1))).length === 0) return undefined;
  pick.draft.project = { start: quoted.start + 1, end: quoted.end - 1 };
  pick.used.add(quoted);
  return quoted;
}

/** The note that the user set apart: in quotation marks, or behind "note", a dash or a bracket. What lies in it is kept as it is. */
export function explicitNote(markup: Markup, facts: Facts, parts: readonly Part[], pick: Pick): void {
  const name = quotedName(markup, facts, parts, pick);
  const none = parts.find((part) => wordsAt(markup.tokens, part.from, "no note") || wordsAt(markup.tokens, part.from, "no notes") || wordsAt(markup.tokens, part.from, "without notes"));
  if (none) {
    pick.draft.noNote = true;
    pick.draft.denied = { start: none.start, end: markup.tokens[none.from + 1]?.end ?? none.end };
    for (const part of parts) if (part.from === none.from || part.from === none.from + 1) pick.used.add(part);
    return;
  }
  const opens = noteOpener(markup, parts);
  const at = parts.findIndex((part, n) => part !== name && opens(n));
  const opener = parts[at];
  const quoted = parts.find((part) => part.kind === "quoted" && part !== name);
  const first = quoted && opener ? parts.slice(at + 1, parts.indexOf(quoted)).every((part) => /^[:-]$/.test(lowAt(markup.tokens, part.from))) : true;
  if (quoted && (!opener || quoted.from < opener.from || first)) {
    pick.draft.note = { start: quoted.start + 1, end: quoted.end - 1 };
    pick.used.add(quoted);
    return;
  }
  const body = opener ? bodyOf(markup, parts, at) : [];
  const [from, to] = [body[0], body.at(-1)];
  if (!opener || !from || !to) return;
  if (!parts.slice(0, at).some((part) => part.kind === "hours") && body.some((part) => part.kind === "hours")) pick.sure = false;
  pick.draft.note = quoteOf(from, to);
  for (const part of [opener, ...body]) pick.used.add(part);
}

/** The words that are left: a note when they lie together, behind the values or before them. */
export function takeRest(markup: Markup, facts: Facts, parts: readonly Part[], pick: Pick, kind: IntentKind): void {
  const left = parts.filter((part) => !pick.used.has(part) && !isIdle(part));
  const [first, last] = [left[0], left.at(-1)];
  if (!first || !last) return;
  const inside = parts.slice(parts.indexOf(first), parts.indexOf(last) + 1);
  const together = inside.every((part) => !pick.used.has(part));
  const plain = inside.every((part) => part.kind === "word" || part.kind === "project" || part.kind === "number" || part.kind === "clock" || isIdle(part) || part.kind === "quoted");
  if (!together || !plain || left.some((part) => suspicious(markup, part, left))) pick.sure = false;
  if (pick.draft.project === undefined && pick.draft.note === undefined && !pick.used.has(first) && !parts.some((part) => part.kind === "shortcut")) {
    nameless(markup, facts, parts, left, pick);
    return;
  }
  if (pick.draft.note !== undefined) {
    if (left.some((part) => part.kind !== "word" || !/^(?:with|note|notes|shortcut)$/.test(lowAt(markup.tokens, part.from)))) pick.sure = false;
    return;
  }
  if (!together || !pick.sure) return;
  // "header work": a word that is usually idle closes the note that it stands behind.
  const at = parts.indexOf(last);
  const closing = parts[at + 1]?.kind === "filler" && CLOSING.test(lowAt(markup.tokens, parts[at + 1]?.from ?? -1)) ? parts[at + 1] : undefined;
  if (kind === "add" || kind === "start") pick.draft.note = withMarks(markup, first, closing ?? last);
  const anchor = Math.max(...parts.filter((part) => pick.used.has(part) && (part.kind === "hours" || part.kind === "number" || isNamed(part))).map((part) => part.from), -1);
  const works = inside.some((part) => tellsWork(lowAt(markup.tokens, part.from)));
  // Behind what was booked, words are its note. In front of it they may say anything ("Kim helped …", "usually …").
  const vague = inside.every((part) => part.kind !== "project" && part.kind !== "number" && (isIdle(part) || VAGUE_WORDS.has(lowAt(markup.tokens, part.from))));
  const lead = lowAt(markup.tokens, first.from - 1);
  // "2h acme by kim", "3h to northwind for kim": whoever is named, however it is written.
  const whose = (lead === "by" || lead === "for") && first === last && first.kind === "word" && !works && markup.tokens[first.to] === undefined;
  if ((first.from < anchor && !works) || vague || whose || (!tellsWork(lowAt(markup.tokens, first.from)) && goesOnWithName(parts, first))) pick.draft.doubt = quoteOf(first, closing ?? last);
  const unread = inside.find((part) => part.kind === "word" && isCalendarWord(lowAt(markup.tokens, part.from))) ?? (DAY_TAIL.test(markup.text.slice(first.start, last.end)) ? last : undefined) ?? (HOLIDAYS.has(lowAt(markup.tokens, first.from)) && /^(?:on|an|am)$/.test(lowAt(markup.tokens, first.from - 1)) ? first : undefined);
  if (unread && pick.draft.when === undefined) pick.draft.unread = quoteOf(unread);
  for (const part of inside) pick.used.add(part);
}

/** A note that ends like a day ("teh 3rd", "yester day"). */
const DAY_TAIL = /(?:\d(?:st|nd|rd|th)|\bday)$/i;
const tellsWork = (low: string): boolean => WORK_WORDS.has(low) || (low.endsWith("ing") && low.length > 5);
/** "2h brand launch" where only "Brand Film" is known: one word of a longer name, and the next may belong to the name that was meant. */
function goesOnWithName(parts: readonly Part[], first: Part): boolean {
  const name = parts.find((part) => part.to === first.from);
  const [word = "", more] = name?.kind === "project" ? name.words : [];
  if (name?.kind !== "project" || more !== undefined) return false;
  return name.projects.every((project) => !wordsOf(`${project.client} ${project.code ?? ""}`).some((each) => each.startsWith(word)) && wordsOf(project.name).length > 1);
}

const isCalendarWord = (low: string): boolean => WEEKDAY_WORDS.has(low) || MONTH_WORDS.has(low) || DAY_WORDS.has(low) || low === "weekend" || low === "fortnight";
const CLOSING = /^(?:again|work|time|entry|entries|up|task|project|client|record|book|over)$/;

/** The run of a note with the marks that are glued to its ends: "#45", "50%", "(draft)". */
function withMarks(markup: Markup, first: Part, last: Part): { readonly start: number; readonly end: number } {
  const [before, after] = [markup.tokens[first.from - 1], markup.tokens[last.to]];
  const opens = before?.kind === "mark" && markup.tokens[first.from]?.glued === true && /^[#$€£([{<@/~]$/.test(before.text);
  const closes = after?.glued === true && /^[%)\]}>+/#]$/.test(after.text);
  return { start: opens ? before.start : first.start, end: closes ? after.end : last.end };
}

/** Numbers that are no one's name, and calendar words that made no date, are never hidden in a note. */
function suspicious(markup: Markup, part: Part, left: readonly Part[]): boolean {
  if (opensAnotherStep(markup, part)) return true;
  const [low, before] = [lowAt(markup.tokens, part.from), lowAt(markup.tokens, part.from - 1)];
  // "all morning" is a length that nobody can know; "morning standup" is a note. "two hours of it" tells a story.
  if (DAYTIME_WORDS.has(low) && /^(?:all|the|whole|entire)$/.test(before)) return true;
  // "for Kim" alone: it may be Kim's time.
  if (left.length === 1 && (before === "for" || before === "by") && /^\p{Lu}/u.test(markup.tokens[part.from]?.text ?? "")) return true;
  if (/^(?:weekly|monthly|daily|yearly|rest|remainder)$/.test(low) && !(left.length > 1 && left.at(-1) !== part && low !== "rest")) return true;
  if (low === "left" && markup.parts.some((each) => each.kind === "hours" && each.to === part.from)) return true;
  if (BREAK_WORDS.has(low) && /^(?:with|including|minus|less)$/.test(before)) return true;
  if (/^(?:think|guess|believe|suppose)$/.test(low) && before === "i") return true;
  if (low === "same" || (low === "it" && before === "of") || (/^(?:lunch|dinner)$/.test(low) && /^(?:after|before)$/.test(before))) return true;
  if (partOfWord(markup, part) || countsThings(markup, part) || (part.kind === "clock" && left.some((each) => each.to === part.from && each.kind === "word"))) return false;
  if (part.kind === "turning" || part.kind === "number" || isValue(part)) return true;
  if (part.kind !== "word") return false;
  // "the day befor yesterday": a word of the calendar right before a day belongs to it.
  if (PERIOD_WORDS.has(low) && markup.parts.some((each) => each.kind === "date" && each.from >= part.to && each.from <= part.to + 1)) return true;
  const token = markup.tokens[part.from];
  if (token?.kind === "number") return !(LABEL_WORDS.has(before) || /^(?:#|project|client|task)$/.test(before) || (token.glued && markup.tokens[part.from - 1]?.kind === "word"));
  return PERIOD_WORDS.has(low) && before === "last";
}

/** A number inside "JIRA-1234", "v2.0", a path or an address, or a share of something ("50%"): it belongs to the word it is glued to. */
function partOfWord(markup: Markup, part: Part): boolean {
  const { tokens } = markup;
  if (tokens[part.from]?.kind !== "number") return false;
  if (lowAt(tokens, part.to) === "%") return true;
  let first = part.from;
  while (tokens[first]?.glued && first > 0) first -= 1;
  let last = part.to - 1;
  while (tokens[last + 1]?.glued) last += 1;
  return tokens.slice(first, last + 1).some((token) => token.kind === "word");
}

/** "3 tickets", "with 2 people": a number of things that were worked on, beside a length that was said. */
function countsThings(markup: Markup, part: Part): boolean {
  if (part.kind !== "number" || !markup.parts.some((each) => each.kind === "hours")) return false;
  const noun = lowAt(markup.tokens, part.to);
  return markup.tokens[part.to]?.kind === "word" && ((noun.endsWith("s") && !noun.endsWith("ss")) || noun === "people") && !LENGTH_WORDS.has(noun) && !PERIOD_WORDS.has(noun);
}

/** "… and delete the acme entry": a verb of its own behind a joint begins another step, it is no note. */
function opensAnotherStep(markup: Markup, part: Part): boolean {
  const verb = part.kind === "word" ? VERBS.get(lowAt(markup.tokens, part.from)) : undefined;
  const before = lowAt(markup.tokens, part.from - 1);
  return verb !== undefined && verb !== "ask" && verb !== "other" && (/^(?:and|,|;|then|also|please|&)$/.test(before) || markup.tokens[part.from]?.line === true);
}

/** No project was recognised: the first words that are left are the name that was meant, the ones behind a doing word a note. */
function nameless(markup: Markup, facts: Facts, parts: readonly Part[], left: readonly Part[], pick: Pick): void {
  const first = left[0];
  if (!first || first.kind !== "word") return;
  let at = parts.indexOf(first);
  const from = at;
  while (parts[at + 1]?.kind === "word" && at - from < 5) at += 1;
  const run = parts.slice(from, at + 1);
  const last = run.at(-1) ?? first;
  const task = taskFinder(facts.index.tasks)(run.flatMap((part) => partWords(markup, part))).length > 0;
  if (doing(lowAt(markup.tokens, first.from)) && !task) pick.draft.note = quoteOf(first, left.at(-1) ?? last);
  else pick.draft.project = quoteOf(first, last);
  for (const part of run) pick.used.add(part);
  const after = left.filter((part) => part.from >= last.to);
  const [next, end] = [after[0], after.at(-1)];
  if (next && end && pick.draft.note === undefined) pick.draft.note = quoteOf(next, end);
}
