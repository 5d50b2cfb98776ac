import type { Quote } from "../core/intent.ts";

/** Sentences with more words are refused before a grammar is built: nobody says that much in one go, and a grammar grows with it. */
export const MAX_WORDS = 400;

/** Anything but what stands between words: white space, brackets, quotation marks, sentence marks, halves of broken characters. */
const WORD_CHARACTER = /[^\s,;()[\]{}"“”„«»?!…\uD800-\uDFFF]/u;

/**
 * The words of a sentence as runs of it, in order. Full stops and colons at either end are left out ("yesterday." is "yesterday"),
 * but stay inside ("1.5h", "9:30", "acme.com"). Words never overlap and never hold white space.
 */
export function wordsOf(text: string): readonly Quote[] {
  const words: Quote[] = [];
  let start: number | undefined;
  let at = 0;
  for (const character of text) {
    if (WORD_CHARACTER.test(character)) start ??= at;
    else if (start !== undefined) {
      push(words, text, start, at);
      start = undefined;
    }
    at += character.length;
  }
  if (start !== undefined) push(words, text, start, at);
  return words;
}

function push(words: Quote[], text: string, from: number, to: number): void {
  let start = from;
  let end = to;
  while (start < end && isEdge(text.charAt(start))) start += 1;
  while (end > start && isEdge(text.charAt(end - 1))) end -= 1;
  if (end > start) words.push({ start, end });
}

function isEdge(character: string): boolean {
  return character === "." || character === ":";
}

/** Control characters, format characters and broken halves: they would end a line, or be lost between a model and us. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

/**
 * Writes a run of words so that it fits between the separators of a reply line: `\` `|` and `;` get a backslash, and every control,
 * format or broken character becomes `\uXXXX`. `unescapeRun` is its exact opposite.
 */
export function escapeRun(text: string): string {
  let out = "";
  for (const character of text) {
    if (character === "\\" || character === "|" || character === ";") out += `\\${character}`;
    else if (UNSAFE.test(character)) for (let i = 0; i < character.length; i += 1) out += `\\u${character.charCodeAt(i).toString(16).toUpperCase().padStart(4, "0")}`;
    else out += character;
  }
  return out;
}

/** Reads what `escapeRun` wrote; undefined for anything that it cannot have written. */
export function unescapeRun(text: string): string | undefined {
  let out = "";
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    if (character !== "\\") {
      out += character;
      continue;
    }
    const next = text.charAt(i + 1);
    if (next === "\\" || next === "|" || next === ";") {
      out += next;
      i += 1;
      continue;
    }
    const hex = /^u([0-9A-F]{4})/.exec(text.slice(i + 1, i + 6))?.[1];
    if (hex === undefined) return undefined;
    out += String.fromCharCode(Number.parseInt(hex, 16));
    i += 5;
  }
  return out;
}
