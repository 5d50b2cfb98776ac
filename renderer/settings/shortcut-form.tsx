import { useState } from "react";
import type { FormEvent, ReactElement } from "react";
import type { SettingsView } from "../../electron/ipc/contract.ts";
import { lengthWords } from "../design/hours-text.ts";
import { pageWords } from "../design/words.ts";
import { shortcutOf } from "./shortcut-draft.ts";
import type { Shortcut, ShortcutDraft } from "./shortcut-draft.ts";

interface ShortcutFormProps {
  readonly shortcut: Shortcut | undefined;
  readonly taken: readonly string[];
  readonly projects: SettingsView["projects"];
  readonly onSave: (shortcut: Shortcut) => void;
  readonly onCancel: () => void;
}

function draftOf(shortcut: Shortcut | undefined): ShortcutDraft {
  const hours = shortcut?.hours === undefined ? "" : lengthWords(Math.round(shortcut.hours * 60));
  return { name: shortcut?.name ?? "", project: shortcut?.project, task: shortcut?.task, notes: shortcut?.notes ?? "", hours };
}

const optional = (label: string): ReactElement => (
  <>
    {label} <small>{pageWords.optional}</small>
  </>
);

/** One shortcut, new or changed. Says what is missing only after Save was tried. */
export function ShortcutForm({ shortcut, taken, projects, onSave, onCancel }: ShortcutFormProps): ReactElement {
  const [draft, setDraft] = useState(() => draftOf(shortcut));
  const [wrong, setWrong] = useState("");
  const set = (part: Partial<ShortcutDraft>): void => {
    setDraft({ ...draft, ...part });
    setWrong("");
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const result = shortcutOf(draft, taken);
    if (result.kind === "ok") onSave(result.shortcut);
    else setWrong(result.message);
  };
  const tasks = projects.find(({ id }) => id === draft.project)?.tasks ?? [];
  const numberOf = (value: string): number | undefined => (value === "" ? undefined : Number(value));
  return (
    <form className="stack shortcut-form" onSubmit={submit}>
      <div className="pair">
        <label htmlFor="shortcut-name">{pageWords.name}</label>
        <input id="shortcut-name" type="text" maxLength={80} autoFocus autoComplete="off" value={draft.name} onChange={(event) => set({ name: event.target.value })} />
      </div>
      <div className="pair">
        <label htmlFor="shortcut-project">{pageWords.project}</label>
        <select id="shortcut-project" value={draft.project ?? ""} onChange={(event) => set({ project: numberOf(event.target.value), task: undefined })}>
          <option value="">{pageWords.chooseProject}</option>
          {projects.map((project) => (
            <option key={project.id} value={project.id}>
              {project.label}
            </option>
          ))}
        </select>
      </div>
      <div className="pair">
        <label htmlFor="shortcut-task">{optional(pageWords.task)}</label>
        <select id="shortcut-task" value={draft.task ?? ""} onChange={(event) => set({ task: numberOf(event.target.value) })}>
          <option value="">{pageWords.anyTask}</option>
          {tasks.map((task) => (
            <option key={task.id} value={task.id}>
              {task.name}
            </option>
          ))}
        </select>
      </div>
      <div className="pair">
        <label htmlFor="shortcut-note">{optional(pageWords.notes)}</label>
        <input id="shortcut-note" className="full" type="text" maxLength={2000} value={draft.notes} onChange={(event) => set({ notes: event.target.value })} />
      </div>
      <div className="pair">
        <label htmlFor="shortcut-hours">{optional(pageWords.hours)}</label>
        <input id="shortcut-hours" type="text" autoComplete="off" value={draft.hours} onChange={(event) => set({ hours: event.target.value })} />
      </div>
      {wrong ? (
        <p role="alert" className="said" data-ok="false">
          {wrong}
        </p>
      ) : null}
      <div className="actions offset">
        <button type="submit" className="primary">
          {pageWords.save}
        </button>
        <button type="button" onClick={onCancel}>
          {pageWords.cancel}
        </button>
      </div>
    </form>
  );
}
