import type { OpenOperation, Operation } from "./outcome.ts";

/** Keys in a fixed order and absent fields left out, so that equal operations always give the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const parts = Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`);
    return `{${parts.join(",")}}`;
  }
  return JSON.stringify(value);
}

/**
 * A short fingerprint of operations (two FNV-1a hashes, 16 hex digits): what a page sends back to say "exactly these".
 * Not a secret and not proof against an attacker, only against saving something that was not shown.
 */
export function digest(operations: readonly (Operation | OpenOperation)[]): string {
  const text = canonical(operations);
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ (unit & 0xff), 0x01000193) >>> 0;
    low = Math.imul(low ^ (unit >>> 8), 0x01000193) >>> 0;
    high = Math.imul(high ^ unit, 0x85ebca6b) >>> 0;
    high = (high ^ (high >>> 13)) >>> 0;
  }
  return low.toString(16).padStart(8, "0") + high.toString(16).padStart(8, "0");
}
