import type { ReactElement } from "react";

/** One row of a list to pick from. */
export interface PickRow {
  readonly id: number;
  readonly label: string;
}

interface PickListProps {
  readonly id: string;
  readonly labelledBy: string;
  readonly rows: readonly PickRow[];
  readonly at: number;
  readonly onPick: (row: PickRow) => void;
}

/** The list under an editor's field; the field keeps the focus and names the highlighted row. */
export function PickList({ id, labelledBy, rows, at, onPick }: PickListProps): ReactElement {
  return (
    <ul id={id} role="listbox" className="picks" aria-labelledby={labelledBy}>
      {rows.map((row, index) => (
        <li
          key={row.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          ref={(element) => {
            if (index === at) element?.scrollIntoView?.({ block: "nearest" });
          }}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(row)}
        >
          {row.label}
        </li>
      ))}
    </ul>
  );
}
