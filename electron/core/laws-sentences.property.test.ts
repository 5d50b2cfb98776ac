import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Project } from "./entry.ts";
import type { Facts } from "./facts.ts";
import { exampleFacts, exampleProjects } from "./fixture-account.ts";
import type { Reading } from "./outcome.ts";
import { indexProjects } from "./projects.ts";
import { read } from "./read.ts";

const HOURS = ["2h", "1.5 hours", "90 min", "1h30", "45m", "an hour and a half", "1:30", "half an hour"];
const NAMES = ["acme website design", "globex development", "api platform meetings", "mobile app testing", "billing development", "operations admin"];
const WHENS = ["", "yesterday", "today", "on friday", "monday", "this past tuesday", "3 days ago", "march 5", "on the 3rd", "2026-03-31", "last friday", "two weeks ago"];
const sentence = fc.record({ hours: fc.constantFrom(...HOURS), name: fc.constantFrom(...NAMES), when: fc.constantFrom(...WHENS), first: fc.boolean() }).map(({ hours, name, when, first }) => (first ? `${hours} ${name} ${when}` : `${when} ${hours} ${name}`).trim());

/** What a reading does, without how it was said: the operations, or the question with its options. */
function essence({ outcome }: Reading): unknown {
  const operations = "operations" in outcome ? outcome.operations : [];
  return { kind: outcome.kind, operations, options: outcome.kind === "question" ? outcome.question.options.map((option) => option.pins) : [] };
}
const meaning = (text: string, facts: Facts = exampleFacts): unknown => essence(read(text, facts));

const titleCase = (text: string): string => text.replace(/[a-z]+/g, (word) => word.slice(0, 1).toUpperCase() + word.slice(1));
const spaced = (text: string, gaps: readonly number[]): string => text.split(" ").map((word, n) => word + " ".repeat(gaps[n % gaps.length] ?? 1)).join("");

describe("the same words in other clothes", () => {
  it("mean the same in capitals, in title case and with any spaces around and between them", { timeout: 60_000 }, () => {
    fc.assert(fc.property(sentence, fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }), (text, gaps) => {
      const plain = meaning(text);
      for (const other of [text.toUpperCase(), titleCase(text), `   ${text}  `, spaced(text, gaps), text.replaceAll(" ", "\u00a0"), text.replaceAll(" ", "\t")]) expect(meaning(other), other).toEqual(plain);
    }), { numRuns: 200 });
  });

  it("mean the same with politeness and filler around them", { timeout: 60_000 }, () => {
    const around: readonly ((text: string) => string)[] = [(text) => `please log ${text}`, (text) => `${text} please`, (text) => `can you add ${text}`, (text) => `hey, I did ${text}`, (text) => `ok so I worked ${text}`, (text) => `${text}.`, (text) => `just book ${text}!`];
    fc.assert(fc.property(sentence, fc.constantFrom(...around), (text, dress) => {
      expect(meaning(dress(text)), dress(text)).toEqual(meaning(text));
    }), { numRuns: 200 });
  });
});

describe("a project whose name holds date words", () => {
  const DATED = ["Sunday", "Monday", "Friday", "March", "May", "Yesterday", "Today", "Last", "Next", "Week", "Month", "Third", "Day"];
  const OTHERS = ["Times", "Club", "Parade", "Studio", "Orders", "Planner", "Madness", "Gazette", "Lights", "Nine", "2031"];
  const name = fc.tuple(fc.constantFrom(...DATED), fc.constantFrom(...OTHERS), fc.boolean()).map(([dated, other, turned]) => (turned ? `${other} ${dated}` : `${dated} ${other}`));

  it("never changes the day of a sentence that does not name it", { timeout: 60_000 }, () => {
    fc.assert(fc.property(sentence, fc.array(name, { minLength: 1, maxLength: 4 }), fc.boolean(), (text, names, asClient) => {
      const more = names.map((each, n): Project => ({ id: 900 + n, client: asClient ? each : "Wayne", name: asClient ? "Films" : each, active: true, tasks: [{ id: 990, name: "Editing" }] }));
      const facts: Facts = { ...exampleFacts, index: indexProjects([...exampleProjects, ...more]) };
      expect(meaning(text, facts), JSON.stringify([text, names])).toEqual(meaning(text));
    }), { numRuns: 300 });
  });
});
