import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exampleFacts } from "./fixture-account.ts";
import type { Span } from "./outcome.ts";
import { readPhrase } from "./phrase.ts";
import { read } from "./read.ts";

/** What people type, of every kind; the texts that are mutated. */
const TYPED = [
  "2h acme website design yesterday", "1h30 globex: login page, then tests", "from 9 to 5 minus an hour for lunch on mobile", "9-11:30 and 1-3 acme design on friday", "2h acme, 3h globex and 45 min standup yesterday",
  "split 6h between acme website and mobile app", "2h each day on billing phase 2 last week", "make that 3h", "no, it should have been globex", "move tuesday's acme entry to monday", "same as yesterday", "copy monday to wednesday",
  "delete the globex one from thursday", "start acme website development", "stop the timer", "switch to globex", "how much on acme this month?", "what's missing this week", "don't log the 2h on sunday times", "Sam did 3h on acme",
  "gestern 2h acme", "anderthalb Stunden Globex letzten Freitag", "\"24/7 monitoring\" 90m, half past four", "march 3rd-5th, 2026 (acme) – 2½h", "the last three days 4h each on the 2026 annual report",
];
const PIECES = [" ", "-", ":", "/", ".", ",", ";", "\n", "\"", "'", "’s", "–", "(", "½", "0", "1", "12", "31", "99", "2026", "h", "m", "am", "pm", "th", "to", "and", "the", "last", "next", "of", "minus", "😀", "\u0000", "\ud800", "\u202e", "é", "ß", "İ", "ﬁ", "١", "\u200d"];

interface Edit {
  readonly at: number;
  readonly drop: number;
  readonly put: string;
}
const place = fc.double({ min: 0, max: 1, noNaN: true });
const edit: fc.Arbitrary<Edit> = fc.record({ at: place, drop: fc.constantFrom(0, 0, 1, 2, 5, 12), put: fc.oneof(fc.constantFrom(...PIECES), fc.constant(""), fc.string({ unit: "binary", maxLength: 3 })) });
const edited = (text: string, { at, drop, put }: Edit): string => {
  const n = Math.floor(at * (text.length + 1));
  return text.slice(0, n) + put + text.slice(n + drop);
};
const mutated = fc.tuple(fc.constantFrom(...TYPED), fc.array(edit, { minLength: 1, maxLength: 5 })).map(([text, edits]) => edits.reduce(edited, text));
const spliced = fc.tuple(fc.constantFrom(...TYPED), fc.constantFrom(...TYPED), place, place).map(([a, b, from, to]) => a.slice(0, Math.floor(from * a.length)) + b.slice(Math.floor(to * b.length)));
const anyText = fc.oneof({ weight: 4, arbitrary: mutated }, { weight: 2, arbitrary: spliced }, { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) }, { weight: 1, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join("")) });

/** All texts are tried once, in the zone of the first of four runs; the others try a part of them. */
const RUNS = process.env["TZ"] === undefined || process.env["TZ"] === "Europe/Berlin" ? 100_000 : 10_000;

function faultOf(text: string, spans: readonly Span[]): string | undefined {
  let end = 0;
  for (const span of spans) {
    if (span.start < end) return "two spans overlap";
    if (span.end <= span.start || span.end > text.length) return "a span does not lie in the text";
    if (text.slice(span.start, span.end) !== span.text) return "a span holds other words than the text";
    ({ end } = span);
  }
  return undefined;
}

describe("any text whatever", () => {
  it(`is read, as a sentence and as a phrase, with spans in order inside it: ${RUNS} texts`, { timeout: 900_000 }, () => {
    fc.assert(fc.property(anyText, (text) => {
      readPhrase(text, exampleFacts);
      const fault = faultOf(text, read(text, exampleFacts).spans);
      if (fault !== undefined) throw new Error(fault);
    }), { numRuns: RUNS });
  });
});

/** Texts that a pattern with two ways to match the same thing would take quadratic time for, or worse. */
const REPEATED = [
  "acme website ", "acme ", "2h ", "2h, ", "2h acme and ", "1:", "1/", "1.", "1-", "9-5 ", "from 9 to ", "from ", "\"", "\"a\" ", "yesterday to ", "monday ", "monday to ", "and ", "the ", "the 3rd of ", "last ", "last week ", "- ", "-", ".", ",", ";\n", "not ", "delete ", "move it to ",
  "'s", "’", "it's ", "😀", "a", "A ", "1", "0", "١", "\n", " ", "\t", "\u00a0", "e\u0301", "half an ", "an hour and ", "minus ", "each ", "split ", "between 2 and ", "( ", "[", ":", ": ", "…", "standup ", "phase 2 ", "24/7 ", "sunday times ", "website webiste ", "zzzzz ", "Sam did ", "how much ", "gestern ", "halb ",
];

/** The quickest of a few readings, in milliseconds: what the work itself takes, without what else the machine did. */
function quickest(text: string): number {
  let best = Infinity;
  for (let turn = 0; turn < 2; turn += 1) {
    const began = performance.now();
    read(text, exampleFacts);
    readPhrase(text, exampleFacts);
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

describe("a text of one thing over and over", () => {
  const filled = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
  /** Four times the text may take four times as long, with a margin for a shared machine; work that grows with the square takes sixteen times as long. */
  const MOST = 9;

  it.each(REPEATED)("%j takes about as many times longer as it has more characters", { timeout: 60_000 }, (piece) => {
    const [short, long] = [filled(piece, 4_000), filled(piece, 16_000)];
    read(short, exampleFacts);
    // Below a millisecond the clock decides, not the text.
    const growth = (): number => quickest(long) / Math.max(quickest(short), 1);
    // A machine that was busy once is asked again; a square stays a square.
    const grown = [growth, growth, growth].reduce((least, again) => (least <= MOST ? least : Math.min(least, again())), Infinity);
    expect(grown).toBeLessThanOrEqual(MOST);
  });
});
