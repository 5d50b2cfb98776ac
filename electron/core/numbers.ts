import { lowAt, type Found, type Token } from "./tokens.ts";
import { NUMBER_WORDS, ORDINAL_WORDS, TENS_WORDS } from "./words.ts";

const FRACTIONS: ReadonlyMap<string, number> = new Map([["½", 0.5], ["¼", 0.25], ["¾", 0.75]]);

/** "2", "12": digits alone, with how many digits were typed. */
interface WholeNumber {
  readonly value: number;
  readonly digits: number;
}

/** Digits at token `i`. Undefined when they belong to a word before them ("es6", "h1n1") or are too long to be a count. */
function wholeAt(tokens: readonly Token[], i: number): Found<WholeNumber> | undefined {
  const token = tokens[i];
  if (token?.kind !== "number" || token.text.length > 6) return undefined;
  return { next: i + 1, value: { value: Number(token.text), digits: token.text.length } };
}

/** Whether token `i` starts on its own: not glued to a word, number or dot before it. */
export function standsAlone(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i];
  if (!token) return false;
  if (!token.glued) return true;
  const before = tokens[i - 1];
  return before === undefined || (before.kind === "mark" && !/[.,:/#$€£'-]/.test(before.text));
}

/** A decimal length: "2", "1.5", "1,5", ".5", "2½", "½", "1 1/2". A second dot ("1.2.3") is a version, not a number. */
export function decimalAt(tokens: readonly Token[], i: number): Found<number> | undefined {
  const token = tokens[i];
  if (!token) return undefined;
  const lone = FRACTIONS.get(token.text);
  if (lone !== undefined) return { next: i + 1, value: lone };
  if (token.text === "." && tokens[i + 1]?.glued === true && !(token.glued && tokens[i - 1]?.kind !== "mark")) return fraction(tokens, i, 0);
  const whole = wholeAt(tokens, i);
  if (!whole || whole.value.digits > 4) return undefined;
  const mark = tokens[i + 1];
  if (mark?.glued && (mark.text === "." || mark.text === ",")) {
    const more = fraction(tokens, i + 1, whole.value.value);
    if (more || (tokens[i + 2]?.glued && tokens[i + 2]?.kind === "number")) return more;
  }
  if (mark?.glued) {
    const part = FRACTIONS.get(mark.text);
    if (part !== undefined) return { next: i + 2, value: whole.value.value + part };
  }
  const spaced = FRACTIONS.get(mark?.text ?? "");
  if (spaced !== undefined) return { next: i + 2, value: whole.value.value + spaced };
  const half = slashAt(tokens, i + 1);
  if (half && tokens[i + 1]?.glued === false) return { next: half.next, value: whole.value.value + half.value };
  return { next: i + 1, value: whole.value.value };
}

/** The part after a decimal mark at token `i`; three or more digits are no length ("1.234"), a further mark makes it a version or a date. */
function fraction(tokens: readonly Token[], i: number, whole: number): Found<number> | undefined {
  const digits = tokens[i + 1];
  if (digits?.kind !== "number" || !digits.glued || digits.text.length > 2) return undefined;
  const after = tokens[i + 2];
  if (after?.glued && /[.:/]/.test(after.text) && tokens[i + 3]?.kind === "number" && tokens[i + 3]?.glued) return undefined;
  return { next: i + 2, value: Number(`${whole}.${digits.text}`) };
}

/** "1/2", "1/4", "3/4": the fractions that people write for a length. */
export function slashAt(tokens: readonly Token[], i: number): Found<number> | undefined {
  const [top, slash, bottom] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (top?.kind !== "number" || slash?.text !== "/" || bottom?.kind !== "number" || !slash.glued || !bottom.glued) return undefined;
  const value = Number(top.text) / Number(bottom.text);
  const simple = (bottom.text === "2" || bottom.text === "4") && value > 0 && value < 1;
  return simple ? { next: i + 3, value } : undefined;
}

/** A number in words up to 99: "two", "twenty", "forty five", "twenty-one". */
export function wordNumberAt(tokens: readonly Token[], i: number): Found<number> | undefined {
  const low = lowAt(tokens, i);
  const one = NUMBER_WORDS.get(low);
  if (one !== undefined) return { next: i + 1, value: one };
  const ten = TENS_WORDS.get(low);
  if (ten === undefined) return undefined;
  const dashed = lowAt(tokens, i + 1) === "-" && tokens[i + 1]?.glued === true;
  const at = dashed ? i + 2 : i + 1;
  const rest = NUMBER_WORDS.get(lowAt(tokens, at));
  return rest !== undefined && rest > 0 && rest < 10 ? { next: at + 1, value: ten + rest } : { next: i + 1, value: ten };
}

/** A small count, in digits or words; "a" and "an" are one, "a couple of" is two. */
export function countAt(tokens: readonly Token[], i: number): Found<number> | undefined {
  const low = lowAt(tokens, i);
  if (low === "a" || low === "an") {
    if (lowAt(tokens, i + 1) === "couple") return { next: lowAt(tokens, i + 2) === "of" ? i + 3 : i + 2, value: 2 };
    return { next: i + 1, value: 1 };
  }
  const digits = standsAlone(tokens, i) ? wholeAt(tokens, i) : undefined;
  return digits ? { next: digits.next, value: digits.value.value } : wordNumberAt(tokens, i);
}

const SUFFIXES: ReadonlySet<string> = new Set(["st", "nd", "rd", "th"]);

/** A day of the month as an ordinal: "3rd", "22nd", "third", "thirty first". Values 1-99; the caller judges whether such a day exists. */
export function ordinalAt(tokens: readonly Token[], i: number): Found<number> | undefined {
  const token = tokens[i];
  const suffix = tokens[i + 1];
  if (token?.kind === "number" && token.text.length <= 2 && suffix?.glued && SUFFIXES.has(suffix.low)) return { next: i + 2, value: Number(token.text) };
  const low = lowAt(tokens, i);
  const one = ORDINAL_WORDS.get(low);
  if (one !== undefined) return { next: i + 1, value: one };
  const ten = TENS_WORDS.get(low);
  if (ten === undefined) return undefined;
  const at = lowAt(tokens, i + 1) === "-" ? i + 2 : i + 1;
  const rest = ORDINAL_WORDS.get(lowAt(tokens, at));
  return rest !== undefined && rest < 10 ? { next: at + 1, value: ten + rest } : undefined;
}
