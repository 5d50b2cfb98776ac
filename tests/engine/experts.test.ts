import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CACHE, ROOT } from "./built-engine.ts";
import { softwareVulkan } from "./software-vulkan.ts";
import { writeTinyGguf } from "./tiny-gguf.ts";
import { windowsNode } from "./windows-node.ts";

/* The add-on that keeps experts in system memory: built from its sources, and run against the real library on both systems. */

const run = promisify(execFile);
const FOLDER = join(ROOT, "electron/engine/llama/experts");
const TARGETS = { "linux-x64": "gcc", "win32-x64": "x86_64-w64-mingw32-gcc" } as const;
/** The compiler that the shipped copies were built with; another one lays code out differently. */
const COMPILER = "12";
const CHILD = join(ROOT, "tests/engine/experts-child.mjs");
/** Bytes of the experts of one layer of the model below: 128 wide, 8 experts, numbers of four bytes. */
const EXPERTS_OF_A_LAYER = 8 * (128 * 256 + 128 * 128) * 4;

interface Result {
  readonly error?: string;
  readonly platform: string;
  readonly source: string;
  readonly early: string;
  readonly wrong: string;
  readonly attached: string;
  readonly again: string;
  readonly loads: readonly { readonly layers: number; readonly applied: number; readonly vram: number; readonly ram: number; readonly tokens: readonly number[] }[];
  readonly twice: number;
  readonly unused: number;
  readonly unknown: number;
  readonly growth: number;
}

let work = "";
let model = "";
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "stint-experts-"));
  model = writeTinyGguf(join(CACHE, "tiny/gemma4-6x128-8.gguf"), { architecture: "gemma4", layers: 6, width: 128, experts: 8, sharpness: 1.5 });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function has(program: string): Promise<boolean> {
  return run(program, ["--version"]).then(() => true, () => false);
}
/** Builds one copy out of the sources, optionally for another release or against other headers, and gives its path. */
async function build(target: string, name: string, { words = "{}", include = "" } = {}): Promise<string> {
  // Windows libraries carry the name of their file.
  mkdirSync(join(work, name), { recursive: true });
  const file = join(work, name, `${target}.node`);
  const script = `import { buildExperts } from "./build/experts/build.mjs"; await buildExperts(${JSON.stringify(target)}, ${JSON.stringify(file)}, { words: ${words}, include: ${JSON.stringify(include)} })`;
  await run(process.execPath, ["--input-type=module", "-e", script], { cwd: ROOT });
  return file;
}
const prebuilt = (target: string): string => join(FOLDER, "prebuilt", `${target}.node`);

async function inNode(addOn: string, gpu: "vulkan" | "cpu"): Promise<Result> {
  const out = join(work, "result.json");
  rmSync(out, { force: true });
  await run(process.execPath, [CHILD, addOn, model, gpu, out], { cwd: ROOT, env: { ...process.env, GGML_VK_VISIBLE_DEVICES: "0" }, timeout: 280_000 });
  return JSON.parse(readFileSync(out, "utf8")) as Result;
}

describe("the shipped copies", () => {
  test.each(["linux-x64", "win32-x64"] as const)("carry the hash of the sources beside them (%s)", async (target) => {
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", `import { sourceHash } from "./build/experts/source.mjs"; process.stdout.write(sourceHash("${target}"))`], { cwd: ROOT });
    expect(stdout).toMatch(/^[0-9a-f]{64}$/);
    expect(readFileSync(prebuilt(target)).includes(stdout)).toBe(true);
    expect(readFileSync(prebuilt(target)).byteLength).toBeLessThan(32_768);
  });

  for (const [target, compiler] of Object.entries(TARGETS)) {
    test(`are what the sources give, byte for byte with the same compiler (${target})`, async (ctx) => {
      if (!(await has(compiler))) return ctx.skip(`not run: ${compiler} is not installed`);
      const { stdout } = await run(compiler, ["-dumpfullversion"]);
      if (!stdout.startsWith(COMPILER)) return ctx.skip(`not run: ${compiler} is ${stdout.trim()}, and the copies were built with ${COMPILER}`);
      const file = await build(target, "same");
      expect(readFileSync(file).equals(readFileSync(prebuilt(target)))).toBe(true);
    });
  }
});

describe("the add-on", () => {
  test("takes the experts off the graphics device and leaves every token as it was", async (ctx) => {
    const missing = softwareVulkan();
    if (missing !== undefined) return ctx.skip(`not run: ${missing}`);
    const result = await inNode(prebuilt("linux-x64"), "vulkan");
    expect(result.error).toBeUndefined();
    expect(result).toMatchObject({ early: "no-addon", wrong: "release", attached: "", again: "" });
    const [without, kept, clean, mapped] = result.loads;
    if (without === undefined || kept === undefined || clean === undefined || mapped === undefined) throw new Error("a load is missing");
    expect(kept).toMatchObject({ layers: 4, applied: 1 });
    expect(without.vram - kept.vram).toBe(4 * EXPERTS_OF_A_LAYER);
    expect(kept.ram - without.ram).toBe(4 * EXPERTS_OF_A_LAYER);
    expect(kept.tokens).toEqual(without.tokens);
    expect(new Set(kept.tokens).size).toBeGreaterThan(2);
    // A load without a plan is untouched, and so is one that maps its file.
    expect(clean).toEqual(without);
    expect(mapped).toMatchObject({ applied: 0, vram: without.vram });
  }, 300_000);

  test("refuses a second plan for a file that has one, and gives its memory back", async (ctx) => {
    if (process.platform !== "linux" || process.arch !== "x64") return ctx.skip("not run: the copy for Linux needs Linux on x64");
    const result = await inNode(prebuilt("linux-x64"), "cpu");
    expect(result).toMatchObject({ attached: "", twice: 0, unused: 0, unknown: -1 });
    expect(result.loads.map((load) => load.applied)).toEqual([0, 1, 0, 0]);
    // 10,000 plans of 20,000 bytes would be 200 MB.
    expect(result.growth).toBeLessThan(40_000_000);
  });

  test("refuses a library of another release, and one whose parameters lie differently", async (ctx) => {
    if (!(await has("gcc")) || process.platform !== "linux") return ctx.skip("not run: gcc is not installed");
    const other = await inNode(await build("linux-x64", "other-release", { words: '{ version: "0.3.9" }' }), "cpu");
    expect(other).toMatchObject({ attached: "release", loads: [] });
    const header = readFileSync(join(CACHE, "llama.cpp-v0.4.0/include/llama.h"), "utf8");
    const longer = header.replace("        int32_t n_gpu_layers;", "        void * something_new;\n        int32_t n_gpu_layers;");
    expect(longer).not.toBe(header);
    const folder = join(work, "include");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "llama.h"), longer);
    const moved = await inNode(await build("linux-x64", "other-layout", { include: folder }), "cpu");
    expect(moved).toMatchObject({ attached: "layout", loads: [] });
  });

  test("works on Windows", async (ctx) => {
    const windows = await windowsNode();
    if ("missing" in windows) return ctx.skip(`not run: ${windows.missing}`);
    const out = join(windows.folder, "result.json");
    rmSync(out, { force: true });
    // Beside the packages it imports.
    cpSync(CHILD, join(windows.folder, "experts-child.mjs"));
    await windows.run("experts-child.mjs", [prebuilt("win32-x64"), model, "cpu", "result.json"]);
    const result = JSON.parse(readFileSync(out, "utf8")) as Result;
    expect(result.error).toBeUndefined();
    expect(result).toMatchObject({ platform: "win32", early: "no-addon", wrong: "release", attached: "", again: "", twice: 0, unused: 0, unknown: -1 });
    expect(result.loads.map((load) => load.applied)).toEqual([0, 1, 0, 0]);
    expect(result.loads[1]?.tokens).toEqual(result.loads[0]?.tokens);
    expect(result.growth).toBeLessThan(40_000_000);
  }, 300_000);
});
