import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveSandbox, stint, temporaryHome } from "../support/terminal.ts";

const NOW = "2026-04-06T09:00:00";
interface Row {
  readonly outcome: string;
  readonly operations: readonly { readonly op: string }[];
  readonly question?: { readonly about: string; readonly options: readonly (string | { readonly label: string })[] };
  readonly saved?: readonly { readonly op: string; readonly entry: number; readonly date: string; readonly hours: number; readonly project: number; readonly task: number; readonly notes: string }[];
  readonly day?: { readonly date: string; readonly hours: number };
}
interface Day {
  readonly hours: number;
  readonly entries: readonly { readonly id: number; readonly hours: number; readonly date: string }[];
}

describe("a sentence in the terminal", () => {
  let place: ReturnType<typeof temporaryHome>;
  beforeEach(() => {
    place = temporaryHome();
  });
  afterEach(() => place.remove());
  const say = (text: string, ...flags: string[]) => stint([text, "--account", "sample", ...flags], { home: place.home, now: NOW });

  it("saves one entry on the right day, which any other client then finds", async () => {
    const ran = await say("2h acme website yesterday", "--yes", "--json");
    expect(ran.code, ran.err).toBe(0);
    const row: Row = ran.json();
    expect(row.outcome).toBe("proposal");
    expect(row.saved).toHaveLength(1);
    expect(row.saved?.[0]).toMatchObject({ op: "add", date: "2026-04-05", hours: 2, notes: "" });
    const sandbox = await serveSandbox(place.home, NOW);
    try {
      const { body } = await sandbox.get(`/v2/time_entries/${row.saved?.[0]?.entry}`);
      expect(body).toMatchObject({ spent_date: "2026-04-05", hours: 2, client: { name: "Acme Corp" }, project: { name: "Website Redesign" }, task: { name: "Design" } });
    } finally {
      await sandbox.stop();
    }
  });

  it("undoes what it saved, from another process", async () => {
    const saved: Row = (await say("2h acme website yesterday", "--yes", "--json")).json();
    const undone = await stint(["undo", "--json"], { home: place.home, now: NOW });
    expect(undone.code, undone.err).toBe(0);
    const sandbox = await serveSandbox(place.home, NOW);
    try {
      expect((await sandbox.get(`/v2/time_entries/${saved.saved?.[0]?.entry}`)).status).toBe(404);
    } finally {
      await sandbox.stop();
    }
    expect((await stint(["undo"], { home: place.home, now: NOW })).code).toBe(1);
  });

  it("steps back further with each undo, and says when nothing is left", async () => {
    const count = async (): Promise<number> => ((await stint(["today", "--json"], { home: place.home, now: NOW })).json() as Day).entries.length;
    await say("1h acme website today", "--yes");
    await say("2h acme website today", "--yes");
    expect(await count()).toBe(2);
    for (const left of [1, 0]) {
      expect((await stint(["undo"], { home: place.home, now: NOW })).code).toBe(0);
      expect(await count()).toBe(left);
    }
    const empty = await stint(["undo"], { home: place.home, now: NOW });
    expect(empty.code).toBe(1);
    expect(empty.err.trim().split("\n")).toHaveLength(1);
  });

  it("moves an entry with one change: the old day holds one entry fewer, the new day one more", async () => {
    const before: { days: (Day & { date: string })[] } = (await stint(["week", "-1", "--json"], { home: place.home, now: NOW })).json();
    const moved: Row = (await say("move yesterday's acme entry to Friday and make it 3h", "--yes", "--json")).json();
    expect(moved.operations).toHaveLength(1);
    expect(moved.saved?.[0]).toMatchObject({ op: "change", date: "2026-04-03", hours: 3 });
    const after: { days: (Day & { date: string })[] } = (await stint(["week", "-1", "--json"], { home: place.home, now: NOW })).json();
    const count = (days: { days: (Day & { date: string })[] }, date: string): number => days.days.find((each) => each.date === date)?.entries.length ?? -1;
    expect(count(after, "2026-04-05")).toBe(count(before, "2026-04-05") - 1);
    expect(count(after, "2026-04-03")).toBe(count(before, "2026-04-03") + 1);
  });

  it.each([
    ["globexx 2h", "project"],
    ["2h soylent yesterday", "project"],
    ["acme website yesterday", "hours"],
    ["2h acme website feb 30", "date"],
  ])("asks instead of guessing: %s", async (text, about) => {
    const before: Day = (await stint(["today", "--json"], { home: place.home, now: NOW })).json();
    const ran = await say(text, "--yes", "--json");
    expect(ran.code).toBe(3);
    const row: Row = ran.json();
    expect(row.outcome).toBe("question");
    expect(row.question?.about).toBe(about);
    expect(row.saved).toBeUndefined();
    const after: Day = (await stint(["today", "--json"], { home: place.home, now: NOW })).json();
    expect(after).toEqual(before);
  });

  it("names the near match when a project is misspelt", async () => {
    const ran = await say("globexx 2h");
    expect(ran.code).toBe(3);
    expect(ran.out).toContain("Did you mean");
    expect(ran.out).toContain("Globex");
  });

  it("saves nothing without a terminal to confirm on", async () => {
    const ran = await say("2h acme website yesterday", "--json");
    expect(ran.code).toBe(3);
    const row: Row = ran.json();
    expect(row.outcome).toBe("proposal");
    expect(row.saved).toBeUndefined();
  });

  it("without words and without a terminal logs one sentence and shows the day", async () => {
    const ran = await stint([], { home: place.home, now: NOW });
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).toContain("2h acme website yesterday");
    expect(ran.out).toContain("Saved 2 h · Acme Corp › Website Redesign · Design · Sun 5 Apr");
    expect(ran.out).toMatch(/Sun 5 Apr: \d/);
  });

  it("answers a question about what is logged without changing it", async () => {
    const ran = await say("how much on acme this month");
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).toMatch(/\d+ h/);
  });

  it("keeps chit-chat out of the timesheet", async () => {
    const ran = await say("hello there", "--yes", "--json");
    expect(ran.code).toBe(1);
    expect((ran.json() as Row).saved).toBeUndefined();
  });
});
