import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stint, temporaryHome } from "../support/terminal.ts";
import { startApp, until, whyNot, type Running } from "./app.ts";

interface State {
  readonly notices: readonly string[];
  readonly hotkey: { readonly registered: boolean; readonly message?: string };
}

describe("trouble", () => {
  let place: ReturnType<typeof temporaryHome>;
  const open: Running[] = [];
  const start = async (home: string): Promise<Running> => {
    const running = await startApp({ home });
    open.push(running);
    return running;
  };
  const state = (running: Running): Promise<State> => running.popup.evaluate(() => window.stint?.ask("state") as never);

  beforeEach(({ skip }) => {
    if (whyNot) skip(whyNot);
    place = temporaryHome();
  });
  afterEach(async () => {
    for (const running of open.splice(0)) await running.close();
    place?.remove();
  });

  it("sets a damaged settings file aside, says so in one sentence, and starts", async () => {
    writeFileSync(join(place.home, "settings.json"), '{"version":1,"hotkey":');
    const running = await start(place.home);
    const { notices } = await until(() => state(running), (now) => now.notices.length > 0);
    expect(notices.join(" ")).toMatch(/settings/i);
    expect(readdirSync(place.home).some((name) => name.startsWith("settings.damaged"))).toBe(true);
  });

  it("keeps what is whole of a damaged journal, and undo still works", async () => {
    expect((await stint(["2h acme website yesterday", "--yes"], { home: place.home })).code).toBe(0);
    const folder = join(place.home, "accounts/sample");
    const journal = readdirSync(folder).map((name) => join(folder, name)).find((path) => path.includes("journal") && statSync(path).isFile());
    expect(journal).toBeDefined();
    appendFileSync(journal ?? "", '{"half a rec');
    const running = await start(place.home);
    await running.popup.getByLabel("What did you work on?").press("Control+z");
    await until(() => running.popup.locator("body").innerText(), (text) => text.includes("Undone"));
  });

  it("sets a damaged sample account aside and makes a fresh one", async () => {
    writeFileSync(join(place.home, "sample-account.json"), "no account at all");
    const running = await start(place.home);
    await until(() => state(running), (now) => now.notices.some((notice) => /aside|damaged/i.test(notice)));
    await running.popup.getByLabel("What did you work on?").pressSequentially("2h acme website yesterday");
    await running.popup.locator("#chip-0-project").waitFor();
  });

  it("says in the tray and on the page when the shortcut is taken", async () => {
    await start(place.home);
    const other = temporaryHome();
    try {
      const second = await start(other.home);
      const { hotkey } = await until(() => state(second), (now) => !now.hotkey.registered);
      expect(hotkey.message).toContain("taken");
      expect((await second.trayLine("hotkey-problem"))?.label).toContain("taken");
      await until(() => second.popup.locator("body").innerText(), (text) => /shortcut/i.test(text));
    } finally {
      await open.pop()?.close();
      other.remove();
    }
  });

  it("refuses to save on a full disk and keeps the sentence in the field", async ({ skip }) => {
    const disk = join(place.home, "disk");
    mkdirSync(disk);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], { stdio: "ignore" });
    } catch {
      skip("a small file system cannot be mounted here (it needs root)");
    }
    try {
      const running = await start(disk);
      const field = running.popup.getByLabel("What did you work on?");
      await field.pressSequentially("2h acme website yesterday");
      await running.popup.locator("#chip-0-project").waitFor();
      try {
        execFileSync("dd", ["if=/dev/zero", `of=${join(disk, "filler")}`, "bs=64k"], { stdio: "ignore" });
      } catch {
        // dd ends with an error once nothing more fits, which is what it is here for.
      }
      await field.press("Enter");
      await running.popup.getByRole("alert").waitFor();
      expect(await field.inputValue()).toBe("2h acme website yesterday");
      await open.pop()?.close();
    } finally {
      execFileSync("umount", ["-l", disk], { stdio: "ignore" });
    }
  });
});
