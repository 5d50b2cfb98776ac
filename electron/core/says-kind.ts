import type { IntentKind, IntentStep } from "./intent.ts";
import type { Markup } from "./parts.ts";
import { lowAt } from "./tokens.ts";
import { TURNING_WORDS, VERBS, type Verb } from "./words.ts";

/*
 * Two-way grounding of the operation itself: a model may hear a deletion, a change or a question only where a word of the sentence says one.
 * The rules do not need this, for they begin with such a word.
 */

/** Words that say a step, beside its verbs. */
const SAYS: Readonly<Partial<Record<IntentKind, RegExp>>> = {
  delete: /^(?:rid|off|gone|go|never|away|out|without|weg|raus)$/,
  copy: /^(?:same|again|once|also|too|like|repeat|nochmal|wieder|wie)$/,
  stop: /^(?:stopped|over|out|break|enough|fertig|schluss)$/,
  start: /^(?:now|timer|clock|tracking|jetzt)$/,
  change: /^(?:was|were|is|are|be|made|really|fact|note|comment|description|meant|mean|no|more|longer|shorter|round|rounded|only|just|took|belongs?|call|say|says|read|to|war|waren|eigentlich|mehr|weniger|auf|zu)$/,
  move: /^(?:was|were|is|be|made|really|fact|day|earlier|later|belongs?|goes|back|forwards?|put|to|on|onto|auf|war)$/,
  ask: /^(?:did|didn't|does|doesn't|am|is|isn't|have|haven't|was|wasn't|were|weren't|total|sum|many|much|far|often|report|wie|wann|welche|summe)$/,
};

/** Verbs that also say a step of another name. */
const ALSO: Readonly<Partial<Record<IntentKind, readonly Verb[]>>> = {
  change: ["change", "move", "switch", "lengthen", "shorten", "double", "halve"],
  move: ["move", "change", "switch"],
};

/** Whether any word of the sentence asks for such a step: what changes or answers something stands on a word that says so. */
export function saysKind(markup: Markup, kind: IntentKind): boolean {
  const words = SAYS[kind];
  if (words === undefined) return true;
  const verbs: readonly (Verb | undefined)[] = ALSO[kind] ?? [kind as Verb];
  const correcting = kind === "change" || kind === "move";
  if (kind === "ask" && markup.text.trimEnd().endsWith("?")) return true;
  return markup.tokens.some(({ low }) => verbs.includes(VERBS.get(low)) || words.test(low) || (correcting && TURNING_WORDS.has(low)));
}

/** Whether a sentence ends as a question does, or begins with a word that asks. */
export function opensQuestion({ text, tokens }: Markup): boolean {
  const low = lowAt(tokens, 0);
  return text.trimEnd().endsWith("?") || VERBS.get(low) === "ask" || /^(?:did|do|does|am|is|are|have|has|was|were|total|sum|wie|wann|welche)$/.test(low);
}

const POINTS = /^(?:it|that|this|last|latest|previous|entry|one|das|letzte[nrs]?)$/;
const NOTE_WORDS = /^(?:note|notes|comment|description|call|rename|say|says|read|reads|text|notiz|kommentar)$/;

/**
 * Whether a model's change stands on the words: without words for an entry one must be pointed at ("that", "the last one") or corrected;
 * a note is only overwritten where a note is spoken of or quoted.
 */
export function saysChange(markup: Markup, step: IntentStep): boolean {
  if (step.kind !== "change" && step.kind !== "move") return true;
  const low = (test: (word: string) => boolean): boolean => markup.tokens.some((_, i) => test(lowAt(markup.tokens, i)));
  const named = step.targetWhen ?? step.targetHours ?? step.targetProject;
  if (!named && !low((word) => POINTS.test(word) || TURNING_WORDS.has(word) || /^(?:no|more|less|longer|shorter)$/.test(word))) return false;
  return !step.note || low((word) => NOTE_WORDS.test(word)) || markup.parts.some((part) => part.kind === "quoted");
}

/** Whether anything of the sentence was read that a step could stand on: a value, a name, or a verb of that kind. */
export function isAboutTime(markup: Markup, steps: readonly IntentStep[]): boolean {
  const valued = markup.parts.some((part) => /^(?:date|hours|number|clock|project|shortcut)$/.test(part.kind));
  return valued || markup.tokens.some(({ low }) => steps.some((step) => VERBS.get(low) === step.kind));
}
