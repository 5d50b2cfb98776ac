import type { ReactElement } from "react";
import type { Bridge, PinView, ReadingView } from "../../electron/ipc/contract.ts";
import { words } from "../design/words.ts";
import { Icon } from "../design/icons.tsx";
import { Answer } from "./answer.tsx";
import { Chips } from "./chips.tsx";
import { openQuestion } from "./conversation.ts";
import type { Conversation, EditorField } from "./conversation.ts";
import { Editor } from "./editor.tsx";
import { Operations } from "./operations.tsx";
import { showsRows } from "./phase.ts";
import { Question } from "./question.tsx";
import type { Session } from "./session.ts";

interface ReadingProps {
  readonly view: ReadingView;
  readonly state: Conversation;
  readonly session: Session;
  readonly bridge: Bridge;
  readonly model: boolean;
  readonly onDone: () => void;
}

function ModelNote({ view, state, model, bridge }: ReadingProps): ReactElement | null {
  if (state.work.kind === "thinking") {
    return state.work.impatient ? <p className="part hintline">{words.stillThinking}</p> : null;
  }
  if (view.kind !== "needs-model") return view.modelNote ? <p className="part hintline">{view.modelNote}</p> : null;
  if (model) return <p className="part hintline">{view.modelNote ?? words.needsModel}</p>;
  return (
    <div className="part hintline">
      <p>{view.modelNote ?? words.withoutModel}</p>
      <div className="actions">
        <button type="button" onClick={() => void bridge.ask("open-page", { page: "models" })}>
          {words.getModel}
        </button>
      </div>
    </div>
  );
}

/** Everything under the field that comes of the sentence. */
export function Reading(props: ReadingProps): ReactElement {
  const { view, state, session, bridge, onDone } = props;
  const { editor } = state;
  const rows = showsRows(view);
  const [only] = view.operations;
  const question = openQuestion(state);
  const edit = (op: number, field: EditorField): void =>
    session.happen(editor?.op === op && editor.field === field ? { type: "closed-editor" } : { type: "edited", op, field });
  const clear = (op: number, field: EditorField): void => {
    session.happen({ type: "unpinned", op, field });
    onDone();
  };
  const pin = (decided: PinView): void => {
    session.happen({ type: "pinned", pins: [decided] });
    onDone();
  };
  return (
    <>
      {only && view.operations.length === 1 ? (
        <Chips op={0} chips={only.chips} editing={editor?.op === 0 ? editor.field : undefined} onEdit={(field) => edit(0, field)} onClear={(field) => clear(0, field)} />
      ) : null}
      {editor ? (
        <Editor key={`${editor.op} ${editor.field}`} {...editor} bridge={bridge} operation={view.operations[editor.op]} pins={state.pins} onPin={pin} onClear={() => clear(editor.op, editor.field)} />
      ) : null}
      {rows ? <Operations operations={view.operations} state={state} byModel={view.by === "model"} complete={view.kind === "proposal"} onSkip={(op) => session.happen({ type: "skipped", op })} onEdit={edit} onClear={clear} /> : null}
      {question && !editor ? (
        <Question
          question={question}
          choice={state.choice}
          onTake={(option) => {
            session.happen({ type: "took", option });
            onDone();
          }}
        />
      ) : null}
      {view.answer ? <Answer answer={view.answer} /> : null}
      {view.kind === "refusal" && view.refusal ? (
        <div className="part note" data-tone="warn">
          <span className="gutter">
            <Icon name="alert" />
          </span>
          <p>{view.refusal}</p>
        </div>
      ) : null}
      <ModelNote {...props} />
    </>
  );
}
