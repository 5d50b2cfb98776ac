import { describe, expect, it } from "vitest";
import type { Entry, Project, Shortcut } from "./entry.ts";
import type { Facts } from "./facts.ts";
import type { Ground } from "./ground.ts";
import type { IntentStep, Quote } from "./intent.ts";
import { markUp } from "./markup.ts";
import type { Pin } from "./outcome.ts";
import { indexProjects } from "./projects.ts";
import { resolveProject, resolveTask, shortcutOf, type Booking, type Chosen } from "./resolve-project.ts";

/* What the words of a step come to (the convention, Projects and Tasks), whoever heard them. Today is Monday 6 April 2026. */

const [DESIGN, DEVELOPMENT, TESTING, DESIGN_REVIEW, QUALITY, CODE_REVIEW] = [{ id: 11, name: "Design" }, { id: 12, name: "Development" }, { id: 13, name: "Testing" }, { id: 14, name: "Design Review" }, { id: 15, name: "Quality Control" }, { id: 16, name: "Code Review" }];
const project = (id: number, client: string, name: string, tasks: Project["tasks"], active = true): Project => ({ id, client, name, tasks, active });
const PROJECTS: readonly Project[] = [
  project(1, "Acme Corp", "Website Redesign", [DESIGN, DEVELOPMENT]), project(2, "Acme Corp", "Mobile App", [DEVELOPMENT, TESTING]), project(3, "Globex", "API Platform", [DEVELOPMENT]), project(4, "Globex", "API", [DEVELOPMENT, CODE_REVIEW]), project(5, "Initech", "Old Portal", [TESTING], false),
  project(6, "Umbrella", "Data Lake", [QUALITY]), project(7, "Hooli", "Data Lake", [DESIGN_REVIEW, CODE_REVIEW]), project(8, "Wayne", "Great West Rail", [DEVELOPMENT]), project(9, "", "Ops Panel Suite", [DEVELOPMENT]),
];
const [STANDUP, RETRO, OLD, GONE]: readonly Shortcut[] = [{ name: "standup", project: 2, task: 13 }, { name: "retro", project: 7, task: 16 }, { name: "portal fix", project: 5 }, { name: "gone", project: 77 }];
const entry = (id: number, date: Entry["date"], on: number, task: number): Entry => ({ id, date, hours: 1, project: on, task, notes: "", running: false });
const FACTS: Facts = { today: "2026-04-06", time: "09:00", zone: "UTC", weekStart: "monday", dateOrder: "MDY", index: indexProjects(PROJECTS), shortcuts: [STANDUP, RETRO, OLD, GONE].filter((each) => each !== undefined), entries: [] };

const groundOf = (text: string, pins: readonly Pin[] = [], entries: readonly Entry[] = []): Ground => ({ markup: markUp(text, { ...FACTS, entries }, false), facts: { ...FACTS, entries }, pins, because: new Set() });
const quoteIn = (text: string, words: string): Quote => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });

function show(chosen: Chosen<Booking>): string {
  if (chosen.kind === "is") return `is ${chosen.value.project.id}${chosen.value.task ? `/${chosen.value.task.id}` : ""}`;
  if (chosen.kind === "refused") return `${chosen.code}: ${chosen.message}`;
  return `${chosen.question.text} ${chosen.question.options.map((option) => option.pins.map((pin) => pin.value).join("/")).join(" ")}`;
}

interface Case {
  readonly task?: string;
  readonly shortcut?: Shortcut | undefined;
  readonly pins?: readonly Pin[];
  readonly entries?: readonly Entry[];
}
/** The project that the quoted words mean, and behind "|" why. */
function projectOf(words: string | undefined, { task, shortcut, pins, entries }: Case = {}): string {
  const text = `2h ${words ?? ""} ; ${task ?? ""}`;
  const ground = groundOf(text, pins, entries);
  const step: IntentStep = { kind: "add", ...(words === undefined ? {} : { project: quoteIn(text, words) }), ...(task === undefined ? {} : { task: quoteIn(text, task) }) };
  return [show(resolveProject(ground, 0, step, shortcut)), ...ground.because].join(" | ");
}

describe("the project that words name", () => {
  it.each([
    ["globex platform", "is 3"], ["globex api", "is 4"], ["umbrella", "is 6"], ["wayne", "is 8"], ["gwr", "is 8 | \"gwr\" are the first letters of Wayne › Great West Rail."], ["gwr great", "is 8"], ["ops", "is 9"], ["wgwr", "is 8 | \"wgwr\" are the first letters of Wayne › Great West Rail."],
    ["acme", "Several projects match \"acme\". Which one? 1 2"], ["globex", "Several projects match \"globex\". Which one? 3 4"], ["data lake", "Several projects match \"data lake\". Which one? 6 7"], ["old portal", "archived: Initech › Old Portal is archived, so nothing can be booked on it."],
    ["umbrela", "Did you mean Umbrella › Data Lake? No project is called \"umbrela\". 6"], ["globexx", "No project is called \"globexx\". Did you mean one of these? 3 4"], ["soylent", "No project is called \"soylent\". Which one was it? 1 2 3 4 6 7 8 9"], ["initec", "archived: Initech › Old Portal is archived, so nothing can be booked on it."], ["initxch", "No project is called \"initxch\". Which one was it? 1 2 3 4 6 7 8 9"],
    ["acme design", "is 1/11"], ["acme testing", "is 2/13"], ["globex api code review", "is 4/16"], ["data lake code review", "is 7/16"], ["data lake quality", "is 6/15"], ["data lake review", "No project is called \"data lake review\". Did you mean one of these? 6 7"], ["acme development", "No project is called \"acme development\". Did you mean one of these? 1 2"], ["old testing", "No project is called \"old testing\". Which one was it? 1 2 3 4 6 7 8 9"],
    ["quality control", "\"quality control\" is a task. Did you mean Umbrella › Data Lake · Quality Control? 6/15"], ["code review", "\"code review\" is a task of several projects. Which one? 4/16 7/16"], ["testing", "\"testing\" is a task. Did you mean Acme Corp › Mobile App · Testing? 2/13"],
    ["the", "Which project was it? 1 2 3 4 6 7 8 9"],
  ])("%s: %s", (words, expected) => {
    expect(projectOf(words)).toBe(expected);
  });
  it("is asked for when nothing is said, the one used last first, never an archived one", () => {
    expect(projectOf(undefined)).toBe("Which project was it? 1 2 3 4 6 7 8 9");
    expect(projectOf(undefined, { entries: [entry(1, "2026-04-02", 7, 16), entry(2, "2026-04-03", 5, 13)] })).toBe("Which project was it? 7 1 2 3 4 6 8 9");
    expect(projectOf("acme", { entries: [entry(1, "2026-04-02", 2, 12)] })).toBe("Several projects match \"acme\". Which one? 2 1");
  });
  it.each([
    ["acme", "design", "is 1 | Acme Corp › Website Redesign is the only project meant that has such a task."], ["acme", "development", "Several projects match \"acme\". Which one? 1 2"], ["acme", "xyz", "Several projects match \"acme\". Which one? 1 2"], ["globex", "review", "is 4 | Globex › API is the only project meant that has such a task."], ["globex platform", "xyz", "is 3"],
    ["the", "testing", "\"testing\" is a task. Did you mean Acme Corp › Mobile App · Testing? 2/13"], ["the", "xyz", "Which project was it? 1 2 3 4 6 7 8 9"],
  ])("%s with the task %s: %s", (words, task, expected) => {
    expect(projectOf(words, { task })).toBe(expected);
  });
  it("is asked for with the places of a task that was said alone", () => {
    expect(projectOf(undefined, { task: "testing" })).toBe("\"testing\" is a task. Did you mean Acme Corp › Mobile App · Testing? 2/13");
    expect(projectOf(undefined, { task: "code review" })).toBe("\"code review\" is a task of several projects. Which one? 4/16 7/16");
    expect(projectOf(undefined, { task: "xyz" })).toBe("Which project was it? 1 2 3 4 6 7 8 9");
  });
  it("is the answer's, if it can be booked on", () => {
    const pins = (value: number): readonly Pin[] => [{ op: 0, field: "project", value }];
    expect([projectOf("acme", { pins: pins(2) }), projectOf("acme", { pins: pins(7) }), projectOf(undefined, { pins: pins(3) })]).toEqual(["is 2", "is 7", "is 3"]);
    expect(projectOf("acme", { pins: pins(5) })).toMatch(/^Several projects/);
    expect(projectOf("acme", { pins: pins(99) })).toMatch(/^Several projects/);
    expect(projectOf("acme", { pins: [{ op: 1, field: "project", value: 2 }] })).toMatch(/^Several projects/);
  });
  it("is the shortcut's where no other was named", () => {
    expect(projectOf(undefined, { shortcut: STANDUP })).toBe("is 2");
    expect(projectOf("standup", { shortcut: STANDUP })).toBe("is 2");
    expect(projectOf("the", { shortcut: STANDUP })).toBe("is 2");
    expect(projectOf("globex platform", { shortcut: STANDUP })).toBe("is 3");
    expect(projectOf(undefined, { shortcut: OLD })).toBe("archived: Initech › Old Portal is archived, so nothing can be booked on it.");
    expect(projectOf(undefined, { shortcut: GONE })).toBe("archived: The shortcut \"gone\" points to a project that is no longer yours.");
  });
});

describe("the shortcut of a step", () => {
  const named = (text: string, step: Omit<IntentStep, "kind"> = {}, only = true): string => shortcutOf(groundOf(text), { kind: "add", ...step }, only)?.name ?? "none";
  it("is the only one in the sentence, where the step is the only one", () => {
    expect([named("2h standup"), named("2h globex"), named("standup and standup"), named("standup and retro"), named("retro and retro and standup")]).toEqual(["standup", "none", "standup", "none", "none"]);
  });
  it("is among the step's own words otherwise", () => {
    const text = "1h standup and 2h retro";
    expect(named(text, {}, false)).toBe("none");
    expect(named(text, { project: quoteIn(text, "standup") }, false)).toBe("standup");
    expect(named(text, { task: quoteIn(text, "retro") }, false)).toBe("retro");
    expect(named(text, { hours: quoteIn(text, "2h retro") }, false)).toBe("retro");
    expect(named(text, { project: quoteIn(text, "standup"), task: quoteIn(text, "retro") }, false)).toBe("none");
    expect(named(text, { when: quoteIn(text, "standup") }, false)).toBe("none");
  });
  it("is the one the step was heard with", () => {
    const text = "1h standup and 2h retro";
    expect(named(text, { shortcut: quoteIn(text, "retro") })).toBe("retro");
    expect(named(text, { shortcut: quoteIn(text, "standup"), project: quoteIn(text, "retro") }, false)).toBe("standup");
    expect(named(text, { shortcut: quoteIn(text, "1h") })).toBe("none");
  });
  it("is none that stands in the note", () => {
    const text = "2h globex about standup things";
    expect(named(text, { note: quoteIn(text, "about standup things") })).toBe("none");
    expect(named(text, { note: quoteIn(text, "standup") })).toBe("none");
    expect(named(text, { note: quoteIn(text, "about ") })).toBe("standup");
    expect(named(text, { note: quoteIn(text, " things") })).toBe("standup");
    expect(named(text, { note: quoteIn(text, "globex") })).toBe("standup");
  });
});

describe("the task of an entry", () => {
  function taskOf(id: number, more: Case & { readonly booked?: number } = {}): string {
    const text = `2h ; ${more.task ?? ""}`;
    const ground = groundOf(text, more.pins, more.entries);
    const own = PROJECTS.find((each) => each.id === id);
    if (!own) throw new Error("no such project");
    const booking: Booking = { project: own, task: own.tasks.find((each) => each.id === more.booked) };
    const chosen = resolveTask(ground, 0, { kind: "add", ...(more.task === undefined ? {} : { task: quoteIn(text, more.task) }) }, booking, more.shortcut);
    const shown = chosen.kind === "is" ? `is ${chosen.value.id}${chosen.assumed === true ? " assumed" : ""}` : chosen.kind === "ask" ? `${chosen.question.text} ${chosen.question.options.map((option) => option.pins.map((pin) => pin.value).join("/")).join(" ")}` : chosen.code;
    return [shown, ...ground.because].join(" | ");
  }
  it("is the one that was said", () => {
    expect([taskOf(1, { task: "design" }), taskOf(1, { task: "dev" }), taskOf(7, { task: "code" }), taskOf(3, { task: "development" })]).toEqual(["is 11", "is 12", "is 16", "is 12"]);
    expect(taskOf(7, { task: "review" })).toBe("Several tasks match \"review\". Which one? 14 16");
    expect(taskOf(1, { task: "testing" })).toBe("Acme Corp › Website Redesign has no task \"testing\". Which one was it? 11 12");
    expect(taskOf(3, { task: "testing" })).toBe("Globex › API Platform has no task \"testing\". Which one was it? 12");
    expect(taskOf(1, { task: "testing", booked: 11 })).toMatch(/has no task/);
  });
  it("is the answer's, if the project has it", () => {
    const pins = (value: number): readonly Pin[] => [{ op: 0, field: "task", value }];
    expect([taskOf(1, { pins: pins(12) }), taskOf(1, { pins: pins(12), task: "design" })]).toEqual(["is 12", "is 12"]);
    expect(taskOf(1, { pins: pins(13) })).toBe("Which task on Acme Corp › Website Redesign? 11 12");
  });
  it("is the one named with the project, the shortcut's, the only one", () => {
    expect([taskOf(1, { booked: 12 }), taskOf(1, { booked: 12, shortcut: { name: "x", project: 1, task: 11 } })]).toEqual(["is 12", "is 12"]);
    expect([taskOf(2, { shortcut: STANDUP }), taskOf(1, { shortcut: { name: "x", project: 1, task: 11 } })]).toEqual(["is 13", "is 11"]);
    expect([taskOf(1, { shortcut: { name: "x", project: 2, task: 12 } }), taskOf(1, { shortcut: { name: "x", project: 1, task: 13 } }), taskOf(1, { shortcut: { name: "x", project: 1 } })]).toEqual(Array.from({ length: 3 }, () => "Which task on Acme Corp › Website Redesign? 11 12"));
    expect([taskOf(3), taskOf(6)]).toEqual(["is 12 assumed", "is 15 assumed"]);
  });
  it("is the only one used lately, and that is said", () => {
    const why = "Development is assumed, because it is the only task used on Acme Corp › Website Redesign in the last 30 days.";
    expect(taskOf(1, { entries: [entry(1, "2026-03-07", 1, 12)] })).toBe(`is 12 assumed | ${why}`);
    expect(taskOf(1, { entries: [entry(1, "2026-03-06", 1, 12)] })).toBe("Which task on Acme Corp › Website Redesign? 12 11");
    expect(taskOf(1, { entries: [entry(1, "2026-04-01", 2, 12)] })).toBe("Which task on Acme Corp › Website Redesign? 11 12");
    expect(taskOf(1, { entries: [entry(1, "2026-04-01", 1, 12), entry(2, "2026-04-01", 1, 11)] })).toMatch(/^Which task/);
    expect(taskOf(1, { entries: [entry(1, "2026-04-01", 1, 99)] })).toBe("Which task on Acme Corp › Website Redesign? 11 12");
  });
});
