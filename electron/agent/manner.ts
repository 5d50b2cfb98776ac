import type { IntentKind } from "../core/intent.ts";
import type { ModelFacts } from "./model.ts";

/**
 * How a model is asked. `quote`: it writes whole steps in the user's words, under a grammar. `label`: only what is wanted is scored, the rules find the
 * words for it. `words`: what is wanted is scored, then what each word is. `choose`: the readings that the rules can make are scored, and one is taken.
 */
export type StrategyName = "quote" | "label" | "words" | "choose";

/**
 * A model's strategy, as data that evals decide. `prior`: the mean logarithm of each label over sentences that were not labelled, half of which is taken
 * off a score, because a small model likes some labels whatever the sentence. Below `least` (0 to 1) the user is asked.
 */
export interface Manner {
  readonly strategy: StrategyName;
  readonly prior: Readonly<Partial<Record<IntentKind, number>>>;
  readonly least: number;
  /** How sure it was of what it wrote is looked up after; a server does not tell that. */
  readonly twice: boolean;
}

/** Models below this many parameters quote badly: scoring a label and leaving the words to the rules is right several times as often. */
const SMALL = 1_500_000_000;

const QUOTES: Manner = { strategy: "quote", prior: {}, least: 0.3, twice: true };
const LABELS: Manner = { strategy: "label", prior: {}, least: 0.4, twice: false };

/** Measured models by the name in their file; `npm run evals -- --calibrate MODEL` prints a prior. */
const MEASURED: readonly { readonly name: RegExp; readonly manner: Manner }[] = [
  { name: /^smollm2 135m/i, manner: { ...LABELS, least: 0.5, prior: { add: -1.95, change: -2.33, move: -3.51, copy: -4.55, delete: -3.39, start: -6.2, stop: -7.44, ask: -1.63, none: -1.4 } } },
  { name: /^gemma 3 270m/i, manner: { ...LABELS, prior: { add: -0.96, change: -1.23, move: -3.87, copy: -3.48, delete: -3.99, start: -4.26, stop: -4.63, ask: -3.33, none: -3.96 } } },
];

/** How a model is asked. One of which nothing is known quotes: it is behind a server, and servers hold large ones. */
export function mannerFor(facts: ModelFacts | undefined): Manner {
  if (facts === undefined) return { ...QUOTES, twice: false };
  const measured = MEASURED.find(({ name }) => name.test(facts.name ?? ""))?.manner;
  const manner = measured ?? (facts.parameters !== undefined && facts.parameters < SMALL ? LABELS : QUOTES);
  return facts.strategy === undefined ? manner : { ...manner, strategy: facts.strategy, twice: facts.strategy === "quote" };
}
