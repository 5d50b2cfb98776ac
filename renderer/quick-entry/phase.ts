import type { AppState, ReadingView, Receipt } from "../../electron/ipc/contract.ts";
import { isCurrent, openQuestion } from "./conversation.ts";
import type { Conversation } from "./conversation.ts";
import { openOffer } from "./offer.ts";
import { words } from "../design/words.ts";

export type Phase = "empty" | "typing" | "question" | "thinking" | "preview" | "saving" | "saved" | "failed";

/** What the popup is doing, as one word: chooses the icon, the footer and what is announced. */
export function phaseOf(state: Conversation): Phase {
  if (state.work.kind !== "none") return state.work.kind;
  if (state.outcome?.kind === "failed") return "failed";
  if (state.text === "") return state.outcome?.kind === "saved" || state.outcome?.kind === "undone" ? "saved" : "empty";
  if (openQuestion(state)) return "question";
  return state.view?.kind === "proposal" && state.view.preview ? "preview" : "typing";
}

/** A model that can be asked now is chosen: "Rules only" is none, and so is a file that is gone; one that failed or was killed may be asked again. */
export function hasModel(app: AppState | undefined): boolean {
  return app?.models.some((row) => row.chosen && row.id !== "rules" && row.state !== "missing") ?? false;
}

/** Rows with before → after are shown; a single new entry or timer, and a change that is not complete yet, are told by chips alone. */
export function showsRows({ kind, operations, preview }: ReadingView): boolean {
  if (operations.length > 1) return true;
  return kind === "proposal" && (preview || operations.some(({ op }) => op !== "add" && op !== "start"));
}

/** The footer's left side. */
export function statusOf(state: Conversation, app: AppState | undefined): string {
  const phase = phaseOf(state);
  switch (phase) {
    case "thinking":
      return state.work.kind === "thinking" ? words.thinking(state.work.seconds) : "";
    case "saving":
      return words.saving;
    case "saved":
      return state.outcome?.kind === "saved" ? state.outcome.receipt.day : app?.today.text ?? "";
    case "failed":
      return state.text === "" ? words.nothingChanged : words.textKept;
    case "empty":
      return app && app.waiting > 0 ? `${app.today.text} · ${words.waiting(app.waiting)}` : app?.today.text ?? "";
    case "preview":
      return state.armed ? words.checkThenEnter : state.view?.status ?? "";
    case "question":
      return state.view?.status || words.nothingSavedYet;
    case "typing":
      return state.view?.kind === "nothing" ? words.nothingYet : state.view?.status ?? "";
  }
}

/** What Enter does now, in a word or two; nothing when it does nothing. */
export function enterWord(state: Conversation, app: AppState | undefined): string | undefined {
  if (state.text === "" || !state.view || state.work.kind !== "none" || state.editor) return undefined;
  const { view } = state;
  if (view.kind === "needs-model") return hasModel(app) ? words.askModel : undefined;
  if (view.kind === "question" && state.dismissed) return words.showChoices;
  if (view.kind === "proposal" && view.preview && !state.armed) return words.check;
  if (state.skip.length === 0) return view.enter;
  const left = view.operations.length - state.skip.length;
  return left > 0 ? words.saveSome(left) : undefined;
}

/** What a screen reader is told; the same `key` is never told twice in a row, so typing on says nothing. */
export function announcementOf(state: Conversation): { readonly key: string; readonly text: string } | undefined {
  const phase = phaseOf(state);
  if (phase === "failed") return undefined;
  if (phase === "thinking") return { key: "thinking", text: words.thinkingSpoken };
  if (phase === "saving") return undefined;
  if (state.outcome?.kind === "saved") return savedWords(state.outcome, openOffer(state));
  if (state.outcome?.kind === "undone" || state.outcome?.kind === "said") return { key: state.outcome.message, text: state.outcome.message };
  if (state.text === "") return { key: "empty", text: "" };
  if (!isCurrent(state)) return undefined;
  return readiness(state);
}

function savedWords({ receipt, remembered }: Extract<NonNullable<Conversation["outcome"]>, { readonly kind: "saved" }>, offer: Receipt["remember"]): { readonly key: string; readonly text: string } {
  if (remembered) return { key: remembered.message, text: remembered.message };
  const saved = `${receipt.text}. ${receipt.day}`;
  return { key: receipt.batch, text: offer ? `${saved}. ${words.rememberOffer(offer.name, offer.place)}` : saved };
}

function readiness(state: Conversation): { readonly key: string; readonly text: string } {
  const view = state.view;
  const question = openQuestion(state);
  if (question) return { key: `question ${question.text}`, text: `${question.text} ${words.choices(question.options.length)}` };
  if (state.outcome?.kind === "changed") return { key: "changed", text: words.changed };
  if (state.armed) return { key: `armed ${view?.digest}`, text: words.checkThenEnter };
  switch (view?.kind) {
    case "proposal":
      return view.preview
        ? { key: `preview ${view.operations.length}`, text: words.changes(view.operations.length) }
        : { key: `ready ${view.operations.length}`, text: words.ready(view.operations.length) };
    case "answer":
      return { key: `answer ${view.answer?.text}`, text: [view.answer?.text, view.answer?.total].filter(Boolean).join(" ") };
    case "refusal":
      return { key: `refusal ${view.refusal}`, text: view.refusal ?? "" };
    case "needs-model":
      return { key: `model ${view.modelNote ?? ""}`, text: view.modelNote ?? view.status };
    case "question":
    case "nothing":
    case undefined:
      return { key: "open", text: "" };
  }
}
