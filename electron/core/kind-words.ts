import type { Markup, Part } from "./parts.ts";
import { lowAt, type Token } from "./tokens.ts";

/** Words of politeness in front of what a sentence wants. */
export const POLITE: ReadonlySet<string> = new Set([
  "please", "pls", "plz", "can", "could", "you", "would", "i", "i'd", "like", "want", "need", "to", "let's", "let", "us", "me", "just", "also", "so", "ok", "okay", "hey", "hi", "and", "now", "well", "will", "i'll", "stint", "my", "the", "a", "an", "'s",
]);

const SPLIT = new Map<string, readonly string[]>();

/** Whether the words stand at token `i`, in order. */
export function wordsAt(tokens: readonly Token[], i: number, words: string): boolean {
  const list = SPLIT.get(words) ?? words.split(" ");
  SPLIT.set(words, list);
  return list.every((word, n) => lowAt(tokens, i + n) === word);
}

const FREE: ReadonlySet<Part["kind"]> = new Set(["filler", "turning", "word", "whose", "break"]);

/** Whether a part is a word of the sentence itself: no value, no name and not quoted. */
export const isFree = (part: Part): boolean => FREE.has(part.kind);

/** Whether the sentence holds such a part. */
export const has = (markup: Markup, kind: Part["kind"]): boolean => markup.parts.some((part) => part.kind === kind);

/** The free words of a sentence with their tokens. */
export function freeWords(markup: Markup): readonly { readonly at: number; readonly low: string }[] {
  return markup.parts.filter(isFree).map((part) => ({ at: part.from, low: lowAt(markup.tokens, part.from) }));
}
