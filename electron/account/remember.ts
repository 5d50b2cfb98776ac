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

/** Whether the words may become a name: short, with a letter, no shortcut yet, and neither a project's own name nor one that is misspelt. */
function canName(name: string, project: number, facts: Facts): boolean {
  const words = wordsOf(name);
  if (words.length === 0 || words.length > MOST_WORDS || name.length > LONGEST || !/\p{L}/u.test(name)) return false;
  if (facts.shortcuts.some((each) => wordsOf(each.name).join(" ") === words.join(" "))) return false;
  return namedProjects(facts.index, words).length === 0 && !nearProjects(facts.index, words).some((near) => near.id === project);
}

/**
 * The shortcut that would have spared the user the correction: the words that were read as the project of the one operation whose project
 * they set by hand. Only what really helps is offered: with the shortcut, the same sentence comes to the same place by itself.
 */
export function shortcutFrom({ text, outcome, spans }: Reading, pins: readonly Pin[], facts: Facts): Shortcut | undefined {
  const [operation, ...more] = outcome.kind === "proposal" ? outcome.operations : [];
  const [span, ...others] = spans.filter(({ role }) => role === "project");
  if (!operation || !isPlaced(operation) || more.length > 0 || !span || others.length > 0) return undefined;
  const { project, task } = operation;
  if (!pins.some((pin) => pin.op === 0 && pin.field === "project" && pin.value === project)) return undefined;
  const name = span.text.trim();
  if (!canName(name, project, facts)) return undefined;
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
