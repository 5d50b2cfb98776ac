import type { IntentKind } from "./intent.ts";
import { NOT_DONE, notABooking } from "./kind-none.ts";
import { freeWords, has, isFree, POLITE, wordsAt } from "./kind-words.ts";
import type { Markup, Part } from "./parts.ts";
import { lowAt } from "./tokens.ts";
import { CHATTER, ENTRY_NOUNS, VERBS } from "./words.ts";

/**
 * What kind of sentence it is. `sure: false`: more than one kind is possible, the model is asked. `other`: somebody else's hours, or
 * something that Stint does not do. `lead` is the part that decided it, so that it is marked as the operation.
 */
export interface Kind {
  readonly kind: IntentKind;
  readonly sure: boolean;
  readonly other?: string | undefined;
  /** The words fit two kinds: that is for the user to say, not for a model. */
  readonly both?: boolean | undefined;
  readonly lead?: number | undefined;
  /** A length that is added to an entry or taken off it; or the entry doubled or halved. */
  readonly length?: "plus" | "minus" | "double" | "half" | undefined;
  /** Parts of one length for several projects. */
  readonly split?: boolean | undefined;
  /** The note is what changes: set to new words, or (`clear`) taken away. */
  readonly note?: "set" | "clear" | undefined;
}

/** Ways in which people take back what they said, wherever they stand. */
const CORRECTIONS = [
  "should have been", "should've been", "should be", "shouldve been", "supposed to be", "meant to be", "instead of", "instead", "i meant", "was wrong", "wrong day", "wrong date", "wrong project", "wrong task", "wrong client", "was only", "were only",
  "belongs on", "belongs to", "belong to", "goes to", "goes on", "should read", "should say", "make it", "make that", "was actually", "were actually", "rather than",
];

/** The first word that is more than politeness, if it stands before every value of the sentence. */
function leadPart(markup: Markup): Part | undefined {
  for (const part of markup.parts) {
    if (part.kind === "mark" || part.kind === "dash") continue;
    if (!isFree(part)) return undefined;
    if (!POLITE.has(lowAt(markup.tokens, part.from))) return part;
  }
  return undefined;
}

const result = (kind: IntentKind, lead?: Part, sure = true): Kind => ({ kind, sure, lead: lead?.from });

/** "start the timer", "begin tracking acme", "I'm starting acme": the lead word and what follows must speak of beginning now. */
function verbKind(markup: Markup, lead: Part, low: string): Kind | undefined {
  const { tokens } = markup;
  const verb = VERBS.get(low);
  if (low === "get" && wordsAt(tokens, lead.from, "get rid of")) return result("delete", lead);
  if (["take off", "throw out", "throw away"].some((words) => wordsAt(tokens, lead.from, words))) return result("delete", lead);
  const then = low === "actually" ? VERBS.get(lowAt(tokens, lead.from + 1)) : undefined;
  if ((then === "start" || then === "stop" || then === "delete" || then === "move" || then === "copy") && !has(markup, "hours")) return result(then, markup.parts.find((part) => part.from === lead.from + 1));
  if (/^(?:take|knock|shave|cut)$/.test(low) && has(markup, "hours") && freeWords(markup).some((word) => word.low === "off" || word.low === "from")) return { ...result("change", lead), length: "minus" };
  if (low === "clock" && (wordsAt(tokens, lead.from, "clock in") || wordsAt(tokens, lead.from, "clock me in"))) return result("start", lead);
  if (low === "clock" && wordsAt(tokens, lead.from, "clock out")) return result("stop", lead);
  if ((low === "i'm" || low === "im") && /^(?:done|finished)$/.test(lowAt(tokens, lead.from + 1))) return result("stop", lead);
  if (low === "i'm" && lowAt(tokens, lead.from + 1) === "starting") return result("start", lead);
  if (low === "am" && wordsAt(tokens, lead.from, "am now working on")) return result("start", lead);
  if (/^(?:is|are)$/.test(low) && lowAt(tokens, lead.from + 1) === "there" && !has(markup, "hours") && (has(markup, "date") || has(markup, "project"))) return result("ask", lead);
  if (low === "is" && /\btimer\b|\brunning\b/.test(markup.text.toLowerCase())) return result("ask", lead);
  if (/^(?:did|do|have|was|am|does)$/.test(low) && lowAt(tokens, lead.from + 1) === "i") return result("ask", lead);
  if (low === "timer" && !has(markup, "hours") && (has(markup, "project") || has(markup, "shortcut"))) return result("start", lead);
  if (/^(?:restore|undelete|recover)$/.test(low)) return { kind: "none", sure: true, other: TAKE_BACK, lead: lead.from };
  if (low === "undo" && freeWords(markup).length <= 3) return { kind: "none", sure: true, other: TAKE_BACK, lead: lead.from };
  if (low === "total" && lead.from === 0 && !has(markup, "hours")) return result("ask", lead);
  if (verb === undefined) return undefined;
  if (verb === "lengthen" || verb === "shorten") return resized(markup, lead, verb);
  if (verb === "switch") return result(isTimerSwitch(markup, lead) ? "start" : "change", lead);
  if (verb === "split") return { ...result("add", lead, (has(markup, "hours") || markup.parts.filter((part) => part.kind === "project" || part.kind === "shortcut").length > 1) && !freeWords(markup).some((word) => ENTRY_NOUNS.has(word.low))), split: true };
  if (verb === "copy" && lowAt(tokens, lead.from + 1) === "me") return { kind: "none", sure: true, other: NOT_DONE, lead: lead.from };
  if (verb === "copy") return result("copy", lead);
  if (verb === "double" || verb === "halve") return { ...result("change", lead), length: verb === "double" ? "double" : "half" };
  if (verb === "delete" && markup.parts.some((part) => part.kind === "hours" && lowAt(tokens, part.from - 1) === "to")) return result("change", lead);
  if (verb === "delete" && clearsNote(markup, lead)) return { ...result("change", lead), note: "clear" };
  // "write docs 2h acme" tells what was done.
  const foreign = freeWords(markup).some((word) => /^(?:invoice|invoices|expense|expenses|reminder|alarm|password|user|report)$/.test(word.low));
  if (verb === "other" && has(markup, "hours") && low !== "remind" && !foreign) return undefined;
  if (verb === "delete" && /^(?:project|client|task|user|account)$/.test(lowAt(tokens, lead.from + (lowAt(tokens, lead.from + 1) === "the" ? 2 : 1)))) return { kind: "none", sure: true, other: NOT_DONE, lead: lead.from };
  if (verb === "other") return { kind: "none", sure: true, other: NOT_DONE, lead: lead.from };
  if (verb === "ask" && !has(markup, "date") && !has(markup, "project") && !/\b(?:hours?|log|logged|track|tracked|time|book|booked|spend|spent|did i|worked|working on|total|entries|timer|running|week|today|projects|clients)\b/i.test(markup.text)) return { kind: "none", sure: true, lead: lead.from };
  if (verb === "start" && has(markup, "hours")) return { kind: "none", sure: true, other: "A timer has no length yet: leave the length out, or log it as time that was worked.", lead: lead.from };
  return result(verb, lead);
}

const NOTE_NOUNS = /^(?:note|notes|comment|description)$/;

const TAKE_BACK = "Ctrl+Z takes back what was saved last; in a terminal that is \"stint undo\".";

/** "remove the note from the footer entry": the note goes, the entry stays. */
function clearsNote(markup: Markup, lead: Part): boolean {
  let at = lead.from + 1;
  while (/^(?:the|my|its|all|of)$/.test(lowAt(markup.tokens, at))) at += 1;
  return NOTE_NOUNS.test(lowAt(markup.tokens, at));
}

/** "add the note "header"": words for an entry that is there. */
function addsNote(markup: Markup, lead: Part | undefined): boolean {
  if (!lead || !/^(?:add|put|append|set)$/.test(lowAt(markup.tokens, lead.from)) || has(markup, "hours")) return false;
  let at = lead.from + 1;
  while (/^(?:the|a|this|my)$/.test(lowAt(markup.tokens, at))) at += 1;
  return NOTE_NOUNS.test(lowAt(markup.tokens, at));
}

/** "globex yesterday was 3h, not 4h", "the footer entry was design": what an entry was, said afterwards. */
function wasOtherwise(markup: Markup): Part | undefined {
  const { parts, tokens } = markup;
  const at = parts.findIndex((part) => isFree(part) && /^(?:was|were|is)$/.test(lowAt(tokens, part.from)));
  if (at <= 0) return undefined;
  const before = parts.slice(0, at);
  const entry = before.some((part) => /^(?:entry|one)$/.test(lowAt(tokens, part.from)) || part.kind === "whose");
  const denied = parts.slice(at).some((part) => lowAt(tokens, part.from) === "not");
  const named = before.some((part) => part.kind === "project" || part.kind === "shortcut" || part.kind === "date");
  const valued = before.some((part) => part.kind === "hours");
  const value = parts[at + 1] !== undefined && (parts.slice(at + 1).some((part) => part.kind === "hours" || part.kind === "date" || part.kind === "project") || denied);
  return !valued && value && (entry || (named && denied)) ? parts[at] : undefined;
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
  const from = lowAt(markup.tokens, at) === "from" && freeWords(markup).some((word) => word.low === "to");
  return from || /^(?:to|onto)$/.test(lowAt(markup.tokens, at));
}

/** "one hour more on the globex entry": the word that says so, between the length and an entry that is spoken of. */
function lengthensEntry(markup: Markup): Part | undefined {
  const { parts, tokens } = markup;
  const at = parts.findIndex((part, n) => n > 0 && parts[n - 1]?.kind === "hours" && /^(?:more|extra|less|fewer)$/.test(lowAt(tokens, part.from)));
  const entry = parts.slice(at + 1).some((part) => ENTRY_NOUNS.has(lowAt(tokens, part.from)) && lowAt(tokens, part.from) !== "time");
  return at > 0 && entry && /^(?:on|for|to|in|off)$/.test(lowAt(tokens, parts[at + 1]?.from ?? -1)) && parts.slice(0, at - 1).every((part) => POLITE.has(lowAt(tokens, part.from))) ? parts[at] : undefined;
}

/** "the titles entry can go": an entry that is spoken of, and nothing after it. */
function canGo(markup: Markup): Part | undefined {
  const { parts, tokens } = markup;
  const at = parts.findIndex((part, n) => /^(?:go|leave)$/.test(lowAt(tokens, part.from)) && /^(?:can|may|should|must)$/.test(lowAt(tokens, parts[n - 1]?.from ?? -1)));
  const entry = parts.slice(0, Math.max(0, at - 1)).some((part) => ENTRY_NOUNS.has(lowAt(tokens, part.from)) && lowAt(tokens, part.from) !== "time");
  return at > 0 && entry && !has(markup, "hours") && parts.slice(at + 1).every((part) => part.kind === "mark" || /^(?:too|again|away|please)$/.test(lowAt(tokens, part.from))) ? parts[at] : undefined;
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
  const bare = !has(markup, "project") && !has(markup, "date") && !has(markup, "shortcut") && has(markup, "hours");
  const turn = bare && markup.parts.every((part) => part.kind === "hours" || part.kind === "mark" || /^(?:more|less|longer|shorter|than|that)$/.test(lowAt(tokens, part.from)));
  const by = turn ? free.find((word) => /^(?:more|less)$/.test(word.low)) : undefined;
  if (by) return { ...result("change", markup.parts.find((part) => part.from === by.at)), length: by.low === "more" ? "plus" : "minus" };
  const added = lengthensEntry(markup);
  if (added) return { ...result("change", added), length: /^(?:less|fewer)$/.test(lowAt(tokens, added.from)) ? "minus" : "plus" };
  const gone = canGo(markup);
  if (gone) return result("delete", gone);
  if (bare && (low === "not" || low === "rather") && lead) return result("change", lead);
  if (lead && low === "not" && !valued && !has(markup, "project") && markup.parts.filter((part) => part.kind === "date").length > 1) return result("change", lead);
  const first = lowAt(tokens, 0);
  if ((first === "hours" || first === "time" || lowAt(tokens, 1) === "hours") && !valued && (has(markup, "date") || has(markup, "project")) && VERBS.get(low) === undefined) return result("ask", lead);
  if (addsNote(markup, lead)) return { ...result("change", lead), note: "set" };
  const was = VERBS.get(low) === undefined ? wasOtherwise(markup) : undefined;
  if (was) return result("change", was);
  const verb = lead && verbKind(markup, lead, low);
  if (verb) return verb;
  const later = free.find((word, n) => n > 0 && VERBS.get(word.low) === "delete" && /^(?:it|that|this|entry)$/.test(lowAt(tokens, word.at + 1)));
  if (later || markup.text.toLowerCase().includes("take it off")) return { kind: "delete", sure: later !== undefined && !valued, lead: later?.at };
  const told = free.find((word) => ["what i did", "what did i", "what i logged", "did i log", "did i book"].some((phrase) => wordsAt(tokens, word.at, phrase)));
  if (told) return result("ask", markup.parts.find((part) => part.from === told.at));
  if (markup.text.trimEnd().endsWith("?") && !has(markup, "hours") && (has(markup, "date") || has(markup, "project")) && VERBS.get(low) !== "other") return result("ask", lead, !has(markup, "number"));
  const again = free.find((word) => ["same as", "the same", "same again", "exact same"].some((phrase) => wordsAt(tokens, word.at, phrase)));
  const repeats = again && !(valued && markup.parts.some((part) => part.from < again.at && part.kind === "hours"));
  if (again && repeats) return result("copy", markup.parts.find((part) => part.from === again.at), !(valued && has(markup, "project")));
  // "there should be 2h on monday" misses an entry.
  const correction = free.find((word) => CORRECTIONS.some((phrase) => wordsAt(tokens, word.at, phrase)) && lowAt(tokens, word.at - 1) !== "there");
  if (wordsAt(tokens, 0, "take that back") || wordsAt(tokens, 0, "take it back")) return result("delete", lead);
  const opening = /^(?:no|nope|rather|actually|sorry|oops|correction)$/.test(low) || ((low === "it" || low === "that") && /^(?:was|is|were)$/.test(lowAt(tokens, (lead?.from ?? 0) + 1)));
  const whoseWas = markup.parts.some((part) => part.kind === "whose") && free.some((word) => word.low === "were" || word.low === "was");
  if (correction || opening || whoseWas) {
    // "Actually 2h acme website yesterday" may be a new entry as well as a correction.
    const whole = valued && has(markup, "project") && has(markup, "date") && !(lead && VERBS.has(low)) && !correction;
    return { kind: "change", sure: !whole, lead: correction?.at ?? lead?.from };
  }
  // "standup yesterday was 30 min": the entry that is there, or a new one.
  const lengthTold = markup.parts.some((part, n) => part.kind === "hours" && n > 0 && lowAt(tokens, markup.parts[n - 1]?.from ?? -1) === "was" && (has(markup, "project") || has(markup, "shortcut")) && has(markup, "date"));
  if (lengthTold) return { ...result("add", undefined, false), both: true };
  if (valued || has(markup, "project") || has(markup, "shortcut")) {
    // "add 2h to yesterday's entry" makes an entry longer, "copy yesterday's entry" takes one as a pattern: no plain booking.
    const existing = free.some((word) => /^(?:entry|entries)$/.test(word.low)) || (lead !== undefined && /^(?:round|swap|merge)$/.test(low));
    return result("add", undefined, !existing);
  }
  if (has(markup, "date") && free.every((word) => POLITE.has(word.low))) return result("add", undefined);
  if (has(markup, "date") && free.some((word) => /^(?:log|add|book|worked|spent)$/.test(word.low))) return result("add", undefined);
  const talk = free.length > 0 && free.every((word) => CHATTER.has(word.low) || POLITE.has(word.low));
  const entryLike = /\b(?:log|add|book|worked|spent|entry|timer|hours?|took|said|never|happened|longer|less|more)\b/i.test(markup.text);
  return { kind: "none", sure: talk || (!has(markup, "date") && (free.length <= 1 || !entryLike)), lead: undefined };
}
