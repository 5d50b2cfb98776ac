import type { Sandbox } from "../../electron/harvest/sandbox/server.ts";
import { day, raw, sample, stateOf } from "./harvest-account.ts";

/** The sample account with everybody in that role. */
export const asRole = (role: "member" | "manager" | "administrator") => sample((data) => { for (const user of data.users) user.role = role; });

/** Project and task of the sample's Website Redesign, Design, on the day that it is. */
export async function acme(box: Sandbox): Promise<{ project_id: number; task_id: number; spent_date: string }> {
  const entry = (await stateOf(box)).entries.find((each) => each.project.name === "Website Redesign" && each.task.name === "Design");
  return { project_id: entry?.project.id ?? 0, task_id: entry?.task.id ?? 0, spent_date: day };
}

export const post = (box: Sandbox, body: unknown) => raw(box, "/v2/time_entries", { method: "POST", body });
