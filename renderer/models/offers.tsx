import type { ReactElement } from "react";
import type { AppState } from "../../electron/ipc/contract.ts";
import { pageWords } from "../design/words.ts";
import { sizeWords } from "./size-words.ts";

type ModelOffer = AppState["offers"][number];

const tones: Record<ModelOffer["state"], "ok" | "warn" | "bad" | "accent" | "plain"> = { installed: "ok", available: "plain", downloading: "accent", paused: "warn", failed: "bad" };

interface OfferProps {
  readonly offer: ModelOffer;
  readonly onGet: () => void;
  readonly onPause: () => void;
  readonly onDiscard: () => void;
}

/** One model that can be fetched: what it is, what it would take here, and how far it has come. */
function Offer({ offer, onGet, onPause, onDiscard }: OfferProps): ReactElement {
  const { name, state, recommended, fits } = offer;
  const words = pageWords.offerStates[state];
  const named = <span className="unseen"> {name}</span>;
  return (
    <li className="model" data-fits={fits}>
      <h3>{name}</h3>
      {words ? (
        <span className="tag" data-tone={tones[state]}>
          {words}
        </span>
      ) : recommended ? (
        <span className="tag" data-tone="ok">
          {pageWords.recommended}
        </span>
      ) : (
        <span />
      )}
      <p className="quietly">{[sizeWords(offer.bytes), offer.licence, offer.note].filter(Boolean).join(" · ")}</p>
      <p className="quietly facts">{[offer.fit, offer.detail].filter(Boolean).join(" ")}</p>
      <div className="actions">
        {state === "paused" ? (
          <button type="button" className="quiet" onClick={onDiscard}>
            {pageWords.discard}
            {named}
          </button>
        ) : null}
        {state === "downloading" ? (
          <button type="button" className="quiet" onClick={onPause}>
            {pageWords.pause}
            {named}
          </button>
        ) : (
          <button type="button" className="quiet" onClick={onGet}>
            {state === "paused" ? pageWords.goOn : pageWords.getModel}
            {named}
          </button>
        )}
      </div>
    </li>
  );
}

export interface OffersProps {
  readonly offers: readonly ModelOffer[];
  readonly onGet: (id: string) => void;
  readonly onPause: (id: string) => void;
  readonly onDiscard: (id: string) => void;
}

/** The models that are not on this computer, best first. */
export function Offers({ offers, onGet, onPause, onDiscard }: OffersProps): ReactElement | null {
  const open = offers.filter(({ installed }) => !installed);
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="offers">
      <h2 id="offers">{pageWords.offersList}</h2>
      <p className="quietly">{pageWords.offersIntro}</p>
      <ul className="models offers">
        {open.map((offer) => (
          <Offer key={offer.id} offer={offer} onGet={() => onGet(offer.id)} onPause={() => onPause(offer.id)} onDiscard={() => onDiscard(offer.id)} />
        ))}
      </ul>
    </section>
  );
}
