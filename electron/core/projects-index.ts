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
  /** First letters of a name's words ("gwr") to projects. */
  readonly initials: ReadonlyMap<string, readonly number[]>;
  /** For each task name its words and the active projects that have such a task. */
  readonly taskPlaces: readonly TaskPlaces[];
  /** The vocabulary by length, each word with the set of its letters: a slip away is only what nearly shares them. */
  readonly spelling: ReadonlyMap<number, readonly Spelled[]>;
}

interface Spelled {
  readonly word: string;
  readonly letters: number;
}

interface TaskPlaces {
  readonly name: string;
  readonly words: readonly string[];
  readonly at: readonly number[];
}

/** One bit for each letter that a word has; digits and other letters share the last ones. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i += 1) {
    const code = word.charCodeAt(i);
    bits |= 1 << (code >= 97 && code <= 122 ? code - 97 : 26 + (code % 6));
  }
  return bits;
}

function ones(bits: number): number {
  let left = bits;
  let count = 0;
  while (left !== 0) {
    left &= left - 1;
    count += 1;
  }
  return count;
}

const SMALL_WORDS: ReadonlySet<string> = new Set(["and", "of", "for", "the", "a", "an", "in", "on", "to", "with", "und", "fur", "der", "die", "das"]);

/** The initials that people may type for a name: of client and name together, of the name, of the client; three to six letters. */
function initialsOf(client: readonly string[], name: readonly string[]): ReadonlySet<string> {
  const short = (words: readonly string[]): string => words.filter((word) => /^\p{L}/u.test(word)).map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0)).join("");
  const big = (words: readonly string[]): readonly string[] => words.filter((word) => !SMALL_WORDS.has(word));
  const lists = [[...client, ...name], name, client];
  return new Set(lists.flatMap((words) => [short(words), short(big(words))]).filter((letters) => letters.length >= 3 && letters.length <= 6));
}

function note<K>(map: Map<K, number[]>, key: K, at: number): void {
  const list = map.get(key);
  if (list) list.push(at);
  else map.set(key, [at]);
}

/** Builds the index. Two projects with the same id are a broken account: the first one stands. */
export function indexProjects(projects: readonly Project[]): ProjectIndex {
  const byId = new Map<number, IndexedProject>();
  const positions = new Map<string, number[]>();
  const initials = new Map<string, number[]>();
  const places = new Map<string, number[]>();
  const tasks = new Map<string, Task>();
  const entries: IndexedProject[] = [];
  // A client has many projects and a task name stands on most of them: their words are split once.
  const known = new Map<string, readonly string[]>();
  const split = (text: string): readonly string[] => {
    const words = known.get(text) ?? wordsOf(text);
    known.set(text, words);
    return words;
  };
  for (const project of projects) {
    if (byId.has(project.id)) continue;
    const client = split(project.client);
    const name = split(project.name);
    const words = [...client, ...name, ...split(project.code ?? "")];
    const entry: IndexedProject = { project, words, clientWords: client.length };
    const at = entries.push(entry) - 1;
    byId.set(project.id, entry);
    for (const word of new Set(words)) note(positions, word, at);
    for (const letters of initialsOf(client, name)) note(initials, letters, at);
    if (!project.active) continue;
    for (const task of project.tasks) {
      if (!tasks.has(task.name)) tasks.set(task.name, task);
      note(places, task.name, at);
    }
  }
  const vocabulary = [...positions.keys()].toSorted();
  const spelling = new Map<number, Spelled[]>();
  for (const word of vocabulary) {
    if (word.length < 4) continue;
    const list = spelling.get(word.length) ?? [];
    list.push({ word, letters: lettersOf(word) });
    spelling.set(word.length, list);
  }
  return {
    projects: entries.map((entry) => entry.project),
    tasks: [...tasks.values()],
    entries, byId, vocabulary, positions, initials, spelling,
    taskPlaces: [...places].map(([task, at]) => ({ name: task, words: split(task), at })),
    longest: entries.reduce((most, entry) => Math.max(most, entry.words.length), 0),
  };
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

/** Positions of the projects that one word of a phrase names: words that begin with it, else names whose initials it is ("GWR"). */
export function namedBy(index: ProjectIndex, word: string): ReadonlySet<number> {
  const found = lookUp(index, word);
  return found.size > 0 || word.length < 3 ? found : new Set(index.initials.get(word));
}

/** Optimal string alignment distance (insert, delete, replace, swap of neighbours), given up above `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const width = b.length + 1;
  // Three rows, used in turn: this one, the one above, the one above that.
  let [row, above, before] = [new Uint16Array(width), new Uint16Array(width), new Uint16Array(width)];
  for (let j = 0; j < width; j += 1) above[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    row[0] = i;
    let best = i;
    const letter = a.charCodeAt(i - 1);
    for (let j = 1; j < width; j += 1) {
      const cost = letter === b.charCodeAt(j - 1) ? 0 : 1;
      let value = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1)) value = Math.min(value, (before[j - 2] ?? 0) + 1);
      row[j] = value;
      if (value < best) best = value;
    }
    if (best > limit) return limit + 1;
    [before, above, row] = [above, row, before];
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
  const letters = lettersOf(word);
  for (let length = word.length - limit; length <= word.length + limit; length += 1) {
    for (const candidate of index.spelling.get(length) ?? []) {
      // A slip changes at most two of the letters that a word has.
      if (ones(candidate.letters ^ letters) > 2 * limit) continue;
      if (editDistance(word, candidate.word, limit) <= limit) for (const at of index.positions.get(candidate.word) ?? []) found.add(at);
    }
  }
  return found;
}
