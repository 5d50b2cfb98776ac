/**
 * The inference library used without Stint's engine, in a process of its own: what it costs to load a model and to answer. Takes the same
 * tokens, batches and threads, and keeps what the prompts have in common, as its documentation advises.
 */
import { pathToFileURL } from "node:url";
import { getLlama, LlamaGrammarEvaluationState, LlamaLogLevel } from "node-llama-cpp";
import * as library from "node-llama-cpp";

const { renderFor } = await import(pathToFileURL(process.argv[2]).href);
const llama = await getLlama({ gpu: false, build: "never", skipDownload: true, logLevel: LlamaLogLevel.error, logger: () => undefined });
let held;

const work = {
  async load({ path, contextTokens, threads }) {
    const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
    const contextSize = Math.min(contextTokens, model.trainContextSize);
    const context = await model.createContext({ contextSize, batchSize: 256, threads });
    held = { model, sequence: context.getSequence(), render: renderFor(library, model) };
  },
  unload: () => held.model.dispose(),
  async complete({ request }) {
    const { model, sequence, render } = held;
    const prompt = render(request);
    await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
    const rest = prompt.slice(sequence.nextTokenIndex);
    const grammarEvaluationState = new LlamaGrammarEvaluationState({ model, grammar: await llama.createGrammar({ grammar: request.grammar }) });
    const reply = [];
    for await (const token of sequence.evaluate(rest, { temperature: 0, grammarEvaluationState })) {
      if (model.isEogToken(token) || reply.push(token) >= request.maxTokens) break;
    }
    return { generatedTokens: reply.length, text: model.detokenize(reply) };
  },
};

process.on("message", async ({ what, ...options }) => {
  const began = performance.now();
  const result = (await work[what](options)) ?? {};
  process.send({ ...result, ms: performance.now() - began });
});
process.on("disconnect", () => process.exit(0));
process.send("ready");
