import type { Facts } from "./facts.ts";
import { hear } from "./hear.ts";
import type { Intent, IntentKind } from "./intent.ts";

/**
 * The words of a sentence given to the parts of one kind of step by the rules, where a model has said the kind: what a small model can tell is what
 * is wanted, not which words say what.
 */
export function hearAs(text: string, facts: Facts, kind: IntentKind): Intent {
  return { by: "model", steps: hear(text, facts, undefined, kind).intent.steps };
}
