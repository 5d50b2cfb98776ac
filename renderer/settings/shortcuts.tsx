import { useState } from "react";
import type { ReactElement } from "react";
import type { SettingsView } from "../../electron/ipc/contract.ts";
import { lengthWords } from "../design/hours-text.ts";
import { Said } from "../design/said.tsx";
import { useSaid } from "../design/use-said.ts";
import { pageWords } from "../design/words.ts";
import { ShortcutForm } from "./shortcut-form.tsx";
import type { PartProps } from "./settings.tsx";

type Shortcut = SettingsView["shortcuts"][number];

/** What a shortcut stands for: "Acme Corp › Website · Design, “review”". A project that is gone is named by its number. */
function placeOf(shortcut: Shortcut, projects: SettingsView["projects"]): string {
  const project = projects.find(({ id }) => id === shortcut.project);
  const task = project?.tasks.find(({ id }) => id === shortcut.task);
  const place = [project?.label ?? `${pageWords.project} ${shortcut.project}`, task?.name].filter(Boolean).join(" · ");
  return shortcut.notes ? `${place}, “${shortcut.notes}”` : place;
}

/** The user's own words, kept as a table; every change is saved as it is made. */
export function Shortcuts({ settings, change }: PartProps): ReactElement {
  const { shortcuts, projects } = settings;
  const [editing, setEditing] = useState<number | "new">();
  const saying = useSaid();
  const store = async (next: readonly Shortcut[]): Promise<void> => {
    if (await saying.run(() => change({ shortcuts: [...next] }))) setEditing(undefined);
  };
  const save = (shortcut: Shortcut): void => void store(editing === "new" ? [...shortcuts, shortcut] : shortcuts.map((old, index) => (index === editing ? shortcut : old)));
  const others = shortcuts.filter((_, index) => index !== editing).map(({ name }) => name);
  return (
    <section aria-labelledby="shortcuts">
      <h2 id="shortcuts">{pageWords.shortcuts}</h2>
      <div className="stack">
        <p className="quietly">{shortcuts.length === 0 ? pageWords.noShortcuts : pageWords.shortcutsHint}</p>
        {shortcuts.length === 0 ? null : (
          <table className="shortcuts" aria-labelledby="shortcuts">
            <thead>
              <tr>
                <th scope="col">{pageWords.columns.name}</th>
                <th scope="col">{pageWords.columns.place}</th>
                <th scope="col">{pageWords.columns.hours}</th>
                <th scope="col">
                  <span className="unseen">{pageWords.columns.actions}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shortcuts.map((shortcut, index) => (
                <tr key={shortcut.name}>
                  <th scope="row">{shortcut.name}</th>
                  <td>{placeOf(shortcut, projects)}</td>
                  <td>{shortcut.hours === undefined ? "" : lengthWords(Math.round(shortcut.hours * 60))}</td>
                  <td>
                    <button type="button" className="quiet" onClick={() => setEditing(index)}>
                      {pageWords.edit}
                      <span className="unseen"> {shortcut.name}</span>
                    </button>
                    <button type="button" className="quiet" disabled={saying.busy} onClick={() => void store(shortcuts.filter((_, at) => at !== index))}>
                      {pageWords.remove}
                      <span className="unseen"> {shortcut.name}</span>
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {editing === undefined ? (
          <button type="button" onClick={() => setEditing("new")}>
            {pageWords.addShortcut}
          </button>
        ) : (
          <ShortcutForm key={editing} shortcut={editing === "new" ? undefined : shortcuts[editing]} taken={others} projects={projects} onSave={save} onCancel={() => setEditing(undefined)} />
        )}
        <Said said={saying.said?.ok === false ? saying.said : undefined} />
      </div>
    </section>
  );
}
