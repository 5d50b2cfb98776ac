import type { LlamaContextSequence, Token } from "node-llama-cpp";
import type { FixedTalk } from "../llama.ts";
import type { Held } from "./load.ts";
import type { PrefixFiles } from "./prefix-files.ts";

/** The tokens that every prompt of this fixed part begins with; rendered once, since a chat template is a program. */
export interface FixedPart {
  readonly key: string;
  readonly tokens: readonly Token[];
}

export function fixedPart(held: Held, { system, examples, plain }: FixedTalk, known: FixedPart | undefined): FixedPart {
  const key = JSON.stringify([system, examples, plain === true]);
  if (known?.key === key) return known;
  const [one, other] = [held.render({ system, examples, plain, user: "" }), held.render({ system, examples, plain, user: "x" })];
  return { key, tokens: one.slice(0, commonLength(one, other)) };
}

export function commonLength(one: readonly Token[], other: readonly Token[]): number {
  const different = one.findIndex((token, i) => token !== other[i]);
  return different < 0 ? one.length : different;
}

/**
 * Brings the sequence to exactly `tokens`, and gives how many had to be evaluated: what it shares with what was read before stays, and
 * the place after `kept` tokens is remembered, to which models with a sliding window or a recurrent memory cannot go back by themselves.
 * Undefined when it was given up on the way; what was read until then stays.
 */
export async function readTokens(sequence: LlamaContextSequence, tokens: readonly Token[], kept: number, signal: AbortSignal): Promise<number | undefined> {
  const before = sequence.tokenMeter.usedInputTokens;
  await sequence.adaptStateToTokens([...tokens], false);
  const batch = sequence.context.batchSize;
  while (sequence.nextTokenIndex < tokens.length) {
    if (signal.aborted) return undefined;
    const from = sequence.nextTokenIndex;
    const to = Math.min(tokens.length, from + batch, from < kept ? kept : tokens.length);
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(from, to));
    if (to === kept) await sequence.takeCheckpoint();
  }
  return sequence.tokenMeter.usedInputTokens - before;
}

/** Reads the fixed part unless it is there, from disk where it is kept; gives how many tokens had to be evaluated. Keeps it on disk when it was new. */
export async function readFixedPart(held: Held, { tokens }: FixedPart, files: PrefixFiles | undefined, signal: AbortSignal): Promise<number> {
  const { sequence } = held;
  if (tokens.length === 0 || commonLength(tokens, sequence.contextTokens) === tokens.length) return 0;
  if (sequence.nextTokenIndex === 0 && (await files?.read(sequence, tokens)) === true) {
    await sequence.takeCheckpoint();
    return 0;
  }
  const evaluated = await readTokens(sequence, tokens, tokens.length, signal);
  if (evaluated !== undefined) await files?.write(sequence, tokens);
  return evaluated ?? 0;
}
