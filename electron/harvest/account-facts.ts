import type { DateOrder, Project, Task, WeekStart } from "../core/entry.ts";
import zoneNames from "./timezones.json" with { type: "json" };
import type { HarvestCompany, HarvestMe } from "./types.ts";
import type { WireAssignment, WireCompany, WireMe } from "./wire.ts";

const ZONES: ReadonlyMap<string, string> = new Map(Object.entries(zoneNames));

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** The IANA name of a Harvest zone. Harvest uses Rails' own names ("Eastern Time (US & Canada)"); an IANA name passes as it is. */
export function zoneOf(name: string | null | undefined): string | undefined {
  if (!name) return undefined;
  return ZONES.get(name) ?? (isZone(name) ? name : undefined);
}

export function meOf(wire: WireMe, fallbackZone: string | undefined): HarvestMe {
  const name = [wire.first_name, wire.last_name].filter((part) => part).join(" ");
  const zone = zoneOf(wire.timezone) ?? fallbackZone;
  return { id: wire.id, name, email: wire.email ?? "", ...(zone === undefined ? {} : { zone }) };
}

function weekStartOf(day: string | null | undefined): WeekStart | undefined {
  const name = day?.toLowerCase();
  return name === "monday" || name === "sunday" || name === "saturday" ? name : undefined;
}

function dateOrderOf(format: string | null | undefined): DateOrder | undefined {
  if (!format) return undefined;
  if (format.startsWith("%m")) return "MDY";
  if (format.startsWith("%d")) return "DMY";
  return format.startsWith("%Y") ? "YMD" : undefined;
}

export function companyOf(wire: WireCompany): HarvestCompany {
  return {
    weekStart: weekStartOf(wire.week_start_day),
    dateOrder: dateOrderOf(wire.date_format),
    timeFormat: wire.time_format === "decimal" || wire.time_format === "hours_minutes" ? wire.time_format : undefined,
    clock: wire.clock === "12h" || wire.clock === "24h" ? wire.clock : undefined,
    mode: wire.wants_timestamp_timers === true ? "start-end" : "duration",
    notesRequired: wire.day_entry_notes_required ?? undefined,
    baseUri: wire.base_uri ?? undefined,
  };
}

/** The project of an assignment with its active tasks; undefined for an assignment that is no longer active. */
export function projectOf(wire: WireAssignment): Project | undefined {
  if (wire.is_active === false) return undefined;
  const tasks: Task[] = [];
  for (const assignment of wire.task_assignments ?? []) {
    if (assignment.is_active === false || !assignment.task) continue;
    tasks.push({ id: assignment.task.id, name: assignment.task.name ?? "" });
  }
  const code = wire.project.code?.trim();
  return {
    id: wire.project.id,
    client: wire.client?.name ?? "",
    name: wire.project.name ?? "",
    active: true,
    tasks,
    ...(code ? { code } : {}),
  };
}
