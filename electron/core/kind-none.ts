import type { Kind } from "./kind.ts";
import { freeWords, has, isFree, POLITE, wordsAt } from "./kind-words.ts";
import type { Markup, Part } from "./parts.ts";
import { lowAt } from "./tokens.ts";
import { DENIALS, EVERYTHING, HEDGES, OTHER_PEOPLE, VERBS, WORKED_WORDS } from "./words.ts";

/** Verbs that only people do; a meeting "took" and a project "had". */
const PERSON_VERBS = /^(?:did|worked|spent|logged|booked|tracked|works|clocked|billed|charged|entered)$/;
const GROUPS = /^(?:team|everyone|everybody|colleague|colleagues|boss|manager|staff|crew)$/;

/** "Sam did 3h", "my colleague spent 4h", "log 2h for the whole team": hours that belong to somebody else. */
function someoneElse(markup: Markup): boolean {
  const { tokens } = markup;
  const words = markup.parts.filter((part) => part.kind !== "mark");
  const low = (part: Part | undefined): string => (part ? lowAt(tokens, part.from) : "");
  const large = (part: Part): boolean => /^\p{Lu}/u.test(tokens[part.from]?.text ?? "");
  if (VERBS.get(low(words[0])) === "ask") return false;
  return words.some((part, n) => {
    const next = words[n + 1];
    const own = low(part);
    if (own === "behalf") return true;
    // "Kim's 2h": a name, and no project of the account.
    if (part.kind === "whose" && next?.kind === "hours" && words[n - 1]?.kind === "word" && large(words[n - 1] ?? part)) return true;
    if (own === "for" && words.slice(n + 1, n + 4).some((each) => GROUPS.test(low(each)))) return true;
    // "log 2h for Sam": a name behind "for" that is no project of the account.
    if (own === "for" && next?.kind === "word" && large(next) && n > 0 && !words.slice(0, n).some((each) => each.kind === "project" || each.kind === "dash")) return true;
    if (!next) return false;
    if (OTHER_PEOPLE.has(own) && (WORKED_WORDS.has(low(next)) || PERSON_VERBS.test(low(next)) || /^(?:was|were|put)$/.test(low(next)))) return own === "you" ? n === 0 : n === 0 || own !== "who";
    if (!WORKED_WORDS.has(low(next)) && !PERSON_VERBS.test(low(next))) return false;
    if ((part.kind !== "word" && own !== "client") || own === "i" || VERBS.has(own)) return false;
    const opens = n === 0 || words[n - 1]?.kind === "break";
    // A name opens its clause and is written large; a person may also be told by "my" or "the" in front.
    const pointed = n <= 2 && /^(?:my|our|the|his|her)$/.test(low(words[n - 1])) && PERSON_VERBS.test(low(next));
    return pointed || (opens && (large(part) || PERSON_VERBS.test(low(next))));
  });
}

const ABOUT_THE_ACCOUNT = /^(?:password|settings|account|user|users|person|client|task|team|budget|rate|invoice)$/;
/** What is said to a wish that has nothing to do with time entries. */
export const NOT_DONE = "Stint books, changes and counts time entries; it does not do that.";
const PLANNED = "That reads as a plan or a condition, so nothing is booked. Say it again when it is done.";

/** Things that a sentence about time entries does not speak of: what wants them is not for Stint. */
const FOREIGN = /^(?:expense|expenses|invoice|invoices|alarm|reminder|vacation|holiday|holidays|pto|password|token|slack|calendar|weather|script|python|euros|dollars|budget|rates|billable|mode|theme|pomodoro|stopwatch|joke|email|french|german|spanish|weeks)$/;

/** Words that only imagine: what might be, was to be, or shall be under a condition is not booked. */
const IMAGINED = ["would have", "would've", "could have", "could've", "should i", "should we", "could be", "what if", "pretend", "suppose", "imagine", "hopefully", "estimate", "estimated", "i wish", "supposed to", "not really", "once i", "when i finish", "when i'm done", "as soon as", "in case"];
const TAKEN_BACK = ["yes or no", "do not log", "don't log", "do not save", "don't save", "do not book", "don't book", "forget it", "never mind", "nevermind", "forget that", "ignore that"];

/** Hedges and conditions in front of what they speak of; behind a project and a length they may be part of a note. */
function imagined(markup: Markup): Part | undefined {
  const end = markup.parts.findIndex((part) => part.kind === "dash" || part.kind === "quoted");
  const free = markup.parts.slice(0, end < 0 ? undefined : end).filter((part) => isFree(part));
  const valued = markup.parts.findIndex((part) => part.kind === "hours" || part.kind === "number");
  return free.find((part) => {
    const early = valued < 0 || markup.parts.indexOf(part) < valued || part.from === 0;
    const planned = lowAt(markup.tokens, part.from) === "to" && /^(?:like|want|need|have|has|about|going|plan|planning|hope|hoping|intend|supposed)$/.test(lowAt(markup.tokens, part.from - 1)) && /^(?:spend|do|work|put|use|invest)$/.test(lowAt(markup.tokens, part.from + 1));
    if (planned && early) return true;
    const hedge = HEDGES.has(lowAt(markup.tokens, part.from)) && early;
    return hedge || (IMAGINED.some((words) => wordsAt(markup.tokens, part.from, words)) && (early || lowAt(markup.tokens, part.from) !== "estimate"));
  });
}

/** "…, no, forget it": the token at which a sentence takes back what it has said. Undefined when it does not. */
export function takenBack(markup: Markup): number | undefined {
  const gone = freeWords(markup).find((word) => word.at > 0 && TAKEN_BACK.some((words) => wordsAt(markup.tokens, word.at, words)));
  return gone?.at;
}

/** Data and programs are no sentences: nothing in them is done. */
const CODE = /"\w+"\s*:|<\/?\w+[^>]*>|\bcurl\b|^\s*(?:select|insert|drop|delete|update)\b.*\b(?:from|into|table|where)\b.*;/iu;

/** "did I log 2h on acme today?": asks whether something is there. */
function asksWhether(markup: Markup): boolean {
  const { tokens } = markup;
  const asked = /^(?:did|have)$/.test(lowAt(tokens, 0)) && lowAt(tokens, 1) === "i" && /^(?:log|logged|book|booked|track|tracked|enter|entered|record|recorded)$/.test(lowAt(tokens, 2));
  return asked && markup.text.trimEnd().endsWith("?") && (has(markup, "project") || has(markup, "shortcut") || has(markup, "date"));
}

/** Sentences that nothing is booked for: somebody else's hours, plans and conditions, denials, and what Stint does not do. Undefined for all others. */
export function notABooking(markup: Markup, lead: Part | undefined): Kind | undefined {
  const { tokens } = markup;
  const free = freeWords(markup);
  const verb = lead ? lowAt(tokens, lead.from) : "";
  const other = (message: string, at?: number): Kind => ({ kind: "none", sure: true, other: message, lead: at ?? lead?.from });
  const changesAccount = /^(?:change|add|new|rename|set|make)$/.test(verb) && !has(markup, "date") && !has(markup, "hours") && free.some((word) => ABOUT_THE_ACCOUNT.test(word.low)) && !free.some((word) => /^(?:it|that|entry)$/.test(word.low));
  if (changesAccount && (!has(markup, "project") || lowAt(tokens, (lead?.from ?? 0) + 2) === "task") && !free.some((word) => word.low === "to" && verb !== "add")) return other(NOT_DONE);
  if (!has(markup, "hours") && free.some((word) => FOREIGN.test(word.low) && !TASK_LIKE.test(word.low))) return other(NOT_DONE);
  if (someoneElse(markup)) return other("Stint books only your own time.");
  if ((/^(?:thanks|thank|ignore)$/.test(verb) || QUESTIONING.test(lowAt(tokens, 0)) || ["can i", "shall i", "shall we", "could it", "will it", "might it", "can it", "may i", "could i", "do i", "did i", "have i"].some((words) => wordsAt(tokens, 0, words))) && has(markup, "hours") && !asksWhether(markup)) return other(/^(?:thanks|thank)$/.test(verb) ? "Nothing is booked by that." : "That reads as a question or a remark, so nothing is booked.");
  if (!has(markup, "hours") && CODE.test(markup.text)) return other(NOT_DONE);
  const gone = takenBack(markup);
  if (gone !== undefined) return { kind: "none", sure: true, lead: gone };
  if (lead && verb === "no" && /^(?:time|work|hours|entries|entry|need)$/.test(lowAt(tokens, lead.from + 1))) return { kind: "none", sure: true, lead: lead.from };
  const first = free.find((word) => !POLITE.has(word.low) || word.low === "i");
  if (lead && (verb === "nothing" || verb === "nichts") && !has(markup, "hours")) return { kind: "none", sure: true, lead: lead.from };
  const dates = markup.parts.filter((part) => part.kind === "date").length;
  // "not today, monday" corrects the entry that was just written.
  const lengths = markup.parts.filter((part) => part.kind === "hours").length;
  if (verb === "not" && (dates > 1 || lengths > 1) && !has(markup, "project")) return undefined;
  const denied = free.find((word) => DENIALS.has(word.low) || (word.low === "do" && lowAt(tokens, word.at + 1) === "not"));
  if (denied && first && (denied.at <= 2 || denied.low === "never")) return { kind: "none", sure: denied.low !== "not" && !/\b(?:delete|remove|take|move|change|it)\b/i.test(markup.text.slice(tokens[denied.at]?.end ?? 0)), lead: denied.at };
  const plan = imagined(markup);
  if (plan && lead && (VERBS.get(verb) !== "ask" || plan === lead)) return other(PLANNED, plan.from);
  if (free.some((word) => /^(?:sick|ill)$/.test(word.low)) && !has(markup, "hours") && !has(markup, "project")) return { kind: "none", sure: true };
  if (free.some((word) => EVERYTHING.has(word.low)) && free.some((word) => /^(?:except|excluding)$/.test(word.low)) && !has(markup, "hours")) return other("Say what is to be booked and how long; leaving something out is not enough.");
  return undefined;
}

/** A sentence with a length that begins so asks about it. */
const QUESTIONING = /^(?:is|are|was|were|why|would|does|ignore)$/;

/** Words that are foreign to booking and yet may name a task. */
const TASK_LIKE = /^(?:email|calendar|holiday|holidays|vacation|pto|invoices)$/;
