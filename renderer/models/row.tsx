import { useState } from "react";
import type { ReactElement } from "react";
import type { AppState, ModelRow } from "../../electron/ipc/contract.ts";
import { pageWords } from "../design/words.ts";
import { sizeWords } from "./size-words.ts";

const tones: Record<ModelRow["state"], "ok" | "warn" | "bad" | "accent" | "plain"> = {
  installed: "plain",
  loading: "accent",
  ready: "ok",
  busy: "accent",
  unloading: "accent",
  failed: "bad",
  missing: "warn",
};

/** Only a model whose file is here can be measured: neither the rules nor a model server. */
export const isMeasurable = ({ bytes, state }: ModelRow): boolean => bytes !== undefined && state !== "missing";

export interface RowProps {
  readonly row: ModelRow;
  readonly busy: boolean;
  readonly onUse: () => void;
  readonly onRemove: () => void;
  /** The run that is going on, whichever model it is of. */
  readonly measuring: AppState["measuring"];
  readonly onMeasure: () => void;
  readonly onStop: () => void;
}

/** How far the measurement of one model is, and the way to end it. */
function Measuring({ name, measuring, onStop }: { readonly name: string; readonly measuring: NonNullable<AppState["measuring"]>; readonly onStop: () => void }): ReactElement {
  return (
    <div className="measuring" role="group" aria-label={pageWords.measuring(name)}>
      <progress aria-label={pageWords.measuring(name)} max={Math.max(1, measuring.total)} value={measuring.done} />
      <span className="quietly">{pageWords.measured(measuring.text)}</span>
      <button type="button" className="quiet" onClick={onStop}>
        {pageWords.stopMeasuring}
        <span className="unseen"> {name}</span>
      </button>
    </div>
  );
}

/** One model of this computer: its state, what is known of it, and what can be done with it. */
export function Row({ row, busy, onUse, onRemove, measuring, onMeasure, onStop }: RowProps): ReactElement {
  const [asking, setAsking] = useState(false);
  const rules = row.id === "rules";
  const id = `model-${row.id}`;
  return (
    <div className="model" data-chosen={row.chosen}>
      <input type="radio" name="model" id={id} checked={row.chosen} disabled={busy || row.state === "missing"} aria-describedby={`${id}-about`} onChange={onUse} />
      <label htmlFor={id}>{row.name}</label>
      {rules ? <span /> : <span className="tag" data-tone={tones[row.state]}>{pageWords.modelStates[row.state]}</span>}
      <p id={`${id}-about`} className="quietly">
        {rules ? pageWords.rulesDetail : [row.bytes === undefined ? "" : sizeWords(row.bytes), row.detail].filter(Boolean).join(" · ")}
      </p>
      {rules || !factsOf(row) ? null : <p className="quietly facts">{factsOf(row)}</p>}
      {rules ? null : asking ? (
        <div className="actions" role="group" aria-label={pageWords.reallyRemove(row.name)}>
          <span className="quietly">{pageWords.reallyRemove(row.name)}</span>
          <button type="button" className="danger" onClick={onRemove}>
            {pageWords.remove}
          </button>
          <button type="button" autoFocus onClick={() => setAsking(false)}>
            {pageWords.keep}
          </button>
        </div>
      ) : (
        <div className="actions">
          {!isMeasurable(row) || measuring?.model === row.id ? null : (
            <button type="button" className="quiet" disabled={busy || measuring !== undefined} onClick={onMeasure}>
              {pageWords.measure}
              <span className="unseen"> {row.name}</span>
            </button>
          )}
          <button type="button" className="quiet" disabled={busy} onClick={() => setAsking(true)}>
            {pageWords.remove}
            <span className="unseen"> {row.name}</span>
          </button>
        </div>
      )}
      {measuring?.model === row.id ? <Measuring name={row.name} measuring={measuring} onStop={onStop} /> : null}
    </div>
  );
}

/** Whether it fits, how fast it is here, how good it was found to be: as far as the app knows. */
function factsOf({ fit, speed, score }: ModelRow): string {
  return [fit, speed, score].filter(Boolean).join(" · ");
}
