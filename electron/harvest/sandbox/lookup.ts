import type { AccountData } from "./account.ts";

type Project = AccountData["projects"][number];
type TaskAssignment = AccountData["taskAssignments"][number];
type UserAssignment = AccountData["userAssignments"][number];

interface Index {
  readonly rows: number;
  readonly projects: ReadonlyMap<number, Project>;
  readonly clients: ReadonlyMap<number, string>;
  readonly tasks: ReadonlyMap<number, readonly TaskAssignment[]>;
  readonly people: ReadonlyMap<string, UserAssignment>;
}

// Three thousand projects with their tasks are walked once for an account, not once for each row of a list.
const indexes = new WeakMap<AccountData, Index>();

function indexOf(data: AccountData): Index {
  const known = indexes.get(data);
  const rows = data.projects.length + data.clients.length + data.userAssignments.length + data.taskAssignments.length;
  // An account that is still being put together grows; what exists changes in place.
  if (known?.rows === rows) return known;
  const tasks = new Map<number, TaskAssignment[]>();
  for (const each of data.taskAssignments) {
    const list = tasks.get(each.project);
    if (list) list.push(each);
    else tasks.set(each.project, [each]);
  }
  const made: Index = {
    rows,
    projects: new Map(data.projects.map((each) => [each.id, each])),
    clients: new Map(data.clients.map((each) => [each.id, each.name])),
    tasks,
    people: new Map(data.userAssignments.map((each) => [`${each.user}/${each.project}`, each])),
  };
  indexes.set(data, made);
  return made;
}

export function projectOf(data: AccountData, id: number | undefined): Project | undefined {
  return id === undefined ? undefined : indexOf(data).projects.get(id);
}

export function clientOfProject(data: AccountData, project: number): number {
  return projectOf(data, project)?.client ?? 0;
}

export function nameOfClient(data: AccountData, client: number): string {
  return indexOf(data).clients.get(client) ?? "";
}

/** The tasks of a project, inactive ones included. */
export function tasksOf(data: AccountData, project: number): readonly TaskAssignment[] {
  return indexOf(data).tasks.get(project) ?? [];
}

export function taskOnProject(data: AccountData, project: number, task: number): TaskAssignment | undefined {
  return tasksOf(data, project).find((each) => each.task === task);
}

/** How a person stands to a project; undefined when he was never put on it. */
export function assignmentOf(data: AccountData, user: number, project: number): UserAssignment | undefined {
  return indexOf(data).people.get(`${user}/${project}`);
}
