import { describe, expect, it } from "vitest";
import type { AppState } from "../ipc/contract.ts";
import { trayMenu, type TrayActions, type TrayItem } from "./tray-menu.ts";

const state: AppState = {
  account: { kind: "sample", label: "Sample account", keychain: "ok" },
  today: { text: "Today, Mon 6 Apr: 5 h 42 min", hours: 5.7 },
  waiting: 0,
  models: [
    { id: "rules", name: "Rules only", state: "ready", detail: "", chosen: false },
    { id: "gemma", name: "Gemma", state: "loading", detail: "loading 40 %", chosen: true },
    { id: "broken", name: "Broken", state: "failed", detail: "failed: the file is cut off", chosen: false },
  ],
  offers: [],
  hotkey: { accelerator: "Control+Alt+H", registered: true },
  notices: [],
  recent: [],
};

function menu(change: Partial<AppState> = {}): { readonly done: string[]; readonly items: readonly TrayItem[]; readonly find: (id: string) => TrayItem | undefined } {
  const done: string[] = [];
  const note = (name: string) => (value?: string) => void done.push(value === undefined ? name : `${name} ${value}`);
  const actions: TrayActions = {
    quickEntry: note("quick entry"), stopTimer: note("stop"), undo: note("undo"), useModel: note("use"), addModel: note("add"), unloadModel: note("unload"), openPage: note("open"), quit: note("quit"),
  };
  const items = trayMenu({ ...state, ...change }, actions);
  const find = (id: string): TrayItem | undefined => items.flatMap((item) => [item, ...(item.submenu ?? [])]).find((item) => item.id === id);
  return { done, items, find };
}

describe("the tray menu", () => {
  it("keeps one order: quick entry, today, models, undo, settings, quit", () => {
    expect(menu().items.flatMap(({ id }) => id ?? [])).toEqual(["quick-entry", "today", "model", "undo", "history", "settings", "quit"]);
  });

  it("shows every model with its state, and only the chosen one checked", () => {
    const { items } = menu();
    const models = items.find(({ id }) => id === "model")?.submenu?.filter(({ type }) => type === "radio");
    expect(models?.map(({ label, checked }) => [label, checked])).toEqual([
      ["Rules only", false],
      ["Gemma: loading 40 %", true],
      ["Broken: failed: the file is cut off", false],
    ]);
  });

  it("says what was measured of a model, that nothing was, and that it does not fit", () => {
    const models = [
      { id: "a", name: "A", state: "installed", detail: "3.3 GB on disk", chosen: false, fit: "Fits: 1.1 of 11.0 GB graphics memory.", speed: "1.5 s a sentence here", score: "31 of 40 right, 9 asked, 0 wrong; measured 24 Nov" },
      { id: "b", name: "B", state: "installed", detail: "48.5 GB on disk", chosen: false, fit: "Does not fit: it needs 46.6 GB of free memory, and 20.6 GB is free.", speed: "speed not measured yet", score: "score not measured yet" },
    ] as const;
    const { find } = menu({ models: [...models] });
    expect(find("model:a")?.label).toBe("A: 3.3 GB on disk; 1.5 s a sentence here; 31 of 40 right, 9 asked, 0 wrong; measured 24 Nov");
    expect(find("model:b")?.label).toBe("B: 48.5 GB on disk; does not fit this computer; not measured yet");
  });

  it("says of the model that is being measured how far that is", () => {
    const { find } = menu({ measuring: { model: "gemma", done: 12, total: 40, text: "12 of 40, about 2 min left" } });
    expect(find("model:gemma")?.label).toBe("Gemma: being measured, 12 of 40, about 2 min left");
    expect(find("model:broken")?.label).toBe("Broken: failed: the file is cut off");
  });

  it("switches to the model that was picked", () => {
    const { done, find } = menu();
    find("model:broken")?.click?.();
    expect(done).toEqual(["use broken"]);
  });

  it("offers to unload only while a model is in memory or on its way", () => {
    expect(menu().find("unload-model")?.enabled).toBe(true);
    expect(menu({ models: state.models.filter(({ id }) => id !== "gemma") }).find("unload-model")?.enabled).toBe(false);
  });

  it("says that the shortcut is taken, and stops naming it as the key of quick entry", () => {
    const { find } = menu({ hotkey: { accelerator: "Control+Alt+H", registered: false, message: "taken" } });
    expect(find("hotkey-problem")?.label).toContain("taken");
    expect(find("quick-entry")?.accelerator).toBeUndefined();
  });

  it("undoes the batch it names, and nothing when there is none", () => {
    const { done, find } = menu({ lastSaved: { batch: "b7", text: "2 h · Acme" } });
    expect(find("undo")).toMatchObject({ label: "Undo: 2 h · Acme", enabled: true });
    find("undo")?.click?.();
    expect(done).toEqual(["undo b7"]);
    expect(menu().find("undo")?.enabled).toBe(false);
  });

  it("shows the running timer and what waits only when there is something to show", () => {
    expect(menu().find("stop-timer")).toBeUndefined();
    expect(menu({ running: { entry: 1, text: "Globex · 1 h" } }).find("stop-timer")?.label).toBe("Stop Globex · 1 h");
    expect(menu({ waiting: 2 }).find("waiting")?.label).toBe("Waiting to be sent: 2");
  });
});
