/**
 * `npm run screenshots`: drives the real app on the sample account and writes docs/images, light and dark, one picture for each state.
 * Starts a virtual display of its own where there is none.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron } from "playwright-core";
import { electronPath } from "./electron-path.mjs";
import { buildIfStale } from "./lib/fresh-build.mjs";
import { root, run } from "./lib/run.mjs";
import { needSystemPackages } from "./system-packages.mjs";

const images = join(root, "docs/images");
const NOW = "2026-04-06T09:00:00";

/** Each state of the popup: the keys that lead to it, and what must be on the page before the picture is taken. */
const states = [
  { name: "empty", type: "", wait: ".line" },
  { name: "typing", type: "2h acme website yesterday fixed the header", wait: "#chip-0-notes" },
  { name: "question", type: "globexx 2h", wait: "#option-0" },
  { name: "missing", type: "acme website yesterday", wait: "#chip-0-hours" },
  { name: "preview", type: "move yesterday's acme entry to Friday and make it 3h", wait: ".operation" },
  { name: "several", type: "2h acme website and 30m internal meetings yesterday", wait: ".operation" },
  { name: "answer", type: "how much on acme this month", wait: ".answer" },
  { name: "no-model", type: "put whatever I did monday also on tuesday", wait: "#status" },
  { name: "saved", type: "2h acme website yesterday", wait: "#chip-0-project", keys: ["Enter"], then: "text=Saved 2 h" },
];

async function popupOf(app) {
  for (;;) {
    const popup = app.windows().find((page) => page.url().includes("/quick-entry/"));
    if (popup) return popup;
    await app.waitForEvent("window");
  }
}

async function take(scheme) {
  const home = mkdtempSync(join(tmpdir(), "stint-shots-"));
  const app = await _electron.launch({ executablePath: await electronPath(), args: ["--no-sandbox", "--force-device-scale-factor=2", root, "--home", home], env: { ...process.env, STINT_NOW: NOW }, colorScheme: scheme });
  try {
    // The driver answers "which colours" for the pages; the window's own ground follows the app's theme.
    await app.evaluate(({ nativeTheme }, source) => void (nativeTheme.themeSource = source), scheme);
    const popup = await popupOf(app);
    const field = popup.getByLabel("What did you work on?");
    await field.waitFor();
    for (const { name, type, keys = [], wait, then = wait } of states) {
      await field.fill("");
      if (type) await field.pressSequentially(type);
      await popup.locator(wait).first().waitFor({ timeout: 10_000 });
      for (const key of keys) await field.press(key);
      await popup.locator(then).first().waitFor({ timeout: 10_000 });
      await popup.waitForTimeout(400);
      await popup.screenshot({ path: join(images, `${name}-${scheme}.png`) });
      console.log(`${name}-${scheme}.png`);
    }
    for (const page of ["settings", "models", "history"]) {
      await popup.evaluate((which) => window.stint.ask("open-page", { page: which }), page);
      let window;
      while (!(window = app.windows().find((each) => each.url().includes(`/${page}/`)))) await new Promise((resolve) => setTimeout(resolve, 100));
      await window.waitForTimeout(700);
      await window.screenshot({ path: join(images, `${page}-${scheme}.png`) });
      console.log(`${page}-${scheme}.png`);
    }
  } finally {
    await app.close();
    rmSync(home, { recursive: true, force: true });
  }
}

if (process.platform === "linux" && !process.env.STINT_SCREENSHOTS_INSIDE) {
  await needSystemPackages();
  await buildIfStale();
  await electronPath();
  process.exitCode = await run("xvfb-run", ["-a", "-s", "-screen 0 1600x1200x24", "dbus-run-session", "--", process.execPath, import.meta.filename], { env: { ...process.env, STINT_SCREENSHOTS_INSIDE: "1" } });
} else {
  mkdirSync(images, { recursive: true });
  writeFileSync(join(images, "README.md"), "Pictures of the real app on its sample account, made by `npm run screenshots`.\n");
  for (const scheme of ["light", "dark"]) await take(scheme);
}
