import { describe, expect, it } from "vitest";
import { exampleFacts, exampleProjects } from "./fixture-account.ts";
import { indexProjects } from "./projects.ts";
import { read } from "./read.ts";

describe("a number that a project's name holds too", () => {
  const lab = { id: 30, client: "Lab", name: "Design 3", code: undefined, active: true, tasks: [{ id: 11, name: "Design" }] };
  const sprint = { id: 31, client: "Oscorp", name: "3 Days Sprint", code: undefined, active: true, tasks: [{ id: 11, name: "Design" }] };
  const facts = { ...exampleFacts, index: indexProjects([...exampleProjects, lab, sprint]) };

  it("stays with its days: another project's \"Design 3\" does not take it from \"3 days ago\"", () => {
    expect(read("2h acme website design 3 days ago", facts).outcome).toMatchObject({ kind: "proposal", operations: [{ date: "2026-04-03", project: 1, task: 11 }] });
  });
  it("is the name's where the name goes on with the unit", () => {
    expect(read("2h oscorp 3 days sprint", facts).outcome).toMatchObject({ kind: "proposal", operations: [{ date: "2026-04-06", hours: 2, project: 31 }] });
  });
});

describe("\"add 30 min to the … entry\"", () => {
  it("makes the entry longer", () => {
    expect(read("add 30 min to the header entry", exampleFacts).outcome).toMatchObject({ kind: "proposal", operations: [{ op: "change", entry: 1, set: { hours: 2.5 } }] });
  });
  it("says that there is none, and books nothing new in its place", () => {
    expect(read("add 30 min to the hooli entry", exampleFacts).outcome.kind).toBe("refusal");
  });
});
