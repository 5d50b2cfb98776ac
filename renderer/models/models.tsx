import type { ReactElement } from "react";
import type { AppState, Bridge } from "../../electron/ipc/contract.ts";
import { Said } from "../design/said.tsx";
import { useAppState } from "../design/use-app-state.ts";
import { useSaid } from "../design/use-said.ts";
import { pageWords } from "../design/words.ts";
import { Offers } from "./offers.tsx";
import { isMeasurable, Row } from "./row.tsx";

function inMemory(app: AppState): boolean {
  return app.models.some((row) => row.id !== "rules" && (row.state === "ready" || row.state === "busy" || row.state === "loading"));
}

/** Which model reads what the rules cannot, and what each of them takes on this computer. */
export function Models({ bridge }: { readonly bridge: Bridge }): ReactElement {
  const app = useAppState(bridge);
  const { said, busy, run } = useSaid();
  // A download or a measurement takes minutes; it must not keep the rest of the page from being used.
  const fetching = useSaid();
  const measured = useSaid();
  // Where this page began the measurement, its end is told by that; the page may also have been opened since.
  const stopMeasuring = (): void => void (measured.busy ? bridge.ask("stop-measuring").catch(() => undefined) : run(() => bridge.ask("stop-measuring")));
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
                measuring={app.measuring}
                onMeasure={() => void measured.run(() => bridge.ask("measure-model", { id: row.id }))}
                onStop={stopMeasuring}
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
        {app?.models.some(isMeasurable) ? <p className="quietly">{pageWords.measureHint}</p> : null}
        <Said said={said} />
        <Said said={measured.said} />
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
