import type { ReactElement } from "react";
import type { OperationView } from "../../electron/ipc/contract.ts";
import { Icon } from "../design/icons.tsx";
import { words } from "../design/words.ts";
import { Chips } from "./chips.tsx";
import type { Conversation, EditorField } from "./conversation.ts";

interface OperationsProps {
  readonly operations: readonly OperationView[];
  readonly state: Conversation;
  readonly byModel: boolean;
  /** False while a question is open: then the rows are what is sure so far. */
  readonly complete: boolean;
  readonly onSkip: (op: number) => void;
  readonly onEdit: (op: number, field: EditorField) => void;
  readonly onClear: (op: number, field: EditorField) => void;
}

const differenceOf = (row: OperationView, field: EditorField): OperationView["differences"][number] | undefined => row.differences.find((each) => each.field === field);

function Change({ before, after }: { readonly before: string; readonly after: string }): ReactElement {
  return (
    <span className="becomes">
      <s>{before}</s> <Icon name="arrow" />
      <span className="unseen"> {words.becomes} </span> <ins>{after}</ins>
    </span>
  );
}

/** Where it is booked, on which day, with which note; a deleted entry is struck out as a whole. */
function What({ row }: { readonly row: OperationView }): ReactElement {
  const place = [differenceOf(row, "project"), differenceOf(row, "task")].filter((each) => each !== undefined);
  const day = differenceOf(row, "date");
  const note = differenceOf(row, "notes");
  const Title = row.op === "delete" ? "s" : "span";
  return (
    <span className="what">
      <Title className="title">{row.title || words.noPlace}</Title>
      {place.map((each) => (
        <Change key={each.field} {...each} />
      ))}
      <span className="under">
        {day ? <Change {...day} /> : row.when ? <span>{row.when}</span> : null}
        {note ? <Change {...note} /> : row.notes ? <span>“{row.notes}”</span> : null}
      </span>
    </span>
  );
}

function Amount({ row }: { readonly row: OperationView }): ReactElement {
  const hours = differenceOf(row, "hours");
  if (hours) {
    return (
      <span className="amount">
        <Change {...hours} />
      </span>
    );
  }
  const Value = row.op === "delete" ? "s" : "span";
  return <span className="amount">{row.hours ? <Value>{row.hours}</Value> : null}</span>;
}

function describe(row: OperationView): string {
  const changes = row.differences.map((each) => `${each.before} ${words.becomes} ${each.after}`);
  return [words.operations[row.op], row.title, row.when, row.hours, ...changes].filter(Boolean).join(", ");
}

function Row({ row, op, several, ...props }: { readonly row: OperationView; readonly op: number; readonly several: boolean } & OperationsProps): ReactElement {
  const left = props.state.skip.includes(op);
  const editing = props.state.editor?.op === op ? props.state.editor.field : undefined;
  const chips = several ? row.chips.filter((chip) => chip.state !== "exact") : [];
  return (
    <li className="operation" data-op={row.op} data-left={left}>
      <span className="gutter">
        {several && props.complete ? (
          <input type="checkbox" checked={!left} aria-label={`${words.include}: ${describe(row)}`} onChange={() => props.onSkip(op)} />
        ) : (
          <span className="sign">
            <Icon name={row.op} />
          </span>
        )}
      </span>
      <span className="verb">
        {several ? <Icon name={row.op} /> : null}
        {words.operations[row.op]}
      </span>
      <What row={row} />
      <Amount row={row} />
      <Chips op={op} chips={chips} editing={editing} onEdit={(field) => props.onEdit(op, field)} onClear={(field) => props.onClear(op, field)} />
    </li>
  );
}

/** Every change that Enter would make: word, sign and colour, the old value struck, and a box to leave one out. */
export function Operations(props: OperationsProps): ReactElement {
  const several = props.operations.length > 1;
  return (
    <section className="part operations" data-armed={props.state.armed} aria-labelledby="changes">
      <h2 id="changes" className={several || props.byModel ? undefined : "unseen"}>
        {props.complete ? words.changes(props.operations.length) : words.understood} {props.byModel ? <small>{words.byModel}</small> : null}
      </h2>
      <ul aria-labelledby="changes">
        {props.operations.map((row, op) => (
          // oxlint-disable-next-line react/no-array-index-key -- an operation is its place in the reading
          <Row key={op} {...props} row={row} op={op} several={several} />
        ))}
      </ul>
    </section>
  );
}
