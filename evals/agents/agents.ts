import type { Options } from "../options.ts";
import type { Agent } from "./agent.ts";
import { directAgent } from "./direct/direct.ts";
import { loadModel, type LoadedModel } from "./engine-model.ts";
import { oracleAgent } from "./oracle.ts";
import { randomAgent } from "./random.ts";
import { rulesAgent } from "./rules.ts";
import { stintAgent } from "./stint.ts";

type FoundAgent = { readonly kind: "agent"; readonly agent: Agent } | { readonly kind: "unknown"; readonly message: string };

const plain: ReadonlyMap<string, () => Agent> = new Map([["rules", rulesAgent], ["oracle", oracleAgent], ["random", randomAgent]]);
const withModel: ReadonlyMap<string, (loaded: LoadedModel) => Agent> = new Map([
  ["stint", stintAgent],
  ["naive", (loaded) => directAgent("naive", loaded)],
  ["prompted", (loaded) => directAgent("prompted", loaded)],
  ["seed", (loaded) => directAgent("seed", loaded)],
]);

/** The agent of that name, ready to talk. A model is loaded first, and its agent must be closed. */
export async function findAgent({ agent, home }: Options): Promise<FoundAgent> {
  const make = plain.get(agent);
  if (make) return { kind: "agent", agent: make() };
  const [kind = "", ...rest] = agent.split(":");
  const build = withModel.get(kind);
  if (!build || rest.length === 0) return { kind: "unknown", message: `There is no agent "${agent}". There are: ${[...plain.keys(), ...[...withModel.keys()].map((name) => `${name}:MODEL`)].join(", ")}.` };
  const loaded = await loadModel(rest.join(":"), home);
  return loaded.kind === "unknown" ? loaded : { kind: "agent", agent: build(loaded) };
}
