import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { app, protocol, session, type IpcMainInvokeEvent, type WebContents } from "electron";

/** Pages come from our own scheme: they have a real origin, and no page can reach a file of the computer. */
const SCHEME = "stint-app";
const ORIGIN = `${SCHEME}://pages`;

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

export type Page = "quick-entry" | "settings" | "models" | "history";

/** Where a page lives. */
export function pageUrl(page: Page): string {
  return `${ORIGIN}/${page}/index.html`;
}

/** Has to run before the app is ready: schemes cannot be made known later. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Serves the built pages and nothing else. */
export function servePages(folder: string): void {
  const base = normalize(folder + sep);
  protocol.handle(SCHEME, async (request) => {
    const file = normalize(join(base, decodeURIComponent(new URL(request.url).pathname)));
    const type = types[extname(file)];
    if (!file.startsWith(base) || !type || !existsSync(file)) return new Response("Not here.", { status: 404 });
    return new Response(new Uint8Array(await readFile(file)), { headers: { "content-type": type, "content-security-policy": POLICY, "x-content-type-options": "nosniff" } });
  });
}

/** True for a request of the main frame of one of our own pages. */
export function isOurPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(`${ORIGIN}/`);
}

function close(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-navigate", (event) => event.preventDefault());
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
}

/** No page may open, navigate, embed or be granted anything. */
export function lockDown(): void {
  app.on("web-contents-created", (_event, contents) => close(contents));
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
}

/** Web preferences of every window. */
export const pagePreferences = (preload: string) => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
  // The popup waits hidden; throttled timers would make its first paint late.
  backgroundThrottling: false,
});
