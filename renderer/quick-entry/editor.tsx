import { useId } from "react";
import type { ReactElement, ReactNode } from "react";
import type { Bridge, OperationView, PinView } from "../../electron/ipc/contract.ts";
import { words } from "../design/words.ts";
import type { EditorField } from "./conversation.ts";
import { DayEditor } from "./day-editor.tsx";
import { HoursEditor } from "./hours-editor.tsx";
import { NoteEditor } from "./note-editor.tsx";
import { ProjectEditor } from "./project-editor.tsx";
import { TaskEditor } from "./task-editor.tsx";

/** What each part's editor gets: the part as it reads now, and where its decision goes. */
export interface PartEditorProps {
  readonly bridge: Bridge;
  readonly op: number;
  readonly operation: OperationView | undefined;
  readonly pins: readonly PinView[];
  readonly labelledBy: string;
  readonly onPin: (pin: PinView) => void;
}

interface EditorProps extends Omit<PartEditorProps, "labelledBy"> {
  readonly field: EditorField;
  readonly onClear: () => void;
}

function partEditor(field: EditorField, props: PartEditorProps): ReactNode {
  switch (field) {
    case "date":
      return <DayEditor {...props} />;
    case "hours":
      return <HoursEditor {...props} />;
    case "project":
      return <ProjectEditor {...props} />;
    case "task":
      return <TaskEditor {...props} />;
    case "notes":
      return <NoteEditor {...props} />;
  }
}

/** One part, set by hand. The sentence stays as it is; the decision is pinned beside it and can be given back. */
export function Editor({ field, onClear, ...props }: EditorProps): ReactElement {
  const title = useId();
  const pinned = props.pins.some((pin) => pin.op === props.op && pin.field === field);
  return (
    <section className="part editor" aria-labelledby={title}>
      <h2 id={title}>{words.editorTitle[field]}</h2>
      {partEditor(field, { ...props, labelledBy: title })}
      {pinned ? (
        <button type="button" className="quiet" onClick={onClear}>
          {words.clearPin}
        </button>
      ) : null}
    </section>
  );
}
