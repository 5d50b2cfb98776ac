import { useState } from "react";
import type { ReactElement } from "react";
import { words } from "../design/words.ts";
import type { PartEditorProps } from "./editor.tsx";
import { PickField } from "./pick-field.tsx";
import { useProjects } from "./use-projects.ts";
import type { FoundProject } from "./use-projects.ts";

/** The project this operation books on: the pinned one, or the one with exactly the chip's name. Never the nearest. */
function projectOf({ op, operation, pins }: PartEditorProps, found: readonly FoundProject[]): FoundProject | undefined {
  const pinned = pins.find((pin) => pin.op === op && pin.field === "project")?.value;
  const label = operation?.chips.find((chip) => chip.field === "project")?.label;
  return found.find((project) => (pinned === undefined ? project.label === label : project.id === pinned));
}

/** The tasks of the project, narrowed by typing. */
export function TaskEditor(props: PartEditorProps): ReactElement {
  const label = props.operation?.chips.find((chip) => chip.field === "project")?.label ?? "";
  const [typed, setTyped] = useState("");
  const found = useProjects(props.bridge, label);
  if (!found) return <p className="hint">{words.looking}</p>;
  const project = projectOf(props, found);
  if (!project) return <p className="hint">{words.projectFirst}</p>;
  if (project.tasks.length === 0) return <p className="hint">{words.noTasks}</p>;
  const rows = project.tasks.map((task) => ({ id: task.id, label: task.name })).filter((task) => task.label.toLowerCase().includes(typed.trim().toLowerCase()));
  return (
    <PickField
      labelledBy={props.labelledBy}
      placeholder={project.label}
      words={typed}
      rows={rows}
      onWords={setTyped}
      onPick={(task) => props.onPin({ op: props.op, field: "task", value: task.id })}
    />
  );
}
