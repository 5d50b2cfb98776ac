import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exampleFacts } from "../electron/core/fixture-account.ts";
import { KINDS } from "../electron/agent/fields.ts";
import { mannerFor } from "../electron/agent/manner.ts";
import { chooseOperation, labelStrategy } from "../electron/agent/strategies/label.ts";
import type { LanguageModel } from "../electron/agent/model.ts";
import { loadModel } from "./agents/engine-model.ts";
import { readCases, type EvalCase } from "./case.ts";

/** Sentences of the cases, spread evenly, without what is expected of them: a prior must not know the answers. */
export function unlabelled(cases: readonly EvalCase[], count: number): readonly string[] {
  const said = [...new Set(cases.flatMap(({ turns }) => turns.flatMap((turn) => ("say" in turn && turn.say.trim() !== "" && turn.say.length < 200 ? [turn.say] : []))))];
  const step = Math.max(1, Math.floor(said.length / count));
  return said.filter((_, n) => n % step === 0).slice(0, count);
}

/** The mean logarithm of each label over sentences: what a model likes a label for whatever the sentence. Undefined when the model cannot tell. */
export async function priorOf(model: LanguageModel, sentences: readonly string[]): Promise<Readonly<Record<string, number>> | undefined> {
  const manner = { ...mannerFor({ name: undefined, parameters: 0 }), prior: {} };
  const sums = KINDS.map(() => 0);
  for (const text of sentences) {
    const chosen = await chooseOperation({ text, facts: exampleFacts, model, manner, cancel: new AbortController().signal, maxTokens: 160, timeoutMs: 120_000 }, labelStrategy.fixed);
    if (chosen.kind === "failed" || !chosen.scores) return undefined;
    for (const [n, score] of chosen.scores.entries()) sums[n] = (sums[n] ?? 0) + score;
  }
  return Object.fromEntries(KINDS.map((kind, n) => [kind, Math.round(((sums[n] ?? 0) / Math.max(1, sentences.length)) * 100) / 100]));
}

const CASES = "evals/cases";
const SENTENCES = 150;

/** `npm run evals -- --calibrate MODEL`: prints a model's prior, as electron/agent/manner.ts keeps it. Exit 0, 1 when it cannot be told, 2 without a model. */
export async function calibrateCommand(name: string | undefined): Promise<number> {
  if (name === undefined) {
    process.stderr.write("Which model? --calibrate MODEL, a GGUF file or the id of an installed model.\n");
    return 2;
  }
  const cases = readdirSync(CASES).filter((file) => file.endsWith(".jsonl")).toSorted().flatMap((file) => readCases(file, readFileSync(join(CASES, file), "utf8")).cases);
  const loaded = await loadModel(name, undefined);
  if (loaded.kind === "unknown") {
    process.stderr.write(`${loaded.message}\n`);
    return 1;
  }
  try {
    const prior = await priorOf(loaded.open("calibrate"), unlabelled(cases, SENTENCES));
    process.stdout.write(prior ? `${JSON.stringify(prior)}\n` : "");
    if (!prior) process.stderr.write("This model cannot tell how likely a label is.\n");
    return prior ? 0 : 1;
  } finally {
    await loaded.close();
  }
}
