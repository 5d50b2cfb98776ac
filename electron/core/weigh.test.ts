import { describe, expect, it } from "vitest";
import { exampleFacts as facts } from "./fixture-account.ts";
import type { IntentStep, Quote } from "./intent.ts";
import type { Pin } from "./outcome.ts";
import { propose } from "./propose.ts";
import { read, withoutModel } from "./read.ts";
import { weigh } from "./weigh.ts";

type Said = Partial<Record<Exclude<keyof IntentStep, "kind">, string>> & { readonly kind: IntentStep["kind"] };

/** What comes of a sentence when a model hears these steps in it. */
function heardAs(text: string, steps: readonly Said[], more: { readonly unsure?: boolean; readonly pins?: readonly Pin[] } = {}) {
  const quote = (words: string): Quote => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
  const quoted = steps.map(({ kind, ...rest }): IntentStep => ({ kind, ...Object.fromEntries(Object.entries(rest).map(([field, words]) => [field, quote(words)])) }));
  return weigh(text, { by: "model", steps: quoted, unsure: more.unsure }, facts, more.pins ?? []).outcome;
}
const open = (text: string) => withoutModel(read(text, facts)).outcome;

describe("what the rules claim", () => {
  it.each([["2h acme website design yesterday", { kind: "delete" }], ["stop", { kind: "add", hours: "stop" }], ["delete yesterday's entry", { kind: "none" }]] as const)("stands, whatever a model hears: %s", (text, step) => {
    expect(heardAs(text, [step])).toEqual(read(text, facts).outcome);
  });
});

describe("what the rules hold open", () => {
  it("is not closed by a model that hears nothing, a refusal or a question that nobody asked", () => {
    const text = "2h acme website design but not all of it";
    expect(open(text).kind).toBe("question");
    for (const step of [{ kind: "none" }, { kind: "stop" }, { kind: "ask", project: "acme website" }] as const) expect(heardAs(text, [step])).toEqual(open(text));
  });
  it("is not answered as a question that it does not look like", () => {
    expect(heardAs("standup yesterday was 30 min", [{ kind: "ask", project: "standup", when: "yesterday", hours: "30 min" }])).toEqual(open("standup yesterday was 30 min"));
  });
  it("is settled by a model that hears it whole, and looked at before it is saved", () => {
    const text = "yesterday went mostly to acme website design, say 2 hours";
    expect(read(text, facts).outcome.kind).toBe("needs-model");
    expect(heardAs(text, [{ kind: "add", when: "yesterday", hours: "2 hours", project: "acme website", task: "design" }])).toMatchObject({ kind: "proposal", preview: true, operations: [{ op: "add", date: "2026-04-05", hours: 2, project: 1, task: 11 }] });
  });
});

describe("a step that no word asks for", () => {
  it("a change of nothing but the note is asked about where no note is spoken of", () => {
    expect(heardAs("sort the header entry", [{ kind: "change", targetProject: "header", note: "sort" }]).kind).not.toBe("proposal");
  });
  it("a deletion is asked about where nothing says so", () => {
    expect(heardAs("the header entry looks strange", [{ kind: "delete", targetProject: "header" }]).kind).not.toBe("proposal");
  });
  it("words without a day in them mean no day, and so no entry of today", () => {
    const today = { id: 9, date: facts.today, hours: 1, project: 1, task: 11, notes: "", running: false };
    const [text, quoted] = ["please delete whatever", { start: 14, end: 22 }];
    const { outcome } = propose(text, { by: "model", steps: [{ kind: "delete", targetWhen: quoted }] }, { ...facts, entries: [...facts.entries, today] });
    expect(outcome.kind).not.toBe("proposal");
  });
  it("is nothing where nothing of the sentence is about time", () => {
    expect(heardAs("strange how fine it felt", [{ kind: "start", project: "fine" }]).kind).toBe("nothing");
  });
});

describe("a model that is not sure", () => {
  const text = "yesterday went mostly to acme website design, say 2 hours";
  const step: Said = { kind: "add", when: "yesterday", hours: "2 hours", project: "acme website", task: "design" };
  it("is asked about, and the answer settles it", () => {
    expect(heardAs(text, [step], { unsure: true })).toMatchObject({ kind: "question", question: { about: "intent" } });
    expect(heardAs(text, [step], { unsure: true, pins: [{ op: 0, field: "intent", value: "add" }] })).toMatchObject({ kind: "proposal" });
    expect(heardAs(text, [step], { unsure: true, pins: [{ op: 0, field: "intent", value: "nothing" }] }).kind).toBe("nothing");
  });
  it("is no more trusted where a word denies the whole", () => {
    expect(heardAs("please do not delete the header entry", [{ kind: "delete", targetProject: "header" }]).kind).not.toBe("proposal");
    expect(heardAs("could you not log 2h acme website", [{ kind: "change", hours: "2h", project: "acme website" }]).kind).not.toBe("proposal");
  });
});
