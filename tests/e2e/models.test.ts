import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { writeTinyGguf } from "../engine/tiny-gguf.ts";
import { stint } from "../support/terminal.ts";
import { startApp, temporaryHome, until, whyNot, type Running } from "./app.ts";

const NEEDS_MODEL = "put whatever I did monday also on tuesday";

describe("models in the app", () => {
  const place = temporaryHome();
  const files = temporaryHome();
  let running: Running;
  const field = () => running.popup.getByLabel("What did you work on?");
  const wordsOnPage = (): Promise<string> => running.popup.locator("body").innerText();
  const modelLine = (id: string) => running.trayLine(`model:${id}`);
  const enginePid = (): Promise<number | undefined> =>
    running.app.evaluate(({ app }) => app.getAppMetrics().find((metric) => metric.serviceName === "Stint engine" || metric.name === "Stint engine")?.pid);

  beforeEach(({ skip }) => {
    if (whyNot) skip(whyNot);
  });
  beforeAll(async () => {
    if (whyNot) return;
    for (const [name, architecture] of [["first", "llama"], ["second", "gemma4"]] as const) {
      const path = writeTinyGguf(join(files.home, `${name}.gguf`), { architecture, layers: 4, width: 256 });
      const added = await stint(["models", "add", path], { home: place.home });
      if (added.code !== 0) throw new Error(added.err);
    }
    writeFileSync(join(files.home, "broken.gguf"), "GGUF and then nothing of the kind");
    running = await startApp({ home: place.home });
  });
  afterAll(async () => {
    await running?.close();
    place.remove();
    files.remove();
  });

  it("starts with rules only, the models of the terminal in its list, and no engine process", async () => {
    expect(await modelLine("rules")).toMatchObject({ checked: true });
    expect((await modelLine("first"))?.label).toContain("on disk");
    expect(await enginePid()).toBeUndefined();
  });

  it("loads a model that the tray picks, and puts another in its place", async () => {
    await running.tray("model:first");
    await until(() => modelLine("first"), (line) => line?.label.includes("ready") === true, 60_000);
    expect(await modelLine("first")).toMatchObject({ checked: true });
    await running.tray("model:second");
    await until(() => modelLine("second"), (line) => line?.label.includes("ready") === true, 60_000);
    expect((await modelLine("first"))?.label).toContain("on disk");
    expect(await modelLine("first")).toMatchObject({ checked: false });
  });

  it("answers with what the rules read when the engine is killed in the middle of a sentence, and works again after", async () => {
    const pid = await enginePid();
    expect(pid).toBeTypeOf("number");
    await field().fill("");
    await field().pressSequentially(NEEDS_MODEL);
    await until(wordsOnPage, (text) => text.includes("Ask the model") || text.includes("Enter"));
    // A stopped process cannot answer in time: the kill certainly comes in the middle.
    process.kill(pid ?? 0, "SIGSTOP");
    await field().press("Enter");
    await running.popup.locator(".line[data-phase=thinking]").waitFor();
    process.kill(pid ?? 0, "SIGKILL");
    await until(wordsOnPage, (text) => text.includes("The model stopped; here is what the rules read"));
    expect(await field().inputValue()).toBe(NEEDS_MODEL);
    await field().press("Enter");
    await until(enginePid, (now) => now !== undefined && now !== pid, 60_000);
    await running.popup.locator(".line[data-phase=thinking]").waitFor({ state: "detached", timeout: 60_000 });
    await field().fill("");
  });

  it("reads plain sentences while the engine is gone", async () => {
    const pid = await enginePid();
    if (pid !== undefined) process.kill(pid, "SIGKILL");
    await field().pressSequentially("2h acme website yesterday");
    await running.popup.locator("#chip-0-project").waitFor();
    await field().fill("");
  });

  it("unloads on request and keeps the choice", async () => {
    await running.tray("model:second");
    await until(() => modelLine("second"), (line) => line?.label.includes("ready") === true, 60_000);
    await running.tray("unload-model");
    await until(() => modelLine("second"), (line) => line?.label.includes("on disk") === true, 30_000);
    expect(await modelLine("second")).toMatchObject({ checked: true });
  });

  it("says in the list why a model file that was cut off after it was added cannot be loaded, and stays usable", async () => {
    writeFileSync(join(files.home, "first.gguf"), "GGUF");
    await running.tray("model:first");
    await until(() => modelLine("first"), (line) => line?.label.includes("failed") === true, 60_000);
    await running.tray("model:rules");
    await until(() => modelLine("rules"), (line) => line?.checked === true);
  });

  it.each([
    ["a file that is no model", "broken.gguf"],
    ["a file that is not there", "nowhere.gguf"],
  ])("refuses %s with a sentence", async (_what, name) => {
    const ran = await stint(["models", "add", join(files.home, name)], { home: place.home });
    expect(ran.code).toBe(1);
    expect(ran.err.trim().split("\n")).toHaveLength(1);
    expect(ran.err).not.toMatch(/Error|at .*\.js/);
  });
});
