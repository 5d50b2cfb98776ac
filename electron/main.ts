import { app, dialog } from "electron";
import { join } from "node:path";
import { appState } from "./app/app-state.ts";
import { builtFiles } from "./app/files.ts";
import { createFoundation } from "./app/foundation.ts";
import { createHandlers } from "./app/handlers.ts";
import { readEnvironment } from "./account/environment.ts";
import { notify, serve } from "./ipc/serve.ts";
import { createHotkey } from "./shell/hotkey.ts";
import { declareScheme, isOurPage, lockDown, servePages } from "./shell/security.ts";
import { createTray } from "./shell/tray.ts";
import { utilityChild } from "./shell/utility-child.ts";
import { createWindows } from "./shell/windows.ts";

const RETRY_MS = 30_000;
const files = builtFiles(import.meta.url);
const wordAfter = (flag: string): string | undefined => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? undefined : process.argv[at + 1];
};

declareScheme();
const home = wordAfter("--home");
// One running app for each home folder: Electron's own lock lies in its userData folder.
app.setPath("userData", join(readEnvironment(home).home, "electron"));
app.setName("Stint");
app.setAppUserModelId("app.stint.Stint");

async function start(): Promise<void> {
  lockDown();
  servePages(files.pages);
  const notices: string[] = [];
  const soon: { timer: NodeJS.Timeout | undefined } = { timer: undefined };
  const onChange = (): void => {
    // Many changes come in one breath (a refresh, a save): the pages and the tray hear of them once.
    soon.timer ??= setTimeout(() => {
      soon.timer = undefined;
      void publish();
    }, 30);
  };
  const foundation = createFoundation({
    home,
    spawnEngine: () => utilityChild(files.engine, "Stint engine"),
    spawnKeychain: () => utilityChild(files.keychain, "Stint keychain"),
    onChange,
    onNotice: (sentence) => {
      notices.push(sentence);
      onChange();
    },
  });
  const { settings, session, models, desk } = foundation;

  const opened = await foundation.open();
  if (!opened.ok) {
    notices.push(opened.message);
    // The connected account cannot be opened (no keychain, no token): the sample account keeps the app usable and says which it is.
    const sample = await foundation.open("sample");
    if (!sample.ok) throw new Error(sample.message);
  }

  const icon = join(files.icons, "64x64.png");
  const windows = createWindows({
    preload: files.preload,
    icon,
    onShown: (page) => {
      notify(page, "shown", { at: Date.now() });
      models.warm();
    },
  });
  const hotkey = createHotkey(() => windows.togglePopup());
  hotkey.use(settings.get().hotkey);

  const state = () =>
    appState({ timesheet: foundation.timesheet(), models, hotkey: hotkey.state(), notices, keychain: session.keptForSession() ? "session-only" : "ok" });
  const tray = createTray(join(files.icons, "32x32.png"), {
    quickEntry: () => windows.showPopup(),
    stopTimer: () => void handlers["stop-timer"](undefined),
    undo: (batch) => void desk.undo(batch),
    useModel: (id) => void models.use(id),
    addModel: () => void handlers["add-model"](undefined),
    unloadModel: () => void models.unload(),
    openPage: (page) => windows.openPage(page),
    quit: () => app.quit(),
  });
  const publish = async (): Promise<void> => {
    const now = await state();
    tray.show(now);
    for (const page of windows.pages()) notify(page, "state", now);
  };
  const refresh = async (): Promise<void> => {
    await foundation.timesheet().flush();
    await foundation.timesheet().refresh();
  };

  const handlers = createHandlers({
    desk, session, models, settings, state,
    timesheet: () => foundation.timesheet(),
    reopen: async () => {
      const result = await foundation.open();
      if (result.ok) await refresh();
      return result;
    },
    setIdleMinutes: (minutes) => foundation.engine.setIdleMinutes(minutes),
    shell: {
      hide: () => windows.hidePopup(),
      resize: (height) => windows.resizePopup(height),
      openPage: (page) => windows.openPage(page),
      pickModelFile: async () => (await dialog.showOpenDialog({ title: "Add a model file", filters: [{ name: "GGUF model", extensions: ["gguf"] }], properties: ["openFile"] })).filePaths[0],
      changeHotkey: (accelerator) => {
        const used = hotkey.use(accelerator);
        onChange();
        return { ok: used.registered, message: used.message ?? `The shortcut is ${accelerator} now.` };
      },
      onThinking: (seconds) => {
        for (const page of windows.pages()) notify(page, "thinking", { seconds });
      },
    },
  });
  serve({ handlers, isOurs: isOurPage, onBug: (name, error) => process.stderr.write(`Stint: ${name}: ${error instanceof Error ? error.message : "broken"}\n`) });

  app.on("second-instance", () => windows.showPopup());
  app.on("before-quit", () => windows.release());
  app.on("will-quit", () => {
    hotkey.release();
    void foundation.close();
  });
  await refresh();
  await publish();
  setInterval(() => void refresh(), RETRY_MS).unref();
  if (!process.argv.includes("--hidden")) windows.showPopup();
}

if (app.requestSingleInstanceLock()) {
  app.on("window-all-closed", () => undefined);
  app.whenReady().then(start).catch((error: unknown) => {
    dialog.showErrorBox("Stint could not start", error instanceof Error ? error.message : "Something in Stint broke.");
    app.exit(1);
  });
} else app.quit();
