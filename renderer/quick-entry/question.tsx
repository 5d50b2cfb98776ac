import type { ReactElement } from "react";
import type { QuestionView } from "../../electron/ipc/contract.ts";
import { words } from "../design/words.ts";

/** A longer list scrolls, and what scrolls must be reachable by keyboard. */
const LONG = 7;

interface QuestionProps {
  readonly question: QuestionView;
  readonly choice: number;
  readonly onTake: (index: number) => void;
}

/** What the sentence leaves open, with its answers. Focus stays in the field; the field names the highlighted row. */
export function Question({ question, choice, onTake }: QuestionProps): ReactElement {
  return (
    <section className="part question" aria-labelledby="question">
      <h2 id="question">
        {question.text} <small>{question.options.length > 0 ? words.typeOn : words.typeIt}</small>
      </h2>
      {question.options.length === 0 ? null : (
        <ul
          id="options"
          role="listbox"
          aria-labelledby="question"
          tabIndex={question.options.length > LONG ? 0 : undefined}
          aria-activedescendant={question.options.length > LONG ? `option-${choice}` : undefined}
        >
          {question.options.map((option, index) => (
            <li
              key={`${index} ${option.label}`}
              id={`option-${index}`}
              role="option"
              aria-selected={index === choice}
              ref={(row) => {
                if (index === choice) row?.scrollIntoView?.({ block: "nearest" });
              }}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onTake(index)}
            >
              {index < 9 ? <kbd aria-hidden="true">{index + 1}</kbd> : <span />}
              <span className="label">{option.label}</span>
              {option.detail ? <span className="detail">{option.detail}</span> : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
