import type { Agent } from "./agent.ts";
import type { LoadedModel } from "./engine-model.ts";
import { talkWithProduct } from "./product.ts";

/** The product with that model. One talk at a time: there is one model in memory. */
export function stintAgent({ model, file, about, close }: LoadedModel): Agent {
  return { name: `stint:${file}`, slots: 1, about, open: (world) => Promise.resolve(talkWithProduct(world, model, true)), close };
}
