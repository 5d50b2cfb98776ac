import type { ReactElement } from "react";
import type { AppState } from "../../electron/ipc/contract.ts";
import { words } from "../design/words.ts";
import { openQuestion } from "./conversation.ts";
import type { Conversation } from "./conversation.ts";
import { enterWord, phaseOf, statusOf } from "./phase.ts";

interface FooterProps {
  readonly state: Conversation;
  readonly app: AppState | undefined;
  readonly onEnter: () => void;
  readonly onEscape: () => void;
  readonly onSettings: () => void;
  /** The reading has reasons to show; undefined when it has none. */
  readonly why: { readonly open: boolean; readonly toggle: () => void } | undefined;
}

function escapeWord(state: Conversation): string {
  if (state.work.kind === "thinking") return words.stop;
  return state.editor || openQuestion(state) || state.armed ? words.back : words.close;
}

/** Keys that have no button of their own nearby. */
function hintOf(state: Conversation, app: AppState | undefined): { readonly key: string; readonly word: string } | undefined {
  const phase = phaseOf(state);
  if (state.editor) return undefined;
  if (phase === "question" && (openQuestion(state)?.options.length ?? 0) > 1) return { key: "↑↓", word: words.choose };
  if (phase === "preview" && !state.armed && (state.view?.operations.length ?? 0) > 1) return { key: "Space", word: words.leaveOut };
  if (phase === "empty" && (app?.recent.length ?? 0) > 0) return { key: "↑", word: words.earlier };
  if (phase === "typing" && state.view?.operations.some((operation) => operation.chips.length > 0)) return { key: "↓", word: words.edit };
  return undefined;
}

/** State on the left, keys on the right; each key is a button too. The first one is what Enter does. */
export function Footer({ state, app, onEnter, onEscape, onSettings, why }: FooterProps): ReactElement {
  const enter = enterWord(state, app);
  const hint = hintOf(state, app);
  const phase = phaseOf(state);
  return (
    <footer>
      <div className="status">
        <p id="status">{statusOf(state, app)}</p>
        {why ? (
          <button type="button" className="key why-key" aria-expanded={why.open} aria-controls={why.open ? "because" : undefined} title="F1" onClick={why.toggle}>
            {words.why}
          </button>
        ) : null}
      </div>
      <div className="keys">
        {hint ? (
          <span className="key" aria-hidden="true">
            {hint.word} <kbd>{hint.key}</kbd>
          </span>
        ) : null}
        {phase === "empty" ? (
          <button type="button" className="key" onClick={onSettings}>
            {words.settings} <kbd aria-hidden="true">Ctrl ,</kbd>
          </button>
        ) : null}
        <button type="button" className="key" onClick={onEscape}>
          {escapeWord(state)} <kbd aria-hidden="true">Esc</kbd>
        </button>
        {enter ? (
          <button type="button" className="key primary" data-armed={state.armed} onClick={onEnter}>
            {enter} <kbd aria-hidden="true">Enter</kbd>
          </button>
        ) : null}
      </div>
    </footer>
  );
}
