import type { CompletionRequest } from "../../../electron/agent/model.ts";
import type { IsoDate } from "../../../electron/core/entry.ts";
import type { Facts } from "../../../electron/core/facts.ts";
import { getProject, projectLabel } from "../../../electron/core/projects.ts";
import { addDays, startOfWeek, weekdayOf } from "../../../electron/core/time.ts";

/** More than this does not fit beside the sentence in the context of a small model. */
const MAX_PROJECTS = 40;
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const CALLS = [
  "You are an assistant that books time in Harvest. Answer with a JSON array of calls and nothing else.",
  'Calls: {"call":"log_time","project":"…","task":"…","hours":1.5,"notes":"","date":"YYYY-MM-DD"}, {"call":"edit_entry","entry":123,"hours":2,"notes":""}, {"call":"delete_entry","entry":123}, {"call":"start_timer","project":"…","task":"…","notes":""}, {"call":"stop_timer"}, {"call":"view","from":"YYYY-MM-DD","to":"YYYY-MM-DD"}, {"call":"ask","about":"project"}, {"call":"refuse"}.',
].join("\n");

const CARE = [
  "Use only project and task names from the list, exactly as they stand there; never put another one in their place. If none fits or several do, ask.",
  "Read dates off the calendar below. A bare weekday is the most recent one. If hours, project or task are not said, ask about them.",
  "To move an entry, log it on the new day and delete the old one. If it is nothing that these calls can do, refuse.",
].join("\n");

const nameOf = (date: IsoDate): string => DAYS[weekdayOf(date) - 1] ?? "";

function calendar(facts: Facts): string {
  const first = addDays(startOfWeek(facts.today, "monday"), -7);
  return Array.from({ length: 21 }, (_, at) => addDays(first, at)).map((date) => `${nameOf(date)} ${date}${date === facts.today ? " <- today" : ""}`).join("\n");
}

function accountText(facts: Facts): string {
  const projects = facts.index.projects.filter((project) => project.active).slice(0, MAX_PROJECTS).map((project) => `- ${projectLabel(project).replace(" › ", " / ")}: ${project.tasks.map((task) => task.name).join(", ")}`);
  const entries = facts.entries.map((entry) => {
    const project = getProject(facts.index, entry.project);
    return `- ${entry.id}: ${entry.date} ${entry.hours}h ${project?.name ?? ""} / ${project?.tasks.find((task) => task.id === entry.task)?.name ?? ""} ${JSON.stringify(entry.notes)}${entry.running ? " (running)" : ""}`;
  });
  const shortcuts = facts.shortcuts.map((each) => `- ${each.name}: ${getProject(facts.index, each.project)?.name ?? ""}`);
  return [`Projects and tasks:`, ...projects, ...(shortcuts.length > 0 ? ["Shortcuts:", ...shortcuts] : []), "Entries:", ...(entries.length > 0 ? entries : ["(none)"])].join("\n");
}

/** The request of a model that does it all by itself. `careful`: with weekday, calendar and rules in the prompt. `said`: the talk so far, the newest last. */
export function directRequest(facts: Facts, said: readonly string[], careful: boolean): Pick<CompletionRequest, "system" | "examples" | "user"> {
  const today = careful ? `Today is ${nameOf(facts.today)}, ${facts.today}.\n${calendar(facts)}\n${CARE}` : `Today is ${facts.today}.`;
  return {
    system: `${CALLS}\n${today}\n${accountText(facts)}`,
    examples: [
      { user: "2h website redesign development today", reply: `[{"call":"log_time","project":"Website Redesign","task":"Development","hours":2,"notes":"","date":"${facts.today}"}]` },
      { user: "what did I do today?", reply: `[{"call":"view","from":"${facts.today}","to":"${facts.today}"}]` },
    ],
    user: said.join("\n"),
  };
}
