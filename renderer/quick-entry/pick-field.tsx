import { useId, useState } from "react";
import type { KeyboardEvent, ReactElement } from "react";
import { PickList } from "./pick-list.tsx";
import type { PickRow } from "./pick-list.tsx";

interface PickFieldProps {
  readonly labelledBy: string;
  readonly placeholder: string;
  readonly words: string;
  readonly rows: readonly PickRow[];
  readonly onWords: (words: string) => void;
  readonly onPick: (row: PickRow) => void;
}

/** A combobox: type to narrow, arrows to move, Enter to pick. Nothing is picked without one of these. */
export function PickField({ labelledBy, placeholder, words, rows, onWords, onPick }: PickFieldProps): ReactElement {
  const list = useId();
  const [moved, setMoved] = useState(0);
  const at = Math.min(moved, rows.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const row = rows[at];
    if (by !== 0 && rows.length > 0) {
      event.preventDefault();
      setMoved((at + by + rows.length) % rows.length);
    } else if (event.key === "Enter" && !event.repeat && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (row) onPick(row);
    }
  };
  const open = rows.length > 0;
  return (
    <>
      <input
        type="text"
        role="combobox"
        className="wide"
        autoFocus
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={words}
        aria-labelledby={labelledBy}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        aria-activedescendant={open ? `${list}-${at}` : undefined}
        onChange={(event) => {
          setMoved(0);
          onWords(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      {open ? <PickList id={list} labelledBy={labelledBy} rows={rows} at={at} onPick={onPick} /> : null}
    </>
  );
}
