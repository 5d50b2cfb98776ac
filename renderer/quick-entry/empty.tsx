import type { ReactElement } from "react";
import type { AppState } from "../../electron/ipc/contract.ts";
import { Icon } from "../design/icons.tsx";
import { words } from "../design/words.ts";

const SHOWN_RECENT = 3;

interface EmptyProps {
  readonly app: AppState;
  readonly onText: (text: string) => void;
  readonly onUndo: (batch: string) => void;
  readonly onStop: () => void;
}

function Sentences({ title, rows, onText }: { readonly title: string; readonly rows: readonly string[]; readonly onText: (text: string) => void }): ReactElement {
  return (
    <div className="sentences">
      <h2>{title}</h2>
      <ul>
        {rows.map((row) => (
          <li key={row}>
            <button type="button" className="sentence" onClick={() => onText(row)}>
              {row}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Notices({ app }: { readonly app: AppState }): ReactElement | null {
  const notices = [...(!app.hotkey.registered && app.hotkey.message ? [app.hotkey.message] : []), ...app.notices];
  if (notices.length === 0) return null;
  return (
    <ul className="part notices" aria-label={words.notices}>
      {notices.map((notice) => (
        <li key={notice} className="note" data-tone="warn">
          <span className="gutter">
            <Icon name="alert" />
          </span>
          <p>{notice}</p>
        </li>
      ))}
    </ul>
  );
}

/** Before the first letter: what runs, what was saved last, and sentences to begin with. */
export function Empty({ app, onText, onUndo, onStop }: EmptyProps): ReactElement {
  const { running, lastSaved } = app;
  const first = app.recent.length === 0 && !lastSaved;
  return (
    <>
      <Notices app={app} />
      {running || lastSaved ? (
        <div className="part now">
          {running ? (
            <div className="fact" data-kind="running">
              <span className="gutter">
                <Icon name="start" />
              </span>
              <p>
                <small>{words.running} </small>
                <span>{running.text}</span>
              </p>
              <button type="button" onClick={onStop} aria-label={words.stopTimer}>
                {words.stop}
              </button>
            </div>
          ) : null}
          {lastSaved ? (
            <div className="fact">
              <span className="gutter">
                <Icon name="done" />
              </span>
              <p>
                <small>{words.lastSaved} </small>
                <span>{lastSaved.text}</span>
              </p>
              <button type="button" onClick={() => onUndo(lastSaved.batch)}>
                {words.undo}
              </button>
            </div>
          ) : null}
        </div>
      ) : null}
      {first || app.recent.length > 0 ? (
        <div className="part">
          <Sentences title={first ? words.examples : words.recent} rows={first ? words.exampleSentences : [...new Set(app.recent)].slice(0, SHOWN_RECENT)} onText={onText} />
        </div>
      ) : null}
    </>
  );
}
