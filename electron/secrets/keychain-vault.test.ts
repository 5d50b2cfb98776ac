import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forkChild, type Child } from "../child/child.ts";
import { createKeychainVault } from "./keychain-vault.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stint-vault-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A keychain process of these lines; remembers every child it was started as. */
async function processOf(name: string, source: string) {
  const module = join(folder, `${name}.mjs`);
  await writeFile(module, source);
  const children: Child[] = [];
  const spawn = (): Child => {
    const child = forkChild(module);
    children.push(child);
    return child;
  };
  return { spawn, children };
}
const isAlive = (child: Child | undefined): boolean => {
  try {
    process.kill(child?.pid ?? -1, 0);
    return child?.pid !== undefined;
  } catch {
    return false;
  }
};
const store = `
  const secrets = new Map();
  process.on("disconnect", () => process.exit(0));
  process.on("message", ({ id, ask, account, secret }) => {
    if (ask === "set") secrets.set(account, secret);
    if (ask === "get") process.send(secrets.has(account) ? { id, kind: "found", secret: secrets.get(account) } : { id, kind: "absent" });
    else process.send({ id, kind: ask === "set" ? "kept" : "removed" });
  });`;

test("a keychain that never answers is no keychain, and its process is dead", async () => {
  const { spawn, children } = await processOf("silent", `process.on("message", () => { for (;;) {} });`);
  const vault = createKeychainVault({ spawn, timeoutMs: 400 });
  expect(await vault.get("a")).toEqual({ kind: "no-keychain", message: "The system's keychain did not answer; it may be locked." });
  expect(children).toHaveLength(1);
  await expect.poll(() => isAlive(children[0])).toBe(false);
});

test("all calls of a burst end when one of them gets no answer", async () => {
  const { spawn, children } = await processOf("silent-burst", `process.on("message", () => undefined);`);
  const vault = createKeychainVault({ spawn, timeoutMs: 400 });
  const answers = await Promise.all([vault.get("a"), vault.set("a", "s3cret"), vault.remove("a")]);
  expect(answers.map(({ kind }) => kind)).toEqual(["no-keychain", "no-keychain", "no-keychain"]);
  expect(children).toHaveLength(1);
  await expect.poll(() => isAlive(children[0])).toBe(false);
});

test("a keychain process that crashes is no keychain, and the next call starts another", async () => {
  const { spawn, children } = await processOf("crash", `process.on("message", () => process.abort());`);
  const vault = createKeychainVault({ spawn });
  expect(await vault.get("a")).toEqual({ kind: "no-keychain", message: "The system's keychain cannot be used here." });
  expect(await vault.set("a", "s3cret")).toMatchObject({ kind: "no-keychain" });
  expect(children).toHaveLength(2);
});

test("a keychain process that cannot be started is no keychain", async () => {
  expect(await createKeychainVault({ spawn: () => forkChild(join(folder, "missing.mjs")) }).get("a")).toMatchObject({ kind: "no-keychain" });
  const throws = (): never => {
    throw new Error("no processes left");
  };
  expect(await createKeychainVault({ spawn: throws }).get("a")).toMatchObject({ kind: "no-keychain" });
});

test("no error carries the secret or the keychain's own words", async () => {
  const { spawn } = await processOf("failing", `process.on("message", ({ id, secret }) => process.send({ id, kind: "failed", message: "native: " + secret }));`);
  const answer = await createKeychainVault({ spawn }).set("a", "s3cret");
  expect(answer.kind).toBe("no-keychain");
  expect(JSON.stringify(answer)).not.toMatch(/s3cret|native/);
});

test("answers that are no answers are not taken for one", async () => {
  const { spawn } = await processOf("liar", `process.on("message", ({ id }) => { process.send("hello"); process.send({ id: id + 1, kind: "absent" }); process.send({ id, kind: "found" }); });`);
  expect(await createKeychainVault({ spawn, timeoutMs: 300 }).get("a")).toMatchObject({ kind: "no-keychain" });
});

test("one process serves a burst, and is gone when nobody asks any more", async () => {
  const { spawn, children } = await processOf("store", store);
  const vault = createKeychainVault({ spawn, idleMs: 150 });
  expect(await vault.set("a", "s3cret")).toEqual({ kind: "kept" });
  expect(await Promise.all([vault.get("a"), vault.get("b")])).toEqual([{ kind: "found", secret: "s3cret" }, { kind: "absent" }]);
  expect(children).toHaveLength(1);
  await expect.poll(() => isAlive(children[0])).toBe(false);
  expect(await vault.get("a")).toEqual({ kind: "absent" });
  expect(children).toHaveLength(2);
});
