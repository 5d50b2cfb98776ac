import { useEffect, useState } from "react";
import type { AppState, Bridge } from "../../electron/ipc/contract.ts";

/** The app's state as last told; undefined until the first answer. A failed first ask is mended by the next notice. */
export function useAppState(bridge: Bridge): AppState | undefined {
  const [app, setApp] = useState<AppState>();
  useEffect(() => {
    let told = false;
    const stop = bridge.on("state", (next) => {
      told = true;
      setApp(next);
    });
    bridge.ask("state").then(
      (first) => {
        if (!told) setApp(first);
      },
      () => undefined,
    );
    return stop;
  }, [bridge]);
  return app;
}
