import type { LlamaContext, LlamaContextSequence, LlamaModel, Token } from "node-llama-cpp";
import type { Completion, CompletionRequest } from "../../agent/model.ts";
import { readGguf } from "../../../models/gguf.ts";
import type { Llama, LlamaLoad } from "../llama.ts";
import type { LoadOptions } from "../protocol.ts";
import type { EngineMemory } from "../state.ts";
import { openBackend } from "./backend.ts";
import type { Opened } from "./backend.ts";
import { renderFor } from "./chat.ts";
import type { Render } from "./chat.ts";

/** Tokens evaluated between two looks at the abort signal: a batch in progress cannot be stopped. */
const BATCH = 256;

interface Held {
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly sequence: LlamaContextSequence;
  readonly render: Render;
}

const CANCELLED: Completion = { kind: "failed", code: "cancelled", message: "Cancelled." };

/** The real `Llama`: node-llama-cpp, imported when the first model is loaded. The only folder that knows that library. */
export function createLlama(): Llama {
  const memo: { opened: { readonly key: string; readonly with: Opened } | undefined; held: Held | undefined } = { opened: undefined, held: undefined };

  const open = async (options: LoadOptions): Promise<Opened | string> => {
    const key = options.backends.join();
    if (memo.opened?.key === key) return memo.opened.with;
    const opened = await openBackend(options.backends);
    if (!("native" in opened)) return `The part of Stint that runs models does not work on this computer. ${opened.refused.at(-1)?.reason ?? ""}`.trim();
    memo.opened = { key, with: opened };
    return opened;
  };
  const free = async (): Promise<void> => {
    const held = memo.held;
    memo.held = undefined;
    await held?.model.dispose();
  };

  return {
    load: async (path, options, onProgress, signal) => {
      await free();
      const reading = await readGguf(path);
      if (reading.kind !== "ok") return { kind: "refused", message: reading.message };
      const opened = await open(options);
      if (typeof opened === "string") return { kind: "refused", message: opened };
      if (signal.aborted) return { kind: "cancelled" };
      const held = await loadHeld(opened, path, options, onProgress, signal);
      if ("kind" in held) return held;
      memo.held = held;
      return { kind: "loaded", memory: memoryOf(opened, held), refused: opened.refused };
    },
    complete: async (request, signal) => {
      const { held, opened } = memo;
      if (held === undefined || opened === undefined) return { kind: "failed", code: "no-model", message: "No model is loaded." };
      return complete(opened.with, held, request, signal);
    },
    unload: free,
    memory: () => (memo.held === undefined || memo.opened === undefined ? { gpu: 0, cpu: 0, backend: memo.opened?.with.backend ?? "cpu" } : memoryOf(memo.opened.with, memo.held)),
  };
}

async function loadHeld(opened: Opened, path: string, options: LoadOptions, onProgress: (progress: number) => void, signal: AbortSignal): Promise<Held | LlamaLoad> {
  let model: LlamaModel | undefined;
  try {
    const layers = options.gpuLayers ?? { fitContext: { contextSize: options.contextTokens } };
    model = await opened.native.loadModel({ modelPath: path, gpuLayers: opened.backend === "cpu" ? 0 : layers, onLoadProgress: (value) => onProgress(Math.min(1, Math.max(0, value))), loadSignal: signal });
    const contextSize = Math.min(options.contextTokens, model.trainContextSize);
    // The library takes at least four threads; with more threads than cores they wait for each other, a hundred times slower.
    const threads = options.threads ?? Math.max(1, opened.native.cpuMathCores);
    const context = await model.createContext({ contextSize, sequences: 1, batchSize: Math.min(BATCH, contextSize), threads, createSignal: signal });
    return { model, context, sequence: context.getSequence(), render: renderFor(opened.library, model) };
  } catch (error) {
    await model?.dispose();
    if (signal.aborted) return { kind: "cancelled" };
    if (error instanceof opened.library.InsufficientMemoryError) return { kind: "refused", message: "There is not enough free memory for this model." };
    return { kind: "refused", message: "This model could not be loaded; the file may be damaged, or of a kind that is newer than this version of Stint." };
  }
}

async function complete(opened: Opened, held: Held, request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
  const started = performance.now();
  const { model, context, sequence } = held;
  const prompt = held.render(request);
  if (prompt.length + request.maxTokens > context.contextSize) return { kind: "failed", code: "failed", message: "The sentence is too long for this model." };
  const grammarState = await grammarFor(opened, model, request.grammar);
  if (grammarState === undefined) return { kind: "failed", code: "bad-grammar", message: "The model could not be told how to answer." };
  const evaluated = await readPrompt(sequence, prompt, keptLength(held, request, prompt), context.batchSize, signal);
  if (evaluated === undefined) return CANCELLED;
  const reply: Token[] = [];
  const last = prompt.slice(-1);
  for await (const token of sequence.evaluate(last, { temperature: 0, grammarEvaluationState: grammarState })) {
    if (signal.aborted) return CANCELLED;
    if (model.isEogToken(token)) break;
    reply.push(token);
    if (reply.length >= request.maxTokens) break;
  }
  return {
    kind: "text",
    text: model.detokenize(reply),
    promptTokens: prompt.length,
    evaluatedTokens: evaluated + last.length,
    generatedTokens: reply.length,
    ms: performance.now() - started,
  };
}

async function grammarFor(opened: Opened, model: LlamaModel, gbnf: string): Promise<InstanceType<Opened["library"]["LlamaGrammarEvaluationState"]> | undefined> {
  try {
    const grammar = await opened.native.createGrammar({ grammar: gbnf });
    return new opened.library.LlamaGrammarEvaluationState({ model, grammar });
  } catch {
    return undefined;
  }
}

/**
 * Brings the sequence to all of the prompt but its last token, and gives how many tokens had to be evaluated for it: what it shares
 * with the prompt before stays. Undefined when it was given up on the way.
 */
async function readPrompt(sequence: LlamaContextSequence, prompt: Token[], kept: number, batch: number, signal: AbortSignal): Promise<number | undefined> {
  const head = prompt.slice(0, -1);
  const before = sequence.tokenMeter.usedInputTokens;
  await sequence.adaptStateToTokens(head, false);
  while (sequence.nextTokenIndex < head.length) {
    if (signal.aborted) return undefined;
    const from = sequence.nextTokenIndex;
    const to = Math.min(head.length, from + batch, from < kept ? kept : head.length);
    await sequence.evaluateWithoutGeneratingNewTokens(head.slice(from, to));
    // Models with a sliding window cannot go back without it; for others it does nothing.
    if (to === kept) await sequence.takeCheckpoint();
  }
  return sequence.tokenMeter.usedInputTokens - before;
}

/** How many tokens at the start of the prompt every request with this system text has in common. */
function keptLength(held: Held, request: CompletionRequest, prompt: readonly Token[]): number {
  const other = held.render({ ...request, user: "" });
  const different = other.findIndex((token, i) => token !== prompt[i]);
  return Math.min(different < 0 ? other.length : different, prompt.length - 1);
}

function memoryOf(opened: Opened, held: Held): EngineMemory {
  const model = held.model.memoryUsage;
  const context = held.context.memoryUsage;
  return { gpu: model.vram + context.vram, cpu: model.ram + context.ram, backend: opened.backend };
}
