import { BrowserWindow, nativeTheme, screen, type WebContents } from "electron";
import { placePopup } from "./placement.ts";
import { pagePreferences, pageUrl, type Page } from "./security.ts";

const POPUP_WIDTH = 640;
const POPUP_HEIGHT = 160;

export interface Windows {
  /** Shows the popup on the screen where the pointer is, with the caret in its field. */
  showPopup(): void;
  hidePopup(): void;
  /** What the shortcut does: shows it, or hides it when it is in front. */
  togglePopup(): void;
  resizePopup(height: number): void;
  openPage(page: Exclude<Page, "quick-entry">): void;
  /** Every page that is open, for notices. */
  pages(): readonly WebContents[];
  /** Lets windows really close: the app is ending. */
  release(): void;
}

export interface WindowOptions {
  readonly preload: string;
  readonly icon: string;
  readonly onShown: (page: WebContents) => void;
}

const sizes: Record<Exclude<Page, "quick-entry">, { width: number; height: number; title: string }> = {
  settings: { width: 760, height: 720, title: "Stint settings" },
  models: { width: 760, height: 620, title: "Stint models" },
  history: { width: 760, height: 680, title: "Stint history" },
};

const ground = (): string => (nativeTheme.shouldUseDarkColors ? "#1b1d1f" : "#fbfbfa");

function makePopup({ preload, icon }: WindowOptions): BrowserWindow {
  const popup = new BrowserWindow({
    width: POPUP_WIDTH,
    height: POPUP_HEIGHT,
    show: false,
    frame: false,
    resizable: false,
    maximizable: false,
    minimizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    title: "Stint",
    icon,
    backgroundColor: ground(),
    webPreferences: pagePreferences(preload),
  });
  void popup.loadURL(pageUrl("quick-entry"));
  return popup;
}

/** Makes the popup at once and keeps it, so that the shortcut only has to show it. Other pages are made when they are asked for. */
export function createWindows(options: WindowOptions): Windows {
  const state = { ending: false };
  const popup = makePopup(options);
  const others = new Map<Page, BrowserWindow>();
  popup.on("close", (event) => {
    if (state.ending) return;
    event.preventDefault();
    popup.hide();
  });
  nativeTheme.on("updated", () => popup.setBackgroundColor(ground()));

  const show = (): void => {
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    const [, height = POPUP_HEIGHT] = popup.getSize();
    popup.setBounds(placePopup(workArea, { width: POPUP_WIDTH, height }));
    popup.show();
    popup.focus();
    popup.webContents.focus();
    options.onShown(popup.webContents);
  };

  return {
    showPopup: show,
    hidePopup: () => popup.hide(),
    togglePopup: () => (popup.isVisible() && popup.isFocused() ? popup.hide() : show()),
    resizePopup: (height) => {
      const bounds = popup.getBounds();
      const { workArea } = screen.getDisplayMatching(bounds);
      const fitting = Math.min(height, workArea.y + workArea.height - bounds.y);
      if (fitting !== bounds.height && fitting > 0) popup.setBounds({ ...bounds, width: POPUP_WIDTH, height: fitting });
    },
    openPage: (page) => {
      const open = others.get(page);
      if (open && !open.isDestroyed()) {
        open.show();
        open.focus();
        return;
      }
      const { width, height, title } = sizes[page];
      const window = new BrowserWindow({ width, height, title, icon: options.icon, minWidth: 340, minHeight: 320, autoHideMenuBar: true, backgroundColor: ground(), webPreferences: pagePreferences(options.preload) });
      window.setMenuBarVisibility(false);
      others.set(page, window);
      window.on("closed", () => others.delete(page));
      void window.loadURL(pageUrl(page));
    },
    pages: () => [popup, ...others.values()].filter((window) => !window.isDestroyed()).map((window) => window.webContents),
    release: () => {
      state.ending = true;
    },
  };
}
