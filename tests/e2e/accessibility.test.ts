import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { check, violationsOn } from "./axe.ts";
import { startApp, temporaryHome, until, whyNot, type Running } from "./app.ts";

describe("accessibility in the real app, by axe", () => {
  const place = temporaryHome();
  let running: Running;
  beforeEach(({ skip }) => {
    if (whyNot) skip(whyNot);
  });
  beforeAll(async () => {
    if (whyNot) return;
    running = await startApp({ home: place.home });
  });
  afterAll(async () => {
    await running?.close();
    place.remove();
  });

  const states = [
    ["before the first letter", "", ".line"],
    ["chips", "2h acme website yesterday fixed the header", "#chip-0-notes"],
    ["a question", "globexx 2h", "#option-0"],
    ["a preview", "move yesterday's acme entry to Friday and make it 3h", ".operation"],
    ["an answer", "how much on acme this month", ".answer"],
    ["no model", "put whatever I did monday also on tuesday", "#status"],
  ] as const;

  for (const scheme of ["light", "dark"] as const) {
    it.each(states)(`the popup has no violation with %s, ${scheme}`, async (_name, text, wait) => {
      await running.popup.emulateMedia({ colorScheme: scheme });
      const field = running.popup.getByLabel("What did you work on?");
      await field.fill("");
      if (text) await field.pressSequentially(text);
      await running.popup.locator(wait).first().waitFor();
      const { violations, passes } = await check(running.popup);
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      // Off by default in axe: it must really have run.
      expect(passes.map(({ id }) => id)).toContain("target-size");
      await field.fill("");
    });

    it.each(["settings", "models", "history"] as const)(`the page %s has no violation, ${scheme}`, async (name) => {
      await running.popup.evaluate((page) => window.stint?.ask("open-page", { page }), name);
      const page = await until(() => running.app.windows().find((each) => each.url().includes(`/${name}/`)) as Page, (found) => found !== undefined);
      await page.emulateMedia({ colorScheme: scheme });
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });
  }
});
