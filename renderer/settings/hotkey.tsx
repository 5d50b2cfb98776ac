import { useState } from "react";
import type { KeyboardEvent, ReactElement } from "react";
import type { AppState } from "../../electron/ipc/contract.ts";
import { Said } from "../design/said.tsx";
import { useSaid } from "../design/use-said.ts";
import { pageWords } from "../design/words.ts";
import { acceleratorOf } from "./accelerator.ts";
import type { PartProps } from "./settings.tsx";

/** The keys that open quick entry, recorded by pressing them. */
export function Hotkey({ settings, app, change }: PartProps & { readonly app: AppState | undefined }): ReactElement {
  const [recording, setRecording] = useState(false);
  const saying = useSaid();
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>): void => {
    if (!recording) return;
    const plainTab = event.code === "Tab" && !event.ctrlKey && !event.altKey;
    if (plainTab) return;
    event.preventDefault();
    event.stopPropagation();
    const hotkey = acceleratorOf(event);
    if (event.key === "Escape" || hotkey !== undefined) setRecording(false);
    if (event.key !== "Escape" && hotkey !== undefined) void saying.run(() => change({ hotkey }));
  };
  const problem = app && !app.hotkey.registered ? app.hotkey.message : undefined;
  return (
    <section aria-labelledby="hotkey">
      <h2 id="hotkey">{pageWords.hotkey}</h2>
      <div className="stack">
        <div className="actions keys-now">
          <span className="combo">
            {settings.hotkey.split("+").map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </span>
          <button type="button" aria-pressed={recording} aria-describedby="hotkey-hint" onClick={() => setRecording(!recording)} onBlur={() => setRecording(false)} onKeyDown={onKeyDown}>
            {recording ? pageWords.recording : pageWords.record}
          </button>
        </div>
        <p id="hotkey-hint" className="quietly">
          {pageWords.recordHint}
        </p>
        {problem ? (
          <p className="said" data-ok="false">
            {problem}
          </p>
        ) : null}
        <Said said={saying.said} />
      </div>
    </section>
  );
}
