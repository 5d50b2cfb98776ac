import type { ReactElement } from "react";
import type { Receipt } from "../../electron/ipc/contract.ts";
import { words } from "../design/words.ts";
import { Icon } from "../design/icons.tsx";
import type { IconName } from "../design/icons.tsx";
import type { Conversation } from "./conversation.ts";

interface OutcomeProps {
  readonly outcome: NonNullable<Conversation["outcome"]>;
  readonly onUndo: (batch: string) => void;
  readonly onFinish: (batch: string) => void;
  readonly onAnother: () => void;
  readonly onRemember: (yes: boolean) => void;
}

function Note({ tone, icon, alert, children }: { readonly tone: "ok" | "warn" | "bad"; readonly icon?: IconName; readonly alert?: boolean; readonly children: ReactElement | string }): ReactElement {
  return (
    <div className="part note" data-tone={tone}>
      <span className="gutter">
        {icon ? <Icon name={icon} /> : null}
      </span>
      <p role={alert ? "alert" : undefined}>{children}</p>
    </div>
  );
}

/** Words that the user gave a project by hand: they may be a shortcut from now on, and only when the user says so. */
function Offer({ offer, onRemember }: { readonly offer: NonNullable<Receipt["remember"]>; readonly onRemember: (yes: boolean) => void }): ReactElement {
  return (
    <div className="part note">
      <span className="gutter" />
      <p>{words.rememberOffer(offer.name, offer.place)}</p>
      <div className="actions">
        <button type="button" onClick={() => onRemember(true)}>
          {words.remember} <kbd aria-hidden="true">Ctrl R</kbd>
        </button>
        <button type="button" onClick={() => onRemember(false)}>
          {words.dontRemember}
        </button>
      </div>
    </div>
  );
}

/** What came of it: a receipt with Undo, a kept entry, or why nothing was written. */
export function OutcomeNote({ outcome, onUndo, onFinish, onAnother, onRemember }: OutcomeProps): ReactElement {
  switch (outcome.kind) {
    case "saved": {
      const { receipt, remembered } = outcome;
      const note = (
        <div className="part note" data-tone={receipt.queued ? "warn" : "ok"}>
          <span className="gutter" />
          <p>{receipt.text}</p>
          <div className="actions">
            <button type="button" onClick={() => onUndo(receipt.batch)}>
              {words.undo} <kbd aria-hidden="true">Ctrl Z</kbd>
            </button>
            <button type="button" onClick={onAnother}>
              {words.addAnother}
            </button>
          </div>
        </div>
      );
      if (!receipt.remember) return note;
      return (
        <>
          {note}
          {remembered ? <Note tone={remembered.ok ? "ok" : "bad"}>{remembered.message}</Note> : <Offer offer={receipt.remember} onRemember={onRemember} />}
        </>
      );
    }
    case "undone":
    case "said":
      return (
        <Note tone="ok">
          {outcome.message}
        </Note>
      );
    case "failed": {
      const { batch } = outcome;
      if (batch !== undefined) {
        return (
          <div className="part note" data-tone="bad">
            <span className="gutter" />
            <p role="alert">{outcome.message}</p>
            <div className="actions">
              <button type="button" onClick={() => onFinish(batch)}>
                {words.finish} <kbd aria-hidden="true">Enter</kbd>
              </button>
              <button type="button" onClick={() => onUndo(batch)}>
                {words.undoPart}
              </button>
            </div>
          </div>
        );
      }
      return (
        <Note tone="bad" alert>
          {outcome.message}
        </Note>
      );
    }
    case "changed":
      return (
        <Note tone="warn" icon="alert">
          {words.changed}
        </Note>
      );
  }
}
