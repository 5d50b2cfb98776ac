import Fuse from "fuse.js";
import type { Project, Task } from "./entry.ts";
import { lookNear, lookUp, type ProjectIndex } from "./projects-index.ts";
import { wordsOf } from "./tokens.ts";

export { indexProjects, type ProjectIndex } from "./projects-index.ts";

/** How a project is shown everywhere: "Acme Corp › Website Redesign". */
export function projectLabel(project: Project): string {
  return project.client === "" ? project.name : `${project.client} › ${project.name}`;
}

/** The project with that id, archived or not; undefined when the account has none. */
export function getProject(index: ProjectIndex, id: number): Project | undefined {
  return index.byId.get(id)?.project;
}

const RERANK = 25;

/** Narrows `within` to the projects that `next` holds too; the first word starts with all of its own. */
function both(within: ReadonlySet<number> | undefined, next: ReadonlySet<number>): ReadonlySet<number> {
  return within === undefined ? next : new Set([...within].filter((at) => next.has(at)));
}

/** Projects in which every word begins a word of client, name or code: what a phrase names (date-convention.md, Projects). */
export function namedProjects(index: ProjectIndex, words: readonly string[]): readonly Project[] {
  let found: ReadonlySet<number> | undefined;
  for (const word of words.slice(0, 12)) {
    found = both(found, lookUp(index, word));
    if (found.size === 0) return [];
  }
  return [...(found ?? [])].flatMap((at) => index.entries[at]?.project ?? []);
}

/** Scores projects word by word, slips allowed, and lets Fuse put the best 25 in order: best first. */
function rank(index: ProjectIndex, words: readonly string[], near: boolean): readonly Project[] {
  const score = new Map<number, number>();
  for (const word of words.slice(0, 6)) {
    const exact = lookUp(index, word);
    for (const at of exact) score.set(at, (score.get(at) ?? 0) + 1);
    if (exact.size === 0 && near) for (const at of lookNear(index, word)) score.set(at, (score.get(at) ?? 0) + 0.5);
  }
  const top = [...score].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, RERANK);
  const projects = top.flatMap(([at]) => index.entries[at]?.project ?? []);
  if (projects.length < 2) return projects;
  const fuse = new Fuse(projects, { keys: ["client", "name", "code"], threshold: 1, ignoreLocation: true });
  const order = new Map(fuse.search(words.join(" ")).map((hit, place) => [hit.item.id, place] as const));
  const points = new Map(top.map(([at, value]) => [index.entries[at]?.project.id ?? 0, value] as const));
  return projects.toSorted((a, b) => (points.get(b.id) ?? 0) - (points.get(a.id) ?? 0) || (order.get(a.id) ?? RERANK) - (order.get(b.id) ?? RERANK));
}

/** Active projects for a picker, best first: those that every word names, then those that only come near. No words: all, in account order. */
export function findProjects(index: ProjectIndex, words: string, limit: number): readonly Project[] {
  const asked = wordsOf(words);
  if (asked.length === 0) return index.projects.filter((project) => project.active).slice(0, limit);
  const named = new Set(namedProjects(index, asked).filter((project) => project.active));
  const ranked = rank(index, asked, named.size === 0).filter((project) => project.active);
  return [...ranked.filter((project) => named.has(project)), ...[...named].filter((project) => !ranked.includes(project)), ...ranked.filter((project) => !named.has(project))].slice(0, limit);
}

/** Active projects that a phrase does not name but may have meant, a typing slip away; best first, at most five. */
export function nearProjects(index: ProjectIndex, words: readonly string[]): readonly Project[] {
  let close: ReadonlySet<number> | undefined;
  for (const word of words.slice(0, 6)) {
    const exact = lookUp(index, word);
    const found = exact.size > 0 ? exact : lookNear(index, word);
    const narrowed = both(close, found);
    if (narrowed.size > 0) close = narrowed;
  }
  const ids = new Set([...(close ?? [])].map((at) => index.entries[at]?.project.id));
  return rank(index, words, true).filter((project) => project.active && ids.has(project.id)).slice(0, 5);
}

/** Tasks of a project that the words name: every word begins a word of the task's name. An exact name beats its longer neighbours. */
export function namedTasks(tasks: readonly Task[], words: readonly string[]): readonly Task[] {
  return taskFinder(tasks)(words);
}

/** `namedTasks` for many look-ups among the same tasks. */
export function taskFinder(tasks: readonly Task[]): (words: readonly string[]) => readonly Task[] {
  const known = tasks.map((task) => ({ task, own: wordsOf(task.name) }));
  return (words) => {
    if (words.length === 0) return [];
    const fits = known.filter(({ own }) => words.every((word) => own.some((each) => each.startsWith(word))));
    const exact = fits.filter(({ own }) => own.join(" ") === words.join(" "));
    return (exact.length > 0 ? exact : fits).map(({ task }) => task);
  };
}

/** Tasks of several projects, one for each name: enough to tell whether a word names a task at all. */
export function differentTasks(projects: readonly Project[]): readonly Task[] {
  const byName = new Map<string, Task>();
  for (const project of projects) for (const task of project.tasks) if (!byName.has(task.name)) byName.set(task.name, task);
  return [...byName.values()];
}
