import { useState } from "react";
import type { ReactElement } from "react";
import { words } from "../design/words.ts";
import type { PartEditorProps } from "./editor.tsx";
import { PickField } from "./pick-field.tsx";
import { useProjects } from "./use-projects.ts";

/** Any project of the account, found by client, name or code. */
export function ProjectEditor({ bridge, op, labelledBy, onPin }: PartEditorProps): ReactElement {
  const [typed, setTyped] = useState("");
  const found = useProjects(bridge, typed);
  return (
    <>
      <PickField
        labelledBy={labelledBy}
        placeholder={words.projectHint}
        words={typed}
        rows={found ?? []}
        onWords={setTyped}
        onPick={(project) => onPin({ op, field: "project", value: project.id })}
      />
      {found?.length === 0 ? <p className="hint">{words.noProjects}</p> : null}
    </>
  );
}
