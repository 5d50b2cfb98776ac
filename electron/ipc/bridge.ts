import { ipcRenderer } from "electron";
import type { Bridge } from "./contract.ts";

// Names are repeated here as plain data: a sandboxed preload is one small file and must not carry the schema library along.
const requestNames: ReadonlySet<string> = new Set([
  "state", "read", "think", "stop-thinking", "commit", "undo", "find-projects", "hide", "resize", "open-page", "stop-timer", "settings",
  "change-settings", "find-accounts", "connect", "disconnect", "use-sample", "add-model", "use-model", "remove-model", "unload-model", "history",
]);
const noticeNames: ReadonlySet<string> = new Set(["state", "shown", "thinking"]);

interface Envelope {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly failure?: { readonly message: string };
}

/** The page's side of the contract: names of the contract only, no way to reach any other channel. The only user of `ipcRenderer`. */
export function createBridge(): Bridge {
  const bridge = {
    ask: async (name: string, input?: unknown): Promise<unknown> => {
      if (!requestNames.has(name)) throw new Error("No such request.");
      const envelope = (await ipcRenderer.invoke(name, input)) as Envelope;
      if (envelope.ok) return envelope.value;
      throw new Error(envelope.failure?.message ?? "Something in Stint broke.");
    },
    on: (name: string, listener: (data: unknown) => void): (() => void) => {
      if (!noticeNames.has(name)) throw new Error("No such notice.");
      const relay = (_event: unknown, data: unknown): void => listener(data);
      ipcRenderer.on(name, relay);
      return () => ipcRenderer.removeListener(name, relay);
    },
  };
  return bridge as Bridge;
}
