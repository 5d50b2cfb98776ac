import type { Facts } from "./facts.ts";
import { partWords } from "./heard.ts";
import type { IntentStep } from "./intent.ts";
import { isIdle } from "./hear-names.ts";
import type { Markup, Part } from "./parts.ts";
import { differentTasks, getProject, taskFinder } from "./projects.ts";
import { lowAt } from "./tokens.ts";
import { EACH_WORDS } from "./words.ts";

/** How one length is spread, as words say it: whole for each, an equal part for each, or nobody has said. */
export type Spread = NonNullable<IntentStep["spread"]>["how"];

const SHARE_WORDS = /^(?:between|across|among|amongst|evenly|equally|altogether|total|split|shared|divided)$/;

/** Whether a word tells how one length is spread over several projects or days. */
export const isSpreadWord = (low: string): boolean => EACH_WORDS.has(low) || low === "both" || low === "all" || SHARE_WORDS.test(low);

/** How the words of a clause spread its length. `split`: the verb has said that it is shared out. */
export function spreadOf(markup: Markup, parts: readonly Part[], split: boolean): Spread {
  const lows = parts.filter((part) => part.kind === "word" || part.kind === "filler" || part.kind === "turning").map((part) => lowAt(markup.tokens, part.from));
  if (lows.some((low) => EACH_WORDS.has(low) || low === "both")) return "each";
  // "between monday and wednesday" is a time, "between acme and globex" shares out.
  const shares = parts.some((part, n) => SHARE_WORDS.test(lowAt(markup.tokens, part.from)) && !(lowAt(markup.tokens, part.from) === "between" && parts[n + 1]?.kind === "date"));
  return split || shares ? "share" : "ask";
}

type Name = Extract<Part, { kind: "project" | "shortcut" }>;
const isName = (part: Part): part is Name => part.kind === "project" || part.kind === "shortcut";

const idsOf = (name: Name): readonly number[] => (name.kind === "project" ? name.projects.map((project) => project.id) : [name.shortcut.project]);
const different = (a: Name, b: Name): boolean => {
  const ids = new Set(idsOf(a));
  return !idsOf(b).some((id) => ids.has(id));
};

/** Parts behind a name that name one of its tasks: "globex development". */
function tasksBehind(markup: Markup, facts: Facts, parts: readonly Part[], name: Name): number {
  const projects = name.kind === "project" ? name.projects : [getProject(facts.index, name.shortcut.project)].filter((each) => each !== undefined);
  const tasksFor = taskFinder(differentTasks(projects));
  let at = parts.indexOf(name);
  for (let next = parts[at + 1]; next && next.kind === "word" && tasksFor(partWords(markup, next)).length > 0; next = parts[at + 1]) at += 1;
  return at;
}

/** Whether two names stand side by side: only joints and idle words between them, at least one of them a joint. */
function joined(markup: Markup, between: readonly Part[]): boolean {
  const joint = between.some((part) => part.kind === "break" || lowAt(markup.tokens, part.from) === "/");
  return joint && between.every((part) => isIdle(part) || lowAt(markup.tokens, part.from) === "/" || isSpreadWord(lowAt(markup.tokens, part.from)));
}

/** "4h between design and development on acme": one length beside several tasks of one project. */
export function severalTasks(markup: Markup, facts: Facts, parts: readonly Part[]): readonly (readonly Part[])[] | undefined {
  const names = parts.filter(isName);
  const [name] = names;
  if (!name || names.length > 1 || parts.filter((part) => part.kind === "hours").length !== 1) return undefined;
  const projects = name.kind === "project" ? name.projects : [getProject(facts.index, name.shortcut.project)].filter((each) => each !== undefined);
  const tasksFor = taskFinder(differentTasks(projects));
  const tasks = parts.filter((part) => part.kind === "word" && tasksFor(partWords(markup, part)).length > 0);
  const side = tasks.every((part, n) => n === 0 || joined(markup, parts.slice(parts.indexOf(tasks[n - 1] ?? part) + 1, parts.indexOf(part))));
  return tasks.length > 1 && side ? tasks.map((task) => parts.filter((part) => part === task || !tasks.includes(part))) : undefined;
}

/**
 * "6h acme and globex": one length beside several projects. Each project's own parts together with what all of them share; undefined when
 * the clause names one project (or none) and everything is as usual.
 */
export function severalProjects(markup: Markup, facts: Facts, parts: readonly Part[]): readonly (readonly Part[])[] | undefined {
  if (parts.filter((part) => part.kind === "hours").length > 1 || parts.some((part) => part.kind === "dash")) return undefined;
  const names = parts.filter(isName);
  const group: { readonly name: Name; readonly from: number; readonly to: number }[] = [];
  for (const name of names) {
    const from = parts.indexOf(name);
    const to = tasksBehind(markup, facts, parts, name) + 1;
    const last = group.at(-1);
    if (last && (!joined(markup, parts.slice(last.to, from)) || !group.every((each) => different(each.name, name)))) return undefined;
    group.push({ name, from, to });
  }
  const [first, last] = [group[0], group.at(-1)];
  if (!first || !last || group.length < 2) return undefined;
  const shared = [parts.slice(0, first.from), parts.slice(last.to)] as const;
  return group.map(({ from, to }) => [...shared[0], ...parts.slice(from, to), ...shared[1]]);
}
