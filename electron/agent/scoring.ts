import type { Intent } from "../core/intent.ts";
import type { Manner } from "./manner.ts";
import type { CompletionRequest } from "./model.ts";
import type { Spent, StrategyRequest, Understood } from "./strategy.ts";

/** One label chosen: its place, how likely it is among all (undefined where the model cannot tell), and what asking cost. */
export interface Chosen {
  readonly kind: "chosen";
  readonly at: number;
  readonly confidence: number | undefined;
  readonly scores: readonly number[] | undefined;
  readonly spent: Spent;
}
type NotChosen = Extract<Understood, { kind: "failed" }>;

/** A grammar in which a reply is one of these words. */
export const anyOf = (labels: readonly string[]): string => `root ::= " "? (${labels.map((label) => `"${label}"`).join(" | ")})`;

/** Chances from logarithms; they sum to 1. */
export function chances(scores: readonly number[]): readonly number[] {
  const most = Math.max(...scores);
  const raised = scores.map((score) => Math.exp(score - most));
  const sum = raised.reduce((all, each) => all + each, 0);
  return raised.map((each) => each / sum);
}

/** Lets a model choose among labels; `less` is taken off each score. Reads one sentence's words and writes nothing. */
export async function choose({ model, cancel, timeoutMs }: StrategyRequest, prompt: Pick<CompletionRequest, "system" | "examples" | "user" | "plain">, labels: readonly string[], less: readonly number[] = []): Promise<Chosen | NotChosen> {
  const completion = await model.complete({ ...prompt, grammar: anyOf(labels), labels, maxTokens: 8, timeoutMs }, cancel);
  if (completion.kind === "failed") return completion;
  const { promptTokens, evaluatedTokens, generatedTokens, ms } = completion;
  const spent = { promptTokens, evaluatedTokens, generatedTokens, ms };
  if (completion.scores?.length === labels.length) {
    const likely = chances(completion.scores.map((score, n) => score - (less[n] ?? 0)));
    const at = likely.indexOf(Math.max(...likely));
    return { kind: "chosen", at, confidence: likely[at], scores: completion.scores, spent };
  }
  const at = labels.indexOf(completion.text.trim());
  if (at < 0) return { kind: "failed", code: "not-understood", message: "The model's answer could not be used." };
  return { kind: "chosen", at, confidence: undefined, scores: undefined, spent };
}

/** An intent with how likely the model took it to be; below `least` it is unsure, and what the rules were not certain of stays so. */
export function withConfidence(intent: Intent, confidence: number | undefined, { least }: Pick<Manner, "least">): Intent {
  return { ...intent, confidence, unsure: intent.unsure === true || (confidence !== undefined && confidence < least) };
}

/** The cost of asking several times. */
export function together(all: readonly Spent[]): Spent {
  const sum = (of: (spent: Spent) => number): number => all.reduce((total, spent) => total + of(spent), 0);
  return { promptTokens: Math.max(0, ...all.map((spent) => spent.promptTokens)), evaluatedTokens: sum((spent) => spent.evaluatedTokens), generatedTokens: sum((spent) => spent.generatedTokens), ms: sum((spent) => spent.ms) };
}
