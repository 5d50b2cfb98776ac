import type { Options } from "../options.ts";
import type { Agent } from "./agent.ts";
import { oracleAgent } from "./oracle.ts";
import { randomAgent } from "./random.ts";
import { rulesAgent } from "./rules.ts";

export type FoundAgent = { readonly kind: "agent"; readonly agent: Agent } | { readonly kind: "unknown"; readonly message: string };

const plain: ReadonlyMap<string, () => Agent> = new Map([["rules", rulesAgent], ["oracle", oracleAgent], ["random", randomAgent]]);

/** The agent of that name, ready to talk. */
export async function findAgent({ agent }: Options): Promise<FoundAgent> {
  const make = plain.get(agent);
  if (make) return { kind: "agent", agent: make() };
  return { kind: "unknown", message: `There is no agent "${agent}". There are: ${[...plain.keys()].join(", ")}, stint:MODEL.` };
}
