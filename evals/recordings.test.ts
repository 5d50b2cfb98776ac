import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadedAs } from "./agents/loaded.ts";
import { openReplay } from "./agents/recording.ts";
import { stintAgent } from "./agents/stint.ts";
import { readCases } from "./case.ts";
import { KNOWN_HARMS } from "./known-harms.ts";
import type { ResultRow } from "./result.ts";
import { playAll } from "./run.ts";

/* What real models said, played back without them. A prompt that changed since makes its replies stale: they are told, and are no answers. */

const EVERY = 4;
const folder = join(import.meta.dirname, "recordings");
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".jsonl")) : [];
const casesIn = join(import.meta.dirname, "cases");
const cases = readdirSync(casesIn).filter((name) => /^d(?:01|06|07|08|11)-.*\.jsonl$/.test(name)).flatMap((name) => readCases(name, readFileSync(join(casesIn, name), "utf8")).cases).filter(({ faults }, at) => at % EVERY === 1 && faults.length === 0);

describe("the recorded replies", { timeout: 60_000 }, () => {
  it("are there", () => {
    expect(files).not.toEqual([]);
  });
  it.each(files)("of %s do no harm but what is known, and one that is stale is an error, never an answer", async (name) => {
    const replay = openReplay(join(folder, name));
    if (typeof replay === "string") throw new Error(replay);
    const rows: ResultRow[] = [];
    await playAll(stintAgent("stint", loadedAs(replay.model, name)), cases.map((evalCase) => ({ evalCase, trial: 0 })), "accept", (row) => rows.push(row));
    const asked = rows.filter(({ trace, label }) => label === "error" || trace?.asked === true);
    const stale = rows.filter(({ label }) => label === "error");
    if (stale.length > 0) process.stderr.write(`${name}: ${stale.length} of ${asked.length} replies are stale. Record it anew: evals/README.md.\n`);
    expect(asked.length).toBeGreaterThan(10);
    expect(rows.filter(({ id, harm }) => harm && !KNOWN_HARMS.has(id)).map(({ id, harms }) => `${id}: ${harms.join(", ")}`)).toEqual([]);
    expect(stale.filter(({ error }) => error?.includes("the recording is stale") !== true).map(({ id, error }) => `${id}: ${error ?? ""}`)).toEqual([]);
    expect(stale.length === 0).toBe(replay.stale() === 0);
  });
});
