import { useRef } from "react";
import type { ReactElement, RefObject } from "react";
import { Icon } from "../design/icons.tsx";
import type { IconName } from "../design/icons.tsx";
import { words } from "../design/words.ts";
import { openQuestion } from "./conversation.ts";
import type { Conversation } from "./conversation.ts";
import { runsOf } from "./marks.ts";
import { phaseOf } from "./phase.ts";

/** Longer text is refused by the app before it is read. */
const LONGEST_TEXT = 20_000;

function iconOf(state: Conversation): IconName {
  switch (phaseOf(state)) {
    case "question":
      return "question";
    case "thinking":
    case "saving":
      return "working";
    case "saved":
      return state.outcome?.kind === "saved" && state.outcome.receipt.queued ? "waiting" : "done";
    case "failed":
      return "alert";
    case "empty":
    case "typing":
    case "preview":
      return "ready";
  }
}

interface FieldProps {
  readonly state: Conversation;
  readonly sample: boolean;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  readonly onText: (text: string) => void;
}

/**
 * The sentence. A plain textarea, since a combobox role is not allowed on one; a copy of the text behind it carries the tints.
 * It grows from one to three lines and scrolls after that.
 */
export function Field({ state, sample, fieldRef, onText }: FieldProps): ReactElement {
  const mirror = useRef<HTMLDivElement>(null);
  const question = openQuestion(state);
  const listed = question !== undefined && question.options.length > 0;
  const saving = state.work.kind === "saving";
  const follow = (top: number): void => {
    if (mirror.current) mirror.current.scrollTop = top;
  };
  return (
    <div className="line" data-phase={phaseOf(state)} data-queued={state.outcome?.kind === "saved" && state.outcome.receipt.queued}>
      <span className="state">
        <Icon name={iconOf(state)} />
      </span>
      <div className="field">
        <div className="mirror" aria-hidden="true" ref={mirror}>
          {runsOf(state.text, state.view).map((run) =>
            run.mark ? (
              <span key={run.start} className="mark" data-open={run.mark.open}>
                {run.text}
              </span>
            ) : (
              run.text
            ),
          )}
          {"\u200b"}
        </div>
        <textarea
          ref={fieldRef}
          rows={1}
          value={state.text}
          maxLength={LONGEST_TEXT}
          readOnly={saving}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          placeholder={words.placeholder}
          aria-label={words.ask}
          aria-describedby="status"
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-busy={saving}
          aria-controls={listed ? "options" : undefined}
          aria-activedescendant={listed ? `option-${state.choice}` : undefined}
          onChange={(event) => onText(event.target.value)}
          onScroll={(event) => follow(event.currentTarget.scrollTop)}
        />
      </div>
      {sample ? <span className="pill">{state.text === "" ? words.sample : words.sampleShort}</span> : null}
    </div>
  );
}
