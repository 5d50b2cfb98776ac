import { findProjects, projectLabel } from "../core/projects.ts";
import type { Desk } from "../account/desk.ts";
import type { Remembering } from "../account/remember.ts";
import type { Session } from "../account/session.ts";
import { isUndoable, type Timesheet } from "../account/timesheet.ts";
import type { Handlers } from "../ipc/answer.ts";
import type { AppState, RequestIn, RequestOut, SettingsPatch, SettingsView } from "../ipc/contract.ts";
import { serverAddress } from "../engine/external/address.ts";
import type { SettingsStore } from "../settings/store.ts";
import type { ModelDesk } from "./model-desk.ts";
import type { Measuring } from "./model-measure.ts";
import { RULES } from "./model-list.ts";
import { SERVER } from "./model-server.ts";

/** What only the shell can do for a page. */
export interface ShellActions {
  hide(): void;
  resize(height: number): void;
  openPage(page: "settings" | "models" | "history"): void;
  /** Asks the user for a model file; undefined when nothing was chosen. */
  pickModelFile(): Promise<string | undefined>;
  /** Tries another shortcut; keeps the old one and says why when the new one is taken. */
  changeHotkey(accelerator: string): { readonly ok: boolean; readonly message: string };
  onThinking(seconds: number): void;
}

export interface HandlerOptions {
  readonly desk: Desk;
  readonly remembering: Remembering;
  readonly timesheet: () => Timesheet;
  readonly session: Session;
  readonly models: ModelDesk;
  readonly measuring: Measuring;
  readonly settings: SettingsStore;
  readonly state: () => Promise<AppState>;
  /** Opens the account that the settings name now. */
  readonly reopen: () => Promise<{ readonly ok: boolean; readonly message: string }>;
  readonly setIdleMinutes: (minutes: number) => void;
  readonly setBackend: (backend: SettingsView["backend"]) => void;
  readonly shell: ShellActions;
}

const PICK_LIMIT = 30;

type AccountRequest = "settings" | "change-settings" | "find-accounts" | "connect" | "disconnect" | "use-sample";

function accountHandlers(options: HandlerOptions): Pick<Handlers, AccountRequest> {
  const { session, settings, timesheet } = options;
  return {
    "settings": () => settingsView(settings, timesheet()),
    "change-settings": (patch) => changeSettings(patch, options),
    "find-accounts": async ({ token }) => {
      const found = await session.findAccounts(token);
      return found.kind === "ok" ? { kind: "found", accounts: [...found.value] } : { kind: "failed", message: found.message };
    },
    "connect": async ({ token, accountId, keep }) => {
      const connected = await session.connect(token, accountId, keep);
      if (connected.kind !== "connected") return { ok: false, message: connected.message };
      const opened = await options.reopen();
      return opened.ok ? { ok: true, message: `Connected to ${connected.name} as ${connected.userName}.` } : opened;
    },
    "disconnect": async () => {
      const gone = await session.disconnect();
      const opened = await options.reopen();
      return gone.ok && !opened.ok ? opened : gone;
    },
    "use-sample": async () => {
      const kept = settings.update({ account: { kind: "sample" } });
      if (kept.kind === "failed") return { ok: false, message: kept.message };
      const opened = await options.reopen();
      return opened.ok ? { ok: true, message: "The sample account is open. Nothing here is real." } : opened;
    },
  };
}

type ModelRequest = "add-model" | "use-model" | "remove-model" | "unload-model" | "get-model" | "pause-download" | "discard-download" | "measure-model" | "stop-measuring";

function modelHandlers({ models, measuring, shell }: HandlerOptions): Pick<Handlers, ModelRequest> {
  return {
    "add-model": async () => {
      const path = await shell.pickModelFile();
      return path === undefined ? { ok: false, message: "No file was chosen." } : saidOnly(await models.add(path));
    },
    "use-model": ({ id }) => models.use(id),
    "remove-model": ({ id }) => models.remove(id),
    "unload-model": () => models.unload(),
    "get-model": async ({ id }) => saidOnly(await models.getById(id)),
    "pause-download": async ({ id }) => models.pause(id),
    "discard-download": ({ id }) => models.discard(id),
    "measure-model": async ({ id }) => saidOnly(await measuring.measure(id)),
    "stop-measuring": () => measuring.stop(),
  };
}

/** The app's answer to every request of the contract, without Electron: tests drive it as the pages do. */
export function createHandlers(options: HandlerOptions): Handlers {
  const { desk, timesheet, shell } = options;
  const thinking: { cancel: AbortController | undefined } = { cancel: undefined };

  const think = async ({ text, pins }: RequestIn<"think">): Promise<RequestOut<"think">> => {
    thinking.cancel?.abort();
    const cancel = new AbortController();
    thinking.cancel = cancel;
    const began = performance.now();
    const tick = setInterval(() => shell.onThinking((performance.now() - began) / 1000), 200);
    try {
      return await desk.think(text, pins as never, cancel.signal);
    } finally {
      clearInterval(tick);
    }
  };

  return {
    "state": () => options.state(),
    "read": ({ text, pins }) => desk.view(text, pins as never),
    "think": think,
    "stop-thinking": () => {
      thinking.cancel?.abort();
      return undefined;
    },
    "commit": (request) => commit(options, request),
    "remember": ({ name }) => options.remembering.remember(name),
    "dont-remember": ({ name }) => {
      options.remembering.decline(name);
      return undefined;
    },
    "undo": ({ batch }) => desk.undo(batch),
    "finish": ({ batch }) => desk.finish(batch),
    "find-projects": ({ words }) => {
      const { index } = timesheet().facts();
      return findProjects(index, words, PICK_LIMIT).map((project) => ({ id: project.id, label: projectLabel(project), tasks: [...project.tasks] }));
    },
    "hide": () => {
      shell.hide();
      return undefined;
    },
    "resize": ({ height }) => {
      shell.resize(height);
      return undefined;
    },
    "open-page": ({ page }) => {
      shell.openPage(page);
      return undefined;
    },
    "stop-timer": async () => {
      const view = desk.view("stop", []);
      const result = await desk.commit({ text: "stop", pins: [], digest: view.digest, skip: [] });
      if (result.kind === "saved") return { ok: true, message: result.receipt.text };
      return { ok: false, message: result.kind === "failed" ? result.message : "No timer is running." };
    },
    ...accountHandlers(options),
    ...modelHandlers(options),
    "history": async () => {
      const items = await timesheet().history(200);
      return items.map((item) => ({ ...item, undoable: isUndoable(item) })).map(({ batch, at, sentence, labels, state, message, undoable }) => ({
        batch,
        at,
        sentence,
        text: [...labels, ...(message ? [message] : [])].join("; "),
        state: state === "needs-you" ? ("needs you" as const) : state,
        undoable,
        finishable: state === "refused" || state === "needs-you",
      }));
    },
  };
}

/** Saves, and offers to remember what the user corrected on the way. */
async function commit({ desk, remembering }: HandlerOptions, request: RequestIn<"commit">): Promise<RequestOut<"commit">> {
  const pins = request.pins as never;
  const { reading } = desk.read(request.text, pins);
  const { saved: _saved, ...result } = await desk.commit(request as never);
  if (result.kind !== "saved") return result;
  const offer = request.skip.length === 0 ? remembering.offer(reading, pins) : undefined;
  return offer ? { ...result, receipt: { ...result.receipt, remember: { ...offer } } } : result;
}

const saidOnly = ({ ok, message }: { readonly ok: boolean; readonly message: string }) => ({ ok, message });

function settingsView(settings: SettingsStore, timesheet: Timesheet): RequestOut<"settings"> {
  const { hotkey, rounding, shortcuts, idleMinutes, reading, backend, server } = settings.get();
  const facts = timesheet.facts();
  return {
    hotkey,
    weekStart: facts.weekStart,
    dateOrder: facts.dateOrder,
    reading,
    ...(rounding ? { rounding } : {}),
    shortcuts: shortcuts.map(({ name, project, task, notes, hours }) => ({
      name, project, ...(task === undefined ? {} : { task }), ...(notes === undefined ? {} : { notes }), ...(hours === undefined ? {} : { hours }),
    })),
    idleMinutes,
    backend,
    ...(server ? { server } : {}),
    projects: facts.index.projects.filter((project) => project.active).map((project) => ({ id: project.id, label: projectLabel(project), tasks: [...project.tasks] })),
  };
}

function changeSettings(patch: SettingsPatch, { settings, shell, setIdleMinutes, setBackend }: HandlerOptions): RequestOut<"change-settings"> {
  const { hotkey, rounding, server, ...rest } = patch;
  const address = server ? serverAddress(server.address, server.allowNetwork) : undefined;
  if (address?.kind === "refused") return { ok: false, message: address.message };
  if (hotkey !== undefined) {
    const changed = shell.changeHotkey(hotkey);
    if (!changed.ok) return changed;
  }
  const kept = settings.update({ ...rest, ...(hotkey === undefined ? {} : { hotkey }), ...(rounding === undefined ? {} : { rounding: rounding ?? undefined }), ...(server === undefined ? {} : { server: server ?? undefined }) });
  if (kept.kind === "failed") return { ok: false, message: kept.message };
  if (rest.idleMinutes !== undefined) setIdleMinutes(rest.idleMinutes);
  if (server === null && settings.get().model === SERVER) settings.update({ model: RULES });
  if (rest.backend !== undefined) setBackend(rest.backend);
  return { ok: true, message: address?.warning ?? "Kept." };
}
