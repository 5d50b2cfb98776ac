import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/* The command as a process of its own: what a killed run leaves behind, and what two runs do to each other. */

const root = join(import.meta.dirname, "..");
const place = { folder: "", cases: "" };
const CASES = 120;

beforeAll(async () => {
  // Inside the repository: packages stay imports, and are found from there.
  mkdirSync(join(root, ".cache"), { recursive: true });
  place.folder = mkdtempSync(join(root, ".cache/evals-test-"));
  place.cases = join(place.folder, "cases.jsonl");
  const folder = join(import.meta.dirname, "cases");
  const lines = readdirSync(folder).filter((name) => name.endsWith(".jsonl")).flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n")).filter((line) => line.startsWith("{") && !line.includes("\"faults\""));
  writeFileSync(place.cases, lines.filter((_, at) => at % 9 === 0).slice(0, CASES).join("\n"));
  await build({
    root, configFile: false, logLevel: "error",
    build: { ssr: true, outDir: place.folder, emptyOutDir: false, target: "node20", minify: false, rollupOptions: { input: { main: join(root, "evals/main.ts") }, output: { entryFileNames: "[name].mjs", format: "es" } } },
  });
}, 120_000);
afterAll(() => rmSync(place.folder, { recursive: true, force: true }));

interface Run {
  readonly pid: number;
  readonly ended: Promise<{ readonly code: number | null; readonly told: string }>;
  kill(): void;
}

function evals(...more: readonly string[]): Run {
  const child = spawn(process.execPath, [join(place.folder, "main.mjs"), "--agent", "rules", "--cases", place.cases, ...more], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  child.stderr.on("data", (data: Buffer) => {
    told += data.toString("utf8");
  });
  const ended = new Promise<{ readonly code: number | null; readonly told: string }>((done) => child.on("close", (code) => done({ code, told })));
  return { pid: child.pid ?? 0, ended, kill: () => void child.kill("SIGKILL") };
}

/** Waits until it is so; a run that ends before is told with what it said. */
async function until(isSo: () => boolean, { ended }: Run): Promise<void> {
  let said: string | undefined;
  void ended.then(({ told }) => {
    said = told;
  });
  while (!isSo()) {
    if (said !== undefined) throw new Error(`The run ended too early: ${said}`);
    await new Promise((next) => setTimeout(next, 5));
  }
}
const linesOf = (file: string): number => (existsSync(file) ? readFileSync(file, "utf8").split("\n").length - 1 : 0);
const idsIn = (out: string): readonly string[] => (JSON.parse(readFileSync(out, "utf8")) as { rows: readonly { id: string }[] }).rows.map(({ id }) => id);
const wanted = (): readonly string[] => readFileSync(place.cases, "utf8").split("\n").map((line) => String((JSON.parse(line) as { id: string | number }).id));

describe("the command", { timeout: 120_000 }, () => {
  it("that was killed goes on where it was: rows that were played are taken over, and the file is whole in the end", async () => {
    const out = join(place.folder, "killed.json");
    const first = evals("--out", out);
    await until(() => linesOf(`${out}.partial.jsonl`) >= 10, first);
    first.kill();
    expect((await first.ended).code).toBeNull();
    expect(existsSync(out)).toBe(false);
    const kept = linesOf(`${out}.partial.jsonl`);
    const second = await evals("--out", out).ended;
    expect(second.code).toBe(0);
    const taken = Number(/(\d+) of 120 trials were played before and are taken over/.exec(second.told)?.[1]);
    expect(taken).toBeGreaterThanOrEqual(kept - 1);
    expect(taken).toBeLessThan(CASES);
    expect(idsIn(out)).toEqual(wanted());
    expect(readdirSync(place.folder).filter((name) => name.startsWith("killed.json."))).toEqual([]);
  });
  it("lets no second run write the same file, and the first is not disturbed", async () => {
    const out = join(place.folder, "shared.json");
    const first = evals("--out", out);
    await until(() => linesOf(`${out}.partial.jsonl`) >= 1, first);
    const second = await evals("--out", out).ended;
    expect(second).toMatchObject({ code: 1, told: expect.stringContaining(`Another run is writing ${out}`) as string });
    expect((await first.ended).code).toBe(0);
    expect(idsIn(out)).toEqual(wanted());
  });
  it("may run twice at once into two files, with the same verdicts", async () => {
    const [a, b] = ["a", "b"].map((name) => join(place.folder, `${name}.json`));
    const runs = [a, b].map((out) => evals("--out", out ?? ""));
    expect((await Promise.all(runs.map(({ ended }) => ended))).map(({ code }) => code)).toEqual([0, 0]);
    const verdicts = (out: string | undefined): readonly unknown[] => (JSON.parse(readFileSync(out ?? "", "utf8")) as { rows: readonly { id: string; success: boolean; harms: readonly string[] }[] }).rows.map(({ id, success, harms }) => [id, success, harms]);
    expect(verdicts(a)).toEqual(verdicts(b));
    expect(verdicts(a)).toHaveLength(CASES);
  });
});
