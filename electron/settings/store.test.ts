import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createSettingsStore } from "./store.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
async function place(content?: string) {
  const root = await mkdtemp(join(tmpdir(), "stint-settings-"));
  folders.push(root);
  const file = join(root, "config", "settings.json");
  if (content !== undefined) {
    await mkdir(dirname(file));
    await writeFile(file, content);
  }
  const notices: string[] = [];
  return { file, notices, open: () => createSettingsStore({ file, onNotice: (sentence) => notices.push(sentence) }) };
}
const defaults = { version: 1, hotkey: "Control+Alt+H", account: { kind: "sample" }, model: "rules", modelMirrors: [], idleMinutes: 10, backend: "auto", weekStart: "account", dateOrder: "account", reading: { bare: "past", this: "week", last: "strict+ask", next: "strict+ask", clocks: "elapsed", future: "confirm", dayStart: 0 }, shortcuts: [] };

test("with no file, the defaults hold and nothing is written", async () => {
  const { file, notices, open } = await place();
  expect(open().reload()).toEqual(defaults);
  await expect(readFile(file)).rejects.toMatchObject({ code: "ENOENT" });
  expect(notices).toEqual([]);
});

test("what was kept is there for the next program", async () => {
  const { file, open } = await place();
  const account = { kind: "harvest", accountId: 7, name: "Acme", userId: 8, userName: "Pat", zone: "Europe/Berlin" } as const;
  expect(open().update({ hotkey: "Super+T", account, rounding: { minutes: 15, mode: "up" } })).toEqual({ kind: "kept" });
  expect(open().reload()).toEqual({ ...defaults, hotkey: "Super+T", account, rounding: { minutes: 15, mode: "up" } });
  expect(await readdir(dirname(file))).toEqual(["settings.json"]);
});

test("a field set to nothing is cleared, and the others stay", async () => {
  const { open } = await place();
  const store = open();
  store.update({ rounding: { minutes: 6, mode: "nearest" }, dateOrder: "DMY" });
  store.update({ rounding: undefined });
  expect(open().reload()).toEqual({ ...defaults, dateOrder: "DMY" });
});

test("a file that lacks newer fields gets their defaults", async () => {
  const { open } = await place('{"version":1,"dateOrder":"YMD"}');
  expect(open().reload()).toEqual({ ...defaults, dateOrder: "YMD" });
});

test.each(["", "{", "[]", "null", '{"hotkey":"X"}', '{"version":1,"idleMinutes":-1}', '{"version":1,"account":{"kind":"other"}}', '{"version":"1"}'])("a damaged file is set aside and the defaults hold: %s", async (content) => {
  const { file, notices, open } = await place(content);
  const store = open();
  expect(store.reload()).toEqual(defaults);
  expect(notices).toHaveLength(1);
  expect(notices[0]).toContain("settings.damaged-1.json");
  expect(await readFile(join(dirname(file), "settings.damaged-1.json"), "utf8")).toBe(content);
  expect(store.update({ hotkey: "F9" })).toEqual({ kind: "kept" });
  expect(open().reload()).toMatchObject({ hotkey: "F9" });
});

test("a second damaged file does not take the place of the first", async () => {
  const { file, open } = await place("one");
  const store = open();
  store.reload();
  await writeFile(file, "two");
  store.reload();
  const kept = await Promise.all([1, 2].map((n) => readFile(join(dirname(file), `settings.damaged-${n}.json`), "utf8")));
  expect(kept).toEqual(["one", "two"]);
});

test("a file of a newer version is left untouched, and it is said once", async () => {
  const content = '{"version":2,"hotkey":{"keys":["F9"]}}';
  const { file, notices, open } = await place(content);
  const store = open();
  expect(store.reload()).toEqual(defaults);
  expect(store.update({ hotkey: "F8" })).toMatchObject({ kind: "failed", message: expect.stringContaining("newer version") as string });
  expect(store.get()).toEqual(defaults);
  expect(await readFile(file, "utf8")).toBe(content);
  expect(await readdir(dirname(file))).toEqual(["settings.json"]);
  expect(notices).toHaveLength(1);
});

test("a setting that makes no sense is refused and nothing changes", async () => {
  const { open } = await place();
  const store = open();
  store.update({ hotkey: "F9" });
  expect(store.update({ hotkey: "", idleMinutes: 5 })).toMatchObject({ kind: "failed" });
  expect(store.get()).toMatchObject({ hotkey: "F9", idleMinutes: 10 });
  expect(open().reload()).toEqual(store.get());
});

test("a place that cannot be written is told, and the settings stay as they were", async () => {
  const { file, open } = await place();
  await writeFile(dirname(file), "a file where the folder should be");
  const store = open();
  expect(store.update({ hotkey: "F9" })).toMatchObject({ kind: "failed" });
  expect(store.get()).toEqual(defaults);
});

test("a token never reaches the file, even when a caller hands one over", async () => {
  const { file, open } = await place();
  const change = { hotkey: "F9", token: "s3cret" };
  open().update(change);
  expect(await readFile(file, "utf8")).not.toContain("s3cret");
});

test("two programs that change different fields both keep theirs, and see each other's after a reload", async () => {
  const { open } = await place();
  const [app, cli] = [open(), open()];
  app.reload();
  cli.update({ dateOrder: "DMY" });
  app.update({ hotkey: "F9" });
  expect(app.get()).toMatchObject({ dateOrder: "DMY", hotkey: "F9" });
  expect(cli.reload()).toEqual(app.get());
});

test("the settings are there as soon as the store is", async () => {
  const { open } = await place('{"version":1,"hotkey":"F9"}');
  expect(open().get()).toMatchObject({ hotkey: "F9" });
});

test("listeners hear each difference once, and nothing after they stopped", async () => {
  const { open } = await place();
  const [store, other] = [open(), open()];
  const heard: string[] = [];
  const stop = store.subscribe(({ hotkey }) => heard.push(hotkey));
  store.update({ hotkey: "F1" });
  store.update({ hotkey: "F1" });
  other.update({ hotkey: "F2" });
  store.reload();
  stop();
  store.update({ hotkey: "F3" });
  expect(heard).toEqual(["F1", "F2"]);
});
