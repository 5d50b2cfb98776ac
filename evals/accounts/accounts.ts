import { z } from "zod";
import type { Entry, Project, Rounding, Shortcut } from "../../electron/core/entry.ts";
import { projectSchema } from "../../electron/core/facts-schema.ts";
import type { AccountData } from "../../electron/harvest/sandbox/account.ts";
import { createGivenAccount } from "../../electron/harvest/sandbox/given.ts";
import { createSampleAccount } from "../../electron/harvest/sandbox/sample.ts";
import type { EvalCase } from "../case.ts";
import agency from "./agency.json" with { type: "json" };
import { bigProjects } from "./big.ts";
import freelancer from "./freelancer.json" with { type: "json" };
import names from "./names.json" with { type: "json" };
import seed from "./seed.json" with { type: "json" };

const projectList = z.object({ projects: z.array(projectSchema) });
const shipped: ReadonlyMap<string, () => readonly Project[]> = new Map([
  ["agency", () => projectList.parse(agency).projects],
  ["freelancer", () => projectList.parse(freelancer).projects],
  ["names", () => projectList.parse(names).projects],
  ["seed", () => projectList.parse(seed).projects],
  ["big", bigProjects],
]);
const built = new Map<string, readonly Project[]>();

/** Projects of a shipped account; made once. Undefined for a name that is not shipped. */
export function shippedProjects(name: string): readonly Project[] | undefined {
  const known = built.get(name) ?? shipped.get(name)?.();
  if (known) built.set(name, known);
  return known;
}

/** Everything of a case's account that the emulated Harvest does not hold: the user's own settings and what was written last. */
export interface OwnSettings {
  readonly shortcuts: readonly Shortcut[];
  readonly rounding: Rounding | undefined;
  readonly last: number | undefined;
}

export type BuiltAccount = { readonly kind: "built"; readonly data: AccountData; readonly own: OwnSettings } | { readonly kind: "unknown"; readonly message: string };

/** Entries of an account without a list of its own need a project that holds them: one that was archived since, for instance. */
function withMissing(projects: readonly Project[], entries: readonly Entry[]): readonly Project[] {
  const known = new Set(projects.map((project) => project.id));
  const missing = new Map(entries.filter((entry) => !known.has(entry.project)).map((entry) => [entry.project, entry.task]));
  return [...projects, ...[...missing].map(([id, task]): Project => ({ id, client: "", name: `Former ${id}`, active: false, tasks: [{ id: task, name: "Work" }] }))];
}

/** The emulated account of one case, freshly made. `now` is the case's instant. */
export function buildAccount(evalCase: EvalCase, now: Date): BuiltAccount {
  const { account, zone, weekStart, dateOrder } = evalCase;
  const own: OwnSettings = { shortcuts: account.shortcuts ?? [], rounding: account.rounding, last: account.last };
  if (account.name === "sample") return { kind: "built", data: createSampleAccount({ now, zone }), own };
  const projects = account.projects ?? (account.name === undefined ? [] : shippedProjects(account.name));
  if (!projects) return { kind: "unknown", message: `There is no shipped account called "${account.name ?? ""}".` };
  const entries = account.entries ?? [];
  return { kind: "built", data: createGivenAccount({ projects: withMissing(projects, entries), entries, weekStart, dateOrder }, { now, zone }), own };
}
