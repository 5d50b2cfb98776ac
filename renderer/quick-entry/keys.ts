import type { AppState, Bridge } from "../../electron/ipc/contract.ts";
import { openQuestion } from "./conversation.ts";
import type { EditorField } from "./conversation.ts";
import { openOffer } from "./offer.ts";
import { hasModel } from "./phase.ts";
import type { Session } from "./session.ts";

/** What the keys act on. */
export interface KeyContext {
  readonly session: Session;
  readonly bridge: Bridge;
  readonly app: AppState | undefined;
  readonly focusField: () => void;
  readonly toggleWhy: () => void;
}

const editorKeys: Readonly<Record<string, EditorField>> = { d: "date", j: "project", t: "task", h: "hours", e: "notes" };

/** Keys of the field itself; true when the key was used and must not reach the text. */
export function fieldKey(event: KeyboardEvent, field: HTMLTextAreaElement, context: KeyContext): boolean {
  const { session, app } = context;
  const state = session.state();
  // An input method's Enter ends its composition; a held key must not save what its first press showed.
  if (event.isComposing) return false;
  if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
    if (!event.repeat) session.happen({ type: "enter", stay: event.ctrlKey || event.metaKey, model: hasModel(app) });
    return true;
  }
  if (event.key === "ArrowUp" || event.key === "ArrowDown") return arrow(event, field, context);
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && state.text === "" && !state.cleared) {
    const batch = state.outcome?.kind === "saved" ? state.outcome.receipt.batch : state.outcome?.kind === "undone" ? undefined : app?.lastSaved?.batch;
    if (batch === undefined || event.repeat) return false;
    session.happen({ type: "undo", batch });
    return true;
  }
  return false;
}

function arrow(event: KeyboardEvent, field: HTMLTextAreaElement, { session, app }: KeyContext): boolean {
  if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return false;
  const state = session.state();
  const up = event.key === "ArrowUp";
  if ((openQuestion(state)?.options.length ?? 0) > 0) {
    session.happen({ type: "moved", by: up ? -1 : 1 });
    return true;
  }
  if (state.recalled >= 0 || (up && state.text === "")) {
    session.happen({ type: "recalled", by: up ? 1 : -1, recent: app?.recent ?? [] });
    return true;
  }
  const atEnd = !field.value.includes("\n", field.selectionEnd);
  const chip = up || !atEnd ? null : document.querySelector<HTMLButtonElement>(".chip");
  chip?.focus();
  return chip !== null;
}

const takesText = (target: EventTarget | null): boolean => target instanceof Element && target.matches("textarea, select, input:not([type=checkbox])");

/** Keys pressed while the focus is on a chip, a box or nowhere: writing goes on in the field, Enter still is the footer's Enter. */
function strayKey(event: KeyboardEvent, { session, app, focusField }: KeyContext): boolean {
  if (takesText(event.target)) return false;
  const { target } = event;
  const onChip = target instanceof Element && target.classList.contains("chip");
  const onList = target instanceof Element && target.id === "options";
  const free = target === document.body || onList || (target instanceof Element && target.matches("input[type=checkbox]"));
  if (onList && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    session.happen({ type: "moved", by: event.key === "ArrowUp" ? -1 : 1 });
    return true;
  }
  if (event.key === "Enter" && free) {
    if (!event.repeat) session.happen({ type: "enter", stay: event.ctrlKey || event.metaKey, model: hasModel(app) });
    return true;
  }
  if (event.key === "ArrowUp" && onChip) {
    focusField();
    return true;
  }
  // The key goes on to the field that has the focus now, so that its letter is written there.
  if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey) focusField();
  return false;
}

function escapeKey(event: KeyboardEvent, { session, focusField }: KeyContext): boolean {
  const onChip = document.activeElement?.classList.contains("chip") === true && !session.state().editor;
  if (!event.repeat && !onChip) session.happen({ type: "escaped" });
  focusField();
  return true;
}

/** Keys that work wherever the focus is in the popup. */
export function pageKey(event: KeyboardEvent, context: KeyContext): boolean {
  const { session, bridge } = context;
  const state = session.state();
  if (event.isComposing) return false;
  if (event.key === "Escape") return escapeKey(event, context);
  if (strayKey(event, context)) return true;
  if (event.key === "F1") {
    context.toggleWhy();
    return true;
  }
  if (!event.ctrlKey && !event.metaKey) return false;
  if (event.key === ",") {
    void bridge.ask("open-page", { page: "settings" });
    return true;
  }
  if (/^[1-9]$/.test(event.key) && openQuestion(state)) {
    if (!event.repeat) session.happen({ type: "took", option: Number(event.key) - 1 });
    return true;
  }
  if (event.key.toLowerCase() === "r" && !event.shiftKey && !event.altKey && openOffer(state)) {
    if (!event.repeat) session.happen({ type: "remember", yes: true });
    return true;
  }
  return jump(event, context);
}

function jump(event: KeyboardEvent, { session }: KeyContext): boolean {
  const field = event.shiftKey || event.altKey ? undefined : editorKeys[event.key.toLowerCase()];
  const op = field ? (session.state().view?.operations.findIndex((operation) => operation.chips.some((chip) => chip.field === field)) ?? -1) : -1;
  if (!field || op < 0) return false;
  session.happen({ type: "edited", op, field });
  return true;
}
