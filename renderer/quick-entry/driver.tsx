import { act, fireEvent, render, screen } from "@testing-library/react";
import type { AppState, ReadingView } from "../../electron/ipc/contract.ts";
import { createFakeBridge } from "../fake-bridge.ts";
import type { FakeBridge } from "../fake-bridge.ts";
import { appViews, projects, receipt, views } from "../fake-views.ts";
import { QuickEntry } from "./quick-entry.tsx";

/** The sentence field. */
export const field = (): HTMLTextAreaElement => screen.getByLabelText<HTMLTextAreaElement>("What did you work on?");
/** What was asked of the app under one name, oldest first. */
export const asks = (bridge: FakeBridge, name: string): readonly unknown[] => bridge.asked.filter((each) => each.name === name).map((each) => each.input);

/** The page, opened on a fake app and settled. */
export async function open(view: ReadingView = views.plain, app: AppState = appViews.busy): Promise<FakeBridge> {
  const bridge = createFakeBridge()
    .answer("state", app)
    .answer("read", ({ text }) => ({ ...view, text }))
    .answer("commit", { kind: "saved", receipt })
    .answer("undo", { ok: true, message: "Undone: it is gone again" })
    .answer("find-projects", ({ words }) => projects.filter((project) => project.label.toLowerCase().includes(words.toLowerCase())))
    .answer("resize", undefined)
    .answer("open-page", undefined)
    .answer("stop-thinking", undefined)
    .answer("hide", undefined);
  render(<QuickEntry bridge={bridge} />);
  await screen.findByText(app.today.text, { exact: false });
  return bridge;
}

/** One key, on the focused element unless told otherwise. */
export async function press(key: string, more: object = {}, on: Element = document.activeElement ?? document.body): Promise<void> {
  await act(async () => {
    fireEvent.keyDown(on, { key, ...more });
  });
}

/** Puts a whole sentence in the field. */
export async function type(text: string): Promise<void> {
  await act(async () => {
    fireEvent.change(field(), { target: { value: text } });
  });
}

/** Waits for words on the page. */
export const say = (words: string): Promise<HTMLElement> => screen.findByText(words, { exact: false });
