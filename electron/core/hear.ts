import { assertNever } from "./never.ts";
import type { Facts } from "./facts.ts";
import type { Ground } from "./ground.ts";
import { hearBookings, hearClause, type Clause, type NamePart } from "./hear-add.ts";
import { clausesOf, isSameAgain } from "./hear-clauses.ts";
import { hearChange } from "./hear-change.ts";
import { hearCopy } from "./hear-copy.ts";
import { noteOpener } from "./hear-note.ts";
import { hearQuestion } from "./hear-question.ts";
import { quoteOf, type Draft, type Heard } from "./heard.ts";
import type { IntentKind, IntentStep } from "./intent.ts";
import { addsToEntry, kindOf, type Kind } from "./kind.ts";
import { takenBack } from "./kind-none.ts";
import { markUp } from "./markup.ts";
import type { Markup, Part } from "./parts.ts";
import { findTargets } from "./targets.ts";
import { lowAt } from "./tokens.ts";
import { ENTRY_NOUNS, EVERYTHING, VERBS } from "./words.ts";

/** Clauses without a day take the one before them, or, when no day was said before, the one that comes after ("… yesterday" at the end). */
function share(drafts: readonly Draft[], again: ReadonlySet<number>): readonly Draft[] {
  // "2h acme, same for monday": the second day is the second one's alone.
  let when = drafts.find((draft, n) => draft.when !== undefined && !again.has(n))?.when;
  let project: Draft["project"];
  return drafts.map((draft) => {
    when = draft.when ?? when;
    const full: Draft = { ...draft };
    if (when !== undefined) full.when = when;
    if (draft.project !== undefined) ({ project } = draft);
    else if (project !== undefined) full.project = project;
    return full;
  });
}

/** More entries than this in one text are not read by rules, so that a long paste stays quick. */
const MOST_CLAUSES = 50;

const nameIn = (parts: readonly Part[] | undefined): NamePart | undefined => parts?.find((part): part is NamePart => part.kind === "project" || part.kind === "shortcut");

function hearAdds(markup: Markup, facts: Facts, split: boolean): { readonly steps: readonly IntentStep[]; readonly sure: boolean } {
  const all = clausesOf(markup, markup.parts);
  const pieces = all.slice(0, MOST_CLAUSES);
  const clauses: Clause[] = [];
  const named: boolean[] = [];
  const repeats = new Set<number>();
  for (const [n, piece] of pieces.entries()) {
    const last = clauses.at(-1);
    if (last && isSameAgain(markup, piece)) {
      const again = hearClause(markup, facts, piece.filter((part) => !/^(?:the|same|again|amount|length)$/.test(lowAt(markup.tokens, part.from))), "add");
      const { when, project, task } = again.draft;
      const other = project ? { project, task } : {};
      repeats.add(clauses.length);
      clauses.push({ draft: { ...last.draft, ...(when ? { when } : {}), ...other }, sure: last.sure && again.sure && (when ?? project) !== undefined });
      named.push(true);
      continue;
    }
    const neighbour = pieces.length > 1 && !nameIn(piece) ? (pieces.slice(0, n).map(nameIn).findLast((each) => each !== undefined) ?? pieces.slice(n + 1).map(nameIn).find((each) => each !== undefined)) : undefined;
    const bookings = hearBookings(markup, facts, piece, split, clauses.length, neighbour);
    clauses.push(...bookings);
    named.push(...bookings.map((clause) => clause.draft.project !== undefined || nameIn(piece)?.kind === "shortcut"));
  }
  const drafts = clauses.length > 1 ? share(clauses.map((clause) => clause.draft), repeats) : clauses.map((clause) => clause.draft);
  // A second length with neither project nor day of its own ("2h acme and 3h") may as well correct the first.
  const corrects = markup.tokens.some((token, i) => token.low === "was" && /^(?:it|that)$/.test(lowAt(markup.tokens, i - 1))) && clauses.length > 1;
  const parted = clauses.length > 1 && markup.tokens.some((token, i) => token.low === "of" && /^(?:it|that|which|them)$/.test(lowAt(markup.tokens, i + 1)));
  const sum = clauses.length > 1 && markup.parts.some((part) => /^(?:total|altogether|sum)$/.test(lowAt(markup.tokens, part.from)));
  const asks = markup.tokens.some((token, i) => i > 0 && token.low === "i" && /^(?:did|do|have)$/.test(lowAt(markup.tokens, i - 1))) && markup.text.includes("?");
  const thin = corrects || sum || asks || parted || clauses.some((clause, n) => n > 0 && named[n] === false && clause.draft.when === undefined && clause.draft.task === undefined && clause.draft.note === undefined);
  return { steps: drafts, sure: clauses.every((clause) => clause.sure) && !thin && all.length === pieces.length };
}

/** A timer: project words and a note; a length, another day or a time of day has no place in it. */
function hearTimer(markup: Markup, facts: Facts, kind: Kind): Clause {
  // "switch from acme to globex": what runs now is not what starts.
  const to = markup.parts.findIndex((part) => lowAt(markup.tokens, part.from) === "to");
  const leaves = markup.parts.slice(0, Math.max(to, 0)).some((part) => lowAt(markup.tokens, part.from) === "from");
  const left = leaves ? markup.parts.slice(0, to).filter((part) => part.kind === "project" || part.kind === "shortcut") : [];
  const parts = markup.parts.filter((part) => !left.some((each) => each === part) && !isOperationWord(markup, part, kind));
  const heard = hearClause(markup, facts, parts, "start");
  const [from, until] = [left[0], left.at(-1)];
  return { draft: { ...heard.draft, ...(from && until ? { denied: quoteOf(from, until) } : {}) }, sure: heard.sure && kind.sure && heard.draft.hours === undefined };
}

function isOperationWord(markup: Markup, part: Part, kind: Kind): boolean {
  const low = lowAt(markup.tokens, part.from);
  const word = part.kind === "word" || part.kind === "filler" || part.kind === "turning";
  if (part.kind === "project" || !word) return false;
  return part.from === kind.lead || /^(?:timer|clock|tracking|track|working|work|now|i'm|am|done|finished|starting|recording|running|with|out)$/.test(low) || (VERBS.has(low) && part.from <= (kind.lead ?? 0) + 1);
}

function hearStop(markup: Markup, facts: Facts, kind: Kind): Clause {
  // "done for today": the day says nothing that "now" does not.
  const day = markup.parts.find((part) => part.kind === "date" && part.meaning.kind === "date" && part.meaning.date === facts.today);
  const left = markup.parts.filter((part) => part !== day && !isOperationWord(markup, part, kind) && part.kind !== "filler" && part.kind !== "mark" && part.kind !== "whose");
  const names = left.filter((part) => part.kind === "project" || part.kind === "shortcut" || part.kind === "word");
  const [first, last] = [names[0], names.at(-1)];
  const draft: Draft = { kind: "stop", ...(day ? { when: quoteOf(day) } : {}) };
  if (first && last) draft.targetProject = quoteOf(first, last);
  return { draft, sure: kind.sure && left.length === names.length };
}

/** "delete the hero entry and the tickets entry": the parts of each of the two. */
function twoEntries(markup: Markup): readonly [readonly Part[], readonly Part[]] | undefined {
  const { parts, tokens } = markup;
  const at = parts.findIndex((part, n) => part.kind === "break" && parts.slice(0, n).some((each) => ENTRY_NOUNS.has(lowAt(tokens, each.from))) && parts.slice(n + 1).some((each) => ENTRY_NOUNS.has(lowAt(tokens, each.from))));
  return at < 0 ? undefined : [parts.slice(0, at), parts.slice(at + 1)];
}

/** Whether a sentence about many entries at once ("everything", "all") needs more than one target. */
const wantsAll = (markup: Markup): boolean => markup.parts.some((part) => part.kind === "word" && EVERYTHING.has(lowAt(markup.tokens, part.from)));

interface Steps {
  readonly steps: readonly IntentStep[];
  readonly sure: boolean;
}

/** The steps of one clause whose kind is known. */
function stepsOf(markup: Markup, facts: Facts, kind: Kind): Steps {
  const one = (clause: Clause): Steps => ({ steps: [clause.draft], sure: clause.sure && kind.sure });
  // Numbers and lengths without any word say nothing.
  if (markup.parts.length > 2 && markup.parts.every((part) => part.kind === "number" || part.kind === "hours" || part.kind === "mark" || part.kind === "break")) return { steps: [{ kind: "none" }], sure: true };
  switch (kind.kind) {
    case "none":
      return { steps: [{ kind: "none" }], sure: kind.sure };
    case "add": {
      const lengthens = addsToEntry(markup);
      if (lengthens && someEntryFits(markup, facts, lengthens)) {
        const clause = hearChange(markup, facts, "change", "plus");
        return { steps: [clause.draft], sure: clause.sure };
      }
      const bare = kind.split === true ? { ...markup, parts: markup.parts.filter((part) => part.from !== kind.lead) } : markup;
      const adds = hearAdds(bare, facts, kind.split === true);
      return { steps: adds.steps, sure: adds.sure && kind.sure };
    }
    case "move":
    case "change":
    case "delete": {
      if (kind.kind === "delete") {
        const both = twoEntries(markup);
        const pair = both?.map((parts) => hearChange({ ...markup, parts }, facts, "delete"));
        if (pair?.every((each) => each.sure && each.draft.targetProject !== undefined)) return { steps: pair.map((each) => each.draft), sure: kind.sure };
      }
      const clause = hearChange(markup, facts, kind.kind, kind.length, kind.note);
      const all = wantsAll(markup) && clause.draft.targetWhen !== undefined && !clause.draft.project && !clause.draft.hours;
      return { steps: [all ? { ...clause.draft, all: true } : clause.draft], sure: clause.sure && kind.sure && !(kind.kind !== "delete" && wantsAll(markup) && !all) };
    }
    case "copy":
      return one(hearCopy(markup));
    case "start":
      return one(hearTimer(markup, facts, kind));
    case "stop":
      return one(hearStop(markup, facts, kind));
    case "ask":
      return one(hearQuestion(markup, facts, kind));
    default:
      return assertNever(kind.kind);
  }
}

/** Whether the words behind "add 30 min to the …" name an entry of the day they speak of; otherwise a new one is booked. */
function someEntryFits(markup: Markup, facts: Facts, lead: Part): boolean {
  const clause = hearChange(markup, facts, "change", "plus");
  const { targetProject, targetWhen } = clause.draft;
  const says = (words: RegExp): boolean => markup.parts.some((part) => part.from > lead.from && words.test(lowAt(markup.tokens, part.from)));
  // "the acme entry" is one that is there, also when there is none: then that is the answer.
  if (says(/^entry$/)) return true;
  if (!targetProject) return targetWhen !== undefined || says(/^(?:it|that|this|last|latest)$/);
  const ground: Ground = { markup, facts, pins: [], because: new Set() };
  return findTargets(ground, 0, clause.draft).entries.length > 0;
}

/** The sentence without the note that was set apart: what stands in it says nothing about what the sentence wants. */
function beforeNote(markup: Markup): Markup {
  const opens = noteOpener(markup, markup.parts);
  const at = markup.parts.findIndex((part, n) => part.kind === "dash" && opens(n));
  const opener = markup.parts[at];
  return opener ? { ...markup, text: markup.text.slice(0, opener.start), parts: markup.parts.slice(0, at) } : markup;
}

const isTurned = (kind: Kind): boolean => kind.kind === "move" || kind.kind === "change" || kind.kind === "delete" || kind.kind === "copy";
const CONTINUES = /^(?:make|set)$/;

/** Where a sentence goes on with a verb of its own ("… and delete the acme entry"): the tokens at which its later clauses begin. */
function clauseStarts(markup: Markup): readonly number[] {
  const starts: number[] = [];
  let inNote = false;
  const opens = noteOpener(markup, markup.parts);
  for (const [n, part] of markup.parts.entries()) {
    // What stands in a note that was set apart asks for nothing; a new line ends it.
    inNote = (inNote || (part.kind === "dash" && opens(n))) && !(part.kind === "break" && part.hard && part.end === part.start);
    if (part.kind !== "break" || n === 0 || inNote) continue;
    let at = n + 1;
    while (at <= n + 4 && markup.parts[at] && /^(?:then|also|please|and|now|,)$/.test(lowAt(markup.tokens, markup.parts[at]?.from ?? 0))) at += 1;
    const next = markup.parts[at];
    if (!next || (next.kind !== "word" && next.kind !== "filler")) continue;
    const low = lowAt(markup.tokens, next.from);
    const verb = VERBS.get(low);
    const continues = CONTINUES.test(low) && /^(?:it|that|this)$/.test(lowAt(markup.tokens, next.to));
    if ((verb !== undefined && verb !== "ask" && verb !== "other" && low !== "same" && !continues) || /^(?:log|add|book|track|record)$/.test(low)) starts.push(next.from);
  }
  return starts;
}

/** "stop the timer and log 2h acme": clauses that each ask for something of their own. Undefined when the sentence is one clause, or one of them is not understood. */
function hearClauses(markup: Markup, apart: () => Markup, facts: Facts): (Steps & { readonly markup: Markup; readonly lead: number | undefined }) | undefined {
  const starts = clauseStarts(markup);
  if (starts.length === 0) return undefined;
  const slice = (whole: Markup, n: number): Markup => {
    const [from, to] = [n === 0 ? 0 : (starts[n - 1] ?? 0), starts[n] ?? whole.tokens.length];
    const parts = whole.parts.filter((part) => part.from >= from && part.to <= to);
    while (parts.at(-1)?.kind === "break") parts.pop();
    return { ...whole, parts };
  };
  const numbers = [0, ...starts.map((_, n) => n + 1)];
  const kinds = numbers.map((n) => kindOf(beforeNote(slice(markup, n))));
  const whole = kinds.some(isTurned) ? apart() : markup;
  const heard = numbers.map((n) => stepsOf(slice(whole, n), facts, kinds[n] ?? { kind: "none", sure: false }));
  const pointing = (step: IntentStep): boolean => step.targetWhen !== undefined || step.targetProject !== undefined || step.targetHours !== undefined;
  const clear = heard.every(({ steps, sure }, n) => sure && steps.every((step) => step.kind !== "none" && step.kind !== "ask" && (n === 0 || step.kind === "add" || step.kind === "start" || step.kind === "stop" || pointing(step))));
  return clear ? { steps: heard.flatMap((each) => each.steps), sure: true, markup: whole, lead: kinds.find((kind) => kind.lead !== undefined)?.lead } : undefined;
}

/** The user or a model has said what kind of sentence it is: that is no longer open. */
function decidedKind(plain: Kind, wish: "add" | "change" | "nothing" | undefined, told: IntentKind | undefined): Kind {
  if (told !== undefined) return told === plain.kind ? { ...plain, sure: plain.both !== true } : { kind: told, sure: true, lead: plain.lead };
  if (wish === undefined || wish === "nothing" || plain.other !== undefined) return plain;
  return { ...plain, kind: wish === "add" ? "add" : /^(?:move|delete|stop|copy)$/.test(plain.kind) ? plain.kind : "change" };
}

/**
 * Hears what a sentence wants, by rules alone: the kind of each step and the user's own words for each of its parts. `wish` is the user's answer to
 * what should happen; `told` is the kind that a model heard.
 */
export function hear(text: string, facts: Facts, wish?: "add" | "change" | "nothing", told?: IntentKind): Heard {
  const first = markUp(text, facts);
  const back = beforeNote(first) === first ? undefined : takenBack(first);
  const plain: Kind = back ? { kind: "none", sure: true, lead: back } : kindOf(beforeNote(first));
  const apart = (): Markup => markUp(text, facts, true);
  const clauses = wish === undefined && told === undefined ? hearClauses(first, apart, facts) : undefined;
  if (clauses) return { intent: { by: "rules", steps: clauses.steps }, sure: clauses.sure, markup: clauses.markup, lead: clauses.lead };
  const kind = decidedKind(plain, wish, told);
  const lengthens = kind.kind === "add" && addsToEntry(first) !== undefined;
  const markup = isTurned(kind) || lengthens ? apart() : first;
  const { steps, sure } = stepsOf(markup, facts, kind);
  return { intent: { by: "rules", steps }, sure, markup, refusal: kind.other, lead: kind.lead, kindSaid: plain.sure && plain.lead !== undefined };
}
