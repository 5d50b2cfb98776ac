import type { Facts } from "./facts.ts";
import type { Clause } from "./hear-add.ts";
import { partWords, quoteOf, type Draft } from "./heard.ts";
import type { Kind } from "./kind.ts";
import { wordsAt } from "./kind-words.ts";
import type { Markup, Part } from "./parts.ts";
import { taskFinder } from "./projects.ts";
import { lowAt } from "./tokens.ts";
import { FILLER_WORDS } from "./words.ts";

/** Words that only ask. */
const ASKING =
  /^(?:how|much|many|long|what|what's|show|list|which|did|do|does|is|are|timer|running|anything|any|week's|whats|so|far|all|together|everything|altogether|sum|my|give|tell|see|logged|spend|days?|still|yet|there|left|go|looking|look|forgot|forget|week|today's|status|summary|report|overview|breakdown|able|if|i)$/;
const MISSING = /^(?:missing|missed|gaps?|unlogged|empty|incomplete|unfilled|nothing)$/;
const GOAL = /^(?:reach|reached|hit|at|short|far|left|until|till|towards|toward|over|under|to|of|more|before)$/;

/** "which projects can I book on": the list itself is asked for. */
const asksProjects = (markup: Markup): boolean => markup.tokens.some((token, i) => /^(?:projects|clients)$/.test(token.low) && /^(?:which|what|my|all|the|list|show)$/.test(lowAt(markup.tokens, i - 1)));

/** A question about what is logged: its day or span, its project or task, and whether it asks for gaps, for the way to a total, or for the projects themselves. */
export function hearQuestion(markup: Markup, facts: Facts, kind: Kind): Clause {
  const draft: Draft = { kind: "ask" };
  if (asksProjects(markup) && !markup.parts.some((part) => part.kind === "date" || part.kind === "project")) return { draft: { ...draft, about: "projects" }, sure: kind.sure };
  const left: Part[] = [];
  let sure = kind.sure;
  for (const part of markup.parts) {
    const low = lowAt(markup.tokens, part.from);
    const before = lowAt(markup.tokens, part.from - 1);
    if (part.kind === "date") {
      if (draft.when !== undefined) sure = false;
      draft.when = quoteOf(part);
      if (before === "since") draft.about = "since";
    } else if ((part.kind === "hours" || part.kind === "number") && draft.hours === undefined) {
      // "am I at 40 yet" asks for the way to a total; "did I log 2h on acme" asks whether that is there.
      draft.hours = quoteOf(part);
      if (GOAL.test(before)) draft.about = "goal";
      else if (part.kind === "number") sure = false;
    } else if (part.kind === "hours" || part.kind === "number" || part.kind === "clock" || (part.kind === "turning" && !GOAL.test(low) && low !== "since" && low !== "if")) sure = false;
    else if (part.kind === "word" && (MISSING.test(low) || (/^(?:forgot|forget|forgotten)$/.test(low) && wordsAt(markup.tokens, 0, "did i")))) draft.about = "missing";
    else if (part.kind === "project" || part.kind === "shortcut" || (part.kind === "word" && !ASKING.test(low) && !GOAL.test(low))) left.push(part);
  }
  const [first, last] = [left[0], left.at(-1)];
  if (first && last) draft.project = quoteOf(first, last);
  const tasksFor = taskFinder(facts.index.tasks);
  // "how much on soylent": words behind "on" name something, and it is answered that nothing of the kind is logged. Others may ask anything.
  const named = /^(?:on|for|with|about|did|to)$/.test(first ? lowAt(markup.tokens, first.from - 1) : "");
  const known = named || left.every((part) => part.kind === "project" || part.kind === "shortcut" || tasksFor(partWords(markup, part)).length > 0 || FILLER_WORDS.has(lowAt(markup.tokens, part.from)));
  return { draft, sure: sure && known };
}
