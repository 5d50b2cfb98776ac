import { describe, expect, it } from "vitest";
import { rulesAgent } from "../agents/rules.ts";
import { readCases } from "../case.ts";
import { compare, comparisonText } from "../compare.ts";
import type { ResultRow, Summary } from "../result.ts";
import { playAll } from "../run.ts";
import { summarise } from "../summary.ts";
import { failureLines, stateLine } from "./failures.ts";
import { reportPage } from "./html.ts";
import { summaryText } from "./table.ts";

const cases = readCases(
  "here",
  [
    { id: "a", dimension: "D1", turns: [{ say: "2h initech </script><script>alert(1)</script> $& $'" }], expect: { outcome: "saved", added: [{ project: 5, hours: 2 }] } },
    { id: "b", dimension: "D2", turns: [{ say: "2h initech yesterday" }], expect: { outcome: "saved", added: [{ project: 5, hours: 3, date: "2026-04-07" }] } },
    { id: "c", dimension: "D2", turns: [{ say: "2h acme" }], expect: { outcome: "question", about: "hours" } },
  ].map((each) => JSON.stringify({ now: "2026-04-08T09:00:00", account: { name: "agency" }, ...each })).join("\n"),
).cases;

async function played(): Promise<{ readonly rows: readonly ResultRow[]; readonly summary: Summary }> {
  const rows: ResultRow[] = [];
  await playAll(rulesAgent(), cases.map((evalCase) => ({ evalCase, trial: 0 })), "accept", (row) => rows.push(row));
  return { rows, summary: summarise({ rows, agent: "rules", user: "accept", command: "npm run evals -- --agent rules", about: {}, problems: [], seconds: 1 }) };
}

describe("the report page", () => {
  it("holds every case and nothing that ends its own script, whatever was said", async () => {
    const { rows, summary } = await played();
    const page = reportPage(summary, rows, []);
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    const json = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? "";
    const data = JSON.parse(json) as { rows: readonly { id: string; said: readonly string[] }[]; states: readonly { wanted: string }[] };
    expect(data.rows.map((row) => row.id)).toEqual(["a", "b", "c"]);
    expect(data.rows[0]?.said[0]).toBe(cases[0]?.turns[0] && "say" in cases[0].turns[0] ? cases[0].turns[0].say : "");
    expect(data.states[1]?.wanted).toBe("+2026-04-07 3h p5");
  });
  it("asks nothing of any other place", async () => {
    const { rows, summary } = await played();
    const page = reportPage(summary, rows, []);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(?:src|href)="(?!data:|#)/);
    expect(page).not.toMatch(/innerHTML|fetch\(|import\(/);
  });
  it("carries the curve of risk against coverage, what asks were about, and whose fault each failure was", async () => {
    const { rows, summary } = await played();
    const json = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(reportPage(summary, rows.map((row) => (row.success ? row : { ...row, fault: "rules" as const })), []))?.[1] ?? "";
    const data = JSON.parse(json) as { runs: readonly Summary[]; rows: readonly ResultRow[] };
    expect(data.runs[0]?.risk).toEqual({ points: [{ confidence: 1, coverage: 2 / 3, risk: 0.5 }], area: 0.5 });
    expect(data.runs[0]?.slots).toMatchObject({ n: 1 });
    expect(data.rows.filter(({ fault }) => fault === "rules")).not.toEqual([]);
  });
});

describe("a case that is not right", () => {
  it("is told with its sentence, what was expected and what came", async () => {
    const { rows } = await played();
    const [, wrong] = rows;
    expect(wrong && failureLines(wrong)).toBe('b [HARM wrong_hours]\n    “2h initech yesterday”\n    want: saved  +2026-04-07 3h p5\n    got:  saved  +2026-04-07 2h p5 t15 ""');
  });
  it("says whose fault it was, where that was found out", async () => {
    const { rows } = await played();
    expect(rows[1] && failureLines({ ...rows[1], fault: "rules" })).toContain("b [HARM wrong_hours, at fault: rules]");
  });
  it("writes a state on one line", () => {
    expect(stateLine({ added: [], changed: [{ id: 7, date: "2026-04-06", running: false }], deleted: [3] })).toBe("~#7 2026-04-06 stopped  -#3");
    expect(stateLine({ added: [], changed: [], deleted: [] })).toBe("(nothing)");
  });
});

describe("a comparison of two runs", () => {
  it("names what was fixed, what broke, and new harms first", async () => {
    const { rows } = await played();
    const before = [{ id: "a", trial: 0, success: false, harm: false, ms: 1 }, { id: "b", trial: 0, success: true, harm: false, ms: 1 }, { id: "gone", trial: 0, success: true, harm: false, ms: 1 }];
    const compared = compare(before, rows);
    expect(compared).toMatchObject({ shared: 2, fixed: ["a"], broken: ["b"], newHarms: ["b"], goneHarms: [], p: 1 });
    expect(comparisonText("before", compared)).toContain("new harms     1: b");
  });
});

it("the table says the number of cases, the intervals and the command", async () => {
  const { rows, summary } = await played();
  const text = summaryText(summary, rows);
  expect(text).toContain("3 cases, 3 trials");
  expect(text).toContain("npm run evals -- --agent rules");
  expect(text).toMatch(/success\s+33\.3 % \[\d+\.\d–\d+\.\d\] 1\/3/);
  expect(text).toMatch(/harm\s+33\.3 % .*wrong_hours 1/);
});
