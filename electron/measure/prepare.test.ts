import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FIELDS } from "../agent/fields.ts";
import { sampleProjects } from "../app/sample-projects.ts";
import type { Project } from "../core/entry.ts";
import { indexProjects } from "../core/projects.ts";
import { read } from "../core/read.ts";
import { weigh } from "../core/weigh.ts";
import { accountsFor } from "./account.ts";
import { CASES } from "./cases.ts";
import { isSame } from "./judge.ts";
import { prepare } from "./prepare.ts";
import { awkwardAccounts, ordinaryAccounts } from "./test-accounts.ts";

const spare = sampleProjects();
const prepared = (own: readonly Project[]) => {
  const accounts = accountsFor(indexProjects(own), spare);
  return CASES.map((short, turn) => ({ short, ready: prepare(short, turn, accounts) }));
};
const KINDS = { operations: "proposal", answer: "answer", nothing: "nothing" } as const;

describe("the sentences of the short form", () => {
  it("are forty, each under a name of its own, at least thirty of them beyond the rules and eight of them not", () => {
    const all = prepared(spare);
    expect(new Set(CASES.map(({ id }) => id)).size).toBe(40);
    const asks = all.filter(({ ready }) => ready.asks).length;
    expect(asks).toBeGreaterThanOrEqual(30);
    expect(40 - asks).toBeGreaterThanOrEqual(8);
  });

  it("ask for every kind of step, and for nothing at all", () => {
    const kinds = new Set(prepared(spare).filter(({ ready }) => ready.asks).flatMap(({ ready }) => ready.intent.steps.map(({ kind }) => kind)));
    expect([...kinds].toSorted()).toEqual(["add", "ask", "change", "copy", "delete", "move", "none", "start", "stop"]);
  });

  it("can be said by a model: every part of the right reading is one that a model may quote words for", () => {
    for (const { steps, id } of CASES) for (const step of steps) expect([id, Object.keys(step.fields).filter((field) => !FIELDS[step.kind].some((each) => each === field))]).toEqual([id, []]);
  });

  it("speak of the sample account's own projects only, of many of them, and are the same every time", () => {
    const all = prepared(spare);
    expect(all.every(({ ready }) => ready.own)).toBe(true);
    expect(all.map(({ ready }) => ready.text)).toEqual(prepared([...spare].reverse()).map(({ ready }) => ready.text));
    const projects = new Set(all.flatMap(({ ready }) => ready.facts.entries.map(({ project }) => project)));
    expect(projects.size).toBeGreaterThanOrEqual(8);
  });

  it.each([
    ["awkward", awkwardAccounts],
    ["ordinary", ordinaryAccounts],
  ] as const)("mean what they should in every account, however %s: a perfect model comes to exactly that, and the rules to that or to nothing", (_how, accounts) => {
    fc.assert(
      fc.property(accounts, (own) => {
        for (const { short, ready } of prepared(own)) {
          const { text, facts, intent, expected } = ready;
          expect([short.id, expected.kind]).toEqual([short.id, KINDS[short.means.kind]]);
          expect([text, isSame(weigh(text, intent, facts).outcome, expected)]).toEqual([text, true]);
          const ruled = read(text, facts).outcome;
          expect([text, ready.asks ? ruled.kind === "needs-model" : isSame(ruled, expected)]).toEqual([text, true]);
          expect(text).not.toMatch(/[{}]/);
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("are filled from an ordinary account's own projects, nearly all of them", () => {
    fc.assert(
      fc.property(ordinaryAccounts, (own) => {
        const distinct = new Set(own.map(({ name }) => name)).size;
        fc.pre(distinct === own.length);
        expect(prepared(own).filter(({ ready }) => ready.own).length).toBeGreaterThanOrEqual(36);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("borrow the sample account's names where there are none, and only those that are missing where there are few", () => {
    expect(prepared([]).filter(({ ready }) => ready.own).map(({ short }) => short.say.includes("{"))).not.toContain(true);
    const few = prepared([{ id: 7, client: "Wayne Enterprises", name: "Batcave", active: true, tasks: [{ id: 70, name: "Excavation" }] }]);
    expect(few.some(({ short, ready }) => short.say.includes("{") && ready.own)).toBe(true);
    expect(few.some(({ ready }) => !ready.own)).toBe(true);
  });
});
