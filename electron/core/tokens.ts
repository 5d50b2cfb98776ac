/**
 * One piece of a sentence. Numbers are runs of digits only and words runs of letters only, so "1h30" is three tokens and a
 * recogniser puts them together again; `glued` tells that no space stands before it, `line` that a line break does.
 */
export interface Token {
  readonly kind: "word" | "number" | "mark";
  /** As typed. */
  readonly text: string;
  /** Lower case, accents and typographic quotes folded: what recognisers compare. */
  readonly low: string;
  readonly start: number;
  readonly end: number;
  readonly glued: boolean;
  readonly line: boolean;
}

const LETTER = /[\p{L}\p{M}]/u;
const SPACE = /[\s\p{Z}\p{Cc}\p{Cf}]/u;
const ACCENTS = /\p{M}+/gu;

type CharKind = "letter" | "digit" | "space" | "mark";

function kindOf(char: string): CharKind {
  const code = char.charCodeAt(0);
  if (code >= 48 && code <= 57) return "digit";
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) return "letter";
  if (code <= 32) return "space";
  if (code < 128) return "mark";
  if (SPACE.test(char)) return "space";
  return LETTER.test(char) ? "letter" : "mark";
}

const MARKS: ReadonlyMap<string, string> = new Map([["’", "'"], ["‘", "'"], ["ʼ", "'"], ["–", "-"], ["—", "-"], ["−", "-"], ["‑", "-"], ["“", '"'], ["”", '"'], ["„", '"'], ["«", '"'], ["»", '"']]);

/** Letters that Unicode does not take apart, as people type them on another keyboard. */
const LETTERS: ReadonlyMap<string, string> = new Map([["ø", "o"], ["æ", "ae"], ["œ", "oe"], ["ß", "ss"], ["ł", "l"], ["đ", "d"], ["ð", "d"], ["þ", "th"], ["ı", "i"]]);
const LETTER_RUNS = /[øæœßłđðþı]/g;
const PLAIN = /^[A-Za-z0-9]+$/;

/** Lower case without accents, one spelling for each quote and dash: the form in which words are compared. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  const plain = (MARKS.get(text) ?? text.toLowerCase()).replace(/[’ʼ]/g, "'");
  return /^[\x20-\x7e]*$/.test(plain) ? plain : plain.normalize("NFKD").replace(ACCENTS, "").toLowerCase().replace(LETTER_RUNS, (letter) => LETTERS.get(letter) ?? letter);
}

const POSSESSIVE = /^['’ʼ][sS](?!\p{L})/u;
const CONTRACTION = /^['’ʼ](?:t|m|d|ve|ll|re|clock)(?!\p{L})/iu;

/** "don't", "I've" and "o'clock" are one word; the 's of "yesterday's" is a token of its own, for it says whose. */
function endOfContraction(text: string, end: number): number {
  const mark = text[end];
  if (mark !== "'" && mark !== "’" && mark !== "ʼ") return end;
  return end + (CONTRACTION.exec(text.slice(end, end + 7))?.[0].length ?? 0);
}

/** Splits a sentence into tokens. Never fails: a lone surrogate, an emoji or a control character is a mark or a space. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let spaced = true;
  let line = false;
  while (at < text.length) {
    const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const kind = kindOf(char);
    if (kind === "space") {
      spaced = true;
      line ||= char === "\n" || char === "\r";
      at += char.length;
      continue;
    }
    let end = at + char.length;
    while (kind !== "mark" && end < text.length) {
      const next = String.fromCodePoint(text.codePointAt(end) ?? 0);
      if (kindOf(next) !== kind) break;
      end += next.length;
    }
    if (kind === "letter") end = endOfContraction(text, end);
    else if (kind === "mark" && !spaced && POSSESSIVE.test(text.slice(at, at + 3))) end = at + 2;
    const piece = text.slice(at, end);
    tokens.push({ kind: kind === "letter" ? "word" : kind === "digit" ? "number" : "mark", text: piece, low: fold(piece), start: at, end, glued: !spaced, line });
    at = end;
    spaced = false;
    line = false;
  }
  return tokens;
}

/** The words of a name, folded: "Smith & Sons, Phase 2" → smith, sons, phase, 2. */
export function wordsOf(text: string): readonly string[] {
  return tokenize(text).filter((token) => token.kind !== "mark").map((token) => token.low);
}

/** The folded text of token `i`, or "" past either end: recognisers look around without checks. */
export function lowAt(tokens: readonly Token[], i: number): string {
  return tokens[i]?.low ?? "";
}

/** What a recogniser found at a token: the index after it, and its meaning. */
export interface Found<T> {
  readonly next: number;
  readonly value: T;
}
