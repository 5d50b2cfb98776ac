import type { LanguageModel } from "../../../electron/agent/model.ts";
import type { Project } from "../../../electron/core/entry.ts";
import type { Facts } from "../../../electron/core/facts.ts";
import { getProject, projectLabel } from "../../../electron/core/projects.ts";
import { parseIsoDate } from "../../../electron/core/time.ts";
import type { World } from "../../world.ts";
import type { Agent, Said, Talk } from "../agent.ts";
import type { LoadedModel } from "../engine-model.ts";
import { metered } from "../product.ts";
import { CALL_GRAMMAR, parseCalls, type DirectCall } from "./call.ts";
import { directRequest } from "./prompt.ts";

const MAX_TOKENS = 200;
const THINK_MS = 120_000;

const folded = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim();

/** What a command-line client with fuzzy matching does: the exact name, else whatever shares the most words with it. */
function nearest<T>(list: readonly T[], wanted: string, nameOf: (one: T) => readonly string[]): T | undefined {
  const low = folded(wanted);
  const exact = list.find((one) => nameOf(one).some((name) => folded(name) === low));
  if (exact) return exact;
  const words = new Set(low.split(" "));
  const scored = list.map((one) => ({ one, shared: nameOf(one).flatMap((name) => folded(name).split(" ")).filter((word) => words.has(word)).length })).toSorted((a, b) => b.shared - a.shared);
  return scored[0] && scored[0].shared > 0 ? scored[0].one : undefined;
}

const namesOf = (project: Project): readonly string[] => [project.name, projectLabel(project), `${project.client} ${project.name}`, `${project.client} / ${project.name}`];

function place(facts: Facts, project: string, task: string): { readonly project: number; readonly task: number } | undefined {
  const found = nearest(facts.index.projects.filter((each) => each.active), project, namesOf);
  const chosen = found && (nearest(found.tasks, task, (each) => [each.name]) ?? found.tasks[0]);
  return found && chosen ? { project: found.id, task: chosen.id } : undefined;
}

/** Hours between two days, as a view prints them. */
function viewed(facts: Facts, from: string, to: string): string {
  const entries = facts.entries.filter((entry) => entry.date >= from && entry.date <= to);
  const rows = entries.map((entry) => `${entry.date} ${entry.hours} ${getProject(facts.index, entry.project)?.name ?? ""} ${entry.notes}`);
  return [...rows, `total ${entries.reduce((sum, entry) => sum + entry.hours, 0)}`].join("\n");
}

async function carryOut(world: World, call: DirectCall): Promise<Said> {
  const facts = world.timesheet.facts();
  const { client } = world.connection;
  const wrote = async (result: Promise<{ readonly kind: string }>): Promise<Said> => ((await result).kind === "ok" ? { kind: "saved", shown: "Done." } : { kind: "refusal", shown: "Harvest did not take it." });
  const mark = `direct-${Math.random().toString(36).slice(2)}`;
  switch (call.call) {
    case "log_time": {
      const [where, date] = [place(facts, call.project, call.task), parseIsoDate(call.date)];
      if (!where || date === undefined) return { kind: "refusal", shown: "There is no such project or date." };
      return wrote(client.create({ date, hours: call.hours, notes: call.notes, ...where }, mark));
    }
    case "start_timer": {
      const where = place(facts, call.project, call.task);
      return where ? wrote(client.start({ date: facts.today, notes: call.notes, ...where }, mark)) : { kind: "refusal", shown: "There is no such project." };
    }
    case "edit_entry":
      return wrote(client.change(call.entry, { ...(call.hours > 0 ? { hours: call.hours } : {}), ...(call.notes === "" ? {} : { notes: call.notes }) }));
    case "delete_entry":
      return wrote(client.remove(call.entry));
    case "stop_timer": {
      const running = facts.entries.find((entry) => entry.running);
      return running ? wrote(client.stop(running.id)) : { kind: "refusal", shown: "No timer is running." };
    }
    case "view":
      return { kind: "answer", shown: viewed(facts, call.from, call.to) };
    case "ask":
      return { kind: "question", about: call.about, options: [], shown: `Which ${call.about}?` };
    case "refuse":
      return { kind: "refusal", shown: "That cannot be done here." };
  }
}

function directTalk(world: World, model: LanguageModel, careful: boolean): Talk {
  const meter = metered(model);
  const said: string[] = [];
  const hear = async (text: string): Promise<Said> => {
    said.push(text);
    await world.timesheet.refresh();
    const request = directRequest(world.timesheet.facts(), said, careful);
    const completion = await meter.model.complete({ ...request, grammar: CALL_GRAMMAR, maxTokens: MAX_TOKENS, timeoutMs: THINK_MS }, new AbortController().signal);
    if (completion.kind === "failed") return { kind: "nothing", shown: completion.message };
    const calls = parseCalls(completion.text);
    if (!calls) return { kind: "nothing", shown: "The model's answer could not be used." };
    let last: Said = { kind: "nothing", shown: "" };
    for (const call of calls) {
      const now = await carryOut(world, call);
      // One call that wrote makes the sentence one that wrote, whatever the calls after it came to.
      if (last.kind !== "saved" || now.kind === "saved") last = now;
    }
    if (last.kind !== "question") said.length = 0;
    return { ...last, shown: `${completion.text}\n${last.shown}` };
  };
  return { say: hear, answer: (reply) => hear(String(reply)), undo: () => Promise.resolve({ kind: "refusal", shown: "It cannot undo." }), cost: meter.cost };
}

/**
 * The agent that the first article began with: the model fills in real values and they are sent as they are, without a preview. `prompted`
 * adds what was tried next: weekday, calendar and rules in the prompt. The difference to `stint` on the same model is what code does.
 */
export function directAgent(kind: "naive" | "prompted", { model, file, about, close }: LoadedModel): Agent {
  return { name: `${kind}:${file}`, slots: 1, about, open: (world) => Promise.resolve(directTalk(world, model, kind === "prompted")), close };
}
