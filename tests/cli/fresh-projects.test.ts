import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveSandbox, stint, temporaryHome } from "../support/terminal.ts";

const NOW = "2026-04-06T09:00:00";

describe("projects that change in Harvest between two commands", () => {
  let place: ReturnType<typeof temporaryHome>;
  beforeEach(() => { place = temporaryHome(); });
  afterEach(() => { place.remove(); });
  const run = (...words: string[]) => stint(words, { home: place.home, now: NOW });

  /** Does to the account what somebody does on Harvest's pages. */
  async function meanwhile(...happenings: object[]): Promise<void> {
    const sandbox = await serveSandbox(place.home, NOW);
    try {
      for (const what of happenings) expect((await fetch(`${sandbox.url}/_sandbox/happen`, { method: "POST", body: JSON.stringify(what) })).status).toBe(200);
    } finally {
      await sandbox.stop();
    }
  }
  async function idOf(words: string): Promise<number> {
    const projects = (await run("projects", words, "--json")).json() as { id: number }[];
    return projects[0]?.id ?? 0;
  }

  it("finds one that came a moment ago, and refuses one that went by its name", async () => {
    const project = await idOf("website redesign");
    await meanwhile({ project, active: false });
    const refused = await run("1h acme website redesign design yesterday", "--yes");
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("Website Redesign is archived or no longer yours in Harvest, so nothing was booked on it.")]);
    expect((await run("1h acme website redesign design yesterday", "--yes", "--json")).json()).toMatchObject({ outcome: "refusal", refusal: { code: "archived" } });
    await meanwhile({ project, active: true });
    const saved = await run("1h acme website redesign design yesterday", "--yes", "--json");
    expect(saved.code).toBe(0);
    expect((saved.json() as { saved: { project: number }[] }).saved).toMatchObject([{ project }]);
  });
});
