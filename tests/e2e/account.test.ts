import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { startSandbox, type Sandbox } from "../../electron/harvest/sandbox/server.ts";
import { stint, temporaryHome } from "../support/terminal.ts";
import { startApp, until, whyNot, type Running } from "./app.ts";

const noKeyring = process.env["DBUS_SESSION_BUS_ADDRESS"] ? undefined : "there is no session bus, and so no keychain; npm test starts one";
const why = whyNot ?? noKeyring;

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const info = statSync(path, { throwIfNoEntry: false });
    if (info?.isDirectory()) return filesUnder(path);
    return info?.isFile() ? [path] : [];
  });
}

describe("a Harvest account in the app", () => {
  const place = temporaryHome();
  // A token that stands nowhere else, so that any file that holds it has it from the app.
  const token = "marker-4f1d7a9c-token";
  let harvest: Sandbox;
  const env = (): Record<string, string> => ({ STINT_HARVEST_URL: harvest.url });
  const state = (running: Running): Promise<{ account: { kind: string; label: string } }> => running.popup.evaluate(() => window.stint?.ask("state") as never);
  const pageOf = async (running: Running, name: string): Promise<Page> => {
    await running.popup.evaluate((page) => window.stint?.ask("open-page", { page: page as "settings" }), name);
    return until(() => running.app.windows().find((page) => page.url().includes(`/${name}/`)) as Page, (page) => page !== undefined);
  };

  beforeEach(({ skip }) => {
    if (why) skip(why);
  });
  beforeAll(async () => {
    if (why) return;
    const started = await startSandbox({ token, requestsPer15s: 1000 });
    if (started.kind === "failed") throw new Error(started.message);
    harvest = started;
  });
  afterAll(async () => {
    await harvest?.close();
    place.remove();
  });

  it("is connected in the settings by token, and found again after a restart", async () => {
    const first = await startApp({ home: place.home, env: env() });
    const settings = await pageOf(first, "settings");
    await settings.getByLabel("Personal access token").fill(token);
    await settings.getByRole("button", { name: "Find my accounts" }).click();
    await settings.waitForTimeout(500);
    await settings.getByRole("button", { name: "Connect" }).click();
    await until(() => state(first), ({ account }) => account.kind === "harvest");
    await first.close();

    const second = await startApp({ home: place.home, env: env() });
    try {
      const opened = await until(() => state(second), ({ account }) => account.kind === "harvest");
      expect(opened.account.label.length).toBeGreaterThan(0);
    } finally {
      await second.close();
    }
  });

  it("shares the account with the terminal, and books on it", async () => {
    const status = await stint(["status", "--json"], { home: place.home, env: env() });
    expect(status.json()).toMatchObject({ account: "harvest" });
    const saved = await stint(["2h acme website yesterday", "--yes", "--json"], { home: place.home, env: env() });
    expect(saved.code, saved.err).toBe(0);
    const { saved: [row] } = saved.json() as { saved: { entry: number }[] };
    const headers = { authorization: `Bearer ${token}`, "harvest-account-id": String(harvest.accountId), "user-agent": "test (test@example.com)" };
    const found = await fetch(`${harvest.url}/v2/time_entries/${row?.entry}`, { headers });
    expect(await found.json()).toMatchObject({ hours: 2 });
  });

  it("keeps the token out of every file", () => {
    const holding = filesUnder(place.home).filter((path) => readFileSync(path).includes(token));
    expect(holding).toEqual([]);
  });

  it("is gone after disconnect: token out of the keychain, sample account open", async () => {
    expect((await stint(["disconnect"], { home: place.home, env: env() })).code).toBe(0);
    expect((await stint(["status", "--json"], { home: place.home, env: env() })).json()).toMatchObject({ account: "sample" });
    expect((await stint(["today", "--account", "harvest"], { home: place.home, env: env() })).code).toBe(1);
  });

  it("is connected from the terminal too, by a token on standard input, and opens in the app", async () => {
    const ran = await stint(["connect"], { home: place.home, env: env(), input: `${token}\n` });
    expect(ran.code, ran.err).toBe(0);
    expect(`${ran.out}${ran.err}`).not.toContain(token);
    const running = await startApp({ home: place.home, env: env() });
    try {
      await until(() => state(running), ({ account }) => account.kind === "harvest");
    } finally {
      await running.close();
    }
    expect((await stint(["disconnect"], { home: place.home, env: env() })).code).toBe(0);
  });

  it("is refused in a terminal without a keychain, and no token is written down", async () => {
    const bare = temporaryHome();
    const ran = await stint(["connect"], { home: bare.home, env: { ...env(), DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent/bus" }, input: `${token}\n` });
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/keychain|keyring/i);
    expect(filesUnder(bare.home).filter((path) => readFileSync(path).includes(token))).toEqual([]);
    bare.remove();
  });

  it("refuses a wrong token with one sentence and connects nothing", async () => {
    const ran = await stint(["connect", "--account-id", String(harvest.accountId)], { home: place.home, env: env(), input: "not-the-token\n" });
    expect(ran.code).toBe(1);
    expect(ran.err).not.toContain("not-the-token");
    expect((await stint(["status", "--json"], { home: place.home, env: env() })).json()).toMatchObject({ account: "sample" });
  });

  it("refuses a token with a line break in its middle before anything is sent", async () => {
    const running = await startApp({ home: place.home, env: env() });
    try {
      const said = await running.popup.evaluate(() => window.stint?.ask("connect", { token: "abc\r\ndef", accountId: 1, keep: "session" }));
      expect(said?.ok).toBe(false);
      expect(said?.message).not.toContain("abc");
    } finally {
      await running.close();
    }
  });

  it("offers this session only where there is no keychain, and never writes the token down", async () => {
    const bare = temporaryHome();
    const running = await startApp({ home: bare.home, env: { ...env(), DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent/bus" } });
    try {
      const ask = (keep: "keychain" | "session") => running.popup.evaluate(([token, accountId, how]) => window.stint?.ask("connect", { token: String(token), accountId: Number(accountId), keep: how as "session" }), [token, harvest.accountId, keep]);
      const refused = await ask("keychain");
      expect(refused?.ok).toBe(false);
      expect(refused?.message).toMatch(/keychain|keyring/i);
      expect((await ask("session"))?.ok).toBe(true);
      await until(() => state(running), ({ account }) => account.kind === "harvest");
      expect(filesUnder(bare.home).filter((path) => readFileSync(path).includes(token))).toEqual([]);
    } finally {
      await running.close();
      bare.remove();
    }
  });

  it("keeps a sentence while Harvest cannot be reached, and sends it once when it can", async () => {
    const mine = temporaryHome();
    const server = { token, file: join(mine.home, "harvest.json"), requestsPer15s: 1000 };
    const first = await startSandbox(server);
    if (first.kind === "failed") throw new Error(first.message);
    const reach = { STINT_HARVEST_URL: first.url };
    const home = join(mine.home, "stint");
    expect((await stint(["connect"], { home, env: reach, input: `${token}\n` })).code).toBe(0);
    expect((await stint(["today"], { home, env: reach })).code).toBe(0);
    await first.close();

    const running = await startApp({ home, env: reach });
    try {
      const field = running.popup.getByLabel("What did you work on?");
      await field.pressSequentially("2h acme website yesterday kept for later");
      await running.popup.locator("#chip-0-notes").waitFor();
      await field.press("Enter");
      await until(() => running.popup.locator("body").innerText(), (text) => text.includes("Kept on this computer"), 30_000);
      expect((await running.trayLine("waiting"))?.label).toContain("1");
    } finally {
      await running.close();
    }
    const again = await startSandbox({ ...server, port: first.port });
    if (again.kind === "failed") throw new Error(again.message);
    try {
      for (const _round of [1, 2]) expect((await stint(["status", "--json"], { home, env: reach })).json()).toMatchObject({ waiting: 0 });
      const state = (await (await fetch(`${again.url}/_sandbox/state`)).json()) as { entries: { notes: string }[] };
      expect(state.entries.filter(({ notes }) => notes === "kept for later")).toHaveLength(1);
      await stint(["disconnect"], { home, env: reach });
    } finally {
      await again.close();
      mine.remove();
    }
  });
});
