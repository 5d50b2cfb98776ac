import { describe, expect, test } from "vitest";
import { z } from "zod";
import { accountNames, createAccount } from "../../electron/harvest/sandbox/accounts.ts";
import { wireAccounts, wireAssignments, wireCompany, wireEntries, wireEntry, wireError, wireMe, wireUser } from "../../electron/harvest/wire.ts";
import { day, plan, raw, sample, sandbox, stateOf } from "./harvest-account.ts";

/** Every key that a schema names, with the keys inside it. */
function keysOf(schema: z.ZodType, path = ""): readonly string[] {
  const bare = schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodCatch ? keysOf(schema.unwrap() as z.ZodType, path) : undefined;
  if (bare) return bare;
  if (schema instanceof z.ZodArray) return keysOf(schema.element as z.ZodType, path);
  if (!(schema instanceof z.ZodObject)) return [path];
  return Object.entries(schema.shape).flatMap(([key, inner]) => keysOf(inner as z.ZodType, `${path}.${key}`));
}

/** Every key that an answer has, null or not; of a list, those of all its rows together. */
function keysIn(value: unknown, path = ""): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 || typeof value[0] !== "object" ? [path] : [...new Set(value.flatMap((each) => keysIn(each, path)))];
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => keysIn(inner, `${path}.${key}`));
}

/** What is null here has no keys inside to compare. */
const comparable = (named: readonly string[], sent: readonly string[]): readonly string[] => named.filter((key) => !sent.some((each) => each !== "" && key.startsWith(`${each}.`)));
/** Keys that only one of the two has, and a word when the schema does not take the value at all. */
function differences(schema: z.ZodType, value: unknown): readonly string[] {
  const [named, sent] = [keysOf(schema), keysIn(value)];
  const unnamed = sent.filter((key) => !named.includes(key) && !named.some((each) => each.startsWith(`${key}.`)));
  return [...unnamed, ...comparable(named, sent).filter((key) => !sent.includes(key)), ...(schema.safeParse(value).success ? [] : ["not taken"])];
}

describe("the sandbox sends every key of the wire schema and no other", { timeout: 30_000 }, () => {
  test.each(accountNames.filter(({ name }) => name !== "big"))("of the account $name", async ({ name }) => {
    const box = await sandbox({ account: createAccount(name, { now: new Date("2026-04-06T13:00:00Z"), zone: "America/New_York" }) });
    expect(differences(wireMe, (await raw(box, "/v2/users/me")).json)).toEqual([]);
    expect(differences(wireEntries, (await raw(box, "/v2/time_entries?per_page=20")).json)).toEqual([]);
    expect(differences(wireAssignments, (await raw(box, "/v2/users/me/project_assignments")).json)).toEqual([]);
    expect(differences(wireAccounts, (await raw(box, "/api/v2/accounts")).json)).toEqual([]);
    const company = await raw(box, "/v2/company");
    expect(differences(company.status === 200 ? wireCompany : z.object({ message: z.string() }), company.json)).toEqual([]);
  });

  test("of an entry that was made, changed, stopped, restarted and removed", async () => {
    const box = await sandbox();
    const one = (await stateOf(box)).entries.find((entry) => entry.project.name === "Website Redesign");
    const body = { project_id: one?.project.id, task_id: one?.task.id, spent_date: day, external_reference: { id: "r", group_id: "g", account_id: "a", permalink: "https://stint.example/1" } };
    const made = await raw(box, "/v2/time_entries", { method: "POST", body });
    const path = `/v2/time_entries/${made.json.id}`;
    const answers = [made, await raw(box, path, { method: "PATCH", body: { notes: "n" } }), await raw(box, `${path}/stop`, { method: "PATCH" }), await raw(box, `${path}/restart`, { method: "PATCH" }), await raw(box, path, { method: "DELETE" })];
    for (const answer of answers) expect(differences(wireEntry, answer.json)).toEqual([]);
  });

  test("of people in a list, who have no claims", async () => {
    const box = await sandbox({ account: sample((data) => { for (const user of data.users) user.role = "administrator"; }) });
    const { users } = (await raw(box, "/v2/users")).json as { users?: unknown[] };
    for (const user of users ?? []) expect(differences(wireUser, user)).toEqual([]);
    expect(users).toHaveLength(2);
  });

  test.each(["401-revoked", "429", "429-body", "429-date", "500", "503", "drop-company-403"])("of the error %s", async (fault) => {
    const box = await sandbox();
    await plan(box, fault);
    const { json, status } = await raw(box, "/v2/company");
    expect(status).toBeGreaterThan(399);
    expect(Object.keys(json).filter((key) => !(key in wireError.shape))).toEqual([]);
  });
});

describe("the client reads what a server may send", () => {
  const entry = { id: 1, spent_date: day, hours: 1, project: { id: 2 }, task: { id: 3 } };

  test.each([
    ["an entry of ids alone", { id: 1 }],
    ["numbers as text", { ...entry, id: "1", hours: "1.5" }],
    ["keys nobody knows", { ...entry, is_explicitly_locked: true, something_new: { a: [1] } }],
    ["an odd type in a key that is not used", { ...entry, billable_rate: {}, approval_status: 7, user_assignment: "gone", client: [], invoice: 3 }],
    ["assignments that were deleted", { ...entry, user_assignment: null, task_assignment: null }],
    ["a 12-hour clock", { ...entry, started_time: "8:00am", ended_time: "4:04pm" }],
    ["ids beyond 32 bits", { ...entry, id: 2_410_000_101, external_reference: { id: 7, group_id: null } }],
  ])("%s", (_, sent) => {
    expect(wireEntry.safeParse(sent).success).toBe(true);
  });

  test.each([
    ["no code, no tasks", { id: 1, project: { id: 2, name: "P", code: null }, client: null, task_assignments: null }],
    ["an empty code and a task without a name", { id: 1, project: { id: 2, name: "P", code: "" }, client: { id: 1, name: "C", currency: "EUR" }, task_assignments: [{ id: 1, task: { id: 2, name: null } }] }],
  ])("a project with %s", (_, sent) => {
    expect(wireAssignments.safeParse({ project_assignments: [sent], links: null }).success).toBe(true);
  });
});
