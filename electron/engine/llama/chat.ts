import type * as NodeLlamaCpp from "node-llama-cpp";
import type { ChatWrapper, LlamaModel, Token } from "node-llama-cpp";

type Library = typeof NodeLlamaCpp;

/** Turns a request into the tokens that the model expects before its reply. */
export type Render = (system: string, user: string) => Token[];

/**
 * How to prompt this model: with its own chat template when the file holds one, thinking switched off; as a text to continue when it
 * holds none, because a guessed template is worse than no template.
 */
export function renderFor(library: Library, model: LlamaModel): Render {
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
  return (system, user) => {
    const { contextText } = wrapper.generateContextState({
      chatHistory: [
        { type: "system", text: system },
        { type: "user", text: user },
        { type: "model", response: [] },
      ],
    });
    return [...withStart(model, contextText.tokenize(model.tokenizer)), ...opening];
  };
}

/** Words of the user are never read as control tokens: they are tokenised as plain text. */
function plain(model: LlamaModel): Render {
  return (system, user) => withStart(model, model.tokenize(`${system}\n\n${user}`, false));
}

function withStart(model: LlamaModel, tokens: Token[]): Token[] {
  const { bos, shouldPrependBosToken } = model.tokens;
  return shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens;
}

/** A template from a file is a program by somebody else; one that fails must not take the model down with it. */
function rendersAnything(render: Render): boolean {
  try {
    return render("a", "b").length > 0;
  } catch {
    return false;
  }
}
