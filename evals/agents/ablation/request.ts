import type { CompletionRequest } from "../../../electron/agent/model.ts";
import { unescapeRun } from "../../../electron/agent/words.ts";

/** One line of any text: a model is held to nothing but to stop at the end of a line. */
export const ANY_LINE = String.raw`root ::= [ \n]* [^\n]+ "\n"?`;

/** The sentence of a request that asks for quotes, as the prompt wrote it; undefined for a request of another kind: one that only chooses among labels writes nothing. */
export function sentenceOf({ user, labels }: Pick<CompletionRequest, "user" | "labels">): string | undefined {
  if (labels !== undefined) return undefined;
  const line = /^Sentence: (.*)\nCommand:$/s.exec(user)?.[1];
  return line === undefined ? undefined : (unescapeRun(line) ?? line);
}
