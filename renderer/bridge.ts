import type { Bridge } from "../electron/ipc/contract.ts";

declare global {
  interface Window {
    /** Put there by the preload script; absent in a plain browser. */
    readonly stint?: Bridge;
  }
}

/**
 * The page's only door to the app. In development a plain browser may open a page with `?fake=STATE` instead;
 * the product bundle holds no trace of that and refuses to run without the app.
 */
export async function openBridge(): Promise<Bridge> {
  if (window.stint) return window.stint;
  if (import.meta.env.DEV) {
    const wanted = new URLSearchParams(window.location.search).get("fake");
    if (wanted !== null) {
      const { fakeState } = await import("./fake-states.ts");
      return fakeState(wanted);
    }
  }
  throw new Error("This page only works inside the app");
}
