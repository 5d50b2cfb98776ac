import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diffDays, parseIsoDate, weekdayOf } from "../../electron/core/time.ts";
import { oracleAgent } from "../agents/oracle.ts";
import { readCases, type EvalCase } from "../case.ts";
import { play } from "../play.ts";
import { score } from "../score.ts";
import { variantsOf } from "./variants.ts";

const folder = join(import.meta.dirname, "../cases");
const cases = readdirSync(folder).filter((name) => name.endsWith(".jsonl")).flatMap((name) => readCases(name, readFileSync(join(folder, name), "utf8")).cases);
/** Enough of them to meet every kind; all of them, three times over, take a busy computer long. */
const some = cases.filter((_, at) => at % 7 === 0);
const of = (evalCase: EvalCase, variant: string): EvalCase => variantsOf(evalCase).find((each) => each.variant === variant) ?? evalCase;
const todayOf = ({ now }: EvalCase) => parseIsoDate(now.slice(0, 10)) ?? "2026-01-01";

describe("the variants of a case", () => {
  it("are three, always the same, and leave the case as it is", () => {
    for (const each of some) {
      const before = JSON.stringify(each);
      const first = variantsOf(each);
      expect(first.map(({ variant }) => variant)).toEqual(["day", "names", "typing"]);
      expect(JSON.stringify(variantsOf(each))).toBe(JSON.stringify(first));
      expect(JSON.stringify(each)).toBe(before);
      for (const made of first) expect(made.base).toBe(each.id);
    }
  });
  it("on another day keep the weekday, and every expected day as far away as it was", () => {
    for (const each of some) {
      const made = of(each, "day");
      expect(weekdayOf(todayOf(made))).toBe(weekdayOf(todayOf(each)));
      const away = (evalCase: EvalCase): readonly number[] => evalCase.expect.added.flatMap(({ date }) => (date === undefined ? [] : [diffDays(todayOf(evalCase), date)]));
      expect(away(made)).toEqual(away(each));
      expect(made.turns).toHaveLength(each.turns.length);
    }
  });
  it("on another day are really on another day, or at another time", () => {
    expect(some.filter((each) => of(each, "day").now === each.now).map(({ id }) => id)).toEqual([]);
  });
  it("with other names say the new name wherever the old one was said, and nowhere the old one", () => {
    const one = cases.find((each) => each.id === "d4-client-with-one-project");
    const made = one && of(one, "names");
    const [turn] = made?.turns ?? [];
    const said = turn && "say" in turn ? turn.say : "";
    expect(said).not.toContain("initech");
    expect(made?.account.projects?.find((project) => project.id === 5)?.client.toLowerCase()).toBe(said.replace("2h ", ""));
    expect(made?.account.projects?.length).toBeGreaterThan(20);
  });
  it("with other names leave a slip of the pen near what it was near", () => {
    const one = cases.find((each) => each.id === "d4-did-you-mean-taken");
    expect(one && of(one, "names").turns).toEqual(one?.turns);
  });
  it("with other typing leave quoted words and notes alone", () => {
    const one = cases.find((each) => each.id === "d1-add-note-quoted");
    const [turn] = one ? of(one, "typing").turns : [];
    expect(turn && "say" in turn ? turn.say : "").toContain('45m umbrella newsletter "spring issue"');
  });
  it("with other typing differ from the case", () => {
    const same = some.filter((each) => JSON.stringify(of(each, "typing").turns) === JSON.stringify(each.turns));
    expect(same.length / some.length).toBeLessThan(0.05);
  });
  it("can all be reached: whoever knows what is meant is right in a sample of them", async () => {
    const sample = cases.filter((_, at) => at % 47 === 0).flatMap((each) => [each, ...variantsOf(each)]).filter((each) => each.faults.length === 0);
    expect(sample.length).toBeGreaterThan(50);
    for (const each of sample) {
      const played = await play(oracleAgent(), each, "accept", 0);
      expect({ id: each.id, ...(typeof played === "string" ? { played } : score(each, played)) }).toMatchObject({ success: true, harms: [] });
    }
  }, 60_000);
});
