import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exampleFacts as facts } from "./fixture-account.ts";
import type { IntentKind, IntentStep } from "./intent.ts";
import type { Operation, Reading, Span } from "./outcome.ts";
import { readPhrase, type Phrase } from "./phrase.ts";
import { propose } from "./propose.ts";
import { read } from "./read.ts";
import { parseIsoDate } from "./time.ts";

const WORDS = "2h 1h30 90 acme website globex mobile yesterday friday next last monday to from and , ; not move delete start stop make it that should have been was 3/5 feb 30 the 3rd half day \" ( - : note standup phase 2 each week how much on 9-5 am pm ago in 'é 😀 \ud800 \u202e \u0000 \n".split(" ");
const sentence = fc.oneof(fc.array(fc.constantFrom(...WORDS), { maxLength: 14 }).map((words) => words.join(" ")), fc.string({ unit: "binary", maxLength: 60 }), fc.array(fc.constantFrom(...WORDS), { maxLength: 10 }).map((words) => words.join("")));

function brokenSpans(text: string, spans: readonly Span[]): readonly string[] {
  return spans.flatMap((span, n) => [
    ...(span.start < (spans[n - 1]?.end ?? 0) ? ["spans overlap"] : []),
    ...(span.end <= span.start || span.end > text.length ? ["span outside the text"] : []),
    ...(text.slice(span.start, span.end) === span.text ? [] : ["span with other words"]),
  ]);
}

function brokenAdd(operation: Operation): readonly string[] {
  if (operation.op !== "add") return [];
  const project = facts.index.projects.find((each) => each.id === operation.project);
  return [
    ...(parseIsoDate(operation.date) === operation.date ? [] : ["no real date"]),
    ...(operation.hours > 0 && operation.hours <= 24 ? [] : ["no possible length"]),
    ...(project?.active ? [] : ["no active project"]),
    ...(project?.tasks.some((task) => task.id === operation.task) ? [] : ["a task of another project"]),
  ];
}

/** What is wrong with a reading that may be wrong with none, whatever the text. */
function faults({ text, outcome, spans }: Reading): readonly string[] {
  const broken = [...brokenSpans(text, spans)];
  if (outcome.kind === "proposal") {
    broken.push(...outcome.operations.flatMap(brokenAdd));
    const plain = outcome.operations.length === 1 && outcome.operations[0]?.op === "add";
    if (outcome.operations.length === 0) broken.push("a proposal of nothing");
    if (!plain && !outcome.preview) broken.push("saved without a look");
  }
  if (outcome.kind === "question" && outcome.question.options.some((option) => option.pins.length === 0)) broken.push("an option that answers nothing");
  return broken;
}

/** Values of adds that no words of the sentence say, but for today and what a shortcut holds. */
function ungrounded(reading: Reading): readonly string[] {
  const roles = new Set(reading.spans.map((span) => span.role));
  const adds = reading.outcome.kind === "proposal" ? reading.outcome.operations.filter((operation) => operation.op === "add") : [];
  return adds.flatMap((operation) => [
    ...(operation.date === facts.today || roles.has("when") ? [] : ["a day without words"]),
    ...(roles.has("project") ? [] : ["a project without words"]),
    ...(roles.has("hours") || /standup/i.test(reading.text) ? [] : ["a length without words"]),
  ]);
}

function brokenPhrase(phrase: Phrase | undefined): readonly string[] {
  if (!phrase) return [];
  if ("range" in phrase) return phrase.range.start <= phrase.range.end ? [] : ["a span that ends before it begins"];
  const date = "date" in phrase ? phrase.date : undefined;
  return date === undefined || parseIsoDate(date) === date ? [] : ["no real date"];
}

/** The question that is still open after taking an option, when it is the same one. */
function askedAgain(text: string, pick: number): string | undefined {
  const first = read(text, facts).outcome;
  if (first.kind !== "question" || first.question.options.length === 0) return undefined;
  const option = first.question.options[pick % first.question.options.length];
  const next = read(text, facts, option?.pins ?? []).outcome;
  return next.kind === "question" && next.question.about === first.question.about && next.question.op === first.question.op ? next.question.text : undefined;
}

describe("any text at all", () => {
  it("is read without failing, with spans that lie inside it", () => {
    fc.assert(fc.property(sentence, (text) => { expect(faults(read(text, facts))).toEqual([]); }), { numRuns: 400 });
  });

  it("gives the same reading twice", () => {
    fc.assert(fc.property(sentence, (text) => { expect(read(text, facts)).toEqual(read(text, facts)); }), { numRuns: 100 });
  });

  it("asks a question only until it is answered", () => {
    fc.assert(fc.property(sentence, fc.nat(8), (text, pick) => { expect(askedAgain(text, pick)).toBeUndefined(); }), { numRuns: 300 });
  });

  it("says every value in words: no day but today, no length and no project without them", () => {
    fc.assert(fc.property(sentence, (text) => { expect(ungrounded(read(text, facts))).toEqual([]); }), { numRuns: 300 });
  });

  it("is safe under any quotes a model may give, and always previewed", () => {
    const quote = fc.option(fc.record({ start: fc.integer({ min: -3, max: 80 }), end: fc.integer({ min: -3, max: 80 }) }), { nil: undefined });
    const step: fc.Arbitrary<IntentStep> = fc.record({
      kind: fc.constantFrom<IntentKind>("add", "change", "move", "delete", "start", "stop", "ask", "none"),
      when: quote, hours: quote, project: quote, task: quote, note: quote, targetWhen: quote, targetHours: quote, targetProject: quote,
    });
    fc.assert(
      fc.property(sentence, fc.array(step, { maxLength: 3 }), (text, steps) => {
        const reading = propose(text, { by: "model", steps }, facts);
        expect(faults(reading)).toEqual([]);
        expect(reading.outcome.kind === "proposal" && !reading.outcome.preview).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it("gives no impossible date as a phrase", () => {
    fc.assert(fc.property(sentence, (text) => { expect(brokenPhrase(readPhrase(text, facts))).toEqual([]); }), { numRuns: 300 });
  });

  it.each(["acme website ", "2h ", "1:", '"', "yesterday to ", "and ", "9-", "the 3rd of ", "- ", "1/", "not ", "delete ", "'s", "😀", "a", "1", "\n"])("10,000 characters of %j are read", (piece) => {
    expect(faults(read(piece.repeat(Math.ceil(10_000 / piece.length)).slice(0, 10_000), facts))).toEqual([]);
  });
});
