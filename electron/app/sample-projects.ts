import type { Project } from "../core/entry.ts";
import sample from "../harvest/sandbox/sample.json" with { type: "json" };

/** The projects of the sample account by name, numbered for themselves: names that stand in where an account has too few of its own. */
export function sampleProjects(): readonly Project[] {
  const listed = sample.clients.flatMap(({ name, projects }) => projects.map((project) => ({ client: name, name: project.name, active: !("archived" in project), tasks: project.tasks as readonly string[] })));
  const names = [...new Set(listed.flatMap(({ tasks }) => tasks))];
  return listed.map(({ tasks, ...project }, n) => ({ id: n + 1, ...project, tasks: tasks.map((name) => ({ id: names.indexOf(name) + 1, name })) }));
}
