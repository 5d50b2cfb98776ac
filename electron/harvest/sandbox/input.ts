import type { WireBooking } from "../wire.ts";

/** The parameters of a request, wherever they stood: JSON, form or query. */
export type Input = Readonly<Record<string, unknown>>;

/** Reads parameters as Harvest does, from the body and, for writes too, from the query. Undefined: JSON that cannot be parsed. */
export function inputOf(query: URLSearchParams, contentType: string, body: string): Input | undefined {
  const fromQuery = Object.fromEntries(query);
  if (body.trim() === "") return fromQuery;
  if (contentType.includes("application/x-www-form-urlencoded")) return { ...fromQuery, ...nested(new URLSearchParams(body)) };
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? { ...fromQuery, ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

/** `external_reference[id]=x` as an object, the way Rails reads forms. */
function nested(form: URLSearchParams): Input {
  const flat: Record<string, unknown> = {};
  const inner: Record<string, Record<string, string>> = {};
  for (const [name, value] of form) {
    const found = /^(\w+)\[(\w+)\]$/.exec(name);
    if (found?.[1] !== undefined && found[2] !== undefined) (inner[found[1]] ??= {})[found[2]] = value;
    else flat[name] = value;
  }
  return { ...flat, ...inner };
}

/** The name of a parameter, as the client sends it. */
export type Parameter = keyof WireBooking | keyof NonNullable<WireBooking["external_reference"]>;

export function integerIn(input: Input, name: Parameter): number | undefined {
  const value = input[name];
  const number = typeof value === "number" ? value : typeof value === "string" && /^\d+$/.test(value.trim()) ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Hours as a number, as numeric text, or as "1:30"; `Number.NaN` for anything else that is there. */
export function hoursIn(input: Input): number | undefined {
  const name: Parameter = "hours";
  const value = input[name];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "number") return value;
  const clock = typeof value === "string" ? /^(\d+):([0-5]\d)$/.exec(value.trim()) : null;
  if (clock) return Number(clock[1]) + Number(clock[2]) / 60;
  return typeof value === "string" && /^-?\d*\.?\d+$/.test(value.trim()) ? Number(value) : Number.NaN;
}

export function textIn(input: Input, name: Parameter): string | undefined {
  const value = input[name];
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : undefined;
}
