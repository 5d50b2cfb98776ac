import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readPhrase } from "../../electron/core/phrase.ts";
import { readingTables } from "./reading-table.ts";

const file = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe("docs/reading.md", () => {
  it("holds what the reader does now (npm run reading writes it)", () => {
    expect(file("docs/reading.md")).toContain(readingTables());
  });
});

describe("the example in CONTRIBUTING.md", () => {
  const text = file("CONTRIBUTING.md");
  const steps = [...text.matchAll(/`(electron\/core\/[^`]+)`:\n```ts\n([^`]+)\n```/g)].map(([, path, code]) => ({ path: path ?? "", code: (code ?? "").trim() }));
  it("names a case and a rule", () => {
    expect(steps.map(({ path }) => path)).toEqual(["electron/core/dates.test.ts", "electron/core/language/english.ts"]);
  });
  it.each(steps)("$path really holds that line", ({ path, code }) => {
    expect(file(path)).toContain(code);
  });
  it("reads the phrase as its case says", () => {
    expect(readPhrase("a fortnight ago", { today: "2026-04-06", zone: "UTC", weekStart: "monday", dateOrder: "MDY" })).toEqual({ date: "2026-03-23" });
  });
});
