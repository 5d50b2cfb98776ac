import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spanGrammar } from "../../agent/span-grammar.ts";
import { escapeRun, wordsOf } from "../../agent/words.ts";
import { matchesGrammar } from "./grammar-match.ts";

describe("a text and a grammar", () => {
  test.each([
    ['root ::= "a" | "b" "c"?', ["a", "b", "bc"], ["", "c", "ac", "bcc"]],
    ['root ::= [a-c]+ ("," [a-c]+)*', ["a", "abc,c", "a,b,c"], ["", ",", "a,", "ad"]],
    ['root ::= x\nx ::= "(" x ")" | ""', ["", "()", "((()))"], ["(", "())"]],
    ['root ::= "say \\"x\\" \\\\ \\n" [^"]*', ['say "x" \\ \n', 'say "x" \\ \nmore 🎉'], ['say "x" \\ \n"', "say x"]],
    ['# a comment\nroot ::= "\\x41\\u00e9"', ["Aé"], ["A"]],
  ])("%s", (grammar, inside, outside) => {
    for (const text of inside) expect(matchesGrammar(grammar, text), text).toBe(true);
    for (const text of outside) expect(matchesGrammar(grammar, text), text).toBe(false);
  });

  test("match nothing when the grammar is none, has no root, names a missing rule or refers to itself first", () => {
    for (const grammar of ["", "root ::= (", 'root ::= "a', "root ::= other", 'other ::= "a"', "what is this", 'root ::= root "a" | root', 'root ::= "a"{2}']) expect(matchesGrammar(grammar, "a")).toBe(false);
  });

  test("of 400 words are compared without trouble", () => {
    const text = Array.from({ length: 400 }, (_, i) => `w${i}`).join(" ");
    const grammar = spanGrammar(text);
    if (grammar.kind !== "grammar") throw new Error("too long");
    expect(matchesGrammar(grammar.gbnf, `add | note: ${text}`)).toBe(true);
    expect(matchesGrammar(grammar.gbnf, `add | note: ${text}x`)).toBe(false);
  });
});

test("a quote belongs to a sentence's grammar exactly when it is a run of its words", () => {
  const sentence = fc.string({ unit: fc.constantFrom("a", "b", "2h", " ", "  ", "|", ";", "\\", ".", "é", "🎉"), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(sentence, fc.nat(), fc.nat(), (text, from, to) => {
      const grammar = spanGrammar(text);
      const words = wordsOf(text);
      if (grammar.kind !== "grammar" || words.length === 0) return;
      const quote = text.slice(from % text.length, (from % text.length) + 1 + (to % text.length));
      const isRun = words.some((one) => words.some((other) => one.start <= other.start && text.slice(one.start, other.end) === quote));
      expect(matchesGrammar(grammar.gbnf, `add | note: ${escapeRun(quote)}`)).toBe(isRun);
    }),
    { numRuns: 300 },
  );
});
