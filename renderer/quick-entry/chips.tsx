import type { KeyboardEvent, ReactElement } from "react";
import type { Chip } from "../../electron/ipc/contract.ts";
import { Icon } from "../design/icons.tsx";
import { words } from "../design/words.ts";
import type { EditorField } from "./conversation.ts";

interface ChipsProps {
  readonly op: number;
  readonly chips: readonly Chip[];
  readonly editing: EditorField | undefined;
  readonly onEdit: (field: EditorField) => void;
  readonly onClear: (field: EditorField) => void;
}

function detailOf(chip: Chip): string | undefined {
  return chip.detail === words.assumed ? undefined : chip.detail;
}

/** Moves along the chips with Left and Right; Delete gives a pinned one back to the words. */
function onKey(event: KeyboardEvent<HTMLButtonElement>, chip: Chip, onClear: ChipsProps["onClear"]): void {
  const row = event.currentTarget.closest("li");
  const next = event.key === "ArrowRight" ? row?.nextElementSibling : event.key === "ArrowLeft" ? row?.previousElementSibling : undefined;
  if (next) {
    event.preventDefault();
    next.querySelector("button")?.focus();
  } else if ((event.key === "Delete" || event.key === "Backspace") && chip.state === "pinned") {
    event.preventDefault();
    onClear(chip.field);
  }
}

/** What was understood, part by part. Solid: said. Dashed: assumed. Amber: more than one fits. Red and dashed: needed. With a pin: set by hand. */
export function Chips({ op, chips, editing, onEdit, onClear }: ChipsProps): ReactElement | null {
  if (chips.length === 0) return null;
  return (
    <ul className="chips" aria-label={words.understood}>
      {chips.map((chip) => (
        <li key={chip.field}>
          <button
            type="button"
            className="chip"
            id={`chip-${op}-${chip.field}`}
            data-state={chip.state}
            aria-expanded={editing === chip.field}
            onClick={() => onEdit(chip.field)}
            onKeyDown={(event) => onKey(event, chip, onClear)}
          >
            {chip.state === "pinned" ? <Icon name="pin" /> : null}
            <span className="unseen">{`${words.fields[chip.field]}: `}</span>
            <span className="value">{chip.label}</span>
            {detailOf(chip) ? <small>{detailOf(chip)}</small> : null}
            {chip.state === "assumed" ? <small className="how">{words.assumed}</small> : <span className="unseen">{words.how[chip.state]}</span>}
            <span className="unseen">{words.chipChange}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
