import type { Bridge } from "../../electron/ipc/contract.ts";

declare global {
  interface Window {
    /** What the preload script puts there; tests ask through it as a page would. */
    readonly stint?: Bridge;
  }
}
