import type { Entry } from "./entry.ts";
import type { Facts } from "./facts.ts";
import { namingWords, pinned, type Ground } from "./ground.ts";
import type { IntentStep, Quote } from "./intent.ts";
import { getProject } from "./projects.ts";
import { possibleDays, resolveHours } from "./resolve.ts";
import { wordsOf } from "./tokens.ts";

/** The entries that words may mean. `said: false`: no word said which, the last one written is meant. */
interface Targets {
  readonly entries: readonly Entry[];
  readonly said: boolean;
}

function entryWords(entry: Entry, facts: Facts): readonly string[] {
  const project = getProject(facts.index, entry.project);
  const task = project?.tasks.find((each) => each.id === entry.task)?.name ?? "";
  return wordsOf(`${project?.client ?? ""} ${project?.name ?? ""} ${project?.code ?? ""} ${task} ${entry.notes}`);
}

/** Whether every word begins a word of the entry's client, project, code, task or note. */
function answersTo(entry: Entry, words: readonly string[], facts: Facts): boolean {
  const own = entryWords(entry, facts);
  return words.every((word) => own.some((each) => each.startsWith(word)));
}

/** A shortcut's name stands for what it books. */
function byShortcut(ground: Ground, quote: Quote, entry: Entry): boolean {
  const words = namingWords(ground.markup, quote).join(" ");
  const shortcut = ground.facts.shortcuts.find((each) => wordsOf(each.name).join(" ") === words);
  return shortcut?.project === entry.project && (shortcut.task === undefined || shortcut.task === entry.task);
}

/** Entries that the target's words fit, by day, length and names. Pinned: exactly that one. */
export function findTargets(ground: Ground, op: number, step: IntentStep): Targets {
  const { facts } = ground;
  const pin = pinned(ground, op, "entry");
  if (pin !== undefined) return { entries: facts.entries.filter((entry) => entry.id === pin), said: true };
  const days = step.targetWhen ? possibleDays(ground, step.targetWhen) : undefined;
  const length = step.targetHours ? resolveHours(ground, step.targetHours, days?.start) : undefined;
  const quote = step.targetProject;
  const words = quote ? namingWords(ground.markup, quote) : [];
  if (!step.targetWhen && !step.targetHours && words.length === 0) {
    return { entries: facts.entries.filter((entry) => entry.id === facts.last), said: false };
  }
  const fits = facts.entries.filter((entry) => {
    if (step.targetWhen && !(days && entry.date >= days.start && entry.date <= days.end && (days.days?.includes(entry.date) ?? true))) return false;
    if (length && !(length.kind === "is" && Math.round(length.value * 60) === Math.round(entry.hours * 60))) return false;
    return words.length === 0 || (quote !== undefined && (answersTo(entry, words, facts) || byShortcut(ground, quote, entry)));
  });
  return { entries: fits, said: true };
}
