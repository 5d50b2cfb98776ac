import { app, dialog } from "electron";
import { join } from "node:path";
import { engineEnvironment } from "./engine/environment.ts";
import { appState } from "./app/app-state.ts";
import { builtFiles } from "./app/files.ts";
import { backendsOf, createFoundation, type Foundation } from "./app/foundation.ts";
import { gathered } from "./app/gathered.ts";
import { createHandlers, type ShellActions } from "./app/handlers.ts";
import { readEnvironment } from "./account/environment.ts";
import type { Handlers } from "./ipc/answer.ts";
import type { AppState } from "./ipc/contract.ts";
import { notify, serve } from "./ipc/serve.ts";
import { createHotkey, type Hotkey } from "./shell/hotkey.ts";
import { declareScheme, isOurPage, lockDown, servePages } from "./shell/security.ts";
import { createTray, type StintTray } from "./shell/tray.ts";
import { utilityChild } from "./shell/utility-child.ts";
import { createWindows, type Windows } from "./shell/windows.ts";

const RETRY_MS = 30_000;
const files = builtFiles(import.meta.url);
const wordAfter = (flag: string): string | undefined => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? undefined : process.argv[at + 1];
};
const home = wordAfter("--home");

declareScheme();
// One running app for each home folder: Electron's own lock lies in its userData folder.
app.setPath("userData", join(readEnvironment(home).home, "electron"));
app.setName("Stint");
app.setAppUserModelId("app.stint.Stint");

async function openAccount(foundation: Foundation, notices: string[]): Promise<void> {
  const opened = await foundation.open();
  if (opened.ok) return;
  notices.push(`${opened.message} The sample account is open instead.`);
  const sample = await foundation.open("sample");
  if (!sample.ok) throw new Error(sample.message);
}

function shellActions(windows: Windows, hotkey: Hotkey, onChange: () => void): ShellActions {
  return {
    hide: () => windows.hidePopup(),
    resize: (height) => windows.resizePopup(height),
    openPage: (page) => windows.openPage(page),
    pickModelFile: async () => {
      const { filePaths } = await dialog.showOpenDialog({ title: "Add a model file", filters: [{ name: "GGUF model", extensions: ["gguf"] }], properties: ["openFile"] });
      return filePaths[0];
    },
    changeHotkey: (accelerator) => {
      const used = hotkey.use(accelerator);
      onChange();
      return { ok: used.registered, message: used.message ?? `The shortcut is ${accelerator} now.` };
    },
    onThinking: (seconds) => {
      for (const page of windows.pages()) notify(page, "thinking", { seconds });
    },
  };
}

function trayFor(foundation: Foundation, windows: Windows, handlers: Handlers): StintTray {
  return createTray(join(files.icons, "32x32.png"), {
    quickEntry: () => windows.showPopup(),
    stopTimer: () => void handlers["stop-timer"](undefined),
    undo: (batch) => void foundation.desk.undo(batch),
    useModel: (id) => void foundation.models.use(id),
    addModel: () => void handlers["add-model"](undefined),
    unloadModel: () => void foundation.models.unload(),
    openPage: (page) => windows.openPage(page),
    quit: () => app.quit(),
  });
}

async function start(): Promise<void> {
  lockDown();
  servePages(files.pages);
  const notices: string[] = [];
  const ui = { publish: (): Promise<void> => Promise.resolve(), stale: "" };
  const onChange = gathered(() => ui.publish());
  const onNotice = (sentence: string): void => {
    notices.push(sentence);
    onChange();
  };
  const spawn = { spawnEngine: () => utilityChild(files.engine, "Stint engine", engineEnvironment()), spawnKeychain: () => utilityChild(files.keychain, "Stint keychain") };
  const foundation = createFoundation({ home, ...spawn, onChange, onNotice });
  await openAccount(foundation, notices);

  const { settings, session, models, measuring, desk, remembering } = foundation;
  const windows = createWindows({
    preload: files.preload,
    icon: join(files.icons, "64x64.png"),
    onShown: (page) => {
      notify(page, "shown", { at: Date.now() });
      models.warm();
    },
  });
  const hotkey = createHotkey(() => windows.togglePopup());
  hotkey.use(settings.get().hotkey);
  const refresh = async (): Promise<void> => {
    settings.reload();
    await foundation.timesheet().flush();
    const fresh = await foundation.timesheet().refresh();
    const stale = fresh.kind === "stale" ? `${fresh.message} Stint goes on with what it knew.` : "";
    if (stale !== ui.stale) onChange();
    ui.stale = stale;
  };
  const state = (): Promise<AppState> =>
    appState({ timesheet: foundation.timesheet(), models, measuring, hotkey: hotkey.state(), notices: ui.stale ? [...notices, ui.stale] : notices, keychain: session.keptForSession() ? "session-only" : "ok" });
  const reopen = async () => {
    const result = await foundation.open();
    if (result.ok) await refresh();
    return result;
  };
  const handlers = createHandlers({
    desk, remembering, session, models, measuring, settings, state, reopen,
    timesheet: () => foundation.timesheet(),
    setIdleMinutes: (minutes) => foundation.engine.setIdleMinutes(minutes),
    setBackend: (backend) => foundation.engine.setBackends(backendsOf(backend)),
    shell: shellActions(windows, hotkey, onChange),
  });
  const onBug = (name: string, error: unknown): void => void process.stderr.write(`Stint: ${name}: ${error instanceof Error ? error.message : "broken"}\n`);
  serve({ handlers, isOurs: isOurPage, onBug });
  const tray = trayFor(foundation, windows, handlers);
  ui.publish = async () => {
    const now = await state();
    tray.show(now);
    for (const page of windows.pages()) notify(page, "state", now);
  };

  app.on("second-instance", () => windows.showPopup());
  app.on("before-quit", () => windows.release());
  app.on("will-quit", () => {
    hotkey.release();
    void foundation.close();
  });
  await ui.publish();
  if (!process.argv.includes("--hidden")) windows.showPopup();
  await refresh();
  setInterval(() => void refresh(), RETRY_MS).unref();
}

if (app.requestSingleInstanceLock()) {
  app.on("window-all-closed", () => undefined);
  app.whenReady().then(start).catch((error: unknown) => {
    dialog.showErrorBox("Stint could not start", error instanceof Error ? error.message : "Something in Stint broke.");
    app.exit(1);
  });
} else app.quit();
