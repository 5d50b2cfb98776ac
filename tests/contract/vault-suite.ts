import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Vault } from "../../electron/secrets/vault.ts";

/** What every vault must do, whichever it is. Each test uses its own account keys and leaves none behind. */
export function vaultSuite(name: string, make: () => Vault): void {
  const key = (): string => `test-${randomUUID()}`;

  describe(`as a vault: ${name}`, () => {
    test("an account without a secret is absent", async () => {
      expect(await make().get(key())).toEqual({ kind: "absent" });
    });

    test("a kept secret is found again, letter for letter", async () => {
      const vault = make();
      const account = key();
      const secret = "1234567.pt.Zö-😀_\"'\\ x";
      expect(await vault.set(account, secret)).toEqual({ kind: "kept" });
      expect(await vault.get(account)).toEqual({ kind: "found", secret });
      await vault.remove(account);
    });

    test("a second secret takes the place of the first", async () => {
      const vault = make();
      const account = key();
      await vault.set(account, "first");
      await vault.set(account, "second");
      expect(await vault.get(account)).toEqual({ kind: "found", secret: "second" });
      await vault.remove(account);
    });

    test("accounts do not see each other's secrets", async () => {
      const vault = make();
      const [one, two] = [key(), key()];
      await vault.set(one, "1");
      await vault.set(two, "2");
      expect(await vault.get(one)).toEqual({ kind: "found", secret: "1" });
      await vault.remove(one);
      expect(await vault.get(two)).toEqual({ kind: "found", secret: "2" });
      await vault.remove(two);
    });

    test("a removed secret is absent, and removing it again is no error", async () => {
      const vault = make();
      const account = key();
      await vault.set(account, "secret");
      expect(await vault.remove(account)).toEqual({ kind: "removed" });
      expect(await vault.get(account)).toEqual({ kind: "absent" });
      expect(await vault.remove(account)).toEqual({ kind: "removed" });
    });

    test("a token of 1,000 characters survives", async () => {
      const vault = make();
      const account = key();
      const secret = "x".repeat(1000);
      expect(await vault.set(account, secret)).toEqual({ kind: "kept" });
      expect(await vault.get(account)).toEqual({ kind: "found", secret });
      await vault.remove(account);
    });
  });
}
