import type { Facts } from "../core/facts.ts";
import { mannerFor, type Manner, type StrategyName } from "./manner.ts";
import type { Cancel, LanguageModel } from "./model.ts";
import { chooseStrategy } from "./strategies/choose.ts";
import { labelStrategy } from "./strategies/label.ts";
import { quoteStrategy } from "./strategies/quote.ts";
import { wordsStrategy } from "./strategies/words.ts";
import type { FixedPrompt, Strategy, Understood } from "./strategy.ts";

export type { Understood } from "./strategy.ts";

export interface UnderstandRequest {
  readonly text: string;
  /** Only how the rules take a sentence apart depends on them: nothing of the account is ever said to the model. */
  readonly facts: Facts;
  readonly model: LanguageModel;
  readonly cancel: Cancel;
  readonly maxTokens: number;
  readonly timeoutMs: number;
}

const STRATEGIES: Readonly<Record<StrategyName, Strategy>> = { quote: quoteStrategy, label: labelStrategy, words: wordsStrategy, choose: chooseStrategy };

/** What every prompt to a model that is asked so begins with. */
export const fixedPromptFor = ({ strategy }: Pick<Manner, "strategy">): FixedPrompt => STRATEGIES[strategy].fixed;

/** However often a strategy asks, the sentence has one limit of time. */
function withinTime(model: LanguageModel, timeoutMs: number): LanguageModel {
  const memo = { left: timeoutMs };
  return {
    complete: async (request, cancel) => {
      const completion = await model.complete({ ...request, timeoutMs: Math.max(1, memo.left) }, cancel);
      if (completion.kind === "text") memo.left -= completion.ms;
      return completion;
    },
  };
}

/** Asks the model what it hears in one sentence, in the way that suits it. Never throws for an expected failure; writes nothing anywhere. */
export async function understand(request: UnderstandRequest): Promise<Understood> {
  const manner = mannerFor(await request.model.facts?.());
  return STRATEGIES[manner.strategy].hear({ ...request, model: withinTime(request.model, request.timeoutMs), manner });
}
