import type { DateOrder, Project, WeekStart } from "../../core/entry.ts";
import type { AccountData, StoredEntry } from "./account.ts";
import { plainCompany, plainOptions, SANDBOX_TOKEN } from "./account.ts";
import { addDays, railsNameOf } from "./civil.ts";
import { todayOf } from "./generate.ts";

/** An account described from outside, by an eval case for instance. Ids are kept as they are. */
export interface GivenAccount {
  readonly projects: readonly Project[];
  readonly entries: readonly {
    readonly id: number;
    readonly date: string;
    readonly hours: number;
    readonly project: number;
    readonly task: number;
    readonly notes?: string | undefined;
    readonly running?: boolean | undefined;
    readonly locked?: string | undefined;
  }[];
  readonly weekStart?: WeekStart | undefined;
  readonly dateOrder?: DateOrder | undefined;
  readonly startEnd?: boolean | undefined;
}

const DAYS = { monday: "Monday", sunday: "Sunday", saturday: "Saturday" } as const;
const FORMATS = { MDY: "%m/%d/%Y", DMY: "%d/%m/%Y", YMD: "%Y-%m-%d" } as const;
const USER = 4_410_021;

function addProject(data: AccountData, project: Project): void {
  const known = data.clients.find((client) => client.name === project.client);
  const client = known ?? { id: 15_000_001 + data.clients.length, name: project.client, active: true };
  if (!known) data.clients.push(client);
  data.projects.push({ id: project.id, client: client.id, name: project.name, code: project.code ?? null, active: project.active, lockedRanges: [] });
  data.userAssignments.push({ id: 300_100_001 + data.userAssignments.length, user: USER, project: project.id, active: project.active });
  for (const task of project.tasks) {
    if (!data.tasks.some((each) => each.id === task.id)) data.tasks.push({ id: task.id, name: task.name, active: true });
    data.taskAssignments.push({ id: 450_000_001 + data.taskAssignments.length, project: project.id, task: task.id, active: true, billable: true, name: task.name });
  }
}

function storedEntry(given: GivenAccount["entries"][number], now: Date): StoredEntry {
  const at = now.toISOString();
  return {
    id: given.id, user: USER, date: given.date, project: given.project, task: given.task, notes: given.notes ?? null, hours: given.hours,
    timerStartedAt: given.running === true ? at : null, startedTime: null, endedTime: null,
    lock: given.locked === undefined ? null : { reason: given.locked, closed: false, billed: false },
    reference: null, createdAt: at, updatedAt: at,
  };
}

/** The emulated account for `given`, of one member, on the day that `now` is in `zone` (IANA). Nothing is generated into it. */
export function createGivenAccount(given: GivenAccount, options: { readonly now: Date; readonly zone: string }): AccountData {
  const data: AccountData = {
    version: 1, origin: "given", seed: 0, generatedThrough: "1970-01-01", nextId: 2_410_000_001, accountId: 1_700_333, forecastId: 1_700_334,
    tokens: [{ token: SANDBOX_TOKEN, user: USER, revoked: false }],
    company: { ...plainCompany, weekStartDay: DAYS[given.weekStart ?? "monday"], dateFormat: FORMATS[given.dateOrder ?? "MDY"], startEnd: given.startEnd ?? false },
    options: { ...plainOptions }, rounding: { mode: "off", minutes: 15 },
    users: [{ id: USER, firstName: "Robin", lastName: "Sample", email: "robin@bluefield.example", timezone: railsNameOf(options.zone), role: "member" }],
    clients: [], tasks: [], projects: [], userAssignments: [], taskAssignments: [], approvedWeeks: [], submittedWeeks: [],
    entries: given.entries.map((entry) => storedEntry(entry, options.now)),
  };
  for (const project of given.projects) addProject(data, project);
  data.generatedThrough = addDays(todayOf(data, options.now), -1);
  data.nextId = Math.max(data.nextId, 1 + Math.max(0, ...data.entries.map((entry) => entry.id)));
  return data;
}
