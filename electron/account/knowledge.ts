import type { Project } from "../core/entry.ts";
import type { RemoteFailure, RemoteResult } from "../core/remote.ts";
import type { HarvestClient, HarvestCompany } from "../harvest/types.ts";
import { openKnownAccount, type KnownAccount, type KnownFiles } from "./known-account.ts";

/** Younger than this, a list of projects is not read again: a minute, or ten where it is long. */
const FRESH_MS = 60_000;
const LONG_FRESH_MS = 600_000;
const LONG = 500;
/** Older than this, the list is read again before anything is booked by it. */
const TRUSTED_MS = 300_000;

export interface KnowledgeOptions {
  readonly client: HarvestClient;
  readonly files: KnownFiles;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** A project turned out to be gone: what was read before is out of date. */
  readonly onOutdated: () => void;
}

/** A client that remembers what an account is like, and looks whether a project still takes bookings before it books. */
export interface Knowledge {
  /** `projects` comes from memory while it is fresh, `company` when Harvest cannot be reached. */
  readonly client: HarvestClient;
  /** The account's own settings as they were last read. */
  company(): HarvestCompany | undefined;
  /** The next `projects` asks Harvest. */
  forget(): void;
}

interface Place {
  readonly project: number;
  readonly task: number;
}

const refusal = (message: string): RemoteFailure => ({ kind: "failed", code: "refused", message, unknown: false });
const labelOf = (project: Project | undefined, id: number): string => (project ? `${project.client} › ${project.name}` : `Project ${id}`);

/** Why nothing can be booked there, by a list that is up to date; undefined when it can. `before` knows the names of what is gone. */
function obstacle(projects: readonly Project[], before: readonly Project[], place: Place): string | undefined {
  const now = projects.find((each) => each.id === place.project && each.active);
  const known = before.find((each) => each.id === place.project);
  if (now === undefined) return `${labelOf(known, place.project)} is archived or no longer yours in Harvest, so nothing was booked on it.`;
  if (now.tasks.some((task) => task.id === place.task)) return undefined;
  const task = known?.tasks.find((each) => each.id === place.task);
  return `${labelOf(now, place.project)} no longer has ${task ? `the task ${task.name}` : "that task"} in Harvest, so nothing was booked on it.`;
}

/** Looks whether a place takes bookings; reads the list again where it is old or does not have the place. */
async function check(known: KnownAccount, place: Place, onOutdated: () => void): Promise<RemoteFailure | undefined> {
  const before = known.projects();
  if (known.age() <= TRUSTED_MS && obstacle(before, before, place) === undefined) return undefined;
  const read = await known.readProjects("at-once");
  // Only a line that is down settles it: then the booking would not get through either. Else Harvest itself decides.
  if (read.kind === "failed") return read.code === "offline" ? { ...read, unknown: false } : undefined;
  const why = obstacle(read.value, before, place);
  if (why === undefined) return undefined;
  onOutdated();
  return refusal(why);
}

/** Refuses an empty note where the account demands one, by settings read this moment. */
async function needsNote(known: KnownAccount, notes: string): Promise<RemoteFailure | undefined> {
  if (notes.trim() !== "" || known.company()?.notesRequired !== true) return undefined;
  const read = await known.readCompany();
  return read.kind === "ok" && read.value.notesRequired === true ? refusal("This account wants a note with every entry, so nothing was booked.") : undefined;
}

/** Remembers an account in its files and stands before its client. */
export function createKnowledge({ client, files, now = Date.now, onOutdated }: KnowledgeOptions): Knowledge {
  const known = openKnownAccount(client, files, now);
  const guarded = async <T>({ project, task }: { readonly project?: number | undefined; readonly task?: number | undefined }, act: () => Promise<RemoteResult<T>>): Promise<RemoteResult<T>> => {
    if (project === undefined || task === undefined) return act();
    const before = await check(known, { project, task }, onOutdated);
    if (before) return before;
    const result = await act();
    if (result.kind === "ok" || result.code !== "refused") return result;
    // It may have been archived in the very minutes since the list was read.
    known.forget();
    const after = await check(known, { project, task }, onOutdated);
    return after?.code === "refused" ? after : result;
  };
  return {
    client: {
      ...client,
      projects: async (how) => {
        const projects = known.projects();
        const isFresh = known.age() < (projects.length > LONG ? LONG_FRESH_MS : FRESH_MS);
        return isFresh ? { kind: "ok", value: projects } : known.readProjects(how);
      },
      company: async () => {
        const read = await known.readCompany();
        const company = known.company();
        return read.kind === "failed" && read.code !== "unauthorised" && company ? { kind: "ok", value: company } : read;
      },
      create: async (draft, mark) => (await needsNote(known, draft.notes)) ?? guarded(draft, () => client.create(draft, mark)),
      start: async (draft, mark) => (await needsNote(known, draft.notes)) ?? guarded(draft, () => client.start(draft, mark)),
      change: (id, set) => guarded(set, () => client.change(id, set)),
    },
    company: () => known.company(),
    forget: () => known.forget(),
  };
}
