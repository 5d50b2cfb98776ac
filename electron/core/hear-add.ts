import type { Facts } from "./facts.ts";
import { isIdle, takeProject, takeTask, type Pick } from "./hear-names.ts";
import { explicitNote, takeRest } from "./hear-note.ts";
import { isSpreadWord, severalProjects, severalTasks, spreadOf } from "./hear-several.ts";
import { takeDate, takeHours, takeLateHours, takeRemainder, takeSpreadWords } from "./hear-values.ts";
import { partWords, quoteOf, type Draft } from "./heard.ts";
import type { IntentKind } from "./intent.ts";
import { wordsAt } from "./kind-words.ts";
import type { Markup, Part } from "./parts.ts";
import { differentTasks, getProject, taskFinder } from "./projects.ts";
import type { Task } from "./entry.ts";
import { lowAt } from "./tokens.ts";

/** One entry's words and whether everything in them that matters was used. */
export interface Clause {
  readonly draft: Draft;
  readonly sure: boolean;
}

/** A part that names where an entry is booked. */
export type NamePart = Extract<Part, { kind: "project" | "shortcut" }>;

/** What a clause brings along from its sentence: how its length is spread, and the name of a neighbour that it may lack itself. */
export interface Beside {
  readonly spread?: Draft["spread"];
  readonly inherit?: NamePart | undefined;
}

function tasksOf(facts: Facts, name: NamePart): readonly Task[] {
  return name.kind === "project" ? differentTasks(name.projects) : (getProject(facts.index, name.shortcut.project)?.tasks ?? []);
}

/** The project of the clause before serves this one too when nothing in it but a task could be a name ("acme: 2h design, 1h development"). */
function takeInherited(markup: Markup, facts: Facts, parts: readonly Part[], pick: Pick, name: NamePart): void {
  const tasksFor = taskFinder(tasksOf(facts, name));
  const words = parts.filter((part) => !pick.used.has(part) && !isIdle(part) && part.kind === "word");
  if (words.some((part) => tasksFor(partWords(markup, part)).length === 0)) return;
  pick.tasksFor = tasksFor;
  pick.draft.project = quoteOf(name);
}

/** Reads one clause as a booking (or a timer to start): which of its words say when, how long, which project and task, and what note. */
export function hearClause(markup: Markup, facts: Facts, parts: readonly Part[], kind: IntentKind, { spread, inherit }: Beside = {}): Clause {
  const pick: Pick = { tasksFor: () => [], used: new Set(), draft: { kind, ...(spread ? { spread } : {}) }, sure: true };
  explicitNote(markup, facts, parts, pick);
  takeHours(markup, parts, pick);
  takeRemainder(markup, parts, pick);
  takeDate(markup, parts, pick);
  takeSpreadWords(markup, parts, pick);
  takeProject(markup, facts, parts, pick);
  const { note } = pick.draft;
  const short = parts.find((part) => part.kind === "shortcut" && !(note && part.start < note.end && part.end > note.start));
  if (short) pick.draft.shortcut = quoteOf(short);
  if (short?.kind === "shortcut" && !pick.draft.project) {
    pick.draft.project = quoteOf(short);
    pick.tasksFor = taskFinder(tasksOf(facts, short));
  }
  if (inherit && !pick.draft.project && !short) takeInherited(markup, facts, parts, pick, inherit);
  // "each time" speaks of more than this once.
  if (parts.some((part) => wordsAt(markup.tokens, part.from, "each time") || wordsAt(markup.tokens, part.from, "every time"))) pick.sure = false;
  takeTask(markup, parts, pick);
  takeLateHours(markup, parts, pick);
  takeRest(markup, facts, parts, pick, kind);
  return { draft: pick.draft, sure: pick.sure };
}

/** "2h each: acme, globex": a mark between "each" and the first name opens a list, not a note. */
function withoutListMark(markup: Markup, parts: readonly Part[]): readonly Part[] {
  const at = parts.findIndex((part, n) => part.kind === "dash" && isSpreadWord(lowAt(markup.tokens, parts[n - 1]?.from ?? -1)) && (parts[n + 1]?.kind === "project" || parts[n + 1]?.kind === "shortcut"));
  return at < 0 ? parts : parts.filter((_, n) => n !== at);
}

/**
 * One clause as the bookings it makes: several when one length is said beside several projects. `split`: the verb shares the length out;
 * `at`: how many bookings stand before it.
 */
export function hearBookings(markup: Markup, facts: Facts, given: readonly Part[], split: boolean, at: number, inherit?: NamePart): readonly Clause[] {
  const parts = withoutListMark(markup, given);
  const how = spreadOf(markup, parts, split);
  const several = severalProjects(markup, facts, parts) ?? (how === "ask" ? undefined : severalTasks(markup, facts, parts));
  if (several) return several.map((own) => hearClause(markup, facts, own, "add", { spread: { over: several.length, at, how } }));
  const days = parts.filter((part) => part.kind === "date").length > 1 || parts.some((part) => part.kind === "date" && part.meaning.kind === "range");
  return [hearClause(markup, facts, parts, "add", { ...(days && how !== "ask" ? { spread: { over: 1, at, how } } : {}), inherit })];
}
