import type { ReactElement } from "react";
import type { AppState, Bridge } from "../../electron/ipc/contract.ts";
import { Said } from "../design/said.tsx";
import { useSaid } from "../design/use-said.ts";
import { pageWords } from "../design/words.ts";
import { Connect } from "./connect.tsx";

/** Which account entries go to, and the way to another one. */
export function Account({ bridge, app }: { readonly bridge: Bridge; readonly app: AppState | undefined }): ReactElement {
  const saying = useSaid();
  const account = app?.account;
  return (
    <section aria-labelledby="account">
      <h2 id="account">{pageWords.account}</h2>
      {account?.kind === "harvest" ? (
        <div className="stack">
          <p>{pageWords.connected(account.label)}</p>
          {account.keychain === "ok" ? null : <p className="quietly">{pageWords.sessionOnly}</p>}
          <div className="actions">
            <button type="button" disabled={saying.busy} onClick={() => void saying.run(() => bridge.ask("disconnect"))}>
              {pageWords.disconnect}
            </button>
            <button type="button" disabled={saying.busy} onClick={() => void saying.run(() => bridge.ask("use-sample"))}>
              {pageWords.useSample}
            </button>
          </div>
          <p className="quietly">{pageWords.disconnectHint}</p>
        </div>
      ) : null}
      {account?.kind === "sample" ? (
        <div className="stack">
          <p className="quietly">{pageWords.onSample}</p>
          <Connect bridge={bridge} keychain={account.keychain} saying={saying} />
        </div>
      ) : null}
      <Said said={saying.said} />
    </section>
  );
}
