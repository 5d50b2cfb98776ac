import { useState } from "react";
import type { FormEvent, ReactElement } from "react";
import { words } from "../design/words.ts";
import type { PartEditorProps } from "./editor.tsx";

const LONGEST_NOTE = 10_000;

/** The note as plain text; empty is an answer too: no note. */
export function NoteEditor({ op, operation, labelledBy, onPin }: PartEditorProps): ReactElement {
  const [text, setText] = useState(operation?.notes ?? "");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onPin({ op, field: "notes", value: text.trim() });
  };
  return (
    <form className="inline" onSubmit={submit}>
      <input type="text" className="wide" value={text} maxLength={LONGEST_NOTE} autoFocus aria-labelledby={labelledBy} onChange={(event) => setText(event.target.value)} />
      <button type="submit">{words.use}</button>
    </form>
  );
}
