import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { realModel } from "../engine/real-model.ts";
import { writeTinyGguf } from "../engine/tiny-gguf.ts";
import { stint } from "../support/terminal.ts";
import { violationsOn } from "./axe.ts";
import { startApp, temporaryHome, until, whyNot, type Running } from "./app.ts";

const NEEDS_MODEL = "put whatever I did monday also on tuesday";

describe("measuring a model in the app", () => {
  const place = temporaryHome();
  const files = temporaryHome();
  const held: { real: string | undefined; missing: string } = { real: undefined, missing: "" };
  let running: Running;
  let page: Page;
  const modelLine = (id: string) => running.trayLine(`model:${id}`);
  const words = (): Promise<string> => page.locator("body").innerText();
  const done = async (): Promise<number> => Number((await page.locator("progress").getAttribute("value", { timeout: 1_000 }).catch(() => null)) ?? -1);
  const kept = (): string => (existsSync(join(place.home, "models/measured.json")) ? readFileSync(join(place.home, "models/measured.json"), "utf8") : "");
  const enginePid = (): Promise<number | undefined> => running.app.evaluate(({ app }) => app.getAppMetrics().find((metric) => metric.serviceName === "Stint engine" || metric.name === "Stint engine")?.pid);

  beforeEach(({ skip }) => {
    if (whyNot) skip(whyNot);
  });
  beforeAll(async () => {
    if (whyNot) return;
    const tiny = writeTinyGguf(join(files.home, "tiny.gguf"), { architecture: "llama", layers: 4, width: 256 });
    await stint(["models", "add", tiny], { home: place.home });
    const real = await realModel();
    if ("missing" in real) held.missing = real.missing;
    else held.real = ((await stint(["models", "add", real.path, "--json"], { home: place.home })).json() as { id: string }).id;
    running = await startApp({ home: place.home });
    await running.tray("models");
    page = await until(() => running.app.windows().find((each) => each.url().includes("/models/")) as Page, (found) => found !== undefined);
    await page.getByRole("radio", { name: "Rules only" }).waitFor();
  });
  afterAll(async () => {
    await running?.close();
    place.remove();
    files.remove();
  });

  it("says of a new model that it is not measured yet", async () => {
    expect(await words()).toContain("score not measured yet");
    expect((await modelLine("tiny"))?.label).toContain("not measured yet");
  });

  it("shows how far it is, on the page and in the tray, and keeps nothing when it is stopped", async () => {
    await page.getByRole("button", { name: "Measure Tiny" }).or(page.getByRole("button", { name: "Measure tiny" })).click();
    await until(words, (text) => /Measuring: \d+ of 40/.test(text));
    await until(() => modelLine("tiny"), (line) => /being measured, \d+ of 40/.test(line?.label ?? ""));
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole("button", { name: /^Stop / }).click();
    await until(words, (text) => text.includes("The measurement was stopped; nothing was kept."), 30_000);
    expect(await page.locator("progress").count()).toBe(0);
    expect(kept()).not.toContain("score");
  });

  it("gives a real model its score, though its process is killed and a sentence is typed on the way", async (ctx) => {
    const id = held.real;
    if (id === undefined) return ctx.skip(`not run: ${held.missing}`);
    await running.tray(`model:${id}`);
    await until(() => modelLine(id), (line) => line?.checked === true && line.label.includes("ready"), 60_000);
    await page.getByRole("button", { name: /^Measure Smol/ }).click();
    await until(done, (value) => value >= 3, 120_000);
    const pid = await enginePid();
    process.kill(pid ?? 0, "SIGKILL");
    await until(enginePid, (now) => now !== undefined && now !== pid, 60_000);
    const before = await until(done, (value) => value >= 6, 120_000);
    // Whoever types does not wait for the measurement to end.
    await running.popup.getByLabel("What did you work on?").fill(NEEDS_MODEL);
    await until(() => running.popup.locator("body").innerText(), (text) => text.includes("Ask the model"));
    await running.popup.getByLabel("What did you work on?").press("Enter");
    await running.popup.locator(".line[data-phase=thinking]").waitFor({ timeout: 10_000 });
    await running.popup.locator(".line[data-phase=thinking]").waitFor({ state: "detached", timeout: 60_000 });
    const after = await done();
    expect(after).toBeLessThan(40);
    expect(after).toBeGreaterThanOrEqual(before);
    await until(words, (text) => /: \d+ of 40 right, \d+ asked, \d+ wrong/.test(text), 300_000);
    const score = await until(words, (text) => /\d+ of 40 right, \d+ asked, \d+ wrong.*; measured \d+ [A-Z]/.test(text));
    const said = /\d+ of 40 right, \d+ asked, \d+ wrong/.exec(score)?.[0] ?? "none";
    await until(() => modelLine(id), (line) => line?.label.includes(said) === true);
    expect((await stint(["models", "list"], { home: place.home })).out).toContain(said);
    expect((await stint(["history", "--json"], { home: place.home })).json()).toEqual([]);
  }, 600_000);
});
