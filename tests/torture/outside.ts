import type { Entry, IsoDate } from "../../electron/core/entry.ts";
import type { HarvestReply } from "./messages.ts";

interface WireEntry {
  readonly id: number;
  readonly spent_date: IsoDate;
  readonly hours: number;
  readonly notes: string | null;
  readonly is_running: boolean;
  readonly project: { readonly id: number };
  readonly task: { readonly id: number };
}

/** The account from outside, as another program sees it. */
export function outside({ url, token, accountId, userId }: HarvestReply) {
  const headers = { authorization: `Bearer ${token}`, "harvest-account-id": String(accountId), "user-agent": "Stint torture (torture@stint.example)", "content-type": "application/json" };
  const ask = async (path: string, method = "GET", body?: unknown): Promise<unknown> => {
    const send = () => fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    // A line that was kept open ends when Harvest is restarted; asking twice for any of these does no harm.
    const response = await send().catch(send);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return response.json();
  };
  return {
    entries: async (): Promise<readonly Entry[]> => {
      const page = (await ask(`/v2/time_entries?user_id=${userId}`)) as { time_entries: readonly WireEntry[] };
      return page.time_entries.map((entry) => ({ id: entry.id, date: entry.spent_date, hours: entry.hours, project: entry.project.id, task: entry.task.id, notes: entry.notes ?? "", running: entry.is_running }));
    },
    plan: (faults: readonly object[]) => ask("/_sandbox/faults", "POST", faults),
    heal: () => ask("/_sandbox/faults", "DELETE"),
    struck: async () => ((await ask("/_sandbox/struck")) as { struck: Record<string, number> }).struck,
    setHours: (id: number, hours: number) => ask(`/v2/time_entries/${id}`, "PATCH", { hours }),
  };
}
export type Outside = ReturnType<typeof outside>;
