import type { AccountData } from "../../electron/harvest/sandbox/account.ts";
import { createSampleAccount } from "../../electron/harvest/sandbox/sample.ts";
import { startSandbox, type Sandbox } from "../../electron/harvest/sandbox/server.ts";
import type { HarvestOrder, HarvestReply } from "./messages.ts";
import { SCALE } from "./plan.ts";

/* Harvest's process: the emulated account as real servers, one for each run, on a clock that runs as fast as the outbox's. */

const STARTS = Date.parse("2026-04-06T09:00:00Z");
const ENTRIES = 6;

interface Open {
  readonly order: Extract<HarvestOrder, { do: "open" }>;
  readonly sandbox: Sandbox;
}
const opened = new Map<string, Open>();

/** A small account: a handful of entries that nobody has locked, no timer. */
function accountOf(startEnd: boolean): AccountData {
  const data = createSampleAccount({ now: new Date(STARTS), zone: "UTC", seed: 1 });
  const me = data.users[0]?.id;
  const free = data.entries.filter((entry) => entry.user === me && entry.lock === null && entry.timerStartedAt === null && (entry.notes ?? "") !== "");
  const entries = free.slice(-ENTRIES).map((entry) => ({ ...entry, ...(startEnd ? { startedTime: "09:00", endedTime: "10:00", hours: 1 } : { startedTime: null, endedTime: null }) }));
  return { ...data, entries, origin: "given", company: { ...data.company, startEnd, notesRequired: false }, options: { ...data.options, companyForbidden: false } };
}

async function start(order: Open["order"], port: number): Promise<HarvestReply> {
  const account = accountOf(order.startEnd);
  const clock = (): Date => new Date(STARTS + (Date.now() - order.began) * SCALE);
  const sandbox = await startSandbox({ account, clock, zone: "UTC", port, requestsPer15s: 1_000_000, ...(order.file === undefined ? {} : { file: order.file }) });
  if (sandbox.kind === "failed") throw new Error(sandbox.message);
  opened.set(order.key, { order, sandbox });
  return { url: sandbox.url, token: sandbox.token, accountId: sandbox.accountId, userId: account.users[0]?.id ?? 0 };
}

async function obey(order: HarvestOrder): Promise<HarvestReply | undefined> {
  if (order.do === "open") return start(order, 0);
  const found = opened.get(order.key);
  if (!found) throw new Error("There is no such account.");
  await found.sandbox.close();
  opened.delete(order.key);
  return order.do === "restart" ? start(found.order, found.sandbox.port) : undefined;
}

process.on("message", ({ id, order }: { id: number; order: HarvestOrder }) => {
  void obey(order).then(
    (reply) => process.send?.({ id, reply }),
    (error: unknown) => process.send?.({ id, broken: error instanceof Error ? error.message : String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
process.send?.({ id: 0 });
