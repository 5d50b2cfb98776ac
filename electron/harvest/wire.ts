import { z } from "zod";

/*
 * The one description of what goes over the wire: the client reads by it, the sandbox writes by it (`Sent`).
 * Read liberally: only ids are required, everything else may be null or missing, unknown keys are ignored. Strict schemas have
 * broken real clients on null codes, 12-hour clock texts and new keys (harvest-api §15).
 */

const id = z.coerce.number().int().positive();
const text = z.string().nullish();
const flag = z.boolean().nullish();
const decimal = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/).transform(Number)]).nullish();
const ref = z.object({ id, name: text });

// Keys that nothing here reads: one of an odd type must not cost the user the entry it stands in.
const asideText = text.catch(undefined);
const asideFlag = flag.catch(undefined);
const asideDecimal = decimal.catch(undefined);
const asideId = id.nullish().catch(undefined);
const asideTexts = z.array(z.string()).nullish().catch(undefined);

/** A value as a server must send it: every key is there, null where there is nothing. */
export type Sent<T> = T extends readonly (infer Item)[] ? readonly Sent<Item>[] : T extends object ? { readonly [Key in keyof T]-?: Sent<Exclude<T[Key], undefined>> } : T;

/** A person: `/users/me` and the lists of users. `permissions_claims` is sent for oneself only. */
export const wireUser = z.object({
  id, first_name: text, last_name: text, email: text, timezone: text,
  employee_id: asideText, telephone: asideText, weekly_capacity: asideDecimal, has_access_to_all_future_projects: asideFlag,
  is_contractor: asideFlag, is_active: asideFlag, calendar_integration_enabled: asideFlag, calendar_integration_source: asideText,
  created_at: asideText, updated_at: asideText, can_create_projects: asideFlag, roles: asideTexts, access_roles: asideTexts, avatar_url: asideText,
});
export type WireUser = z.infer<typeof wireUser>;
export const wireMe = wireUser.extend({ permissions_claims: asideTexts });
export type WireMe = z.infer<typeof wireMe>;

/** The account's own settings. */
export const wireCompany = z.object({
  base_uri: text, week_start_day: text, wants_timestamp_timers: flag, time_format: text, date_format: text, clock: text, day_entry_notes_required: flag,
  full_domain: asideText, name: asideText, is_active: asideFlag, plan_type: asideText, expense_feature: asideFlag, invoice_feature: asideFlag,
  estimate_feature: asideFlag, team_feature: asideFlag, weekly_capacity: asideDecimal, approval_feature: asideFlag, currency: asideText,
  currency_code_display: asideText, currency_symbol_display: asideText, decimal_symbol: asideText, thousands_separator: asideText,
  color_scheme: asideText, saml_sign_in_required: asideFlag,
});
export type WireCompany = z.infer<typeof wireCompany>;

export const wireClient = ref.extend({ currency: asideText });
export type WireClient = z.infer<typeof wireClient>;
export const wireProject = ref.extend({ code: text });
export type WireProject = z.infer<typeof wireProject>;
export const wireTask = ref;
export type WireTask = z.infer<typeof wireTask>;

const assigned = z.object({ id: asideId, is_active: asideFlag, created_at: asideText, updated_at: asideText, hourly_rate: asideDecimal, budget: asideDecimal });
const wireUserAssignment = assigned.extend({ is_project_manager: asideFlag, use_default_rates: asideFlag });
export type WireUserAssignment = z.infer<typeof wireUserAssignment>;
const wireTaskAssignment = assigned.extend({ billable: asideFlag });
export type WireTaskAssignment = z.infer<typeof wireTaskAssignment>;

/** A project that a person may book on, with its tasks; an inactive task is listed too. */
export const wireAssignment = wireUserAssignment.extend({
  id,
  is_active: flag,
  project: wireProject,
  client: wireClient.nullish(),
  task_assignments: z.array(wireTaskAssignment.extend({ id, is_active: flag, task: wireTask.nullish() })).nullish(),
});
export type WireAssignment = z.infer<typeof wireAssignment>;

const wireReference = z.object({
  id: z.coerce.string().nullish(),
  group_id: asideText, account_id: asideText, permalink: asideText, service: asideText, service_icon_url: asideText,
});

/** A time entry. `hours` of a running one is what it has come to; clock times are text as the company's clock writes them. */
export const wireEntry = z.object({
  id, spent_date: text, hours: decimal, notes: text, is_locked: flag, locked_reason: text, is_closed: flag, is_billed: flag, is_running: flag,
  started_time: text, ended_time: text, created_at: text, updated_at: text,
  user: ref.nullish(), project: wireProject.nullish(), task: wireTask.nullish(), external_reference: wireReference.nullish(),
  hours_without_timer: asideDecimal, rounded_hours: asideDecimal, is_explicitly_locked: asideFlag, approval_status: asideText,
  timer_started_at: asideText, billable: asideFlag, budgeted: asideFlag, billable_rate: asideDecimal, cost_rate: asideDecimal,
  client: wireClient.nullish().catch(undefined),
  user_assignment: wireUserAssignment.nullish().catch(undefined), task_assignment: wireTaskAssignment.nullish().catch(undefined),
  invoice: z.object({ id: asideId, number: asideText }).nullish().catch(undefined),
});
export type WireEntry = z.infer<typeof wireEntry>;

/** What stands around every list. Page numbers are null in the middle of a cursor list: only `links.next` says that there is more. */
export const wirePage = z.object({
  per_page: asideDecimal, total_pages: asideDecimal, total_entries: asideDecimal, next_page: asideDecimal, previous_page: asideDecimal, page: asideDecimal,
  links: z.object({ first: asideText, next: text, previous: asideText, last: asideText }).nullish(),
});
export type WirePage = z.infer<typeof wirePage>;
export const wireEntries = wirePage.extend({ time_entries: z.array(wireEntry) });
export const wireAssignments = wirePage.extend({ project_assignments: z.array(wireAssignment) });

/** Whom a token belongs to and what it opens, Harvest and Forecast accounts alike. */
export const wireAccounts = z.object({
  user: z.object({ id: asideId, first_name: asideText, last_name: asideText, email: asideText }).nullish().catch(undefined),
  accounts: z.array(z.object({ id, name: text, product: text, google_sign_in_required: asideFlag })),
});
export type WireAccounts = z.infer<typeof wireAccounts>;

/** The three shapes of an error, and the wait of a 429. */
export const wireError = z.looseObject({
  message: asideText, error: asideText, error_description: asideText, status: asideDecimal, retry_after: z.coerce.number().nullish().catch(undefined),
});

export type WireError = z.infer<typeof wireError>;

/** The parameters of POST and PATCH /time_entries. What a PATCH leaves out stays as it is; a POST without a length starts a timer. */
export const wireBooking = z.object({
  project_id: id, task_id: id, spent_date: z.string(), user_id: id, hours: z.number(), started_time: z.string(), ended_time: z.string(), notes: z.string(),
  external_reference: z.object({ id: z.string(), group_id: z.string(), account_id: z.string(), permalink: z.string() }).partial(),
}).partial();
export type WireBooking = Readonly<z.infer<typeof wireBooking>>;
