import { ipcMain, type IpcMainInvokeEvent, type WebContents } from "electron";
import { answer, refuse, type Handlers } from "./answer.ts";
import { notices, type NoticeData, type NoticeName } from "./contract.ts";
import { requestNames } from "./names.ts";

export interface ServeOptions {
  readonly handlers: Handlers;
  /** True for the main frame of one of our own pages, on our own address. */
  readonly isOurs: (event: IpcMainInvokeEvent) => boolean;
  /** Told about bugs; never shown to a page. */
  readonly onBug: (name: string, error: unknown) => void;
}

/** Opens the app's side of the contract. The only user of `ipcMain`. */
export function serve({ handlers, isOurs, onBug }: ServeOptions): void {
  for (const name of requestNames) {
    ipcMain.handle(name, (event, input: unknown) => (isOurs(event) ? answer(name, input, handlers, onBug) : refuse("not-allowed", "This page may not ask Stint for anything.")));
  }
}

/** Tells one page something; parsed first, so that a page only ever sees the agreed form. */
export function notify<N extends NoticeName>(page: WebContents, name: N, data: NoticeData<N>): void {
  if (!page.isDestroyed()) page.send(name, notices[name].parse(data));
}
