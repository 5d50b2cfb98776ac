import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { stint } from "../support/terminal.ts";
import { violationsOn } from "./axe.ts";
import { startApp, temporaryHome, until, whyNot, type Running } from "./app.ts";

describe("learning from a corrected reading", () => {
  const place = temporaryHome();
  let running: Running;
  const field = () => running.popup.getByLabel("What did you work on?");
  const words = (): Promise<string> => running.popup.locator("body").innerText();
  // The words that a screen reader was told last stay in the page; what is offered is a button.
  const offers = () => running.popup.getByRole("button", { name: "Remember" });
  const status = (): Promise<string> => running.popup.locator("#status").innerText();
  const shortcuts = async (): Promise<readonly { readonly name: string }[]> => (await stint(["shortcuts", "--json"], { home: place.home })).json();

  /** Says the sentence, gives it the first project and task that are offered, and saves. */
  const correctAndSave = async (text: string): Promise<void> => {
    await field().fill("");
    await field().pressSequentially(text);
    await until(words, (shown) => shown.includes(`called "${text.split(" ")[2]}"`));
    await running.popup.locator("#option-0").waitFor();
    // A project, a task where there is more than one, and the save: each Enter is for what is on show.
    for (let n = 0; n < 5 && (await field().inputValue()) !== ""; n += 1) {
      await until(status, (line) => /^(?:Ready|Nothing is saved yet)/.test(line));
      await field().press("Enter");
      await running.popup.waitForTimeout(500);
    }
    await until(words, (shown) => shown.includes(`Saved ${text.slice(0, 6)}`));
  };

  beforeEach(({ skip }) => {
    if (whyNot) skip(whyNot);
  });
  beforeAll(async () => {
    if (!whyNot) running = await startApp({ home: place.home });
  });
  afterAll(async () => {
    await running?.close();
    place.remove();
  });

  it("offers the words as a shortcut in the receipt, and offers them no more after a no", async () => {
    await correctAndSave("45 min retro today");
    await until(words, (shown) => shown.includes("Remember: “retro” = "));
    expect(await offers().count()).toBe(1);
    expect(await violationsOn(running.popup)).toEqual([]);
    await running.popup.getByRole("button", { name: "No", exact: true }).click();
    await until(() => offers().count(), (count) => count === 0);
    await correctAndSave("30 min retro today");
    expect(await offers().count()).toBe(0);
    expect(await shortcuts()).toEqual([]);
  });

  it("makes the shortcut on one key, shows it in the settings, and reads by it from then on", async () => {
    await correctAndSave("45 min huddle today");
    await until(words, (shown) => shown.includes("Remember: “huddle” = "));
    await field().press("Control+r");
    await until(words, (shown) => shown.includes("“huddle” is a shortcut for"));
    expect((await shortcuts()).map(({ name }) => name)).toEqual(["huddle"]);
    await running.tray("settings");
    const page = await until(() => running.app.windows().find((each) => each.url().includes("/settings/")), (found) => found !== undefined);
    await page?.getByRole("rowheader", { name: "huddle" }).waitFor();
    await page?.getByRole("button", { name: /^Remove huddle/ }).click();
    await until(shortcuts, (left) => left.length === 0);
  });
});
