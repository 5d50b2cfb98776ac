import { isSpreadWord } from "./hear-several.ts";
import type { Intent, IntentStep, Quote } from "./intent.ts";
import type { Span, SpanRole } from "./outcome.ts";
import type { Markup, Part } from "./parts.ts";
import { lowAt } from "./tokens.ts";
import { DENIALS, HEDGES, VERBS } from "./words.ts";

/** A part of the sentence with what it was used for; no role: nothing used it. */
export interface Marked {
  readonly part: Part;
  readonly role?: SpanRole | undefined;
}

const touches = (part: Part, quote: Quote | undefined): boolean => quote !== undefined && part.start < quote.end && part.end > quote.start;
const any = (part: Part, quotes: readonly (Quote | undefined)[]): boolean => quotes.some((quote) => touches(part, quote));

const changes = (step: IntentStep): boolean => step.kind === "change" || step.kind === "move" || step.kind === "copy" || step.kind === "delete";

/** What a step uses a part for. A note takes whatever lies in it; a date is only used as a date, a length only as a length. */
function roleIn(markup: Markup, part: Part, step: IntentStep): SpanRole | undefined {
  if (touches(part, step.note)) return "note";
  const when = any(part, [step.when, step.targetWhen]);
  const hours = any(part, [step.hours, step.rival, part.kind === "hours" ? step.denied : undefined, step.targetHours]);
  const idle = part.kind === "filler" || part.kind === "whose" || part.kind === "break" || part.kind === "mark" || part.kind === "dash";
  switch (part.kind) {
    case "date":
      return when || any(part, [step.denied]) ? "when" : undefined;
    case "pause":
      return hours || any(part, [step.less]) ? "hours" : undefined;
    case "hours":
    case "number":
      return hours ? "hours" : undefined;
    case "clock":
      return when || hours ? "when" : undefined;
    case "project":
    case "shortcut":
    case "quoted":
    case "word":
    case "filler":
    case "break":
    case "mark":
    case "whose":
    case "dash":
    case "turning":
      if (when || hours) return when ? "when" : "hours";
      if (any(part, [step.denied])) return "operation";
      if (any(part, [step.task])) return "task";
      if (any(part, [step.project, step.targetProject])) return "project";
      if (idle) return undefined;
      return part.kind === "shortcut" ? "project" : operationRole(markup, part, step);
  }
}

/** Words that say what is to be done. In a change, words of correction are the operation; a condition or a maybe never is. */
function operationRole(markup: Markup, part: Part, step: IntentStep): SpanRole | undefined {
  const low = lowAt(markup.tokens, part.from);
  if (part.kind === "word" && (VERBS.has(low) || /^(?:entry|entries|timer|clock|tracking|note|notes|anything|so|far|everything|rid|off)$/.test(low))) return "operation";
  if (step.spread && isSpreadWord(low)) return "operation";
  if (step.kind === "add" && ((low === "or" && lowAt(markup.tokens, part.to) === "so") || (low === "so" && lowAt(markup.tokens, part.from - 1) === "or"))) return "hours";
  if (step.length === "upTo" && /^(?:until|till)$/.test(low)) return "operation";
  if (part.kind !== "turning" || (HEDGES.has(low) && step.kind !== "ask")) return undefined;
  if (step.kind === "ask") return DENIALS.has(low) ? undefined : "operation";
  if (low === "every") return "when";
  if (DENIALS.has(low) && low !== "not" && step.kind !== "delete") return undefined;
  return changes(step) ? "operation" : undefined;
}

/** The stretch of the sentence in which a step's quotes lie; far from all of them only the words of the operation can belong to it. */
function hullOf(step: IntentStep): Quote {
  const quotes = [step.when, step.denied, step.hours, step.rival, step.less, step.project, step.task, step.note, step.targetWhen, step.targetHours, step.targetProject].filter((quote) => quote !== undefined);
  return { start: Math.min(...quotes.map((quote) => quote.start)), end: Math.max(...quotes.map((quote) => quote.end)) };
}

/** Every part of the sentence with its role under that intent; joining words without a role of their own are filler. */
export function markRoles(markup: Markup, intent: Intent, lead?: number): readonly Marked[] {
  const steps = intent.steps.map((step) => ({ step, hull: hullOf(step) }));
  // Steps that treat the words of the operation alike are asked once.
  const kinds = [...new Map(intent.steps.map((step) => [`${step.kind} ${step.spread !== undefined} ${step.length ?? ""}`, { kind: step.kind, spread: step.spread, length: step.length } satisfies IntentStep])).values()];
  const roleOf = (part: Part): SpanRole | undefined => {
    for (const { step, hull } of steps) {
      const role = touches(part, hull) ? roleIn(markup, part, step) : undefined;
      if (role) return role;
    }
    for (const kind of kinds) {
      const role = roleIn(markup, part, kind);
      if (role) return role;
    }
    return undefined;
  };
  return markup.parts.map((part): Marked => {
    const role = roleOf(part);
    if (role) return { part, role };
    if (lead !== undefined && part.from <= lead && part.to > lead) return { part, role: "operation" };
    return part.kind === "filler" || part.kind === "break" || part.kind === "whose" ? { part, role: "filler" } : { part };
  });
}

/** Words without a use that must not be dropped: dates, lengths, numbers, times, and words that turn or deny. */
export function leftovers(marked: readonly Marked[]): readonly Part[] {
  return marked.flatMap(({ part, role }) => (role === undefined && (part.kind === "date" || part.kind === "hours" || part.kind === "pause" || part.kind === "number" || part.kind === "clock" || part.kind === "turning") ? [part] : []));
}

/** The spans to tint: runs of one role, never overlapping, each inside the text. Marks between two runs of one role join them. */
export function spansOf(markup: Markup, marked: readonly Marked[]): readonly Span[] {
  const spans: { role: SpanRole; start: number; end: number }[] = [];
  let joined = false;
  for (const { part, role } of marked) {
    if (part.end <= part.start) continue;
    if (role === undefined) {
      joined &&= part.kind === "mark" || part.kind === "dash";
      continue;
    }
    const last = spans.at(-1);
    const merge = last?.role === role && joined && role !== "when" && role !== "hours";
    if (merge) last.end = part.end;
    else spans.push({ role, start: part.start, end: part.end });
    joined = true;
  }
  return spans.map(({ role, start, end }) => ({ role, text: markup.text.slice(start, end), start, end }));
}
