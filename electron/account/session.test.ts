import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createAccount } from "../harvest/sandbox/accounts.ts";
import type { AccountData } from "../harvest/sandbox/account.ts";
import { startSandbox } from "../harvest/sandbox/server.ts";
import { createMemoryVault } from "../secrets/memory.ts";
import { createSettingsStore } from "../settings/store.ts";
import { createDesk } from "./desk.ts";
import { readEnvironment } from "./environment.ts";
import { openHome } from "./home.ts";
import { lookingAgain } from "./look-again.ts";
import { ageWords } from "./opener.ts";
import { createSession } from "./session.ts";

// A real server and real files: a busy computer may take its time.
vi.setConfig({ testTimeout: 30_000 });

/** A connected account in a home of its own; `start` is a new start of the program there. */
async function connected(name: string, adjust: (account: AccountData) => void = () => undefined) {
  const account = createAccount(name, { now: new Date(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  if (!account) throw new Error(`no account ${name}`);
  adjust(account);
  const box = await startSandbox({ account, requestsPer15s: 10_000 });
  if (box.kind === "failed") throw new Error(box.message);
  onTestFinished(() => box.close());
  const folder = mkdtempSync(join(tmpdir(), "stint-session-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const vault = createMemoryVault();
  const start = () => {
    const home = openHome(folder);
    const settings = createSettingsStore({ file: home.settings, onNotice: () => undefined });
    const session = createSession({ environment: readEnvironment(folder, { STINT_HARVEST_URL: box.url }), home, settings, vault });
    const open = async () => {
      const opened = await session.open("harvest");
      if (opened.kind === "failed") throw new Error(opened.message);
      return opened.timesheet;
    };
    return { session, open };
  };
  const first = start();
  expect(await first.session.connect(box.token, box.accountId, "keychain")).toMatchObject({ kind: "connected" });
  const happen = (what: object) => fetch(`${box.url}/_sandbox/happen`, { method: "POST", body: JSON.stringify(what) });
  const project = (named: string) => account.projects.find((each) => each.name === named)?.id;
  return { box, folder, first, start, happen, project };
}

test.each([
  [0, undefined], [59, undefined], [60, "1 minute"], [3599, "59 minutes"], [3600, "1 hour"], [47 * 3600, "47 hours"], [48 * 3600, "2 days"],
])("what was read %i seconds ago is %s old", (seconds, words) => {
  expect(ageWords(1_000_000, 1_000_000 + seconds * 1000)).toBe(words);
});

describe("a start without a line", () => {
  test("says how old what it knows is", async () => {
    const place = await connected("sample");
    await (await place.first.open()).refresh();
    await place.box.close();
    const hourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(join(place.folder, "accounts", `harvest-${place.box.accountId}`, "cache.json"), hourAgo, hourAgo);
    const timesheet = await place.start().open();
    expect(await timesheet.refresh()).toEqual({ kind: "stale", message: "Harvest cannot be reached. What is known here is 1 hour old." });
  });

  test("has the projects, the recent entries and the account's week at once", async () => {
    const place = await connected("sunday");
    const before = await place.first.open();
    expect(await before.refresh()).toEqual({ kind: "fresh" });
    await place.box.close();
    const facts = (await place.start().open()).facts();
    expect(facts.weekStart).toBe("sunday");
    expect(facts.index).toEqual(before.facts().index);
    const shown = (entries: typeof facts.entries) => entries.map(({ id, date, hours, project, task, notes, running, locked }) => ({ id, date, hours, project, task, notes, running, locked }));
    expect(shown(facts.entries)).toEqual(shown(before.facts().entries));
    expect(facts.entries.length).toBeGreaterThan(10);
  });
});

test("every request of every start on one home is counted in one row", async () => {
  const place = await connected("empty");
  await fetch(`${place.box.url}/_sandbox/faults`, { method: "POST", body: JSON.stringify({ fault: "slow:0", times: "always" }) });
  const lines = (): number => {
    const folder = join(place.folder, "pace");
    return readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n").filter(Boolean)).length;
  };
  const before = lines();
  await (await place.first.open()).refresh();
  await (await place.start().open()).refresh();
  const { struck } = (await (await fetch(`${place.box.url}/_sandbox/struck`)).json()) as { struck: { slow: number } };
  expect(struck.slow).toBeGreaterThan(3);
  expect(lines() - before).toBe(struck.slow);
});

test("a sentence about a project that was made a moment ago finds it with the second look", async () => {
  const place = await connected("sample", (account) => {
    const made = account.projects.find((each) => each.name === "Website Redesign");
    if (made) made.active = false;
  });
  const timesheet = await place.first.open();
  await timesheet.refresh();
  const model = { complete: () => Promise.reject(new Error("not asked")) };
  const desk = lookingAgain(createDesk({ timesheet: () => timesheet, model: model as never }), () => place.first.session.renew());
  await place.happen({ project: place.project("Website Redesign"), active: true });
  expect(desk.view("2h website redesign design yesterday", []).kind).not.toBe("proposal");
  await place.first.session.renew();
  expect(desk.view("2h website redesign design yesterday", []).kind).toBe("proposal");
});

test("a project that was archived meanwhile is gone from what is known after one refused sentence", async () => {
  const place = await connected("sample");
  const timesheet = await place.first.open();
  await timesheet.refresh();
  const model = { complete: () => Promise.reject(new Error("not asked")) };
  const desk = createDesk({ timesheet: () => timesheet, model: model as never });
  const text = "2h website redesign design yesterday";
  const view = desk.view(text, []);
  expect(view.kind).toBe("proposal");
  await place.happen({ project: place.project("Website Redesign"), active: false });
  const result = await desk.commit({ text, pins: [], digest: view.digest, skip: [] });
  expect(result).toMatchObject({ kind: "failed", message: expect.stringContaining("archived or no longer yours") });
  await timesheet.refresh();
  expect(desk.view(text, [])).toMatchObject({ kind: "refusal", refusal: "Acme Corp › Website Redesign is archived, so nothing can be booked on it." });
});
