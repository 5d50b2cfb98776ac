import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { appViews, receipt, views } from "../fake-views.ts";
import { asks, field, open, press, say, type } from "./driver.tsx";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
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

describe("keys away from the field", () => {
  it("write on in the field, go back to it with Up, and still save with Enter from a box", async () => {
    const bridge = await open(views.changes);
    await type("three things");
    await press("Enter");
    screen.getAllByRole("checkbox")[1]?.focus();
    await press("Enter");
    expect(asks(bridge, "commit")).toHaveLength(1);
    expect(document.activeElement).toBe(field());
    cleanup();
    await open();
    await type("2h acme");
    await press("ArrowDown");
    expect(document.activeElement?.classList.contains("chip")).toBe(true);
    await press("ArrowRight");
    expect(document.activeElement?.id).toBe("chip-0-date");
    await press("ArrowUp");
    expect(document.activeElement).toBe(field());
    await press("ArrowDown");
    await press("x");
    expect(document.activeElement).toBe(field());
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
    expect(await say("Try it: nothing here is real")).toBeTruthy();
    await act(async () => void fireEvent.click(screen.getByRole("button", { name: "2h acme design yesterday" })));
    expect(field().value).toBe("2h acme design yesterday");
    expect(document.activeElement).toBe(field());
  });

  it("stops the running timer and says what came of it", async () => {
    const bridge = await open();
    bridge.answer("stop-timer", { ok: true, message: "Stopped at 1 h 12 min" });
    await act(async () => void fireEvent.click(screen.getByRole("button", { name: "Stop timer" })));
    expect(await say("Stopped at 1 h 12 min")).toBeTruthy();
  });

  it("brings earlier sentences back with Up", async () => {
    await open();
    await press("ArrowUp");
    await press("ArrowUp");
    expect(field().value).toBe("30 min standup");
  });

  it("tells when the hotkey could not be taken", async () => {
    await open(views.plain, { ...appViews.busy, hotkey: { accelerator: "Ctrl+Alt+H", registered: false, message: "Another program holds Ctrl+Alt+H." } });
    expect(await say("Another program holds Ctrl+Alt+H.")).toBeTruthy();
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

describe("the offer to remember words", () => {
  const remember = { name: "standup", place: "Internal › Team · Meetings" };
  async function save() {
    const bridge = (await open()).answer("commit", { kind: "saved", receipt: { ...receipt, remember } }).answer("remember", { ok: true, message: "“standup” is a shortcut now." }).answer("dont-remember", undefined);
    await type("30m standup today");
    await press("Enter", {}, field());
    await say("Remember: “standup” = Internal › Team · Meetings?");
    return bridge;
  }

  it("is one key away in the receipt, which stays with its Undo", async () => {
    const bridge = await save();
    expect(asks(bridge, "remember")).toEqual([]);
    await press("r", { ctrlKey: true }, field());
    await say("“standup” is a shortcut now.");
    expect(asks(bridge, "remember")).toEqual([{ name: "standup" }]);
    expect(screen.getByRole("button", { name: "Undo" })).toBeDefined();
    expect(screen.queryByText(/^Remember:/)).toBeNull();
  });

  it("goes away with a no, and nothing is kept", async () => {
    const bridge = await save();
    await act(async () => void fireEvent.click(screen.getByRole("button", { name: "No" })));
    expect(screen.queryByText(/^Remember:/)).toBeNull();
    expect([asks(bridge, "remember"), asks(bridge, "dont-remember")]).toEqual([[], [{ name: "standup" }]]);
    expect(document.activeElement).toBe(field());
  });

  it("is reached with Tab and taken with its own button", async () => {
    const bridge = await save();
    const button = screen.getByRole("button", { name: /^Remember/ });
    expect(button.tabIndex).toBe(0);
    await act(async () => void fireEvent.click(button));
    expect(asks(bridge, "remember")).toHaveLength(1);
  });
});
