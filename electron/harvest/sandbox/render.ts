import type { Sent, WireAssignment, WireClient, WireCompany, WireEntry, WireMe, WireProject, WireTask, WireTaskAssignment, WireUser, WireUserAssignment } from "../wire.ts";
import type { AccountData, StoredEntry, StoredUser } from "./account.ts";
import { approvalOf } from "./approval.ts";
import { clockText } from "./civil.ts";
import { hoursAt, roundedHours, wallClock } from "./clock-work.ts";
import { assignmentOf, clientOfProject, nameOfClient, projectOf, taskOnProject, tasksOf } from "./lookup.ts";

const CREATED = "2025-03-01T10:00:00Z";
const instant = (iso: string): string => `${iso.slice(0, 19)}Z`;

export function userJson(user: StoredUser): Sent<WireUser> {
  return {
    id: user.id, first_name: user.firstName, last_name: user.lastName, employee_id: null, email: user.email, telephone: "",
    timezone: user.timezone, weekly_capacity: 126_000, has_access_to_all_future_projects: false, is_contractor: false, is_active: true,
    calendar_integration_enabled: false, calendar_integration_source: null, created_at: CREATED, updated_at: CREATED,
    can_create_projects: user.role !== "member", roles: [], access_roles: [user.role], avatar_url: "https://stint.example/avatar.png",
  };
}

/** The token's own user; what the claims are called is a guess, that they are there is not. */
export function meJson(user: StoredUser): Sent<WireMe> {
  return { ...userJson(user), permissions_claims: ["timers:read:own", "timers:write:own"] };
}

export function companyJson(data: AccountData): Sent<WireCompany> {
  const { company } = data;
  return {
    base_uri: "https://bluefield.stint.example", full_domain: "bluefield.stint.example", name: company.name, is_active: true,
    week_start_day: company.weekStartDay, wants_timestamp_timers: company.startEnd, time_format: company.timeFormat,
    date_format: company.dateFormat, plan_type: "simple-v4", expense_feature: true, invoice_feature: true, estimate_feature: true,
    team_feature: true, weekly_capacity: 126_000, approval_feature: true, clock: company.clock, currency: "EUR",
    currency_code_display: "iso_code_none", currency_symbol_display: "symbol_before", decimal_symbol: ".", thousands_separator: ",",
    color_scheme: "orange", saml_sign_in_required: false, day_entry_notes_required: company.notesRequired,
  };
}

export function clientJson(data: AccountData, id: number): Sent<WireClient> {
  return { id, name: nameOfClient(data, id), currency: "EUR" };
}

function projectRef(data: AccountData, id: number): Sent<WireProject> {
  const project = projectOf(data, id);
  return { id, name: project?.name ?? "", code: project?.code ?? null };
}

type TaskAssignment = AccountData["taskAssignments"][number];

function taskJson(data: AccountData, id: number, assignment: TaskAssignment | undefined): Sent<WireTask> {
  return { id, name: assignment?.name ?? data.tasks.find((each) => each.id === id)?.name ?? "" };
}

function taskAssignmentJson(assignment: TaskAssignment): Sent<WireTaskAssignment> {
  return { id: assignment.id, billable: assignment.billable, is_active: assignment.active, created_at: CREATED, updated_at: CREATED, hourly_rate: null, budget: null };
}

function userAssignmentJson(assignment: AccountData["userAssignments"][number]): Sent<WireUserAssignment> {
  return { id: assignment.id, is_project_manager: false, is_active: assignment.active, use_default_rates: true, budget: null, created_at: CREATED, updated_at: CREATED, hourly_rate: null };
}

/** A project assignment of one user with the tasks of its project, inactive ones included, as Harvest lists it. */
export function assignmentJson(data: AccountData, assignment: AccountData["userAssignments"][number]): Sent<WireAssignment> {
  return {
    ...userAssignmentJson(assignment),
    id: assignment.id,
    is_active: assignment.active,
    project: projectRef(data, assignment.project),
    client: clientJson(data, clientOfProject(data, assignment.project)),
    task_assignments: tasksOf(data, assignment.project).map((each) => ({
      ...taskAssignmentJson(each), id: each.id, is_active: each.active, task: taskJson(data, each.task, each),
    })),
  };
}

function timesOf(data: AccountData, entry: StoredEntry): Pick<Sent<WireEntry>, "started_time" | "ended_time"> {
  const text = (time: string | null): string | null => (time === null ? null : clockText(time, data.company.clock));
  // A running entry shows when it started even where the account books lengths (harvest-api §7.4).
  const running = entry.timerStartedAt === null ? null : wallClock(data, entry.user, new Date(entry.timerStartedAt));
  return { started_time: text(entry.startedTime ?? running), ended_time: text(entry.endedTime) };
}

type Reference = Sent<WireEntry>["external_reference"];

function referenceJson(reference: StoredEntry["reference"]): Reference {
  if (reference === null) return null;
  const at = (name: string): string | null => reference[name] ?? null;
  return { id: at("id"), group_id: at("group_id"), account_id: at("account_id"), permalink: at("permalink"), service: at("service"), service_icon_url: at("service_icon_url") };
}

/** A time entry with every key that Harvest sends, as it is at `now`. Rates are null: members may not see them. */
export function entryJson(data: AccountData, entry: StoredEntry, now: Date): Sent<WireEntry> {
  const owner = data.users.find((user) => user.id === entry.user);
  const assignment = taskOnProject(data, entry.project, entry.task);
  const mine = assignmentOf(data, entry.user, entry.project);
  const hours = hoursAt(entry, now);
  const { lock } = entry;
  return {
    id: entry.id, spent_date: entry.date, hours, hours_without_timer: entry.hours, rounded_hours: roundedHours(data, hours), notes: entry.notes,
    is_locked: lock !== null, is_explicitly_locked: false, locked_reason: lock?.reason ?? null,
    approval_status: approvalOf(data, entry), is_closed: lock?.closed ?? false, is_billed: lock?.billed ?? false,
    timer_started_at: entry.timerStartedAt === null ? null : instant(entry.timerStartedAt), ...timesOf(data, entry),
    is_running: entry.timerStartedAt !== null, billable: assignment?.billable ?? false, budgeted: false, billable_rate: null, cost_rate: null,
    created_at: instant(entry.createdAt), updated_at: instant(entry.updatedAt),
    user: { id: entry.user, name: owner ? `${owner.firstName} ${owner.lastName}` : "" },
    client: clientJson(data, clientOfProject(data, entry.project)), project: projectRef(data, entry.project),
    task: taskJson(data, entry.task, assignment),
    user_assignment: mine ? userAssignmentJson(mine) : null, task_assignment: assignment ? taskAssignmentJson(assignment) : null,
    invoice: lock?.billed === true ? { id: 13_150_001, number: "1001" } : null, external_reference: referenceJson(entry.reference),
  };
}
