import type { LanguageModel } from "../../electron/agent/model.ts";
import type { EvalCase } from "../case.ts";
import { goldReply } from "../gold-intent.ts";
import type { Agent } from "./agent.ts";
import { talkWithProduct } from "./product.ts";

function knowing(evalCase: EvalCase): LanguageModel {
  return { complete: async () => ({ kind: "text", text: (await goldReply(evalCase)) ?? "none", promptTokens: 0, evaluatedTokens: 0, generatedTokens: 0, ms: 0 }) };
}

/** The product with a model that always hears what is meant, as far as words of the sentence say it: what no model can do better than. */
export function goldAgent(): Agent {
  return { name: "gold", slots: 8, about: {}, open: (world, evalCase) => Promise.resolve(talkWithProduct(world, knowing(evalCase), true)), close: () => Promise.resolve() };
}
