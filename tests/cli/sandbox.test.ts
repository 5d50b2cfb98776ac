import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtCli, stint, temporaryHome } from "../support/terminal.ts";

const AGENT = { "user-agent": "test (test@example.com)" };

interface Served {
  readonly url: string;
  readonly token: string;
  readonly accountId: number;
}

describe("stint sandbox", () => {
  let place: ReturnType<typeof temporaryHome>;
  const children: ChildProcess[] = [];
  beforeEach(() => { place = temporaryHome(); });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      const gone = new Promise((resolve) => { child.once("exit", resolve); });
      child.kill("SIGTERM");
      await gone;
    }
    place.remove();
  });

  const serve = (...words: string[]): Promise<Served> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [builtCli, "sandbox", "--json", "--home", place.home, ...words], { env: { ...process.env, STINT_NOW: "2026-04-06T09:00:00" }, stdio: ["ignore", "pipe", "ignore"] });
      children.push(child);
      child.once("exit", (code) => reject(new Error(`ended with ${code}`)));
      child.stdout.once("data", (chunk: Buffer) => resolve(JSON.parse(chunk.toString()) as Served));
    });
  const get = async (served: Served, path: string) => {
    const answer = await fetch(`${served.url}${path}`, { headers: { ...AGENT, authorization: `Bearer ${served.token}`, "harvest-account-id": String(served.accountId) } });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it("serves an account by its name, in memory: nothing of it is left in the home folder", async () => {
    const served = await serve("--sample", "saturday");
    expect((await get(served, "/v2/company")).body).toMatchObject({ week_start_day: "Saturday" });
    expect(existsSync(join(place.home, "sample-account.json"))).toBe(false);
  });

  it("serves three thousand projects in two pages", async () => {
    const { body } = await get(await serve("--sample", "big"), "/v2/users/me/project_assignments");
    expect(body).toMatchObject({ total_entries: 3000, total_pages: 2 });
  });

  it("keeps an account in the file that is given for it, over a restart", async () => {
    const file = join(place.home, "mine.json");
    const first = await serve("--sample", "empty", "--account-file", file);
    expect((await get(first, "/v2/time_entries")).body).toMatchObject({ total_entries: 0 });
    expect(existsSync(file)).toBe(true);
    expect((await get(await serve("--account-file", file), "/v2/time_entries")).body).toMatchObject({ total_entries: 0 });
  });

  it("strikes requests by a seed", async () => {
    const served = await serve("--sample", "empty", "--faults", "7");
    for (let nth = 0; nth < 20; nth += 1) await get(served, "/v2/users/me").catch(() => undefined);
    const { struck } = (await (await fetch(`${served.url}/_sandbox/struck`)).json()) as { struck: Record<string, number> };
    expect(Object.keys(struck).length).toBeGreaterThan(0);
  });

  it("names the accounts there are when there is none of that name, and takes a whole number as a seed", async () => {
    const unknown = await stint(["sandbox", "--sample", "huge"], { home: place.home });
    expect([unknown.code, unknown.err.includes("start-end"), unknown.err.includes("3,000 projects")]).toEqual([2, true, true]);
    expect((await stint(["sandbox", "--faults", "often"], { home: place.home })).code).toBe(2);
  });
});
