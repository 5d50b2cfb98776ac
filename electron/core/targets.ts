import type { Entry, Shortcut } from "./entry.ts";
import type { Facts } from "./facts.ts";
import { namingWords, pinned, type Ground } from "./ground.ts";
import type { IntentStep } from "./intent.ts";
import { possibleDays, resolveHours } from "./resolve.ts";
import { wordsOf } from "./tokens.ts";

/** The entries that words may mean. `said: false`: no word said which, the last one written is meant. */
interface Targets {
  readonly entries: readonly Entry[];
  readonly said: boolean;
}

/** Whether every word begins a word of the entry's client, project, code, task or note. Its note is only taken apart when the rest does not do. */
function answersTo(entry: Entry, words: readonly string[], facts: Facts): boolean {
  const own = facts.index.byId.get(entry.project);
  const task = own?.project.tasks.find((each) => each.id === entry.task)?.name ?? "";
  const begins = (word: string) => (each: string) => each.startsWith(word);
  const left = words.filter((word) => !own?.words.some(begins(word)));
  if (left.length === 0) return true;
  const more = wordsOf(`${task} ${entry.notes}`);
  return left.every((word) => more.some(begins(word)));
}

/** The shortcut with that name (folded words), which stands for what it books. */
export function shortcutNamed(words: readonly string[], facts: Facts): Shortcut | undefined {
  const name = words.join(" ");
  return facts.shortcuts.find((each) => wordsOf(each.name).join(" ") === name);
}

/** Whether an entry is on the project (and task) that a shortcut books. */
export const isBookedBy = (shortcut: Shortcut | undefined, entry: Entry): boolean => shortcut?.project === entry.project && (shortcut.task === undefined || shortcut.task === entry.task);

/** Entries that the target's words fit, by day, length and names. Pinned: exactly that one. */
export function findTargets(ground: Ground, op: number, step: IntentStep): Targets {
  const { facts } = ground;
  const pin = pinned(ground, op, "entry");
  if (pin !== undefined) return { entries: facts.entries.filter((entry) => entry.id === pin), said: true };
  const days = step.targetWhen ? possibleDays(ground, step.targetWhen) : undefined;
  const length = step.targetHours ? resolveHours(ground, step.targetHours, days?.start) : undefined;
  const words = step.targetProject ? namingWords(ground.markup, step.targetProject) : [];
  if (!step.targetWhen && !step.targetHours && words.length === 0) {
    return { entries: facts.entries.filter((entry) => entry.id === facts.last), said: false };
  }
  const shortcut = words.length > 0 ? shortcutNamed(words, facts) : undefined;
  const fits = facts.entries.filter((entry) => {
    if (step.targetWhen && !(days && entry.date >= days.start && entry.date <= days.end && (days.days?.includes(entry.date) ?? true))) return false;
    if (length && !(length.kind === "is" && Math.round(length.value * 60) === Math.round(entry.hours * 60))) return false;
    return words.length === 0 || isBookedBy(shortcut, entry) || answersTo(entry, words, facts);
  });
  return { entries: fits, said: true };
}
