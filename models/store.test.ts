import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createModelStore } from "./store.ts";
import type { ModelStore } from "./store.ts";
import { shortPair, tensor, tinyGguf, TINY_PAIRS } from "./tiny-header.ts";

let root = "";
let folder = "";
let elsewhere = "";
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "stint-store-")));
  folder = join(root, "models");
  elsewhere = join(root, "downloads");
  await mkdir(folder);
  await mkdir(elsewhere);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const store = (): ModelStore => createModelStore({ folder, now: () => new Date("2026-04-06T09:00:00Z") });
async function file(path: string, bytes: Uint8Array = tinyGguf()): Promise<string> {
  await writeFile(path, bytes);
  return path;
}

describe("the list of models", () => {
  test("remembers an added model after a restart, by reference", async () => {
    const path = await file(join(elsewhere, "Tiny Model (Q4_0).gguf"));
    const added = await store().add(path);
    expect(added).toMatchObject({ kind: "added", model: { id: "tiny-model-q4-0", name: "Tiny", path, architecture: "llama" } });
    expect(await store().list()).toMatchObject([{ id: "tiny-model-q4-0", path }]);
    expect(await store().get("tiny-model-q4-0")).toMatchObject({ path });
    expect(await readdir(folder)).toEqual(["models.json"]);
  });

  test("gives two files of the same name two ids, and the same file one", async () => {
    const models = store();
    await mkdir(join(elsewhere, "b"));
    const first = await file(join(elsewhere, "m.gguf"));
    await models.add(first);
    expect(await models.add(await file(join(elsewhere, "b", "m.gguf")))).toMatchObject({ kind: "added", model: { id: "m-2" } });
    await symlink(first, join(root, "link.gguf"));
    expect(await models.add(join(root, "link.gguf"))).toMatchObject({ kind: "already", model: { id: "m" } });
    expect(await models.list()).toHaveLength(2);
  });

  test("keeps both of two models that are added at once", async () => {
    const models = store();
    const paths = await Promise.all(["a", "b", "c"].map((name) => file(join(elsewhere, `${name}.gguf`))));
    await Promise.all(paths.map((path) => models.add(path)));
    expect((await store().list()).map((model) => model.id)).toEqual(["a", "b", "c"]);
  });

  test("never calls a model \"rules\", which means none", async () => {
    expect(await store().add(await file(join(elsewhere, "rules.gguf")))).toMatchObject({ model: { id: "rules-2" } });
  });

  test.each([
    ["not a model", Buffer.from("hello, I am a text"), "not-gguf"],
    ["cut off", tinyGguf().subarray(0, 500), "cut-off"],
  ])("refuses a file that is %s and stays as it was", async (_, bytes, code) => {
    const models = store();
    expect(await models.add(await file(join(elsewhere, "x.gguf"), bytes))).toMatchObject({ kind: "refused", code });
    expect(await models.list()).toEqual([]);
    expect(existsSync(join(folder, "models.json"))).toBe(false);
  });

  test("forgets a model elsewhere without touching its file", async () => {
    const path = await file(join(elsewhere, "m.gguf"));
    const models = store();
    await models.add(path);
    expect(await models.remove("m")).toEqual({ kind: "removed", deletedFile: false });
    expect(existsSync(path)).toBe(true);
    expect(await store().list()).toEqual([]);
    expect(await models.remove("m")).toEqual({ kind: "unknown" });
  });

  test("deletes the file of a model that lies in its own folder", async () => {
    const path = await file(join(folder, "m.gguf"));
    const models = store();
    await models.add(path);
    expect(await models.remove("m")).toEqual({ kind: "removed", deletedFile: true });
    expect(existsSync(path)).toBe(false);
  });

  test("does not delete through a link in its own folder to a file elsewhere", async () => {
    const path = await file(join(elsewhere, "m.gguf"));
    await symlink(path, join(folder, "m.gguf"));
    const models = store();
    await models.add(join(folder, "m.gguf"));
    await models.remove("m");
    expect(existsSync(path)).toBe(true);
  });

  test.each(["{ not json", '{"version":2,"models":[]}', '{"version":1,"models":[{"id":"x"}]}', ""])("sets a damaged list aside and says so once: %s", async (text) => {
    await writeFile(join(folder, "models.json"), text);
    const models = store();
    expect(await models.list()).toEqual([]);
    expect(await models.notice()).toMatch(/damaged.*set aside/);
    expect(await models.notice()).toBeUndefined();
    const aside = (await readdir(folder)).find((name) => name.startsWith("models.json.damaged-"));
    expect(aside === undefined ? undefined : await readFile(join(folder, aside), "utf8")).toBe(text);
    await models.add(await file(join(elsewhere, "m.gguf")));
    expect(await store().list()).toHaveLength(1);
  });

  test("never replaces a list that it cannot read", async () => {
    await mkdir(join(folder, "models.json"));
    const models = store();
    expect(await models.list()).toEqual([]);
    expect(await models.notice()).toMatch(/could not be read/);
    expect(await models.add(await file(join(elsewhere, "m.gguf")))).toMatchObject({ kind: "refused", code: "not-saved" });
  });

  test("keeps what another program added meanwhile", async () => {
    const app = store();
    const terminal = store();
    expect(await app.list()).toEqual([]);
    await terminal.add(await file(join(elsewhere, "a.gguf")));
    await app.add(await file(join(elsewhere, "b.gguf")));
    expect((await terminal.list()).map(({ id }) => id)).toEqual(["a", "b"]);
    await Promise.all([app, terminal].flatMap((each, i) => [0, 1, 2].map(async (n) => each.add(await file(join(elsewhere, `m${i}${n}.gguf`))))));
    expect(await store().list()).toHaveLength(8);
  });

  test("calls a model of the catalogue by its name there, and a newer file of it by the same", async () => {
    const models = store();
    const as = { id: "gemma-4-e2b", name: "Gemma 4 E2B", sha256: "a".repeat(64) };
    await models.add(await file(join(folder, "gemma-4-E2B_q4_0-it.gguf")), as);
    expect(await models.add(await file(join(folder, "newer.gguf")), { ...as, sha256: "b".repeat(64) })).toMatchObject({ kind: "added", model: { id: "gemma-4-e2b", sha256: "b".repeat(64) } });
    expect(await models.list()).toHaveLength(1);
  });

  test("notices a file that was replaced by another one at the same place", async () => {
    const models = store();
    const path = await file(join(elsewhere, "m.gguf"));
    await models.add(path);
    const longer = tinyGguf({ dataBytes: 4096 });
    await writeFile(path, longer);
    expect(await models.add(path)).toMatchObject({ kind: "added", model: { id: "m", bytes: longer.length } });
    expect(await models.list()).toHaveLength(1);
  });

  test("knows whose file is gone, and can still forget it", async () => {
    const models = store();
    const path = await file(join(elsewhere, "m.gguf"));
    await models.add(path);
    await models.add(await file(join(elsewhere, "n.gguf")));
    expect(await models.missing()).toEqual(new Set());
    await rm(path);
    expect(await models.missing()).toEqual(new Set(["m"]));
    expect(await models.remove("m")).toEqual({ kind: "removed", deletedFile: false });
  });

  test("deletes all parts of a split model of its own", async () => {
    const part = (n: number): Buffer => tinyGguf({ pairs: [...(n === 0 ? TINY_PAIRS : []), shortPair("split.no", n), shortPair("split.count", 2)], tensors: [tensor(`blk.0.p${n}.weight`, [32n], 0n)], dataBytes: 128 });
    const first = await file(join(folder, "big-00001-of-00002.gguf"), part(0));
    await file(join(folder, "big-00002-of-00002.gguf"), part(1));
    const models = store();
    expect(await models.add(first)).toMatchObject({ kind: "added", model: { id: "big", bytes: part(0).length + part(1).length } });
    expect(await models.remove("big")).toEqual({ kind: "removed", deletedFile: true });
    expect((await readdir(folder)).filter((name) => name.endsWith(".gguf"))).toEqual([]);
  });
});
