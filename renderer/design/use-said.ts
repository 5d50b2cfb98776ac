import { useState } from "react";
import type { Said } from "../../electron/ipc/contract.ts";
import { pageWords } from "./words.ts";

/** The last answer of the app, and whether one is under way. */
export interface Saying {
  readonly said: Said | undefined;
  readonly busy: boolean;
  /** Asks and keeps what was said; `true` when it was done. A request that breaks is said, not thrown. */
  readonly run: (ask: () => Promise<Said>) => Promise<boolean>;
  readonly clear: () => void;
}

/** One place of a page that asks the app for something and shows its one sentence. */
export function useSaid(): Saying {
  const [said, setSaid] = useState<Said>();
  const [busy, setBusy] = useState(false);
  const run = async (ask: () => Promise<Said>): Promise<boolean> => {
    setBusy(true);
    const answer = await ask().catch((): Said => ({ ok: false, message: pageWords.broke }));
    setSaid(answer);
    setBusy(false);
    return answer.ok;
  };
  return { said, busy, run, clear: () => setSaid(undefined) };
}
