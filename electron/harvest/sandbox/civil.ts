import zoneNames from "../timezones.json" with { type: "json" };

/** A moment as a wall clock in some zone shows it: the day, and "HH:MM". */
export interface Civil {
  readonly date: string;
  readonly time: string;
}

const DAY_MS = 86_400_000;

function partsIn(instant: Date, zone: string): ReadonlyMap<string, string> {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
  });
  return new Map(format.formatToParts(instant).map((part) => [part.type, part.value]));
}

/** What the clock on the wall in `zone` (IANA) says at `instant`. */
export function civilAt(instant: Date, zone: string): Civil {
  const parts = partsIn(instant, zone);
  const at = (name: string): string => parts.get(name) ?? "";
  return { date: `${at("year").padStart(4, "0")}-${at("month")}-${at("day")}`, time: `${at("hour")}:${at("minute")}` };
}

/** The instant at which the wall clock in `zone` says `civil`. An hour that a spring change skips gives the moment after the gap. */
export function instantAt(civil: Civil, zone: string): Date {
  const wanted = Date.parse(`${civil.date}T${civil.time}:00Z`);
  let guess = wanted;
  for (let round = 0; round < 3; round += 1) {
    const seen = civilAt(new Date(guess), zone);
    const off = wanted - Date.parse(`${seen.date}T${seen.time}:00Z`);
    if (off === 0) break;
    guess += off;
  }
  return new Date(guess);
}

/** Calendar arithmetic on civil dates; never a count of hours. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** True for a day that exists: 2026-02-30 does not. */
export function isRealDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}

/** Minutes since midnight of "14:59" or "2:59pm"; undefined when it is neither. */
export function minutesOf(text: string): number | undefined {
  const found = /^(\d{1,2}):(\d{2})\s*([ap]m)?$/i.exec(text.trim());
  if (!found) return undefined;
  const hour = Number(found[1]);
  const minute = Number(found[2]);
  const half = found[3]?.toLowerCase();
  if (minute > 59 || hour > (half === undefined ? 23 : 12) || (half !== undefined && hour === 0)) return undefined;
  return ((half === undefined ? hour : hour % 12) + (half === "pm" ? 12 : 0)) * 60 + minute;
}

/** Minutes since midnight as "HH:MM". */
export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** "16:04" as the account's clock writes it: "16:04" or "4:04pm". */
export function clockText(time: string, clock: "12h" | "24h"): string {
  const minutes = minutesOf(time);
  if (clock === "24h" || minutes === undefined) return time;
  const hour = Math.floor(minutes / 60);
  return `${hour % 12 === 0 ? 12 : hour % 12}:${String(minutes % 60).padStart(2, "0")}${hour < 12 ? "am" : "pm"}`;
}

const NAMES = Object.entries(zoneNames);

/** The name Harvest has for an IANA zone; the zone itself where it has none. */
export function railsNameOf(zone: string): string {
  const preferred = NAMES.find(([name, iana]) => iana === zone && zone.endsWith(`/${name.replaceAll(" ", "_")}`));
  return preferred?.[0] ?? NAMES.find(([, iana]) => iana === zone)?.[0] ?? zone;
}

/** The IANA zone of a name that `railsNameOf` gave. */
export function ianaOf(name: string): string {
  return NAMES.find(([rails]) => rails === name)?.[1] ?? name;
}
