import { describeDate, distance } from "./calendar.ts";
import type { Entry, Hours, IsoDate, Project, Task } from "./entry.ts";
import type { Facts } from "./facts.ts";
import { formatHours } from "./hours.ts";
import type { Option, Pin, Question } from "./outcome.ts";
import { getProject, projectLabel } from "./projects.ts";
import { diffDays } from "./time.ts";

/** At most as many options as the keys that take them. */
const MOST = 9;

const question = (about: Question["about"], op: number, text: string, options: readonly Option[], marked = false): Question => ({
  about, op, text, options: options.slice(0, MOST), ...(marked && options.length > 0 ? { default: 0 } : {}),
});

/** Which day: one option for each that may be meant, the likeliest marked. */
export function askWhen(op: number, text: string, dates: readonly IsoDate[], facts: Facts): Question {
  const options = [...new Set(dates)].map((date): Option => ({ label: describeDate(date, facts.today), detail: distance(date, facts.today), pins: [{ op, field: "date", value: date }] }));
  return question("date", op, text, options, options.length > 1);
}

/** A word of the calendar stands in the note and was not read as a day: today with the note as it is, or the day that is typed. */
export function askUnread(op: number, word: string, facts: Facts): Question {
  const option: Option = { label: describeDate(facts.today, facts.today), detail: `today, with "${word}" in the note`, pins: [{ op, field: "date", value: facts.today }] };
  return question("date", op, `"${word}" was not read as a day. Which day was it?`, [option], false);
}

/** How long: the lengths that the words may mean, or a few common ones. The reply can also be typed. */
export function askHours(op: number, text: string, hours: readonly Hours[]): Question {
  const offered = hours.length > 0 ? hours : [0.5, 1, 2, 4];
  return question("hours", op, text, offered.map((value) => ({ label: formatHours(value), pins: [{ op, field: "hours", value }] })));
}

/** Projects that the user booked on last come first, then the account's order. */
export function recentFirst(projects: readonly Project[], facts: Facts): readonly Project[] {
  const last = new Map<number, string>();
  for (const entry of facts.entries) if (entry.date > (last.get(entry.project) ?? "")) last.set(entry.project, entry.date);
  const used = projects.filter((project) => last.has(project.id)).toSorted((a, b) => ((last.get(b.id) ?? "") > (last.get(a.id) ?? "") ? 1 : (last.get(b.id) ?? "") < (last.get(a.id) ?? "") ? -1 : 0));
  return [...used, ...projects.filter((project) => !last.has(project.id))];
}

export function askProject(op: number, text: string, projects: readonly Project[], marked = false): Question {
  return question("project", op, text, projects.slice(0, MOST).map((project) => ({ label: projectLabel(project), ...(project.code === undefined ? {} : { detail: project.code }), pins: [{ op, field: "project", value: project.id }] })), marked);
}

/** A task was said where a project was looked for: which of the projects that have it. The answer settles both. */
export function askTaskPlace(op: number, said: string, places: readonly { readonly project: Project; readonly task: Task }[]): Question {
  const options = places.map(({ project, task }): Option => ({ label: `${projectLabel(project)} · ${task.name}`, pins: [{ op, field: "project", value: project.id }, { op, field: "task", value: task.id }] }));
  const [only] = options;
  return question("project", op, only && options.length === 1 ? `"${said}" is a task. Did you mean ${only.label}?` : `"${said}" is a task of several projects. Which one?`, options, false);
}

/** Which task: the one used last on the project first. `extra` are pins that every answer brings along. */
export function askTask(op: number, project: Project, tasks: readonly Task[], text: string, facts: Facts): Question {
  const last = new Map<number, IsoDate>();
  for (const entry of facts.entries) if (entry.project === project.id && entry.date > (last.get(entry.task) ?? "")) last.set(entry.task, entry.date);
  const ordered = tasks.toSorted((a, b) => ((last.get(b.id) ?? "") > (last.get(a.id) ?? "") ? 1 : (last.get(b.id) ?? "") < (last.get(a.id) ?? "") ? -1 : 0));
  const options = ordered.map((task): Option => {
    const used = last.get(task.id);
    const detail = used === undefined ? {} : { detail: `last used ${distance(used, facts.today)}` };
    return { label: task.name, ...detail, pins: [{ op, field: "task", value: task.id }] };
  });
  return question("task", op, text, options, true);
}

/** How an entry is named: "2 h · Acme Corp › Website Redesign · Design · Sun 5 Apr". */
export function entryLabel(entry: Entry, facts: Facts): string {
  const project = getProject(facts.index, entry.project);
  const task = project?.tasks.find((each) => each.id === entry.task)?.name;
  const parts = [formatHours(entry.hours), project ? projectLabel(project) : "a project that is not yours", ...(task === undefined ? [] : [task]), describeDate(entry.date, facts.today)];
  return parts.join(" · ");
}

/** Which entry: newest first, its note tells two alike ones apart. */
export function askEntry(op: number, text: string, entries: readonly Entry[], facts: Facts): Question {
  const ordered = entries.toSorted((a, b) => diffDays(a.date, b.date) || b.id - a.id);
  const options = ordered.map((entry): Option => ({ label: entryLabel(entry, facts), ...(entry.notes === "" ? {} : { detail: entry.notes.slice(0, 80) }), pins: [{ op, field: "entry", value: entry.id }] }));
  return question("entry", op, text, options);
}

/** How hours spread over several days: on each of them, in total, or one day after all. */
export function askSplit(op: number, days: readonly IsoDate[], hours: Hours, facts: Facts): Question {
  const [first, last] = [days[0], days.at(-1)];
  const each = days.flatMap((date, n): readonly Pin[] => [{ op: op + n, field: "date", value: date }, { op: op + n, field: "hours", value: hours }]);
  const share = Math.round((hours / days.length) * 100) / 100;
  const split = days.flatMap((date, n): readonly Pin[] => [{ op: op + n, field: "date", value: date }, { op: op + n, field: "hours", value: n === days.length - 1 ? Math.round((hours - share * (days.length - 1)) * 100) / 100 : share }]);
  const single = (date: IsoDate | undefined): readonly Option[] => (date === undefined ? [] : [{ label: `${formatHours(hours)} on ${describeDate(date, facts.today)} only`, pins: [{ op, field: "date", value: date }] }]);
  const options: readonly Option[] = [
    { label: `${formatHours(hours)} on each of ${days.length} days`, pins: each },
    ...(share > 0 ? [{ label: `${formatHours(hours)} in total, ${formatHours(share)} a day`, pins: split }] : []),
    ...single(first),
    ...(last === first ? [] : single(last)),
  ];
  return question("split", op, `These words span ${days.length} days. How do ${formatHours(hours)} spread over them?`, options);
}

/** How one length goes over several bookings that were named together, `at` the first of them: whole for each, or in equal parts. */
export function askSpread(at: number, over: number, hours: Hours): Question {
  const share = Math.round((hours / over) * 100) / 100;
  const places = Array.from({ length: over }, (_, n) => at + n);
  const each = places.map((op): Pin => ({ op, field: "hours", value: hours }));
  const split = places.map((op, n): Pin => ({ op, field: "hours", value: n === over - 1 ? Math.round((hours - share * (over - 1)) * 100) / 100 : share }));
  return question("split", at, `Is ${formatHours(hours)} for each of the ${over}, or in total?`, [
    { label: `${formatHours(hours)} on each of ${over}`, pins: each },
    ...(share > 0 ? [{ label: `${formatHours(hours)} in total, ${formatHours(share)} each`, pins: split }] : []),
  ]);
}

/** Whether words in front of what was booked are its note; the first answer keeps them so. */
export function askNote(op: number, words: string): Question {
  return question("intent", op, `Is "${words}" the note of this entry?`, [
    { label: "Save it as shown", pins: [{ op: 0, field: "intent", value: "add" }] },
    { label: "Leave everything as it is", pins: [{ op: 0, field: "intent", value: "nothing" }] },
  ], true);
}

/** A model read the sentence so, but was not sure: whether that is what was meant. */
export function askWhether(changes: boolean): Question {
  const keep: Option = { label: changes ? "Change it as shown" : "Save it as shown", pins: [{ op: 0, field: "intent", value: changes ? "change" : "add" }] };
  return question("intent", 0, "The model is not sure that this is what you mean. What should happen?", [keep, { label: "Leave everything as it is", pins: [{ op: 0, field: "intent", value: "nothing" }] }]);
}

/** What to do with a sentence of which words are left over that matter. */
export function askIntent(leftover: string, changes: boolean): Question {
  const keep: Option = { label: changes ? "Change it as shown" : "Save it as shown", pins: [{ op: 0, field: "intent", value: changes ? "change" : "add" }] };
  return question("intent", 0, `"${leftover}" is not part of what was understood. What should happen?`, [keep, { label: "Leave everything as it is", pins: [{ op: 0, field: "intent", value: "nothing" }] }]);
}
