import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveSandbox, stint, temporaryHome } from "../support/terminal.ts";

const NOW = "2026-04-06T09:00:00";

describe("the rest of a day's work in the terminal", () => {
  let place: ReturnType<typeof temporaryHome>;
  beforeEach(() => {
    place = temporaryHome();
  });
  afterEach(() => place.remove());
  const run = (...words: string[]) => stint(words, { home: place.home, now: NOW });

  it("shows a week of seven days that add up", async () => {
    const week: { from: string; to: string; hours: number; days: { hours: number }[] } = (await run("week", "-1", "--json")).json();
    expect([week.from, week.to]).toEqual(["2026-03-30", "2026-04-05"]);
    expect(week.days).toHaveLength(7);
    expect(week.days.reduce((sum, day) => sum + day.hours, 0)).toBeCloseTo(week.hours, 5);
    expect(week.hours).toBeGreaterThan(20);
  });

  it("lists about 40 projects of about 12 clients, and finds them by words", async () => {
    const all: { client: string }[] = (await run("projects", "--json")).json();
    expect(all.length).toBeGreaterThanOrEqual(35);
    expect(new Set(all.map((project) => project.client)).size).toBeGreaterThanOrEqual(10);
    const found: { client: string; name: string }[] = (await run("projects", "acme", "web", "--json")).json();
    expect(found[0]).toMatchObject({ client: "Acme Corp", name: "Website Redesign" });
  });

  it("says which account is open and that nothing there is real", async () => {
    const status: { account: string; waiting: number; model: string; today: string } = (await run("status", "--json")).json();
    expect(status).toMatchObject({ account: "sample", waiting: 0, model: "rules", today: "2026-04-06" });
    expect((await run("status")).out).toContain("nothing here is real");
  });

  it("refuses what it does not understand with exit 2 and its usage", async () => {
    const wrong = await run("--colour", "blue");
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("stint");
    expect((await run("week", "soon")).code).toBe(2);
    expect((await run("--account", "mine", "today")).code).toBe(2);
    expect((await run("models", "fly")).code).toBe(2);
    expect((await run("sandbox", "--port", "99999")).code).toBe(2);
  });

  it("says so when the sandbox's port is taken", async () => {
    const sandbox = await serveSandbox(place.home, NOW);
    try {
      const second = await run("sandbox", "--port", new URL(sandbox.url).port);
      expect(second.code).toBe(1);
      expect(second.err).toMatch(/port/i);
    } finally {
      await sandbox.stop();
    }
  });

  it("will not open Harvest before an account is connected", async () => {
    const ran = await run("today", "--account", "harvest");
    expect(ran.code).toBe(1);
    expect(ran.err).toContain("stint connect");
  });

  it("says plainly that a wrong time in STINT_NOW cannot be read", async () => {
    const ran = await stint(["today"], { home: place.home, now: "next tuesday" });
    expect(ran.code).toBe(1);
    expect(ran.err).toContain("STINT_NOW");
  });
});
