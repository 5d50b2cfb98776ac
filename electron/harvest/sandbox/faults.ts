import { z } from "zod";
import { diceOf } from "./generate.ts";

const NAMES = [
  "429", "429-html", "429-body", "429-date", "500", "503", "502-html", "520-html", "401-revoked", "drop-company-403",
  "drop-before-commit", "drop-during-commit", "drop-after-commit", "timeout-before-commit", "timeout-after-commit", "half-response",
  "slow", "drip", "skew", "stale-reads", "paginate",
] as const;
export type FaultName = (typeof NAMES)[number];

/** A fault of one request. `value` is what follows the colon: milliseconds, seconds of a 429, or rows a page. */
export interface Fault {
  readonly name: FaultName;
  readonly value: number;
}

const where = {
  method: z.enum(["GET", "POST", "PATCH", "DELETE"]).optional(),
  /** A part of the path, "/time_entries". */
  path: z.string().optional(),
  /** How many matching requests it meets, one unless told; "always" until cleared. */
  times: z.union([z.int().positive(), z.literal("always")]).optional(),
};
const planned = z.strictObject({ fault: z.string(), ...where });
const seeded = z.strictObject({
  /** The same seed meets the same requests, in the same order, with the same faults. */
  seed: z.int(),
  /** How many of the matching requests are struck, 0 to 1. */
  rate: z.number().min(0).max(1),
  /** What to draw from; every fault that needs no waiting unless told. */
  faults: z.array(z.string()).min(1).optional(),
  ...where,
});
const plan = z.union([planned, seeded]);
/** When a fault strikes: the next `times` requests that match, or those of them that the seed draws ("always" unless told). */
export type FaultPlan = z.infer<typeof plan>;

export const faultPlans = z.union([plan.transform((one) => [one]), z.array(plan)]);

const DRAWN: readonly string[] = [
  "429:1", "429-html", "429-body:1", "429-date:1", "500", "503", "502-html", "520-html", "drop-before-commit", "drop-during-commit:40", "drop-after-commit",
  "half-response", "slow:40", "drip:5", "stale-reads:2000",
];

/** Reads "slow:300". Undefined for a name that does not exist. */
export function faultOf(text: string): Fault | undefined {
  const [name, value] = text.trim().split(":");
  const known = NAMES.find((each) => each === name);
  return known === undefined ? undefined : { name: known, value: Number(value ?? 0) || 0 };
}

/** True when every fault that the plan names exists. */
export function isKnownPlan(given: FaultPlan): boolean {
  return ("fault" in given ? [given.fault] : (given.faults ?? DRAWN)).every((name) => faultOf(name) !== undefined);
}

/** Faults that wait for their request. Kept in this server only, never in the account's file. */
export interface FaultBox {
  add(plans: readonly FaultPlan[]): void;
  /** The faults of this request: those of its header, all standing and drawn ones, and the first counted one that fits, which is used up by one. */
  take(method: string, path: string, header: string | undefined): readonly Fault[];
  waiting(): readonly FaultPlan[];
  /** How often each fault met a request since the server started. */
  struck(): Readonly<Record<string, number>>;
  clear(): void;
}

interface Waiting {
  readonly plan: FaultPlan;
  readonly dice: () => number;
  left: number;
}

function drawn(each: Waiting): string | undefined {
  if ("fault" in each.plan) return each.plan.fault;
  const from = each.plan.faults ?? DRAWN;
  // Both dice fall for every request, so that what the next one meets does not depend on whether this one was struck.
  const [hit, which] = [each.dice() < each.plan.rate, from[Math.floor(each.dice() * from.length)]];
  return hit ? which : undefined;
}

export function createFaultBox(): FaultBox {
  const waiting: Waiting[] = [];
  const counts = new Map<FaultName, number>();
  const fits = ({ plan: each }: Waiting, method: string, path: string): boolean =>
    (each.method === undefined || each.method === method) && (each.path === undefined || path.includes(each.path));
  const leftOf = (each: FaultPlan): number => {
    const times = each.times ?? ("seed" in each ? "always" : 1);
    return times === "always" ? Number.POSITIVE_INFINITY : times;
  };
  return {
    add: (plans) => {
      for (const each of plans) waiting.push({ plan: each, left: leftOf(each), dice: diceOf("seed" in each ? each.seed : 0, "faults") });
    },
    take(method, path, header) {
      const matching = waiting.filter((each) => fits(each, method, path));
      const standing = matching.filter((each) => !Number.isFinite(each.left));
      const next = matching.find((each) => Number.isFinite(each.left));
      if (next) next.left -= 1;
      const texts = [...(header?.split(",") ?? []), ...[...standing, ...(next ? [next] : [])].flatMap((each) => drawn(each) ?? [])];
      if (next?.left === 0) waiting.splice(waiting.indexOf(next), 1);
      const faults = texts.map(faultOf).filter((fault) => fault !== undefined);
      for (const { name } of faults) counts.set(name, (counts.get(name) ?? 0) + 1);
      return faults;
    },
    waiting: () => waiting.map((each) => each.plan),
    struck: () => Object.fromEntries(counts),
    clear: () => {
      waiting.length = 0;
    },
  };
}
