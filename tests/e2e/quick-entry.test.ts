import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { serveSandbox, type Served } from "../support/terminal.ts";
import { activeWindow, electron, pressKeys, startApp, startWindowManager, temporaryHome, until, whyNot, type Running } from "./app.ts";

const FIELD = "What did you work on?";

interface Entries {
  readonly time_entries: readonly { readonly id: number; readonly spent_date: string; readonly hours: number; readonly project: { readonly name: string }; readonly task: { readonly name: string } }[];
}

describe("the popup on the sample account", () => {
  const place = temporaryHome();
  let manager: ChildProcess;
  let running: Running;
  let sandbox: Served;
  const day = (back: number): string => {
    const date = new Date(Date.now() - back * 86_400_000);
    return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
  };
  const entriesOn = async (date: string): Promise<Entries["time_entries"]> => ((await sandbox.get(`/v2/time_entries?from=${date}&to=${date}`)).body as Entries).time_entries;
  const field = () => running.popup.getByLabel(FIELD);
  const write = async (text: string): Promise<void> => {
    await field().fill("");
    await field().pressSequentially(text);
  };
  const wordsOnPage = (): Promise<string> => running.popup.locator("body").innerText();

  beforeEach(({ skip }) => {
    if (whyNot) skip(whyNot);
  });
  beforeAll(async () => {
    if (whyNot) return;
    manager = startWindowManager();
    running = await startApp({ home: place.home });
    sandbox = await serveSandbox(place.home);
  });
  afterAll(async () => {
    await running?.close();
    await sandbox?.stop();
    manager?.kill();
    place.remove();
  });

  it("opens by itself on the sample account and says that nothing there is real", async () => {
    expect(await running.isShown()).toBe(true);
    await until(wordsOnPage, (text) => text.includes("nothing here is real"));
  });

  it("hides on the shortcut, shows on the next press, and takes the keys that follow", async () => {
    await until(() => running.isShown(), (shown) => shown);
    await running.popup.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
    pressKeys("ctrl+alt+h");
    await until(() => running.isShown(), (shown) => !shown);
    pressKeys("ctrl+alt+h");
    await until(() => running.isShown(), (shown) => shown);
    await until(() => running.popup.evaluate(() => document.hasFocus() && document.activeElement?.tagName === "TEXTAREA"), (focused) => focused);
  });

  it("logs a sentence: chips while typing, one entry on Enter, found by plain HTTP, gone after Ctrl+Z", async () => {
    const before = await entriesOn(day(1));
    await write("2h acme website yesterday");
    await running.popup.locator("#chip-0-project").waitFor();
    expect(await running.popup.locator("#chip-0-project").innerText()).toContain("Acme Corp › Website Redesign");
    expect(await running.popup.locator("#chip-0-hours").innerText()).toContain("2 h");
    expect(await running.popup.locator("#chip-0-date").innerText()).toContain("yesterday");
    await field().press("Enter");
    await until(wordsOnPage, (text) => text.includes("Saved 2 h"));
    const after = await entriesOn(day(1));
    expect(after).toHaveLength(before.length + 1);
    const fresh = after.find((entry) => !before.some((old) => old.id === entry.id));
    expect(fresh).toMatchObject({ hours: 2, project: { name: "Website Redesign" }, task: { name: "Design" } });
    expect(await field().inputValue()).toBe("");
    await field().press("Control+z");
    await until(() => entriesOn(day(1)), (entries) => entries.length === before.length);
    expect((await sandbox.get(`/v2/time_entries/${fresh?.id}`)).status).toBe(404);
  });

  it("moves an entry with one change, previewed before it is saved", async () => {
    const before = await entriesOn(day(1));
    await write("move yesterday's acme entry to Friday and make it 3h");
    const row = running.popup.locator(".operation").first();
    await row.waitFor();
    expect(await row.innerText()).toMatch(/Move/);
    await field().press("Enter");
    expect(await entriesOn(day(1))).toHaveLength(before.length);
    await field().press("Enter");
    await until(() => entriesOn(day(1)), (entries) => entries.length === before.length - 1);
    const moved = before.find((entry) => entry.project.name === "Website Redesign");
    const now = (await sandbox.get(`/v2/time_entries/${moved?.id}`)).body as Entries["time_entries"][number];
    expect(now.hours).toBe(3);
    expect(new Date(`${now.spent_date}T12:00:00Z`).getUTCDay()).toBe(5);
    await field().press("Control+z");
    await until(() => entriesOn(day(1)), (entries) => entries.length === before.length);
  });

  it("asks which Globex was meant, and writes nothing in the press that answers", async () => {
    const before = await entriesOn(day(0));
    await write("globexx 2h");
    await running.popup.locator("#option-0").waitFor();
    expect(await wordsOnPage()).toContain("Did you mean");
    await field().press("Enter");
    await until(() => running.popup.locator("#chip-0-project").count(), (count) => count === 1);
    expect(await entriesOn(day(0))).toEqual(before);
    await field().fill("");
  });

  it("comes to front from another program, keeps its text over Escape, and gives the focus back", async () => {
    await running.popup.keyboard.press("Escape");
    await until(() => running.isShown(), (shown) => !shown);
    const other = spawn("xev", ["-name", "another program"], { stdio: "ignore" });
    try {
      await until(activeWindow, (name) => name === "another program");
      pressKeys("ctrl+alt+h");
      await until(activeWindow, (name) => name === "Stint");
      execFileSync("xdotool", ["type", "--delay", "20", "1h acme website"]);
      await until(() => field().inputValue(), (text) => text === "1h acme website");
      pressKeys("Escape");
      await until(() => running.isShown(), (shown) => !shown);
      await until(activeWindow, (name) => name === "another program");
      pressKeys("ctrl+alt+h");
      await until(() => running.isShown(), (shown) => shown);
      expect(await field().inputValue()).toBe("1h acme website");
      await field().fill("");
    } finally {
      other.kill();
    }
  });

  it("answers another shortcut once it is changed, and no longer the old one", async () => {
    const change = (hotkey: string) => running.popup.evaluate((accelerator) => window.stint?.ask("change-settings", { hotkey: accelerator }), hotkey);
    expect((await change("Control+Alt+J"))?.ok).toBe(true);
    await running.popup.evaluate(() => window.stint?.ask("hide"));
    await until(() => running.isShown(), (shown) => !shown);
    pressKeys("ctrl+alt+h");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await running.isShown()).toBe(false);
    pressKeys("ctrl+alt+j");
    await until(() => running.isShown(), (shown) => shown);
    expect((await change("Not a key at all"))?.ok).toBe(false);
    expect((await change("Control+Alt+H"))?.ok).toBe(true);
  });

  it("keeps odd text whole: emoji, right-to-left marks, control characters, pasted lines, 10,000 characters", async () => {
    for (const text of ["🦄🦄 2h", "\u202e2h acme\u202c", "2h\u0007 acme", "\ud800 2h", "2h acme website today\n1h globex\n", "x ".repeat(5_000)]) {
      await running.popup.evaluate((value) => {
        const area = document.querySelector("textarea");
        if (!area) throw new Error("The field is gone.");
        Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(area, value);
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }, text);
      await running.popup.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)));
      expect(await field().inputValue()).toBe(text);
    }
    await field().fill("");
    await write("2h acme website yesterday");
    await running.popup.locator("#chip-0-project").waitFor();
    await field().fill("");
  });

  it("lets a second start show the popup of the first and end itself", async () => {
    await running.popup.keyboard.press("Escape");
    await until(() => running.isShown(), (shown) => !shown);
    const second = spawnSync(electron, ["--no-sandbox", process.cwd(), "--home", place.home], { timeout: 30_000 });
    expect(second.status).toBe(0);
    await until(() => running.isShown(), (shown) => shown);
  });
});
