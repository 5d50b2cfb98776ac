import type { SettingsView } from "../../electron/ipc/contract.ts";
import { hoursOf, minutesOf } from "../design/hours-text.ts";
import { pageWords } from "../design/words.ts";

export type Shortcut = SettingsView["shortcuts"][number];

/** The form as it is typed. */
export interface ShortcutDraft {
  readonly name: string;
  readonly project: number | undefined;
  readonly task: number | undefined;
  readonly notes: string;
  readonly hours: string;
}

/** The shortcut that a filled form stands for, or what is still to be put right. */
export function shortcutOf(draft: ShortcutDraft, taken: readonly string[]): { readonly kind: "ok"; readonly shortcut: Shortcut } | { readonly kind: "wrong"; readonly message: string } {
  const name = draft.name.trim();
  const minutes = draft.hours.trim() === "" ? undefined : minutesOf(draft.hours);
  if (name === "") return { kind: "wrong", message: pageWords.nameNeeded };
  if (taken.some((other) => other.toLowerCase() === name.toLowerCase())) return { kind: "wrong", message: pageWords.nameTaken };
  if (draft.project === undefined) return { kind: "wrong", message: pageWords.projectNeeded };
  if (draft.hours.trim() !== "" && minutes === undefined) return { kind: "wrong", message: pageWords.hoursUnclear };
  const notes = draft.notes.trim();
  return {
    kind: "ok",
    shortcut: {
      name,
      project: draft.project,
      ...(draft.task === undefined ? {} : { task: draft.task }),
      ...(notes === "" ? {} : { notes }),
      ...(minutes === undefined ? {} : { hours: hoursOf(minutes) }),
    },
  };
}
