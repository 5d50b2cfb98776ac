import Fuse from "fuse.js";
import type { Project, Task } from "./entry.ts";
import { lookNear, namedBy, type ProjectIndex } from "./projects-index.ts";
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
    found = both(found, namedBy(index, word));
    if (found.size === 0) return [];
  }
  return [...(found ?? [])].flatMap((at) => index.entries[at]?.project ?? []);
}

type Near = ReadonlyMap<string, { readonly exact: boolean; readonly at: ReadonlySet<number> }>;

/** For each word the projects that it names, or else those a typing slip away. Each word is looked up once. */
function lookAll(index: ProjectIndex, words: readonly string[]): Near {
  return new Map(
    words.slice(0, 6).map((word) => {
      const named = namedBy(index, word);
      return [word, named.size > 0 ? { exact: true, at: named } : { exact: false, at: lookNear(index, word) }] as const;
    }),
  );
}

/** Scores projects word by word and lets Fuse put those with the same score in order, at most 25: best first. */
function rank(index: ProjectIndex, words: readonly string[], hits: Near): readonly Project[] {
  const score = new Map<number, number>();
  for (const { exact, at } of hits.values()) for (const each of at) score.set(each, (score.get(each) ?? 0) + (exact ? 1 : 0.5));
  const top = [...score].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, RERANK);
  const projects = top.flatMap(([at]) => index.entries[at]?.project ?? []);
  if (new Set(top.map(([, points]) => points)).size === top.length) return projects;
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
  const ranked = rank(index, asked, lookAll(index, asked)).filter((project) => project.active);
  return [...ranked.filter((project) => named.has(project)), ...[...named].filter((project) => !ranked.includes(project)), ...ranked.filter((project) => !named.has(project))].slice(0, limit);
}

/** Active projects that a phrase does not name but may have meant, a typing slip away; best first, at most five. */
export function nearProjects(index: ProjectIndex, words: readonly string[]): readonly Project[] {
  const hits = lookAll(index, words);
  let close: ReadonlySet<number> | undefined;
  for (const { at } of hits.values()) {
    const fewer = both(close, at);
    if (fewer.size > 0) close = fewer;
  }
  if (close === undefined) return [];
  const within = close;
  const narrowed: Near = new Map([...hits].map(([word, { exact, at }]) => [word, { exact, at: new Set([...at].filter((each) => within.has(each) && index.entries[each]?.project.active)) }] as const));
  return rank(index, words, narrowed).slice(0, 5);
}

/** Where a task that the words name can be booked: active projects with exactly one such task, in account order, at most `limit`. */
export function taskPlaces(index: ProjectIndex, words: readonly string[], limit: number): readonly { readonly project: Project; readonly task: Task }[] {
  const named = index.taskPlaces.filter(({ words: own }) => words.every((word) => own.some((each) => each.startsWith(word))));
  const positions = [...new Set(named.flatMap(({ at }) => at))].toSorted((a, b) => a - b);
  const places: { readonly project: Project; readonly task: Task }[] = [];
  for (const at of positions) {
    const project = index.entries[at]?.project;
    const [only, second] = project ? namedTasks(project.tasks, words) : [];
    if (project && only && !second) places.push({ project, task: only });
    if (places.length >= limit) break;
  }
  return places;
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
