import { describe, expect, it } from "vitest";
import type { Project } from "./entry.ts";
import { differentTasks, findProjects, indexProjects, namedProjects, namedTasks, nearProjects, projectLabel, taskPlaces } from "./projects.ts";

const [DESIGN, DEVELOPMENT, REVIEW, CODE] = [{ id: 1, name: "Design" }, { id: 2, name: "Development" }, { id: 3, name: "Design Review" }, { id: 4, name: "Code Review" }];
const project = (id: number, client: string, name: string, tasks: Project["tasks"] = [], active = true): Project => ({ id, client, name, active, tasks });
const PROJECTS: readonly Project[] = [
  project(1, "Globex", "Website Redesign", [DESIGN, REVIEW]), project(2, "Globex", "Website Audit", [DEVELOPMENT]), project(3, "Initech", "Website", [DESIGN]), project(4, "Oldco", "Website Archive", [DESIGN, DEVELOPMENT], false), project(5, "", "Ops", [REVIEW, CODE]),
  project(6, "Umbrella", "Mobile Banking"), project(7, "Umbrella", "Mobile Booking"), project(8, "Umbrella", "Mobile Backing"), project(9, "Umbrella", "Mobile Banding"), project(10, "Umbrella", "Mobile Baking"), project(11, "Umbrella", "Mobile Barking"), project(12, "Umbrella", "Mobile Ranking"),
];
const index = indexProjects(PROJECTS);
const ids = (projects: readonly Project[]): readonly number[] => projects.map((each) => each.id);

describe("the projects that words name", () => {
  it.each<[string, readonly number[]]>([["", []], ["globex", [1, 2]], ["globex website", [1, 2]], ["website globex audit", [2]], ["web", [1, 2, 3, 4]], ["globex mobile", []], ["umbrella mobile booking", [7]], ["website zzz globex", []]])("%j: %j", (words, expected) => {
    expect(ids(namedProjects(index, words.split(" ").filter(Boolean)))).toEqual(expected);
  });
  it("stops counting words where no name goes on", () => {
    const words = [...Array.from({ length: 12 }, () => "globex"), "zzz"];
    expect(ids(namedProjects(index, words))).toEqual([1, 2]);
    expect(ids(namedProjects(index, words.slice(1)))).toEqual([]);
  });
});

describe("the picker", () => {
  it.each<[string, number, readonly number[]]>([
    ["", 3, [1, 2, 3]], ["", 20, [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]], ["  , ", 2, [1, 2]], ["globex", 9, [1, 2]], ["globex audit", 9, [2, 1]], ["audit", 9, [2]], ["oldco", 9, []], ["zzzz", 9, []], ["glbex", 9, [1, 2]], ["umbrella bookng", 1, [7]], ["globex", 1, [1]], ["ops", 9, [5]],
  ])("shows for %j, at most %i, %j", (words, limit, expected) => {
    expect(ids(findProjects(index, words, limit))).toEqual(expected);
  });
  it("puts the name that fits best first among those with every word", () => {
    expect(ids(findProjects(index, "website", 9))[0]).toBe(3);
    expect(new Set(ids(findProjects(index, "website", 9)))).toEqual(new Set([1, 2, 3]));
  });
  it("puts names with every word in front of names with some", () => {
    expect(ids(findProjects(index, "initech website", 9))[0]).toBe(3);
    expect(ids(findProjects(index, "initech website", 9)).toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
  });
  it("puts the name with more of the words first, wherever it stands", () => {
    expect(ids(findProjects(index, "umbrella booking website", 9))[0]).toBe(7);
    expect(ids(findProjects(index, "ranking umbrella zzz", 9))[0]).toBe(12);
    expect(ids(findProjects(index, "zzz redesign globex website", 9)).slice(0, 2)).toEqual([1, 2]);
  });
  it("puts the nearer client or code first among names that fit alike", () => {
    const alike = indexProjects([project(1, "Globexpress Holding", "Thing"), project(2, "Globex", "Thing"), { ...project(3, "Other", "Matter"), code: "GTX-1900" }, { ...project(4, "Other", "Matter"), code: "GTX" }, project(5, "Third", "Audit of a Whole Year"), project(6, "Third", "Audit")]);
    expect(ids(findProjects(alike, "globex", 9))).toEqual([2, 1]);
    expect(ids(findProjects(alike, "gtx", 9))).toEqual([4, 3]);
    expect(ids(findProjects(alike, "audit", 9))).toEqual([6, 5]);
  });
  it("shows at most 25 names with only some of the words, in account order where nothing tells them apart", () => {
    const many = indexProjects(Array.from({ length: 40 }, (_, n) => project(n + 1, "Globex", "Part")));
    expect(ids(findProjects(many, "globex zzz", 100))).toEqual(Array.from({ length: 25 }, (_, n) => n + 1));
    const last = indexProjects([...many.projects, project(41, "Globex", "Special Part")]);
    expect(ids(findProjects(last, "globex special zzz", 100)).slice(0, 3)).toEqual([41, 1, 2]);
  });
  it("shows every name that fits, also beyond the ones that are put in order", () => {
    const many = indexProjects(Array.from({ length: 40 }, (_, n) => project(n + 1, "Globex", `Part ${n + 1}`)));
    expect(findProjects(many, "globex", 100)).toHaveLength(40);
    expect(findProjects(many, "globex", 30)).toHaveLength(30);
  });
});

describe("projects that may have been meant", () => {
  it.each<[string, readonly number[]]>([["glbex", [1, 2]], ["globex audti", [2]], ["initec websiet", [3]], ["zzzzz", []], ["glbex zzzzzz", [1, 2]], ["oldcoo", []], ["", []], ["opz", []]])("for %j are %j", (words, expected) => {
    expect(ids(nearProjects(index, words.split(" ").filter(Boolean)))).toEqual(expected);
  });
  it("are looked for by the first six words", () => {
    const junk = ["qqqqq", "wwwww", "eeeee", "rrrrr", "ttttt"];
    expect(ids(nearProjects(index, [...junk, "glbex"]))).toEqual([1, 2]);
    expect(ids(nearProjects(index, [...junk, "yyyyy", "glbex"]))).toEqual([]);
  });
  it("are at most five, the nearest first", () => {
    const near = ids(nearProjects(index, ["mobile", "bankng"]));
    expect(near.length).toBeLessThanOrEqual(5);
    expect(near[0]).toBe(6);
    expect(ids(nearProjects(index, ["mobyle"]))).toHaveLength(5);
  });
});

describe("where a task can be booked", () => {
  const places = (words: string, limit = 9): readonly string[] => taskPlaces(index, words.split(" ").filter(Boolean), limit).map(({ project: on, task }) => `${on.id}/${task.id}`);
  it.each<[string, readonly string[]]>([["design", ["1/1", "3/1", "5/3"]], ["development", ["2/2"]], ["code", ["5/4"]], ["design review", ["1/3", "5/3"]], ["review", ["1/3"]], ["des", ["3/1", "5/3"]], ["zzz", []], ["", []], ["dev", ["2/2"]]])("%j: on active projects with exactly one such task: %j", (words, expected) => {
    expect(places(words)).toEqual(expected);
  });
  it("stops at the limit, in account order", () => {
    expect(places("design", 1)).toEqual(["1/1"]);
    const [plan, run] = [{ id: 7, name: "Test Plan" }, { id: 8, name: "Test Run" }];
    const mixed = indexProjects([project(1, "A", "A", [plan]), project(2, "B", "B", [run]), project(3, "C", "C", [plan])]);
    expect(taskPlaces(mixed, ["test"], 9).map(({ project: on, task }) => `${on.id}/${task.id}`)).toEqual(["1/7", "2/8", "3/7"]);
  });
});

describe("tasks and labels", () => {
  it("an exact task name beats its longer neighbours, and no words name none", () => {
    const tasks = [DESIGN, REVIEW, CODE];
    expect(namedTasks(tasks, ["design"])).toEqual([DESIGN]);
    expect(namedTasks(tasks, ["des"])).toEqual([DESIGN, REVIEW]);
    expect(namedTasks(tasks, ["review", "design"])).toEqual([REVIEW]);
    expect(namedTasks(tasks, ["design", "code"])).toEqual([]);
    expect(namedTasks(tasks, [])).toEqual([]);
    expect(namedTasks([], ["design"])).toEqual([]);
  });
  it("lists the tasks of several projects once for each name", () => {
    expect(differentTasks(PROJECTS)).toEqual([DESIGN, REVIEW, DEVELOPMENT, CODE]);
    expect(differentTasks([project(1, "A", "A", [DESIGN]), project(2, "B", "B", [{ id: 9, name: "Design" }])])).toEqual([DESIGN]);
  });
  it("labels a project with its client, if it has one", () => {
    expect(PROJECTS.slice(3, 5).map(projectLabel)).toEqual(["Oldco › Website Archive", "Ops"]);
  });
});
