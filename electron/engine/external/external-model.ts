import { z } from "zod";
import type { Cancel, Completion, CompletionRequest, LanguageModel, ModelFailureCode } from "../../agent/model.ts";
import type { ServerAddress } from "./address.ts";
import { matchesGrammar } from "./grammar-match.ts";
import { lineOfSteps, STEPS_RULE, STEPS_SCHEMA, stepsOfLine } from "./steps-json.ts";

export interface ExternalModelOptions {
  readonly server: Extract<ServerAddress, { kind: "address" }>;
  /** The model's name at the server; undefined: the first it names. */
  readonly model?: string | undefined;
}

/** A server's models, or why they cannot be told, as one sentence. `takesGrammar`: it follows a GBNF grammar, not only a JSON schema. */
export type ServedModels = { readonly kind: "models"; readonly names: readonly string[]; readonly takesGrammar: boolean } | { readonly kind: "failed"; readonly message: string };

/** A model that runs in a server of the user's own, behind the same port as one of ours. */
export interface ExternalModel extends LanguageModel {
  models(): Promise<ServedModels>;
}

const LOOK_MS = 5_000;
/** A reply line is a few hundred bytes; whatever answers with more is no model server. */
const MOST_BYTES = 1_000_000;

const modelList = z.object({ data: z.array(z.object({ id: z.string().min(1), owned_by: z.string().optional() })).min(1).max(10_000) });
const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
  usage: z.object({ prompt_tokens: z.number().nonnegative(), completion_tokens: z.number().nonnegative(), prompt_tokens_details: z.object({ cached_tokens: z.number().nonnegative() }).nullish() }).optional(),
});

/**
 * Asks an OpenAI-compatible server (llama-server, LM Studio, Ollama). The reply is held to the request's grammar: by the server where it
 * takes one, by a JSON schema otherwise; and in either case whatever the grammar could not have written is refused here. Follows no
 * redirection, sends no key, never throws for an expected failure.
 */
export function createExternalModel(options: ExternalModelOptions): ExternalModel {
  const { base } = options.server;
  const memo: { known?: Extract<ServedModels, { kind: "models" }> } = {};

  const models = async (): Promise<ServedModels> => {
    const got = await ask(`${base}/v1/models`, undefined, AbortSignal.timeout(LOOK_MS));
    if (got.kind === "failed") return { kind: "failed", message: sentence(got.why, options) };
    const list = modelList.safeParse(got.json);
    if (!list.success) return { kind: "failed", message: sentence("strange", options) };
    memo.known = { kind: "models", names: list.data.data.map(({ id }) => id), takesGrammar: list.data.data.some(({ owned_by }) => owned_by === "llamacpp") };
    return memo.known;
  };

  const complete = async (request: CompletionRequest, signal: AbortSignal): Promise<Completion> => {
    const began = performance.now();
    const known = memo.known ?? (await models());
    if (known.kind === "failed") return failed("failed", known.message);
    const body = bodyFor(request, options.model ?? known.names[0] ?? "", known.takesGrammar);
    const got = await ask(`${base}/v1/chat/completions`, body, signal);
    if (got.kind === "failed") return failed("failed", sentence(got.why, options));
    const answer = completion.safeParse(got.json);
    if (!answer.success) return failed("failed", sentence("strange", options));
    const content = answer.data.choices[0]?.message.content ?? "";
    const text = known.takesGrammar ? content : lineOfSteps(content);
    if (text === undefined || !matchesGrammar(request.grammar, text)) return failed("failed", "The model server's answer does not keep to the sentence, so it is not used.");
    const { prompt_tokens: promptTokens = 0, completion_tokens: generatedTokens = 0, prompt_tokens_details } = answer.data.usage ?? {};
    return { kind: "text", text, promptTokens, evaluatedTokens: Math.max(0, promptTokens - (prompt_tokens_details?.cached_tokens ?? 0)), generatedTokens, ms: performance.now() - began };
  };

  return {
    models,
    complete: async (request, cancel) => {
      if (cancel.aborted) return failed("cancelled", "Cancelled.");
      const abort = abortFor(cancel);
      const timeout = AbortSignal.timeout(Math.max(1, Math.round(request.timeoutMs)));
      try {
        const answer = await complete(request, AbortSignal.any([abort.signal, timeout]));
        if (abort.signal.aborted) return failed("cancelled", "Cancelled.");
        return timeout.aborted ? failed("timeout", "The model took too long.") : answer;
      } finally {
        abort.release();
      }
    },
  };
}

function abortFor(cancel: Cancel): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const listener = (): void => controller.abort();
  cancel.addEventListener("abort", listener);
  return { signal: controller.signal, release: () => cancel.removeEventListener("abort", listener) };
}

function bodyFor(request: CompletionRequest, model: string, takesGrammar: boolean): object {
  const line = (reply: string): string => (takesGrammar ? reply : stepsOfLine(reply));
  const turns = (request.examples ?? []).flatMap(({ user, reply }) => [{ role: "user", content: user }, { role: "assistant", content: line(reply) }]);
  const system = takesGrammar ? request.system : `${request.system}\n${STEPS_RULE}`;
  return {
    model,
    messages: [{ role: "system", content: system }, ...turns, { role: "user", content: request.user }],
    temperature: 0,
    // JSON says the same in more tokens.
    max_tokens: takesGrammar ? request.maxTokens : request.maxTokens * 2,
    stream: false,
    ...(takesGrammar
      ? { grammar: request.grammar, cache_prompt: true, chat_template_kwargs: { enable_thinking: false } }
      : { response_format: { type: "json_schema", json_schema: { name: "steps", schema: STEPS_SCHEMA } } }),
  };
}

type Why = "no-answer" | "key" | "no-model" | "loading" | "refused" | "strange";
type Got = { readonly kind: "json"; readonly json: unknown } | { readonly kind: "failed"; readonly why: Why };

async function ask(url: string, body: object | undefined, signal: AbortSignal): Promise<Got> {
  try {
    const init = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    // A redirection could lead a sentence to another computer.
    const response = await fetch(url, { ...init, signal, redirect: "error" });
    if (!response.ok) {
      await response.body?.cancel();
      return { kind: "failed", why: whyFor(response.status) };
    }
    const text = await limited(response);
    return text === undefined ? { kind: "failed", why: "strange" } : { kind: "json", json: JSON.parse(text) };
  } catch (error) {
    return { kind: "failed", why: error instanceof SyntaxError ? "strange" : "no-answer" };
  }
}

function whyFor(status: number): Why {
  if (status === 401 || status === 403) return "key";
  if (status === 404) return "no-model";
  return status === 503 ? "loading" : "refused";
}

/** Undefined when more comes than any reply could have. */
async function limited(response: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > MOST_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function sentence(why: Why, { server }: ExternalModelOptions): string {
  const where = `The model server at ${new URL(server.base).host}`;
  switch (why) {
    case "no-answer":
      return `${where} does not answer.`;
    case "key":
      return `${where} wants a key, which Stint does not send.`;
    case "no-model":
      return `${where} does not have this model.`;
    case "loading":
      return `${where} is still loading its model.`;
    case "refused":
      return `${where} could not answer.`;
    case "strange":
      return `${where} does not answer like a model server.`;
  }
}

function failed(code: ModelFailureCode, message: string): { readonly kind: "failed"; readonly code: ModelFailureCode; readonly message: string } {
  return { kind: "failed", code, message };
}
