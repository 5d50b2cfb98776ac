import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "playwright-core";
import { temporaryHome } from "../support/terminal.ts";

const root = join(import.meta.dirname, "../..");

export const electron = process.env["STINT_TEST_ELECTRON"] ?? "";
/** Why the app cannot be tested here, or undefined when it can. */
export const whyNot = electron === "" ? "no Electron was given (STINT_TEST_ELECTRON); npm test gives one" : process.env["DISPLAY"] ? undefined : "there is no display; npm test starts a virtual one";

export interface Running {
  readonly app: ElectronApplication;
  readonly popup: Page;
  readonly home: string;
  /** Clicks a line of the tray menu by its id. */
  tray(id: string): Promise<void>;
  trayLine(id: string): Promise<{ readonly label: string; readonly enabled: boolean; readonly checked: boolean } | undefined>;
  isShown(): Promise<boolean>;
  close(): Promise<void>;
}

/** Starts the built app on a home folder; Chromium's own sandbox cannot run as root. */
export async function startApp({ home, words = [], env = {} }: { home: string; words?: readonly string[]; env?: Record<string, string> }): Promise<Running> {
  const app = await _electron.launch({
    executablePath: electron,
    args: ["--no-sandbox", root, "--home", home, ...words],
    env: { ...(process.env as Record<string, string>), ...env },
    timeout: 60_000,
  });
  const isPopup = (page: Page): boolean => page.url().includes("/quick-entry/");
  let popup = app.windows().find(isPopup);
  while (!popup) {
    await app.waitForEvent("window", { timeout: 30_000 });
    popup = app.windows().find(isPopup);
  }
  await popup.getByLabel("What did you work on?").waitFor({ state: "attached", timeout: 30_000 });
  return {
    app,
    popup,
    home,
    tray: (id) => app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id),
    trayLine: (id) =>
      app.evaluate(({ Menu }, wanted) => {
        const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
        return item ? { label: item.label, enabled: item.enabled, checked: item.checked } : undefined;
      }, id),
    isShown: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.getTitle() === "Stint" && window.isVisible())),
    close: () => app.close(),
  };
}

export { temporaryHome };

/** Presses keys as a keyboard would, wherever the focus is. */
export function pressKeys(keys: string): void {
  execFileSync("xdotool", ["key", "--clearmodifiers", keys]);
}

/** The title of the window that has the keyboard; empty when none has. */
export function activeWindow(): string {
  const found = spawnSync("xdotool", ["getactivewindow", "getwindowname"], { encoding: "utf8" });
  return found.status === 0 ? found.stdout.trim() : "";
}

/** A window manager: without one X knows no active window, so nothing can be said about focus. */
export function startWindowManager(): ChildProcess {
  return spawn("openbox", ["--sm-disable"], { stdio: "ignore" });
}

/** Waits until `read` gives what is wanted; the last value is in the error when it never does. */
export async function until<T>(read: () => Promise<T> | T, wanted: (value: T) => boolean, ms = 15_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (Date.now() > end) throw new Error(`It never came to that; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
