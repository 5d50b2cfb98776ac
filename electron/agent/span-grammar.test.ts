import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_STEPS, offeredFields } from "./fields.ts";
import { parseReply } from "./reply.ts";
import { spanGrammar } from "./span-grammar.ts";
import { escapeRun, unescapeRun, wordsOf } from "./words.ts";

/* A small reader of GBNF, written for these tests alone: it knows sequences, alternatives, literals, rule names and `?`. */

type Node = { readonly literal: string } | { readonly rule: string } | { readonly optional: Node };
type Rules = ReadonlyMap<string, readonly (readonly Node[])[]>;

function readGrammar(gbnf: string): Rules {
  const rules = new Map<string, (readonly Node[])[]>();
  for (const line of gbnf.split("\n")) {
    const [name, body] = [line.slice(0, line.indexOf(" ::= ")), line.slice(line.indexOf(" ::= ") + 5)];
    if (!/^[a-zA-Z0-9-]+$/.test(name) || rules.has(name)) throw new Error(`bad rule: ${line}`);
    const alternatives: Node[][] = [[]];
    let rest = body;
    while (rest !== "") {
      const token = /^(?:"((?:[^"\\]|\\["\\n])*)"|([a-zA-Z0-9-]+)|(\|)|(\?))\s*/u.exec(rest);
      if (token === null) throw new Error(`bad body: ${rest}`);
      rest = rest.slice(token[0].length);
      const current = alternatives.at(-1) ?? [];
      if (token[1] !== undefined) current.push({ literal: token[1].replaceAll(/\\(.)/g, (_, c: string) => (c === "n" ? "\n" : c)) });
      else if (token[2] !== undefined) current.push({ rule: token[2] });
      else if (token[3] !== undefined) alternatives.push([]);
      else current.push({ optional: current.pop() ?? { literal: "" } });
    }
    rules.set(name, alternatives);
  }
  return rules;
}

/** Every rule that is named is there. */
function missingRules(rules: Rules): string[] {
  const named = (node: Node): string[] => ("rule" in node ? [node.rule] : "optional" in node ? named(node.optional) : []);
  return [...rules.values()].flat(2).flatMap(named).filter((name) => !rules.has(name));
}

/** Writes one string of the grammar, choosing by `next`. */
function sample(rules: Rules, name: string, next: () => number): string {
  const alternatives = rules.get(name) ?? [];
  const write = (node: Node): string => {
    if ("literal" in node) return node.literal;
    if ("rule" in node) return sample(rules, node.rule, next);
    return next() % 2 === 0 ? write(node.optional) : "";
  };
  return (alternatives[next() % alternatives.length] ?? []).map(write).join("");
}

function gbnfOf(text: string): string {
  const grammar = spanGrammar(text);
  if (grammar.kind !== "grammar") throw new Error("too long");
  return grammar.gbnf;
}

const AWKWARD = ['"', "\\", "|", ";", ":", "\n", "\r\n", "\t", " ", "\u00a0", "\u200d", "\u0000", "\u2028", "\ud83d", "🎉", "👩‍👩‍👧", "é", "e\u0301", "日本", "…", "“x”", "'s", "2h", "1.5h", "acme", "Friday's", "old when: ", " | note: ", "w0", "?"];
const sentences = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.array(fc.constantFrom(...AWKWARD), { maxLength: 25 }).map((parts) => parts.join(" ")), fc.array(fc.constantFrom(...AWKWARD), { maxLength: 25 }).map((parts) => parts.join("")));
const choices = fc.array(fc.nat(1000), { minLength: 20, maxLength: 200 });

describe("the grammar of one sentence", () => {
  test("admits only replies whose every value is a run of the sentence's own words", () => {
    fc.assert(
      fc.property(sentences, choices, (text, random) => {
        const rules = readGrammar(gbnfOf(text));
        expect(missingRules(rules)).toEqual([]);
        let at = 0;
        const reply = sample(rules, "root", () => random[at++ % random.length] ?? 0);
        const parsed = parseReply(text, reply);
        if (parsed.kind !== "intent") throw new Error(`${JSON.stringify(text)} → ${JSON.stringify(reply)}: ${parsed.why}`);
        const words = wordsOf(text);
        for (const { kind: _, ...fields } of parsed.intent.steps) {
          for (const quote of Object.values(fields)) {
            if (typeof quote !== "object" || !("start" in quote)) throw new Error("a field without words");
            expect(words.some((word) => word.start === quote.start)).toBe(true);
            expect(words.some((word) => word.end === quote.end)).toBe(true);
            expect(quote.start).toBeLessThan(quote.end);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  test("admits every run of the words of a sentence", () => {
    const text = 'move “Friday\'s” 2h;\n\\ to | Monday 🎉';
    const rules = readGrammar(gbnfOf(text));
    const words = wordsOf(text);
    const all = new Set<string>();
    const walk = (name: string, sofar: string): void => {
      for (const alternative of rules.get(name) ?? []) {
        const rule = alternative.at(-1);
        const written = sofar + alternative.flatMap((node) => ("literal" in node ? [node.literal] : [])).join("");
        if (rule !== undefined && "rule" in rule) walk(rule.rule, written);
        else all.add(written);
      }
    };
    walk("span", "");
    const wanted = words.flatMap((first, i) => words.slice(i).map((last) => escapeRun(text.slice(first.start, last.end))));
    expect([...all].sort()).toEqual([...new Set(wanted)].sort());
  });

  test("is one line of printable characters for each rule", () => {
    fc.assert(
      fc.property(sentences, (text) => {
        const gbnf = gbnfOf(text);
        expect(gbnf.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
    );
  });

  test("grows linearly up to 400 words and is refused for more", () => {
    const words = (n: number): string => Array.from({ length: n }, (_, i) => `w${i}x`).join(" ");
    const [hundred, fourHundred] = [gbnfOf(words(100)).length, gbnfOf(words(400)).length];
    expect(fourHundred).toBeLessThan(hundred * 4.5);
    expect(fourHundred).toBeLessThan(40_000);
    expect(spanGrammar(words(401))).toEqual({ kind: "too-long", words: 401 });
  });

  test("offers at most six steps", () => {
    const rules = readGrammar(gbnfOf("2h a"));
    const longest = sample(rules, "root", () => 1).split(" ; ").length;
    expect(longest).toBeLessThanOrEqual(MAX_STEPS);
    expect(parseReply("2h a", Array.from({ length: 7 }, () => "add").join(" ; "))).toMatchObject({ kind: "not-understood" });
  });

  test("offers no field at all when there are no words", () => {
    expect([...offeredFields("?! ... …")]).toEqual([]);
    expect(gbnfOf("?! ...")).not.toContain("span");
  });

  test.each([
    ["fix the acme website", []],
    ["2h acme", ["hours"]],
    ["1.5 hours acme on the 3rd", ["hours", "when"]],
    ["1h30 acme 1h30m globex 90 minutes", ["hours"]],
    ["acme website yestrday", ["when"]],
    ["an hour of design", ["hours"]],
    ["half a day on globex", ["hours", "when"]],
    ["move tues to mon", ["when"]],
  ])("of %j offers exactly the values there are candidates for", (text, expected) => {
    const offered = offeredFields(text);
    expect((["hours", "when"] as const).filter((field) => offered.has(field))).toEqual(expected);
  });
});

describe("words", () => {
  test.each([
    ["2h acme design, yesterday.", ["2h", "acme", "design", "yesterday"]],
    ["moved: 1.5h at 9:30 (Friday's)", ["moved", "1.5h", "at", "9:30", "Friday's"]],
    ['“Web Redesign” 3h – café', ["Web", "Redesign", "3h", "–", "café"]],
    ["... : ?!", []],
  ])("of %j", (text, expected) => {
    expect(wordsOf(text).map((word) => text.slice(word.start, word.end))).toEqual(expected);
  });

  test("an escaped run reads back as it was, and holds no bare separator", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const escaped = escapeRun(text);
        expect(unescapeRun(escaped)).toBe(text);
        expect(escaped.replaceAll(/\\./gu, "")).not.toMatch(/[|;\n]/);
      }),
    );
  });
});
