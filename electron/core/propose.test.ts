import { describe, expect, it } from "vitest";
import { exampleFacts as facts } from "./fixture-account.ts";
import type { IntentStep, Quote } from "./intent.ts";
import type { Pin, Reading } from "./outcome.ts";
import { propose } from "./propose.ts";

type Said = Partial<Record<Exclude<keyof IntentStep, "kind">, string>> & { readonly kind: IntentStep["kind"] };

/** What a model would quote: the words, found in the sentence. */
function byModel(text: string, steps: readonly Said[], pins: readonly Pin[] = []): Reading {
  const quote = (words: string): Quote => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
  const quoted = steps.map(({ kind, ...rest }): IntentStep => ({ kind, ...Object.fromEntries(Object.entries(rest).map(([field, words]) => [field, quote(words)])) }));
  return propose(text, { by: "model", steps: quoted }, facts, pins);
}

describe("what a model heard", () => {
  it("is exact in the end and always previewed", () => {
    const reading = byModel("yesterday was a long one, 2h of acme website", [{ kind: "add", when: "yesterday", hours: "2h", project: "acme website" }]);
    expect(reading.outcome).toEqual({ kind: "proposal", preview: true, operations: [{ op: "add", date: "2026-04-05", hours: 2, project: 1, task: 11, notes: "", assumed: ["task"] }] });
  });
  it("may quote project and task in one run", () => {
    expect(byModel("acme testing 2h", [{ kind: "add", hours: "2h", project: "acme testing" }]).outcome).toMatchObject({ kind: "proposal", operations: [{ project: 2, task: 13 }] });
  });
  it("moves one entry in one change", () => {
    const text = "put Friday's mobile app thing on Thursday instead, 2h";
    expect(byModel(text, [{ kind: "move", targetWhen: "Friday", targetProject: "mobile app", when: "Thursday", hours: "2h" }]).outcome).toEqual({ kind: "proposal", preview: true, operations: [{ op: "change", entry: 2, set: { date: "2026-04-02", hours: 2 } }] });
  });
  it("asks about a day, length or project that its words do not settle", () => {
    expect(byModel("2h acme website some day", [{ kind: "add", when: "some day", hours: "2h", project: "acme website" }]).outcome).toMatchObject({ kind: "question", question: { about: "date" } });
    expect(byModel("a while on acme website", [{ kind: "add", hours: "a while", project: "acme website" }]).outcome).toMatchObject({ kind: "question", question: { about: "hours" } });
    expect(byModel("2h soylent", [{ kind: "add", hours: "2h", project: "soylent" }]).outcome).toMatchObject({ kind: "question", question: { about: "project" } });
  });
  it("is asked about when it left a date, a length or a turning word out", () => {
    for (const text of ["2h acme website friday", "2h acme website 3h", "2h acme website but not really", "don't log 2h acme website", "2h acme website 7"]) {
      expect(byModel(text, [{ kind: "add", hours: "2h", project: "acme website" }]).outcome).toMatchObject({ kind: "question", question: { about: "intent" } });
    }
  });
  it("is taken as shown, or left, when the user says so", () => {
    const steps: readonly Said[] = [{ kind: "add", hours: "2h", project: "acme website" }];
    expect(byModel("2h acme website friday", steps, [{ op: 0, field: "intent", value: "add" }]).outcome).toMatchObject({ kind: "proposal", preview: true });
    expect(byModel("2h acme website friday", steps, [{ op: 0, field: "intent", value: "nothing" }]).outcome).toEqual({ kind: "nothing" });
  });
  it("never lets a project name inside a quote become a date", () => {
    expect(byModel("2h sunday times", [{ kind: "add", when: "sunday", hours: "2h", project: "sunday times" }]).outcome).toMatchObject({ kind: "question", question: { about: "date" } });
  });
  it("adds one operation for each step", () => {
    const text = "initech took 2h and globex standup talk 1h, both yesterday";
    const steps: readonly Said[] = [{ kind: "add", when: "yesterday", hours: "2h", project: "initech" }, { kind: "add", when: "yesterday", hours: "1h", project: "globex" }];
    expect(byModel(text, steps).outcome).toMatchObject({ operations: [{ project: 4, date: "2026-04-05" }, { project: 3, date: "2026-04-05", hours: 1 }] });
  });
  it("refuses two steps that change one entry", () => {
    const steps: readonly Said[] = [{ kind: "delete", targetWhen: "yesterday" }, { kind: "change", targetWhen: "yesterday", hours: "3h" }];
    expect(byModel("yesterday 3h", steps).outcome).toMatchObject({ kind: "refusal" });
  });
  it("comes to nothing when it heard nothing", () => {
    expect(byModel("tell me a joke", [{ kind: "none" }]).outcome).toEqual({ kind: "nothing" });
    expect(propose("hello", { by: "model", steps: [] }, facts).outcome).toEqual({ kind: "nothing" });
  });
  it("survives quotes that lie outside the sentence", () => {
    const steps: readonly IntentStep[] = [{ kind: "add", when: { start: 90, end: 99 }, hours: { start: -4, end: -1 }, project: { start: 5, end: 2 } }];
    expect(propose("2h globex", { by: "model", steps }, facts).outcome.kind).toBe("question");
  });
});

describe("what the rules heard", () => {
  it("is left to a model when words that matter are unused", () => {
    const steps: readonly IntentStep[] = [{ kind: "add", hours: { start: 0, end: 2 }, project: { start: 3, end: 15 } }];
    expect(propose("2h acme website friday", { by: "rules", steps }, facts).outcome).toMatchObject({ kind: "needs-model", operations: [{ hours: 2, project: 1 }] });
    expect(propose("2h acme website", { by: "rules", steps }, facts).outcome).toMatchObject({ kind: "proposal", preview: false });
  });
});
