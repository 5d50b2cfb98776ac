import { useEffect, useState } from "react";
import type { ReactElement } from "react";
import type { Bridge, Said, SettingsPatch, SettingsView } from "../../electron/ipc/contract.ts";
import { useAppState } from "../design/use-app-state.ts";
import { pageWords } from "../design/words.ts";
import { Account } from "./account.tsx";
import { Hotkey } from "./hotkey.tsx";
import { ModelServer } from "./model-server.tsx";
import { ReadingSettings } from "./reading.tsx";
import { Shortcuts } from "./shortcuts.tsx";

/** What each part of the page gets: the settings as stored, and the way to change some of them. */
export interface PartProps {
  readonly settings: SettingsView;
  readonly change: (patch: SettingsPatch) => Promise<Said>;
}

/** Everything that can be set; each part is stored as it is changed, and the page then shows what was stored. */
export function Settings({ bridge }: { readonly bridge: Bridge }): ReactElement {
  const app = useAppState(bridge);
  const [settings, setSettings] = useState<SettingsView>();
  const account = app?.account.label;
  // Another account has other projects, so the settings are read again.
  useEffect(() => {
    let wanted = true;
    bridge.ask("settings").then(
      (stored) => {
        if (wanted) setSettings(stored);
      },
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [bridge, account]);
  const change = async (patch: SettingsPatch): Promise<Said> => {
    const said = await bridge.ask("change-settings", patch);
    setSettings(await bridge.ask("settings"));
    return said;
  };
  return (
    <main className="page">
      <h1>{pageWords.settings}</h1>
      <Account bridge={bridge} app={app} />
      {settings ? (
        <>
          <Hotkey settings={settings} change={change} app={app} />
          <ReadingSettings settings={settings} change={change} />
          <ModelServer settings={settings} change={change} />
          <Shortcuts settings={settings} change={change} />
        </>
      ) : (
        <p className="quietly">{pageWords.loading}</p>
      )}
    </main>
  );
}
