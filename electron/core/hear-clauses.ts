import type { Markup, Part } from "./parts.ts";
import { noteOpener } from "./hear-note.ts";
import { lowAt } from "./tokens.ts";

const isName = (part: Part): boolean => part.kind === "project" || part.kind === "shortcut";

/** "… and the same today", "same for globex": the entry before once more. */
export function isSameAgain(markup: Markup, parts: readonly Part[]): boolean {
  return parts.some((part) => lowAt(markup.tokens, part.from) === "same") && !parts.some((part) => part.kind === "hours" || part.kind === "number");
}

/** Whether a piece says how long by itself: with a length, by a shortcut that has one, or (`bare`) with a number beside a name. */
function carries(markup: Markup, parts: readonly Part[], bare: boolean): boolean {
  if (parts.some((part) => part.kind === "hours" || (part.kind === "shortcut" && part.shortcut.hours !== undefined))) return true;
  return (bare && parts.some((part) => part.kind === "number") && parts.some(isName)) || isSameAgain(markup, parts);
}

/** A line that holds only a day is a heading for the lines below it. */
const isHeading = (parts: readonly Part[], ends: boolean): boolean => ends && parts.some((part) => part.kind === "date") && parts.every((part) => part.kind === "date" || part.kind === "filler" || part.kind === "mark" || part.kind === "dash");

/** "1h monday 2h tuesday", "2h acme 1h globex": lengths and days, or lengths and names, in turn, without a joint between the pairs. */
function paired(parts: readonly Part[]): readonly (readonly Part[])[] | undefined {
  const names = parts.filter(isName).length;
  const named = parts.every((part) => part.kind !== "date") && names > 1;
  const values = parts.filter((part) => part.kind === "hours" || (named ? isName(part) : part.kind === "date"));
  const [first, second] = values;
  if (!first || !second || values.length < 4 || values.length % 2 === 1 || (first.kind === "hours") === (second.kind === "hours") || values.some((part, n) => (part.kind === "hours") !== ((n % 2 === 0 ? first : second).kind === "hours"))) return undefined;
  const starts = values.filter((_, n) => n % 2 === 0 && n > 0).map((part) => parts.indexOf(part));
  return [0, ...starts].map((from, n) => parts.slice(from, starts[n]));
}

/** Cuts a sentence into clauses that each hold a length of their own; pieces without one stay with their neighbour. */
export function clausesOf(markup: Markup, parts: readonly Part[]): readonly (readonly Part[])[] {
  const pieces: Part[][] = [[]];
  const hardAfter = new Set<Part[]>();
  for (const part of parts) {
    if (part.kind === "break") {
      const last = pieces.at(-1);
      if (last && part.hard) hardAfter.add(last);
      pieces.push([]);
    } else pieces.at(-1)?.push(part);
  }
  const bare = !parts.some((part) => part.kind === "hours");
  const held = pieces.filter((piece) => piece.length > 0);
  if (held.filter((piece) => carries(markup, piece, bare)).length < 2) return paired(parts) ?? [parts];
  const clauses: Part[][] = [];
  let waiting: Part[] = [];
  for (const piece of held) {
    const last = clauses.at(-1);
    // A note that was set apart goes on until something else is named.
    const noted = last !== undefined && !piece.some((part) => isName(part) || part.kind === "date") && last.some((_, n) => noteOpener(markup, last)(n));
    if (noted) last.push(...piece);
    else if (carries(markup, piece, bare)) {
      clauses.push([...waiting, ...piece]);
      waiting = [];
    } else if (clauses.length > 0 && !isHeading(piece, hardAfter.has(piece))) clauses.at(-1)?.push(...piece);
    else waiting.push(...piece);
  }
  clauses.at(-1)?.push(...waiting);
  return clauses;
}
