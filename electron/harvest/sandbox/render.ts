import type { AccountData, StoredEntry, StoredUser } from "./account.ts";
import { hoursAt, roundedHours, wallClock } from "./clock-work.ts";
import { clockText } from "./civil.ts";

const CREATED = "2025-03-01T10:00:00Z";
const instant = (iso: string): string => `${iso.slice(0, 19)}Z`;

type Json = Readonly<Record<string, unknown>>;

export function userJson(user: StoredUser): Json {
  return {
    id: user.id, first_name: user.firstName, last_name: user.lastName, employee_id: null, email: user.email, telephone: "",
    timezone: user.timezone, weekly_capacity: 126_000, has_access_to_all_future_projects: false, is_contractor: false, is_active: true,
    calendar_integration_enabled: false, calendar_integration_source: null, created_at: CREATED, updated_at: CREATED,
    can_create_projects: user.role !== "member", roles: [], access_roles: [user.role], avatar_url: "https://stint.example/avatar.png",
  };
}

export function companyJson(data: AccountData): Json {
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

export function clientJson(data: AccountData, id: number): Json {
  return { id, name: data.clients.find((client) => client.id === id)?.name ?? "", currency: "EUR" };
}

function projectRef(data: AccountData, id: number): Json {
  const project = data.projects.find((each) => each.id === id);
  return { id, name: project?.name ?? "", code: project?.code ?? null };
}

function clientOf(data: AccountData, project: number): Json {
  return clientJson(data, data.projects.find((each) => each.id === project)?.client ?? 0);
}

type TaskAssignment = AccountData["taskAssignments"][number];

function taskName(data: AccountData, task: number, assignment: TaskAssignment | undefined): string {
  return assignment?.name ?? data.tasks.find((each) => each.id === task)?.name ?? "";
}

function taskAssignmentJson(assignment: TaskAssignment): Json {
  return { id: assignment.id, billable: assignment.billable, is_active: assignment.active, created_at: CREATED, updated_at: CREATED, hourly_rate: null, budget: null };
}

function userAssignmentJson(assignment: AccountData["userAssignments"][number]): Json {
  return { id: assignment.id, is_project_manager: false, is_active: assignment.active, use_default_rates: true, budget: null, created_at: CREATED, updated_at: CREATED, hourly_rate: null };
}

/** A project assignment of one user with the tasks of its project, inactive ones included, as Harvest lists it. */
export function assignmentJson(data: AccountData, assignment: AccountData["userAssignments"][number]): Json {
  const tasks = data.taskAssignments.filter((each) => each.project === assignment.project);
  return {
    ...userAssignmentJson(assignment),
    project: projectRef(data, assignment.project),
    client: clientOf(data, assignment.project),
    task_assignments: tasks.map((each) => ({ ...taskAssignmentJson(each), task: { id: each.task, name: taskName(data, each.task, each) } })),
  };
}

function timesOf(data: AccountData, entry: StoredEntry): Json {
  const text = (time: string | null): string | null => (time === null ? null : clockText(time, data.company.clock));
  // A running entry shows when it started even where the account books lengths (harvest-api §7.4).
  const running = entry.timerStartedAt === null ? null : wallClock(data, entry.user, new Date(entry.timerStartedAt));
  return { started_time: text(entry.startedTime ?? running), ended_time: text(entry.endedTime) };
}

/** A time entry with every key that Harvest sends, as it is at `now`. Rates are null: members may not see them. */
export function entryJson(data: AccountData, entry: StoredEntry, now: Date): Json {
  const owner = data.users.find((user) => user.id === entry.user);
  const assignment = data.taskAssignments.find((each) => each.project === entry.project && each.task === entry.task);
  const mine = data.userAssignments.find((each) => each.project === entry.project && each.user === entry.user);
  const hours = hoursAt(entry, now);
  const { lock } = entry;
  return {
    id: entry.id, spent_date: entry.date, hours, hours_without_timer: entry.hours, rounded_hours: roundedHours(data, hours), notes: entry.notes,
    is_locked: lock !== null, is_explicitly_locked: false, locked_reason: lock?.reason ?? null,
    approval_status: lock?.closed === true ? "approved" : "unsubmitted", is_closed: lock?.closed ?? false, is_billed: lock?.billed ?? false,
    timer_started_at: entry.timerStartedAt === null ? null : instant(entry.timerStartedAt), ...timesOf(data, entry),
    is_running: entry.timerStartedAt !== null, billable: assignment?.billable ?? false, budgeted: false, billable_rate: null, cost_rate: null,
    created_at: instant(entry.createdAt), updated_at: instant(entry.updatedAt),
    user: { id: entry.user, name: owner ? `${owner.firstName} ${owner.lastName}` : "" },
    client: clientOf(data, entry.project), project: projectRef(data, entry.project),
    task: { id: entry.task, name: taskName(data, entry.task, assignment) },
    user_assignment: mine ? userAssignmentJson(mine) : null, task_assignment: assignment ? taskAssignmentJson(assignment) : null,
    invoice: lock?.billed === true ? { id: 13_150_001, number: "1001" } : null, external_reference: entry.reference,
  };
}
