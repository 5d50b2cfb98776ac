import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeTinyGguf } from "../engine/tiny-gguf.ts";
import { stint, temporaryHome } from "../support/terminal.ts";

interface Listed {
  readonly installed: readonly { readonly id: string; readonly chosen: boolean; readonly state: string }[];
  readonly available: readonly { readonly id: string; readonly bytes: number; readonly recommended: boolean }[];
}

describe("stint models", () => {
  let place: ReturnType<typeof temporaryHome>;
  let file: string;
  beforeEach(() => {
    place = temporaryHome();
    file = writeTinyGguf(join(place.home, "mine/tiny.gguf"), { architecture: "llama", layers: 2, width: 128 });
  });
  afterEach(() => place.remove());
  const models = (...words: string[]) => stint(["models", ...words], { home: place.home });

  it("adds a file where it lies, plans it, loads it, and forgets it without deleting it", async () => {
    expect((await models("add", file)).code).toBe(0);
    const listed: Listed = (await models("list", "--json")).json();
    expect(listed.installed.map(({ id }) => id)).toEqual(["rules", "tiny"]);
    expect(listed.available.length).toBeGreaterThan(2);
    const plan: { kind: string; basis: string; source: string; memory: { ram: { total: number } } } = (await models("plan", "tiny", "--vram", "12GiB", "--context", "2048", "--json")).json();
    expect(plan).toMatchObject({ kind: "fits", basis: "formula", source: "file", gpuLayers: 3, expertLayersOnCpu: 0, kvType: "f16", contextSize: 2048, batchSize: 512 });
    const used = await models("use", "tiny");
    expect(used.code, used.err).toBe(0);
    const after: Listed = (await models("list", "--json")).json();
    expect(after.installed.find(({ chosen }) => chosen)?.id).toBe("tiny");
    expect((await models("remove", "tiny")).code).toBe(0);
    expect(existsSync(file)).toBe(true);
    const last: Listed = (await models("list", "--json")).json();
    expect(last.installed).toMatchObject([{ id: "rules", chosen: true }]);
  });

  it("plans a model of the catalogue without its file, as numbers and as words", async () => {
    const given = ["plan", "gemma-4-26b-a4b", "--vram", "12GiB", "--free", "11GiB", "--ram", "28GiB", "--context", "8192"];
    const plan: { memory: Record<string, Record<string, number>>; speed: { low: number; high: number } } = (await models(...given, "--json")).json();
    expect(plan).toMatchObject({
      id: "gemma-4-26b-a4b", source: "catalogue", kind: "partly", gpuLayers: 31, expertLayersOnCpu: 12, kvType: "f16", contextSize: 8192, batchSize: 512, layers: 30, expertLayers: 30,
      free: { vram: 11 * 1024 ** 3, ram: 28 * 1024 ** 3 }, sentence: "Fits: 9.7 of 11.0 GB graphics memory, 12 of 30 expert layers in RAM.",
    });
    for (const place of Object.values(plan.memory)) expect((place["weights"] ?? 0) + (place["cache"] ?? 0) + (place["compute"] ?? 0) + (place["overhead"] ?? 0)).toBe(place["total"]);
    const words = await models(...given);
    expect(words.out).toMatch(/^Gemma 4 26B-A4B: Fits: 9\.7 of 11\.0 GB graphics memory, 12 of 30 expert layers in RAM\.\n/);
    expect(words.out).toContain("not measured here");
    expect((await models("plan", "qwen3-coder-next", "--vram", "12GiB", "--ram", "28GiB")).out).toContain("Does not fit");
  });

  it("says of each model whether it fits, how fast it is here and how good it was found to be", async () => {
    await models("add", file);
    const listed: Listed = (await models("list", "--json")).json();
    expect(listed.installed.find(({ id }) => id === "tiny")).toMatchObject({ state: "installed", score: "score not measured yet" });
    const [offer] = listed.available;
    expect(offer).toMatchObject({ id: "gemma-4-26b-a4b", bytes: 14_439_363_584, licence: "Apache-2.0", installed: false, state: "available" });
    expect(listed.available.filter(({ recommended }) => recommended).length).toBeLessThanOrEqual(1);
    const words = await models("list");
    expect(words.out).toMatch(/tiny .* on disk\n {4}Fits: .*\n {4}speed not measured yet; .* tokens a second expected; score not measured yet\n/);
  });

  it("says that a file is gone, and still forgets it", async () => {
    await models("add", file);
    rmSync(file);
    const listed: Listed = (await models("list", "--json")).json();
    expect(listed.installed.find(({ id }) => id === "tiny")).toMatchObject({ state: "missing" });
    expect((await models("use", "tiny")).err).toContain("There is no file at this place any more.");
    expect((await models("remove", "tiny")).code).toBe(0);
  });

  it.each([
    ["a text", Buffer.from("hello"), "not a GGUF model file"],
    ["half a model", undefined, "cut off"],
  ])("refuses %s in one sentence", async (name, bytes, why) => {
    const path = join(place.home, `${name}.gguf`);
    writeFileSync(path, bytes ?? readFileSync(file).subarray(0, 20_000));
    const ran = await models("add", path);
    expect([ran.code, ran.err.trim().split("\n").length]).toEqual([1, 1]);
    expect(ran.err).toContain(why);
  });

  it.each([
    ["use", "nobody"],
    ["remove", "nobody"],
    ["get", "nobody"],
    ["plan", "nobody"],
  ])("says in one sentence that %s finds no such model", async (verb, id) => {
    const ran = await models(verb, id);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain("nobody");
    expect(ran.err).not.toMatch(/\bat .*\.js/);
  });

  it("refuses a size that is none", async () => {
    await models("add", file);
    for (const wrong of [["--vram", "a lot"], ["--context", "12"], ["--batch", "0"], ["--vram", "8GiB", "--free", "9GiB"]]) expect((await models("plan", "tiny", ...wrong)).code, wrong.join(" ")).toBe(2);
  });

  it("asks the model about what the rules cannot read, and previews whatever it hears", async () => {
    await models("add", file);
    const line = JSON.stringify({ id: 1, text: "put whatever I did monday also on tuesday", want: "sentence", now: "2026-04-06T09:00:00", zone: "UTC", account: { projects: [] } });
    const ran = await stint(["read", "--jsonl", "--model", "tiny"], { home: place.home, input: `${line}\n` });
    expect(ran.code, ran.err).toBe(0);
    // Random weights say anything: whatever comes, it is a reading of the agreed form and never a saved entry.
    const row: { id: number; outcome: string } = ran.json();
    expect(row.id).toBe(1);
    expect(["proposal", "question", "answer", "refusal", "nothing", "needs-model"]).toContain(row.outcome);
    // Random weights never stop by themselves, and a busy computer takes its time for each of their words.
  }, 240_000);
});
