import type { Operation } from "../../electron/core/outcome.ts";
import { getProject } from "../../electron/core/projects.ts";
import type { EvalCase, Turn } from "../case.ts";
import type { World } from "../world.ts";
import { NO_COST, type Agent, type Said, type Saved, type Talk } from "./agent.ts";
import { settled } from "./product.ts";

/** What the case expects, as the operations that the product would send. A stop comes before the start that would stop it anyway. */
export function goldOperations({ expect }: EvalCase, world: World): readonly Operation[] {
  const facts = world.timesheet.facts();
  const operations: Operation[] = [];
  for (const { id, running, ...set } of expect.changed) {
    if (running === false) operations.push({ op: "stop", entry: id });
    if (Object.values(set).some((value) => value !== undefined)) operations.push({ op: "change", entry: id, set });
  }
  for (const entry of expect.deleted) operations.push({ op: "delete", entry });
  for (const { date = facts.today, hours = 0, project = 0, task = getProject(facts.index, project)?.tasks[0]?.id ?? 0, notes = "", running } of expect.added) {
    operations.push(running === true ? { op: "start", project, task, notes } : { op: "add", date, hours, project, task, notes });
  }
  return operations;
}

async function commit(world: World, operations: readonly Operation[]): Promise<Saved> {
  const before = world.timesheet.facts().entries.filter((entry) => operations.some((operation) => "entry" in operation && operation.entry === entry.id));
  const committed = await world.timesheet.commit({ sentence: "gold", operations, before });
  if (committed.kind === "saved") return { kind: "saved", shown: "" };
  return committed.kind === "queued" ? settled(world, committed.message) : { kind: "refused", shown: committed.message };
}

const isSpoken = (turn: Turn): boolean => "say" in turn || "answer" in turn || "undo" in turn;

/** Knows what is expected and does exactly that, at the last turn, through the product's outbox and client. */
function goldTalk(world: World, evalCase: EvalCase): Talk {
  const { expect, turns } = evalCase;
  const spoken = turns.filter(isSpoken);
  let at = -1;
  const next = async (direct: boolean): Promise<Said> => {
    at += 1;
    const following = spoken[at + 1];
    if (following) return "answer" in following ? { kind: "question", about: "project", options: [], shown: "" } : { kind: "nothing", shown: "" };
    const [kind = "nothing"] = expect.outcome;
    const operations = goldOperations(evalCase, world);
    if (operations.length > 0) {
      if (!direct) return { kind: "proposal", operations, shown: "", by: "rules", confirm: () => commit(world, operations) };
      return { kind: (await commit(world, operations)).kind === "saved" ? "saved" : "refusal", shown: "" };
    }
    if (kind === "question") return { kind, about: expect.about?.[0] ?? "project", options: [], shown: "" };
    return { kind, shown: expect.answerHas.join(" ") };
  };
  return { say: () => next(false), answer: () => next(false), undo: () => next(true), cost: () => NO_COST };
}

/**
 * Does what each case expects. It fails where a case asks for what cannot be reached (a task that the project does not have, a locked
 * entry) or where outbox, client or scoring are at fault; so it must reach 100 %.
 */
export function oracleAgent(): Agent {
  return { name: "oracle", slots: 8, about: {}, open: (world, evalCase) => Promise.resolve(goldTalk(world, evalCase)), close: () => Promise.resolve() };
}
