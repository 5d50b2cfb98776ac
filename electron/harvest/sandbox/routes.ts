import type { StoredEntry } from "./account.ts";
import type { Answer } from "./answer.ts";
import { notAuthorized, notFound, okay } from "./answer.ts";
import type { Desk } from "./entry-writes.ts";
import { changeEntry, createEntry, deleteEntry, deleteReference, restartEntry, stopEntry } from "./entry-writes.ts";
import type { Input } from "./input.ts";
import { listed } from "./listing.ts";
import { listAssignments, listEntries, visibleTo } from "./reads.ts";
import { clientJson, companyJson, entryJson, meJson, userJson } from "./render.ts";

/** A request that has passed the door: who is known, the alias is gone, parameters are read. */
export interface Call extends Desk {
  readonly method: string;
  /** "/time_entries/12/stop", without /v2. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly input: Input;
  /** Forces small pages. */
  readonly pageLimit?: number | undefined;
  readonly companyForbidden: boolean;
}

const place = (call: Call, path = call.path) => ({ address: `${call.origin}/v2${path}`, query: call.query });

function userCall(call: Call, who: string, rest: string | undefined): Answer {
  const { data, me } = call;
  const user = data.users.find((each) => each.id === (who === "me" ? me.id : Number(who)));
  if (!user) return notFound;
  if (user.id !== me.id && me.role === "member") return notAuthorized;
  if (rest === undefined) return okay(who === "me" ? meJson(user) : userJson(user));
  return rest === "project_assignments" ? listAssignments(data, user.id, place(call, `/users/${user.id}/project_assignments`), call.pageLimit) : notFound;
}

/** Lists that only managers and administrators may read. An index built on them fails for every member (harvest-api §7.2). */
function adminList(call: Call, key: string): Answer {
  const { data } = call;
  if (call.me.role === "member") return notAuthorized;
  const at = place(call);
  if (key === "users") return listed(key, data.users, userJson, at, call.pageLimit);
  if (key === "clients") return listed(key, data.clients, (client) => ({ ...clientJson(data, client.id), is_active: client.active }), at, call.pageLimit);
  if (key === "tasks") return listed(key, data.tasks, (task) => ({ id: task.id, name: task.name, is_active: task.active }), at, call.pageLimit);
  return listed(key, data.projects, (each) => ({ id: each.id, name: each.name, code: each.code, is_active: each.active, client: clientJson(data, each.client) }), at, call.pageLimit);
}

function oneEntry(call: Call, entry: StoredEntry, rest: string | undefined): Answer {
  const action = `${call.method} ${rest ?? ""}`.trim();
  if (action === "GET") return okay(entryJson(call.data, entry, call.now));
  if (action === "PATCH") return changeEntry(call, entry, call.input);
  if (action === "DELETE") return deleteEntry(call, entry);
  if (action === "PATCH stop") return stopEntry(call, entry);
  if (action === "PATCH restart") return restartEntry(call, entry);
  return action === "DELETE external_reference" ? deleteReference(call, entry) : notFound;
}

function entryCall(call: Call, id: string | undefined, rest: string | undefined): Answer {
  if (id === undefined) {
    if (call.method === "GET") return listEntries(call.data, call.me, call.now, place(call), call.pageLimit);
    return call.method === "POST" ? createEntry(call, call.input) : notFound;
  }
  const entry = call.data.entries.find((each) => String(each.id) === id && visibleTo(call.me, each));
  return entry ? oneEntry(call, entry, rest) : notFound;
}

/** Answers one call of the API. Writes change `call.data`; whoever called keeps it when the status is 2xx. */
export function answerCall(call: Call): Answer {
  const [, root, id, rest, ...more] = call.path.split("/");
  if (more.length > 0) return notFound;
  if (root === "time_entries") return entryCall(call, id, rest);
  if (call.method !== "GET") return notFound;
  if (root === "users" && id !== undefined) return userCall(call, id, rest);
  if (id !== undefined) return notFound;
  if (root === "company") {
    const isForbidden = call.companyForbidden || (call.data.options.companyForbidden && call.me.role === "member");
    return isForbidden ? notAuthorized : okay(companyJson(call.data));
  }
  return root === "users" || root === "clients" || root === "tasks" || root === "projects" ? adminList(call, root) : notFound;
}
