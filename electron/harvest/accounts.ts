import type { RemoteResult } from "../core/remote.ts";
import { failed } from "./errors.ts";
import { createTransport } from "./http.ts";
import type { HarvestAccess, HarvestAccount } from "./types.ts";
import { wireAccounts } from "./wire.ts";

/**
 * The Harvest accounts that a token opens, so that nobody has to copy an account number. Forecast accounts are left out:
 * the Harvest API refuses their ids (harvest-api §2.2). An empty list is an ordinary answer.
 */
export async function findAccounts(options: HarvestAccess & { readonly idUrl?: string | undefined }): Promise<RemoteResult<readonly HarvestAccount[]>> {
  const transport = createTransport(options, options.idUrl ?? "https://id.getharvest.com");
  if ("kind" in transport) return transport;
  const answer = await transport.send({ method: "GET", url: `${transport.base}/api/v2/accounts` });
  if (answer.kind === "failed") return answer;
  const read = wireAccounts.safeParse(answer.value);
  if (!read.success) return failed("changed-shape", "Harvest's list of accounts has an unexpected form.");
  const own = read.data.accounts.filter((account) => account.product === "harvest");
  return { kind: "ok", value: own.map((account) => ({ id: account.id, name: account.name ?? `Account ${account.id}` })) };
}
