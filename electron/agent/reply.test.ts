import { describe, expect, test } from "vitest";
import type { IntentStep } from "../core/intent.ts";
import { EXAMPLES } from "./examples.ts";
import { promptFor, renderStep } from "./prompt.ts";
import { parseReply } from "./reply.ts";

/** The intent of a reply with words instead of places; `@` says where a quote starts when that matters. */
function heard(text: string, reply: string): unknown {
  const parsed = parseReply(text, reply);
  if (parsed.kind === "not-understood") return parsed.kind;
  return parsed.intent.steps.map((step) => said(text, step));
}

function said(text: string, { kind, ...fields }: IntentStep): Record<string, string> {
  return { kind, ...Object.fromEntries(Object.entries(fields).flatMap(([field, quote]) => (typeof quote !== "object" || !("start" in quote) ? [] : [[field, `${text.slice(quote.start, quote.end)}@${quote.start}`]]))) };
}

describe("a reply", () => {
  test("points at the words it quotes", () => {
    expect(heard("2h acme design yesterday", "add | when: yesterday | hours: 2h | project: acme | task: design")).toEqual([
      { kind: "add", when: "yesterday@15", hours: "2h@0", project: "acme@3", task: "design@8" },
    ]);
  });

  test("gives words that occur twice to the two fields that ask for them", () => {
    expect(heard("move Monday to Monday", "move | old when: Monday | when: Monday")).toEqual([{ kind: "move", targetWhen: "Monday@5", when: "Monday@15" }]);
  });

  test("lets a longer quote have its only place when a shorter one could stand there too", () => {
    expect(heard("next Monday not Monday", "move | old when: Monday | when: next Monday")).toEqual([{ kind: "move", targetWhen: "Monday@16", when: "next Monday@0" }]);
  });

  test("lets two steps share a day, but not one step use a word twice", () => {
    expect(heard("1h acme and 3h globex on friday", "add | when: friday | hours: 1h | project: acme ; add | when: friday | hours: 3h | project: globex")).toEqual([
      { kind: "add", when: "friday@25", hours: "1h@0", project: "acme@3" },
      { kind: "add", when: "friday@25", hours: "3h@12", project: "globex@15" },
    ]);
    const parsed = parseReply("2h acme", "add | hours: 2h | project: acme | note: acme");
    expect(parsed).toMatchObject({ kind: "intent", dropped: ["0.note"] });
  });

  test("gives equal words to two steps place by place before it lets them share", () => {
    expect(heard("2h acme 2h globex", "add | hours: 2h | project: acme ; add | hours: 2h | project: globex")).toEqual([
      { kind: "add", hours: "2h@0", project: "acme@3" },
      { kind: "add", hours: "2h@8", project: "globex@11" },
    ]);
  });

  test("does not let two steps use one word for different things", () => {
    expect(parseReply("may acme", "add | when: may ; add | project: may")).toMatchObject({ kind: "intent", dropped: ["1.project"] });
  });

  test.each([
    ["a word that was not said", "add | project: globex"],
    ["half a word", "add | project: acm"],
    ["another case", "add | project: Acme"],
    ["words that do not stand together", "add | project: acme yesterday"],
    ["a date of its own", "add | when: 2026-04-05"],
    ["an unknown command", "book | hours: 2h"],
    ["a field of another command", "add | old when: yesterday"],
    ["a field twice", "add | hours: 2h | hours: 2h"],
    ["an empty field", "add | hours: "],
    ["a bad escape", "add | project: ac\\me"],
    ["nothing", ""],
    ["JSON", '{"op":"add"}'],
  ])("is not understood when it holds %s", (_, reply) => {
    expect(heard("2h acme design yesterday", reply)).toBe("not-understood");
  });

  test("reads separators inside a quote as words when they are escaped", () => {
    const text = "2h acme | note: a;b \\ c";
    expect(heard(text, "add | hours: 2h | note: acme \\| note: a\\;b \\\\ c")).toEqual([{ kind: "add", hours: "2h@0", note: "acme | note: a;b \\ c@3" }]);
  });

  test("may begin with a space and end with a line feed", () => {
    expect(heard("stop", " stop\n")).toEqual([{ kind: "stop" }]);
  });
});

describe("the examples of the prompt", () => {
  test.each(EXAMPLES.map((example) => [example.text, example] as const))("quote only what %j says", (text, example) => {
    const parsed = parseReply(text, example.steps.map(renderStep).join(" ; "));
    expect(parsed).toMatchObject({ kind: "intent", dropped: [] });
    expect(heard(text, example.steps.map(renderStep).join(" ; "))).toEqual(
      example.steps.map((step) => ({ kind: step.kind, ...Object.fromEntries(Object.entries(step.fields).map(([field, words]) => [field, expect.stringMatching(new RegExp(`^${words.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}@\\d+$`))])) })),
    );
  });

  test("show every command at least once", () => {
    expect(new Set(EXAMPLES.flatMap((example) => example.steps.map((step) => step.kind))).size).toBe(8);
  });

  test("stand in a part of the prompt that no sentence changes", () => {
    const { user: _, ...fixed } = promptFor("a b");
    expect(promptFor("2h “acme”\nyesterday")).toMatchObject(fixed);
    expect(promptFor("2h\nacme").user).toBe("Sentence: 2h\\u000Aacme\nCommand:");
  });
});
