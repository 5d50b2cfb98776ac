import { describe, expect, it } from "vitest";
import { digest } from "./digest.ts";
import type { Project } from "./entry.ts";
import { exampleFacts, exampleProjects } from "./fixture-account.ts";
import { editDistance } from "./projects-index.ts";
import { findProjects, getProject, indexProjects, namedProjects, namedTasks, nearProjects, projectLabel } from "./projects.ts";

const { index } = exampleFacts;
const ids = (projects: readonly Project[]): readonly number[] => projects.map((project) => project.id);

describe("projects by their words", () => {
  it.each<[string, readonly number[]]>([["acme", [1, 2, 6]], ["acme web", [1]], ["web acme", [1]], ["mobile", [2]], ["acme soylent", []], ["bill phase 2", [4]], ["acm r", [1]]])("%s names %j", (words, expected) => {
    expect(ids(namedProjects(index, words.split(" ")))).toEqual(expected);
  });
  it.each<[string, number]>([["globexx", 3], ["glbex", 3], ["intech", 4], ["acme webiste", 1]])("%s comes near %i", (words, expected) => {
    expect(ids(nearProjects(index, words.split(" ")))).toEqual([expected]);
  });
  it("lets short words be no slip at all", () => {
    expect(nearProjects(index, ["apo"])).toEqual([]);
    expect(nearProjects(index, ["soylent"])).toEqual([]);
  });
  it("counts insertions, losses, changes and swaps as one slip each, and gives up beyond the limit", () => {
    expect(editDistance("webiste", "website", 2)).toBe(1);
    expect(editDistance("globexx", "globex", 2)).toBe(1);
    expect(editDistance("acme", "globex", 2)).toBe(3);
  });
});

describe("the project picker", () => {
  it("puts what the words name first and leaves archived ones out", () => {
    expect(ids(findProjects(index, "acme", 5))).toEqual([1, 2]);
    expect(ids(findProjects(index, "web", 5))[0]).toBe(1);
    expect(ids(findProjects(index, "globxe", 5))).toEqual([3]);
    expect(findProjects(index, "", 3)).toHaveLength(3);
    expect(findProjects(index, "zzzz", 3)).toEqual([]);
  });
  it("labels a project with its client", () => {
    const project = getProject(index, 1);
    expect(project && projectLabel(project)).toBe("Acme Corp › Website Redesign");
    expect(getProject(index, 99)).toBeUndefined();
  });
  it("keeps the first of two projects with one id", () => {
    const twice = indexProjects([...exampleProjects, { id: 1, client: "Other", name: "Thing", active: true, tasks: [] }]);
    expect(twice.projects).toHaveLength(exampleProjects.length);
    expect(namedProjects(twice, ["other"])).toEqual([]);
  });
});

describe("tasks by their words", () => {
  const tasks = [{ id: 1, name: "Design" }, { id: 2, name: "Design Review" }, { id: 3, name: "Development" }];
  it.each<[string, readonly number[]]>([["design", [1]], ["des rev", [2]], ["dev", [3]], ["de", [1, 2, 3]], ["testing", []]])("%s names %j", (words, expected) => {
    expect(namedTasks(tasks, words.split(" ")).map((task) => task.id)).toEqual(expected);
  });
});

describe("the digest of operations", () => {
  it("is the same for equal operations, whatever the order of their keys, and another for any change", () => {
    const one = digest([{ op: "delete", entry: 7 }]);
    expect(digest([{ entry: 7, op: "delete" }])).toBe(one);
    expect(digest([{ op: "delete", entry: 8 }])).not.toBe(one);
    expect(digest([{ op: "stop", entry: 7 }])).not.toBe(one);
    expect(digest([{ op: "change", entry: 7, set: { hours: 1, date: undefined } }])).toBe(digest([{ op: "change", entry: 7, set: { hours: 1 } }]));
    expect(one).toMatch(/^[0-9a-f]{16}$/);
  });
});
