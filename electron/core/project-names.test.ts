import { describe, expect, it } from "vitest";
import type { Entry, Project } from "./entry.ts";
import type { Facts } from "./facts.ts";
import type { Pin } from "./outcome.ts";
import { projectRunAt } from "./project-runs.ts";
import { indexProjects } from "./projects.ts";
import { read } from "./read.ts";
import { tokenize } from "./tokens.ts";

/* Which project and task words name (the convention, Projects and Tasks), with names that are hard: numbers, dates, common words, archived twins. Today is Monday 6 April 2026. */

const [DESIGN, DEVELOPMENT, TESTING, REVIEW] = [{ id: 11, name: "Design" }, { id: 12, name: "Development" }, { id: 13, name: "Testing" }, { id: 14, name: "Design Review" }];
const project = (id: number, client: string, name: string, tasks: Project["tasks"] = [DEVELOPMENT], more: Partial<Project> = {}): Project => ({ id, client, name, tasks, active: true, ...more });
const PROJECTS: readonly Project[] = [
  project(1, "Acme Corp", "Website Redesign", [DESIGN, DEVELOPMENT], { code: "AWR" }), project(2, "Acme Corp", "Mobile App", [DEVELOPMENT, TESTING]), project(3, "Globex", "API Platform"),
  project(4, "Initech", "Billing Phase 2"), project(5, "Initech", "Billing Phase 3"), project(6, "Umbrella", "Sunday Times"), project(7, "Umbrella", "24/7 Monitoring"), project(8, "Hooli", "2026 Annual Report", [DESIGN, REVIEW]),
  project(9, "Stark", "May Day"), project(10, "", "Support"), project(11, "Internal", "Internal"), project(12, "Oldco", "Legacy Portal", [DEVELOPMENT], { active: false }), project(13, "Smith & Sons", "Half-Day Workshops"),
  project(14, "Wayne", "Tools for Teams"), project(15, "Hooli", "2025 Annual Report", [DESIGN], { active: false }), project(16, "Café Zürich", "Menü"), project(17, "Vandelay", "Latex 3 Line"),
];
const entry = (id: number, date: Entry["date"], on: number, task: number): Entry => ({ id, date, hours: 1, project: on, task, notes: "", running: false });
const facts: Facts = { today: "2026-04-06", time: "09:00", zone: "UTC", weekStart: "monday", dateOrder: "MDY", index: indexProjects(PROJECTS), shortcuts: [], entries: [] };

const detailed = (text: string, over: Partial<Facts> = {}, pins: readonly Pin[] = []): string => {
  const { outcome } = read(text, { ...facts, ...over }, pins);
  if (outcome.kind === "question") return `ask ${outcome.question.about}: ${outcome.question.options.map((option) => option.pins.map((pin) => pin.value).join("/")).join(" ")}`.trim();
  if (outcome.kind === "refusal") return `refused: ${outcome.code}`;
  if (outcome.kind !== "proposal") return outcome.kind;
  return outcome.operations.map((operation) => (operation.op === "add" ? `${operation.project}/${operation.task}${operation.assumed?.includes("task") === true ? "?" : ""} ${operation.hours}h ${operation.date.slice(5)}${operation.notes === "" ? "" : ` "${operation.notes}"`}` : operation.op)).join(", ");
};

describe("words that name one project", () => {
  it.each([
    ["2h website", "ask task: 11 12"], ["2h mobile testing", "2/13 2h 04-06"], ["2h globex", "3/12? 2h 04-06"], ["2h glob plat", "3/12? 2h 04-06"], ["2h platform globex", "3/12? 2h 04-06"], ["2h GLOBEX API", "3/12? 2h 04-06"], ["2h globex › api platform", "3/12? 2h 04-06"], ["2h globex/api platform", "3/12? 2h 04-06"], ["2h globex: api platform", "3/12? 2h 04-06"], ["2h globex - api platform", "3/12? 2h 04-06"],
    ["2h initech phase 2", "4/12? 2h 04-06"], ["2h phase 3", "5/12? 2h 04-06"], ["2h billing phase 2", "4/12? 2h 04-06"], ["2h initech billing phase 3 yesterday", "5/12? 2h 04-05"], ["2h sunday times", "6/12? 2h 04-06"], ["2h sunday times on sunday", "6/12? 2h 04-05"], ["sunday 2h sunday times", "6/12? 2h 04-05"], ["2h umbrella sunday times", "6/12? 2h 04-06"],
    ["2h 24/7 monitoring", "7/12? 2h 04-06"], ["2h monitoring", "7/12? 2h 04-06"], ["2h may day", "9/12? 2h 04-06"], ["2h may day on april 2", "9/12? 2h 04-02"], ["2h stark", "9/12? 2h 04-06"], ["2h support", "10/12? 2h 04-06"], ["2h internal", "11/12? 2h 04-06"], ["2h half-day workshops", "13/12? 2h 04-06"], ["2h smith & sons", "13/12? 2h 04-06"], ["2h smith sons", "13/12? 2h 04-06"],
    ["2h tools", "14/12? 2h 04-06"], ["2h tools for teams", "14/12? 2h 04-06"], ["2h tools for monday", "14/12? 2h 04-06"], ["2h tools on friday", "14/12? 2h 04-03"], ["2h cafe zurich", "16/12? 2h 04-06"], ["2h menu", "16/12? 2h 04-06"], ["2h CAFÉ", "16/12? 2h 04-06"], ["2h latex 3 line", "17/12? 2h 04-06"], ["3h latex", "17/12? 3h 04-06"], ["2h AWR design", "1/11 2h 04-06"], ["2h gap", "3/12? 2h 04-06"],
  ])("%s: %s", (text, expected) => {
    expect(detailed(text)).toBe(expected);
  });
  it("is the active one where an archived twin has the same words", () => {
    expect(detailed("2h annual report review")).toBe("8/14 2h 04-06");
    expect(detailed("2h 2026 annual report design")).toBe("8/11 2h 04-06");
    expect(detailed("2h hooli design")).toBe("8/11 2h 04-06");
  });
  it("is refused by name when it is archived", () => {
    expect(detailed("2h legacy portal")).toBe("refused: archived");
    expect(detailed("2h oldco")).toBe("refused: archived");
    expect(detailed("2h 2025 annual report")).toBe("refused: archived");
  });
});

describe("words that name several projects, or none", () => {
  it.each([
    ["2h acme", "ask project: 1 2"], ["2h corp", "ask project: 1 2"], ["2h initech", "ask project: 4 5"], ["2h billing phase", "ask project: 4 5"], ["2h umbrella", "ask project: 6 7"],
    ["2h globexx", "ask project: 3"], ["2h initec", "ask project: 4 5"], ["2h intech", "ask project: 4 5"], ["2h webiste", "ask project: 1"], ["2h monitorng", "ask project: 7"], ["2h soylent", "ask project: 1 2 3 4 5 6 7 8 9"], ["2h", "ask project: 1 2 3 4 5 6 7 8 9"],
  ])("%s: %s", (text, expected) => {
    expect(detailed(text)).toBe(expected);
  });
  it("are offered in the order in which they were last booked on, without deciding anything", () => {
    const entries = [entry(1, "2026-04-02", 2, 12), entry(2, "2026-04-01", 5, 12), entry(3, "2026-03-20", 1, 11)];
    expect(detailed("2h acme", { entries })).toBe("ask project: 2 1");
    expect(detailed("2h initech", { entries })).toBe("ask project: 5 4");
    expect(detailed("2h", { entries })).toBe("ask project: 2 5 1 3 4 6 7 8 9");
  });
  it("are settled by a task that only one of them has, and by nothing less", () => {
    expect(detailed("2h acme design")).toBe("1/11 2h 04-06");
    expect(detailed("2h acme testing")).toBe("2/13 2h 04-06");
    expect(detailed("2h acme development")).toBe("ask project: 1 2");
  });
  it("are settled by the answer", () => {
    expect(detailed("2h acme testing", {}, [{ op: 0, field: "project", value: 2 }])).toBe("2/13 2h 04-06");
    expect(detailed("2h initech", {}, [{ op: 0, field: "project", value: 5 }])).toBe("5/12? 2h 04-06");
    // An archived or unknown project is no answer.
    expect(detailed("2h initech", {}, [{ op: 0, field: "project", value: 12 }])).toBe("ask project: 4 5");
    expect(detailed("2h initech", {}, [{ op: 0, field: "project", value: 99 }])).toBe("ask project: 4 5");
  });
});

describe("the task of an entry", () => {
  it.each([["2h website design", "1/11 2h 04-06"], ["2h website dev", "1/12 2h 04-06"], ["2h website development yesterday", "1/12 2h 04-05"], ["2h 2026 annual report review", "8/14 2h 04-06"], ["2h 2026 annual report design review", "8/14 2h 04-06"], ["2h 2026 annual report des", "ask task: 11 14"], ["2h 2026 annual report", "ask task: 11 14"]])("is the one that was said: %s is %s", (text, expected) => {
    expect(detailed(text)).toBe(expected);
  });
  it.each([["2h testing", "ask project: 2/13"], ["2h review", "ask project: 8/14"], ["2h design review", "ask project: 8/14"], ["2h design", "ask project: 1/11 8/11"]])("named without a project is asked about with the projects that have it: %s", (text, expected) => {
    expect(detailed(text)).toBe(expected);
  });
  it("is the only one used on the project in the last 30 days, and shown as assumed", () => {
    expect(detailed("2h website", { entries: [entry(1, "2026-04-01", 1, 12)] })).toBe("1/12? 2h 04-06");
    expect(detailed("2h website", { entries: [entry(1, "2026-03-07", 1, 12)] })).toBe("1/12? 2h 04-06");
    expect(detailed("2h website", { entries: [entry(1, "2026-03-06", 1, 12)] })).toBe("ask task: 12 11");
    expect(detailed("2h website", { entries: [entry(1, "2026-04-01", 2, 12)] })).toBe("ask task: 11 12");
    expect(detailed("2h website", { entries: [entry(1, "2026-04-01", 1, 12), entry(2, "2026-04-02", 1, 11)] })).toBe("ask task: 11 12");
    expect(detailed("2h website", { entries: [entry(1, "2026-04-02", 1, 12), entry(2, "2026-04-01", 1, 11)] })).toBe("ask task: 12 11");
  });
  it("is the answer's, if it is one of that project's", () => {
    expect(detailed("2h website", {}, [{ op: 0, field: "task", value: 12 }])).toBe("1/12 2h 04-06");
    expect(detailed("2h website", {}, [{ op: 0, field: "task", value: 13 }])).toBe("ask task: 11 12");
  });
});

describe("shortcuts", () => {
  const shortcuts: Facts["shortcuts"] = [{ name: "standup", project: 3, task: 12, notes: "Standup", hours: 0.25 }, { name: "acme", project: 1, task: 11 }, { name: "acme meeting", project: 2, task: 13, notes: "Weekly" }, { name: "old thing", project: 12 }, { name: "gone", project: 77 }, { name: "apps", project: 2 }];
  it.each([
    ["standup", "3/12 0.25h 04-06 \"Standup\""], ["1h standup yesterday", "3/12 1h 04-05 \"Standup\""], ["2h acme", "1/11 2h 04-06"], ["2h acme meeting", "2/13 2h 04-06 \"Weekly\""], ["2h old thing", "refused: archived"], ["2h gone", "refused: archived"], ["2h apps", "ask task: 12 13"],
  ])("%s: %s", (text, expected) => {
    expect(detailed(text, { shortcuts })).toBe(expected);
  });
});

describe("where the words of a name stand", () => {
  const runAt = (marked: string): string => {
    const text = marked.replace("|", "");
    const tokens = tokenize(text);
    const run = projectRunAt(facts.index, tokens, Math.max(0, tokens.findIndex((token) => token.start >= marked.indexOf("|"))), new Map());
    if (!run) return "none";
    return `${text.slice(tokens[run.from]?.start, tokens[run.to - 1]?.end)} → ${run.projects.map((each) => each.id).join(" ")}${run.guarded ? " guarded" : ""}`;
  };
  it.each([
    ["|globex api yesterday", "globex api → 3"], ["2h |globex", "globex → 3"], ["|acme corp website", "acme corp website → 1"], ["|acme globex", "acme → 1 2"], ["|phase 2", "phase 2 → 4 guarded"], ["|billing phase 2 3h", "billing phase 2 → 4 guarded"], ["|billing phase 2h", "billing phase → 4 5"], ["|billing phase 2:30", "billing phase → 4 5"], ["|billing phase 2.5", "billing phase → 4 5"],
    ["|sunday times", "sunday times → 6 guarded"], ["|24/7 monitoring", "24/7 monitoring → 7 guarded"], ["|2026 annual report", "2026 annual report → 8 guarded"], ["|2025 annual report", "2025 annual report → 15 guarded"], ["|may day", "may day → 9 guarded"], ["|tools for teams", "tools for teams → 14"], ["|tools for", "tools → 14"], ["|tools for x", "tools → 14"],
    ["|half-day workshops", "half-day workshops → 13 guarded"], ["|smith & sons", "smith & sons → 13"], ["|globex's api", "globex's api → 3"], ["|globex - api", "globex → 3"], ["|globex -api", "globex -api → 3"], ["|globex-api", "globex-api → 3"], ["|globex\napi", "globex → 3"], ["|legacy portal", "legacy portal → 12"], ["|annual report", "annual report → 8"], ["|gap x", "gap → 3"], ["|latex 3", "latex 3 → 17 guarded"],
  ])("%j: %s", (text, expected) => {
    expect(runAt(text)).toBe(expected);
  });
  it.each(["|sunday", "|may", "|day", "|2", "|24", "|2026", "|2h", "2|h", "|for", "|x", "|a", "|gl", "|sunday 5", "|may 5", "|march", "|, globex", "|2026 was fine", "|and sons", "|half"])("%j: none", (text) => {
    expect(runAt(text)).toBe("none");
  });
});
