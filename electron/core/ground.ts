import type { Hours, IsoDate } from "./entry.ts";
import type { Facts } from "./facts.ts";
import type { Quote } from "./intent.ts";
import type { OpenOperation, Operation, Pin, Question, RefusalCode } from "./outcome.ts";
import type { Markup, Part } from "./parts.ts";
import { wordsOf } from "./tokens.ts";
import { FILLER_WORDS } from "./words.ts";

/** What every resolver stands on: the sentence taken apart, the facts, the user's own decisions, and the reasons collected so far. */
export interface Ground {
  readonly markup: Markup;
  readonly facts: Facts;
  readonly pins: readonly Pin[];
  readonly because: Set<string>;
  /** Operations that earlier steps of the same sentence came to. */
  readonly done?: readonly Operation[] | undefined;
}

/** What one step came to. `open` holds what is already sure while its question waits. `look`: it must be looked at before it is saved. */
export type Settled =
  | { readonly kind: "done"; readonly operations: readonly Operation[]; readonly look?: boolean | undefined }
  | { readonly kind: "open"; readonly operation: OpenOperation; readonly question: Question }
  | { readonly kind: "refused"; readonly code: RefusalCode; readonly message: string };

interface PinValues {
  readonly date: IsoDate;
  readonly hours: Hours;
  readonly project: number;
  readonly task: number;
  readonly entry: number;
  readonly notes: string;
  readonly intent: "add" | "change" | "nothing";
}

/** The user's own decision about a field of an operation; the last one made wins. */
export function pinned<F extends keyof PinValues>(ground: Pick<Ground, "pins">, op: number, field: F): PinValues[F] | undefined {
  const mine = (pin: Pin): pin is Pin & { readonly field: F; readonly value: PinValues[F] } => pin.op === op && pin.field === field;
  return ground.pins.findLast(mine)?.value;
}

/** The parts that a quote touches. A quote outside the sentence touches none. */
export function partsIn(markup: Markup, quote: Quote): readonly Part[] {
  return markup.parts.filter((part) => part.start < quote.end && part.end > quote.start && part.end > part.start);
}

/** The words of a quote that can name something: no joining words unless nothing else is there, no dates and no lengths. */
export function namingWords(markup: Markup, quote: Quote): readonly string[] {
  const parts = partsIn(markup, quote).filter((part) => part.kind !== "date" && part.kind !== "hours" && part.kind !== "filler" && part.kind !== "whose" && part.kind !== "break" && part.kind !== "mark" && part.kind !== "dash");
  const words = parts.flatMap((part) => wordsOf(markup.text.slice(Math.max(part.start, quote.start), Math.min(part.end, quote.end))));
  return words.length > 0 ? words : wordsOf(markup.text.slice(quote.start, quote.end)).filter((word) => !FILLER_WORDS.has(word));
}

/** The text of a quote as the user typed it. */
export const quotedText = (markup: Markup, quote: Quote): string => markup.text.slice(quote.start, quote.end).trim();
