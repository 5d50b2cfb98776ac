import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMeasuredStore, scoreWords, secondsWords } from "./measured.ts";
import type { EvalScore, MeasuredStore } from "./measured.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stint-measured-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const store = (computer = "this one"): MeasuredStore => createMeasuredStore({ folder, computer });
const MODEL = { id: "gemma-4-e2b", bytes: 100 };
const SCORE: EvalScore = { suite: "convention 1", right: 93, cases: 100, harmed: 0, at: "2026-11-24T09:00:00Z" };

describe("what is measured about a model", () => {
  test("is nothing until something was measured, and says so", async () => {
    const measured = await store().of(MODEL);
    expect(measured).toEqual({ secondsPerSentence: undefined, sentences: 0, score: undefined });
    expect([secondsWords(measured), scoreWords(measured)]).toEqual(["speed not measured yet", "score not measured yet"]);
  });

  test("is the median of its latest sentences, after a restart too", async () => {
    for (const seconds of [9, 1, 2, 3, 4]) await store().took(MODEL, seconds);
    expect(await store().of(MODEL)).toMatchObject({ secondsPerSentence: 3, sentences: 5 });
    for (let i = 0; i < 30; i += 1) await store().took(MODEL, 1.5);
    const measured = await store().of(MODEL);
    expect(measured).toMatchObject({ secondsPerSentence: 1.5, sentences: 20 });
    expect(secondsWords(measured)).toBe("1.5 s a sentence here");
  });

  test("is seconds of this computer only, and a score of every computer", async () => {
    await store("fast").took(MODEL, 1);
    await store("fast").scored(MODEL, SCORE);
    const measured = await store("slow").of(MODEL);
    expect(measured).toEqual({ secondsPerSentence: undefined, sentences: 0, score: SCORE });
    expect(scoreWords(measured, new Date("2026-12-01T12:00:00Z"))).toBe("93 of 100 right; measured 24 Nov");
  });

  test("says how many were right, asked about, wrong and without an answer, and when that was", () => {
    const words = (score: Partial<EvalScore>): string => scoreWords({ secondsPerSentence: undefined, sentences: 0, score: { ...SCORE, right: 31, cases: 40, ...score } }, new Date("2026-12-01T12:00:00Z"));
    expect(words({ asked: 9, wrong: 0 })).toBe("31 of 40 right, 9 asked, 0 wrong; measured 24 Nov");
    expect(words({ asked: 4, wrong: 2, at: "2025-03-02T09:00:00Z" })).toBe("31 of 40 right, 4 asked, 2 wrong, 3 without an answer; measured 2 Mar 2025");
    expect(words({ at: "some day" })).toBe("31 of 40 right");
  });

  test("shows the score of one version of one evaluation only", async () => {
    await store().scored(MODEL, SCORE);
    const of = async (suite: string) => (await createMeasuredStore({ folder, suite }).of(MODEL)).score;
    expect(await of(SCORE.suite)).toEqual(SCORE);
    expect(await of("convention 2")).toBeUndefined();
  });

  test("belongs to one file: another file under the same name has not been measured", async () => {
    await store().scored(MODEL, SCORE);
    expect((await store().of({ ...MODEL, bytes: 200 })).score).toBeUndefined();
    await store().took({ ...MODEL, bytes: 200 }, 1);
    expect((await store().of(MODEL)).score).toBeUndefined();
  });

  test("keeps what several write at once", async () => {
    await Promise.all(Array.from({ length: 10 }, (_, i) => store().took({ id: `m${i}`, bytes: 1 }, i)));
    expect((JSON.parse(await readFile(join(folder, "measured.json"), "utf8")) as { records: unknown[] }).records).toHaveLength(10);
  });

  test.each(["{ not json", '{"version":9}', '{"version":1,"records":[{"model":"x"}]}'])("counts a damaged record as none: %s", async (text) => {
    await writeFile(join(folder, "measured.json"), text);
    expect((await store().of(MODEL)).sentences).toBe(0);
    await store().took(MODEL, 1);
    expect((await store().of(MODEL)).sentences).toBe(1);
  });
});
