import { expect, test } from "vitest";
import { createAccount } from "../../electron/harvest/sandbox/accounts.ts";
import { startSandbox } from "../../electron/harvest/sandbox/server.ts";
import { harvestRules } from "./harvest-rules.ts";

/** The emulated account of that name, of today. */
const emulated = (name: string) => async () => {
  const account = createAccount(name, { now: new Date(), zone: "America/New_York" });
  if (!account) throw new Error(`There is no account ${name}.`);
  const box = await startSandbox({ account, requestsPer15s: 10_000 });
  if (box.kind === "failed") throw new Error(box.message);
  return { place: { apiUrl: box.url, idUrl: box.url, token: box.token, accountId: box.accountId }, close: () => box.close() };
};

harvestRules("the emulated agency", emulated("sample"));
harvestRules("the emulated account of starts and ends", emulated("start-end"));
harvestRules("the emulated member who must write notes", emulated("member"));
harvestRules("the emulated manager", emulated("manager"));

/*
 * The same on a real account, a trial one for choice: STINT_CONTRACT_TOKEN and STINT_CONTRACT_ACCOUNT (its number). It books in January
 * 2000 and, where no timer runs, two timers of today, and removes all of it. STINT_CONTRACT_MODE=start-end for a member of such an account.
 */
const { STINT_CONTRACT_TOKEN: token, STINT_CONTRACT_ACCOUNT: account } = process.env;
if (token && account) {
  harvestRules("Harvest itself", () => Promise.resolve({
    place: { apiUrl: "https://api.harvestapp.com", idUrl: "https://id.getharvest.com", token: token.trim(), accountId: Number(account) },
    close: () => Promise.resolve(),
  }));
} else {
  test("the rules of Harvest hold on Harvest itself", (context) => {
    expect(token && account).toBeFalsy();
    context.skip("not run: no token");
  });
}
