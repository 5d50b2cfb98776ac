import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { ReactElement } from "react";
import type { Bridge } from "../../electron/ipc/contract.ts";
import { Live } from "../design/live.tsx";
import { useAppState } from "../design/use-app-state.ts";
import { words } from "../design/words.ts";
import { Empty } from "./empty.tsx";
import { Field } from "./field.tsx";
import { Footer } from "./footer.tsx";
import { fieldKey, pageKey } from "./keys.ts";
import type { KeyContext } from "./keys.ts";
import { OutcomeNote } from "./outcome.tsx";
import { announcementOf, hasModel } from "./phase.ts";
import { Reading } from "./reading.tsx";
import { createSession } from "./session.ts";
import { useHeight } from "./use-height.ts";
import { Why } from "./why.tsx";

/** Keys are heard on the document, so that they work wherever the focus is. */
function useKeys(field: React.RefObject<HTMLTextAreaElement | null>, context: KeyContext): void {
  const latest = useRef(context);
  useEffect(() => {
    latest.current = context;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const area = field.current;
      const used = (area && event.target === area && fieldKey(event, area, latest.current)) || pageKey(event, latest.current);
      if (used) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [field]);
}

/** The popup: one sentence in, what it means below it, one key to save. */
export function QuickEntry({ bridge }: { readonly bridge: Bridge }): ReactElement {
  const session = useMemo(() => createSession(bridge), [bridge]);
  const state = useSyncExternalStore(session.watch, session.state);
  const app = useAppState(bridge);
  const field = useRef<HTMLTextAreaElement>(null);
  const root = useRef<HTMLElement>(null);
  const [why, setWhy] = useState(false);
  const focusField = useCallback(() => field.current?.focus(), []);
  useEffect(() => session.connect(), [session]);
  useEffect(() => {
    focusField();
    return bridge.on("shown", focusField);
  }, [bridge, focusField]);
  // A control that had the focus may go with the reading it belonged to; writing goes on in the field then.
  useEffect(() => {
    if (document.activeElement === document.body) focusField();
  }, [state, focusField]);
  useHeight(root, bridge);
  const toggleWhy = (): void => setWhy((open) => !open);
  useKeys(field, { session, bridge, app, focusField, toggleWhy });

  const { view, outcome } = state;
  const reasons = state.text !== "" && view ? view.because : [];
  const model = hasModel(app);
  const setText = (text: string): void => {
    session.happen({ type: "typed", text });
    focusField();
  };
  const undo = (batch: string): void => {
    session.happen({ type: "undo", batch });
    focusField();
  };
  const finish = (batch: string): void => {
    session.happen({ type: "finish", batch });
    focusField();
  };
  const stopTimer = (): void => {
    bridge.ask("stop-timer").then(
      (said) => session.happen({ type: "said", said }),
      () => session.happen({ type: "said", said: { ok: false, message: words.broke } }),
    );
    focusField();
  };
  const remember = (yes: boolean): void => {
    session.happen({ type: "remember", yes });
    focusField();
  };
  const another = (): void => {
    session.happen({ type: "another" });
    focusField();
  };
  return (
    <main ref={root} aria-label={words.quickEntry}>
      <h1 className="unseen">{words.quickEntry}</h1>
      <Field state={state} sample={app?.account.kind === "sample"} fieldRef={field} onText={(text) => session.happen({ type: "typed", text })} />
      {state.work.kind === "none" ? null : <progress aria-label={words.thinkingSpoken} />}
      {outcome ? <OutcomeNote outcome={outcome} onUndo={undo} onFinish={finish} onAnother={another} onRemember={remember} /> : null}
      {state.text !== "" && view ? <Reading view={view} state={state} session={session} bridge={bridge} model={model} onDone={focusField} /> : null}
      {state.text === "" && outcome?.kind !== "saved" && app ? <Empty app={app} onText={setText} onUndo={undo} onStop={stopTimer} /> : null}
      {why && reasons.length > 0 ? <Why because={reasons} /> : null}
      <Footer
        state={state}
        app={app}
        onEnter={() => {
          session.happen({ type: "enter", stay: false, model });
          focusField();
        }}
        onEscape={() => {
          session.happen({ type: "escaped" });
          focusField();
        }}
        why={reasons.length > 0 ? { open: why, toggle: toggleWhy } : undefined}
        onSettings={() => void bridge.ask("open-page", { page: "settings" })}
      />
      <Live say={announcementOf(state)} />
    </main>
  );
}
