import { useId, useState } from "react";
import type { FormEvent, KeyboardEvent, ReactElement } from "react";
import { words } from "../design/words.ts";
import type { PartEditorProps } from "./editor.tsx";
import { hoursOf, lengthWords, minutesOf, quarterStep } from "../design/hours-text.ts";

/** A length as text; Up and Down step to the next quarter of an hour. */
export function HoursEditor({ op, operation, labelledBy, onPin }: PartEditorProps): ReactElement {
  const hint = useId();
  const [text, setText] = useState(operation?.hours ?? "");
  const [unclear, setUnclear] = useState(false);
  const change = (next: string): void => {
    setText(next);
    setUnclear(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const minutes = minutesOf(text);
    if (minutes === undefined) setUnclear(true);
    else onPin({ op, field: "hours", value: hoursOf(minutes) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    change(lengthWords(quarterStep(minutesOf(text) ?? 0, event.key === "ArrowUp" ? 1 : -1)));
  };
  return (
    <form className="inline" onSubmit={submit}>
      <input
        type="text"
        className="short"
        value={text}
        autoFocus
        autoComplete="off"
        aria-labelledby={labelledBy}
        aria-describedby={hint}
        aria-invalid={unclear}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit">{words.use}</button>
      <p id={hint} className="hint" data-bad={unclear}>
        {unclear ? words.hoursUnclear : words.hoursHint}
      </p>
    </form>
  );
}
