import type { AppState, ModelRow } from "../ipc/contract.ts";

export interface TrayActions {
  readonly quickEntry: () => void;
  readonly stopTimer: () => void;
  readonly undo: (batch: string) => void;
  readonly useModel: (id: string) => void;
  readonly addModel: () => void;
  readonly unloadModel: () => void;
  readonly openPage: (page: "settings" | "models" | "history") => void;
  readonly quit: () => void;
}

/** One line of the tray menu, in the words of Electron's menu template. `id` names it for tests and for no one else. */
export interface TrayItem {
  readonly id?: string;
  readonly type?: "normal" | "separator" | "submenu" | "radio";
  readonly label?: string;
  readonly enabled?: boolean;
  readonly checked?: boolean;
  readonly accelerator?: string;
  /** False: the key is only shown; the global shortcut already answers it. */
  readonly registerAccelerator?: boolean;
  readonly click?: () => void;
  readonly submenu?: readonly TrayItem[];
}

const LONGEST = 60;
const short = (text: string, longest = LONGEST): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
/** A model's line says more than others do. */
const LONGEST_MODEL = 150;

/** Name, state, whether it fits when it does not, and what was measured: all of it is on the models page, this is what a menu has room for. */
function modelLabel({ name, id, detail, fit, speed, score }: ModelRow, { measuring }: AppState): string {
  if (id === "rules") return name;
  if (measuring?.model === id) return short(`${name}: being measured, ${measuring.text}`, LONGEST_MODEL);
  const measured = [speed, score].filter((words) => words !== undefined && !words.includes("not measured"));
  const known = speed !== undefined || score !== undefined;
  const facts = [detail, fit?.startsWith("Does not fit") ? "does not fit this computer" : undefined, ...(known && measured.length === 0 ? ["not measured yet"] : measured)];
  return short(`${name}: ${facts.filter((fact) => fact !== undefined).join("; ")}`, LONGEST_MODEL);
}

function modelMenu(state: AppState, actions: TrayActions): readonly TrayItem[] {
  const inMemory = state.models.some((row) => row.id !== "rules" && (row.state === "ready" || row.state === "busy" || row.state === "loading"));
  return [
    ...state.models.map((row): TrayItem => ({ id: `model:${row.id}`, type: "radio", label: modelLabel(row, state), checked: row.chosen, click: () => actions.useModel(row.id) })),
    { type: "separator" },
    { id: "add-model", label: "Add a model file…", click: actions.addModel },
    { id: "unload-model", label: "Unload now", enabled: inMemory, click: actions.unloadModel },
    { id: "models", label: "Models…", click: () => actions.openPage("models") },
  ];
}

/** The tray menu for one state of the app: the same order everywhere, every line reachable by keyboard. */
export function trayMenu(state: AppState, actions: TrayActions): readonly TrayItem[] {
  const { hotkey, running, lastSaved, waiting } = state;
  return [
    { id: "quick-entry", label: "Quick entry", ...(hotkey.registered ? { accelerator: hotkey.accelerator, registerAccelerator: false } : {}), click: actions.quickEntry },
    ...(hotkey.registered ? [] : [{ id: "hotkey-problem", label: `Shortcut ${hotkey.accelerator} is taken: choose another…`, click: () => actions.openPage("settings") }]),
    { type: "separator" },
    { id: "today", label: state.account.kind === "sample" ? `${state.today.text} (sample account)` : state.today.text, click: () => actions.openPage("history") },
    ...(running ? [{ id: "stop-timer", label: short(`Stop ${running.text}`), click: actions.stopTimer }] : []),
    ...(waiting > 0 ? [{ id: "waiting", label: `Waiting to be sent: ${waiting}`, enabled: false }] : []),
    { type: "separator" },
    { id: "model", type: "submenu", label: "Model", submenu: modelMenu(state, actions) },
    { id: "undo", label: lastSaved ? short(`Undo: ${lastSaved.text}`) : "Undo last", enabled: lastSaved !== undefined, click: () => lastSaved && actions.undo(lastSaved.batch) },
    { id: "history", label: "History…", click: () => actions.openPage("history") },
    { id: "settings", label: "Settings…", click: () => actions.openPage("settings") },
    { type: "separator" },
    { id: "quit", label: "Quit", click: actions.quit },
  ];
}
