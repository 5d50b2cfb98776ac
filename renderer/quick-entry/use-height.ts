import { useEffect } from "react";
import type { RefObject } from "react";
import type { Bridge } from "../../electron/ipc/contract.ts";

const LEAST = 40;
const MOST = 1200;

/** The window is as high as the page: each new height is told to the app, in CSS pixels, once. */
export function useHeight(root: RefObject<HTMLElement | null>, bridge: Bridge): void {
  useEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    let told = 0;
    const observer = new ResizeObserver(() => {
      const height = Math.min(MOST, Math.max(LEAST, Math.ceil(element.getBoundingClientRect().height)));
      if (height === told) return;
      told = height;
      bridge.ask("resize", { height }).catch(() => undefined);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [root, bridge]);
}
