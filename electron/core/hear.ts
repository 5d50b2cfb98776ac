import { assertNever } from "./never.ts";
import type { Facts } from "./facts.ts";
import { clausesOf, hearClause, type Clause } from "./hear-add.ts";
import { hearChange } from "./hear-change.ts";
import { partWords, quoteOf, type Draft, type Heard } from "./heard.ts";
import type { IntentStep } from "./intent.ts";
import { kindOf, type Kind } from "./kind.ts";
import { markUp } from "./markup.ts";
import type { Markup, Part } from "./parts.ts";
import { taskFinder } from "./projects.ts";
import { lowAt } from "./tokens.ts";
import { EVERYTHING, VERBS } from "./words.ts";

/** Clauses without a day take the one before them, or, when no day was said before, the one that comes after ("… yesterday" at the end). */
function share(drafts: readonly Draft[]): readonly Draft[] {
  let when = drafts.find((draft) => draft.when !== undefined)?.when;
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

function hearAdds(markup: Markup, facts: Facts): { readonly steps: readonly IntentStep[]; readonly sure: boolean } {
  const pieces = clausesOf(markup.parts);
  const clauses = pieces.map((parts) => hearClause(markup, facts, parts, "add"));
  const named = clauses.map((clause, n) => clause.draft.project !== undefined || (pieces[n] ?? []).some((part) => part.kind === "shortcut"));
  const drafts = clauses.length > 1 ? share(clauses.map((clause) => clause.draft)) : clauses.map((clause) => clause.draft);
  // A second length with neither project nor day of its own ("2h acme and 3h") may as well correct the first.
  const thin = clauses.some((clause, n) => n > 0 && named[n] === false && clause.draft.when === undefined && clause.draft.task === undefined && clause.draft.note === undefined);
  return { steps: drafts, sure: clauses.every((clause) => clause.sure) && !thin };
}

/** A timer: project words and a note; a length, another day or a time of day has no place in it. */
function hearTimer(markup: Markup, facts: Facts, kind: Kind): Clause {
  const parts = markup.parts.filter((part) => !isOperationWord(markup, part, kind));
  const heard = hearClause(markup, facts, parts, "start");
  return { draft: heard.draft, sure: heard.sure && kind.sure && heard.draft.hours === undefined };
}

function isOperationWord(markup: Markup, part: Part, kind: Kind): boolean {
  const low = lowAt(markup.tokens, part.from);
  const word = part.kind === "word" || part.kind === "filler" || part.kind === "turning";
  if (part.kind === "project" || !word) return false;
  return part.from === kind.lead || /^(?:timer|clock|tracking|track|working|work|now|i'm|am|done|finished|starting|recording|running|with|out)$/.test(low) || (VERBS.has(low) && part.from <= (kind.lead ?? 0) + 1);
}

function hearStop(markup: Markup, kind: Kind): Clause {
  const left = markup.parts.filter((part) => !isOperationWord(markup, part, kind) && part.kind !== "filler" && part.kind !== "mark" && part.kind !== "whose");
  const names = left.filter((part) => part.kind === "project" || part.kind === "shortcut" || part.kind === "word");
  const [first, last] = [names[0], names.at(-1)];
  const draft: Draft = { kind: "stop" };
  if (first && last) draft.targetProject = quoteOf(first, last);
  return { draft, sure: kind.sure && left.length === names.length };
}

const ASKING = /^(?:how|much|many|long|what|what's|show|list|which|did|do|is|are|timer|running|anything|any|week's|whats|so|far|all|together|everything|altogether|sum|my|give|tell|see|logged|spend)$/;

function hearQuestion(markup: Markup, facts: Facts, kind: Kind): Clause {
  const draft: Draft = { kind: "ask" };
  const left: Part[] = [];
  let sure = kind.sure;
  for (const part of markup.parts) {
    const low = lowAt(markup.tokens, part.from);
    if (part.kind === "date") {
      if (draft.when !== undefined) sure = false;
      draft.when = quoteOf(part);
    } else if (part.kind === "hours" || part.kind === "number" || part.kind === "clock" || part.kind === "turning") sure = false;
    else if (part.kind === "project" || part.kind === "shortcut" || (part.kind === "word" && !ASKING.test(low))) left.push(part);
  }
  const [first, last] = [left[0], left.at(-1)];
  if (first && last) draft.project = quoteOf(first, last);
  const tasksFor = taskFinder(facts.index.tasks);
  const known = left.every((part) => part.kind === "project" || part.kind === "shortcut" || tasksFor(partWords(markup, part)).length > 0);
  return { draft, sure: sure && known };
}

/** Whether a sentence about many entries at once ("everything", "all") needs more than one target. */
const wantsAll = (markup: Markup): boolean => markup.parts.some((part) => part.kind === "word" && EVERYTHING.has(lowAt(markup.tokens, part.from)));

/** Hears what a sentence wants, by rules alone: the kind of each step and the user's own words for each of its parts. */
export function hear(text: string, facts: Facts, wish?: "add" | "change" | "nothing"): Heard {
  const first = markUp(text, facts);
  const plain = kindOf(first);
  // The user has said what kind of sentence it is: that is no longer open.
  const kind: Kind = wish === undefined || wish === "nothing" || plain.other !== undefined ? plain : { ...plain, kind: wish === "add" ? "add" : /^(?:move|delete|stop)$/.test(plain.kind) ? plain.kind : "change" };
  const turned = kind.kind === "move" || kind.kind === "change" || kind.kind === "delete";
  const markup = turned ? markUp(text, facts, true) : first;
  const heard = (steps: readonly IntentStep[], sure: boolean): Heard => ({ intent: { by: "rules", steps }, sure, markup, refusal: kind.other, lead: kind.lead });
  const one = (clause: Clause): Heard => heard([clause.draft], clause.sure && kind.sure);
  switch (kind.kind) {
    case "none":
      return heard([{ kind: "none" }], kind.sure);
    case "add": {
      const adds = hearAdds(markup, facts);
      return heard(adds.steps, adds.sure && kind.sure);
    }
    case "move":
    case "change":
    case "delete": {
      const clause = hearChange(markup, facts, kind.kind);
      return heard([clause.draft], clause.sure && kind.sure && !(kind.kind !== "delete" && wantsAll(markup)));
    }
    case "start":
      return one(hearTimer(markup, facts, kind));
    case "stop":
      return one(hearStop(markup, kind));
    case "ask":
      return one(hearQuestion(markup, facts, kind));
    default:
      return assertNever(kind.kind);
  }
}

