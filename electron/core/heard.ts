import type { Intent, IntentStep, Quote } from "./intent.ts";
import type { Markup, Part } from "./parts.ts";
import { lowAt } from "./tokens.ts";

/**
 * A sentence as heard by the rules. `sure: false`: words are left over that matter, or the kind is open, and a model is asked.
 * `refusal`: the sentence asks for something that is not done here. `markup` is what the quotes were taken from.
 */
export interface Heard {
  readonly intent: Intent;
  readonly sure: boolean;
  readonly markup: Markup;
  /** A word of the sentence said the kind, and only that kind fits. */
  readonly kindSaid?: boolean | undefined;
  readonly refusal?: string | undefined;
  /** Token that made it what it is, for its mark in the field. */
  readonly lead?: number | undefined;
}

/** Steps as they are put together. */
export type Draft = { -readonly [K in keyof IntentStep]: IntentStep[K] };

export const quoteOf = (first: Part, last: Part = first): Quote => ({ start: first.start, end: last.end });

/** A hole in the sentence that a recogniser had claimed: the words of a part, folded, without marks. */
export function partWords(markup: Markup, part: Part): readonly string[] {
  const words: string[] = [];
  for (let i = part.from; i < part.to; i += 1) if (markup.tokens[i]?.kind !== "mark") words.push(lowAt(markup.tokens, i));
  return words;
}
