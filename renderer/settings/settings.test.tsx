import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { AppState } from "../../electron/ipc/contract.ts";
import type { FakeBridge } from "../fake-bridge.ts";
import { fakeState } from "../fake-states.ts";
import { appViews } from "../fake-views.ts";
import { Settings } from "./settings.tsx";

afterEach(cleanup);

const asks = (bridge: FakeBridge, name: string): readonly unknown[] => bridge.asked.filter((each) => each.name === name).map((each) => each.input);

async function open(app: AppState = appViews.fresh): Promise<FakeBridge> {
  const bridge = fakeState("busy").answer("state", app);
  render(<Settings bridge={bridge} />);
  await screen.findByRole("heading", { name: "Shortcuts" });
  return bridge;
}

async function click(name: string | RegExp): Promise<void> {
  await act(async () => void fireEvent.click(screen.getByRole("button", { name })));
}

async function fill(label: string | RegExp, value: string): Promise<void> {
  await act(async () => void fireEvent.change(screen.getByLabelText(label), { target: { value } }));
}

describe("connecting", () => {
  it("picks the account that the token opens, keeps the token in the keychain and forgets it on the page", async () => {
    const bridge = await open();
    await fill("Personal access token", " 123.pat.abc ");
    await click("Find my accounts");
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Connect" }).disabled).toBe(true);
    await act(async () => void fireEvent.click(screen.getByRole("radio", { name: /Northwind Labs/ })));
    await click("Connect");
    expect(asks(bridge, "connect")).toEqual([{ token: "123.pat.abc", accountId: 812346, keep: "keychain" }]);
    expect(screen.getByLabelText<HTMLInputElement>("Personal access token").value).toBe("");
  });

  it("says what was wrong with a token and never shows it in the open", async () => {
    await open();
    await fill("Personal access token", "wrong");
    expect(screen.getByLabelText<HTMLInputElement>("Personal access token").type).toBe("password");
    await click("Find my accounts");
    expect(screen.getByRole("alert").textContent).toContain("Harvest does not know this token");
  });

  it.each(["", "0", "12a", "-3"])("is not possible with %j as the account id", async (id) => {
    await open();
    await fill("Personal access token", "t");
    await fill("Account id", id);
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Connect" }).disabled).toBe(true);
  });

  it("keeps the token for the session only where no keychain answers", async () => {
    const bridge = await open({ ...appViews.fresh, account: { kind: "sample", label: "Sample data", keychain: "none" } });
    await fill("Personal access token", "t");
    await fill("Account id", "77");
    await click("Connect");
    expect(asks(bridge, "connect")).toEqual([{ token: "t", accountId: 77, keep: "session" }]);
  });

  it("offers the session after a refusal by the keychain, and only when ticked", async () => {
    const bridge = await open();
    bridge.answer("connect", { ok: false, message: "The keychain is locked." });
    await fill("Personal access token", "t");
    await fill("Account id", "77");
    expect(screen.queryByRole("checkbox", { name: "Keep the token for this session only" })).toBeNull();
    await click("Connect");
    await act(async () => void fireEvent.click(screen.getByRole("checkbox", { name: "Keep the token for this session only" })));
    await click("Connect");
    expect(asks(bridge, "connect").map((input) => (input as { keep: string }).keep)).toEqual(["keychain", "session"]);
  });
});

describe("the hotkey", () => {
  it("is recorded by pressing it, and Escape keeps the old one", async () => {
    const bridge = await open();
    const record = (): HTMLElement => screen.getByRole("button", { name: /Change|Press the keys/ });
    fireEvent.click(record());
    fireEvent.keyDown(record(), { code: "Escape", key: "Escape" });
    fireEvent.keyDown(record(), { code: "KeyJ", key: "j", ctrlKey: true, altKey: true });
    expect(asks(bridge, "change-settings")).toEqual([]);
    fireEvent.click(record());
    fireEvent.keyDown(record(), { code: "ControlLeft", key: "Control", ctrlKey: true });
    await act(async () => void fireEvent.keyDown(record(), { code: "KeyJ", key: "j", ctrlKey: true, altKey: true }));
    expect(asks(bridge, "change-settings")).toEqual([{ hotkey: "Ctrl+Alt+J" }]);
  });
});

describe("reading", () => {
  it("stores a choice at once and switches rounding off with nothing", async () => {
    const bridge = await open();
    await fill("Week starts on", "sunday");
    await fill("Round hours", "off");
    await fill("Keep the model in memory", "0");
    expect(asks(bridge, "change-settings")).toEqual([{ weekStart: "sunday" }, { rounding: null }, { idleMinutes: 0 }]);
  });
});

describe("shortcuts", () => {
  const names = (bridge: FakeBridge): unknown => (asks(bridge, "change-settings").at(-1) as { shortcuts: { name: string }[] }).shortcuts.map(({ name }) => name);

  it("are added with what was filled in and nothing else", async () => {
    const bridge = await open();
    await click("Add a shortcut");
    await fill("Word or phrase", "retro");
    await fill("Project", "21");
    await fill(/^Hours/, "1:30");
    await click("Save");
    expect(asks(bridge, "change-settings")).toEqual([{ shortcuts: [expect.objectContaining({ name: "standup" }), { name: "api", project: 21 }, { name: "retro", project: 21, hours: 1.5 }] }]);
  });

  it.each([
    ["", "21", "", "Give it a word to type"],
    ["Standup", "21", "", "Another shortcut has this word"],
    ["retro", "", "", "Choose its project"],
    ["retro", "21", "long", "Write the hours as"],
  ])("named %j on project %j with hours %j are refused: %s", async (name, project, hours, message) => {
    const bridge = await open();
    await click("Add a shortcut");
    await fill("Word or phrase", name);
    await fill("Project", project);
    await fill(/^Hours/, hours);
    await click("Save");
    expect(screen.getByRole("alert").textContent).toContain(message);
    expect(asks(bridge, "change-settings")).toEqual([]);
  });

  it("keep their place when changed and are gone when removed", async () => {
    const bridge = await open();
    await click("Edit standup");
    await fill("Word or phrase", "daily");
    await click("Save");
    expect(names(bridge)).toEqual(["daily", "api"]);
    await click("Remove standup");
    expect(names(bridge)).toEqual(["api"]);
  });

  it("say in the table what they stand for", async () => {
    await open();
    const row = within(screen.getByRole("table", { name: "Shortcuts" })).getByRole("row", { name: /^standup/ });
    expect(row.textContent).toContain("Acme Corp › Website Redesign · Meetings, “Daily standup”");
  });
});
