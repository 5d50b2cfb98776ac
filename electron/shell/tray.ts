import { Menu, Tray, nativeImage, type MenuItemConstructorOptions } from "electron";
import type { AppState } from "../ipc/contract.ts";
import { trayMenu, type TrayActions, type TrayItem } from "./tray-menu.ts";

export interface StintTray {
  show(state: AppState): void;
  close(): void;
}

const template = (items: readonly TrayItem[]): MenuItemConstructorOptions[] =>
  items.map(({ submenu, ...item }) => ({ ...item, ...(submenu ? { submenu: template(submenu) } : {}) }));

/** The tray icon and its menu. The same menu is the windows' menu, so that it can be reached where a desktop has no tray. */
export function createTray(icon: string, actions: TrayActions): StintTray {
  const tray = new Tray(nativeImage.createFromPath(icon));
  // On Linux a click is whatever the desktop calls activation, or nothing: the menu's first line does the same.
  tray.on("click", actions.quickEntry);
  return {
    show: (state) => {
      const menu = Menu.buildFromTemplate(template(trayMenu(state, actions)));
      // Linux trays take a changed menu only when it is set again.
      tray.setContextMenu(menu);
      Menu.setApplicationMenu(menu);
      const { hours } = state.today;
      tray.setToolTip(state.running ? `Stint: ${state.running.text}` : `Stint: ${hours === 0 ? "nothing logged today" : state.today.text}`);
    },
    close: () => tray.destroy(),
  };
}
