import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { randomModel } from "./agents/random.ts";
import { stintAgent } from "./agents/stint.ts";
import { readCases } from "./case.ts";
import { KNOWN_HARMS } from "./known-harms.ts";
import type { ResultRow } from "./result.ts";
import { playAll } from "./run.ts";

/* Where sentences are handed on most: nothing to log, corrections, several entries, traps. Each way of asking, with a model that knows nothing. */

const EVERY = 6;
const folder = join(import.meta.dirname, "cases");
const cases = readdirSync(folder).filter((name) => /^d(?:06|07|08|11)-.*\.jsonl$/.test(name)).flatMap((name) => readCases(name, readFileSync(join(folder, name), "utf8")).cases).filter(({ faults }, at) => at % EVERY === 2 && faults.length === 0);

describe("a model that knows nothing, however it is asked", { timeout: 60_000 }, () => {
  it.each([undefined, "label", "words"] as const)("does no harm but what is known (asked for: %s)", async (way) => {
    const rows: ResultRow[] = [];
    await playAll(stintAgent("stint", randomModel(way)), cases.map((evalCase) => ({ evalCase, trial: 0 })), "accept", (row) => rows.push(row));
    expect(rows.filter(({ trace }) => trace?.asked === true).length).toBeGreaterThan(10);
    expect(rows.filter(({ id, harm }) => harm && !KNOWN_HARMS.has(id)).map(({ id, harms }) => `${id}: ${harms.join(", ")}`)).toEqual([]);
  });
});
