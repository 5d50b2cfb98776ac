import { hearAs } from "../../core/hear-as.ts";
import type { IntentKind } from "../../core/intent.ts";
import { KINDS } from "../fields.ts";
import type { Manner } from "../manner.ts";
import { OPERATION_EXAMPLES, OPERATION_RULES } from "../operations.ts";
import { choose, withConfidence, type Chosen } from "../scoring.ts";
import type { FixedPrompt, Strategy, StrategyRequest, Understood } from "../strategy.ts";
import { escapeRun } from "../words.ts";

/** A sentence as every prompt that scores a label says it; the label comes next. */
export const operationLine = (text: string): string => `Sentence: ${escapeRun(text)}\nCommand:`;

const FIXED: FixedPrompt = { plain: true, system: OPERATION_RULES, examples: OPERATION_EXAMPLES.map(([text, reply]) => ({ user: operationLine(text), reply })) };

/** Half of what a model likes a label for, whatever the sentence: the half is what measured best on small models. */
export const lessOf = ({ prior }: Manner, kinds: readonly IntentKind[]): readonly number[] => kinds.map((kind) => (prior[kind] ?? 0) / 2);

/** Lets the model say what a sentence wants. */
export function chooseOperation(request: StrategyRequest, fixed: FixedPrompt): Promise<Chosen | Extract<Understood, { kind: "failed" }>> {
  return choose(request, { ...fixed, user: operationLine(request.text) }, KINDS, lessOf(request.manner, KINDS));
}

/** Scores what is wanted, and lets the rules give the words to its parts: one pass over the sentence, right far more often than quoting on a small model. */
export const labelStrategy: Strategy = {
  fixed: FIXED,
  hear: async (request) => {
    const chosen = await chooseOperation(request, FIXED);
    if (chosen.kind === "failed") return chosen;
    const intent = hearAs(request.text, request.facts, KINDS[chosen.at] ?? "none");
    return { kind: "heard", intent: withConfidence(intent, chosen.confidence, request.manner), dropped: [], ...chosen.spent };
  },
};
