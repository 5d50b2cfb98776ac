import { describe, expect, it } from "vitest";
import { exampleFacts as facts } from "./fixture-account.ts";
import { read } from "./read.ts";

describe("questions about what is there", () => {
  it.each([
    ["is there anything on sunday", 2],
    ["is there something on acme mobile last week", 4],
    ["are there any entries on thursday", 2],
  ])("%s is answered with its hours", (text, hours) => {
    expect(read(text, facts).outcome).toMatchObject({ kind: "answer", hours });
  });
  it("what runs is what is worked on", () => {
    const running = { id: 20, date: facts.today, hours: 0.5, project: 3, task: 12, notes: "", running: true };
    expect(read("what am I working on", { ...facts, entries: [...facts.entries, running] }).outcome).toMatchObject({ kind: "answer", rows: [{ hours: 0.5 }] });
  });
  it("whether something was logged is answered, and nothing is booked", () => {
    expect(read("did I log 2h on acme website yesterday?", facts).outcome).toMatchObject({ kind: "answer", hours: 2 });
  });
});
