import type * as NodeLlamaCpp from "node-llama-cpp";
import type { ChatHistoryItem, ChatWrapper, LlamaModel, Token } from "node-llama-cpp";
import type { CompletionRequest } from "../../agent/model.ts";

type Library = typeof NodeLlamaCpp;

/** What is said to a model: rules, example turns, and the turn it is to answer. */
export type Talk = Pick<CompletionRequest, "system" | "examples" | "user" | "plain">;

/** Turns a request into the tokens that the model expects before its reply. */
export type Render = (talk: Talk) => Token[];

/**
 * How to prompt this model: with its own chat template when the file holds one, thinking switched off; as a text to continue when it
 * holds none, because a guessed template is worse than no template.
 */
export function renderFor(library: Library, model: LlamaModel): Render {
  const [own, asText] = [ownRender(library, model), plain(model)];
  return (talk) => (talk.plain === true ? asText(talk) : own(talk));
}

function ownRender(library: Library, model: LlamaModel): Render {
  const template = model.fileInfo.metadata.tokenizer?.chat_template;
  if (typeof template !== "string" || template === "") return plain(model);
  const wrapper = library.resolveChatWrapper(model, {
    customWrapperSettings: {
      gemma4: { reasoning: false },
      qwen: { thoughts: "discourage" },
      jinjaTemplate: { reasoning: false, additionalRenderParameters: { enable_thinking: false } },
    },
  });
  // Gemma's own template answers "no thinking" with an empty thought, which the library's wrapper leaves out.
  const opening = wrapper.wrapperName === "Gemma 4" && template.includes("<|channel>thought") ? model.tokenize("<|channel>thought\n<channel|>", true) : [];
  const render = chat(wrapper, model, opening);
  return rendersAnything(render) ? render : plain(model);
}

function chat(wrapper: ChatWrapper, model: LlamaModel, opening: readonly Token[]): Render {
  return ({ system, examples = [], user }) => {
    const turns = examples.flatMap((example): ChatHistoryItem[] => [
      { type: "user", text: example.user },
      { type: "model", response: [example.reply] },
    ]);
    const { contextText } = wrapper.generateContextState({
      chatHistory: [{ type: "system", text: system }, ...turns, { type: "user", text: user }, { type: "model", response: [] }],
    });
    return [...withStart(model, contextText.tokenize(model.tokenizer)), ...opening];
  };
}

/** Words of the user are never read as control tokens: they are tokenised as plain text. */
function plain(model: LlamaModel): Render {
  return ({ system, examples = [], user }) => {
    const parts = [system, ...examples.map((example) => `${example.user} ${example.reply}`), user];
    return withStart(model, model.tokenize(parts.join("\n\n"), false));
  };
}

function withStart(model: LlamaModel, tokens: Token[]): Token[] {
  const { bos, shouldPrependBosToken } = model.tokens;
  return shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens;
}

/** A template from a file is a program by somebody else; one that fails must not take the model down with it. */
function rendersAnything(render: Render): boolean {
  try {
    return render({ system: "a", examples: [{ user: "b", reply: "c" }], user: "d" }).length > 0;
  } catch {
    return false;
  }
}
