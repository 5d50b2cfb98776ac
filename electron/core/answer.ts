import { dayLabel } from "./date-meaning.ts";
import { describeDate } from "./calendar.ts";
import type { Entry, IsoDate } from "./entry.ts";
import type { Facts } from "./facts.ts";
import { namingWords, quotedText, type Ground } from "./ground.ts";
import { formatHours } from "./hours.ts";
import type { IntentStep, Quote } from "./intent.ts";
import type { AnswerRow, Outcome } from "./outcome.ts";
import { getProject, namedProjects, projectLabel } from "./projects.ts";
import { askWhen } from "./questions.ts";
import { resolveWhen } from "./resolve.ts";
import { isBookedBy, shortcutNamed } from "./targets.ts";
import { addDays, diffDays, startOfWeek, weekdayOf } from "./time.ts";
import { wordsOf } from "./tokens.ts";

interface Period {
  readonly start: IsoDate;
  readonly end: IsoDate;
  readonly label: string;
}

const sum = (entries: readonly Entry[]): number => entries.reduce((minutes, entry) => minutes + Math.round(entry.hours * 60), 0) / 60;

/** Rows of an answer: for one day its entries, for longer one row a project, most hours first. */
function rowsOf(entries: readonly Entry[], period: Period, facts: Facts): readonly AnswerRow[] {
  const name = (entry: Entry): string => {
    const project = getProject(facts.index, entry.project);
    return project ? projectLabel(project) : "Another project";
  };
  if (period.start === period.end) {
    return entries.map((entry) => {
      const task = getProject(facts.index, entry.project)?.tasks.find((each) => each.id === entry.task)?.name;
      return { label: [name(entry), ...(task === undefined ? [] : [task]), ...(entry.notes === "" ? [] : [entry.notes])].join(" · "), hours: entry.hours };
    });
  }
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(name(entry), [...(groups.get(name(entry)) ?? []), entry]);
  return [...groups].map(([label, own]) => ({ label, hours: Math.round(sum(own) * 100) / 100 })).toSorted((a, b) => b.hours - a.hours);
}

function timerAnswer(facts: Facts): Outcome {
  const running = facts.entries.filter((entry) => entry.running);
  const rows = rowsOf(running, { start: facts.today, end: facts.today, label: "" }, facts);
  return { kind: "answer", text: running.length === 0 ? "No timer is running." : "A timer is running.", rows };
}

/** Whether an entry answers to the words of a question: its project when they name projects, else any of its words. */
function filterOf(words: readonly string[], facts: Facts): ((entry: Entry) => boolean) | undefined {
  if (words.length === 0) return () => true;
  const ids = new Set(namedProjects(facts.index, words).map((project) => project.id));
  if (ids.size > 0) return (entry) => ids.has(entry.project);
  const fits = (entry: Entry): boolean => {
    const project = getProject(facts.index, entry.project);
    const task = project?.tasks.find((each) => each.id === entry.task)?.name ?? "";
    const own = wordsOf(`${project?.client ?? ""} ${project?.name ?? ""} ${task} ${entry.notes}`);
    return words.every((word) => own.some((each) => each.startsWith(word)));
  };
  const shortcut = shortcutNamed(words, facts);
  if (shortcut) return (entry) => isBookedBy(shortcut, entry) || fits(entry);
  return facts.entries.some(fits) ? fits : undefined;
}

/** Working days of a period up to today that hold less than a day's work; without a set length of a day, those that hold nothing. */
function missingAnswer(entries: readonly Entry[], period: Period, facts: Facts): Outcome {
  const end = period.end < facts.today ? period.end : facts.today;
  const day = facts.rules?.dayHours;
  const days = Array.from({ length: Math.min(Math.max(diffDays(period.start, end) + 1, 0), 366) }, (_, n) => addDays(period.start, n)).filter((date) => weekdayOf(date) <= 5);
  const gaps = days.map((date) => ({ date, hours: sum(entries.filter((entry) => entry.date === date)) })).filter(({ hours }) => (day === undefined ? hours === 0 : hours < day));
  const rows = gaps.map(({ date, hours }): AnswerRow => ({ label: dayLabel(date, facts.today), hours: Math.round(hours * 100) / 100 }));
  if (gaps.length === 0) return { kind: "answer", text: `Nothing is missing ${period.label}.`, rows };
  const names = gaps.map(({ date }) => describeDate(date, facts.today)).join(", ");
  return { kind: "answer", text: day === undefined ? `Nothing is logged on ${names}.` : `Less than ${formatHours(day)} is logged on ${names}.`, rows };
}

/** The projects that can be booked on: as many as one can read, and how many there are. */
function projectsAnswer(facts: Facts): Outcome {
  const active = facts.index.projects.filter((project) => project.active);
  const names = active.slice(0, 20).map(projectLabel);
  const more = active.length > names.length ? `, and ${active.length - names.length} more` : "";
  return { kind: "answer", text: active.length === 0 ? "There is no project that you can book on." : `You can book on ${names.join(", ")}${more}.`, rows: [] };
}

/** How far the hours of a period are from a total that was named. */
function goalAnswer(ground: Ground, quote: Quote, hours: number, period: Period, entries: readonly Entry[]): Outcome {
  const text = quotedText(ground.markup, quote);
  const goal = Number(/\d+(?:[.,]\d+)?/.exec(text)?.[0]?.replace(",", ".") ?? Number.NaN);
  if (!Number.isFinite(goal)) return { kind: "refusal", code: "not-logged", message: `"${text}" is no number of hours to compare with.` };
  const left = Math.round((goal - hours) * 100) / 100;
  const rows = rowsOf(entries, period, ground.facts);
  const logged = `${hoursText(hours)} of ${formatHours(goal)} ${period.label}`;
  return { kind: "answer", text: left > 0 ? `Not yet: ${logged}, ${hoursText(left)} to go.` : `Yes: ${logged}${left < 0 ? `, ${hoursText(-left)} more than that` : ""}.`, rows, hours };
}

/** "2 h 30 min (2.5 h)": people compare with Harvest's decimals; a whole number of hours says it already. */
const hoursText = (hours: number): string => (Number.isInteger(hours) ? formatHours(hours) : `${formatHours(hours)} (${hours} h)`);

/** Answers a question about what is logged, from the entries that are known; says so when the words reach further back than those. */
export function answer(ground: Ground, step: IntentStep): Outcome {
  const { facts, markup } = ground;
  if (/\btimer\b|\brunning\b|\bam i working on\b/.test(markup.text.toLowerCase())) return timerAnswer(facts);
  if (step.about === "projects") return projectsAnswer(facts);
  const known = addDays(facts.today, -35);
  let period: Period = { start: facts.today, end: facts.today, label: `on ${dayLabel(facts.today, facts.today)}` };
  if (step.when) {
    const when = resolveWhen(ground, step.when);
    if (when.kind === "ask") return { kind: "question", operations: [], question: askWhen(0, when.text, when.options, facts) };
    if (when.kind === "days") return { kind: "question", operations: [], question: askWhen(0, "Which of these days?", when.days, facts) };
    period = when.kind === "is" ? { start: when.value, end: when.value, label: `on ${dayLabel(when.value, facts.today)}` } : { ...when, label: `from ${describeDate(when.start, facts.today)} to ${describeDate(when.end, facts.today)}` };
    if (step.about === "since") period = { start: period.start, end: facts.today, label: `since ${describeDate(period.start, facts.today)}` };
  } else if (step.about) {
    const start = startOfWeek(facts.today, facts.weekStart);
    period = { start, end: facts.today, label: "this week" };
  } else if (step.project) period = { start: known, end: facts.today, label: `since ${describeDate(known, facts.today)}` };
  const words = step.project ? namingWords(markup, step.project) : [];
  const fits = filterOf(words, facts);
  if (!fits) return { kind: "refusal", code: "not-logged", message: `Nothing that is logged answers to "${step.project ? quotedText(markup, step.project) : ""}".` };
  const entries = facts.entries.filter((entry) => entry.date >= period.start && entry.date <= period.end && fits(entry)).toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.id - b.id));
  if (step.about === "missing") return missingAnswer(entries, period, facts);
  const hours = Math.round(sum(entries) * 100) / 100;
  if (step.about === "goal" && step.hours) return goalAnswer(ground, step.hours, hours, period, entries);
  const about = step.project ? ` for "${quotedText(markup, step.project)}"` : "";
  const short = period.start < known ? ` Entries before ${describeDate(known, facts.today)} are not counted.` : "";
  const total = hoursText(hours);
  const text = entries.length === 0 ? `Nothing is logged${about} ${period.label}.${short}` : `${total}${about} ${period.label}.${short}`;
  return { kind: "answer", text, rows: rowsOf(entries, period, facts), hours };
}
