import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { promptFor } from "../../electron/agent/prompt.ts";
import { spanGrammar } from "../../electron/agent/span-grammar.ts";
import type { Completion, CompletionRequest } from "../../electron/agent/model.ts";
import { forkChild } from "../../electron/child/child.ts";
import { createEngineHost } from "../../electron/engine/host.ts";
import type { EngineHost, EngineHostOptions } from "../../electron/engine/host.ts";
import { buildEngine, CACHE } from "./built-engine.ts";
import { writeTinyGguf } from "./tiny-gguf.ts";

/* What is read of a prompt once, and kept: in memory, over an unload, over the end of the process. */

const quiet = new AbortController().signal;
const { system, examples } = promptFor("");
const FIXED = { system, examples };

let engine = "";
let folder = "";
const tiny = { llama: "", moe: "", hybrid: "" };
beforeAll(async () => {
  engine = await buildEngine();
  tiny.llama = writeTinyGguf(join(CACHE, "tiny/llama-4x128.gguf"), { architecture: "llama", layers: 4, width: 128 });
  tiny.moe = writeTinyGguf(join(CACHE, "tiny/gemma4-6x128.gguf"), { architecture: "gemma4", layers: 6, width: 128 });
  tiny.hybrid = writeTinyGguf(join(CACHE, "tiny/lfm2-6x128.gguf"), { architecture: "lfm2", layers: 6, width: 128 });
});
const hosts: EngineHost[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stint-prefix-"));
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
  await rm(folder, { recursive: true, force: true });
});

function start(options: Partial<EngineHostOptions> = {}): EngineHost {
  const host = createEngineHost({ spawn: () => forkChild(engine), onState: () => undefined, load: { backends: ["cpu"], contextTokens: 4096, threads: 1 }, ...options });
  hosts.push(host);
  return host;
}
function ask(text: string): CompletionRequest {
  const grammar = spanGrammar(text);
  if (grammar.kind !== "grammar") throw new Error("too long");
  return { ...promptFor(text), grammar: grammar.gbnf, maxTokens: 40, timeoutMs: 100_000 };
}
type Text = Extract<Completion, { kind: "text" }>;
async function answer(host: EngineHost, text: string): Promise<Text> {
  const completion = await host.model.complete(ask(text), quiet);
  if (completion.kind !== "text") throw new Error(completion.message);
  return completion;
}
async function load(host: EngineHost, name: keyof typeof tiny): Promise<void> {
  expect(await host.load(tiny[name], name)).toMatchObject({ kind: "loaded" });
}
async function filesWritten(count: number): Promise<string[]> {
  for (;;) {
    const files = (await readdir(folder)).filter((name) => name.endsWith(".prefix"));
    if (files.length >= count) return files;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
/** These models read a character as a token: a sentence, its label and "Command:" are what is new. */
const FEW = 60;

describe("the fixed part of the prompt", () => {
  test("is read once by a model with a recurrent memory too, and its answers do not depend on what was asked before", async () => {
    const host = start();
    await load(host, "hybrid");
    const first = await answer(host, "2h acme design yesterday");
    const second = await answer(host, "move Friday's 2h to Monday");
    const third = await answer(host, "2h acme design yesterday");
    expect(first.evaluatedTokens).toBe(first.promptTokens);
    expect(second.evaluatedTokens).toBeLessThan(FEW);
    expect(third.evaluatedTokens).toBeLessThan(FEW);
    expect(third.text).toBe(first.text);
  });

  test.each(["llama", "moe", "hybrid"] as const)("is read ahead of the first sentence, and the answer is the same (%s)", async (name) => {
    const plain = start();
    await load(plain, name);
    const expected = await answer(plain, "2h acme design yesterday");
    const host = start({ fixed: () => Promise.resolve(FIXED), load: { backends: ["cpu"], contextTokens: 4096, threads: 1, prefixFolder: folder } });
    await load(host, name);
    await filesWritten(1);
    const first = await answer(host, "2h acme design yesterday");
    expect(first.evaluatedTokens).toBeLessThan(FEW);
    expect(first.promptTokens).toBeGreaterThan(1000);
    expect(first.text).toBe(expected.text);
  });

  test.each(["llama", "moe", "hybrid"] as const)("comes back from disk in a new process (%s)", async (name) => {
    const options = { fixed: () => Promise.resolve(FIXED), load: { backends: ["cpu"] as ("cpu")[], contextTokens: 4096, threads: 1, prefixFolder: folder } };
    const one = start(options);
    await load(one, name);
    const [file = ""] = await filesWritten(1);
    const expected = await answer(one, "2h acme design yesterday");
    await one.stop();
    const written = (await stat(join(folder, file))).mtimeMs;
    const other = start(options);
    await load(other, name);
    // Looked up after what was read ahead.
    await other.hardware();
    const first = await answer(other, "2h acme design yesterday");
    expect(first.evaluatedTokens).toBeLessThan(FEW);
    expect(first.text).toBe(expected.text);
    expect((await answer(other, "move it to Monday")).evaluatedTokens).toBeLessThan(FEW);
    // What had to be read anew would have been written anew.
    expect((await stat(join(folder, file))).mtimeMs).toBe(written);
  });

  test("is read anew when its file is damaged, and for another model", async () => {
    const options = { fixed: () => Promise.resolve(FIXED), load: { backends: ["cpu"] as ("cpu")[], contextTokens: 4096, threads: 1, prefixFolder: folder } };
    const host = start(options);
    await load(host, "llama");
    const [file = ""] = await filesWritten(1);
    const expected = await answer(host, "2h acme design yesterday");
    await writeFile(join(folder, file), (await readFile(join(folder, file))).subarray(0, 5000));
    await load(host, "moe");
    expect(await filesWritten(2)).toHaveLength(2);
    await load(host, "llama");
    await host.hardware();
    const again = await answer(host, "2h acme design yesterday");
    expect(again.text).toBe(expected.text);
    expect(again.evaluatedTokens).toBeLessThan(FEW);
  });

  test("gives way to a sentence that comes while it is read, and nothing is read twice", async () => {
    const host = start({ fixed: () => Promise.resolve(FIXED) });
    await load(host, "moe");
    const first = await answer(host, "2h acme design yesterday");
    expect(first.evaluatedTokens).toBeLessThanOrEqual(first.promptTokens);
    expect((await answer(host, "1h globex")).evaluatedTokens).toBeLessThan(FEW);
  });
});
