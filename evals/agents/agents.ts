import type { Options } from "../options.ts";
import type { Agent } from "./agent.ts";
import { oracleAgent } from "./oracle.ts";
import { randomAgent } from "./random.ts";
import { rulesAgent } from "./rules.ts";
import { stintAgent } from "./stint.ts";

export type FoundAgent = { readonly kind: "agent"; readonly agent: Agent } | { readonly kind: "unknown"; readonly message: string };

const plain: ReadonlyMap<string, () => Agent> = new Map([["rules", rulesAgent], ["oracle", oracleAgent], ["random", randomAgent]]);

/** The agent of that name, ready to talk. A model is loaded first, and its agent must be closed. */
export async function findAgent({ agent, home }: Options): Promise<FoundAgent> {
  const make = plain.get(agent);
  if (make) return { kind: "agent", agent: make() };
  if (agent.startsWith("stint:")) return stintAgent(agent.slice("stint:".length), home);
  return { kind: "unknown", message: `There is no agent "${agent}". There are: ${[...plain.keys()].join(", ")}, stint:MODEL.` };
}
