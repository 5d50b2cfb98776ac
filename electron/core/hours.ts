import type { Hours, Rounding } from "./entry.ts";

/** Minutes to hours as Harvest stores them: two decimals (20 min = 0.33). */
export function hoursOfMinutes(minutes: number): Hours {
  return Math.round((minutes / 60) * 100) / 100;
}

/** Hours as Harvest stores them, two decimals. */
export function storedHours(hours: number): Hours {
  return Math.round((hours + Number.EPSILON) * 100) / 100;
}

/** A length in words: "2 h", "2 h 30 min", "45 min", "0 min". 0.33 is 20 minutes that Harvest has cut to two decimals. */
export function formatHours(hours: Hours): string {
  const minutes = Math.round(Math.abs(hours) * 60);
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
  const sign = hours < 0 && minutes > 0 ? "-" : "";
  if (whole === 0) return `${sign}${rest} min`;
  return rest === 0 ? `${sign}${whole} h` : `${sign}${whole} h ${rest} min`;
}

/** Rounds a length to the account's step, then to two decimals. Something never becomes nothing when rounding goes up. */
export function roundHours(hours: Hours, rounding: Rounding | undefined): Hours {
  if (!rounding || rounding.minutes <= 0) return storedHours(hours);
  // Whole minutes first: 0.33 h is 20 minutes, and 0.1 + 0.2 must not fall past a step.
  const minutes = Math.round(hours * 60);
  const steps = minutes / rounding.minutes;
  const count = rounding.mode === "up" ? Math.ceil(steps) : rounding.mode === "down" ? Math.floor(steps) : Math.round(steps);
  return hoursOfMinutes(count * rounding.minutes);
}
