import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readdirSync } from "node:fs";
import { stint, temporaryHome } from "../support/terminal.ts";

const account = {
  projects: [
    { id: 1, client: "Acme Corp", name: "Website Redesign", code: "ACME", active: true, tasks: [{ id: 11, name: "Design" }, { id: 12, name: "Development" }] },
    { id: 2, client: "Globex", name: "API Platform", active: true, tasks: [{ id: 21, name: "Development" }] },
  ],
  shortcuts: [{ name: "standup", project: 2, task: 21, notes: "Standup" }],
  rounding: { minutes: 15, mode: "nearest" },
  entries: [{ id: 7, date: "2026-03-31", hours: 2, project: 1, task: 11, notes: "wireframes", running: false }],
  last: 7,
};
const common = { now: "2026-04-06T09:15:00", zone: "America/New_York", weekStart: "monday", dateOrder: "MDY" };

describe("stint read --jsonl", () => {
  let place: ReturnType<typeof temporaryHome>;
  beforeEach(() => {
    place = temporaryHome();
  });
  afterEach(() => place.remove());
  const readAll = async (lines: readonly (object | string)[]) => {
    const input = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
    const ran = await stint(["read", "--jsonl"], { home: place.home, input: `${input}\n` });
    return { code: ran.code, err: ran.err, rows: ran.out.split("\n").filter(Boolean).map((line) => JSON.parse(line) as Record<string, never>) };
  };

  it("answers every line in order and writes nothing into any account", async () => {
    const { code, err, rows } = await readAll([
      { ...common, id: "a", text: "2h acme design yesterday", want: "sentence", account },
      { ...common, id: "b", text: "move tuesday's acme entry to monday", want: "sentence", account },
      { ...common, id: "c", text: "30m standup", want: "sentence", account },
      { ...common, id: "d", text: "3 days ago", want: "phrase" },
      { ...common, id: "e", text: "an hour and a half", want: "phrase" },
    ]);
    expect(code, err).toBe(0);
    expect(rows.map((row) => row["id"])).toEqual(["a", "b", "c", "d", "e"]);
    expect(rows[0]).toMatchObject({ outcome: "proposal", operations: [{ op: "add", date: "2026-04-05", hours: 2, project: 1, task: 11 }] });
    expect(rows[1]).toMatchObject({ outcome: "proposal", operations: [{ op: "change", entry: 7, set: { date: "2026-04-06" } }] });
    expect(rows[2]).toMatchObject({ outcome: "proposal", operations: [{ op: "add", date: "2026-04-06", hours: 0.5, project: 2, task: 21, notes: "Standup" }] });
    expect(rows[3]).toMatchObject({ phrase: { date: "2026-04-03" } });
    expect(rows[4]).toMatchObject({ phrase: { hours: 1.5 } });
    expect(readdirSync(place.home).filter((name) => name.startsWith("sample"))).toEqual([]);
  });

  it("goes on after a bad line, says what was wrong with it, and ends with exit 1", async () => {
    const { code, rows } = await readAll(["not json", { id: "x" }, { ...common, id: "y", text: "2h globex today", account }]);
    expect(code).toBe(1);
    expect(rows[0]).toHaveProperty("error.code");
    expect(rows[1]).toMatchObject({ id: "x" });
    expect(rows[1]).toHaveProperty("error.message");
    expect(rows[2]).toMatchObject({ id: "y", outcome: "proposal" });
  });

  it("uses the sample account where a line brings none", async () => {
    const { rows } = await readAll([{ ...common, id: 1, text: "2h acme website yesterday" }]);
    expect(rows[0]).toMatchObject({ id: 1, outcome: "proposal" });
  });
});
