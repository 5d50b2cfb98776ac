import { describe, expect, test } from "vitest";
import { exampleFacts as facts } from "../core/fixture-account.ts";
import type { IntentKind } from "../core/intent.ts";
import { KINDS } from "./fields.ts";
import { mannerFor, type StrategyName } from "./manner.ts";
import type { CompletionRequest, LanguageModel, ModelFacts } from "./model.ts";
import { fixedPromptFor, understand, type Understood } from "./understand.ts";

interface Asked extends LanguageModel {
  readonly asked: readonly CompletionRequest[];
}

/** A model that tells how likely it finds each label, as `likes` says for the request; it writes the likeliest, or `writes`. */
function likingModel(known: ModelFacts, likes: (request: CompletionRequest) => Readonly<Record<string, number>>, writes = ""): Asked {
  const asked: CompletionRequest[] = [];
  return {
    asked,
    facts: () => Promise.resolve(known),
    complete: (request) => {
      asked.push(request);
      const { labels } = request;
      const cost = { promptTokens: 700, evaluatedTokens: 11, generatedTokens: 1, ms: 20 };
      if (!labels) return Promise.resolve({ kind: "text", text: writes, ...cost });
      const given = likes(request);
      const scores = labels.map((label) => Math.log(given[label] ?? 0.001));
      return Promise.resolve({ kind: "text", text: labels[scores.indexOf(Math.max(...scores))] ?? "", scores, ...cost });
    },
  };
}

const small = (strategy: StrategyName): ModelFacts => ({ name: "tiny", parameters: 135_000_000, strategy });
const ask = (text: string, model: LanguageModel): Promise<Understood> => understand({ text, facts, model, cancel: new AbortController().signal, maxTokens: 160, timeoutMs: 1000 });
const heard = async (text: string, model: LanguageModel) => {
  const understood = await ask(text, model);
  if (understood.kind === "failed") throw new Error(understood.message);
  const [step] = understood.intent.steps;
  const words = Object.fromEntries(Object.entries(step ?? {}).flatMap(([field, quote]) => (typeof quote === "object" && "start" in quote ? [[field, text.slice(quote.start, quote.end)]] : [])));
  return { kind: step?.kind, words, confidence: understood.intent.confidence, unsure: understood.intent.unsure ?? false, evaluated: understood.evaluatedTokens };
};

describe("how a model is asked", () => {
  test("a small one is asked what is wanted, a large one writes it, and a server, of which nothing is known, too", () => {
    expect(mannerFor({ name: "tiny", parameters: 135_000_000 })).toMatchObject({ strategy: "label" });
    expect(mannerFor({ name: "Gemma 4", parameters: 25_200_000_000 })).toMatchObject({ strategy: "quote", twice: true });
    expect(mannerFor(undefined)).toMatchObject({ strategy: "quote", twice: false });
  });
  test("a measured one as it was measured, by the name in its file", () => {
    expect(Object.keys(mannerFor({ name: "Smollm2 135M 8k Lc100K Mix1 Ep2", parameters: 134_515_008 }).prior).toSorted()).toEqual([...KINDS].toSorted());
  });
  test.each(["quote", "label", "words", "choose"] as const)("every prompt of %s begins with the same words, and none of the account's", async (strategy) => {
    const model = likingModel(small(strategy), () => ({ add: 1, yes: 1 }), "add");
    for (const text of ["2h acme website yesterday", "it was tuesday, not monday"]) await ask(text, model);
    const fixed = fixedPromptFor({ strategy });
    for (const { system, examples, plain, user } of model.asked) {
      expect({ system, examples, plain }).toEqual({ system: fixed.system, examples: fixed.examples, plain: fixed.plain });
      expect(user).toMatch(/^Sentence: (2h acme website yesterday|it was tuesday, not monday)\n/);
    }
    const all = JSON.stringify(model.asked.map(({ system, examples }) => [system, examples]));
    for (const { client, name } of facts.index.projects) for (const word of [client, name].filter((each) => /globex|hooli|umbrella|redesign/i.test(each))) expect(all).not.toContain(word);
  });
});

describe("scoring what is wanted", () => {
  const says = (kind: IntentKind, chance = 0.9) => likingModel(small("label"), () => ({ [kind]: chance }));
  test("gives the kind from the model and the words from the rules", async () => {
    expect(await heard("erase yesterday's acme website", says("delete"))).toMatchObject({ kind: "delete", words: { targetWhen: "yesterday", targetProject: "acme website" } });
    expect(await heard("2h acme website yesterday", says("add"))).toMatchObject({ kind: "add", words: { when: "yesterday", hours: "2h", project: "acme website" }, evaluated: 11 });
  });
  test("is sure as far as the label stands out among all", async () => {
    expect(await heard("2h acme website", says("add"))).toMatchObject({ unsure: false });
    const torn = likingModel(small("label"), () => ({ add: 0.3, change: 0.28, move: 0.27 }));
    expect(await heard("2h acme website", torn)).toMatchObject({ kind: "add", unsure: true });
  });
  test("takes off half of what a model likes a label for whatever the sentence", async () => {
    const raw = { none: 0.5, add: 0.2 };
    expect(await heard("2h acme website", likingModel(small("label"), () => raw))).toMatchObject({ kind: "none" });
    const known: ModelFacts = { name: "SmolLM2 135M", parameters: 135_000_000 };
    // Its prior is 0.95 for none above add on a logarithmic scale of which half counts: 0.5 against 0.2 still stands, 0.25 does not.
    expect(await heard("2h acme website", likingModel(known, () => raw))).toMatchObject({ kind: "none" });
    expect(await heard("2h acme website", likingModel(known, () => ({ none: 0.25, add: 0.2 })))).toMatchObject({ kind: "add" });
  });
  test("stays unsure where the rules are not certain of the words, however sure the model is", async () => {
    expect(await heard("2h acme website by Kim", says("add", 0.999))).toMatchObject({ kind: "add", unsure: true });
  });
  test("does without chances where a model cannot tell them", async () => {
    const silent: LanguageModel = { facts: () => Promise.resolve(small("label")), complete: () => Promise.resolve({ kind: "text", text: " add", promptTokens: 1, evaluatedTokens: 1, generatedTokens: 1, ms: 1 }) };
    expect(await heard("2h acme website", silent)).toMatchObject({ kind: "add", confidence: undefined, unsure: false });
  });
  test("uses nothing of a reply that is no label, and passes on why there is none", async () => {
    const strange: LanguageModel = { facts: () => Promise.resolve(small("label")), complete: () => Promise.resolve({ kind: "text", text: "perhaps", promptTokens: 1, evaluatedTokens: 1, generatedTokens: 1, ms: 1 }) };
    expect(await ask("2h acme", strange)).toMatchObject({ kind: "failed", code: "not-understood" });
    const gone: LanguageModel = { facts: () => Promise.resolve(small("label")), complete: () => Promise.resolve({ kind: "failed", code: "stopped", message: "The model stopped." }) };
    expect(await ask("2h acme", gone)).toEqual({ kind: "failed", code: "stopped", message: "The model stopped." });
  });
});

describe("scoring each word", () => {
  const told: Readonly<Record<string, string>> = { "2h": "hours", acme: "project", website: "project", yesterday: "day", kickoff: "note" };
  const model = likingModel(small("words"), ({ user }) => ({ [user.endsWith("Command:") ? "add" : (told[/(\S+) =$/.exec(user)?.[1] ?? ""] ?? "other")]: 0.9 }));
  test("makes runs of words with one label the fields of the step", async () => {
    expect(await heard("2h acme website kickoff yesterday", model)).toMatchObject({ kind: "add", words: { hours: "2h", project: "acme website", note: "kickoff", when: "yesterday" } });
  });
  test("shows the words before with their labels, so that each sees what came before it", () => {
    expect(model.asked.at(-1)?.user).toContain("2h = hours\nacme = project\nwebsite = project\nkickoff = note\nyesterday =");
  });
  test("does not offer a day or a length where no word could be one", async () => {
    const plain = likingModel(small("words"), ({ user }) => ({ [user.endsWith("Command:") ? "start" : "project"]: 0.9 }));
    await heard("begin with acme website", plain);
    expect(plain.asked.at(-1)?.labels).toEqual(["project", "task", "note", "other"]);
  });
});

describe("choosing among what the rules can make of it", () => {
  test("takes the reading that the model says yes to, in the user's own words", async () => {
    const model = likingModel(small("choose"), ({ user }) => (/Means: move/.test(user) ? { yes: 0.8, no: 0.1 } : { yes: 0.2, no: 0.8 }));
    expect(await heard("yesterday's acme website on friday", model)).toMatchObject({ kind: "move" });
    expect(model.asked.every(({ user }) => user.startsWith("Sentence: yesterday's acme website on friday\nMeans: "))).toBe(true);
  });
});

describe("writing whole steps", () => {
  const large = { name: "large", parameters: 12_000_000_000 };
  test("looks up after how sure it was of the operation, and asks below the model's own limit", async () => {
    const sure = likingModel(large, () => ({ add: 0.9 }), "add | hours: 2h | project: acme website");
    expect(await heard("2h acme website", sure)).toMatchObject({ kind: "add", unsure: false });
    const torn = likingModel(large, () => ({ add: 0.1, change: 0.5, none: 0.4 }), "add | hours: 2h | project: acme website");
    expect(await heard("2h acme website", torn)).toMatchObject({ kind: "add", unsure: true });
    expect(torn.asked).toHaveLength(2);
    expect(torn.asked[1]?.user).toBe(torn.asked[0]?.user);
  });
});

test("however often a model is asked, the sentence has one limit of time", async () => {
  const times: number[] = [];
  const model = likingModel(small("words"), ({ timeoutMs }) => {
    times.push(timeoutMs);
    return { add: 0.9, project: 0.5 };
  });
  await heard("2h acme website", model);
  expect(times).toEqual([1000, 980, 960, 940]);
});
