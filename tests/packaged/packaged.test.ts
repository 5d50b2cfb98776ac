import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox } from "../../electron/harvest/sandbox/server.ts";
import { writeTinyGguf } from "../engine/tiny-gguf.ts";
import { temporaryHome } from "../support/terminal.ts";
import { packagedStint, ROOT, runToEnd, startPackaged, UNPACKED, type Ended } from "./packaged-app.ts";

const SENTENCE = "2h acme website yesterday";
const verify = join(ROOT, "build/packaging/verify-package.mjs");
const noDisplay = process.env["DISPLAY"] ? undefined : "there is no display; npm test starts a virtual one";
const noKeyring = process.env["DBUS_SESSION_BUS_ADDRESS"] ? undefined : "there is no session bus, and so no keychain; npm test starts one";

interface Saved {
  readonly saved?: readonly { readonly entry: number; readonly hours: number; readonly project: number }[];
}
interface Model {
  readonly id: string;
  readonly state: string;
}
const read = <T>(ran: Ended): T => JSON.parse(ran.out) as T;
/** The entries of the sample account as they stand in its file. */
const entriesIn = (home: string): readonly { readonly id: number; readonly hours: number }[] => (JSON.parse(readFileSync(join(home, "sample-account.json"), "utf8")) as { entries: { id: number; hours: number }[] }).entries;

async function until<T>(look: () => Promise<T> | T, wanted: (value: T) => boolean, ms = 15_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await look();
    if (wanted(value)) return value;
    if (Date.now() > end) throw new Error(`It never came to that; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

beforeAll(async () => {
  const made = await runToEnd(process.execPath, ["build/package.mjs", "--dir"]);
  if (made.code !== 0) throw new Error(`The app could not be packed:\n${made.out.slice(-2000)}\n${made.err.slice(-2000)}`);
}, 300_000);

describe("npm run package", () => {
  it.each([
    [["--linux-targets", "rpm"], '"rpm" is none of'],
    [["--win", "--linux-targets", "deb"], "--linux-targets is for Linux"],
    [["--nonsense"], "--nonsense"],
  ])("refuses %s before it builds anything", async (words, why) => {
    const ran = await runToEnd(process.execPath, ["build/package.mjs", ...words]);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(why);
    expect(ran.out).toBe("");
  });

  it("says of every package, in its report, whether it is fit to ship and why", () => {
    const report = JSON.parse(readFileSync(join(ROOT, "release/report.json"), "utf8")) as { artifacts: { path: string; sha256: string; standIns: unknown[]; fitToShip: boolean; because: string }[] };
    const folder = report.artifacts.find(({ path }) => path === "release/linux-unpacked");
    expect(folder?.sha256).toMatch(/^[0-9a-f]{64}$/);
    for (const { standIns, fitToShip, because } of report.artifacts) {
      expect(because.length).toBeGreaterThan(0);
      if (standIns.length > 0) expect(fitToShip).toBe(false);
    }
  });
});

describe("the packed app's files", () => {
  it("pass every check", async () => {
    const ran = await runToEnd(process.execPath, [verify, UNPACKED]);
    expect(ran.out).not.toContain("FAIL");
    expect(ran.code, ran.out).toBe(0);
  });

  it("fail the checks that a spoilt copy deserves, by name", async () => {
    const place = temporaryHome();
    const copy = join(place.home, "app");
    try {
      cpSync(UNPACKED, copy, { recursive: true });
      const natives = join(copy, "resources/app.asar.unpacked/node_modules");
      rmSync(join(natives, "keytar/prebuilds/linux-x64/keytar.node"));
      const foreign = Buffer.alloc(128);
      foreign.write("MZ");
      writeFileSync(join(copy, "resources/helper.dll"), foreign);
      rmSync(join(copy, "stint"));
      writeFileSync(join(copy, "stint"), "#!/bin/sh\n", { mode: 0o644 });
      const ran = await runToEnd(process.execPath, [verify, copy]);
      expect(ran.code).toBe(1);
      const failed = ran.out.split("\n").filter((line) => line.startsWith("FAIL"));
      expect(failed).toHaveLength(3);
      expect(failed.join("\n")).toContain("keytar/prebuilds/linux-x64/keytar.node");
      expect(failed.join("\n")).toContain("resources/helper.dll");
      expect(failed.join("\n")).toContain("stint cannot be executed");
    } finally {
      place.remove();
    }
  });
});

describe("the packed terminal program, without a display", () => {
  const place = temporaryHome();
  afterAll(() => place.remove());

  it("says how it is used", async () => {
    const ran = await packagedStint(["--help"], place.home);
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).toContain("stint undo");
  });

  it("saves a sentence and takes it back", async () => {
    const ran = await packagedStint([SENTENCE, "--yes", "--json"], place.home);
    expect(ran.code, ran.err).toBe(0);
    const [saved] = read<Saved>(ran).saved ?? [];
    expect(saved).toMatchObject({ hours: 2 });
    expect(entriesIn(place.home).find(({ id }) => id === saved?.entry)).toMatchObject({ hours: 2 });
    const undone = await packagedStint(["undo", "--json"], place.home);
    expect(undone.code, undone.err).toBe(0);
    expect(entriesIn(place.home).some(({ id }) => id === saved?.entry)).toBe(false);
  });

  it("loads a model with the native files beside the archive", async () => {
    const file = writeTinyGguf(join(place.home, "tiny.gguf"), { architecture: "llama", layers: 4, width: 256 });
    const added = await packagedStint(["models", "add", file], place.home);
    expect(added.code, added.err).toBe(0);
    const used = await packagedStint(["models", "use", "tiny"], place.home);
    expect(used.code, used.err).toBe(0);
    expect(used.out).toContain("is ready");
  });

  it("keeps a token in the keychain from one start to the next", async ({ skip }) => {
    if (noKeyring) skip(noKeyring);
    const harvest = await startSandbox({ token: "packed-2c81-token", requestsPer15s: 1000 });
    if (harvest.kind === "failed") throw new Error(harvest.message);
    const env = { STINT_HARVEST_URL: harvest.url };
    try {
      const connected = await packagedStint(["connect", "--account-id", String(harvest.accountId)], place.home, { env, input: `${harvest.token}\n` });
      expect(connected.code, connected.err).toBe(0);
      expect(read<{ account: string }>(await packagedStint(["status", "--json"], place.home, { env }))).toMatchObject({ account: "harvest" });
      expect((await packagedStint(["disconnect"], place.home, { env })).code).toBe(0);
    } finally {
      await harvest.close();
    }
  });
});

describe("the packed app on a display", () => {
  const place = temporaryHome();
  afterAll(() => place.remove());

  it("books a typed sentence, shows the receipt, and takes it back on Ctrl+Z", async ({ skip }) => {
    if (noDisplay) skip(noDisplay);
    const running = await startPackaged(place.home);
    try {
      const field = running.popup.getByLabel("What did you work on?");
      const words = (): Promise<string> => running.popup.locator("body").innerText();
      await until(words, (text) => text.includes("nothing here is real"));
      const before = read<unknown>(await packagedStint(["today", "--json"], place.home));
      const known = new Set(entriesIn(place.home).map(({ id }) => id));
      await field.pressSequentially(SENTENCE);
      await field.press("Enter");
      await until(words, (text) => text.includes("Saved 2 h"));
      const fresh = await until(() => entriesIn(place.home).filter(({ id }) => !known.has(id)), (entries) => entries.length === 1);
      expect(fresh[0]).toMatchObject({ hours: 2 });
      await field.press("Control+z");
      await until(() => entriesIn(place.home).length, (count) => count === known.size);
      expect(entriesIn(place.home).some(({ id }) => id === fresh[0]?.id)).toBe(false);
      expect(read(await packagedStint(["today", "--json"], place.home))).toEqual(before);
    } finally {
      await running.close();
    }
  });

  it("loads a model in its engine process", async ({ skip }) => {
    if (noDisplay) skip(noDisplay);
    const file = writeTinyGguf(join(place.home, "tiny.gguf"), { architecture: "llama", layers: 4, width: 256 });
    const added = await packagedStint(["models", "add", file], place.home);
    expect(added.code, added.err).toBe(0);
    const running = await startPackaged(place.home);
    try {
      const model = (): Promise<Model | undefined> =>
        running.popup.evaluate(async () => ((await window.stint?.ask("state")) as { models: Model[] } | undefined)?.models.find(({ id }) => id === "tiny"));
      await until(model, (row) => row?.state === "installed");
      await running.popup.evaluate(() => window.stint?.ask("use-model", { id: "tiny" }));
      await until(model, (row) => row?.state === "ready", 60_000);
    } finally {
      await running.close();
    }
  });
});
