import type { Entry, Project } from "../core/entry.ts";
import type { Facts } from "../core/facts.ts";
import { indexProjects, projectLabel, type ProjectIndex } from "../core/projects.ts";
import { ROLES, type Role } from "./case.ts";
import { FRIDAY, MONDAY, TODAY, TUESDAY } from "./cases.ts";
import { nameProject, type NamedProject } from "./names.ts";

/** Projects that sentences may be filled from, as they can be told apart in `index`. `own`: ids of the user's own among them. */
export interface MeasuredAccount {
  readonly index: ProjectIndex;
  readonly pool: readonly NamedProject[];
  readonly own: ReadonlySet<number>;
}

/** As many projects as the sentences take turns with. */
const POOL = 9;
/** As many are looked at for names that tell them apart. */
const LOOKED_AT = 40;

/** `count` of a list, evenly spread over it. */
function spread<T>(list: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, list.length / count);
  return Array.from({ length: Math.min(count, list.length) }, (_, n) => list[Math.floor(n * step)]).filter((each) => each !== undefined);
}

/** Projects that can be told apart, in the order of their labels, so that the same account always gives the same ones. */
function poolOf(projects: readonly Project[], index: ProjectIndex, most = POOL): readonly NamedProject[] {
  const labelled = projects.filter(({ active }) => active).map((project) => ({ project, label: projectLabel(project) }));
  const sorted = labelled.toSorted((x, y) => (x.label < y.label ? -1 : x.label > y.label ? 1 : x.project.id - y.project.id));
  return spread(spread(sorted, LOOKED_AT).flatMap(({ project }) => nameProject(project, index) ?? []), most);
}

/** Spare projects under numbers that no account gives. */
const apart = (projects: readonly Project[]): readonly Project[] => projects.map((project) => ({ ...project, id: -project.id, tasks: project.tasks.map((task) => ({ ...task, id: -task.id })) }));

/**
 * The accounts that sentences are filled from, in the order in which they are tried: the user's own projects (with spare ones beside them
 * when too few of them can be told apart), then the spare ones alone, with which every sentence works.
 */
export function accountsFor(own: ProjectIndex, spare: readonly Project[]): readonly MeasuredAccount[] {
  const mine = poolOf(own.projects, own);
  const foreign = apart(spare);
  const alone = indexProjects(foreign);
  const last: MeasuredAccount = { index: alone, pool: poolOf(foreign, alone), own: new Set() };
  if (mine.length >= ROLES.length) return [{ index: own, pool: mine, own: new Set(own.byId.keys()) }, last];
  const index = indexProjects([...own.projects, ...foreign]);
  const pool = [...poolOf(own.projects, index), ...poolOf(foreign, index, ROLES.length)];
  return [{ index, pool, own: new Set(own.byId.keys()) }, last];
}

export type Roles = Readonly<Record<Role, NamedProject>>;

/** The number of the entry that a role has. */
export const ENTRY_OF: Readonly<Record<Role, number>> = { a: 101, b: 102, c: 103 };

/** What the sentences are said to: these projects, three entries made up for them, a fixed Wednesday, and the convention's own rules. */
export function factsFor(index: ProjectIndex, roles: Roles, timer: Role | undefined): Facts {
  const entry = (role: Role, date: Entry["date"], hours: number): Entry => ({ id: ENTRY_OF[role], date, hours, project: roles[role].project.id, task: roles[role].task.id, notes: "", running: false });
  const entries = [entry("c", FRIDAY, 1.5), entry("b", MONDAY, 3), entry("a", TUESDAY, 2)];
  return {
    today: TODAY,
    time: "10:00",
    zone: "UTC",
    weekStart: "monday",
    dateOrder: "MDY",
    index,
    shortcuts: [],
    entries: entries.map((each) => (timer !== undefined && each.id === ENTRY_OF[timer] ? { ...each, date: TODAY, hours: 0.5, running: true } : each)),
    last: ENTRY_OF.a,
  };
}
