import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { describe, expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../electron/harvest/sandbox/server.ts";
import { AGENT, clientOf, NOW, sandbox, stateOf, value } from "./harvest-account.ts";

function home(): string {
  const folder = mkdtempSync(join(tmpdir(), "stint-sandbox-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function book(box: Awaited<ReturnType<typeof sandbox>>, notes: string) {
  const client = clientOf(box);
  const project = value(await client.projects()).find((each) => each.client === "Initech");
  return client.create({ date: "2026-04-06", hours: 1, project: project?.id ?? 0, task: project?.tasks[0]?.id ?? 0, notes }, "m");
}
const notesOf = async (box: Awaited<ReturnType<typeof sandbox>>) => (await stateOf(box)).entries.map((entry) => entry.notes);

test("two servers on one file see each other's entries at once", async () => {
  const file = join(home(), "account.json");
  const [one, two] = [await sandbox({ file }), await sandbox({ file })];
  expect(two.token).toBe(one.token);
  value(await book(one, "from one"));
  expect(await notesOf(two)).toContain("from one");
  value(await book(two, "from two"));
  expect(await notesOf(one)).toContain("from two");
});

test("an account outlives its server", async () => {
  const file = join(home(), "deeper", "account.json");
  const one = await sandbox({ file });
  value(await book(one, "kept"));
  await one.close();
  expect(await notesOf(await sandbox({ file }))).toContain("kept");
});

test("an account opened three days later has those days filled in and keeps what was booked", async () => {
  const file = join(home(), "account.json");
  const one = await sandbox({ file });
  value(await book(one, "mine"));
  await one.close();
  const later = (await stateOf(await sandbox({ file, clock: () => "2026-04-09T13:00:00Z" }))).entries.filter((entry) => entry.user.id === 4_410_021);
  expect(later.filter((entry) => entry.spent_date === "2026-04-06").map((entry) => entry.notes)).toEqual(["mine"]);
  for (const date of ["2026-04-07", "2026-04-08"]) expect(later.filter((entry) => entry.spent_date === date).length).toBeGreaterThan(2);
});

describe("a damaged file", () => {
  test.each(["{ cut o", "", '{"version":1}', '{"version":2}', "[]"])("with %j is kept aside, said once, and a fresh account made", async (text) => {
    const folder = home();
    const file = join(folder, "account.json");
    writeFileSync(file, text);
    writeFileSync(`${file}.damaged-1`, "older");
    const notices: string[] = [];
    const box = await sandbox({ file, onNotice: (sentence) => notices.push(sentence) });
    expect((await notesOf(box)).length).toBeGreaterThan(50);
    value(await book(box, "after"));
    expect(notices).toEqual([expect.stringContaining("damaged-2")]);
    expect(readFileSync(`${file}.damaged-2`, "utf8")).toBe(text);
    expect(readFileSync(`${file}.damaged-1`, "utf8")).toBe("older");
  });
});

describe("the lock", () => {
  test("of a process that is gone is broken", async () => {
    const file = join(home(), "account.json");
    const box = await sandbox({ file });
    const gone = spawnSync(process.execPath, ["-e", "0"]).pid;
    writeFileSync(`${file}.lock`, `${gone} x`);
    value(await book(box, "after the crash"));
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  test("of a living process is waited for", async () => {
    const file = join(home(), "account.json");
    const box = await sandbox({ file });
    writeFileSync(`${file}.lock`, `${process.pid} somebody-else`);
    const booking = book(box, "waited");
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(readFileSync(file, "utf8")).not.toContain("waited");
    rmSync(`${file}.lock`);
    value(await booking);
    expect(readFileSync(file, "utf8")).toContain("waited");
  });

  test("that is older than any write can last is broken though its number lives", async () => {
    const file = join(home(), "account.json");
    const box = await sandbox({ file });
    writeFileSync(`${file}.lock`, `${process.pid} long-ago`);
    const old = new Date(Date.now() - 60_000);
    utimesSync(`${file}.lock`, old, old);
    value(await book(box, "on"));
    expect(await notesOf(box)).toContain("on");
  });
});

test("a change that cannot be written down is a 500, and the account is as it was", async () => {
  const file = join(home(), "account.json");
  const box = await sandbox({ file });
  const before = readFileSync(file, "utf8");
  mkdirSync(`${file}.${process.pid}.tmp`);
  expect(await book(box, "lost")).toMatchObject({ kind: "failed", code: "server", unknown: true });
  expect(readFileSync(file, "utf8")).toBe(before);
  rmSync(`${file}.${process.pid}.tmp`, { recursive: true, force: true });
  value(await book(box, "then it works"));
  expect(await notesOf(box)).not.toContain("lost");
});

test("a file that cannot be used is said in a sentence", async () => {
  const folder = home();
  writeFileSync(join(folder, "not-a-folder"), "");
  expect(await startSandbox({ file: join(folder, "not-a-folder", "account.json"), clock: () => NOW })).toMatchObject({ kind: "failed", message: expect.stringContaining("cannot be used") });
});

const WRITER = `
import { startSandbox } from "./server.js";
const box = await startSandbox({ file: process.argv[2], clock: () => "${NOW}", requestsPer15s: 10000 });
const headers = { Authorization: "Bearer " + box.token, "Harvest-Account-Id": String(box.accountId), "User-Agent": "${AGENT}", "Content-Type": "application/json" };
const { time_entries: [entry] } = await (await fetch(box.url + "/v2/time_entries?from=2026-03-01", { headers })).json();
const body = (notes) => JSON.stringify({ project_id: entry.project.id, task_id: entry.task.id, spent_date: "2026-04-06", hours: 1, notes });
for (let nth = 0; nth < 25; nth += 1) {
  const answer = await fetch(box.url + "/v2/time_entries", { method: "POST", headers, body: body("p" + process.pid + "-" + nth) });
  if (answer.status !== 201) process.exitCode = 1;
}
await box.close();
`;

test("three processes that write into one account at the same time lose nothing", { timeout: 30_000 }, async () => {
  const folder = home();
  await build({ configFile: false, logLevel: "silent", build: { ssr: join(import.meta.dirname, "../../electron/harvest/sandbox/server.ts"), outDir: folder, emptyOutDir: false, rollupOptions: { output: { entryFileNames: "server.js" } } }, ssr: { noExternal: true } });
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  writeFileSync(join(folder, "writer.js"), WRITER);
  const file = join(folder, "account.json");
  const box = await sandbox({ file });
  const codes = await Promise.all([1, 2, 3].map(() => new Promise((resolve) => {
    spawn(process.execPath, [join(folder, "writer.js"), file], { stdio: "inherit" }).on("exit", resolve);
  })));
  expect(codes).toEqual([0, 0, 0]);
  const { entries } = await stateOf(box);
  expect(entries.filter((entry) => /^p\d+-\d+$/.test(entry.notes ?? ""))).toHaveLength(75);
  expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length);
  expect(readdirSync(folder).filter((name) => name.includes(".lock") || name.endsWith(".tmp"))).toEqual([]);
});
