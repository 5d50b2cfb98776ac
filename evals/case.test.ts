import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCases } from "./case.ts";

const folder = join(import.meta.dirname, "cases");
const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
const read = files.map((name) => readCases(name, readFileSync(join(folder, name), "utf8")));
const cases = read.flatMap((each) => each.cases);

describe("the cases", () => {
  it("can all be read, each under an id of its own", () => {
    expect(read.flatMap((each) => each.problems)).toEqual([]);
    expect(new Set(cases.map((each) => each.id)).size).toBe(cases.length);
  });
  it("are at least 450, over twelve dimensions, a file each", () => {
    expect(cases.length).toBeGreaterThanOrEqual(450);
    expect(new Set(cases.map((each) => each.dimension)).size).toBe(12);
    for (const each of read) expect(new Set(each.cases.map(({ dimension }) => dimension)).size).toBe(1);
  });
  it("hold the 28 kinds of the article, marked", () => {
    expect(cases.filter((each) => each.source === "article")).toHaveLength(28);
  });
  it("are nine in ten for the rules alone", () => {
    expect(cases.filter((each) => each.by === "rules").length / cases.length).toBeGreaterThanOrEqual(0.9);
  });
});

describe("a file with errors", () => {
  const good = (id: string): string => JSON.stringify({ id, now: "2026-04-08T09:00:00", turns: [{ say: "2h acme" }], expect: { outcome: "question" } });
  it("names the line and what is wrong with it, and the other lines are read", () => {
    const text = [good("a"), "{", good("b"), JSON.stringify({ id: "c", now: "x", turns: [], expect: { outcome: "saved" } }), "", good("a"), JSON.stringify({ id: "d", now: "x", zone: "Moon/Base", turns: [{ say: "x" }], expect: { outcome: "saved" } }), good("e")].join("\r\n");
    const { cases: good5, problems } = readCases("f.jsonl", text);
    expect(good5.map((each) => each.id)).toEqual(["a", "b", "e"]);
    expect(problems.map(({ line }) => line)).toEqual([2, 4, 6, 7]);
    expect(problems[0]?.message).toBe("not valid JSON");
    expect(problems[2]?.message).toContain("used twice");
    expect(problems[3]?.message).toContain("zone");
  });
  it("takes one kind or a list of kinds, and fills in what has a default", () => {
    const [one] = readCases("f", good("a")).cases;
    expect(one).toMatchObject({ zone: "UTC", weekStart: "monday", dateOrder: "MDY", by: "rules", expect: { outcome: ["question"], added: [], changed: [], deleted: [] } });
  });
  it("ignores fields of others", () => {
    expect(readCases("f", JSON.stringify({ ...(JSON.parse(good("a")) as object), author: "x", expect: { outcome: ["saved", "question"], why: "y" } })).cases).toHaveLength(1);
  });
});
