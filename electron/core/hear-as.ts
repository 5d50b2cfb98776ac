import type { Facts } from "./facts.ts";
import { hear } from "./hear.ts";
import type { Intent, IntentKind } from "./intent.ts";

/**
 * The words of a sentence given to the parts of one kind of step by the rules, where a model has said the kind: what a small model can tell is what
 * is wanted, not which words say what. `unsure` when the rules are not certain of the words either.
 */
export function hearAs(text: string, facts: Facts, kind: IntentKind): Intent {
  const { intent, sure } = hear(text, facts, undefined, kind);
  return { by: "model", steps: intent.steps, unsure: !sure };
}
