import type { Clause } from "./hear-add.ts";
import { quoteOf, type Draft } from "./heard.ts";
import { wordsAt } from "./kind-words.ts";
import type { Markup, Part } from "./parts.ts";
import { lowAt } from "./tokens.ts";
import { ENTRY_NOUNS, VERBS } from "./words.ts";

type Side = "old" | "new";

interface State {
  readonly markup: Markup;
  readonly draft: Draft;
  side: Side;
  readonly words: Record<Side, Part[]>;
  sure: boolean;
}

const NEW_WORDS = /^(?:to|onto|into|but|with|except|instead|only|auf|nach)$/;
const IDLE_WORDS = /^(?:same|again|like|last|latest|previous|one|day|exact|exactly|everything|all|whole|do|thing|things|over)$/;

function takeDate(state: State, parts: readonly Part[], n: number): void {
  const { draft, markup } = state;
  const part = parts[n];
  if (!part) return;
  const ahead = /^(?:for|on)$/.test(lowAt(markup.tokens, part.from - 1)) && lowAt(markup.tokens, 0) === "same" && lowAt(markup.tokens, 1) !== "as" && draft.targetWhen === undefined;
  if (ahead && draft.when === undefined) {
    draft.when = quoteOf(part);
    return;
  }
  const behindAs = /^(?:as|like|'s)$/.test(lowAt(markup.tokens, part.from - 1)) || lowAt(markup.tokens, part.to) === "'s";
  const side: Side = behindAs ? "old" : state.side === "old" && draft.targetWhen === undefined && !followsSame(markup, part) ? "old" : "new";
  const field = side === "old" ? "targetWhen" : "when";
  const known = draft[field];
  // "to Wednesday and Thursday": days side by side are one list.
  if (known !== undefined && parts.slice(0, n).findLast((each) => each.kind !== "break" && each.kind !== "filler")?.end === known.end) draft[field] = { start: known.start, end: part.end };
  else if (known === undefined) draft[field] = quoteOf(part);
  else state.sure = false;
}

/** "today the same as Monday": a day in front of "same" is where the copy goes. */
function followsSame(markup: Markup, part: Part): boolean {
  return markup.tokens.some((token, i) => i >= part.to && token.low === "same" && (wordsAt(markup.tokens, i, "same as") || wordsAt(markup.tokens, i, "same again")));
}

function takePart(state: State, parts: readonly Part[], n: number): void {
  const part = parts[n];
  if (!part) return;
  const { markup, draft } = state;
  const low = lowAt(markup.tokens, part.from);
  switch (part.kind) {
    case "date":
      takeDate(state, parts, n);
      return;
    case "hours":
    case "number": {
      const field = part.kind === "hours" && (ENTRY_NOUNS.has(lowAt(markup.tokens, part.to)) || lowAt(markup.tokens, part.to) === "of") ? "targetHours" : "hours";
      if (draft[field] === undefined) draft[field] = quoteOf(part);
      else state.sure = false;
      return;
    }
    case "pause":
    case "clock":
      state.sure = false;
      return;
    case "quoted":
      draft.note = { start: part.start + 1, end: part.end - 1 };
      return;
    case "break":
    case "mark":
    case "whose":
    case "dash":
      return;
    case "project":
    case "shortcut":
      state.words[state.side].push(part);
      return;
    case "word":
    case "filler":
    case "turning":
      if (NEW_WORDS.test(low)) state.side = "new";
      else if (part.kind === "turning") state.sure = false;
      else if (part.kind === "word" && !ENTRY_NOUNS.has(low) && !VERBS.has(low) && !IDLE_WORDS.test(low)) state.words[state.side].push(part);
  }
}

/** Words of one side as one run; a value between them means that the rules have lost the thread. */
function runOf(state: State, parts: readonly Part[], side: Side): Part | undefined {
  const [first, last] = [state.words[side][0], state.words[side].at(-1)];
  if (!first || !last) return undefined;
  if (parts.slice(parts.indexOf(first), parts.indexOf(last) + 1).some((part) => part.kind === "date" || part.kind === "hours")) state.sure = false;
  return { ...first, to: last.to, end: last.end };
}

/** Reads "copy Monday to Wednesday", "same as yesterday but 3h": which entries are meant, the day they go to, and what is different this time. */
export function hearCopy(markup: Markup): Clause {
  const state: State = { markup, draft: { kind: "copy" }, side: "old", words: { old: [], new: [] }, sure: true };
  for (let n = 0; n < markup.parts.length; n += 1) takePart(state, markup.parts, n);
  const [old, fresh] = [runOf(state, markup.parts, "old"), runOf(state, markup.parts, "new")];
  if (old) state.draft.targetProject = quoteOf(old);
  if (fresh) state.draft.project = quoteOf(fresh);
  return { draft: state.draft, sure: state.sure };
}
