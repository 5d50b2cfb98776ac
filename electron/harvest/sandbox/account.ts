import { z } from "zod";

/*
 * The emulated account as data: what its JSON file holds. Ids are unique within their list; dates are civil, instants are
 * ISO with Z. The hidden parts (rounding, locked ranges, approved weeks) exist in Harvest too but are not in its API.
 */

const id = z.int().positive();
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const range = z.object({ from: date, to: date });

const entry = z.object({
  id,
  user: id,
  date,
  project: id,
  task: id,
  notes: z.string().nullable(),
  /** Hours without the time of a running timer. */
  hours: z.number(),
  timerStartedAt: z.string().nullable(),
  /** "HH:MM", 24 hours, in the user's zone; set in start-and-end accounts only. */
  startedTime: z.string().nullable(),
  endedTime: z.string().nullable(),
  lock: z.object({ reason: z.string(), closed: z.boolean(), billed: z.boolean() }).nullable(),
  reference: z.record(z.string(), z.string().nullable()).nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type StoredEntry = z.infer<typeof entry>;

const user = z.object({
  id,
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  /** A Rails zone name, as Harvest says it, or an IANA one where Rails has no name. */
  timezone: z.string(),
  role: z.enum(["member", "manager", "administrator"]),
});
export type StoredUser = z.infer<typeof user>;

const project = z.object({ id, client: id, name: z.string(), code: z.string().nullable(), active: z.boolean(), lockedRanges: z.array(range) });

const company = z.object({
  name: z.string(),
  weekStartDay: z.string(),
  startEnd: z.boolean(),
  timeFormat: z.enum(["decimal", "hours_minutes"]),
  dateFormat: z.string(),
  clock: z.enum(["12h", "24h"]),
  notesRequired: z.boolean(),
});

/** Where the real behaviour is unknown: which of the plausible ones this account shows (README, unknowns). */
const options = z.object({
  /** Members get 403 for /company. */
  companyForbidden: z.boolean(),
  /** `hours` alone in a start-and-end account: a finished entry that ends now, or ignored so that a timer starts. */
  hoursInStartEnd: z.enum(["ends-now", "ignored"]),
  deleteBody: z.enum(["entry", "empty"]),
  /** Refuses negative hours and more than 24. */
  strictHours: z.boolean(),
});

export const accountData = z.object({
  version: z.literal(1),
  /** "sample" accounts are kept alive: missing days are filled in when they are opened later. */
  origin: z.enum(["sample", "given"]),
  seed: z.int(),
  generatedThrough: date,
  nextId: id,
  accountId: id,
  forecastId: id,
  /** Other accounts that the same tokens open; they are named only. */
  moreAccounts: z.array(z.object({ id, name: z.string() })).optional(),
  tokens: z.array(z.object({ token: z.string(), user: id, revoked: z.boolean() })).min(1),
  company,
  options,
  rounding: z.object({ mode: z.enum(["off", "nearest", "up"]), minutes: z.int().positive() }),
  users: z.array(user).min(1),
  clients: z.array(z.object({ id, name: z.string(), active: z.boolean() })),
  tasks: z.array(z.object({ id, name: z.string(), active: z.boolean() })),
  projects: z.array(project),
  userAssignments: z.array(z.object({ id, user: id, project: id, active: z.boolean() })),
  /** `name` is set where one task id goes by another name on this project. */
  taskAssignments: z.array(z.object({ id, project: id, task: id, active: z.boolean(), billable: z.boolean(), name: z.string().optional() })),
  approvedWeeks: z.array(range.extend({ user: id })),
  /** Handed in for approval, not yet approved. */
  submittedWeeks: z.array(range.extend({ user: id })).default([]),
  entries: z.array(entry),
});

/** A whole emulated account. The first user is the one whose token `startSandbox` gives out. */
export type AccountData = z.infer<typeof accountData>;

/** Settings of an account that is like a small company's on its first day. */
export const plainCompany: AccountData["company"] = {
  name: "Bluefield Studio",
  weekStartDay: "Monday",
  startEnd: false,
  timeFormat: "hours_minutes",
  dateFormat: "%m/%d/%Y",
  clock: "24h",
  notesRequired: false,
};

export const plainOptions: AccountData["options"] = { companyForbidden: false, hoursInStartEnd: "ends-now", deleteBody: "entry", strictHours: false };

/** The token of an account that was given none. It opens nothing but a server on this computer, so it is no secret. */
export const SANDBOX_TOKEN = "sandbox-token";
