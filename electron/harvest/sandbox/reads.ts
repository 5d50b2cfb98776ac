import type { AccountData, StoredEntry, StoredUser } from "./account.ts";
import type { Answer } from "./answer.ts";
import { approvalOf } from "./approval.ts";
import { listed } from "./listing.ts";
import type { ListPlace } from "./listing.ts";
import { clientOfProject, projectOf } from "./lookup.ts";
import { assignmentJson, entryJson } from "./render.ts";

/** Members see their own entries, everybody else sees all of them: the trap of a list without `user_id` (harvest-api §12). */
export function visibleTo(me: StoredUser, entry: StoredEntry): boolean {
  return me.role !== "member" || entry.user === me.id;
}

function matches(data: AccountData, entry: StoredEntry, query: URLSearchParams): boolean {
  const same = (name: string, value: string | number | undefined): boolean => {
    const wanted = query.get(name);
    return wanted === null || wanted === "" || wanted === String(value ?? "");
  };
  // Harvest takes a full datetime for from and to as well; only its day counts.
  const day = (name: string): string | undefined => query.get(name)?.slice(0, 10) || undefined;
  const [from, to, since] = [day("from"), day("to"), query.get("updated_since")];
  return (
    same("user_id", entry.user) &&
    same("project_id", entry.project) &&
    same("task_id", entry.task) &&
    same("client_id", clientOfProject(data, entry.project)) &&
    same("external_reference_id", entry.reference?.["id"] ?? undefined) &&
    same("is_billed", String(entry.lock?.billed ?? false)) &&
    same("is_running", String(entry.timerStartedAt !== null)) &&
    same("approval_status", approvalOf(data, entry)) &&
    (from === undefined || entry.date >= from) &&
    (to === undefined || entry.date <= to) &&
    (since === null || Date.parse(`${entry.updatedAt.slice(0, 19)}Z`) > Date.parse(since))
  );
}

/** GET /time_entries: latest day first, newest first within a day. */
export function listEntries(data: AccountData, me: StoredUser, now: Date, place: ListPlace, limit?: number): Answer {
  const rows = data.entries.filter((entry) => visibleTo(me, entry) && matches(data, entry, place.query));
  rows.sort((a, b) => (a.date === b.date ? b.id - a.id : a.date < b.date ? 1 : -1));
  return listed("time_entries", rows, (entry) => entryJson(data, entry, now), place, limit);
}

/** GET /users/{id}/project_assignments: active ones of active projects, newest first. */
export function listAssignments(data: AccountData, user: number, place: ListPlace, limit?: number): Answer {
  const rows = data.userAssignments.filter((each) => each.user === user && each.active && projectOf(data, each.project)?.active === true);
  return listed("project_assignments", rows.toSorted((a, b) => b.id - a.id), (each) => assignmentJson(data, each), place, limit);
}
