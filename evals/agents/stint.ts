import type { Facts } from "../../electron/core/facts.ts";
import type { Intent } from "../../electron/core/intent.ts";
import type { Pin, Question, Reading } from "../../electron/core/outcome.ts";
import { propose } from "../../electron/core/propose.ts";
import { withoutGrammar } from "./ablation/no-grammar.ts";
import { withoutSpans } from "./ablation/no-spans.ts";
import type { Agent } from "./agent.ts";
import type { LoadedModel } from "./loaded.ts";
import { talkWithProduct, type Ablation } from "./product.ts";

/** The product, and the product less one of its protections. */
export const STINTS = ["stint", "no-grammar", "no-spans", "no-grounding", "no-asking"] as const;
export type StintKind = (typeof STINTS)[number];

const isDoubt = ({ about }: Question): boolean => about === "intent";

/** What the model heard as it stands: not weighed against the rules, and taken as the user takes it who says "as shown". */
function asHeard(text: string, intent: Intent, facts: Facts, pins: readonly Pin[] = []): Reading {
  const [first] = intent.steps;
  return propose(text, intent, facts, [{ op: 0, field: "intent", value: first?.kind === "add" || first?.kind === "start" ? "add" : "change" }, ...pins]);
}
const ABLATIONS: Readonly<Partial<Record<StintKind, Ablation>>> = { "no-grounding": { takes: isDoubt, weighed: asHeard }, "no-asking": { takes: () => true } };

/**
 * The product with that model, or less one protection: `no-grammar` (any line is allowed and read kindly), `no-spans` (values need not be words of the sentence),
 * `no-grounding` (what the model heard stands as it is: not weighed against the rules, and words without a use are no reason to ask), `no-asking` (every question is answered with its first option).
 */
export function stintAgent(kind: StintKind, { file, about, slots, open, close }: LoadedModel): Agent {
  return {
    name: `${kind}:${file}`, slots, about, close,
    open: (world, { id }, trial) => {
      const model = open(`${id} ${trial}`);
      if (kind === "no-grammar") return Promise.resolve(talkWithProduct(world, withoutGrammar(model), true));
      if (kind !== "no-spans") return Promise.resolve(talkWithProduct(world, model, true, ABLATIONS[kind]));
      const free = withoutSpans(model);
      return Promise.resolve(talkWithProduct(world, free.model, true, free));
    },
  };
}
