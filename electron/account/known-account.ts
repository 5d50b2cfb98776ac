import { z } from "zod";
import type { Project } from "../core/entry.ts";
import type { RemoteResult } from "../core/remote.ts";
import type { HarvestClient, HarvestCompany } from "../harvest/types.ts";
import { readFile, readProjects, replaceFile, writeProjects } from "./cache.ts";

/** An administrator may change how the account books time while the app runs. */
const COMPANY_MS = 3_600_000;

/** Projects that are gone are remembered, the latest of them. */
const GONE = 200;

const company = z.object({
  weekStart: z.enum(["monday", "sunday", "saturday"]).optional(),
  dateOrder: z.enum(["MDY", "DMY", "YMD"]).optional(),
  timeFormat: z.enum(["decimal", "hours_minutes"]).optional(),
  clock: z.enum(["12h", "24h"]).optional(),
  mode: z.enum(["duration", "start-end"]),
  notesRequired: z.boolean().optional(),
  baseUri: z.string().optional(),
});
const kept = z.object({ version: z.literal(1), company: company.optional() });

/** Where what is known lies between two runs. It can always be read again, so damage is no news. */
export interface KnownFiles {
  /** The account's own settings. */
  readonly knowledge: string;
  /** Projects lie beside the cache of entries. */
  readonly cache: string;
}

/** What an account is like, remembered from one run to the next: its projects with their age, and its own settings. */
export interface KnownAccount {
  /** Those that take bookings, and those that did before, not active: so that a sentence about one is told what became of it. */
  projects(): readonly Project[];
  company(): HarvestCompany | undefined;
  /** Milliseconds since the projects were read; infinite when they were not, or by a clock that was set back since. */
  age(): number;
  readProjects(how?: "at-once"): Promise<RemoteResult<readonly Project[]>>;
  readCompany(): ReturnType<HarvestClient["company"]>;
  /** What is known of the projects is out of date. */
  forget(): void;
}

interface Held {
  readonly projects: readonly Project[];
  readonly at: number | undefined;
}

/** The list as it is now, and at its end what was on it before. */
function withGone(projects: readonly Project[], before: readonly Project[]): readonly Project[] {
  const ids = new Set(projects.map((project) => project.id));
  const gone = before.filter((project) => !ids.has(project.id)).map((project) => ({ ...project, active: false }));
  return gone.length === 0 ? projects : [...projects, ...gone.slice(0, GONE)];
}

/** Opens what is remembered of the account that `client` speaks to. */
export function openKnownAccount(client: HarvestClient, files: KnownFiles, now: () => number): KnownAccount {
  const state: { company: HarvestCompany | undefined; held: Held | undefined; companyAt: number | undefined } = {
    company: readFile(files.knowledge, kept)?.company, held: undefined, companyAt: undefined,
  };
  // Read when they are first needed: a start needs the week at once, and has the projects from the cache.
  const held = (): Held => {
    if (state.held) return state.held;
    const remembered = readProjects(files.cache);
    state.held = { projects: remembered?.projects ?? [], at: remembered?.at };
    return state.held;
  };
  const readCompany: HarvestClient["company"] = async () => {
    state.companyAt = now();
    const read = await client.company();
    if (read.kind === "failed") return read;
    state.company = read.kind === "ok" ? read.value : undefined;
    replaceFile(files.knowledge, JSON.stringify({ version: 1, company: state.company }));
    return read;
  };
  return {
    projects: () => held().projects,
    company: () => state.company,
    age: () => {
      const { at } = held();
      const passed = at === undefined ? -1 : now() - at;
      return passed >= 0 ? passed : Number.POSITIVE_INFINITY;
    },
    readProjects: async (how) => {
      const isDue = state.companyAt !== undefined && Math.abs(now() - state.companyAt) > COMPANY_MS;
      const [read] = await Promise.all([client.projects(how), isDue ? readCompany() : undefined]);
      if (read.kind === "ok") {
        state.held = { projects: withGone(read.value, held().projects), at: now() };
        writeProjects(files.cache, state.held.projects, state.held.at);
        return { kind: "ok", value: state.held.projects };
      }
      return read;
    },
    readCompany,
    forget: () => {
      state.held = { projects: held().projects, at: undefined };
    },
  };
}
