import { describe, expect, it } from "vitest";
import type { Project } from "./entry.ts";
import { projectRunAt } from "./project-runs.ts";
import { indexProjects, type ProjectIndex } from "./projects.ts";
import { tokenize } from "./tokens.ts";

/* Which words of a sentence are the name of a project, with names that are dates, numbers, lengths and common words. "|" is where one is looked for. */

const project = (id: number, client: string, name: string, active = true): Project => ({ id, client, name, active, tasks: [] });
const index = indexProjects([
  project(1, "Acme Corp", "Website Redesign"), project(2, "Globex", "API Platform"), project(3, "Initech", "Billing Phase 2"), project(4, "Initech", "Billing Phase 3"), project(5, "Umbrella", "Sunday Times"), project(6, "Umbrella", "Sunday School"),
  project(7, "Stark", "3 Days Sprint"), project(8, "Stark", "5 Days"), project(9, "Stark", "5 Days More"), project(10, "Wayne", "Log Viewer"), project(11, "Acme Corp", "Logistics"), project(12, "", "R Tools"), project(13, "", "Go Live"), project(14, "", "Tools for Teams"), project(15, "", "Great West Rail"),
  project(16, "", "Hours Portal"), project(17, "", "2 Hours Club"), project(18, "Phoenix", "Alpha 2 Beta 3"), project(19, "", "May Fair"), project(20, "", "Fair of May"), project(21, "", "May Annual Report"), project(22, "", "Close Month Now"), project(23, "", "Vision Motion"), project(24, "Oldco", "Archive", false),
]);

function runAt(marked: string, known: ProjectIndex = index): string {
  const text = marked.replace("|", "");
  const tokens = tokenize(text);
  const run = projectRunAt(known, tokens, Math.max(0, tokens.findIndex((token) => token.start >= marked.indexOf("|"))), new Map());
  if (!run) return "none";
  return `${text.slice(tokens[run.from]?.start, tokens[run.to - 1]?.end)} → ${run.projects.map((each) => each.id).join(" ")}${run.guarded ? " guarded" : ""}`;
}

describe("the words of a name", () => {
  it.each([
    ["acme corp website x", "acme corp website → 1"], ["acme re", "acme re → 1"], ["acme c", "acme → 1 11"], ["acm", "acm → 1 11"], ["ac", "none"], ["a", "none"], ["go", "go → 13"], ["r", "none"], ["r tools", "r tools → 12"], ["globex api globex", "globex api globex → 2"], ["gwr", "gwr → 15"], ["gwr great", "gwr great → 15"], ["gw", "none"], ["oldco", "oldco → 24"], ["vision motion", "vision motion → 23"], ["tools for", "tools → 12 14"], ["tools for teams", "tools for teams → 14"],
    // A word of every sentence is one of a name only as it stands there.
    ["acme log", "acme → 1 11"], ["acme logi", "acme logi → 11"], ["wayne log", "wayne log → 10"], ["log", "none"], ["log viewer", "log viewer → 10"],
    ["globex/api", "globex/api → 2"], ["globex//api", "globex → 2"], ["globex, api", "globex → 2"], ["globex.api", "globex.api → 2"], ["globex + api", "globex + api → 2"], ["globex's api", "globex's api → 2"], ["globex /", "globex → 2"], ["globex\napi", "globex → 2"], ["/ globex", "none"],
  ])("%j: %s", (marked, expected) => {
    expect(runAt(marked)).toBe(expected);
  });
  it("are no more than the longest name has", () => {
    const one = indexProjects([project(1, "Globex", "API")]);
    expect(runAt("globex globex globex", one)).toBe("globex globex → 1");
    expect(runAt("globex", indexProjects([]))).toBe("none");
  });
});

describe("dates and numbers in a name", () => {
  it.each([
    ["sunday times", "sunday times → 5 guarded"], ["sunday ti", "sunday ti → 5 guarded"], ["sunday", "none"], ["sunday umbrella", "none"], ["umbrella sunday", "umbrella sunday → 5 6 guarded"], ["umbrella monday", "umbrella → 5 6"], ["may annu", "may annu → 21 guarded"], ["may report", "none"], ["may", "none"],
    // Two names have both words, and only one of them begins with the month.
    ["may fair", "none"], ["fair of may", "fair of may → 20 guarded"], ["close month", "close month → 22 guarded"], ["close month now", "close month now → 22 guarded"], ["month", "none"], ["close week", "close → 22"],
    ["phase 2", "phase 2 → 3 guarded"], ["billing phase 3", "billing phase 3 → 4 guarded"], ["billing 2", "billing → 3 4"], ["billing phase 4", "billing phase → 3 4"], ["alpha 2", "alpha 2 → 18 guarded"], ["al 2", "al 2 → 18 guarded"], ["alpha 3", "alpha → 18"], ["phoenix 2", "phoenix → 18"], ["beta 3", "beta 3 → 18 guarded"], ["2", "none"], ["2 beta", "2 beta → 18 guarded"], ["2 phoenix", "none"],
    ["3 days", "none"], ["3 days sprint", "3 days sprint → 7 guarded"], ["5 days", "5 days → 8 9 guarded"], ["stark 3 days ago", "stark 3 days → 7 guarded"], ["billing phase 2 days ago", "billing phase → 3 4"], ["phoenix alpha 2 weeks ago", "phoenix alpha → 18"], ["acme website week", "acme website → 1"],
  ])("%j: %s", (marked, expected) => {
    expect(runAt(marked)).toBe(expected);
  });
  it.each([["2 hours club", "none"], ["hours portal", "hours portal → 16 guarded"], ["2|hours portal", "none"], ["2 |hours portal", "hours portal → 16 guarded"], ["/|hours portal", "hours portal → 16 guarded"], ["2|globex", "globex → 2"], ["x |hours", "none"], ["billing phase 2h", "billing phase → 3 4"], ["billing phase 2 h", "billing phase → 3 4"], ["billing phase 2:30", "billing phase → 3 4"], ["billing phase 2 :30", "billing phase 2 → 3 guarded"], ["billing phase 2.5", "billing phase → 3 4"], ["billing phase 2.x", "billing phase 2 → 3 guarded"], ["billing phase 2 .5", "billing phase 2 → 3 guarded"], ["billing phase 2. x", "billing phase 2 → 3 guarded"]])("a length is none, whatever the names are: %j: %s", (marked, expected) => {
    expect(runAt(marked)).toBe(expected);
  });
});
