import { ipcMain, type IpcMainInvokeEvent, type WebContents } from "electron";
import { notices, requests, type NoticeData, type NoticeName, type RequestFailure, type RequestIn, type RequestName, type RequestOut } from "./contract.ts";

/** One function for each request of the contract. */
export type Handlers = { readonly [N in RequestName]: (input: RequestIn<N>) => Promise<RequestOut<N>> | RequestOut<N> };

export interface ServeOptions {
  readonly handlers: Handlers;
  /** True for the main frame of one of our own pages, on our own address. */
  readonly isOurs: (event: IpcMainInvokeEvent) => boolean;
  /** Told about bugs: a handler that threw or an answer of the wrong shape. Never shown to a page. */
  readonly onBug: (name: string, error: unknown) => void;
}

type Envelope = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: RequestFailure };

const refuse = (code: RequestFailure["code"], message: string): Envelope => ({ ok: false, failure: { code, message } });

/** Answers one request: sender checked, input parsed, answer parsed. Apart from the registration it knows nothing of Electron. */
async function answer<N extends RequestName>(name: N, input: unknown, options: ServeOptions): Promise<Envelope> {
  const parsed = requests[name].in.safeParse(input);
  if (!parsed.success) return refuse("bad-request", `The request ${name} is not of the agreed form.`);
  try {
    const value = await options.handlers[name](parsed.data as RequestIn<N>);
    const checked = requests[name].out.safeParse(value);
    if (checked.success) return { ok: true, value: checked.data };
    options.onBug(name, checked.error);
  } catch (error) {
    options.onBug(name, error);
  }
  return refuse("broken", "Something in Stint broke. Nothing was lost; try again.");
}

/** Opens the app's side of the contract; the returned function closes it. The only user of `ipcMain`. */
export function serve(options: ServeOptions): () => void {
  const names = Object.keys(requests) as RequestName[];
  for (const name of names) {
    ipcMain.handle(name, (event, input: unknown) => {
      if (!options.isOurs(event)) return refuse("not-allowed", "This page may not ask Stint for anything.");
      return answer(name, input, options);
    });
  }
  return () => {
    for (const name of names) ipcMain.removeHandler(name);
  };
}

/** Tells one page something; parsed first, so that a page only ever sees the agreed form. */
export function notify<N extends NoticeName>(page: WebContents, name: N, data: NoticeData<N>): void {
  if (!page.isDestroyed()) page.send(name, notices[name].parse(data));
}
