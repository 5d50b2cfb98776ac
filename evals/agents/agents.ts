import type { Options } from "../options.ts";
import type { Agent } from "./agent.ts";
import { rulesAgent } from "./rules.ts";

export type FoundAgent = { readonly kind: "agent"; readonly agent: Agent } | { readonly kind: "unknown"; readonly message: string };

/** The agent of that name, ready to talk. */
export function findAgent({ agent }: Options): Promise<FoundAgent> {
  if (agent === "rules") return Promise.resolve({ kind: "agent", agent: rulesAgent() });
  return Promise.resolve({ kind: "unknown", message: `There is no agent "${agent}".` });
}
