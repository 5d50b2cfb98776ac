import { describe, expect, test } from "vitest";
import { exampleFacts as facts } from "../core/fixture-account.ts";
import type { Completion } from "./model.ts";
import { createScriptedModel } from "./scripted-model.ts";
import { understand } from "./understand.ts";
import type { Understood } from "./understand.ts";

const quiet = new AbortController().signal;
const ask = (text: string, script: Parameters<typeof createScriptedModel>[0]): Promise<Understood> => understand({ text, facts, model: createScriptedModel(script), cancel: quiet, maxTokens: 160, timeoutMs: 1000 });
const counted = (text: string, generatedTokens: number): Completion => ({ kind: "text", text, promptTokens: 600, evaluatedTokens: 12, generatedTokens, ms: 5 });

describe("understanding a sentence", () => {
  test("gives an intent by the model, in the user's own words, with what it cost", async () => {
    expect(await ask("move friday to monday", [counted("move | old when: friday | when: monday", 14)])).toEqual({
      kind: "heard",
      intent: { by: "model", steps: [{ kind: "move", targetWhen: { start: 5, end: 11 }, when: { start: 15, end: 21 } }] },
      dropped: [],
      promptTokens: 600,
      evaluatedTokens: 12,
      generatedTokens: 14,
      ms: 5,
    });
  });

  test("asks with the sentence's own grammar and never with more than the sentence", async () => {
    const model = createScriptedModel(["none"]);
    await understand({ text: "hello there", facts, model, cancel: quiet, maxTokens: 160, timeoutMs: 1000 });
    expect(model.asked).toHaveLength(1);
    expect(model.asked[0]).toMatchObject({ user: "Sentence: hello there\nCommand:", maxTokens: 160, timeoutMs: 1000 });
    expect(model.asked[0]?.grammar).toContain('"hello"');
  });

  test("uses nothing of a reply that ran out of tokens, although half a quote is a quote", async () => {
    expect(await ask("2h acme web", [counted("add | hours: 2h | project: acme", 160)])).toMatchObject({ kind: "failed", code: "not-understood" });
  });

  test("uses nothing of a reply that quotes what was not said", async () => {
    expect(await ask("2h acme", ["add | hours: 3h"])).toMatchObject({ kind: "failed", code: "not-understood" });
  });

  test("passes on why the model did not answer", async () => {
    const failure: Completion = { kind: "failed", code: "stopped", message: "The model stopped." };
    expect(await ask("2h acme", [failure])).toEqual(failure);
  });

  test("does not ask at all about more than 400 words", async () => {
    expect(await ask("word ".repeat(401), [])).toMatchObject({ kind: "failed", code: "too-long" });
  });

  test("a scripted model that is asked too often is an error, not an answer", async () => {
    await expect(ask("2h acme", [])).rejects.toThrow("more often");
  });
});
