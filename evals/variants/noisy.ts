import type { EvalCase } from "../case.ts";
import { pick, seedOf } from "./seeded.ts";
import { withTexts } from "./texts.ts";

type Noise = (text: string) => string;

const around: Noise = (text) => `  ${text} `;
/** White space inside a sentence, but not where a line is a line of its own. */
const wide: Noise = (text) => text.replaceAll(/(?<=\S) (?=\S)/g, "  ");
const INNER: readonly Noise[] = [(text) => text.toUpperCase(), (text) => text.toLowerCase(), (text) => around(wide(text)), (text) => around(text.toLowerCase())];
const OUTER: readonly Noise[] = [around, (text) => `${text} `, (text) => `\n${text}\n`];
const POLITE: readonly Noise[] = [(text) => `please ${text}`, (text) => `ok, ${text}`, (text) => `hey, ${text}`];

/** Whether the words themselves end up in the account: then they must not be touched. */
function keepsWords({ expect, turns, account }: EvalCase): boolean {
  const noted = [...expect.added, ...expect.changed].some((each) => each.notes !== undefined && each.notes !== "");
  return noted || turns.some((turn) => "say" in turn && /["“”'’]/.test(turn.say)) || (account.shortcuts ?? []).some((each) => each.notes !== undefined);
}

/** The same sentences typed in another way: large, small, with more white space or a polite word. */
export function noisy(evalCase: EvalCase): EvalCase {
  const seed = seedOf(evalCase.id);
  const { expect } = evalCase;
  const isAdd = expect.outcome.length === 1 && expect.outcome[0] === "saved" && expect.added.length > 0 && evalCase.turns.length === 1;
  const first = evalCase.turns[0];
  const opensWithLength = first !== undefined && "say" in first && /^\d/.test(first.say) && !/[\n;]/.test(first.say);
  if (keepsWords(evalCase)) return withTexts(evalCase, pick(OUTER, seed));
  if (isAdd && opensWithLength && seed % 3 === 0) return withTexts(evalCase, pick(POLITE, seed));
  // What is small already gains nothing from being made small.
  const inner = INNER.map((_, at) => withTexts(evalCase, pick(INNER, (seed >>> 3) + at)));
  return inner.find((made) => JSON.stringify(made.turns) !== JSON.stringify(evalCase.turns)) ?? withTexts(evalCase, around);
}
