const wholeForms: readonly (readonly [RegExp, (found: RegExpMatchArray) => number])[] = [
  [/^(\d{1,2}):([0-5]\d)$/, ([, hours, minutes]) => Number(hours) * 60 + Number(minutes)],
  [/^(\d{1,2})\s*h(?:ours?|rs?)?\s*(\d{1,2})\s*(?:m(?:in(?:utes?)?)?)?$/, ([, hours, minutes]) => Number(hours) * 60 + Number(minutes)],
  [/^(\d{1,4})\s*m(?:in(?:utes?)?)?$/, ([, minutes]) => Number(minutes)],
  [/^(\d{0,2}(?:[.,]\d{1,4})?)\s*(?:h(?:ours?|rs?)?)?$/, ([, hours]) => (hours ? Number(hours.replace(",", ".")) * 60 : Number.NaN)],
];

/**
 * Minutes of a typed length: "1.5", "1,5 h", "1:30", "1h 30m", "45 min". Undefined for anything else, for nothing,
 * and above 24 hours: an unclear length is asked again, never guessed.
 */
export function minutesOf(text: string): number | undefined {
  const tidy = text.trim().toLowerCase();
  for (const [form, minutes] of wholeForms) {
    const found = tidy.match(form);
    if (!found) continue;
    const value = Math.round(minutes(found));
    return Number.isFinite(value) && value >= 0 && value <= 24 * 60 ? value : undefined;
  }
  return undefined;
}

/** "2 h 30 min", "45 min", "2 h": how a length is shown in the editor. */
export function lengthWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** Harvest keeps hours with two decimals. */
export function hoursOf(minutes: number): number {
  return Math.round((minutes / 60) * 100) / 100;
}

/** The next quarter of an hour up (+1) or down (-1), between nothing and a whole day. */
export function quarterStep(minutes: number, by: 1 | -1): number {
  const quarters = by > 0 ? Math.floor(minutes / 15) + 1 : Math.ceil(minutes / 15) - 1;
  return Math.min(24 * 60, Math.max(0, quarters * 15));
}
