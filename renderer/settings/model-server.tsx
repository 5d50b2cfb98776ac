import { useState } from "react";
import type { ReactElement } from "react";
import { Said } from "../design/said.tsx";
import { useSaid } from "../design/use-said.ts";
import { pageWords } from "../design/words.ts";
import type { PartProps } from "./settings.tsx";

/** A model server of one's own: off until an address is given; what it means is said as soon as it is kept. */
export function ModelServer({ settings, change }: PartProps): ReactElement {
  const { server } = settings;
  const saying = useSaid();
  const [address, setAddress] = useState(server?.address ?? "");
  const [model, setModel] = useState(server?.model ?? "");
  const [allowNetwork, setAllowNetwork] = useState(server?.allowNetwork ?? false);
  return (
    <section aria-labelledby="server">
      <h2 id="server">{pageWords.server}</h2>
      <p className="quietly">{pageWords.serverHint}</p>
      <form
        className="stack server"
        onSubmit={(event) => {
          event.preventDefault();
          void saying.run(() => change({ server: { address: address.trim(), model: model.trim(), allowNetwork } }));
        }}
      >
        <div className="pair">
          <label htmlFor="server-address">{pageWords.serverAddress}</label>
          <input id="server-address" type="text" value={address} placeholder="http://localhost:8080" spellCheck={false} onChange={(event) => setAddress(event.target.value)} />
        </div>
        <div className="pair">
          <label htmlFor="server-model">{pageWords.serverModel}</label>
          <input id="server-model" type="text" value={model} spellCheck={false} onChange={(event) => setModel(event.target.value)} />
        </div>
        <label className="check">
          <input type="checkbox" checked={allowNetwork} onChange={(event) => setAllowNetwork(event.target.checked)} /> {pageWords.serverNetwork}
        </label>
        <div className="actions offset">
          <button type="submit" disabled={address.trim() === ""}>
            {pageWords.serverUse}
          </button>
          {server ? (
            <button type="button" onClick={() => void saying.run(() => change({ server: null }))}>
              {pageWords.serverRemove}
            </button>
          ) : null}
        </div>
        <Said said={saying.said} />
      </form>
    </section>
  );
}
