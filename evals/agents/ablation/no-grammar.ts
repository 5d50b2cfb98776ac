import { FIELDS, KINDS, LABELS } from "../../../electron/agent/fields.ts";
import type { LanguageModel } from "../../../electron/agent/model.ts";
import { FIELD_SEPARATOR, LABEL_SEPARATOR, STEP_SEPARATOR } from "../../../electron/agent/span-grammar.ts";
import { escapeRun, unescapeRun } from "../../../electron/agent/words.ts";
import { ANY_LINE, sentenceOf } from "./request.ts";

const parts = (line: string, separator: RegExp): readonly string[] => line.split(separator).map((part) => part.trim());

/** The value's own words in the sentence, whatever their case; undefined when it does not say them. */
function quoteIn(text: string, value: string): string | undefined {
  const at = value === "" ? -1 : text.toLowerCase().indexOf(value.toLowerCase());
  return at < 0 ? undefined : text.slice(at, at + value.length);
}

function step(text: string, line: string): string | undefined {
  const [head = "", ...rest] = parts(line, /(?<!\\)\|/);
  const kind = KINDS.find((name) => new RegExp(`(?:^|\\W)${name}$`, "i").test(head));
  if (kind === undefined) return undefined;
  const fields = rest.flatMap((part): readonly string[] => {
    const colon = part.indexOf(":");
    const field = FIELDS[kind].find((name) => LABELS[name] === part.slice(0, Math.max(0, colon)).trim().toLowerCase());
    const value = field && quoteIn(text, unescapeRun(part.slice(colon + 1).trim().replace(/^["“']|["”'.]$/g, "")) ?? "");
    return field === undefined || value === undefined ? [] : [FIELD_SEPARATOR + LABELS[field] + LABEL_SEPARATOR + escapeRun(value)];
  });
  return kind + fields.join("");
}

/**
 * What a reader of free replies makes of one: talk and code marks around the commands, other case, fields that do not exist and values
 * that were not said are passed over. Nothing that could be read: the reply as it was, which the product's own reader then refuses.
 */
export function tidied(text: string, reply: string): string {
  const line = reply.replaceAll("`", "").split("\n").map((each) => each.trim()).find((each) => each !== "") ?? "";
  const steps = parts(line.replace(/^(?:command|reply|answer)\s*:/i, ""), /(?<!\\);/).flatMap((each) => step(text, each) ?? []);
  return steps.length === 0 ? reply : steps.join(STEP_SEPARATOR);
}

/** The same model without the grammar: it may write any line, which is read as kindly as can be. */
export function withoutGrammar(model: LanguageModel): LanguageModel {
  return {
    ...model,
    complete: async (request, cancel) => {
      const text = sentenceOf(request);
      if (text === undefined) return model.complete(request, cancel);
      const completion = await model.complete({ ...request, grammar: ANY_LINE }, cancel);
      return completion.kind === "text" ? { ...completion, text: tidied(text, completion.text) } : completion;
    },
  };
}
