import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { beforeAll, describe, expect, test } from "vitest";
import { forkChild, type Child } from "../../electron/child/child.ts";
import { createKeychainVault } from "../../electron/secrets/keychain-vault.ts";
import { vaultSuite } from "../contract/vault-suite.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const outDir = `${root}.cache/keyring-test`;
const bundle = `${outDir}/keychain.mjs`;

// On Linux the keychain is reached over a D-Bus session; build/test.mjs starts these tests inside one with an unlocked keyring.
const missing = process.platform === "linux" && !process.env["DBUS_SESSION_BUS_ADDRESS"] ? "not run, because there is no D-Bus session (DBUS_SESSION_BUS_ADDRESS is not set)" : undefined;
if (missing) console.warn(`Keychain tests ${missing}`);

beforeAll(async () => {
  if (missing) return;
  await build({
    root,
    configFile: false,
    logLevel: "error",
    build: {
      ssr: `${root}electron/keychain.ts`,
      outDir,
      emptyOutDir: true,
      rolldownOptions: { external: ["keytar"], output: { entryFileNames: "keychain.mjs" } },
    },
    ssr: { noExternal: ["zod"] },
  });
}, 60_000);

const children: Child[] = [];
const spawn = (env: NodeJS.ProcessEnv = process.env): Child => {
  const child = forkChild(bundle, env);
  children.push(child);
  return child;
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe.skipIf(missing !== undefined)(`the system keychain${missing ? `: ${missing}` : ""}`, () => {
  vaultSuite("system keychain", () => createKeychainVault({ spawn: () => spawn() }));

  test("a secret outlives the process that kept it", async () => {
    const account = `test-${randomUUID()}`;
    const first = createKeychainVault({ spawn: () => spawn() });
    expect(await first.set(account, "still here")).toEqual({ kind: "kept" });
    const second = createKeychainVault({ spawn: () => spawn() });
    expect(await second.get(account)).toEqual({ kind: "found", secret: "still here" });
    await second.remove(account);
  });

  test.runIf(process.platform === "linux")("without a session bus the answer is no keychain, in one plain sentence", async () => {
    const vault = createKeychainVault({ spawn: () => spawn({ ...process.env, DBUS_SESSION_BUS_ADDRESS: "disabled:" }) });
    expect(await vault.set("test-no-bus", "s3cret")).toEqual({ kind: "no-keychain", message: "The system's keychain cannot be used here." });
    expect(await vault.get("test-no-bus")).toMatchObject({ kind: "no-keychain" });
  });

  test("no keychain process is left when nobody asks", async () => {
    const account = `test-${randomUUID()}`;
    await createKeychainVault({ spawn: () => spawn(), idleMs: 50 }).get(account);
    const pid = children.at(-1)?.pid ?? 0;
    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});
