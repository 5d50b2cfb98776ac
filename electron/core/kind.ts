import type { IntentKind } from "./intent.ts";
import type { Markup, Part } from "./parts.ts";
import { lowAt, type Token } from "./tokens.ts";
import { CHATTER, DENIALS, ENTRY_NOUNS, HEDGES, OTHER_PEOPLE, VERBS, WORKED_WORDS } from "./words.ts";

/**
 * What kind of sentence it is. `sure: false`: more than one kind is possible, the model is asked. `other`: somebody else's hours, or
 * something that Stint does not do. `lead` is the part that decided it, so that it is marked as the operation.
 */
export interface Kind {
  readonly kind: IntentKind;
  readonly sure: boolean;
  readonly other?: string | undefined;
  readonly lead?: number | undefined;
  /** A length that is added to an entry or taken off it. */
  readonly length?: "plus" | "minus" | undefined;
  /** Parts of one length for several projects. */
  readonly split?: boolean | undefined;
}

const POLITE: ReadonlySet<string> = new Set([
  "please", "pls", "plz", "can", "could", "you", "would", "i", "i'd", "like", "want", "need", "to", "let's", "let", "us", "me", "just", "also", "so", "ok", "okay", "hey", "hi", "and", "now", "well", "will", "i'll", "stint", "my", "the", "a", "an", "'s",
]);

const SPLIT = new Map<string, readonly string[]>();

/** Whether the words stand at token `i`, in order. */
export function wordsAt(tokens: readonly Token[], i: number, words: string): boolean {
  const list = SPLIT.get(words) ?? words.split(" ");
  SPLIT.set(words, list);
  return list.every((word, n) => lowAt(tokens, i + n) === word);
}

/** Ways in which people take back what they said, wherever they stand. */
const CORRECTIONS = [
  "should have been", "should've been", "should be", "shouldve been", "supposed to be", "meant to be", "instead of", "instead", "i meant", "was wrong", "wrong day", "wrong date", "wrong project", "wrong task", "wrong client", "was only", "were only",
  "belongs on", "belongs to", "belong to", "make it", "make that", "was actually", "were actually", "rather than",
];

const FREE: ReadonlySet<Part["kind"]> = new Set(["filler", "turning", "word", "whose", "break"]);

/** The first word that is more than politeness, if it stands before every value of the sentence. */
function leadPart(markup: Markup): Part | undefined {
  for (const part of markup.parts) {
    if (part.kind === "mark" || part.kind === "dash") continue;
    if (!FREE.has(part.kind)) return undefined;
    if (!POLITE.has(lowAt(markup.tokens, part.from))) return part;
  }
  return undefined;
}

const has = (markup: Markup, kind: Part["kind"]): boolean => markup.parts.some((part) => part.kind === kind);
const result = (kind: IntentKind, lead?: Part, sure = true): Kind => ({ kind, sure, lead: lead?.from });

/** Free tokens of the sentence: words that are no value, no name and not quoted. */
function freeWords(markup: Markup): readonly { readonly at: number; readonly low: string }[] {
  return markup.parts.filter((part) => FREE.has(part.kind)).map((part) => ({ at: part.from, low: lowAt(markup.tokens, part.from) }));
}

/** "Sam did 3h", "she worked 2h": hours that belong to somebody else. */
function someoneElse(markup: Markup): boolean {
  const words = markup.parts.filter((part) => part.kind !== "mark");
  return words.some((part, n) => {
    const low = lowAt(markup.tokens, part.from);
    const next = words[n + 1];
    if (!next || !WORKED_WORDS.has(lowAt(markup.tokens, next.from))) return false;
    if (OTHER_PEOPLE.has(low) && low !== "we") return n === 0 || low !== "who";
    // A name opens its clause and is written large; "worked" behind a project name is the user's own.
    const opens = n === 0 || words[n - 1]?.kind === "break";
    return opens && part.kind === "word" && /^\p{Lu}/u.test(markup.tokens[part.from]?.text ?? "");
  });
}

/** "start the timer", "begin tracking acme", "I'm starting acme": the lead word and what follows must speak of beginning now. */
function verbKind(markup: Markup, lead: Part, low: string): Kind | undefined {
  const { tokens } = markup;
  const verb = VERBS.get(low);
  if (low === "get" && wordsAt(tokens, lead.from, "get rid of")) return result("delete", lead);
  if (low === "take" && wordsAt(tokens, lead.from, "take off")) return result("delete", lead);
  if (/^(?:take|knock|shave|cut)$/.test(low) && has(markup, "hours") && freeWords(markup).some((word) => word.low === "off" || word.low === "from")) return { ...result("change", lead), length: "minus" };
  if (low === "clock" && wordsAt(tokens, lead.from, "clock out")) return result("stop", lead);
  if ((low === "i'm" || low === "im") && /^(?:done|finished)$/.test(lowAt(tokens, lead.from + 1))) return result("stop", lead);
  if (low === "i'm" && lowAt(tokens, lead.from + 1) === "starting") return result("start", lead);
  if (low === "am" && wordsAt(tokens, lead.from, "am now working on")) return result("start", lead);
  if (low === "is" && /\btimer\b|\brunning\b/.test(markup.text.toLowerCase())) return result("ask", lead);
  if (/^(?:did|do|have|was|am|does)$/.test(low) && lowAt(tokens, lead.from + 1) === "i") return result("ask", lead);
  if (low === "total" && lead.from === 0 && !has(markup, "hours")) return result("ask", lead);
  if (verb === undefined) return undefined;
  if (verb === "lengthen" || verb === "shorten") return resized(markup, lead, verb);
  if (verb === "switch") return result(isTimerSwitch(markup, lead) ? "start" : "change", lead);
  if (verb === "split") return { ...result("add", lead, has(markup, "hours") && !freeWords(markup).some((word) => ENTRY_NOUNS.has(word.low))), split: true };
  if (verb === "copy") return result("copy", lead);
  if (verb === "other") return { kind: "none", sure: true, other: "Stint books, changes and counts time entries; it does not do that.", lead: lead.from };
  if (verb === "ask" && !has(markup, "date") && !has(markup, "project") && !/\b(?:hours?|log|logged|track|tracked|time|book|booked|spend|spent|did i|worked|total|entries|timer|running|week|today)\b/i.test(markup.text)) return { kind: "none", sure: true, lead: lead.from };
  if (verb === "start" && has(markup, "hours")) return result("start", lead, false);
  if (verb === "ask" && has(markup, "hours") && low !== "how") return result("ask", lead, false);
  return result(verb, lead);
}

/** "extend the standup by 30 min" adds, "extend it to 2h" says what it becomes. */
function resized(markup: Markup, lead: Part, verb: "lengthen" | "shorten"): Kind {
  const said = markup.parts.find((part) => part.kind === "hours");
  const becomes = said !== undefined && lowAt(markup.tokens, said.from - 1) === "to";
  return { ...result("change", lead, said !== undefined), ...(becomes ? {} : { length: verb === "lengthen" ? ("plus" as const) : ("minus" as const) }) };
}

/** "switch to acme", "switch the timer to acme": the timer; with a day, a length or an entry it is a change. */
function isTimerSwitch(markup: Markup, lead: Part): boolean {
  if (has(markup, "date") || has(markup, "hours") || has(markup, "whose")) return false;
  let at = lead.from + 1;
  while (/^(?:the|my|over|timer|clock)$/.test(lowAt(markup.tokens, at))) at += 1;
  return /^(?:to|onto)$/.test(lowAt(markup.tokens, at));
}

/** "add 30 min to the standup": a length for an entry that is there, not a new one. Whether one fits is the caller's to know. */
export function addsToEntry(markup: Markup): Part | undefined {
  const { parts, tokens } = markup;
  const lead = leadPart(markup);
  const at = parts.findIndex((part) => part.kind === "hours");
  if (!lead || at < 0 || !/^(?:add|put|tack|append)$/.test(lowAt(tokens, lead.from))) return undefined;
  let n = at + 1;
  while (parts[n] && /^(?:more|extra|another)$/.test(lowAt(tokens, parts[n]?.from ?? -1))) n += 1;
  if (!/^(?:to|onto)$/.test(lowAt(tokens, parts[n]?.from ?? -1))) return undefined;
  const pointed = parts.slice(n + 1, n + 4).some((part) => part.kind === "whose" || /^(?:the|my|that|this|it|last|latest|previous)$/.test(lowAt(tokens, part.from)));
  return pointed ? lead : undefined;
}

const ABOUT_THE_ACCOUNT = /^(?:password|settings|account|user|users|person|client|task|team|budget|rate|invoice)$/;

function notABooking(markup: Markup, lead: Part | undefined): Kind | undefined {
  const { tokens } = markup;
  const free = freeWords(markup);
  const verb = lead ? lowAt(tokens, lead.from) : "";
  const changesAccount = /^(?:change|add|new|rename|set|make)$/.test(verb) && !has(markup, "date") && !has(markup, "hours") && !has(markup, "project") && free.some((word) => ABOUT_THE_ACCOUNT.test(word.low)) && !free.some((word) => /^(?:to|it|that|entry)$/.test(word.low));
  if (changesAccount) return { kind: "none", sure: true, other: "Stint books, changes and counts time entries; it does not do that.", lead: lead?.from };
  const first = free.find((word) => !POLITE.has(word.low) || word.low === "i");
  const denied = free.find((word) => DENIALS.has(word.low) || (word.low === "do" && lowAt(tokens, word.at + 1) === "not"));
  if (denied && first && (denied.at <= 2 || denied.low === "never")) return { kind: "none", sure: denied.low !== "not" && !/\b(?:delete|remove|take|move|change|it)\b/i.test(markup.text.slice(tokens[denied.at]?.end ?? 0)), lead: denied.at };
  if (free.some((word) => HEDGES.has(word.low))) return { kind: "none", sure: false, lead: undefined };
  // "we did 3h", "sam did 3h": it may be somebody else's time.
  const opener = free[0];
  if (opener && !VERBS.has(opener.low) && (opener.low === "we" || markup.parts.some((part) => part.from === opener.at && part.kind === "word")) && WORKED_WORDS.has(lowAt(tokens, opener.at + 1)) && !/^\p{Lu}/u.test(tokens[opener.at]?.text ?? "") && opener.at === 0) return { kind: "none", sure: false };
  if (someoneElse(markup)) return { kind: "none", sure: true, other: "Stint books only your own time." };
  return undefined;
}

/** Decides what a sentence wants, by its first telling word and by words of correction anywhere. */
export function kindOf(markup: Markup): Kind {
  const { tokens } = markup;
  const lead = leadPart(markup);
  const low = lead ? lowAt(tokens, lead.from) : "";
  const no = notABooking(markup, lead);
  if (no) return no;
  const valued = has(markup, "hours") || has(markup, "number");
  const free = freeWords(markup);
  const longer = free.find((word) => word.low === "longer" || word.low === "shorter");
  if (longer && has(markup, "hours")) return { ...result("change", markup.parts.find((part) => part.from === longer.at)), length: longer.low === "longer" ? "plus" : "minus" };
  const verb = lead && verbKind(markup, lead, low);
  if (verb) return verb;
  const later = free.find((word, n) => n > 0 && VERBS.get(word.low) === "delete" && /^(?:it|that|this|entry)$/.test(lowAt(tokens, word.at + 1)));
  if (later || markup.text.toLowerCase().includes("take it off")) return { kind: "delete", sure: later !== undefined && !valued, lead: later?.at };
  const again = free.find((word) => ["same as", "the same", "same again", "exact same"].some((phrase) => wordsAt(tokens, word.at, phrase)));
  if (again) return result("copy", markup.parts.find((part) => part.from === again.at), !(valued && has(markup, "project")));
  const correction = free.find((word) => CORRECTIONS.some((phrase) => wordsAt(tokens, word.at, phrase)));
  const opening = /^(?:no|nope|actually|sorry|oops|correction)$/.test(low) || ((low === "it" || low === "that") && /^(?:was|is|were)$/.test(lowAt(tokens, (lead?.from ?? 0) + 1)));
  const whoseWas = markup.parts.some((part) => part.kind === "whose") && free.some((word) => word.low === "were" || word.low === "was");
  if (correction || opening || whoseWas) {
    // "Actually 2h acme website yesterday" may be a new entry as well as a correction.
    const whole = valued && has(markup, "project") && has(markup, "date") && !(lead && VERBS.has(low)) && !correction;
    return { kind: "change", sure: !whole, lead: correction?.at ?? lead?.from };
  }
  if (valued || has(markup, "project") || has(markup, "shortcut")) {
    // "add 2h to yesterday's entry" makes an entry longer, "copy yesterday's entry" takes one as a pattern: no plain booking.
    const existing = free.some((word) => /^(?:entry|entries)$/.test(word.low)) || (lead !== undefined && /^(?:round|swap|merge)$/.test(low));
    return result("add", undefined, !existing);
  }
  if (has(markup, "date") && free.every((word) => POLITE.has(word.low))) return result("add", undefined);
  if (has(markup, "date") && free.some((word) => /^(?:log|add|book|worked|spent)$/.test(word.low))) return result("add", undefined);
  const talk = free.length > 0 && free.every((word) => CHATTER.has(word.low) || POLITE.has(word.low));
  return { kind: "none", sure: talk || (!has(markup, "date") && free.length <= 1) || (!has(markup, "date") && !/\b(?:log|add|book|worked|spent|entry|timer|hours?)\b/i.test(markup.text)), lead: undefined };
}
