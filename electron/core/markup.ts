import { loneClockAt } from "./clock.ts";
import type { DateContext } from "./date-meaning.ts";
import { dateAt, slippedDay } from "./dates.ts";
import type { Shortcut } from "./entry.ts";
import type { Facts } from "./facts.ts";
import { decimalAt, standsAlone } from "./numbers.ts";
import type { Markup, Part, PartBody } from "./parts.ts";
import { projectRunAt, type LookUps, type ProjectRun } from "./project-runs.ts";
import { breakAt, hoursAt } from "./said-hours.ts";
import { lowAt, tokenize, wordsOf, type Found, type Token } from "./tokens.ts";
import { DAY_WORDS, FILLER_WORDS, LABEL_WORDS, MONTH_WORDS, TURNING_WORDS, VERBS, WEEKDAY_WORDS } from "./words.ts";

/** A claim on tokens `[from, to)`. */
interface Claim {
  readonly from: number;
  readonly to: number;
  readonly body: PartBody;
}

/** Claims collected so far: a token once claimed is invisible to later recognisers. */
interface Board {
  readonly claims: Map<number, Claim>;
  readonly taken: boolean[];
}

function claim(board: Board, from: number, to: number, body: PartBody): void {
  board.claims.set(from, { from, to, body });
  board.taken.fill(true, from, to);
}

const isFree = (board: Board, from: number, to: number): boolean => !board.taken.slice(from, to).includes(true);

/** Words in quotation marks; an opening mark without its partner is left alone. */
function claimQuotes(board: Board, tokens: readonly Token[], facts: Facts): void {
  let open = -1;
  for (const [i, token] of tokens.entries()) {
    if (token.low !== '"') continue;
    if (open < 0) {
      open = i;
      continue;
    }
    const shortcut = i > open + 1 ? quotedShortcut(tokens, open, i, facts) : undefined;
    if (i > open + 1) claim(board, open, i + 1, shortcut ? { kind: "shortcut", shortcut } : { kind: "quoted" });
    open = -1;
  }
}

/** A shortcut's name in quotation marks is that shortcut behind "to" or "the" or before "shortcut"; elsewhere quoted words are a note. */
function quotedShortcut(tokens: readonly Token[], open: number, close: number, facts: Facts): Shortcut | undefined {
  if (!/^(?:to|on|for|the|under|shortcut)$/.test(lowAt(tokens, open - 1)) && lowAt(tokens, close + 1) !== "shortcut") return undefined;
  const words = tokens.slice(open + 1, close).filter((token) => token.kind !== "mark").map((token) => token.low).join(" ");
  return facts.shortcuts.find((shortcut) => wordsOf(shortcut.name).join(" ") === words);
}

/** A shortcut called "friday" or "log": its name is first of all an ordinary word. */
const isCommon = (name: readonly Token[]): boolean => name.length === 1 && name.every(({ low }) => WEEKDAY_WORDS.has(low) || DAY_WORDS.has(low) || MONTH_WORDS.has(low) || VERBS.has(low) || FILLER_WORDS.has(low));

/** How many tokens from `i` say that name: its words with the marks of the name or without them. 0 when they do not. */
function nameAt(board: Board, tokens: readonly Token[], i: number, name: readonly Token[]): number {
  let at = i;
  for (const token of name) {
    if (lowAt(tokens, at) === token.low) at += 1;
    else if (token.kind !== "mark") return 0;
  }
  return isFree(board, i, at) ? at - i : 0;
}

/** The user's own shortcuts, the longest name first. */
function claimShortcuts(board: Board, tokens: readonly Token[], facts: Facts, common: boolean): void {
  const names = facts.shortcuts.map((shortcut) => ({ shortcut, name: tokenize(shortcut.name) })).filter((each) => each.name.some((token) => token.kind !== "mark") && (common || !isCommon(each.name)));
  if (names.length === 0) return;
  const byFirst = new Map<string, typeof names>();
  for (const each of names.toSorted((a, b) => b.name.length - a.name.length)) byFirst.set(each.name[0]?.low ?? "", [...(byFirst.get(each.name[0]?.low ?? "") ?? []), each]);
  for (let i = 0; i < tokens.length; i += 1) {
    for (const { shortcut, name } of byFirst.get(lowAt(tokens, i)) ?? []) {
      const length = nameAt(board, tokens, i, name);
      if (length === 0) continue;
      claim(board, i, i + length, { kind: "shortcut", shortcut });
      break;
    }
  }
}

const HIDDEN = { kind: "mark", text: "\u0000", low: "\u0000" } as const;
const visible = (board: Board, tokens: readonly Token[]): readonly Token[] => tokens.map((token, i) => (board.taken[i] ? { ...token, ...HIDDEN } : token));

/** A sentence that names more projects than this is none that the rules understand; the rest stay plain words, so that reading stays linear. */
const MOST_NAMES = 40;

function claimProjects(board: Board, tokens: readonly Token[], facts: Facts, known: LookUps, which: (run: ProjectRun) => boolean): void {
  const seen = visible(board, tokens);
  let names = 0;
  for (let i = 0; i < seen.length && names < MOST_NAMES; i += 1) {
    if (board.taken[i] || seen[i]?.kind === "mark") continue;
    const run = projectRunAt(facts.index, seen, i, known);
    if (!run || !which(run)) continue;
    claim(board, run.from, run.to, { kind: "project", projects: run.projects, words: run.words });
    names += 1;
    i = run.to - 1;
  }
}

const CONTEXT_WORDS: ReadonlySet<string> = new Set(["at", "from", "by", "until", "till", "before", "after", "since"]);

/** "1:30" behind "at" or "by" is a time of day, not a length. */
function timesAt(tokens: readonly Token[], i: number): Found<PartBody> | undefined {
  const hours = hoursAt(tokens, i);
  const clock = loneClockAt(tokens, i);
  const range = hours !== undefined && hours.value.kind !== "length" && hours.next >= (clock?.next ?? 0);
  if (clock && !range && (!hours || clock.next >= hours.next)) return { next: clock.next, value: { kind: "clock" } };
  if (!hours) return undefined;
  const timed = hours.value.kind === "length" && hours.value.colon === true && CONTEXT_WORDS.has(lowAt(tokens, i - 1));
  return { next: hours.next, value: timed ? { kind: "clock" } : { kind: "hours", meaning: hours.value } };
}

function claimValues(board: Board, tokens: readonly Token[], context: DateContext): void {
  const seen = visible(board, tokens);
  for (let i = 0; i < seen.length; i += 1) {
    if (board.taken[i]) continue;
    const pause = breakAt(seen, i);
    if (pause) {
      claim(board, i, pause.next, { kind: "pause", hours: pause.value });
      i = pause.next - 1;
      continue;
    }
    const date = dateAt(seen, i, context);
    const hours = timesAt(seen, i);
    const next = Math.max(date?.next ?? i, hours?.next ?? i);
    if (next === i) continue;
    // "the 3rd", "on" and "a" that lead into a date belong to it; a date and a length of the same reach: the date ("in 2 days").
    claim(board, i, next, date && date.next === next ? { kind: "date", meaning: date.value } : (hours?.value ?? { kind: "clock" }));
    i = next - 1;
  }
}

/** "yesterdya": a word that is nothing else but a slip away from a day is asked about, for in a note it would put the entry on today. */
function claimSlips(board: Board, tokens: readonly Token[], facts: Facts): void {
  for (let i = 0; i < tokens.length; i += 1) {
    if (board.taken[i] || tokens[i]?.kind !== "word" || FILLER_WORDS.has(lowAt(tokens, i)) || VERBS.has(lowAt(tokens, i))) continue;
    const meaning = slippedDay(lowAt(tokens, i), facts);
    if (meaning) claim(board, i, i + 1, { kind: "date", meaning });
  }
}

function bodyOf(tokens: readonly Token[], i: number): PartBody {
  const token = tokens[i];
  const low = lowAt(tokens, i);
  if (!token) return { kind: "mark" };
  if (isBullet(tokens, i)) return { kind: "mark" };
  if (token.kind === "number") {
    const number = standsAlone(tokens, i) && !LABEL_WORDS.has(lowAt(tokens, i - 1)) && !/^(?:#|project|client|task)$/.test(lowAt(tokens, i - 1)) ? decimalAt(tokens, i) : undefined;
    return number && !(tokens[number.next]?.glued && tokens[number.next]?.kind === "word") ? { kind: "number", value: number.value } : { kind: "word" };
  }
  if (low === "'s") return { kind: "whose" };
  if (low === "," || low === ";" || low === "&" || low === "and" || low === "then" || low === "plus" || low === "und" || ((low === "+" || low === "/") && !token.glued && tokens[i + 1]?.glued === false)) return { kind: "break", hard: low === ";" };
  const point = low === "." && !token.glued ? decimalAt(tokens, i) : undefined;
  if (point) return { kind: "number", value: point.value };
  if (isListMark(tokens, i)) return { kind: "mark" };
  if (token.kind === "mark") return { kind: isDash(tokens, i) ? "dash" : "mark" };
  if (TURNING_WORDS.has(low)) return { kind: "turning" };
  return { kind: FILLER_WORDS.has(low) ? "filler" : "word" };
}

/** "1." or "2)" at the start of a line numbers the entries below each other. */
function isBullet(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i];
  const mark = tokens[i + 1];
  return token?.kind === "number" && token.text.length <= 2 && (i === 0 || token.line) && mark?.glued === true && /^[.)]$/.test(mark.text) && tokens[i + 2]?.glued === false;
}

/** Where a line begins with a mark that only lists it: "- 2h acme", "• 2h acme". */
const isListMark = (tokens: readonly Token[], i: number): boolean => (i === 0 || tokens[i]?.line === true) && /^[-*•]$/.test(lowAt(tokens, i)) && tokens[i + 1]?.glued === false;

function isDash(tokens: readonly Token[], i: number): boolean {
  const low = lowAt(tokens, i);
  if (low === "(" || low === "[") return true;
  if (low === ":") return tokens[i + 1]?.glued === false;
  // "2h -> 3h" is an arrow.
  if (low === "-" && tokens[i + 1]?.text === ">") return false;
  return low === "-" && !(tokens[i]?.glued && tokens[i + 1]?.glued);
}

/** A line break is a place where one entry may end, even where no comma stands. */
function lineBreaks(parts: readonly Part[], tokens: readonly Token[]): readonly Part[] {
  return parts.flatMap((part) => {
    const token = tokens[part.from];
    return token?.line && part.from > 0 ? [{ kind: "break", hard: true, from: part.from, to: part.from, start: part.start, end: part.start } satisfies Part, part] : [part];
  });
}

/**
 * Takes a sentence apart. Quoted words first, then the user's shortcuts, then project names that hold numbers or date words
 * ("Phase 2", "Sunday Times"), then dates and lengths, then all other project names: what is claimed first is not read again.
 */
export function markUp(text: string, facts: Facts, apart = false): Markup {
  const markup = takeApart(text, facts, apart, false);
  const named = markup.parts.some((part) => part.kind === "project" || part.kind === "shortcut");
  // A shortcut whose name is an ordinary word counts only where nothing else says what the sentence is about.
  return named || !facts.shortcuts.some((shortcut) => isCommon(tokenize(shortcut.name))) ? markup : takeApart(text, facts, apart, true);
}

function takeApart(text: string, facts: Facts, apart: boolean, common: boolean): Markup {
  const tokens = tokenize(text);
  const board: Board = { claims: new Map(), taken: tokens.map(() => false) };
  claimQuotes(board, tokens, facts);
  claimShortcuts(board, tokens, facts, common);
  const known: LookUps = new Map();
  claimProjects(board, tokens, facts, known, (run) => run.guarded);
  claimValues(board, tokens, { today: facts.today, weekStart: facts.weekStart, dateOrder: facts.dateOrder, rules: facts.rules, apart });
  claimProjects(board, tokens, facts, known, (run) => !(run.words.length === 1 && (VERBS.has(run.words[0] ?? "") || FILLER_WORDS.has(run.words[0] ?? ""))));
  claimSlips(board, tokens, facts);
  const parts: Part[] = [];
  for (let i = 0; i < tokens.length; ) {
    const held = board.claims.get(i);
    const body = held?.body ?? bodyOf(tokens, i);
    const to = held?.to ?? (body.kind === "number" ? (decimalAt(tokens, i)?.next ?? i + 1) : i + 1);
    parts.push({ ...body, from: i, to, start: tokens[i]?.start ?? 0, end: tokens[to - 1]?.end ?? 0 });
    i = to;
  }
  return { text, tokens, parts: lineBreaks(parts, tokens) };
}
