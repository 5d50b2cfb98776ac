import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readGguf, readGgufBytes } from "./gguf.ts";
import type { GgufReading } from "./gguf.ts";
import { ggufString, listPair, numberPair, tensor, textPair, tinyGguf, TINY_PAIRS } from "./tiny-header.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stint-gguf-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function reading(bytes: Uint8Array): Promise<GgufReading> {
  const path = join(folder, "model.gguf");
  await writeFile(path, bytes);
  return readGguf(path);
}

describe("a GGUF header", () => {
  test("gives the facts of a whole file", async () => {
    const result = await reading(tinyGguf());
    expect(result).toMatchObject({
      kind: "ok",
      facts: { architecture: "llama", name: "Tiny", parameters: 96, layers: 1, contextTokens: 512, vocabulary: 2, experts: undefined, chatTemplate: false, weights: { embedding: 256, output: 256, other: 0, layers: [{ dense: 128, experts: 0 }] } },
    });
    expect(result.kind === "ok" && result.facts.cache).toEqual([{ bytesPerToken: 2 * (16 + 16) * 2, window: undefined, state: 0 }]);
  });

  test("tells experts from other weights and sees a chat template", async () => {
    const pairs = [...TINY_PAIRS, textPair("tokenizer.chat_template", "{{ x }}"), numberPair("llama.expert_count", 4), numberPair("llama.expert_used_count", 2)];
    const tensors = [tensor("token_embd.weight", [32n, 2n], 0n), tensor("blk.0.ffn_gate_up_exps.weight", [32n], 256n), tensor("output.weight", [32n], 384n, 8)];
    const result = await reading(tinyGguf({ pairs, tensors, dataBytes: 512 }));
    expect(result).toMatchObject({ kind: "ok", facts: { chatTemplate: true, experts: { count: 4, used: 2 }, weights: { output: 34, layers: [{ dense: 0, experts: 128 }] } } });
  });

  test("is cut off when any number of bytes is missing at the end", async () => {
    const whole = tinyGguf();
    for (let length = 8; length < whole.length; length += 1) expect((await readGgufBytes(whole.subarray(0, length))).kind, `${length} bytes`).toBe("cut-off");
    for (const length of [8, 100, 500, whole.length - 1]) expect((await reading(whole.subarray(0, length))).kind, `${length} bytes on disk`).toBe("cut-off");
    expect((await reading(whole)).kind).toBe("ok");
  });

  test.each([
    ["an empty file", Buffer.alloc(0)],
    ["another magic", tinyGguf({ magic: "GGML" })],
    ["a text", Buffer.from("<html>404 Not Found</html>")],
  ])("is not there in %s", async (_, bytes) => {
    expect(await reading(bytes)).toEqual({ kind: "not-gguf", message: "This is not a GGUF model file." });
  });

  test.each([
    ["version 1", tinyGguf({ version: 1 })],
    ["a big-endian file", tinyGguf({ version: 0x03000000 })],
    ["2^62 tensors", tinyGguf({ tensorCount: 2n ** 62n })],
    ["2^63 keys", tinyGguf({ keyCount: 2n ** 63n })],
    ["a list of 2^40 strings", tinyGguf({ pairs: [...TINY_PAIRS, listPair("x", [], 2n ** 40n)] })],
    ["a string of 2^60 bytes", tinyGguf({ pairs: [Buffer.concat([ggufString("k", 2n ** 60n)])] })],
    ["a list inside a list", tinyGguf({ pairs: [Buffer.concat([ggufString("x"), Buffer.from([9, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])])] })],
    ["an unknown value type", tinyGguf({ pairs: [Buffer.concat([ggufString("x"), Buffer.from([77, 0, 0, 0])])] })],
    ["a tensor of 2^120 numbers", tinyGguf({ tensors: [tensor("t", [2n ** 40n, 2n ** 40n, 2n ** 40n], 0n)] })],
    ["a tensor of no numbers", tinyGguf({ tensors: [tensor("t", [0n], 0n)] })],
    ["an unknown number format", tinyGguf({ tensors: [tensor("t", [32n], 0n, 99)] })],
    ["no vocabulary", tinyGguf({ pairs: TINY_PAIRS.slice(0, -1) })],
    ["one part of several", tinyGguf({ pairs: [...TINY_PAIRS, numberPair("split.count", 3)] })],
    ["no layers", tinyGguf({ pairs: [textPair("general.architecture", "clip")] })],
  ])("is refused for %s, in one sentence or two and without trusting it", async (_, bytes) => {
    const result = await reading(bytes);
    expect(["unsupported", "cut-off"]).toContain(result.kind);
    expect(result.kind !== "ok" && result.message.length).toBeLessThan(160);
  });

  test("never throws and never finds a model in random bytes behind the magic", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (noise) => {
        expect((await readGgufBytes(Buffer.concat([Buffer.from("GGUF"), Buffer.from([3, 0, 0, 0]), noise]))).kind).not.toBe("ok");
      }),
      { numRuns: 500 },
    );
  });

  test("never throws whatever single byte of a good file is changed", async () => {
    const whole = tinyGguf();
    for (let at = 0; at < whole.length - 384; at += 3) {
      const bent = Buffer.from(whole);
      bent[at] = 0xff;
      expect(["ok", "cut-off", "unsupported", "not-gguf"]).toContain((await readGgufBytes(bent)).kind);
    }
  });

  test("says so when the file is gone, or is a folder", async () => {
    expect(await readGguf(join(folder, "nowhere.gguf"))).toEqual({ kind: "unreadable", message: "There is no file at this place any more." });
    expect(await readGguf(folder)).toEqual({ kind: "unreadable", message: "This is a folder, not a model file." });
  });
});
