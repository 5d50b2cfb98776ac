import { ipcRenderer } from "electron";
import type { Bridge } from "./contract.ts";
import { noticeNames, requestNames } from "./names.ts";

const requests: ReadonlySet<string> = new Set(requestNames);
const notices: ReadonlySet<string> = new Set(noticeNames);

interface Envelope {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly failure?: { readonly message: string };
}

/** The page's side of the contract: names of the contract only, no way to reach any other channel. The only user of `ipcRenderer`. */
export function createBridge(): Bridge {
  const bridge = {
    ask: async (name: string, input?: unknown): Promise<unknown> => {
      if (!requests.has(name)) throw new Error("No such request.");
      const envelope = (await ipcRenderer.invoke(name, input)) as Envelope;
      if (envelope.ok) return envelope.value;
      throw new Error(envelope.failure?.message ?? "Something in Stint broke.");
    },
    on: (name: string, listener: (data: unknown) => void): (() => void) => {
      if (!notices.has(name)) throw new Error("No such notice.");
      const relay = (_event: unknown, data: unknown): void => listener(data);
      ipcRenderer.on(name, relay);
      return () => ipcRenderer.removeListener(name, relay);
    },
  };
  return bridge as Bridge;
}
