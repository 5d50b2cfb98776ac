import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { build } from "vite";

const MARKER = "tok-MARKER.9f3a/77c2+d1=";
const SHAPES = [MARKER, Buffer.from(MARKER).toString("base64").replace(/=+$/, ""), encodeURIComponent(MARKER), MARKER.slice(4), "Bearer "];

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Every file that was left, by its path. */
  readonly files: ReadonlyMap<string, string>;
}

async function run(): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "stint-token-"));
  try {
    const home = join(folder, "home");
    await build({ configFile: false, logLevel: "silent", build: { ssr: join(import.meta.dirname, "token-world.ts"), outDir: join(folder, "program"), target: "node20", rollupOptions: { output: { entryFileNames: "world.js" } } }, ssr: { noExternal: true } });
    writeFileSync(join(folder, "program", "package.json"), '{"type":"module"}');
    const child = spawn(process.execPath, ["--report-uncaught-exception", `--report-directory=${folder}`, join(folder, "program", "world.js"), home], { stdio: ["pipe", "pipe", "pipe"] });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (part: Buffer) => out.push(part));
    child.stderr.on("data", (part: Buffer) => err.push(part));
    child.stdin.end(MARKER);
    const code = await new Promise<number | null>((resolve) => { child.on("close", resolve); });
    const left = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name)).filter((path) => !path.includes(`${sep}program${sep}`));
    const files = new Map(left.map((path) => [path.slice(folder.length + 1), readFileSync(path, "latin1")]));
    return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString(), files };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("the token, with the real parts at work in a process of their own", () => {
  const held: { run?: Run } = {};
  const ran = (): Run => {
    if (!held.run) throw new Error("not run");
    return held.run;
  };
  beforeAll(async () => { held.run = await run(); }, 120_000);

  test("opens the account and goes through every failure up to the crash at the end", () => {
    const { out, err, code } = ran();
    expect(err).toContain("crashed on purpose");
    expect(out).toContain("DONE\n");
    expect(code).not.toBe(0);
    expect(out).toMatch(/^connect \{"ok":true/m);
    expect(out.match(/^struck \["(?!none)[^"]+",\{"struck":\{"[^"]+":2\}\}\]$/gm)).toHaveLength(16);
    expect(out.match(/^commit \{"kind":"saved"/gm)?.length).toBeGreaterThan(3);
    for (const line of ["struck", "find-accounts", "refresh", "view", "commit", "undo", "flush", "history", "state", "settings", "echo", "bad token", "elsewhere"]) expect([line, out.includes(`\n${line} `)]).toEqual([line, true]);
  });

  test("leaves files whose words can be found: journal, cache, what is known of the account, settings, pace, crash report", () => {
    const names = [...ran().files.keys()];
    for (const part of ["journal", "cache.json", "account.json", "settings.json", "pace", "report."]) expect([part, names.some((name) => name.includes(part))]).toEqual([part, true]);
    expect([...ran().files.values()].some((content) => content.includes("canary 500"))).toBe(true);
  });

  test.each(SHAPES)("is nowhere in what was printed, in no answer for a page, in no file and in no crash report, as %s", (shape) => {
    const { out, err, files } = ran();
    const everything = new Map([...files, ["stdout", out], ["stderr", err]]);
    expect([...everything].filter(([, content]) => content.includes(shape)).map(([name]) => name)).toEqual([]);
  });
});
