import type { Completion, LanguageModel } from "../../../electron/agent/model.ts";
import { parseReply } from "../../../electron/agent/reply.ts";
import { escapeRun, unescapeRun } from "../../../electron/agent/words.ts";
import { ANY_LINE, sentenceOf } from "./request.ts";

/** The values of a reply, as it wrote them. */
function valuesOf(reply: string): readonly string[] {
  return reply.trim().split(/(?<!\\)[;|]/).flatMap((part) => {
    const colon = part.indexOf(":");
    const value = colon < 0 ? undefined : unescapeRun(part.slice(colon + 1).trim());
    return value === undefined || value === "" ? [] : [value];
  });
}

/** The sentence with every value behind it that it does not hold: there the product's own reader and resolvers find them, as if they had been said. */
function withValues(text: string, reply: string): string {
  if (parseReply(text, reply).kind === "intent") return text;
  const said = (value: string): boolean => parseReply(text, `add | note: ${escapeRun(value)}`).kind === "intent";
  const invented = valuesOf(reply).filter((value) => !said(value));
  return [text, ...new Set(invented)].join("\n");
}

/** A model whose values are its own. `restate` asks it and gives the sentence as it stands with them; the model then answers that sentence. */
export interface FreeModel {
  readonly model: LanguageModel;
  restate(text: string, ask: (text: string) => Promise<unknown>): Promise<string>;
}

/**
 * The same model without the rule that values are words of the sentence: it may say any, and what it says is read by the same resolvers. The
 * sentence is asked about once with any line allowed, and then read with the model's values behind it.
 */
export function withoutSpans(inner: LanguageModel): FreeModel {
  const held: { reply: Completion | undefined; asking: boolean } = { reply: undefined, asking: false };
  const model: LanguageModel = {
    ...inner,
    complete: async (request, cancel) => {
      if (sentenceOf(request) === undefined) return inner.complete(request, cancel);
      if (!held.asking && held.reply) return held.reply;
      const reply = await inner.complete({ ...request, grammar: ANY_LINE }, cancel);
      held.reply = reply;
      // Asked for once, answered once: the reply counts where it is read.
      return held.asking ? { kind: "failed", code: "cancelled", message: "" } : reply;
    },
  };
  const replyTo = async (text: string, ask: (text: string) => Promise<unknown>): Promise<Completion | undefined> => {
    Object.assign(held, { reply: undefined, asking: true });
    await ask(text);
    held.asking = false;
    return held.reply;
  };
  return {
    model,
    restate: async (text, ask) => {
      const reply = await replyTo(text, ask);
      return reply?.kind === "text" ? withValues(text, reply.text) : text;
    },
  };
}
