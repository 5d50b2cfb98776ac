import type { Project, Task } from "./entry.ts";
import { wordsOf } from "./tokens.ts";

/** One project as the index knows it: its words in order, and which of them belong to the client or the code. */
export interface IndexedProject {
  readonly project: Project;
  readonly words: readonly string[];
  readonly clientWords: number;
}

/**
 * Projects made ready for looking up by words: an inverted index from word to projects with a sorted vocabulary for prefixes.
 * Built once for an account, then never changed. `positions` numbers refer to `entries`.
 */
export interface ProjectIndex {
  readonly projects: readonly Project[];
  readonly entries: readonly IndexedProject[];
  readonly byId: ReadonlyMap<number, IndexedProject>;
  readonly vocabulary: readonly string[];
  readonly positions: ReadonlyMap<string, readonly number[]>;
  /** Tasks of active projects, one for each name. */
  readonly tasks: readonly Task[];
  /** Longest name in words, so that a reader knows how far to look. */
  readonly longest: number;
}

/** Builds the index. Two projects with the same id are a broken account: the first one stands. */
export function indexProjects(projects: readonly Project[]): ProjectIndex {
  const byId = new Map<number, IndexedProject>();
  const positions = new Map<string, number[]>();
  const entries: IndexedProject[] = [];
  for (const project of projects) {
    if (byId.has(project.id)) continue;
    const client = wordsOf(project.client);
    const words = [...client, ...wordsOf(project.name), ...wordsOf(project.code ?? "")];
    const entry: IndexedProject = { project, words, clientWords: client.length };
    const at = entries.push(entry) - 1;
    byId.set(project.id, entry);
    for (const word of new Set(words)) {
      const list = positions.get(word);
      if (list) list.push(at);
      else positions.set(word, [at]);
    }
  }
  const longest = entries.reduce((most, entry) => Math.max(most, entry.words.length), 0);
  const tasks = new Map<string, Task>();
  for (const { project } of entries) if (project.active) for (const task of project.tasks) if (!tasks.has(task.name)) tasks.set(task.name, task);
  return { projects: entries.map((entry) => entry.project), tasks: [...tasks.values()], entries, byId, vocabulary: [...positions.keys()].toSorted(), positions, longest };
}

function lowerBound(sorted: readonly string[], word: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Positions of all projects with a word that begins with `word` (`exact`: that is `word`). */
export function lookUp(index: ProjectIndex, word: string, exact = false): ReadonlySet<number> {
  if (exact) return new Set(index.positions.get(word));
  const found = new Set<number>();
  for (let i = lowerBound(index.vocabulary, word); i < index.vocabulary.length; i += 1) {
    const candidate = index.vocabulary[i] ?? "";
    if (!candidate.startsWith(word)) break;
    for (const at of index.positions.get(candidate) ?? []) found.add(at);
  }
  return found;
}

/** Optimal string alignment distance (insert, delete, replace, swap of neighbours), given up above `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, (before[j - 2] ?? 0) + 1);
      row.push(value);
      best = Math.min(best, value);
    }
    if (best > limit) return limit + 1;
    before = above;
    above = row;
  }
  return above[b.length] ?? limit + 1;
}

/** How many slips a word of that length may hold and still be thought of: none below four letters. */
export const slips = (word: string): number => (word.length >= 7 ? 2 : word.length >= 4 ? 1 : 0);

/** Positions of projects with a word close to `word`: a typing slip, never an exact or prefix match. */
export function lookNear(index: ProjectIndex, word: string): ReadonlySet<number> {
  const found = new Set<number>();
  const limit = slips(word);
  if (limit === 0) return found;
  for (const candidate of index.vocabulary) {
    if (candidate.length < 4 || Math.abs(candidate.length - word.length) > limit) continue;
    if (editDistance(word, candidate, limit) <= limit) for (const at of index.positions.get(candidate) ?? []) found.add(at);
  }
  return found;
}
