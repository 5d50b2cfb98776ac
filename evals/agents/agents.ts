import type { Options } from "../options.ts";
import type { Agent } from "./agent.ts";
import { DIRECT, directAgent } from "./direct/direct.ts";
import { loadModel, strategyOf } from "./engine-model.ts";
import { goldAgent } from "./gold.ts";
import { loadedAs, type LoadedModel } from "./loaded.ts";
import { oracleAgent } from "./oracle.ts";
import { randomModel } from "./random.ts";
import { openReplay, recorded } from "./recording.ts";
import { rulesAgent } from "./rules.ts";
import { stintAgent, STINTS } from "./stint.ts";

interface Unknown {
  readonly kind: "unknown";
  readonly message: string;
}
type FoundAgent = { readonly kind: "agent"; readonly agent: Agent } | Unknown;

const plain: ReadonlyMap<string, () => Agent> = new Map([["rules", rulesAgent], ["oracle", oracleAgent], ["gold", goldAgent]]);
const withModel: ReadonlyMap<string, (loaded: LoadedModel) => Agent> = new Map([
  ...STINTS.map((kind) => [kind, (loaded: LoadedModel) => stintAgent(kind, loaded)] as const),
  ...DIRECT.map((kind) => [kind, (loaded: LoadedModel) => directAgent(kind, loaded)] as const),
]);
/** The model without weights, which knows nothing; and the agent's name of its own. */
const RANDOM = "random";

/** Replies from a recording in place of a model; how many were missing is said at the end. */
function replayed(name: string, file: string): LoadedModel | Unknown {
  const replay = openReplay(file);
  if (typeof replay === "string") return { kind: "unknown", message: replay };
  const { model, models, replies } = replay;
  const close = (): Promise<void> => {
    if (replay.stale() > 0) process.stderr.write(`The recording is stale: ${replay.stale()} replies are not in it. Their cases are errors above, not answers.\n`);
    return Promise.resolve();
  };
  return loadedAs(model, name, { recording: file, replies: String(replies), sha256: models.join(", ") }, close);
}

async function load(name: string, { home, replay, record }: Options): Promise<LoadedModel | Unknown> {
  const asked = strategyOf(name);
  if (asked.name === RANDOM) return randomModel(asked.strategy);
  if (replay !== undefined) return replayed(name, replay);
  const loaded = await loadModel(name, home);
  if (loaded.kind === "unknown" || record === undefined) return loaded;
  return { ...loaded, open: (seed) => recorded(loaded.open(seed), record, loaded.about["sha256"] ?? "") };
}

/** The agent of that name, ready to talk. A model is loaded first, and its agent must be closed. */
export async function findAgent(options: Options): Promise<FoundAgent> {
  const agent = options.agent === RANDOM ? `stint:${RANDOM}` : options.agent;
  const make = plain.get(agent);
  if (make) return { kind: "agent", agent: make() };
  const [kind = "", ...rest] = agent.split(":");
  const build = withModel.get(kind);
  if (!build || rest.length === 0) return { kind: "unknown", message: `There is no agent "${agent}". There are: ${[...plain.keys(), RANDOM, ...[...withModel.keys()].map((name) => `${name}:MODEL`)].join(", ")}.` };
  const loaded = await load(rest.join(":"), options);
  return loaded.kind === "unknown" ? loaded : { kind: "agent", agent: build(loaded) };
}
