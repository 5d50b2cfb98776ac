import { useState } from "react";
import type { ReactElement } from "react";
import type { AppState, Bridge, ModelRow } from "../../electron/ipc/contract.ts";
import { Said } from "../design/said.tsx";
import { useAppState } from "../design/use-app-state.ts";
import { useSaid } from "../design/use-said.ts";
import { pageWords } from "../design/words.ts";
import { Offers } from "./offers.tsx";
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

interface RowProps {
  readonly row: ModelRow;
  readonly busy: boolean;
  readonly onUse: () => void;
  readonly onRemove: () => void;
}

function Row({ row, busy, onUse, onRemove }: RowProps): ReactElement {
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
          <button type="button" className="quiet" disabled={busy} onClick={() => setAsking(true)}>
            {pageWords.remove}
            <span className="unseen"> {row.name}</span>
          </button>
        </div>
      )}
    </div>
  );
}

/** Whether it fits, how fast it is here, how good it was found to be: as far as the app knows. */
function factsOf({ fit, speed, score }: ModelRow): string {
  return [fit, speed, score].filter(Boolean).join(" · ");
}

function inMemory(app: AppState): boolean {
  return app.models.some((row) => row.id !== "rules" && (row.state === "ready" || row.state === "busy" || row.state === "loading"));
}

/** Which model reads what the rules cannot, and what each of them takes on this computer. */
export function Models({ bridge }: { readonly bridge: Bridge }): ReactElement {
  const app = useAppState(bridge);
  const { said, busy, run } = useSaid();
  // A download takes minutes; it must not keep the rest of the page from being used.
  const fetching = useSaid();
  return (
    <main className="page">
      <h1>{pageWords.models}</h1>
      <p className="intro">{pageWords.modelsIntro}</p>
      <section aria-labelledby="list">
        <h2 id="list">{pageWords.modelsList}</h2>
        {app ? (
          <div className="models" role="radiogroup" aria-labelledby="list">
            {app.models.map((row) => (
              <Row
                key={row.id}
                row={row}
                busy={busy}
                onUse={() => void run(() => bridge.ask("use-model", { id: row.id }))}
                onRemove={() => void run(() => bridge.ask("remove-model", { id: row.id }))}
              />
            ))}
          </div>
        ) : (
          <p className="quietly">{pageWords.loading}</p>
        )}
        {app && app.models.every((row) => row.id === "rules") ? <p className="quietly none">{pageWords.noModels}</p> : null}
        <div className="actions below">
          <button type="button" disabled={busy} onClick={() => void run(() => bridge.ask("add-model"))}>
            {pageWords.addModel}
          </button>
          {app && inMemory(app) ? (
            <button type="button" disabled={busy} onClick={() => void run(() => bridge.ask("unload-model"))}>
              {pageWords.unload}
            </button>
          ) : null}
        </div>
        <Said said={said} />
      </section>
      {app ? (
        <Offers
          offers={app.offers}
          onGet={(id) => void fetching.run(() => bridge.ask("get-model", { id }))}
          onPause={(id) => void run(() => bridge.ask("pause-download", { id }))}
          onDiscard={(id) => void run(() => bridge.ask("discard-download", { id }))}
        />
      ) : null}
      <Said said={fetching.said} />
    </main>
  );
}
