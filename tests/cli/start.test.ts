import { spawn, spawnSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { join } from "node:path";
import { builtCli, stint, temporaryHome } from "../support/terminal.ts";

const root = join(import.meta.dirname, "../..");

describe("starting without a display", () => {
  let place: ReturnType<typeof temporaryHome>;
  beforeEach(() => {
    place = temporaryHome();
  });
  afterEach(() => place.remove());
  const env = (): NodeJS.ProcessEnv => {
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
    return { ...rest, XDG_DATA_HOME: place.home };
  };

  it("npm start with no terminal either logs one sentence on the sample account and shows the day", () => {
    const ran = spawnSync("npm", ["start"], { cwd: root, env: env(), encoding: "utf8", input: "" });
    expect(ran.status, ran.stderr).toBe(0);
    expect(ran.stdout).toContain("Nothing here is real");
    expect(ran.stdout).toContain("Saved 2 h · Acme Corp › Website Redesign · Design");
  });

  it("npm start with words behind it reads that sentence", () => {
    const ran = spawnSync("npm", ["start", "--", "globexx 2h"], { cwd: root, env: env(), encoding: "utf8", input: "" });
    expect(ran.status).toBe(3);
    expect(ran.stdout).toContain("Did you mean");
  });

  /** Types into the terminal program through a terminal of its own (`script` makes one). */
  const type = (words: string, keys: readonly string[]): Promise<string> => {
    const child = spawn("script", ["-qec", `${process.execPath} ${builtCli} ${words} --home ${place.home}`, "/dev/null"], { env: { ...env(), TERM: "dumb" }, stdio: ["pipe", "pipe", "ignore"] });
    let out = "";
    let next = 0;
    child.stdout.on("data", (chunk) => {
      out += chunk;
      // One answer for each time it asks; a question ends with "? ", ") " or "] ".
      if (/(\? |\) |\] )$/.test(out) && next < keys.length) child.stdin.write(`${keys[next++]}\r`);
    });
    return new Promise((resolve) => child.on("close", () => resolve(out)));
  };

  it("asks in the terminal, takes a number for an answer, and saves on Enter", async () => {
    const out = await type("'globexx 2h'", ["1", "1", "y"]);
    expect(out).toContain("Did you mean");
    expect(out).toContain("Saved 2 h · Globex › API Platform");
    const today: { entries: { hours: number }[] } = (await stint(["today", "--json"], { home: place.home })).json();
    expect(today.entries.map((entry) => entry.hours)).toContain(2);
  });

  it("offers to remember words whose project was chosen by hand, keeps them on a yes, and lists and removes them", async () => {
    const out = await type("'45 min retro today'", ["internal", "1", "y", "y"]);
    expect(out).toMatch(/Remember: “retro” = Bluefield Studio › Internal · \w+\? \[y\/N\]/);
    expect(out).toContain("is a shortcut for");
    expect((await stint(["shortcuts"], { home: place.home })).out).toMatch(/^retro = Bluefield Studio › Internal · \w+\n$/);
    const read: { outcome: string; operations: { hours: number }[] } = (await stint(["20 min retro yesterday", "--json", "--yes"], { home: place.home })).json();
    expect(read).toMatchObject({ outcome: "proposal", operations: [{ hours: 0.33 }] });
    expect((await stint(["shortcuts", "remove", "Retro"], { home: place.home })).code).toBe(0);
    expect((await stint(["shortcuts", "--json"], { home: place.home })).json()).toEqual([]);
    expect((await stint(["shortcuts", "remove", "retro"], { home: place.home })).code).toBe(1);
  });

  it("remembers nothing without a yes", async () => {
    const out = await type("'45 min retro today'", ["internal", "1", "y", ""]);
    expect(out).toContain("Remember: “retro”");
    expect((await stint(["shortcuts", "--json"], { home: place.home })).json()).toEqual([]);
  });

  it("saves nothing when the answer is no", async () => {
    const out = await type("'2h acme website today'", ["n"]);
    expect(out).toContain("Nothing was saved");
    const today: { entries: unknown[] } = (await stint(["today", "--json"], { home: place.home })).json();
    expect(today.entries).toEqual([]);
  });
});
