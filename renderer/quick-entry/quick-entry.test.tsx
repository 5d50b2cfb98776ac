import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { AppState, ReadingView } from "../../electron/ipc/contract.ts";
import { createFakeBridge } from "../fake-bridge.ts";
import type { FakeBridge } from "../fake-bridge.ts";
import { appViews, projects, queuedReceipt, receipt, views } from "../fake-views.ts";
import { QuickEntry } from "./quick-entry.tsx";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const field = (): HTMLTextAreaElement => screen.getByLabelText<HTMLTextAreaElement>("What did you work on?");
const asks = (bridge: FakeBridge, name: string): readonly unknown[] => bridge.asked.filter((each) => each.name === name).map((each) => each.input);

async function open(view: ReadingView = views.plain, app: AppState = appViews.busy): Promise<FakeBridge> {
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

async function press(key: string, more: object = {}, on: Element = document.activeElement ?? document.body): Promise<void> {
  await act(async () => {
    fireEvent.keyDown(on, { key, ...more });
  });
}

async function type(text: string): Promise<void> {
  await act(async () => {
    fireEvent.change(field(), { target: { value: text } });
  });
}

const say = (words: string): Promise<HTMLElement> => screen.findByText(words, { exact: false });

describe("a plain entry", () => {
  it("goes from sentence to chips to receipt to undone with the keyboard alone", async () => {
    const bridge = await open();
    expect(document.activeElement).toBe(field());
    await type("2.5h acme design review yesterday");
    expect(screen.getByRole("button", { name: /^Day: ?Sun 5 Apr/ })).toBeTruthy();
    expect(screen.getByRole("button", { name: /^Task: ?Design.*assumed/ })).toBeTruthy();
    await press("Enter");
    await say(receipt.text);
    expect(field().value).toBe("");
    expect(asks(bridge, "commit")).toEqual([{ text: "2.5h acme design review yesterday", pins: [], digest: "d-plain", skip: [] }]);
    await press("z", { ctrlKey: true });
    await say("Undone: it is gone again");
    expect(asks(bridge, "undo")).toEqual([{ batch: receipt.batch }]);
    expect(screen.queryByText(receipt.text)).toBeNull();
  });

  it("is not saved by a held Enter, by Shift+Enter, or by the Enter of an input method", async () => {
    const bridge = await open();
    await type("2h acme");
    await press("Enter", { repeat: true });
    await press("Enter", { shiftKey: true });
    await press("Enter", { isComposing: true });
    expect(asks(bridge, "commit")).toEqual([]);
  });

  it("says that it waits on this computer when Harvest was not reached", async () => {
    const bridge = await open();
    bridge.answer("commit", { kind: "saved", receipt: queuedReceipt });
    await type("2h acme");
    await press("Enter");
    await say("It will be sent when Harvest answers");
  });

  it("keeps the text in the field and tells why when it was not saved", async () => {
    const bridge = await open();
    bridge.answer("commit", { kind: "failed", message: "Not saved: the week is locked." });
    await type("2h acme");
    await press("Enter");
    expect((await screen.findByRole("alert")).textContent).toBe("Not saved: the week is locked.");
    expect(field().value).toBe("2h acme");
  });

  it("keeps the text and warns about saving twice when the app broke in the middle", async () => {
    const bridge = await open();
    bridge.answer("commit", () => Promise.reject(new Error("gone")));
    await type("2h acme");
    await press("Enter");
    expect((await screen.findByRole("alert")).textContent).toContain("Look at the history before saving again");
    expect(field().value).toBe("2h acme");
  });

  it("leaves Ctrl+Z to the text while there is some, and after it was deleted by hand", async () => {
    const bridge = await open();
    await type("2h acme");
    await press("z", { ctrlKey: true });
    await type("");
    await press("z", { ctrlKey: true });
    expect(asks(bridge, "undo")).toEqual([]);
  });

  it("undoes what was saved last from the empty field, once", async () => {
    const bridge = await open();
    await press("z", { ctrlKey: true });
    await say("Undone");
    await press("z", { ctrlKey: true });
    expect(asks(bridge, "undo")).toEqual([{ batch: "b-1" }]);
  });
});

describe("a question", () => {
  it("is answered by Enter, which saves nothing in the same press", async () => {
    const bridge = await open();
    bridge.answer("read", ({ text, pins }) => ({ ...(pins.length > 0 ? views.plain : views.question), text }));
    await type("1h deep lerning");
    expect(screen.getAllByRole("option")).toHaveLength(3);
    expect(field().getAttribute("aria-activedescendant")).toBe("option-0");
    await press("ArrowDown");
    expect(screen.getAllByRole("option").map((row) => row.getAttribute("aria-selected"))).toEqual(["false", "true", "false"]);
    await press("Enter");
    expect(screen.queryByRole("option")).toBeNull();
    expect(asks(bridge, "read").at(-1)).toEqual({ text: "1h deep lerning", pins: [{ op: 0, field: "project", value: 32 }] });
    expect(asks(bridge, "commit")).toEqual([]);
    await press("Enter");
    expect(asks(bridge, "commit")).toHaveLength(1);
  });

  it("is answered by Ctrl and the number of the row", async () => {
    const bridge = await open(views.question);
    await type("1h deep lerning");
    await press("1", { ctrlKey: true });
    expect(asks(bridge, "read").at(-1)).toEqual({ text: "1h deep lerning", pins: [{ op: 0, field: "project", value: 31 }] });
  });

  it("without choices leaves Enter without an effect", async () => {
    const bridge = await open(views.hours);
    await type("acme design");
    await press("Enter");
    expect(asks(bridge, "commit")).toEqual([]);
    expect(screen.queryByRole("button", { name: /Save|Take/ })).toBeNull();
  });
});

describe("a preview", () => {
  it("shows every change with its word, old and new value, and needs two presses of Enter", async () => {
    const bridge = await open(views.changes);
    await type(views.changes.text);
    const rows = within(screen.getByRole("region", { name: "3 changes to your timesheet" })).getAllByRole("checkbox");
    expect(rows.map((row) => row.closest("li")?.dataset["op"])).toEqual(["move", "add", "delete"]);
    expect(rows[0]?.closest("li")?.querySelector("s")?.textContent).toBe("Sun 5 Apr");
    await press("Enter");
    expect(asks(bridge, "commit")).toEqual([]);
    await say("Check, then press Enter to save");
    await press("Enter");
    expect(asks(bridge, "commit")).toHaveLength(1);
  });

  it("leaves out what was unticked", async () => {
    const bridge = await open(views.changes);
    await type(views.changes.text);
    await press("Enter");
    fireEvent.click(screen.getByRole("checkbox", { name: /Delete/ }));
    expect(screen.getByRole("button", { name: "Save 2" })).toBeTruthy();
    await press("Enter");
    expect(asks(bridge, "commit")).toMatchObject([{ skip: [2] }]);
  });

  it("is shown again, unsaved, when the timesheet changed in the meantime", async () => {
    const bridge = await open(views.oneMove);
    bridge.answer("commit", ({ text }) => ({ kind: "changed", view: { ...views.oneMove, text, digest: "d-new" } }));
    await type("move it");
    await press("Enter");
    await press("Enter");
    await say("Your timesheet changed in the meantime");
    await press("Enter");
    expect(asks(bridge, "commit")).toHaveLength(1);
    await press("Enter");
    expect(asks(bridge, "commit").at(-1)).toMatchObject({ digest: "d-new" });
  });
});

describe("the model", () => {
  it("is asked by Enter, shows its seconds, and Escape stops it with the text kept", async () => {
    const bridge = await open(views.needsModel);
    bridge.answer("think", () => new Promise(() => undefined));
    await type(views.needsModel.text);
    await press("Enter");
    act(() => bridge.notify("thinking", { seconds: 1.2 }));
    await say("Working out the change on this computer, 1.2 s");
    await press("Escape");
    expect(asks(bridge, "stop-thinking")).toHaveLength(1);
    expect(asks(bridge, "hide")).toHaveLength(0);
    expect(field().value).toBe(views.needsModel.text);
  });

  it("has its change previewed before Enter saves it", async () => {
    const bridge = await open(views.needsModel);
    bridge.answer("think", ({ text }) => ({ ...views.modelMove, text }));
    await type(views.needsModel.text);
    await press("Enter");
    await say("Read by the model on this computer");
    expect(asks(bridge, "commit")).toEqual([]);
    await press("Enter");
    expect(asks(bridge, "commit")).toMatchObject([{ digest: "d-model" }]);
  });

  it("not being there is said, with the way to get one", async () => {
    const bridge = await open(views.needsModel, appViews.fresh);
    await type("shift it");
    await press("Enter");
    expect(asks(bridge, "think")).toEqual([]);
    fireEvent.click(screen.getByRole("button", { name: "Choose a model" }));
    expect(asks(bridge, "open-page")).toEqual([{ page: "models" }]);
  });
});

describe("chips", () => {
  it("pin a length typed in their editor", async () => {
    const bridge = await open();
    await type("2h acme");
    fireEvent.click(screen.getByRole("button", { name: /^Hours:/ }));
    const box = screen.getByRole("textbox", { name: "How long?" });
    await press("ArrowUp", {}, box);
    expect((box as HTMLInputElement).value).toBe("2 h 45 min");
    fireEvent.change(box, { target: { value: "much" } });
    await act(async () => void fireEvent.submit(box));
    expect(box.getAttribute("aria-invalid")).toBe("true");
    fireEvent.change(box, { target: { value: "1:20" } });
    await act(async () => void fireEvent.submit(box));
    expect(asks(bridge, "read").at(-1)).toEqual({ text: "2h acme", pins: [{ op: 0, field: "hours", value: 1.33 }] });
    expect(document.activeElement).toBe(field());
  });

  it("pin a project found by its words", async () => {
    const bridge = await open();
    await type("2h acme");
    await press("j", { ctrlKey: true });
    const box = screen.getByRole("combobox", { name: "Which project?" });
    await act(async () => void fireEvent.change(box, { target: { value: "glob" } }));
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(1));
    await press("Enter", {}, box);
    expect(asks(bridge, "read").at(-1)).toEqual({ text: "2h acme", pins: [{ op: 0, field: "project", value: 21 }] });
    expect(asks(bridge, "commit")).toEqual([]);
  });

  it("offer only tasks of the project that is booked on", async () => {
    const bridge = await open();
    await type("2h acme");
    await act(async () => void fireEvent.click(screen.getByRole("button", { name: /^Task:/ })));
    await waitFor(() => expect(screen.getAllByRole("option").map((row) => row.textContent)).toEqual(["Design", "Development", "Meetings"]));
    await act(async () => void fireEvent.click(screen.getByRole("option", { name: "Meetings" })));
    expect(asks(bridge, "read").at(-1)).toEqual({ text: "2h acme", pins: [{ op: 0, field: "task", value: 103 }] });
  });

  it("give a pinned part back to the words with Delete", async () => {
    const bridge = await open();
    bridge.answer("read", ({ text, pins }) => ({
      ...views.plain,
      text,
      operations: views.plain.operations.map((row) => ({ ...row, chips: row.chips.map((chip) => (pins.length > 0 && chip.field === "date" ? { ...chip, state: "pinned" as const } : chip)) })),
    }));
    await type("2h acme");
    await act(async () => void fireEvent.click(screen.getByRole("button", { name: /^Day:/ })));
    await act(async () => void fireEvent.click(screen.getByRole("button", { name: "Yesterday" })));
    expect(asks(bridge, "read").at(-1)).toMatchObject({ pins: [{ op: 0, field: "date" }] });
    await press("Delete", {}, screen.getByRole("button", { name: /^Day:.*set by you/ }));
    expect(asks(bridge, "read").at(-1)).toEqual({ text: "2h acme", pins: [] });
  });
});

describe("Escape", () => {
  it("closes the editor, then the question, then puts the popup away with the text kept", async () => {
    const bridge = await open(views.question);
    await type("1h deep lerning");
    await press("h", { ctrlKey: true });
    screen.getByRole("textbox", { name: "How long?" });
    await press("Escape");
    expect(screen.queryByRole("textbox", { name: "How long?" })).toBeNull();
    expect(screen.getAllByRole("option")).toHaveLength(3);
    await press("Escape");
    expect(screen.queryByRole("option")).toBeNull();
    expect(asks(bridge, "hide")).toHaveLength(0);
    await press("Escape");
    expect(asks(bridge, "hide")).toHaveLength(1);
    expect(field().value).toBe("1h deep lerning");
  });
});

describe("before the first letter", () => {
  it("offers sentences to try and says that nothing is real on the sample account", async () => {
    await open(views.plain, appViews.fresh);
    await say("Try it: nothing here is real");
    await act(async () => void fireEvent.click(screen.getByRole("button", { name: "2h acme design yesterday" })));
    expect(field().value).toBe("2h acme design yesterday");
    expect(document.activeElement).toBe(field());
  });

  it("stops the running timer and says what came of it", async () => {
    const bridge = await open();
    bridge.answer("stop-timer", { ok: true, message: "Stopped at 1 h 12 min" });
    await act(async () => void fireEvent.click(screen.getByRole("button", { name: "Stop timer" })));
    await say("Stopped at 1 h 12 min");
  });

  it("brings earlier sentences back with Up", async () => {
    await open();
    await press("ArrowUp");
    await press("ArrowUp");
    expect(field().value).toBe("30 min standup");
  });

  it("tells when the hotkey could not be taken", async () => {
    await open(views.plain, { ...appViews.busy, hotkey: { accelerator: "Ctrl+Alt+H", registered: false, message: "Another program holds Ctrl+Alt+H." } });
    await say("Another program holds Ctrl+Alt+H.");
  });

  it("takes the focus back whenever it is shown", async () => {
    const bridge = await open();
    field().blur();
    act(() => bridge.notify("shown", { at: 1 }));
    expect(document.activeElement).toBe(field());
  });
});

describe("the live region", () => {
  it("speaks once things are quiet, and not again while a ready sentence is written on", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    await open();
    const live = screen.getByRole("status");
    await type("2h a");
    await act(() => vi.advanceTimersByTimeAsync(300));
    expect(live.textContent).toBe("");
    await act(() => vi.advanceTimersByTimeAsync(600));
    expect(live.textContent).toBe("Ready, 1 entry");
    const seen: (string | null)[] = [];
    const watch = new MutationObserver(() => seen.push(live.textContent));
    watch.observe(live, { childList: true, characterData: true, subtree: true });
    await type("2h ac");
    await act(() => vi.advanceTimersByTimeAsync(900));
    watch.disconnect();
    expect(seen).toEqual([]);
  });
});
