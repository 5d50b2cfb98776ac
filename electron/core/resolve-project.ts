import type { Project, Shortcut, Task } from "./entry.ts";
import { namingWords, partsIn, pinned, quotedText, type Ground } from "./ground.ts";
import type { IntentStep, Quote } from "./intent.ts";
import type { Question, RefusalCode } from "./outcome.ts";
import { getProject, namedProjects, namedTasks, nearProjects, projectLabel, taskPlaces } from "./projects.ts";
import { lookUp } from "./projects-index.ts";
import { askProject, askTask, askTaskPlace, recentFirst } from "./questions.ts";
import { addDays } from "./time.ts";
import { wordsOf } from "./tokens.ts";

export type Chosen<T> = { readonly kind: "is"; readonly value: T; readonly assumed?: boolean } | { readonly kind: "ask"; readonly question: Question } | { readonly kind: "refused"; readonly code: RefusalCode; readonly message: string };

/** As many as the number keys reach. */
const MAX_PLACES = 9;

/** A project, and the task that the same words named beside it ("acme design"). */
export interface Booking {
  readonly project: Project;
  readonly task?: Task | undefined;
}

/** The shortcut that a step was heard with; else the one whose name stands among its words, or in the sentence when it is the only step. */
export function shortcutOf(ground: Ground, step: IntentStep, only: boolean): Shortcut | undefined {
  const shortcuts = (quote: Quote): readonly Shortcut[] => partsIn(ground.markup, quote).flatMap((part) => (part.kind === "shortcut" && !(step.note && part.start < step.note.end && part.end > step.note.start) ? [part.shortcut] : []));
  if (step.shortcut) return shortcuts(step.shortcut)[0];
  const quotes = [step.project, step.task, step.hours].filter((quote) => quote !== undefined);
  const found = only ? shortcuts({ start: 0, end: ground.markup.text.length }) : quotes.flatMap(shortcuts);
  return found.every((each) => each === found[0]) ? found[0] : undefined;
}

/** Of several projects the one whose whole name, client and all, was said (it could not be named otherwise), else the only one that has the task that was said. */
function narrowed(projects: readonly Project[], words: readonly string[], taskWords: readonly string[]): Project | undefined {
  const said = words.join(" ");
  const exact = projects.filter((project) => wordsOf(`${project.client} ${project.name}`).join(" ") === said);
  if (exact.length === 1) return exact[0];
  const fits = projects.filter((project) => namedTasks(project.tasks, taskWords).length > 0);
  return fits.length === 1 ? fits[0] : undefined;
}

/** "acme design" quoted as one run: a project first, then a task of exactly one of the projects it may be. */
function withTask(ground: Ground, words: readonly string[]): Booking | undefined {
  for (let cut = words.length - 1; cut > 0; cut -= 1) {
    const projects = namedProjects(ground.facts.index, words.slice(0, cut)).filter((project) => project.active);
    const fits = projects.flatMap((project) => {
      const tasks = namedTasks(project.tasks, words.slice(cut));
      return tasks.length === 1 && tasks[0] ? [{ project, task: tasks[0] }] : [];
    });
    if (fits.length === 1) return fits[0];
    if (projects.length > 0) return undefined;
  }
  return undefined;
}

/** The project that a step's words mean (date-convention.md, Projects): one, a question, or a refusal that names the archived one. Never a guess. */
export function resolveProject(ground: Ground, op: number, step: IntentStep, shortcut: Shortcut | undefined): Chosen<Booking> {
  const { facts, markup } = ground;
  const pin = pinned(ground, op, "project");
  const byPin = pin === undefined ? undefined : getProject(facts.index, pin);
  if (byPin?.active) return { kind: "is", value: { project: byPin } };
  const active = (): readonly Project[] => recentFirst(facts.index.projects.filter((project) => project.active), facts);
  const words = step.project ? namingWords(markup, step.project) : [];
  const onlyShortcut = shortcut !== undefined && (words.length === 0 || words.join(" ") === wordsOf(shortcut.name).join(" "));
  if (onlyShortcut) {
    const project = getProject(facts.index, shortcut.project);
    if (project?.active) return { kind: "is", value: { project } };
    return { kind: "refused", code: "archived", message: project ? `${projectLabel(project)} is archived, so nothing can be booked on it.` : `The shortcut "${shortcut.name}" points to a project that is no longer yours.` };
  }
  if (!step.project || words.length === 0) {
    const places = step.task ? taskPlaces(facts.index, namingWords(markup, step.task), MAX_PLACES) : [];
    if (step.task && places.length > 0) return { kind: "ask", question: askTaskPlace(op, quotedText(markup, step.task), places) };
    return { kind: "ask", question: askProject(op, "Which project was it?", active()) };
  }
  const said = quotedText(markup, step.project);
  const named = namedProjects(facts.index, words);
  const fits = named.filter((project) => project.active);
  const taskWords = step.task ? namingWords(markup, step.task) : [];
  const [only] = fits;
  if (only && fits.length === 1) {
    if (words.length === 1 && lookUp(facts.index, words.join("")).size === 0) ground.because.add(`"${said}" are the first letters of ${projectLabel(only)}.`);
    return { kind: "is", value: { project: only } };
  }
  if (fits.length > 1) {
    const one = narrowed(fits, words, taskWords);
    if (one && taskWords.length > 0) ground.because.add(`${projectLabel(one)} is the only project meant that has such a task.`);
    return one ? { kind: "is", value: { project: one } } : { kind: "ask", question: askProject(op, `Several projects match "${said}". Which one?`, recentFirst(fits, facts)) };
  }
  const booking = withTask(ground, words);
  if (booking) return { kind: "is", value: booking };
  const [archived] = named;
  if (archived) return { kind: "refused", code: "archived", message: `${projectLabel(archived)} is archived, so nothing can be booked on it.` };
  const places = taskPlaces(facts.index, words, MAX_PLACES);
  if (places.length > 0) return { kind: "ask", question: askTaskPlace(op, said, places) };
  const near = nearProjects(facts.index, words);
  if (near.length > 0) return { kind: "ask", question: askProject(op, near.length === 1 && near[0] ? `Did you mean ${projectLabel(near[0])}? No project is called "${said}".` : `No project is called "${said}". Did you mean one of these?`, near) };
  return { kind: "ask", question: askProject(op, `No project is called "${said}". Which one was it?`, active()) };
}

/** The task of an entry (date-convention.md, Tasks): said, from the shortcut, the only one, the only one used lately (assumed), else asked. */
export function resolveTask(ground: Ground, op: number, step: IntentStep, booking: Booking, shortcut: Shortcut | undefined): Chosen<Task> {
  const { facts, markup, because } = ground;
  const { project } = booking;
  const own = (id: number | undefined): Task | undefined => project.tasks.find((task) => task.id === id);
  const byPin = own(pinned(ground, op, "task"));
  if (byPin) return { kind: "is", value: byPin };
  if (step.task) {
    const named = namedTasks(project.tasks, namingWords(markup, step.task));
    if (named.length === 1 && named[0]) return { kind: "is", value: named[0] };
    const said = quotedText(markup, step.task);
    return { kind: "ask", question: askTask(op, project, named.length > 0 ? named : project.tasks, named.length > 0 ? `Several tasks match "${said}". Which one?` : `${projectLabel(project)} has no task "${said}". Which one was it?`, facts) };
  }
  if (booking.task) return { kind: "is", value: booking.task };
  const short = shortcut?.project === project.id ? own(shortcut.task) : undefined;
  if (short) return { kind: "is", value: short };
  const [only] = project.tasks;
  if (only && project.tasks.length === 1) return { kind: "is", value: only, assumed: true };
  const since = addDays(facts.today, -30);
  const used = new Set(facts.entries.filter((entry) => entry.project === project.id && entry.date >= since).map((entry) => entry.task));
  const lately = project.tasks.filter((task) => used.has(task.id));
  if (lately.length === 1 && lately[0]) {
    because.add(`${lately[0].name} is assumed, because it is the only task used on ${projectLabel(project)} in the last 30 days.`);
    return { kind: "is", value: lately[0], assumed: true };
  }
  return { kind: "ask", question: askTask(op, project, project.tasks, `Which task on ${projectLabel(project)}?`, facts) };
}
