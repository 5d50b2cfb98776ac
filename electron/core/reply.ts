import { readPhrase } from "./phrase.ts";
import type { IsoDate } from "./entry.ts";
import type { Facts } from "./facts.ts";
import type { Pin, Question } from "./outcome.ts";
import { getProject, namedProjects, namedTasks } from "./projects.ts";
import { read } from "./read.ts";
import { fold, wordsOf } from "./tokens.ts";

const NO = /^(?:no|none|none of (?:these|them|those)|neither|nothing|cancel|stop|leave it|never mind|nevermind)$/;

/** "2", "option 2", the whole label, or words that begin words of exactly one label. A bare number is a length when lengths are asked for. */
function byOption(question: Question, reply: string): readonly Pin[] | undefined {
  const said = fold(reply).trim();
  const exact = question.options.filter((option) => fold(option.label) === said);
  if (exact.length === 1 && exact[0]) return exact[0].pins;
  const number = /^(?:option |number |#)?(\d{1,2})[.)]?$/.exec(said);
  if (number && question.about !== "hours") return question.options[Number(number[1]) - 1]?.pins;
  const words = wordsOf(reply);
  // A bare number or "-1" is no word of a label.
  if (!words.some((word) => /\p{L}/u.test(word))) return undefined;
  const fits = question.options.filter((option) => {
    const own = wordsOf(`${option.label} ${option.detail ?? ""}`);
    return words.every((word) => own.some((each) => each.startsWith(word)));
  });
  return fits.length === 1 ? fits[0]?.pins : undefined;
}

/** "2-3" as a length: between two and three hours as well as from two to three, so it answers nothing. "9-5" and "9-11" are times of a working day. */
function isBetween(reply: string): boolean {
  const [, from, to] = /^\s*(\d{1,2})\s*(?:-|–|to)\s*(\d{1,2})\s*$/.exec(reply) ?? [];
  return from !== undefined && to !== undefined && Number(from) < Number(to) && Number(from) < 7;
}

/** "the 17th": of the days that were offered the one with that number, though read alone the words would mean another month. */
function offeredDay(question: Question, reply: string, read: IsoDate): readonly Pin[] | undefined {
  if (!/^\D*\d{1,2}(?:st|nd|rd|th|\.)?$/i.test(reply.trim())) return undefined;
  const fits = question.options.filter((option) => option.pins.some((pin) => pin.field === "date" && pin.value.slice(8) === read.slice(8)));
  return fits.length === 1 ? fits[0]?.pins : undefined;
}

/** A reply in new words: a length, a date, a project or a task that was not among the options. */
function byWords(question: Question, reply: string, facts: Facts, project: number | undefined): readonly Pin[] | undefined {
  const { op } = question;
  if (question.about === "hours" || question.about === "date") {
    const phrase = readPhrase(reply, facts);
    if (!phrase || (question.about === "hours" && isBetween(reply))) return undefined;
    if (question.about === "hours") return "hours" in phrase && phrase.hours > 0 ? [{ op, field: "hours", value: phrase.hours }] : undefined;
    if (!("date" in phrase) || phrase.date === undefined || "hours" in phrase) return undefined;
    return offeredDay(question, reply, phrase.date) ?? [{ op, field: "date", value: phrase.date }];
  }
  if (question.about === "entry") {
    // "today", "the one from Friday": the only offered entry of that day.
    const phrase = readPhrase(reply, facts);
    const day = phrase && "date" in phrase ? phrase.date : undefined;
    const fits = question.options.filter((option) => option.pins.some((pin) => pin.field === "entry" && facts.entries.some((entry) => entry.id === pin.value && entry.date === day)));
    return day !== undefined && fits.length === 1 ? fits[0]?.pins : undefined;
  }
  const words = wordsOf(reply);
  if (question.about === "project") {
    const named = namedProjects(facts.index, words).filter((each) => each.active);
    return named.length === 1 && named[0] ? [{ op, field: "project", value: named[0].id }] : undefined;
  }
  if (question.about === "task") {
    const tasks = project === undefined ? [] : namedTasks(getProject(facts.index, project)?.tasks ?? [], words);
    return tasks.length === 1 && tasks[0] ? [{ op, field: "task", value: tasks[0].id }] : undefined;
  }
  return undefined;
}

/**
 * Turns a typed reply to an open question into all pins of the sentence so far ("4h", "Globex", "2" for the second option, a label).
 * `text` and `pins` are those of the reading that asked. Undefined when the reply does not answer the question: then nothing is pinned.
 */
export function answerWith(text: string, facts: Facts, pins: readonly Pin[], question: Question, reply: string): readonly Pin[] | undefined {
  const { outcome } = read(text, facts, pins);
  const open = outcome.kind === "question" ? outcome.operations[question.op] : undefined;
  const project = open && "project" in open ? open.project : undefined;
  if (NO.test(fold(reply).trim())) return [...pins, { op: 0, field: "intent", value: "nothing" }];
  const lengthFirst = question.about === "hours" || question.about === "date" ? byWords(question, reply, facts, project) : undefined;
  const added = lengthFirst ?? byOption(question, reply) ?? byWords(question, reply, facts, project);
  return added ? [...pins, ...added] : undefined;
}
