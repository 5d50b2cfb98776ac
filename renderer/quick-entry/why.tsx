import type { ReactElement } from "react";
import { words } from "../design/words.ts";

interface WhyProps {
  readonly because: readonly string[];
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** The rules that decided something, one sentence each, when asked for. */
export function Why({ because, open, onToggle }: WhyProps): ReactElement | null {
  if (because.length === 0) return null;
  return (
    <div className="why">
      <button type="button" className="quiet" aria-expanded={open} aria-controls={open ? "because" : undefined} onClick={onToggle}>
        {words.why} <kbd aria-hidden="true">F1</kbd>
      </button>
      {open ? (
        <ul id="because" aria-label={words.whyTitle}>
          {because.map((sentence, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the same rule may decide twice
            <li key={index}>{sentence}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
