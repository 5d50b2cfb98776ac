import { describe, expect, it } from "vitest";
import { factsFrom, parseLine, toRow } from "./facts-schema.ts";
import { read } from "./read.ts";

const account = { projects: [{ id: 1, client: "Acme Corp", name: "Website Redesign", code: "ACME", active: true, tasks: [{ id: 11, name: "Design" }] }], entries: [{ id: 7, date: "2026-03-31", hours: 2, project: 1, task: 11, notes: "x", running: false }], last: 7 };

function row(value: object): unknown {
  const parsed = parseLine(JSON.stringify(value));
  if (parsed.kind !== "line") return parsed;
  const facts = factsFrom(parsed.line, "2026-04-06T09:00:00");
  return facts ? toRow(parsed.line.id, read(parsed.line.text, facts)) : "no facts";
}

describe("an input line", () => {
  it("needs only an id and a text", () => {
    expect(row({ id: "a", text: "hello" })).toEqual({ id: "a", outcome: "nothing", operations: [], spans: [], because: [] });
  });
  it("gives the row that other programs read", () => {
    expect(row({ id: "b", text: "2h acme yesterday", account })).toMatchObject({ id: "b", outcome: "proposal", operations: [{ op: "add", date: "2026-04-05", hours: 2, project: 1, task: 11, notes: "" }], spans: [{ role: "hours", text: "2h", start: 0, end: 2 }, {}, {}] });
    expect(row({ id: "c", text: "make that 3h", account })).toMatchObject({ outcome: "proposal", operations: [{ op: "change", entry: 7, set: { hours: 3 } }] });
    expect(row({ id: "d", text: "2h soylent", account })).toMatchObject({ outcome: "question", question: { about: "project", options: [{ label: "Acme Corp › Website Redesign", detail: "ACME" }] }, operations: [{ op: "add", hours: 2 }] });
    expect(row({ id: "e", text: "stop", account })).toMatchObject({ outcome: "refusal", refusal: { code: "nothing-to-change" } });
  });
  it("takes now, zone, week start and date order", () => {
    expect(row({ id: 1, text: "2h acme 3/4", now: "2026-04-06T02:00:00Z", zone: "America/New_York", dateOrder: "DMY", account })).toMatchObject({ operations: [{ date: "2026-04-03" }] });
    expect(row({ id: 1, text: "2h acme today", now: "2026-04-06T02:00:00Z", zone: "America/New_York", account })).toMatchObject({ operations: [{ date: "2026-04-05" }] });
    expect(row({ id: 1, text: "hi", now: "later" })).toBe("no facts");
  });
  it("is refused with the place of the fault and without its content", () => {
    expect(parseLine("{nope")).toEqual({ kind: "bad", code: "bad-json", message: "This line is not valid JSON." });
    for (const [value, place] of [
      [{ id: "x" }, "text"], [{ text: "x" }, "id"], [{ id: "x", text: "y", weekStart: "friday" }, "weekStart"], [{ id: "x", text: "y", zone: "Mars/Olympus" }, "zone"],
      [{ id: "x", text: "secret words", account: { projects: [{ id: 1 }] } }, "account.projects.0.name"], [{ id: "x", text: "y", account: { entries: [{ ...account.entries[0], date: "2026-02-30" }] } }, "account.entries.0.date"],
    ] as const) {
      const parsed = parseLine(JSON.stringify(value));
      expect(parsed).toMatchObject({ kind: "bad", code: "bad-line", message: expect.stringContaining(`"${place}"`) as string });
      expect(parsed.kind === "bad" && parsed.message).not.toContain("secret");
    }
    expect(parseLine(JSON.stringify({ id: "x", text: 5 }))).toMatchObject({ id: "x" });
    expect(parseLine("[]").kind).toBe("bad");
  });
});
