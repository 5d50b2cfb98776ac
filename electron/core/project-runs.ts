import type { Project } from "./entry.ts";
import { lookUp, namedBy, type ProjectIndex } from "./projects-index.ts";
import { lowAt, wordsOf, type Token } from "./tokens.ts";
import { DAY_WORDS, FILLER_WORDS, LENGTH_WORDS, MONTH_WORDS, OTHER_PEOPLE, PERIOD_WORDS, TURNING_WORDS, VERBS, WEEKDAY_WORDS } from "./words.ts";

/** A run of tokens whose words all begin words of these projects. `guarded`: it holds a number or a date word that is part of the name. */
export interface ProjectRun {
  readonly from: number;
  readonly to: number;
  readonly words: readonly string[];
  readonly projects: readonly Project[];
  readonly guarded: boolean;
}

const isDateWord = (low: string): boolean => WEEKDAY_WORDS.has(low) || MONTH_WORDS.has(low) || DAY_WORDS.has(low) || PERIOD_WORDS.has(low) || LENGTH_WORDS.has(low);
const isPlainWord = (low: string): boolean => FILLER_WORDS.has(low) || TURNING_WORDS.has(low) || VERBS.has(low) || OTHER_PEOPLE.has(low);

/** Projects of `within` in which `word` directly follows `before`, as in the name itself ("phase 2", "sunday times"). */
function sideBySide(index: ProjectIndex, within: ReadonlySet<number>, before: string, word: string): ReadonlySet<number> {
  return new Set([...within].filter((at) => index.entries[at]?.words.some((each, n, words) => each === word && (words[n - 1] ?? "").startsWith(before))));
}

/** Words of one sentence that were looked up already, with what they name. */
export type LookUps = Map<string, ReadonlySet<number>>;

interface Step {
  readonly set: ReadonlySet<number>;
  readonly guarded: boolean;
}
/** What a run has come to after one of its words: all its words, the projects that have them, and where they end. */
interface Taken extends Step {
  readonly words: readonly string[];
  readonly to: number;
  readonly before?: Taken | undefined;
}

/** The projects that remain when one more word is added to a run; undefined when the word cannot belong to one. */
function narrow(index: ProjectIndex, known: LookUps, within: ReadonlySet<number> | undefined, before: string, token: Token): Step | undefined {
  const low = token.low;
  if (token.kind === "mark") return undefined;
  const special = token.kind === "number" || isDateWord(low);
  const exact = special || low.length < 2 || isPlainWord(low);
  const key = exact ? `=${low}` : low;
  const own = known.get(key) ?? (exact ? lookUp(index, low, true) : namedBy(index, low));
  known.set(key, own);
  let set: ReadonlySet<number> = within === undefined ? own : new Set([...own].filter((at) => within.has(at)));
  // A date or number word at the start is only part of a name when the next word carries the name on: checked by the caller.
  if (special && within !== undefined) set = sideBySide(index, set, before, low);
  return set.size > 0 ? { set, guarded: special } : undefined;
}

const JOINTS = /^(?:&|\/|-|›|>|:|'s|\.|\+)$/;

/** Whether two tokens stand side by side in the name of every remaining project: what makes a leading number part of the name. */
function leadsOn(index: ProjectIndex, set: ReadonlySet<number>, first: string, second: string): boolean {
  return [...set].every((at) => index.entries[at]?.words.some((each, n, words) => each === first && (words[n + 1] ?? "").startsWith(second)));
}

/** The longest run of project words at token `i`, with the projects it names (active ones only, unless all are archived). Undefined for none. */
export function projectRunAt(index: ProjectIndex, tokens: readonly Token[], i: number, known: LookUps): ProjectRun | undefined {
  const first = tokens[i];
  const start = first && !isUnit(tokens, i) ? narrow(index, known, undefined, "", first) : undefined;
  if (!first || !start) return undefined;
  let last: Taken = { ...start, words: [first.low], to: i + 1 };
  for (let at = i + 1; last.words.length < index.longest; ) {
    const token = tokens[at];
    if (!token || token.line || isUnit(tokens, at)) break;
    if (JOINTS.test(token.low) && !(token.low === "-" && !token.glued && !tokens[at + 1]?.glued) && tokens[at + 1]?.kind !== "mark") {
      at += 1;
      continue;
    }
    const step = narrow(index, known, last.set, lowAt(tokens, last.to - 1), token);
    if (!step || countsDays(index, step.set, tokens, at) || (!last.before && start.guarded && !leadsOn(index, step.set, first.low, token.low))) break;
    at += 1;
    last = { set: step.set, guarded: step.guarded || last.guarded, words: [...last.words, token.low], to: at, before: last };
  }
  // A run does not end in a preposition that only happens to stand in a name too: "tools for monday" names every project with tools, not just "Tools for Teams".
  while (last.before && /^(?:for|on|the|of|to|in|at|with|a|an|and|by|from)$/.test(lowAt(tokens, last.to - 1))) last = last.before;
  const { set, guarded, words, to } = last;
  if (words.every((word) => isDateWord(word) || isPlainWord(word)) && !(guarded && words.length > 1)) return undefined;
  if (words.length === 2 && first.kind === "number" && PERIOD_WORDS.has(words[1] ?? "") && !isWholeName(index, set, words)) return undefined;
  // Two letters begin too many words to name a project alone, unless they are a whole word of its name.
  if (words.length === 1 && (first.kind === "number" || first.low.length < 2 || (first.low.length < 3 && !index.positions.has(first.low)))) return undefined;
  return { from: i, to, words, projects: chosen(index, set), guarded };
}

/** "2h": a number with its unit is a length, whatever the projects are called. */
function isUnit(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i];
  const unit = tokens[i + 1];
  if (token?.kind === "number") return (unit?.kind === "word" && LENGTH_WORDS.has(unit.low)) || (unit?.text === ":" && unit.glued) || (unit?.text === "." && unit.glued && tokens[i + 2]?.kind === "number");
  return token?.kind === "word" && token.glued && tokens[i - 1]?.kind === "number" && LENGTH_WORDS.has(token.low);
}

/** "3 days" alone is a count of days, even where a name begins so. */
function isWholeName(index: ProjectIndex, set: ReadonlySet<number>, words: readonly string[]): boolean {
  return [...set].some((at) => wordsOf(index.entries[at]?.project.name ?? "").join(" ") === words.join(" "));
}

/** "research 3 days ago": a number with a unit of days is a part of the name only where the name goes on with that unit ("3 Days Sprint"). */
function countsDays(index: ProjectIndex, set: ReadonlySet<number>, tokens: readonly Token[], at: number): boolean {
  const [token, unit] = [tokens[at], tokens[at + 1]];
  return token?.kind === "number" && unit?.kind === "word" && PERIOD_WORDS.has(unit.low) && sideBySide(index, set, token.low, unit.low).size === 0;
}

function chosen(index: ProjectIndex, set: ReadonlySet<number>): readonly Project[] {
  const projects = [...set].flatMap((at) => index.entries[at]?.project ?? []);
  const active = projects.filter((project) => project.active);
  return active.length > 0 ? active : projects;
}
