import { randomUUID } from "node:crypto";
import { link, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { uptime } from "node:os";
import { z } from "zod";

const POLL_MS = 50;
/** A lock or guard without readable content is a crash between two lines of this file once it is this old. */
const BLANK_MS = 2_000;

const ownerSchema = z.object({ pid: z.int().positive(), token: z.string(), born: z.string().optional() });

/** Locks that this very process holds: a lock that carries our pid and is not here was left by an earlier process with the same pid. */
const held = new Set<string>();

export type LockResult =
  | { readonly kind: "held"; readonly release: () => Promise<void> }
  | { readonly kind: "busy" }
  | { readonly kind: "broken"; readonly cause: unknown };

/**
 * Takes the lock file at `path` for this process, waiting at most `waitMs` (milliseconds). A lock whose process is gone is broken.
 * `busy`: somebody else has it. `broken`: the file could not be made at all.
 */
export async function takeLock(path: string, waitMs: number, sleep: (ms: number) => Promise<void>): Promise<LockResult> {
  for (let waited = 0; ; waited += POLL_MS) {
    const result = await tryLock(path);
    if (result !== "taken") return result;
    if (await isStale(path)) await breakLock(path);
    else if (waited >= waitMs) return { kind: "busy" };
    else await sleep(POLL_MS);
    // A stale lock that cannot be removed must not be tried for ever.
    if (waited > waitMs + 100 * POLL_MS) return { kind: "busy" };
  }
}

async function tryLock(path: string): Promise<"taken" | LockResult> {
  const token = randomUUID();
  const release = async (): Promise<void> => {
    held.delete(token);
    await rm(path, { force: true }).catch(() => undefined);
  };
  const owner = JSON.stringify({ pid: process.pid, token, born: await ownBirth });
  held.add(token);
  try {
    await placeLock(path, token, owner);
    return { kind: "held", release };
  } catch (cause) {
    held.delete(token);
    return codeOf(cause) === "EEXIST" ? "taken" : { kind: "broken", cause };
  }
}

/** Makes the lock with its content in one step where the file system has hard links: a crash can then never leave a blank one. */
async function placeLock(path: string, token: string, owner: string): Promise<void> {
  const draft = `${path}.${token}`;
  try {
    await writeFile(draft, owner, { flag: "wx", mode: 0o600 });
    await link(draft, path);
  } catch (cause) {
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(codeOf(cause) ?? "")) throw cause;
    await writeFile(path, owner, { flag: "wx", mode: 0o600 });
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

/**
 * When a process began, as Linux counts it: with the pid it names one process for as long as the computer is on. "dead" for one that
 * has ended and only waits to be collected; undefined where it cannot be known.
 */
async function bornOf(pid: number): Promise<string | undefined> {
  if (process.platform !== "linux") return undefined;
  const line = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name in brackets may hold spaces and brackets; the state is the first field after it, the start the 20th.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? "dead" : fields[19];
}

const ownBirth = bornOf(process.pid);

async function isStale(path: string): Promise<boolean> {
  let text: string;
  let madeAt: number;
  try {
    text = await readFile(path, "utf8");
    madeAt = (await stat(path)).mtimeMs;
  } catch {
    return false;
  }
  const owner = ownerSchema.safeParse(parse(text));
  if (!owner.success) return Math.abs(Date.now() - madeAt) > BLANK_MS;
  const { pid, token, born } = owner.data;
  if (pid === process.pid) return !held.has(token);
  if (!isAlive(pid)) return true;
  const bornNow = await bornOf(pid);
  if (born !== undefined && bornNow !== undefined) return born !== bornNow;
  // Pids start over at boot: a lock from before it belongs to nobody, whoever has that pid now. A minute for a clock set late.
  return madeAt < Date.now() - uptime() * 1000 - 60_000;
}

/** Removes a stale lock under a guard, so that two processes that both saw it stale cannot remove each other's new one. */
async function breakLock(path: string): Promise<void> {
  const guard = `${path}.break`;
  try {
    await (await open(guard, "wx", 0o600)).close();
  } catch {
    const age = await stat(guard).then((found) => Math.abs(Date.now() - found.mtimeMs), () => 0);
    if (age > BLANK_MS) await rm(guard, { force: true }).catch(() => undefined);
    return;
  }
  try {
    if (await isStale(path)) await rm(path, { force: true });
  } catch {
    // The next round finds it again.
  } finally {
    await rm(guard, { force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return codeOf(cause) === "EPERM";
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The system's error code ("ENOSPC"), if the thrown value carries one. */
export function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
}
