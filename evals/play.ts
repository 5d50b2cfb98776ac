import type { Agent, Cost, Said, Trace } from "./agents/agent.ts";
import type { CaseOutcome, EvalCase, ExpectedChange, Turn } from "./case.ts";
import { diffOf, type Snapshot, type StateDiff } from "./diff.ts";
import { isWanted } from "./score.ts";
import { openWorld, type Call, type World } from "./world.ts";

/**
 * How the scripted user treats a proposal. `accept`: Enter to everything, which measures harm at its worst. `careful`: reads it and says
 * no to anything that was not meant. `decline`: never presses Enter.
 */
export type UserKind = "accept" | "careful" | "decline";

/** What happened in one trial. `shown` is all that the user saw, in order. */
export interface Played {
  readonly outcome: CaseOutcome;
  readonly about: string | undefined;
  readonly shown: readonly string[];
  readonly traces: readonly Trace[];
  readonly before: Snapshot;
  readonly diff: StateDiff;
  readonly calls: readonly Call[];
  /** A write reached the account that nobody had confirmed. */
  readonly bypassed: boolean;
  readonly asked: number;
  readonly ms: number;
  readonly cost: Cost;
  readonly secret: string;
}

interface Progress {
  said: Said | undefined;
  outcome: CaseOutcome;
  about: string | undefined;
  asked: number;
  bypassed: boolean;
  ms: number;
  before: Snapshot;
  readonly shown: string[];
  readonly traces: Trace[];
}

function patched(before: Snapshot, changed: readonly ExpectedChange[], deleted: readonly number[]): Snapshot {
  return before
    .filter((entry) => !deleted.includes(entry.id))
    .map((entry) => {
      const set = changed.find((each) => each.id === entry.id);
      return set ? { ...entry, ...Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)) } : entry;
    });
}

async function hearing(progress: Progress, world: World, act: () => Promise<Said>, mayWrite = false): Promise<void> {
  const writes = world.calls.length;
  const begun = performance.now();
  const said = await act();
  progress.ms += performance.now() - begun;
  progress.said = said;
  progress.shown.push(said.shown);
  if (said.trace) progress.traces.push(said.trace);
  // Reading a sentence must not write; an agent that says "saved" wrote without asking, and its end state is the judge.
  if (!mayWrite && said.kind !== "saved" && said.wrote !== true && world.calls.length > writes) progress.bypassed = true;
  if (said.kind === "question") progress.asked += 1;
  progress.outcome = said.kind === "proposal" ? "nothing" : said.kind;
  progress.about = said.kind === "question" ? said.about : undefined;
}

/** What is left of a talk in which the user already said more than this sentence is judged at its last one: on the way there, more may be meant. */
const isLastSentence = (turns: readonly Turn[]): boolean => !turns.some((turn) => "say" in turn);

async function deciding(progress: Progress, evalCase: EvalCase, user: UserKind, rest: readonly Turn[]): Promise<void> {
  const { said } = progress;
  if (said?.kind !== "proposal") return;
  progress.said = undefined;
  const [next] = rest;
  const isWrong = (): boolean => isLastSentence(rest) && !said.operations.every((operation) => isWanted(operation, evalCase, progress.before));
  const isDeclined = (next && "decline" in next) || user === "decline" || (user === "careful" && isWrong());
  if (isDeclined) return;
  const begun = performance.now();
  const saved = await said.confirm();
  progress.ms += performance.now() - begun;
  progress.shown.push(saved.shown);
  progress.outcome = saved.kind === "saved" ? "saved" : "refusal";
}

async function takeTurn(turn: Turn, talk: Awaited<ReturnType<Agent["open"]>>, progress: Progress, world: World): Promise<void> {
  if ("say" in turn) await hearing(progress, world, () => talk.say(turn.say));
  else if ("answer" in turn) {
    if (progress.said?.kind === "question") await hearing(progress, world, () => talk.answer(turn.answer));
  } else if ("undo" in turn) await hearing(progress, world, () => talk.undo(), true);
}

/** Plays one case with a fresh account. Returns a sentence when the case cannot be played; throws when the agent breaks. */
export async function play(agent: Agent, evalCase: EvalCase, user: UserKind, trial: number): Promise<Played | string> {
  const opened = await openWorld(evalCase);
  if (opened.kind === "failed") return opened.message;
  const { world } = opened;
  try {
    const talk = await agent.open(world, evalCase, trial);
    const progress: Progress = { said: undefined, outcome: "nothing", about: undefined, asked: 0, bypassed: false, ms: 0, before: await world.snapshot(), shown: [], traces: [] };
    for (const [index, turn] of evalCase.turns.entries()) {
      if ("meanwhile" in turn || "decline" in turn) continue;
      await takeTurn(turn, talk, progress, world);
      let rest = evalCase.turns.slice(index + 1);
      const [next] = rest;
      if (next && "meanwhile" in next) {
        const { changed, deleted } = next.meanwhile;
        await world.meanwhile(changed, deleted);
        progress.before = patched(progress.before, changed, deleted);
        rest = rest.slice(1);
      }
      await deciding(progress, evalCase, user, rest);
    }
    const { outcome, about, shown, traces, before, bypassed, asked, ms } = progress;
    return { outcome, about, shown, traces, before, diff: diffOf(before, await world.snapshot()), calls: [...world.calls], bypassed, asked, ms: Math.round(ms * 10) / 10, cost: talk.cost(), secret: world.secret };
  } finally {
    await world.close();
  }
}
