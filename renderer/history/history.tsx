import { useCallback, useEffect, useState } from "react";
import type { ReactElement } from "react";
import type { Bridge, RequestOut } from "../../electron/ipc/contract.ts";
import { Said } from "../design/said.tsx";
import { useSaid } from "../design/use-said.ts";
import { pageWords } from "../design/words.ts";
import { whenWords } from "./when.ts";

type HistoryRow = RequestOut<"history">[number];

const tones: Record<HistoryRow["state"], "ok" | "warn" | "bad" | "plain"> = { saved: "ok", waiting: "warn", undone: "plain", refused: "bad", "needs you": "warn" };

function Row({ row, busy, onUndo, onFinish }: { readonly row: HistoryRow; readonly busy: boolean; readonly onUndo: () => void; readonly onFinish: () => void }): ReactElement {
  return (
    <li className="entry" data-state={row.state}>
      <time dateTime={row.at}>{whenWords(row.at)}</time>
      <div className="told">
        <p>{row.text}</p>
        <p className="quietly">“{row.sentence}”</p>
      </div>
      <span className="tag" data-tone={tones[row.state]}>
        {pageWords.historyStates[row.state]}
      </span>
      <span className="do">
        {row.finishable ? (
          <button type="button" disabled={busy} onClick={onFinish}>
            {pageWords.finishRest}
            <span className="unseen"> {row.text}</span>
          </button>
        ) : null}
        {row.undoable ? (
          <button type="button" disabled={busy} onClick={onUndo}>
            {pageWords.undo}
            <span className="unseen"> {row.text}</span>
          </button>
        ) : null}
      </span>
    </li>
  );
}

/** What was saved from this computer, newest first, each with its undo while that is possible. */
export function History({ bridge }: { readonly bridge: Bridge }): ReactElement {
  const [rows, setRows] = useState<readonly HistoryRow[]>();
  const saying = useSaid();
  const refresh = useCallback(() => {
    bridge.ask("history").then(setRows, () => setRows((old) => old ?? []));
  }, [bridge]);
  useEffect(() => {
    refresh();
    return bridge.on("state", refresh);
  }, [bridge, refresh]);
  const undo = async (batch: string): Promise<void> => {
    await saying.run(() => bridge.ask("undo", { batch }));
    refresh();
  };
  const finish = async (batch: string): Promise<void> => {
    await saying.run(() => bridge.ask("finish", { batch }));
    refresh();
  };
  return (
    <main className="page">
      <h1>{pageWords.history}</h1>
      <p className="intro">{rows?.length === 0 ? pageWords.noHistory : pageWords.historyIntro}</p>
      <Said said={saying.said} />
      <ul className="entries" aria-label={pageWords.history}>
        {rows?.map((row) => (
          <Row key={row.batch} row={row} busy={saying.busy} onUndo={() => void undo(row.batch)} onFinish={() => void finish(row.batch)} />
        ))}
      </ul>
    </main>
  );
}
