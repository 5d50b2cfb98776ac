import type { Facts } from "./facts.ts";
import type { Clause } from "./hear-add.ts";
import { partWords, quoteOf, type Draft } from "./heard.ts";
import type { IntentKind, IntentStep } from "./intent.ts";
import { wordsAt } from "./kind-words.ts";
import type { Markup, Part } from "./parts.ts";
import { namedTasks } from "./projects.ts";
import { lowAt } from "./tokens.ts";
import { ENTRY_NOUNS, FILLER_WORDS, VERBS } from "./words.ts";

/** Which side a value is on: the entry that is there now, or what it becomes. */
type Side = "old" | "new";

interface Cue {
  readonly words: string;
  /** The side that begins here; `next` only turns the value that follows. */
  readonly side?: Side | undefined;
  readonly next?: Side | undefined;
}

/** Words that turn from the entry that is meant to what it becomes, or back; the longest first. */
const CUES: readonly Cue[] = [
  ...["should have been", "should've been", "shouldve been", "supposed to be", "meant to be", "was actually", "were actually", "was only", "were only", "was really", "make it", "make that", "make this", "should be", "belongs on", "belongs to", "i meant", "it was", "that was", "set it to", "change it to"].map((words) => ({ words, side: "new" as const })),
  ...["instead of", "rather than", "not"].map((words) => ({ words, next: "old" as const })),
  ...["wrong day", "wrong date", "wrong project", "wrong task", "wrong client", "wrong hours", "wrong"].map((words) => ({ words })),
  { words: "from", next: "old" }, { words: "off", next: "old" },
  ...["to", "into", "onto", "were", "was", "is", "use", "meant", "actually", "belongs", "becomes", "with"].map((words) => ({ words, side: "new" as const })),
  ...["instead", "rather", "more", "less", "double", "halve", "half", "no", "nope", "sorry", "oops", "correction", "get rid of", "throw out", "throw away", "take it off", "last one", "last entry", "last time", "please", "really", "just", "only", "should"].map((words) => ({ words })),
];

const cueAt = (markup: Markup, at: number): Cue | undefined => CUES.find((cue) => wordsAt(markup.tokens, at, cue.words));

interface State {
  readonly markup: Markup;
  readonly kind: IntentKind;
  readonly draft: Draft;
  side: Side;
  next?: Side | undefined;
  /** Words seen on each side that may say which project, task or note. */
  readonly words: { readonly old: Part[]; readonly new: Part[] };
  note: boolean;
  /** The length is added to the entry or taken off it: everything else says which entry. */
  readonly resize?: IntentStep["length"];
  sure: boolean;
}

/** A length on the old side is what the entry becomes ("make thursday's entry 45m") unless words tie it to the entry ("the 2h entry", "2h of acme"). */
function hoursSide(state: State, part: Part): Side {
  const { markup, kind } = state;
  if (state.resize) return "new";
  if (state.side === "new" || kind === "delete" || kind === "move") return state.side;
  const [before, after] = [lowAt(markup.tokens, part.from - 1), lowAt(markup.tokens, part.to)];
  const tied = before === "the" || before === "my" || before === "'s" || after === "of" || after === "from" || (ENTRY_NOUNS.has(after) && after !== "time");
  return tied ? "old" : "new";
}

function takeValue(state: State, part: Part): void {
  const { draft, markup } = state;
  const whose = lowAt(markup.tokens, part.to) === "'s";
  // "not today, monday": the denied day names no entry.
  if (state.next === "old" && lowAt(markup.tokens, 0) === "not") {
    draft.denied = quoteOf(part);
    state.next = undefined;
    return;
  }
  let side = state.next ?? (part.kind === "date" ? state.side : hoursSide(state, part));
  if (state.kind === "delete") side = "old";
  else if (part.kind === "date" && isStepOfDays(markup, part)) side = "new";
  else if (whose) side = "old";
  else if (part.kind === "date" && side === "old" && draft.targetWhen !== undefined && draft.when === undefined && state.next === undefined) side = "new";
  state.next = undefined;
  const field = part.kind === "date" ? (side === "old" ? "targetWhen" : "when") : side === "old" ? "targetHours" : "hours";
  if (draft[field] !== undefined) state.sure = false;
  else draft[field] = quoteOf(part);
}

/** "change the note to …", "rename … to …": everything behind the turn is the new note. */
function takeNote(state: State, parts: readonly Part[], n: number): boolean {
  const low = lowAt(state.markup.tokens, parts[n]?.from ?? 0);
  const says = low === "to" || low === "as" || low === ":" || ((low === "should" || low === "is") && state.note);
  if (!state.note || !says) return false;
  let from = n + 1;
  while (low === "should" && /^(?:be|say|read)$/.test(lowAt(state.markup.tokens, parts[from]?.from ?? -1))) from += 1;
  const rest = parts.slice(from).filter((part) => part.end > part.start);
  const [first, last] = [rest[0], rest.at(-1)];
  if (!first || !last) return false;
  state.draft.note = rest.length === 1 && first.kind === "quoted" ? { start: first.start + 1, end: first.end - 1 } : quoteOf(first, last);
  return true;
}

function takePart(state: State, parts: readonly Part[], n: number): number {
  const part = parts[n];
  if (!part) return n + 1;
  const { markup } = state;
  switch (part.kind) {
    case "date":
    case "hours":
      takeValue(state, part);
      return n + 1;
    case "quoted":
      // Quoted words say which entry when nothing new can be a note.
      if (state.kind === "delete" || state.kind === "move") {
        state.draft.targetProject = { start: part.start + 1, end: part.end - 1 };
        return n + 1;
      }
      if (state.draft.note !== undefined) state.sure = false;
      state.draft.note = { start: part.start + 1, end: part.end - 1 };
      return n + 1;
    case "number":
      if (state.kind === "change" && state.side === "new" && state.draft.hours === undefined) state.draft.hours = quoteOf(part);
      else state.sure = false;
      return n + 1;
    case "pause":
    case "clock":
      state.sure = false;
      return n + 1;
    case "break":
    case "mark":
    case "whose":
      return n + 1;
    case "dash":
      if (lowAt(markup.tokens, part.from) === "(" || lowAt(markup.tokens, part.from) === "[") state.sure = false;
      return n + 1;
    case "project":
    case "shortcut":
    case "word":
    case "filler":
    case "turning":
      return takeWord(state, parts, n);
  }
}

function takeWord(state: State, parts: readonly Part[], n: number): number {
  const part = parts[n];
  const { markup } = state;
  if (!part) return n + 1;
  const low = lowAt(markup.tokens, part.from);
  if (/^(?:note|notes|description|comment)$/.test(low) && part.kind !== "project") {
    state.note = true;
    return n + 1;
  }
  if (part.kind !== "project" && part.kind !== "shortcut") {
    const cue = cueAt(markup, part.from);
    if (cue) {
      state.side = state.kind === "delete" || state.resize ? "old" : (cue.side ?? state.side);
      state.next = cue.next;
      const end = part.from + cue.words.split(" ").length;
      let next = n + 1;
      while (parts[next] && (parts[next]?.from ?? 0) < end) next += 1;
      return next;
    }
    if (part.kind === "turning") state.sure = false;
    if (part.kind !== "word" || ENTRY_NOUNS.has(low) || (VERBS.has(low) && VERBS.get(low) !== "other" && n < 8) || /^(?:put|take|get|wrong|everything|all|last|latest|previous|my|day|one|task|project|client|rid|working|back|both|goes|go|add|more|extra|another|longer|shorter|by|knock|shave|cut|take)$/.test(low)) return n + 1;
  }
  const side = state.kind === "delete" ? "old" : (state.next ?? state.side);
  // "was design, not development": what it is not only repeats the entry that is already named.
  if (state.next === "old" && state.kind === "change" && state.side === "new" && (state.words.old.length > 0 || /^(?:it|that|this)$/.test(lowAt(markup.tokens, 0)))) state.draft.denied = quoteOf(part);
  else state.words[side].push(part);
  if (parts[n + 1]?.kind !== "word" && parts[n + 1]?.kind !== "project") state.next = undefined;
  return n + 1;
}

/** The words of one side as one run of the sentence; other values in between mean that the rules have lost the thread. */
function runOf(state: State, parts: readonly Part[], words: readonly Part[]): Part | undefined {
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return undefined;
  const inside = parts.slice(parts.indexOf(first), parts.indexOf(last) + 1);
  if (inside.some((part) => part.kind === "date" || part.kind === "hours")) state.sure = false;
  return { ...first, to: last.to, end: last.end };
}

/** Reads a sentence that changes, moves or deletes an entry: which words say what entry it is, and which what it becomes. */
export function hearChange(markup: Markup, facts: Facts, kind: "change" | "move" | "delete", resize?: IntentStep["length"], wish?: "set" | "clear"): Clause {
  const { parts } = markup;
  const opening = parts.find((part) => part.kind !== "filler" && part.kind !== "mark");
  const correcting = opening !== undefined && /^(?:actually|no|not|rather|nope|sorry|oops|correction)$/.test(lowAt(markup.tokens, opening.from));
  const state: State = { markup, kind, draft: { kind, ...(resize ? { length: resize } : {}) }, resize, side: correcting && kind === "change" && !resize ? "new" : "old", words: { old: [], new: [] }, note: false, sure: true };
  for (let n = 0; n < parts.length; ) {
    if (state.draft.note === undefined && takeNote(state, parts, n)) break;
    n = takePart(state, parts, n);
  }
  const { draft } = state;
  const [firstOld, lastOld] = [state.words.old[0], state.words.old.at(-1)];
  // "add the note header": what follows is the note, wherever an entry is not named.
  const noted = wish === "set" && draft.note === undefined && draft.targetWhen === undefined && firstOld !== undefined && lastOld !== undefined;
  if (noted) draft.note = quoteOf(firstOld, lastOld);
  const named = noted ? [] : wish === "clear" ? [...state.words.old, ...state.words.new] : state.words.old;
  // "northwind instead", "wrong project, northwind": the only name is what it becomes.
  const only = kind === "change" && !resize && state.words.new.length === 0 && named.length > 0 && !noted && wish === undefined && !draft.when && !draft.hours && !draft.targetWhen && !draft.targetHours && markup.tokens.some((token) => token.low === "instead" || token.low === "wrong");
  if (only) state.words.new.push(...named);
  const old = only ? undefined : runOf(state, parts, named);
  if (old && draft.targetProject === undefined) draft.targetProject = quoteOf(old);
  if (wish === "clear") draft.noNote = true;
  const fresh = wish === "clear" ? undefined : runOf(state, parts, state.words.new);
  if (fresh) draft[isTask(state, facts, fresh) ? "task" : "project"] = quoteOf(fresh);
  if (kind === "delete" && fresh) state.sure = false;
  const counted = draft.when && parts.find((part) => part.start === draft.when?.start);
  if (counted && isStepOfDays(markup, counted)) draft.relative = true;
  const nothingNew = kind !== "delete" && !draft.when && !draft.hours && !draft.project && !draft.task && !draft.note && !draft.noNote && !(resize === "double" || resize === "half");
  return { draft, sure: state.sure && !(nothingNew && (kind === "change" || kind === "move") && draft.targetProject === undefined && draft.targetWhen === undefined) };
}

/** "one day back", "two days later": counted from the entry's own day. "3 days ago" is counted from today. */
const isStepOfDays = (markup: Markup, part: Part): boolean => /^(?:back|earlier|later|forward|forwards)$/.test(lowAt(markup.tokens, part.to - 1));

/** Whether the new words name a task and no project: "should have been Development", "change the task to QA". */
function isTask(state: State, facts: Facts, run: Part): boolean {
  const words = partWords(state.markup, run).filter((word) => !FILLER_WORDS.has(word));
  const named = state.words.new.some((part) => part.kind === "project");
  const said = lowAt(state.markup.tokens, run.to) === "task" || /\btask\b/.test(state.markup.text.slice(0, run.start).toLowerCase());
  const tasks = namedTasks(facts.index.tasks, words).length > 0;
  return tasks && (said || !named);
}
