import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Project } from "../core/entry.ts";
import { projectSchema } from "../core/facts-schema.ts";
import type { RemoteResult } from "../core/remote.ts";
import type { HarvestClient, HarvestCompany } from "../harvest/types.ts";
import { replaceFile } from "./cache.ts";

/** An administrator may change how the account books time while the app runs. */
const COMPANY_MS = 3_600_000;

const company = z.object({
  weekStart: z.enum(["monday", "sunday", "saturday"]).optional(),
  dateOrder: z.enum(["MDY", "DMY", "YMD"]).optional(),
  timeFormat: z.enum(["decimal", "hours_minutes"]).optional(),
  clock: z.enum(["12h", "24h"]).optional(),
  mode: z.enum(["duration", "start-end"]),
  notesRequired: z.boolean().optional(),
  baseUri: z.string().optional(),
});
const kept = z.object({ version: z.literal(1), projectsAt: z.number().optional(), projects: z.array(projectSchema), company: company.optional() });

interface State {
  projects: readonly Project[];
  /** Milliseconds since 1970; undefined when they were never read, or are known to be out of date. */
  projectsAt: number | undefined;
  company: HarvestCompany | undefined;
}

/** What an account is like, remembered from one run to the next: its projects with their age, and its own settings. */
export interface KnownAccount {
  readonly state: Readonly<State>;
  /** Milliseconds since the projects were read; infinite when they were not, or by a clock that was set back since. */
  age(): number;
  readProjects(how?: "at-once"): Promise<RemoteResult<readonly Project[]>>;
  readCompany(): ReturnType<HarvestClient["company"]>;
  forget(): void;
}

function load(file: string): State {
  try {
    const parsed = kept.safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (parsed.success) return { projects: parsed.data.projects, projectsAt: parsed.data.projectsAt, company: parsed.data.company };
  } catch {
    // Nothing is known yet; all of it can be read again.
  }
  return { projects: [], projectsAt: undefined, company: undefined };
}

/** Opens what `file` remembers of the account that `client` speaks to. */
export function openKnownAccount(client: HarvestClient, file: string, now: () => number): KnownAccount {
  const state = load(file);
  const asked: { companyAt: number | undefined } = { companyAt: undefined };
  const keep = (): void => replaceFile(file, JSON.stringify({ version: 1, ...state }));
  const readCompany: HarvestClient["company"] = async () => {
    asked.companyAt = now();
    const read = await client.company();
    if (read.kind === "failed") return read;
    state.company = read.kind === "ok" ? read.value : undefined;
    keep();
    return read;
  };
  return {
    state,
    age: () => {
      const passed = state.projectsAt === undefined ? -1 : now() - state.projectsAt;
      return passed >= 0 ? passed : Number.POSITIVE_INFINITY;
    },
    readProjects: async (how) => {
      const isDue = asked.companyAt !== undefined && Math.abs(now() - asked.companyAt) > COMPANY_MS;
      const [read] = await Promise.all([client.projects(how), isDue ? readCompany() : undefined]);
      if (read.kind === "ok") {
        Object.assign(state, { projects: read.value, projectsAt: now() });
        keep();
      }
      return read;
    },
    readCompany,
    forget: () => {
      state.projectsAt = undefined;
    },
  };
}
