import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { add, createWorld, seed } from "./test-world.ts";

const DAY_MS = 86_400_000;
// Many small files on a disk that others use too.
vi.setConfig({ testTimeout: 60_000 });
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
const world = async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-keep-"));
  folders.push(folder);
  return createWorld(folder);
};
const lines = async (w: Awaited<ReturnType<typeof world>>): Promise<number> => (await readFile(w.file, "utf8")).split("\n").length;

test("work of more than 30 days ago leaves the journal, and what waits or needs somebody stays however old it is", async () => {
  const w = await world();
  const entry = seed(w.remote);
  const outbox = w.open({ compactAt: 20 });
  for (let count = 0; count < 12; count += 1) await outbox.commit({ sentence: `old ${count}`, operations: [add(`old ${count}`)], before: [] });
  w.fail(() => "offline");
  await outbox.commit({ sentence: "still waits", operations: [{ op: "change", entry: entry.id, set: { hours: 3 } }], before: [entry] });
  w.heal();
  w.fail((_, name) => (name === "read" ? "server" : undefined));
  w.later(31 * DAY_MS);
  await outbox.commit({ sentence: "new", operations: [add("new")], before: [] });
  const before = await lines(w);
  await outbox.commit({ sentence: "newer", operations: [add("newer")], before: [] });
  expect(await lines(w)).toBeLessThan(before / 2);
  w.heal();
  const next = w.open();
  expect((await next.history(50)).map(({ sentence }) => sentence)).toEqual(["newer", "new", "still waits"]);
  await next.flush();
  expect(w.remote.all().find(({ id }) => id === entry.id)).toMatchObject({ hours: 3 });
  expect(w.remote.all()).toHaveLength(15);
});

test("a clock that ran ahead for a moment does not make today's work look old", async () => {
  const w = await world();
  const outbox = w.open({ compactAt: 20 });
  for (let count = 0; count < 12; count += 1) await outbox.commit({ sentence: `today ${count}`, operations: [add(`today ${count}`)], before: [] });
  w.later(400 * DAY_MS);
  w.later(-400 * DAY_MS);
  await outbox.commit({ sentence: "now", operations: [add("now")], before: [] });
  expect(await w.open().history(50)).toHaveLength(13);
});
