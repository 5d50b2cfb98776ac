import { z } from "zod";

/*
 * What Harvest sends, read liberally: only ids are required, everything else may be null or missing, unknown keys are ignored.
 * Strict schemas have broken real clients on null codes, 12-hour clock texts and new keys (harvest-api §15).
 */

const id = z.coerce.number().int().positive();
const text = z.string().nullish();
const flag = z.boolean().nullish();
const decimal = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/).transform(Number)]).nullish();
const ref = z.object({ id, name: text, code: text });

export const wireMe = z.object({ id, first_name: text, last_name: text, email: text, timezone: text });

export const wireCompany = z.object({
  base_uri: text,
  week_start_day: text,
  wants_timestamp_timers: flag,
  time_format: text,
  date_format: text,
  clock: text,
});

export const wireEntry = z.object({
  id,
  spent_date: text,
  hours: decimal,
  notes: text,
  is_locked: flag,
  locked_reason: text,
  is_closed: flag,
  is_billed: flag,
  is_running: flag,
  started_time: text,
  ended_time: text,
  created_at: text,
  updated_at: text,
  user: ref.nullish(),
  project: ref.nullish(),
  task: ref.nullish(),
  external_reference: z.object({ id: z.coerce.string().nullish() }).nullish(),
});
export type WireEntry = z.infer<typeof wireEntry>;

export const wireAssignment = z.object({
  id,
  is_active: flag,
  project: ref,
  client: ref.nullish(),
  task_assignments: z.array(z.object({ id, is_active: flag, task: ref.nullish() })).nullish(),
});
export type WireAssignment = z.infer<typeof wireAssignment>;

const links = z.object({ next: text }).nullish();
export const wireEntries = z.object({ time_entries: z.array(wireEntry), links });
export const wireAssignments = z.object({ project_assignments: z.array(wireAssignment), links });

export const wireAccounts = z.object({ accounts: z.array(z.object({ id, name: text, product: text })) });
