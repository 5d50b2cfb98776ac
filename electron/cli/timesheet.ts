import { describeDate } from "../core/calendar.ts";
import { formatHours } from "../core/hours.ts";
import { findProjects, projectLabel } from "../core/projects.ts";
import { placeWords } from "../account/view.ts";
import type { DayOfWork } from "../account/timesheet.ts";
import type { Foundation } from "../app/foundation.ts";
import { COULD_NOT, DONE, WRONG_USAGE, type ExitCode, type Terminal } from "./terminal.ts";

/** A day's entries as lines, longest column first, the total last. */
export function dayLines(day: DayOfWork, foundation: Foundation): readonly string[] {
  const facts = foundation.timesheet().facts();
  const rows = day.entries.map((entry) => `  ${formatHours(entry.hours).padStart(12)}  ${placeWords(entry.project, entry.task, facts)}${entry.notes ? `  “${entry.notes}”` : ""}${entry.running ? "  (running)" : ""}`);
  return [`${describeDate(day.date, facts.today)}: ${formatHours(day.hours)}`, ...rows];
}

const dayJson = ({ date, hours, entries }: DayOfWork) => ({ date, hours, entries });

export function todayCommand(json: boolean, foundation: Foundation, terminal: Terminal): ExitCode {
  const timesheet = foundation.timesheet();
  const day = timesheet.day(timesheet.facts().today);
  if (json) terminal.json(dayJson(day));
  else for (const line of dayLines(day, foundation)) terminal.out(line);
  return DONE;
}

export function weekCommand(offsetText: string | undefined, json: boolean, foundation: Foundation, terminal: Terminal): ExitCode {
  const offset = offsetText === undefined ? 0 : Number(offsetText);
  if (!Number.isInteger(offset) || offset < -4 || offset > 2) {
    terminal.say("week takes a number of weeks from -4 to 2: stint week -1");
    return WRONG_USAGE;
  }
  const days = foundation.timesheet().week(offset);
  const hours = days.reduce((sum, day) => sum + day.hours, 0);
  if (json) terminal.json({ from: days[0]?.date, to: days.at(-1)?.date, hours, days: days.map(dayJson) });
  else {
    for (const day of days) for (const line of dayLines(day, foundation)) terminal.out(line);
    terminal.out(`Week: ${formatHours(hours)}`);
  }
  return DONE;
}

export function projectsCommand(words: string, json: boolean, foundation: Foundation, terminal: Terminal): ExitCode {
  const { index } = foundation.timesheet().facts();
  const found = words ? findProjects(index, words, 50) : index.projects.filter((project) => project.active);
  if (json) terminal.json(found);
  else for (const project of found) terminal.out(`${projectLabel(project)}  (${project.tasks.map((task) => task.name).join(", ") || "no tasks"})`);
  if (found.length === 0) terminal.say(`No project matches "${words}".`);
  return found.length > 0 ? DONE : COULD_NOT;
}

export async function undoCommand(json: boolean, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const undone = await foundation.desk.undo();
  if (json) terminal.json(undone);
  else if (undone.ok) terminal.out(undone.message);
  else terminal.say(undone.asks ? `${undone.message} To undo it all the same: stint finish` : undone.message);
  return undone.ok ? DONE : COULD_NOT;
}

/** `stint finish`: the rest of a sentence that was refused part way, or an entry that was changed in Harvest meanwhile. */
export async function finishCommand(json: boolean, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const finished = await foundation.desk.finish();
  if (json) terminal.json(finished);
  else if (finished.ok) terminal.out(finished.message);
  else terminal.say(finished.message);
  return finished.ok ? DONE : COULD_NOT;
}

/** `stint history [WORDS]`: the last 30 days, newest first, each with Harvest's page of its day. */
export async function historyCommand(words: string, json: boolean, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const timesheet = foundation.timesheet();
  const items = (await timesheet.history(100, words)).map((item) => ({ ...item, pages: [...new Set(item.entries.flatMap(({ image }) => timesheet.pageOf(image.date) ?? []))] }));
  if (json) terminal.json(items);
  else {
    for (const { at, state, labels, sentence, message, pages } of items) {
      terminal.out(`${at.slice(0, 16).replace("T", " ")}  ${state.padEnd(9)}  ${labels.join("; ") || sentence}`);
      if (message && (state === "refused" || state === "needs-you")) terminal.out(`${" ".repeat(18)}${message}`);
      for (const page of pages) terminal.out(`${" ".repeat(18)}${page}`);
    }
    if (items.length === 0) terminal.say(words ? `Nothing in the last 30 days is about "${words}".` : "Nothing was saved from here in the last 30 days.");
  }
  return DONE;
}

export async function statusCommand(json: boolean, foundation: Foundation, terminal: Terminal): Promise<ExitCode> {
  const timesheet = foundation.timesheet();
  const { connection } = timesheet;
  const facts = timesheet.facts();
  const rows = await foundation.models.rows();
  const waiting = await timesheet.waiting();
  const stopped = (await timesheet.history(100)).filter(({ state, entries }) => state === "needs-you" || (state === "refused" && entries.length > 0));
  const status = {
    account: connection.kind, label: connection.label, today: facts.today, zone: facts.zone, projects: facts.index.projects.length,
    hours: timesheet.day(facts.today).hours, waiting, needsYou: stopped.length, model: rows.find((row) => row.chosen)?.id ?? "rules", home: foundation.home.folder, url: connection.url,
  };
  if (json) terminal.json(status);
  else {
    terminal.out(`${status.label}${status.account === "sample" ? " (nothing here is real)" : ""}: ${status.projects} projects`);
    terminal.out(`Today, ${describeDate(facts.today, facts.today)}: ${formatHours(status.hours)} (${facts.zone})`);
    terminal.out(`Model: ${status.model === "rules" ? "rules only" : status.model}`);
    terminal.out(waiting > 0 ? `Waiting to be sent: ${waiting}` : "Nothing waits to be sent.");
    const [newest] = stopped;
    if (newest) terminal.out(`Needs you: ${stopped.length}. The newest is "${newest.sentence}": ${newest.message ?? "it stopped part way"} Go on with: stint finish, or take back: stint undo`);
    terminal.out(`Files: ${status.home}`);
  }
  return DONE;
}
