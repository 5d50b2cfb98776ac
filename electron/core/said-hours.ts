import { clockRangeAt } from "./clock.ts";
import { lengthAt, lengthMeaning, type ClockSpan, type HoursMeaning } from "./lengths.ts";
import { lowAt, type Found, type Token } from "./tokens.ts";
import { AND_WORDS, BREAK_WORDS, MINUS_WORDS } from "./words.ts";

type Clock = Extract<HoursMeaning, { kind: "clock" }>;

const isJoint = (low: string): boolean => AND_WORDS.has(low) || low === "," || low === "+" || low === "&" || low === "then";

const endOf = (span: ClockSpan | undefined): number => (span === undefined || span.end === "now" ? Number.POSITIVE_INFINITY : span.end);

/** "9-11:30 and 1-3": further spans that begin after the one before has ended are one length together. */
function furtherSpans(tokens: readonly Token[], first: Found<Clock>): Found<Clock> {
  let { next } = first;
  const spans = [...first.value.spans];
  for (;;) {
    let at = next;
    while (isJoint(lowAt(tokens, at)) && at < next + 2) at += 1;
    const more = at > next ? clockRangeAt(tokens, at) : undefined;
    const span = more?.value.kind === "clock" ? more.value.spans[0] : undefined;
    if (!more || !span || span.start < endOf(spans.at(-1))) return { next, value: { kind: "clock", spans, less: 0 } };
    spans.push(span);
    ({ next } = more);
  }
}

/** "minus an hour for lunch", "less 30 min", "with a 30 min break": a length that is taken off, and the word that says what it was for. */
export function breakAt(tokens: readonly Token[], i: number): Found<number> | undefined {
  let at = lowAt(tokens, i) === "," || lowAt(tokens, i) === "(" ? i + 1 : i;
  const bracket = at > i && lowAt(tokens, i) === "(";
  const minus = MINUS_WORDS.has(lowAt(tokens, at));
  const beside = lowAt(tokens, at) === "with" || lowAt(tokens, at) === "including";
  if (!minus && !beside && !bracket) return undefined;
  if (minus || beside) at += 1;
  const direct = lengthAt(tokens, at);
  const length = direct ?? (lowAt(tokens, at) === "a" ? lengthAt(tokens, at + 1) : undefined);
  if (length?.value.kind !== "length") return undefined;
  const named = breakName(tokens, length.next);
  if (!minus && named === length.next) return undefined;
  if (bracket) return lowAt(tokens, named) === ")" ? { next: named + 1, value: length.value.hours } : undefined;
  return { next: named, value: length.value.hours };
}

/** "for lunch", "of break", "lunch break": where the name of a break ends. */
function breakName(tokens: readonly Token[], i: number): number {
  let at = i;
  if (/^(?:for|of|fur)$/.test(lowAt(tokens, at))) at += 1;
  if (at > i && /^(?:a|my|the)$/.test(lowAt(tokens, at))) at += 1;
  let end = at;
  while (BREAK_WORDS.has(lowAt(tokens, end))) end += 1;
  return end > at ? end : i;
}

/** A length as people say it whole: one length or spans between times of day, less a break. The longest reading at token `i`. */
export function hoursAt(tokens: readonly Token[], i: number): Found<HoursMeaning> | undefined {
  const range = clockRangeAt(tokens, i);
  const said = range ?? lengthAt(tokens, i);
  if (!said) return undefined;
  const base: Found<HoursMeaning> = said.value.kind === "clock" ? furtherSpans(tokens, { next: said.next, value: said.value }) : said;
  const pause = base.value.kind === "ask" ? undefined : breakAt(tokens, base.next);
  if (!pause) return base;
  if (base.value.kind === "clock") return { next: pause.next, value: { ...base.value, less: pause.value } };
  return base.value.kind === "length" ? { next: pause.next, value: lengthMeaning(base.value.hours - pause.value) } : base;
}
