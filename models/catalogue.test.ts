import { describe, expect, test } from "vitest";
import { expectedShape, readCatalogue, sizeOf } from "./catalogue.ts";
import { planFit } from "./fit.ts";

const GIB = 1024 ** 3;

describe("the catalogue", () => {
  test("holds the models that are offered, the one for 12 GB of graphics memory first", () => {
    expect(readCatalogue().map(({ id }) => id)).toEqual([
      "gemma-4-26b-a4b",
      "gemma-4-12b",
      "qwen3.6-35b-a3b",
      "gpt-oss-20b",
      "qwen3.5-9b",
      "gemma-4-e4b",
      "gemma-4-e2b",
      "qwen3.5-4b",
      "qwen3.5-2b",
      "qwen3.5-0.8b",
      "qwen3-coder-next",
    ]);
  });

  test("names each checksum once, and a commit and a size wherever it names a checksum", () => {
    const known = readCatalogue().filter(({ sha256 }) => sha256 !== null);
    expect(known).toHaveLength(10);
    expect(new Set(known.map(({ sha256 }) => sha256)).size).toBe(10);
    for (const { revision, bytes, id } of known) expect([revision, bytes], id).not.toContain(null);
  });

  test("says honestly what it does not know", () => {
    const coder = readCatalogue().find(({ id }) => id === "qwen3-coder-next");
    expect(coder).toMatchObject({ revision: null, bytes: null, sha256: null });
    expect(coder === undefined ? 0 : sizeOf(coder)).toBeGreaterThan(40e9);
  });

  test("recommends a model for a computer only when it runs there with room for other programs", () => {
    for (const model of readCatalogue()) {
      if (model.recommendedFor === undefined) continue;
      const { vramGiB, ramGiB } = model.recommendedFor;
      const plan = planFit(expectedShape(model), { vramFree: Math.max(0, vramGiB - 1) * GIB, ramFree: (ramGiB - 3) * GIB, contextSize: 8192 });
      expect(plan.kind, model.id).not.toBe("too-big");
      if (vramGiB > 0) expect(plan.gpuLayers, model.id).toBe(plan.layers + 1);
    }
  });

  test("does not pretend that Qwen3-Coder-Next fits 12 GB of graphics memory and 32 GB of memory", () => {
    const coder = readCatalogue().find(({ id }) => id === "qwen3-coder-next");
    if (coder === undefined) throw new Error("not in the list");
    expect(planFit(expectedShape(coder), { vramFree: 11 * GIB, ramFree: 29 * GIB, contextSize: 8192 }).kind).toBe("too-big");
    expect(planFit(expectedShape(coder), { vramFree: 11 * GIB, ramFree: 60 * GIB, contextSize: 8192 }).kind).toBe("partly");
  });

  test.each(["../x.gguf", "a/b.gguf", "x.exe", ".gguf"])("refuses the file name %s", (file) => {
    const [first] = readCatalogue();
    expect(() => readCatalogue({ version: 2, models: [{ ...first, file }] })).toThrow("Invalid string");
  });

  test("refuses a model without any size, a checksum of the wrong length, and an id twice", () => {
    const [first] = readCatalogue();
    expect(() => readCatalogue({ version: 2, models: [{ ...first, bytes: null }] })).toThrow("has no size");
    expect(() => readCatalogue({ version: 2, models: [{ ...first, sha256: "abc" }] })).toThrow("Invalid string");
    expect(() => readCatalogue({ version: 2, models: [first, first] })).toThrow("the same id");
  });
});
