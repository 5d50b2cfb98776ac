import type { Project, Task } from "../core/entry.ts";
import { namedProjects, namedTasks, type ProjectIndex } from "../core/projects.ts";
import { wordsOf } from "../core/tokens.ts";

/** What people call a project by: its client, its own name, or the first letters of either. */
export type Style = "client" | "project" | "initials";

/** A project that can be told apart from all others of its account, what it may be called, best first, and one of its tasks by name. */
export interface NamedProject {
  readonly project: Project;
  readonly task: Task;
  readonly taskWords: string;
  readonly calls: readonly { readonly style: Style; readonly words: string }[];
}

/** As people type a name: small letters, and no marks between the words. */
const typed = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const first = (name: string): string => typed(name).split(" ")[0] ?? "";
const letters = (name: string): string => typed(name).split(" ").map((word) => word.slice(0, 1)).join("");

/** A name of more words is nothing that anybody types. */
const LONGEST = 5;

function callsOf({ client, name }: Project): NamedProject["calls"] {
  const calls = [
    { style: "client", words: first(client) },
    { style: "client", words: typed(client) },
    { style: "project", words: typed(name) },
    { style: "project", words: `${first(client)} ${first(name)}` },
    { style: "project", words: `${first(client)} ${typed(name)}` },
    { style: "project", words: `${typed(client)} ${typed(name)}` },
    { style: "initials", words: letters(name) },
    { style: "initials", words: letters(`${client} ${name}`) },
  ] as const;
  return calls.filter(({ style, words }) => words.trim().length > 1 && words.split(" ").length <= LONGEST && (style !== "initials" || /^\p{L}{3,}$/u.test(words)));
}

/** The project as it may be called in this account; undefined when no words of its own mean it alone, or it has no task that can be named. */
export function nameProject(project: Project, index: ProjectIndex): NamedProject | undefined {
  const meansIt = (words: string): boolean => {
    const named = namedProjects(index, wordsOf(words)).filter(({ active }) => active);
    return named.length === 1 && named[0]?.id === project.id;
  };
  const calls = callsOf(project).filter(({ words }) => meansIt(words));
  const task = project.tasks.find((each) => typed(each.name) !== "" && namedTasks(project.tasks, wordsOf(typed(each.name))).length === 1);
  return task === undefined || calls.length === 0 ? undefined : { project, task, taskWords: typed(task.name), calls };
}

/** The words for a project in the style that was asked for: that style's first, then the others. */
export function callsIn({ calls }: NamedProject, style: Style | undefined): readonly string[] {
  const wanted = style === undefined ? calls : [...calls.filter((call) => call.style === style), ...calls.filter((call) => call.style !== style)];
  return [...new Set(wanted.map(({ words }) => words))];
}
