import type { Facts } from "./facts.ts";
import { readPhrase } from "./phrase.ts";

/** What may differ from Monday 6 April 2026, 09:00 in UTC, weeks from Monday, months before days. */
export type Setting = Partial<Pick<Facts, "today" | "time" | "zone" | "weekStart" | "dateOrder" | "rules">>;

/**
 * A phrase as the tests write its reading: "2026-04-05", "2026-03-30 to 2026-04-05", "1.5 h", "2 h on 2026-04-05", "ask" with the days or lengths that are
 * offered, or "nothing".
 */
export function said(text: string, setting: Setting = {}): string {
  const phrase = readPhrase(text, { today: "2026-04-06", time: "09:00", zone: "UTC", weekStart: "monday", dateOrder: "MDY", ...setting });
  if (!phrase) return "nothing";
  if ("ask" in phrase) return ["ask", ...(phrase.ask === "hours" ? ["hours"] : []), ...phrase.options].join(" ");
  if ("range" in phrase) return `${phrase.range.start} to ${phrase.range.end}`;
  if ("hours" in phrase) return phrase.date === undefined ? `${phrase.hours} h` : `${phrase.hours} h on ${phrase.date}`;
  return phrase.date;
}
