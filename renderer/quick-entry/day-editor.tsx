import { useState } from "react";
import type { FormEvent, ReactElement } from "react";
import { words } from "../design/words.ts";
import { isoOf, recentDays } from "./day-choices.ts";
import type { PartEditorProps } from "./editor.tsx";

/** The last seven days as buttons, any other day typed or picked. */
export function DayEditor({ op, pins, onPin }: PartEditorProps): ReactElement {
  const pinned = pins.find((pin) => pin.op === op && pin.field === "date")?.value;
  const [now] = useState(() => new Date());
  const [iso, setIso] = useState(typeof pinned === "string" ? pinned : isoOf(now));
  const use = (value: string): void => {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) onPin({ op, field: "date", value });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    use(iso);
  };
  return (
    <>
      <div className="days">
        {recentDays(now).map((day, index) => (
          <button key={day.iso} type="button" aria-pressed={day.iso === pinned} autoFocus={index === 0} onClick={() => use(day.iso)}>
            {day.label}
          </button>
        ))}
      </div>
      <form className="inline" onSubmit={submit}>
        <label>
          {words.otherDay}
          <input type="date" value={iso} onChange={(event) => setIso(event.target.value)} />
        </label>
        <button type="submit">{words.use}</button>
      </form>
    </>
  );
}
