import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { appViews, queuedReceipt, receipt, views } from "../fake-views.ts";
import { asks, field, open, press, say, type } from "./driver.tsx";

afterEach(cleanup);

describe("a plain entry", () => {
  it("goes from sentence to chips to receipt to undone with the keyboard alone", async () => {
    const bridge = await open();
    expect(document.activeElement).toBe(field());
    await type("2.5h acme design review yesterday");
    expect(screen.getByRole("button", { name: /^Day: ?Sun 5 Apr/ })).toBeTruthy();
    expect(screen.getByRole("button", { name: /^Task: ?Design.*assumed/ })).toBeTruthy();
    await press("Enter");
    expect(await say(receipt.text)).toBeTruthy();
    expect(field().value).toBe("");
    expect(asks(bridge, "commit")).toEqual([{ text: "2.5h acme design review yesterday", pins: [], digest: "d-plain", skip: [] }]);
    await press("z", { ctrlKey: true });
    expect(await say("Undone: it is gone again")).toBeTruthy();
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
    expect(await say("It will be sent when Harvest answers")).toBeTruthy();
  });

  it("goes on with what was saved in part, by Enter, and does not begin again", async () => {
    const bridge = await open();
    bridge.answer("commit", { kind: "failed", message: "The week is locked. Saved before that: 2 h. Not saved: 1 h.", batch: "b-9" });
    bridge.answer("finish", { ok: true, message: "Saved: 2h acme" });
    await type("2h acme");
    await press("Enter");
    expect(await say("Save the rest")).toBeTruthy();
    await press("Enter");
    expect(await say("Saved: 2h acme")).toBeTruthy();
    expect(bridge.asked.filter(({ name }) => name === "commit" || name === "finish")).toEqual([expect.objectContaining({ name: "commit" }), { name: "finish", input: { batch: "b-9" } }]);
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
    expect(await say("Undone")).toBeTruthy();
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
    expect(await say("Check, then press Enter to save")).toBeTruthy();
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
    expect(await say("Your timesheet changed in the meantime")).toBeTruthy();
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
    expect(await say("Working out the change on this computer, 1.2 s")).toBeTruthy();
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
    expect(await say("Read by the model on this computer")).toBeTruthy();
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
