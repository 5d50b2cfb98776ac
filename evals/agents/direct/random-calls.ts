import type { CompletionRequest } from "../../../electron/agent/model.ts";
import type { DirectCall } from "./call.ts";

const SLOTS = ["date", "hours", "project", "task", "entry"] as const;

/** One or two calls of the right form with values drawn blindly from what the prompt shows: its projects, tasks, entries, and the words and numbers of the sentence. */
export function randomCalls({ system, user }: Pick<CompletionRequest, "system" | "user">, random: () => number): string {
  const pick = <T>(list: readonly T[], otherwise: T): T => list[Math.floor(random() * list.length)] ?? otherwise;
  const places = [...system.matchAll(/^- (.+?): (.+)$/gm)].filter(([, name = ""]) => !/^\d+$/.test(name)).map(([, name = "", tasks = ""]) => ({ name, tasks: tasks.split(", ") }));
  const entries = [...system.matchAll(/^- (\d+): /gm)].map(([, id]) => Number(id));
  const dates = [...new Set(system.match(/\d{4}-\d{2}-\d{2}/g) ?? [])];
  const numbers = [...user.matchAll(/\d+(?:\.\d+)?/g)].map(([digits]) => Math.min(24, Number(digits))).filter((hours) => hours > 0);
  const words = user.split(/\s+/);
  const note = (): string => (random() < 0.5 ? "" : pick(words, ""));
  const hours = (): number => pick(numbers, 1);
  const where = (): { readonly project: string; readonly task: string } => {
    const place = pick(places, { name: "", tasks: [] });
    return { project: place.name, task: pick(place.tasks, "") };
  };
  const kinds: readonly (() => DirectCall)[] = [
    () => ({ call: "log_time", ...where(), hours: hours(), notes: note(), date: pick(dates, "") }),
    () => ({ call: "edit_entry", entry: pick(entries, 1), hours: hours(), notes: note() }),
    () => ({ call: "delete_entry", entry: pick(entries, 1) }),
    () => ({ call: "start_timer", ...where(), notes: note() }),
    () => ({ call: "stop_timer" }),
    () => ({ call: "view", from: pick(dates, ""), to: pick(dates, "") }),
    () => ({ call: "ask", about: pick(SLOTS, "project") }),
    () => ({ call: "refuse" }),
  ];
  const calls = Array.from({ length: 1 + Math.floor(random() * 2) }, () => pick(kinds, () => ({ call: "refuse" as const }))());
  return JSON.stringify(calls);
}
