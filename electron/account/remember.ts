import type { Shortcut } from "../core/entry.ts";
import type { Facts } from "../core/facts.ts";
import type { OpenOperation, Operation, Pin, Reading } from "../core/outcome.ts";
import { namedProjects, nearProjects } from "../core/projects.ts";
import { read } from "../core/read.ts";
import { fold, wordsOf } from "../core/tokens.ts";
import type { Said } from "../ipc/contract.ts";
import type { SettingsStore } from "../settings/store.ts";
import { placeWords } from "./view.ts";

/** Words that could be a shortcut from now on, and what for: "standup" = "Internal › Operations · Meetings". */
export interface Offer {
  readonly name: string;
  readonly place: string;
}

/** What the user corrected, offered as a shortcut; nothing is ever kept unless they say so. */
export interface Remembering {
  /** The offer that belongs to what is about to be saved; undefined when there is nothing to learn, or it was declined in this run. */
  offer(reading: Reading, pins: readonly Pin[]): Offer | undefined;
  /** Keeps an offer that was made, as a shortcut like any other. */
  remember(name: string): Said;
  /** These words are not offered again in this run. */
  decline(name: string): void;
}

/** A longer run of words is a sentence, not a name. */
const MOST_WORDS = 4;
const LONGEST = 40;

type Placed = Extract<Operation, { readonly op: "add" | "start" }>;
const isPlaced = (operation: Operation): operation is Placed => operation.op === "add" || operation.op === "start";
const placeOf = (operation: OpenOperation | undefined): Pick<Placed, "project" | "task"> | undefined =>
  operation && (operation.op === "add" || operation.op === "start") && operation.project !== undefined && operation.task !== undefined ? { project: operation.project, task: operation.task } : undefined;

/** Whether words may become a name: few, with a letter, no shortcut yet, and no project's own name. */
function canName(name: string, facts: Facts): boolean {
  const words = wordsOf(name);
  if (words.length === 0 || words.length > MOST_WORDS || name.length > LONGEST || !/\p{L}/u.test(name)) return false;
  return !facts.shortcuts.some((each) => wordsOf(each.name).join(" ") === words.join(" ")) && namedProjects(facts.index, words).length === 0;
}

/** The words that were corrected: those read as the project whose project was set by hand, or project and task together where only the task was. */
function corrected({ text, spans }: Reading, pins: readonly Pin[], { project, task }: Placed, facts: Facts): string | undefined {
  const isSet = (field: "project" | "task", value: number): boolean => pins.some((pin) => pin.op === 0 && pin.field === field && pin.value === value);
  const [span, ...others] = spans.filter(({ role }) => role === "project");
  const [second, ...rest] = spans.filter(({ role }) => role === "task");
  if (!span || others.length > 0) return undefined;
  if (isSet("project", project)) {
    // A misspelt name is no word of the user's own.
    return nearProjects(facts.index, wordsOf(span.text)).some((near) => near.id === project) ? undefined : span.text.trim();
  }
  if (!isSet("task", task) || !second || rest.length > 0) return undefined;
  const [start, end] = [Math.min(span.start, second.start), Math.max(span.end, second.end)];
  const between = text.slice(Math.min(span.end, second.end), Math.max(span.start, second.start));
  return between.trim() === "" ? text.slice(start, end).trim() : undefined;
}

/**
 * The shortcut that would have spared the user the correction. Only what really helps is offered: with the shortcut, the same sentence comes to
 * the same place by itself.
 */
export function shortcutFrom(reading: Reading, pins: readonly Pin[], facts: Facts): Shortcut | undefined {
  const { text, outcome } = reading;
  const [operation, ...more] = outcome.kind === "proposal" ? outcome.operations : [];
  if (!operation || !isPlaced(operation) || more.length > 0) return undefined;
  const name = corrected(reading, pins, operation, facts);
  if (name === undefined || !canName(name, facts)) return undefined;
  const { project, task } = operation;
  const shortcut: Shortcut = { name, project, task };
  const again = read(text, { ...facts, shortcuts: [...facts.shortcuts, shortcut] }, pins.filter(({ field }) => field !== "project" && field !== "task")).outcome;
  const place = "operations" in again ? placeOf(again.operations[0]) : undefined;
  return place?.project === project && place.task === task ? shortcut : undefined;
}

/** Remembers, for one run of the program, what was offered and declined. */
export function createRemembering({ settings, facts }: { readonly settings: SettingsStore; readonly facts: () => Facts }): Remembering {
  const offered = new Map<string, Shortcut>();
  const declined = new Set<string>();
  return {
    offer: (reading, pins) => {
      const shortcut = shortcutFrom(reading, pins, facts());
      if (!shortcut || declined.has(fold(shortcut.name))) return undefined;
      offered.set(fold(shortcut.name), shortcut);
      return { name: shortcut.name, place: placeWords(shortcut.project, shortcut.task, facts()) };
    },
    remember: (name) => {
      const shortcut = offered.get(fold(name));
      if (!shortcut) return { ok: false, message: "There is nothing to remember about these words." };
      const kept = settings.reload().shortcuts;
      if (kept.some((each) => fold(each.name) === fold(name))) return { ok: false, message: `There is a shortcut called “${name}” already.` };
      const stored = settings.update({ shortcuts: [...kept, { ...shortcut }] });
      if (stored.kind === "failed") return { ok: false, message: stored.message };
      offered.delete(fold(name));
      return { ok: true, message: `“${shortcut.name}” is a shortcut for ${placeWords(shortcut.project, shortcut.task, facts())} now. It is in the settings, to be changed or removed.` };
    },
    decline: (name) => {
      declined.add(fold(name));
      offered.delete(fold(name));
    },
  };
}
