import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { planFit } from "./fit.ts";
import { readGguf, readGgufBytes } from "./gguf.ts";
import type { GgufReading } from "./gguf.ts";
import { ggufString, listPair, numberPair, shortPair, tensor, textPair, tinyGguf, TINY_PAIRS, TINY_TENSORS } from "./tiny-header.ts";

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** Numbers from a seed, so that a mutation that fails can be made again. */
function numbersFrom(seed: number): (below: number) => number {
  const memo = { state: seed >>> 0 };
  return (below) => {
    memo.state = (Math.imul(memo.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((memo.state / 2 ** 32) * below);
  };
}

const EXTREMES = [0n, 1n, 255n, 2n ** 16n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 62n, 2n ** 63n, 2n ** 64n - 1n];

/** One file that is not quite the good one: bytes changed, a number made extreme, a piece cut out, doubled or moved, an end cut off. */
function mutated(good: Buffer, number: (below: number) => number, headerBytes: number): Buffer {
  const bent = Buffer.from(good);
  const at = number(headerBytes);
  switch (number(6)) {
    case 0:
      for (let i = 0; i <= number(4); i += 1) bent[number(headerBytes)] = number(256);
      return bent;
    case 1:
      bent.writeBigUInt64LE(EXTREMES[number(EXTREMES.length)] ?? 0n, Math.min(at, bent.length - 8));
      return bent;
    case 2:
      bent.writeUInt32LE(Number((EXTREMES[number(EXTREMES.length)] ?? 0n) & 0xffff_ffffn), Math.min(at, bent.length - 4));
      return bent;
    case 3:
      return bent.subarray(0, at);
    case 4:
      return Buffer.concat([bent.subarray(0, at), bent.subarray(Math.min(bent.length, at + 1 + number(16)))]);
    default: {
      const from = number(headerBytes);
      return Buffer.concat([bent.subarray(0, at), bent.subarray(from, from + 1 + number(64)), bent.subarray(at)]);
    }
  }
}

const EXPERT_PAIRS = [
  ...TINY_PAIRS,
  numberPair("llama.expert_count", 4),
  numberPair("llama.expert_used_count", 2),
  numberPair("llama.attention.sliding_window", 64),
  numberPair("llama.ssm.state_size", 8),
  listPair("tokenizer.ggml.merges", ["a b", "b a"]),
];

describe("a hostile header", { timeout: 120_000 }, () => {
  test("100,000 mutations of two good files: no throw, no long allocation, and whatever is accepted can be planned", async () => {
    const good = [tinyGguf(), tinyGguf({ pairs: EXPERT_PAIRS, tensors: [...TINY_TENSORS, tensor("blk.0.ffn_up_exps.weight", [32n, 4n], 384n)], dataBytes: 1024 })];
    const longest = { bytes: 0 };
    const original = Buffer.alloc.bind(Buffer);
    const spy = vi.spyOn(Buffer, "alloc").mockImplementation((size, ...rest) => {
      longest.bytes = Math.max(longest.bytes, size);
      return original(size, ...rest);
    });
    const seen = new Map<string, number>();
    try {
      for (let seed = 0; seed < 100_000; seed += 1) {
        const whole = good[seed % 2] ?? Buffer.alloc(0);
        const result = await readGgufBytes(mutated(whole, numbersFrom(seed), whole.length - 384));
        seen.set(result.kind, (seen.get(result.kind) ?? 0) + 1);
        if (result.kind !== "ok") {
          if (result.message.length > 160 || result.kind === "unreadable") expect.fail(`seed ${seed}: ${result.kind} ${result.message}`);
          continue;
        }
        const plan = planFit(result.facts, { vramFree: GIB, ramFree: 8 * GIB, contextSize: 4096 });
        if (!Number.isFinite(plan.memory.ram.total) || !Number.isFinite(plan.memory.vram.total)) expect.fail(`seed ${seed}: ${plan.sentence}`);
      }
    } finally {
      spy.mockRestore();
    }
    expect(longest.bytes).toBeLessThanOrEqual(256 * 1024);
    expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBe(100_000);
    // Every kind of answer was really reached.
    for (const kind of ["ok", "not-gguf", "cut-off", "unsupported"]) expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(100);
  });

  test("the longest header that is read at all keeps less than 64 MB", async () => {
    const key = (i: number): Buffer => textPair(`k${i}`.padEnd(250, "x"), "y".repeat(2040));
    const pairs = [...TINY_PAIRS, ...Array.from({ length: 4089 }, (_, i) => key(i))];
    const tensors = Array.from({ length: 65_536 }, (_, i) => tensor(`blk.0.${i}`.padEnd(120, "z"), [32n], 0n));
    const file = tinyGguf({ pairs, tensors });
    const before = process.memoryUsage();
    const result = await readGgufBytes(file);
    const after = process.memoryUsage();
    expect(result.kind).toBe("ok");
    expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(64 * MIB);
  });

  test.each([
    ["the length of a key", Buffer.concat([ggufString("general.name", 2n ** 62n)])],
    ["the length of a value", Buffer.concat([ggufString("general.name"), Buffer.from([8, 0, 0, 0]), ggufString("x", 2n ** 40n)])],
    ["the count of a list", listPair("tokenizer.ggml.tokens", ["a"], 2n ** 24n)],
    ["a count just above what is there", listPair("tokenizer.ggml.tokens", ["a"], 2n)],
  ])("%s reaches beyond the file and is not believed", async (_, pair) => {
    const bytes = tinyGguf({ pairs: [pair], tensors: [], dataBytes: 0 });
    expect(["cut-off", "unsupported"]).toContain((await readGgufBytes(bytes)).kind);
  });
});

describe("a file that is whole and no model", () => {
  const withPairs = (...pairs: readonly Uint8Array[]): Buffer => tinyGguf({ pairs });
  test.each([
    ["an adapter", withPairs(textPair("general.type", "adapter"), textPair("adapter.type", "lora"), textPair("general.architecture", "llama")), /adapter \(LoRA\)/],
    ["the eyes of a model", withPairs(textPair("general.type", "mmproj"), textPair("general.architecture", "clip")), /sees pictures/],
    ["measurements", withPairs(textPair("general.type", "imatrix")), /measurements/],
    ["a vocabulary only", tinyGguf({ tensors: [], dataBytes: 0 }), /vocabulary only/],
    ["an embedding model", withPairs(textPair("general.architecture", "nomic-bert"), numberPair("nomic-bert.block_count", 1), numberPair("nomic-bert.context_length", 512), listPair("tokenizer.ggml.tokens", ["a"])), /embedding model/],
    ["a model that pools", withPairs(...TINY_PAIRS, numberPair("llama.pooling_type", 3)), /embedding model/],
    ["a model that guesses ahead only", withPairs(...TINY_PAIRS, numberPair("llama.nextn_predict_layers", 1)), /guesses ahead/],
    ["nothing", withPairs(), /no model/],
  ])("%s is refused for what it is", async (_, bytes, why) => {
    const result = await readGgufBytes(bytes);
    expect(result.kind).toBe("unsupported");
    expect(result.kind !== "ok" && result.message).toMatch(why);
  });
});

describe("a model on a disk that has its own ways", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "stint-hostile-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const part = (number: number, count: number): Buffer =>
    tinyGguf({ pairs: [...(number === 0 ? TINY_PAIRS : []), shortPair("split.no", number), shortPair("split.count", count)], tensors: [tensor(`blk.0.part${number}.weight`, [32n], 0n)], dataBytes: 128 });
  const write = async (name: string, bytes: Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  };
  const message = (result: GgufReading): string => (result.kind === "ok" ? "" : result.message);

  test("is read whole from the first of its parts", async () => {
    const first = await write("m-00001-of-00003.gguf", part(0, 3));
    const second = part(1, 3);
    await write("m-00002-of-00003.gguf", second);
    await write("m-00003-of-00003.gguf", part(2, 3));
    const result = await readGguf(first);
    expect(result).toMatchObject({ kind: "ok", facts: { parameters: 96, layers: 1, fileBytes: part(0, 3).length + 2 * second.length } });
  });

  test("is refused with the name of the part that is missing, cut off, or not the first", async () => {
    const first = await write("m-00001-of-00003.gguf", part(0, 3));
    const second = await write("m-00002-of-00003.gguf", part(1, 3));
    expect(message(await readGguf(first))).toBe("This file cannot be used. Part 3 of 3 is missing: m-00003-of-00003.gguf must lie beside it.");
    expect(message(await readGguf(second))).toBe("This file cannot be used. It is part 2 of 3 of a model; choose the first part.");
    await write("m-00003-of-00003.gguf", part(2, 3).subarray(0, 200));
    expect((await readGguf(first)).kind).toBe("cut-off");
    expect(message(await readGguf(await write("renamed.gguf", part(0, 3))))).toContain("its name must end in -00001-of-00003.gguf");
  });

  test("is named when it is a link in a circle, a folder, or gone", async () => {
    await symlink(join(folder, "b.gguf"), join(folder, "a.gguf"));
    await symlink(join(folder, "a.gguf"), join(folder, "b.gguf"));
    expect(message(await readGguf(join(folder, "a.gguf")))).toBe("This link leads round in a circle; there is no file behind it.");
    await mkdir(join(folder, "c.gguf"));
    expect(message(await readGguf(join(folder, "c.gguf")))).toBe("This is a folder, not a model file.");
    await symlink(join(folder, "nowhere"), join(folder, "d.gguf"));
    expect(message(await readGguf(join(folder, "d.gguf")))).toBe("There is no file at this place any more.");
    expect(message(await readGguf(join(folder, `${"x".repeat(300)}.gguf`)))).toBe("The name of this file is too long.");
  });
});
