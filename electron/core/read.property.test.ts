import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exampleFacts as facts } from "./fixture-account.ts";
import type { IntentKind, IntentStep } from "./intent.ts";
import type { Reading } from "./outcome.ts";
import { readPhrase } from "./phrase.ts";
import { propose } from "./propose.ts";
import { read } from "./read.ts";
import { parseIsoDate } from "./time.ts";

const WORDS = "2h 1h30 90 acme website globex mobile yesterday friday next last monday to from and , ; not move delete start stop make it that should have been was 3/5 feb 30 the 3rd half day \" ( - : note standup phase 2 each week how much on 9-5 am pm ago in 'é 😀 \ud800 \u202e \u0000 \n".split(" ");
const sentence = fc.oneof(fc.array(fc.constantFrom(...WORDS), { maxLength: 14 }).map((words) => words.join(" ")), fc.string({ unit: "binary", maxLength: 60 }), fc.array(fc.constantFrom(...WORDS), { maxLength: 10 }).map((words) => words.join("")));

/** Everything that holds for any reading of any text. */
function sound(reading: Reading): void {
  const { text, outcome, spans } = reading;
  let last = 0;
  for (const span of spans) {
    expect(span.start).toBeGreaterThanOrEqual(last);
    expect(span.end).toBeGreaterThan(span.start);
    expect(text.slice(span.start, span.end)).toBe(span.text);
    last = span.end;
  }
  expect(last).toBeLessThanOrEqual(text.length);
  if (outcome.kind === "proposal") {
    expect(outcome.operations.length).toBeGreaterThan(0);
    for (const operation of outcome.operations) {
      if (operation.op === "add") {
        expect(parseIsoDate(operation.date)).toBe(operation.date);
        expect(operation.hours).toBeGreaterThan(0);
        expect(operation.hours).toBeLessThanOrEqual(24);
        const project = facts.index.projects.find((each) => each.id === operation.project);
        expect(project?.active).toBe(true);
        expect(project?.tasks.some((task) => task.id === operation.task)).toBe(true);
      } else expect(outcome.preview).toBe(true);
    }
    if (outcome.operations.length > 1) expect(outcome.preview).toBe(true);
  }
  if (outcome.kind === "question") {
    for (const option of outcome.question.options) expect(option.pins.length).toBeGreaterThan(0);
  }
}

describe("any text at all", () => {
  it("is read without failing, with spans that lie inside it", () => {
    fc.assert(fc.property(sentence, (text) => sound(read(text, facts))), { numRuns: 400 });
  });

  it("gives the same reading twice", () => {
    fc.assert(fc.property(sentence, (text) => {
      expect(read(text, facts)).toEqual(read(text, facts));
    }), { numRuns: 100 });
  });

  it("asks a question only until it is answered", () => {
    fc.assert(
      fc.property(sentence, fc.nat(8), (text, pick) => {
        const first = read(text, facts).outcome;
        if (first.kind !== "question" || first.question.options.length === 0) return;
        const option = first.question.options[pick % first.question.options.length];
        const next = read(text, facts, option?.pins ?? []).outcome;
        const same = next.kind === "question" && next.question.about === first.question.about && next.question.op === first.question.op;
        expect(same).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it("says everything about a value in words: no day but today, no length and no project without them", () => {
    fc.assert(
      fc.property(sentence, (text) => {
        const reading = read(text, facts);
        if (reading.outcome.kind !== "proposal") return;
        const roles = new Set(reading.spans.map((span) => span.role));
        for (const operation of reading.outcome.operations) {
          if (operation.op !== "add") continue;
          if (operation.date !== facts.today) expect(roles).toContain("when");
          expect(roles).toContain("project");
          if (!/standup/i.test(text)) expect(roles).toContain("hours");
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is safe under any quotes a model may give", () => {
    const quote = fc.option(fc.record({ start: fc.integer({ min: -3, max: 80 }), end: fc.integer({ min: -3, max: 80 }) }), { nil: undefined });
    const step: fc.Arbitrary<IntentStep> = fc.record({
      kind: fc.constantFrom<IntentKind>("add", "change", "move", "delete", "start", "stop", "ask", "none"),
      when: quote, hours: quote, project: quote, task: quote, note: quote, targetWhen: quote, targetHours: quote, targetProject: quote,
    });
    fc.assert(
      fc.property(sentence, fc.array(step, { maxLength: 3 }), (text, steps) => {
        const reading = propose(text, { by: "model", steps }, facts);
        sound(reading);
        if (reading.outcome.kind === "proposal") expect(reading.outcome.preview).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("gives no impossible date as a phrase", () => {
    fc.assert(
      fc.property(sentence, (text) => {
        const phrase = readPhrase(text, facts);
        if (phrase && "date" in phrase && phrase.date !== undefined) expect(parseIsoDate(phrase.date)).toBe(phrase.date);
        if (phrase && "range" in phrase) expect(phrase.range.start <= phrase.range.end).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each(["acme website ", "2h ", "1:", "\"", "yesterday to ", "and ", "9-", "the 3rd of ", "- ", "1/", "not ", "delete ", "'s", "😀", "a", "1", "\n"])("10,000 characters of %j are read", (piece) => {
    sound(read(piece.repeat(Math.ceil(10_000 / piece.length)).slice(0, 10_000), facts));
  });
});
