import { z } from "zod";

const NAMES = [
  "429", "429-html", "500", "502-html", "401-revoked", "drop-company-403",
  "drop-before-commit", "drop-after-commit", "timeout-before-commit", "timeout-after-commit",
  "slow", "stale-reads", "paginate",
] as const;
export type FaultName = (typeof NAMES)[number];

/** A fault of one request. `value` is what follows the colon: milliseconds, or rows a page. */
export interface Fault {
  readonly name: FaultName;
  readonly value: number;
}

const plan = z.strictObject({
  /** "500", "slow:300", "paginate:3". */
  fault: z.string(),
  method: z.enum(["GET", "POST", "PATCH", "DELETE"]).optional(),
  /** A part of the path, "/time_entries". */
  path: z.string().optional(),
  /** How many matching requests it meets, one unless told; "always" until cleared. */
  times: z.union([z.int().positive(), z.literal("always")]).optional(),
});
/** When a fault strikes: the next `times` requests that match. */
export type FaultPlan = z.infer<typeof plan>;

export const faultPlans = z.union([plan.transform((one) => [one]), z.array(plan)]);

/** Reads "slow:300". Undefined for a name that does not exist. */
export function faultOf(text: string): Fault | undefined {
  const [name, value] = text.trim().split(":");
  const known = NAMES.find((each) => each === name);
  return known === undefined ? undefined : { name: known, value: Number(value ?? 0) || 0 };
}

/** Faults that wait for their request. Kept in this server only, never in the account's file. */
export interface FaultBox {
  add(plans: readonly FaultPlan[]): void;
  /** The faults of this request: those of its header, all standing ones, and the first one-shot that fits, which is used up. */
  take(method: string, path: string, header: string | undefined): readonly Fault[];
  waiting(): readonly FaultPlan[];
  clear(): void;
}

export function createFaultBox(): FaultBox {
  const waiting: { plan: FaultPlan; left: number }[] = [];
  const fits = (each: FaultPlan, method: string, path: string): boolean =>
    (each.method === undefined || each.method === method) && (each.path === undefined || path.includes(each.path));
  return {
    add: (plans) => {
      for (const each of plans) waiting.push({ plan: each, left: each.times === "always" ? Number.POSITIVE_INFINITY : (each.times ?? 1) });
    },
    take(method, path, header) {
      const matching = waiting.filter((each) => fits(each.plan, method, path));
      const standing = matching.filter((each) => !Number.isFinite(each.left));
      const next = matching.find((each) => Number.isFinite(each.left));
      if (next) next.left -= 1;
      if (next?.left === 0) waiting.splice(waiting.indexOf(next), 1);
      const texts = [...(header?.split(",") ?? []), ...[...standing, ...(next ? [next] : [])].map((each) => each.plan.fault)];
      return texts.map(faultOf).filter((fault) => fault !== undefined);
    },
    waiting: () => waiting.map((each) => each.plan),
    clear: () => {
      waiting.length = 0;
    },
  };
}
