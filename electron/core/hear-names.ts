import type { Task } from "./entry.ts";
import type { Facts } from "./facts.ts";
import { partWords, quoteOf, type Draft } from "./heard.ts";
import type { Markup, Part } from "./parts.ts";
import { lookNear, slips } from "./projects-index.ts";
import { differentTasks, taskFinder } from "./projects.ts";
import { lowAt } from "./tokens.ts";

/** A booking being heard: what its words were used for so far. */
export interface Pick {
  /** Tasks that words name among those of the projects meant. */
  tasksFor: (words: readonly string[]) => readonly Task[];
  /** Parts used so far. */
  readonly used: Set<Part>;
  readonly draft: Draft;
  sure: boolean;
}

/** Parts that carry nothing of their own. */
export const isIdle = (part: Part): boolean => part.kind === "filler" || part.kind === "mark" || part.kind === "whose" || part.kind === "break" || part.kind === "dash";

/** Words that begin an account of what was done, so that they open a note. */
export const doing = (low: string): boolean => /(?:ed|ing)$/.test(low) || /^(?:with|re|via|fix|wrote|met|built|ran|made|for)$/.test(low);

/**
 * The project of a clause: the run with the most words. A second run that is a task of the first is left to the tasks, one behind
 * other words is part of a note; one right beside it means that two projects were named.
 */
export function takeProject(markup: Markup, facts: Facts, parts: readonly Part[], pick: Pick): void {
  const runs = parts.filter((part) => part.kind === "project" && !pick.used.has(part));
  const main = runs.toSorted((a, b) => partWords(markup, b).length - partWords(markup, a).length || a.from - b.from)[0];
  if (main?.kind !== "project") return;
  pick.tasksFor = taskFinder(differentTasks(main.projects));
  const rivals: Part[] = [];
  for (const other of runs) {
    if (other === main || pick.tasksFor(partWords(markup, other)).length > 0) continue;
    const at = parts.indexOf(other);
    const inNote = parts[at - 1]?.kind === "word" || parts.slice(0, at).some((part) => part.kind === "word" && part.from > main.to) || (other.from < main.from && doing(lowAt(markup.tokens, parts.find((part) => part.kind === "word" && part.from < other.from)?.from ?? -1)));
    if (!inNote) rivals.push(other);
  }
  const at = parts.indexOf(main);
  // A strange word right in front is part of the name that was meant ("soylent website"), so the name is not known.
  const before = reach(parts, at, -1, (part) => part.kind === "word" && !pick.used.has(part) && !doing(lowAt(markup.tokens, part.from)) && pick.tasksFor(partWords(markup, part)).length === 0);
  const behind = reach(parts, at, 1, (part) => isSlip(markup, facts, main, part, pick) || isEdition(markup, part));
  // Two names side by side: no project is called by both, so it is asked which one is meant.
  const beside = rivals.filter((rival) => parts.slice(Math.min(parts.indexOf(rival), at) + 1, Math.max(parts.indexOf(rival), at)).every((part) => part.kind === "dash" || lowAt(markup.tokens, part.from) === "or"));
  if (beside.length < rivals.length) pick.sure = false;
  const reached = [before, behind, ...beside.map((rival) => parts.indexOf(rival))];
  const [first, last] = [parts[Math.min(...reached)] ?? main, parts[Math.max(...reached)] ?? main];
  pick.draft.project = quoteOf(first, last);
  for (const part of parts.slice(parts.indexOf(first), parts.indexOf(last) + 1)) pick.used.add(part);
}

/** How far from `at` the parts in that direction satisfy `fits`, one after the other. */
export function reach(parts: readonly Part[], at: number, step: 1 | -1, fits: (part: Part) => boolean): number {
  let n = at;
  for (let next = parts[n + step]; next && fits(next); next = parts[n + step]) n += step;
  return n;
}

/** "Mobile App v3": a version or phase behind a name makes it another name. */
function isEdition(markup: Markup, part: Part): boolean {
  const edition = /^(?:v|version|phase|stage|edition|mk)$/;
  const [low, before] = [lowAt(markup.tokens, part.from), lowAt(markup.tokens, part.from - 1)];
  if (part.kind !== "word" || markup.tokens[part.from + 2]?.kind === "word" || markup.tokens[part.from + 4]?.kind === "word") return false;
  return (edition.test(low) && markup.tokens[part.to]?.kind === "number") || (markup.tokens[part.from]?.kind === "number" && edition.test(before));
}

/** "acme webiste": the next word is a slip away from a word of the projects just named. */
function isSlip(markup: Markup, facts: Facts, main: Part, part: Part, pick: Pick): boolean {
  if (part.kind !== "word" || main.kind !== "project") return false;
  const low = lowAt(markup.tokens, part.from);
  if (slips(low) === 0 || pick.tasksFor([low]).length > 0) return false;
  const ids = new Set(main.projects.map((project) => project.id));
  return [...lookNear(facts.index, low)].some((at) => ids.has(facts.index.entries[at]?.project.id ?? -1));
}

/** The task: the longest run of words that names one, standing beside something that is already used. */
export function takeTask(markup: Markup, parts: readonly Part[], pick: Pick): void {
  const free = (part: Part | undefined): part is Part => part !== undefined && !pick.used.has(part) && (part.kind === "word" || part.kind === "project" || part.kind === "filler" || part.kind === "break");
  for (let at = 0; at < parts.length; at += 1) {
    if (!free(parts[at]) || parts[at]?.kind === "filler" || parts[at]?.kind === "break") continue;
    let best = 0;
    for (let length = 1; length <= 4 && free(parts[at + length - 1]); length += 1) {
      const words = parts.slice(at, at + length).flatMap((part) => partWords(markup, part));
      const named = pick.tasksFor(words.filter((word) => word !== "and"));
      if (named.length > 0 && (words.join("").length >= 3 || words.length > 1 || named.some((task) => task.name.toLowerCase() === words[0])) && parts[at + length - 1]?.kind !== "filler" && parts[at + length - 1]?.kind !== "break") best = length;
    }
    const run = parts.slice(at, at + best);
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last || !beside(parts, at, best, pick)) continue;
    for (const part of run) pick.used.add(part);
    // "development and testing", "design development": two tasks were named, and an entry has one, so it is asked which.
    const next = parts[at + best]?.kind === "break" ? at + best + 1 : at + best;
    const rival = parts[next];
    const second = rival?.kind === "word" && !pick.used.has(rival) && pick.tasksFor(partWords(markup, rival)).length > 0 ? rival : undefined;
    if (second) pick.used.add(second);
    pick.draft.task = quoteOf(first, second ?? last);
    return;
  }
}

/** Whether a run touches a used part or the end of the clause, with only idle words between. */
function beside(parts: readonly Part[], at: number, length: number, pick: Pick): boolean {
  const settled = (step: 1 | -1, from: number): boolean => {
    const next = parts[reach(parts, from, step, (part) => isIdle(part) && !pick.used.has(part)) + step];
    return !next || pick.used.has(next);
  };
  return settled(-1, at) || settled(1, at + length - 1);
}
