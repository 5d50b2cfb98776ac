import type { LanguageModel } from "../../../electron/agent/model.ts";
import type { Facts } from "../../../electron/core/facts.ts";
import type { Operation } from "../../../electron/core/outcome.ts";
import { getProject } from "../../../electron/core/projects.ts";
import type { World } from "../../world.ts";
import type { Agent, Said, Talk } from "../agent.ts";
import type { LoadedModel } from "../loaded.ts";
import { metered } from "../product.ts";
import { CALL_GRAMMAR, parseCalls, type DirectCall } from "./call.ts";
import { naive, prompted, seed, type Helper } from "./helper.ts";
import { directRequest } from "./prompt.ts";

const MAX_TOKENS = 200;
const THINK_MS = 120_000;

/** Hours between two days, as a view prints them. */
function viewed(facts: Facts, from: string, to: string): string {
  const entries = facts.entries.filter((entry) => entry.date >= from && entry.date <= to);
  const rows = entries.map((entry) => `${entry.date} ${entry.hours} ${getProject(facts.index, entry.project)?.name ?? ""} ${entry.notes}`);
  return [...rows, `total ${entries.reduce((sum, entry) => sum + entry.hours, 0)}`].join("\n");
}

/** A call that the user is asked about before it is sent. */
interface Deferred {
  readonly operation: Operation;
  readonly act: () => Promise<Said>;
}
type Done = Said | { readonly kind: "deferred"; readonly deferred: Deferred };

/** Calls that are sent, or waited for, without having been shown first. */
const WRITING: ReadonlySet<DirectCall["call"]> = new Set<DirectCall["call"]>(["log_time", "start_timer", "stop_timer", "edit_entry", "delete_entry"]);

const mark = (): string => `direct-${Math.random().toString(36).slice(2)}`;

async function written(result: Promise<{ readonly kind: string }>): Promise<Said> {
  return (await result).kind === "ok" ? { kind: "saved", shown: "Done." } : { kind: "refusal", shown: "Harvest did not take it." };
}

async function logTime(world: World, helper: Helper, call: Extract<DirectCall, { call: "log_time" | "start_timer" }>): Promise<Said> {
  const facts = world.timesheet.facts();
  const where = helper.place(facts, call.project, call.task);
  if (where.kind === "unknown") return { kind: "question", about: where.about, options: where.meant, shown: `There is no such ${where.about}.` };
  const notes = call.notes === "" ? (where.notes ?? "") : call.notes;
  const { project, task } = where;
  if (call.call === "start_timer") return written(world.connection.client.start({ date: facts.today, notes, project, task }, mark()));
  const date = helper.date(facts, call.date);
  if (date === undefined) return { kind: "question", about: "date", options: [], shown: "That date cannot be read." };
  return written(world.connection.client.create({ date, hours: helper.hours(call.hours), notes, project, task }, mark()));
}

async function carryOut(world: World, helper: Helper, call: DirectCall): Promise<Done> {
  const facts = world.timesheet.facts();
  const { client } = world.connection;
  const asked = (operation: Operation, act: () => Promise<Said>): Promise<Done> => (helper.confirms ? Promise.resolve({ kind: "deferred", deferred: { operation, act } }) : act());
  switch (call.call) {
    case "log_time":
    case "start_timer":
      return logTime(world, helper, call);
    case "edit_entry": {
      const set = { ...(call.hours > 0 ? { hours: helper.hours(call.hours) } : {}), ...(call.notes === "" ? {} : { notes: call.notes }) };
      return asked({ op: "change", entry: call.entry, set }, () => written(client.change(call.entry, set)));
    }
    case "delete_entry":
      return asked({ op: "delete", entry: call.entry }, () => written(client.remove(call.entry)));
    case "stop_timer": {
      const running = facts.entries.find((entry) => entry.running);
      return running ? written(client.stop(running.id)) : { kind: "refusal", shown: "No timer is running." };
    }
    case "view":
      return { kind: "answer", shown: viewed(facts, call.from, call.to) };
    case "ask":
      return { kind: "question", about: call.about, options: [], shown: `Which ${call.about}?` };
    case "refuse":
      return { kind: "refusal", shown: "That cannot be done here." };
  }
}

/** All that waits for the user's yes, as one proposal. */
function proposed(waiting: readonly Deferred[]): Said {
  return {
    kind: "proposal", operations: waiting.map(({ operation }) => operation), by: "model", shown: JSON.stringify(waiting.map(({ operation }) => operation)),
    confirm: async () => {
      let kind: "saved" | "refused" = "refused";
      for (const { act } of waiting) if ((await act()).kind === "saved") kind = "saved";
      return { kind, shown: kind === "saved" ? "Done." : "Harvest did not take it." };
    },
  };
}

function directTalk(world: World, model: LanguageModel, helper: Helper): Talk {
  const meter = metered(model);
  const said: string[] = [];
  const hear = async (text: string): Promise<Said> => {
    said.push(text);
    await world.timesheet.refresh();
    const request = directRequest(world.timesheet.facts(), said, helper.calendar);
    const completion = await meter.model.complete({ ...request, grammar: CALL_GRAMMAR, maxTokens: MAX_TOKENS, timeoutMs: THINK_MS }, new AbortController().signal);
    if (completion.kind === "failed") return { kind: "nothing", shown: completion.message };
    const calls = parseCalls(completion.text);
    if (!calls) return { kind: "nothing", shown: "The model's answer could not be used." };
    let last: Said = { kind: "nothing", shown: "" };
    const waiting: Deferred[] = [];
    for (const call of calls) {
      const now = await carryOut(world, helper, call);
      if (now.kind === "deferred") waiting.push(now.deferred);
      // One call that wrote makes the sentence one that wrote, whatever the calls after it came to.
      else if (last.kind !== "saved" || now.kind === "saved") last = now;
    }
    if (last.kind !== "question") said.length = 0;
    const outcome = waiting.length > 0 ? proposed(waiting) : last;
    return { ...outcome, shown: `${completion.text}\n${outcome.shown}`, wrote: calls.some(({ call }) => WRITING.has(call)) };
  };
  return { say: hear, answer: (reply) => hear(String(reply)), undo: () => Promise.resolve({ kind: "refusal", shown: "It cannot undo." }), cost: meter.cost };
}

/** The first published agent as it was, with a better prompt, and as it ended. */
export const DIRECT = ["naive", "prompted", "seed"] as const;
const helpers: Readonly<Record<(typeof DIRECT)[number], Helper>> = { naive, prompted, seed };

/**
 * The first published agent in three states, on any model. `naive`: the model fills in real values and they are sent as they are, without
 * a preview. `prompted`: with weekday, calendar and rules in the prompt. `seed`: with the code that came after that (helper.ts). The difference
 * to `stint` on the same model is what code does.
 */
export function directAgent(kind: keyof typeof helpers, { file, about, slots, open, close }: LoadedModel): Agent {
  return { name: `${kind}:${file}`, slots, about, close, open: (world, { id }, trial) => Promise.resolve(directTalk(world, open(`${id} ${trial}`), helpers[kind])) };
}
