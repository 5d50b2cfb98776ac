import type { Agent } from "./agent.ts";
import { noModel, talkWithProduct } from "./product.ts";

/** The product with no model installed: the floor that every model must not fall under. */
export function rulesAgent(): Agent {
  return { name: "rules", slots: 8, about: {}, open: (world) => Promise.resolve(talkWithProduct(world, noModel, false)), close: () => Promise.resolve() };
}
